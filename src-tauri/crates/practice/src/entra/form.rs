//! Parameters of a request, from its query or its form.

use std::fmt;

use crate::serve::Incoming;

/// Decoded parameters. Of a parameter that is given twice the first counts.
#[derive(Clone, Default)]
pub(crate) struct Form(Vec<(String, String)>);

/// Only names: values include secrets, codes and tokens.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl Form {
    pub(crate) fn of_query(incoming: &Incoming) -> Self {
        Self::parse(incoming.query.as_deref().unwrap_or_default().as_bytes())
    }

    /// The body; what it lacks is taken from the query, as Entra does.
    pub(crate) fn of_body(incoming: &Incoming) -> Self {
        let mut form = Self::parse(&incoming.body);
        form.0.extend(Self::of_query(incoming).0);
        form
    }

    fn parse(text: &[u8]) -> Self {
        Self(
            url::form_urlencoded::parse(text)
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// A parameter that is present and not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, value)| own == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// The same, owned.
    pub(crate) fn owned(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_in_debug() {
        let form = Form::parse(b"client_id=a&client_secret=hush");
        assert_eq!(form.get("client_secret"), Some("hush"));
        assert!(!format!("{form:?}").contains("hush"));
    }
}
