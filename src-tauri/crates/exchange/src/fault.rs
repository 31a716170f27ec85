//! What a cmdlet complained about, by the name of its exception.

use std::fmt;

/// Which exception a cmdlet ended with. Exchange writes `Ex6F9304|Namespace.NameException|text`; the name is stable, the
/// text is not.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Fault {
    /// No such object (`ManagementObjectNotFoundException`).
    ObjectNotFound,
    /// The name means several objects (`ManagementObjectAmbiguousException`).
    ObjectAmbiguous,
    /// An object of this name exists (`ManagementObjectAlreadyExistsException`, `ADObjectAlreadyExistsException`).
    ObjectExists,
    /// The recipient is a member already (`MemberAlreadyExistsException`).
    MemberExists,
    /// The recipient is no member (`MemberNotFoundException`).
    MemberNotFound,
    /// The person's roles do not include this cmdlet, so that it does not exist for them (`CommandNotFoundException`).
    CommandUnavailable,
    /// The person's roles do not include a parameter, or it does not exist (`ParameterBindingException`).
    ParameterUnavailable,
    /// The directory behind Exchange was not available (`ADTransientException` and the like).
    Transient,
    /// An exception that this version does not know, by its name; empty where none was given.
    Other(String),
}

impl Fault {
    /// Reads the name out of a message. `None` for a message without one.
    pub(crate) fn of_message(message: &str) -> Option<Self> {
        let mut parts = message.split('|');
        let (_, name, _) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self::of_name(name.trim()))
    }

    /// By an exception's full name.
    pub(crate) fn of_name(name: &str) -> Self {
        let name = name.rsplit('.').next().unwrap_or(name);
        match name {
            "ManagementObjectNotFoundException" => Self::ObjectNotFound,
            "ManagementObjectAmbiguousException" => Self::ObjectAmbiguous,
            "ManagementObjectAlreadyExistsException" | "ADObjectAlreadyExistsException" => Self::ObjectExists,
            "MemberAlreadyExistsException" => Self::MemberExists,
            "MemberNotFoundException" => Self::MemberNotFound,
            "CommandNotFoundException" => Self::CommandUnavailable,
            "ParameterBindingException" => Self::ParameterUnavailable,
            "ADTransientException"
            | "TransientException"
            | "ServerInMMException"
            | "StorageTransientException" => Self::Transient,
            other => Self::Other(other.chars().filter(|c| c.is_ascii_alphanumeric()).take(80).collect()),
        }
    }

    /// A short word, for support.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::ObjectNotFound => "ManagementObjectNotFoundException",
            Self::ObjectAmbiguous => "ManagementObjectAmbiguousException",
            Self::ObjectExists => "ManagementObjectAlreadyExistsException",
            Self::MemberExists => "MemberAlreadyExistsException",
            Self::MemberNotFound => "MemberNotFoundException",
            Self::CommandUnavailable => "CommandNotFoundException",
            Self::ParameterUnavailable => "ParameterBindingException",
            Self::Transient => "TransientException",
            Self::Other(name) => name,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_read_and_the_text_is_not() {
        let message = "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation \
                       couldn't be performed because object 'x' couldn't be found on 'DC012.PROD.OUTLOOK.COM'.";
        assert_eq!(Fault::of_message(message), Some(Fault::ObjectNotFound));
        assert_eq!(
            Fault::of_message("Ex1|Microsoft.Exchange.Data.Directory.SomethingNew<>Exception|…"),
            Some(Fault::Other("SomethingNewException".to_owned()))
        );
        assert_eq!(Fault::of_message("a plain sentence"), None);
        assert_eq!(Fault::of_message(""), None);
    }
}
