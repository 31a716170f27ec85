//! OPATH: the filters of management scopes and of `Get-Recipient -Filter`, as far as they are used for scopes.
//!
//! Source: "Filterable properties for the RecipientFilter parameter". A quote inside a value is doubled.

use super::recipients::Recipient;
use crate::store::Tables;

/// A filter that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filter {
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Not(Box<Self>),
    Compare { property: &'static str, operator: Operator, value: String },
}

/// How a property is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Like,
    NotLike,
}

/// Properties that can be filtered by.
const PROPERTIES: [&str; 17] = [
    "MemberOfGroup",
    "PrimarySmtpAddress",
    "WindowsEmailAddress",
    "EmailAddresses",
    "UserPrincipalName",
    "Alias",
    "Name",
    "DisplayName",
    "Department",
    "Title",
    "Guid",
    "ExternalDirectoryObjectId",
    "DistinguishedName",
    "RecipientType",
    "RecipientTypeDetails",
    "CustomAttribute1",
    "CustomAttribute2",
];

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Operator(String),
    Word(String),
    Text(String),
}

/// Reads a filter.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn parse(text: &str) -> Result<Filter, String> {
    let tokens = tokens(text)?;
    let mut rest = tokens.as_slice();
    let filter = either(&mut rest)?;
    if rest.is_empty() { Ok(filter) } else { Err(format!("\"{text}\" goes on where it should end.")) }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        match first {
            '(' | ')' => {
                found.push(if first == '(' { Token::Open } else { Token::Close });
                rest = &rest[1..];
            }
            '\'' | '"' => {
                let mut value = String::new();
                let mut characters = rest.char_indices().skip(1).peekable();
                let mut end = None;
                while let Some((at, character)) = characters.next() {
                    if character != first {
                        value.push(character);
                    } else if characters.peek().is_some_and(|(_, next)| *next == first) {
                        value.push(first);
                        characters.next();
                    } else {
                        end = Some(at + 1);
                        break;
                    }
                }
                let end = end.ok_or_else(|| format!("The string that begins with {rest} isn't closed."))?;
                found.push(Token::Text(value));
                rest = &rest[end..];
            }
            _ => {
                let end = rest
                    .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '\'' | '"'))
                    .unwrap_or(rest.len());
                let word = rest[..end].to_owned();
                found.push(if first == '-' {
                    Token::Operator(word.to_ascii_lowercase())
                } else {
                    Token::Word(word)
                });
                rest = &rest[end..];
            }
        }
        rest = rest.trim_start();
    }
    Ok(found)
}

fn either(rest: &mut &[Token]) -> Result<Filter, String> {
    let mut left = both(rest)?;
    while next_is(rest, "-or") {
        left = Filter::Or(Box::new(left), Box::new(both(rest)?));
    }
    Ok(left)
}

fn both(rest: &mut &[Token]) -> Result<Filter, String> {
    let mut left = one(rest)?;
    while next_is(rest, "-and") {
        left = Filter::And(Box::new(left), Box::new(one(rest)?));
    }
    Ok(left)
}

fn one(rest: &mut &[Token]) -> Result<Filter, String> {
    if next_is(rest, "-not") {
        return Ok(Filter::Not(Box::new(one(rest)?)));
    }
    match take(rest) {
        Some(Token::Open) => {
            let inner = either(rest)?;
            match take(rest) {
                Some(Token::Close) => Ok(inner),
                _ => Err("A parenthesis isn't closed.".to_owned()),
            }
        }
        Some(Token::Word(name)) => compare(&name, rest),
        _ => Err("The filter ends where a property should stand.".to_owned()),
    }
}

fn compare(name: &str, rest: &mut &[Token]) -> Result<Filter, String> {
    let property = PROPERTIES
        .into_iter()
        .find(|own| own.eq_ignore_ascii_case(name))
        .ok_or_else(|| format!("\"{name}\" isn't a recognized filterable property."))?;
    let operator = match take(rest) {
        Some(Token::Operator(word)) => match word.as_str() {
            "-eq" => Operator::Equal,
            "-ne" => Operator::NotEqual,
            "-like" => Operator::Like,
            "-notlike" => Operator::NotLike,
            other => return Err(format!("\"{other}\" isn't a supported operator.")),
        },
        _ => return Err(format!("An operator is missing after \"{name}\".")),
    };
    match take(rest) {
        Some(Token::Text(value)) => Ok(Filter::Compare { property, operator, value }),
        // Words such as `$null` stand without quotes; anything else must be quoted.
        Some(Token::Word(value)) if value.starts_with('$') => {
            Ok(Filter::Compare { property, operator, value })
        }
        _ => Err(format!("The value of \"{name}\" must stand in quotes.")),
    }
}

