//! Text in the form in which it is searched: without case, accents and ways of writing the same letter.

use std::borrow::Cow;

use icu_normalizer::DecomposingNormalizerBorrowed;

/// Folds text: compatibly decomposed, without combining marks, upper case and back. Charwise, so that what is folded of a
/// part is a part of what is folded of the whole.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let decomposed: Cow<'_, str> = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    decomposed
        .chars()
        .filter(|c| !is_mark(*c))
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        // İ folds to i and a dot that is a mark.
        .filter(|c| !is_mark(*c))
        .collect()
}

/// Accents of Latin, Greek and Cyrillic letters. Signs of other scripts are letters to their readers.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The words of a search: all must be found.
pub(crate) fn terms(text: &str) -> Vec<String> {
    fold(text).split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_same_letters_are_found_however_they_are_written() {
        for (written, searched) in [
            ("Zoë's Café", "ZOE'S CAFE"),
            ("cafe\u{301}", "café"),
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
            ("ПРИВЕТ", "привет"),
            ("İstanbul", "istanbul"),
            ("ﬁnance", "FINANCE"),
            ("Ｗｉｄｅ", "wide"),
            ("日本語アプリ", "アプリ"),
            ("한국어", "한국"),
            ("تطبيق", "تطبيق"),
        ] {
            assert!(fold(written).contains(&fold(searched)), "{written} by {searched}");
        }
    }

    proptest! {
        #[test]
        fn a_part_is_found_in_the_whole(before in "\\PC{0,8}", part in "\\PC{1,8}", after in "\\PC{0,8}") {
            // A mark at the seam belongs to the letter before it, in either order.
            let whole = fold(&format!("{before}\u{200c}{part}\u{200c}{after}"));
            prop_assert!(whole.contains(&fold(&part)));
        }

        #[test]
        fn case_does_not_matter(text in "\\PC{0,20}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
