//! Recipient filters (OPATH): written safely, and read as far as they say which groups they mean.
//! <https://learn.microsoft.com/powershell/exchange/recipient-filters>

/// A filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter(String);

/// The groups that a filter limits to, as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups {
    /// Distinguished names.
    pub names: Vec<String>,
    /// Whether the filter says nothing else, so that the names are the whole of it.
    pub is_all: bool,
}

impl Filter {
    /// The direct members of one group, by its distinguished name.
    #[must_use]
    pub fn member_of(distinguished_name: &str) -> Self {
        Self(format!("MemberOfGroup -eq '{}'", distinguished_name.replace('\'', "''")))
    }

    /// The direct members of any of these groups.
    #[must_use]
    pub fn member_of_any<S: AsRef<str>>(distinguished_names: &[S]) -> Self {
        let all: Vec<String> =
            distinguished_names.iter().map(|name| Self::member_of(name.as_ref()).0).collect();
        match &all[..] {
            [one] => Self(one.clone()),
            many => Self(many.iter().map(|one| format!("({one})")).collect::<Vec<_>>().join(" -or ")),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const CLAUSE: &str = "memberofgroup -eq '";

/// Reads the groups out of a filter as Exchange gives it back: it puts brackets around and spaces between at will.
#[must_use]
pub fn groups(filter: &str) -> Groups {
    let mut found = Groups::default();
    let (mut rest, mut other) = (filter, String::new());
    // ASCII lower case keeps every position where it was.
    while let Some(at) = rest.to_ascii_lowercase().find(CLAUSE) {
        other.push_str(&rest[..at]);
        let (name, after) = quoted(&rest[at + CLAUSE.len()..]);
        found.names.push(name);
        rest = after;
    }
    other.push_str(rest);
    let other: String =
        other.to_ascii_lowercase().chars().filter(|c| !"() \t\r\n".contains(*c)).collect::<String>();
    found.is_all = !found.names.is_empty() && other.replace("-or", "").is_empty();
    found
}

/// Text up to the closing quote, with doubled quotes put back, and what follows.
fn quoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match (c, chars.peek()) {
            ('\'', Some((_, '\''))) => {
                value.push('\'');
                chars.next();
            }
            ('\'', _) => return (value, &text[at + 1..]),
            (other, _) => value.push(other),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_with_a_quote_stays_one_name() {
        let filter = Filter::member_of("CN=O'Brien's,OU=x");
        assert_eq!(filter.as_str(), "MemberOfGroup -eq 'CN=O''Brien''s,OU=x'");
        let read = groups(filter.as_str());
        assert_eq!((read.names.as_slice(), read.is_all), (&["CN=O'Brien's,OU=x".to_owned()][..], true));
    }

    #[test]
    fn what_exchange_makes_of_a_filter_is_read() {
        let read = groups("((MemberOfGroup -eq 'CN=a') -or (memberofgroup -eq 'CN=b'))");
        assert_eq!((read.names, read.is_all), (vec!["CN=a".to_owned(), "CN=b".to_owned()], true));
        let narrower = groups("((MemberOfGroup -eq 'CN=a') -and (Department -eq 'Sales'))");
        assert!(!narrower.is_all && narrower.names == ["CN=a"]);
        assert_eq!(groups("Department -eq 'Sales'"), Groups::default());
        assert!(!groups("MemberOfGroup -ne 'CN=a'").is_all);
    }

    proptest! {
        #[test]
        fn every_name_comes_back_as_it_went(name in "[^\\p{Cc}]{1,60}") {
            let read = groups(Filter::member_of(&name).as_str());
            prop_assert_eq!((read.names, read.is_all), (vec![name], true));
        }

        #[test]
        fn any_filter_is_read_without_a_panic(filter in ".{0,200}") {
            let _ = groups(&filter);
        }
    }
}