fn take(rest: &mut &[Token]) -> Option<Token> {
    let (first, others) = rest.split_first()?;
    *rest = others;
    Some(first.clone())
}

fn next_is(rest: &mut &[Token], word: &str) -> bool {
    let found = matches!(rest.first(), Some(Token::Operator(own)) if own == word);
    if found {
        *rest = &rest[1..];
    }
    found
}

impl Filter {
    /// Whether a recipient passes.
    pub(crate) fn holds(&self, tables: &Tables, recipient: &Recipient<'_>) -> bool {
        match self {
            Self::And(left, right) => left.holds(tables, recipient) && right.holds(tables, recipient),
            Self::Or(left, right) => left.holds(tables, recipient) || right.holds(tables, recipient),
            Self::Not(inner) => !inner.holds(tables, recipient),
            Self::Compare { property, operator, value } => {
                let own = values(tables, recipient, property);
                let wanted = if value.eq_ignore_ascii_case("$null") { "" } else { value.as_str() };
                let equal = || own.iter().any(|own| own.eq_ignore_ascii_case(wanted));
                let like = || own.iter().any(|own| matches_like(&own.to_lowercase(), &wanted.to_lowercase()));
                match operator {
                    Operator::Equal => equal(),
                    Operator::NotEqual => !equal(),
                    Operator::Like => like(),
                    Operator::NotLike => !like(),
                }
            }
        }
    }

    /// Whether every value that must be a distinguished name is one.
    pub(crate) fn check_names(&self) -> Result<(), String> {
        match self {
            Self::And(left, right) | Self::Or(left, right) => {
                left.check_names().and_then(|()| right.check_names())
            }
            Self::Not(inner) => inner.check_names(),
            Self::Compare { property: "MemberOfGroup", value, .. }
                if !value.to_ascii_uppercase().starts_with("CN=") =>
            {
                Err(format!(
                    "The value \"{value}\" of MemberOfGroup must be the distinguished name of a group."
                ))
            }
            Self::Compare { .. } => Ok(()),
        }
    }
}

fn values(tables: &Tables, recipient: &Recipient<'_>, property: &str) -> Vec<String> {
    if property == "MemberOfGroup" {
        return recipient.member_of(tables);
    }
    match &recipient.shown(tables)[property] {
        serde_json::Value::String(text) => vec![text.clone()],
        serde_json::Value::Array(items) => {
            items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
        }
        _ => vec![String::new()],
    }
}

/// `*` stands for anything, at the ends or in between.
fn matches_like(text: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => text == pattern,
        Some((head, tail)) => text.strip_prefix(head).is_some_and(|rest| {
            (0..=rest.len()).filter(|at| rest.is_char_boundary(*at)).any(|at| matches_like(&rest[at..], tail))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value_of(text: &str) -> String {
        match parse(text).unwrap() {
            Filter::Compare { value, .. } => value,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn doubled_quotes_stand_for_one() {
        assert_eq!(value_of("MemberOfGroup -eq 'CN=Drivers'' dispatch,OU=x'"), "CN=Drivers' dispatch,OU=x");
        assert_eq!(value_of(r#"Title -Like "VP*""#), "VP*");
    }

    #[test]
    fn words_bind_as_in_powershell() {
        let filter = parse("Title -eq 'a' -or (Title -eq 'b' -and -not Alias -eq 'c')").unwrap();
        assert!(matches!(filter, Filter::Or(_, right) if matches!(*right, Filter::And(..))));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for text in [
            "",
            "Title",
            "Title -eq",
            "Title -eq b",
            "Nope -eq 'x'",
            "Title -xx 'a'",
            "Title -eq 'a",
            "(Title -eq 'a'",
            "Title -eq 'it's'",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse("MemberOfGroup -eq 'Sales'").unwrap().check_names().is_err());
    }

    #[test]
    fn stars_match_anything() {
        assert!(matches_like("vice president", "vice*"));
        assert!(matches_like("vice president", "*pres*t"));
        assert!(!matches_like("vice president", "pres*"));
    }
}
