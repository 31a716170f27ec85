//! Words of a `$filter` expression.

use jiff::Timestamp;

/// One word.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token {
    Open,
    Close,
    Comma,
    Colon,
    Slash,
    /// A property, operator or function name. OData keywords are told apart by the parser.
    Word(String),
    Text(String),
    Number(f64),
    Moment(Timestamp),
    Guid(String),
}

/// A place where the expression cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// Character offset.
    pub(crate) at: usize,
}

/// Splits an expression into words, each with its offset.
///
/// # Errors
/// The offset of the first character that starts no word.
pub(crate) fn words(text: &str) -> Result<Vec<(usize, Token)>, SyntaxError> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let start = at;
        let token = match character {
            ' ' | '\t' => {
                at += 1;
                continue;
            }
            '(' => Token::Open,
            ')' => Token::Close,
            ',' => Token::Comma,
            ':' => Token::Colon,
            '/' => Token::Slash,
            '\'' => {
                let (value, length) = quoted(&text[at..]).ok_or(SyntaxError { at })?;
                at += length;
                words.push((start, Token::Text(value)));
                continue;
            }
            _ => {
                let length =
                    text[at..].find([' ', '\t', '(', ')', ',', '/', '\'']).unwrap_or(text.len() - at);
                let (token, length) = bare(&text[at..at + length]).ok_or(SyntaxError { at })?;
                at += length;
                words.push((start, token));
                continue;
            }
        };
        at += character.len_utf8();
        words.push((start, token));
    }
    Ok(words)
}

/// A quoted text at the start, and how many bytes it takes.
fn quoted(text: &str) -> Option<(String, usize)> {
    let mut value = String::new();
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character != '\'' {
            value.push(character);
        } else if characters.peek().is_some_and(|(_, next)| *next == '\'') {
            characters.next();
            value.push('\'');
        } else {
            return Some((value, at + 1));
        }
    }
    None
}

/// A date, GUID, number or name. A colon belongs to a time but ends a lambda's variable (`t:t eq 'x'`).
fn bare(text: &str) -> Option<(Token, usize)> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some((Token::Moment(moment), text.len()));
    }
    if let Ok(date) = text.parse::<jiff::civil::Date>()
        && let Ok(midnight) = date.to_zoned(jiff::tz::TimeZone::UTC)
    {
        return Some((Token::Moment(midnight.timestamp()), text.len()));
    }
    if is_guid(text) {
        return Some((Token::Guid(text.to_owned()), text.len()));
    }
    if text.starts_with(|first: char| first.is_ascii_digit() || first == '-') {
        return text.parse().ok().map(|number| (Token::Number(number), text.len()));
    }
    let length = text
        .find(|character: char| !(character.is_alphanumeric() || "_.@$-".contains(character)))
        .unwrap_or(text.len());
    (length > 0).then(|| (Token::Word(text[..length].to_owned()), length))
}

/// `8-4-4-4-12` hexadecimal digits.
pub(crate) fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        words(text).unwrap().into_iter().map(|(_, token)| token).collect()
    }

    #[test]
    fn a_quote_in_a_text_is_doubled() {
        assert_eq!(tokens("'O''Neil'"), [Token::Text("O'Neil".into())]);
        assert_eq!(words("displayName eq 'open"), Err(SyntaxError { at: 15 }));
    }

    #[test]
    fn a_colon_ends_a_variable_but_not_a_time() {
        assert_eq!(tokens("t:t")[1], Token::Colon);
        assert!(matches!(tokens("2026-11-20T10:00:00Z")[0], Token::Moment(_)));
        assert!(matches!(tokens("2026-11-20")[0], Token::Moment(_)));
        assert!(matches!(tokens("df021288-bdef-4463-88db-98f22de89214")[0], Token::Guid(_)));
        assert_eq!(tokens("-3"), [Token::Number(-3.0)]);
    }
}
