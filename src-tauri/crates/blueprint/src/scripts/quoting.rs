//! Values inside a script.

/// Longest name of a scope or a role assignment in Exchange, in characters.
const LONGEST_NAME: usize = 64;

/// A value as a PowerShell text that nothing inside is computed in: between single quotes, with every quote doubled.
///
/// PowerShell also ends such a text at the typographic quotes U+2018 to U+201B (its language specification, "quote
/// characters"), and a line break would end a line, so both are taken care of.
#[must_use]
pub fn quoted(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 2);
    text.push('\'');
    for c in value.chars().filter(|c| !crate::setup::text_shape::is_hidden(*c)) {
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            text.push(c);
        }
        text.push(c);
    }
    text.push('\'');
    text
}

/// A value inside a recipient filter (OPATH): between single quotes, with every quote doubled.
pub(super) fn recipient_filter_text(value: &str) -> String {
    quoted(value)
}

/// A name for things in Exchange: the product's, cut to what Exchange takes.
pub(super) fn exchange_name(product: &str, what: &str) -> String {
    let room = LONGEST_NAME.saturating_sub(what.chars().count() + 1);
    let product: String =
        product.chars().filter(|c| !crate::setup::text_shape::is_hidden(*c)).take(room).collect();
    format!("{} {what}", product.trim_end())
}

/// A value for a comment: one line, nothing hidden.
pub(super) fn remark(value: &str) -> String {
    value.chars().filter(|c| !crate::setup::text_shape::is_hidden(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_the_quotes() {
        assert_eq!(quoted("plain"), "'plain'");
        assert_eq!(quoted("o'neill"), "'o''neill'");
        assert_eq!(quoted("a\u{2019}; calc; \u{2018}"), "'a\u{2019}\u{2019}; calc; \u{2018}\u{2018}'");
        assert_eq!(quoted("$(calc) `n $x"), "'$(calc) `n $x'", "nothing is computed between single quotes");
        assert_eq!(quoted("a\r\nRemove-Item\u{2028}b\u{85}c\0"), "'aRemove-Itembc'");
        assert_eq!(quoted(""), "''");
    }

    #[test]
    fn a_name_fits_into_exchange() {
        assert_eq!(exchange_name("Contoso", "mailboxes"), "Contoso mailboxes");
        let long = exchange_name(&"x".repeat(200), "mailboxes");
        assert_eq!(long.chars().count(), 64);
        assert!(long.ends_with(" mailboxes"));
    }
}
