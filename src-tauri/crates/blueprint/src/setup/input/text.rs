//! What may stand in a text that people read.

use super::InputProblem;

/// Whether there is a character that cannot be seen, or that changes the direction of writing around it
/// (Unicode TR 36, section 3.1; CVE-2021-42574).
pub fn has_hidden(text: &str, lines: bool) -> bool {
    text.chars().any(|c| is_hidden(c) && !(lines && matches!(c, '\n' | '\r')))
}

/// See [`has_hidden`].
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffd}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{e0000}'..='\u{e0fff}'
            | '\u{f0000}'..='\u{10ffff}')
}

/// A letter of another alphabet inside a word of Latin letters: `pаypal` with a Cyrillic `а`.
pub fn look_alike(text: &str) -> Option<char> {
    text.split(|c: char| !c.is_alphanumeric()).find_map(|word| {
        let latin = word.chars().any(|c| c.is_ascii_alphabetic());
        word.chars().find(|c| is_compatibility_letter(*c) || (latin && is_confusable(*c)))
    })
}

/// A letter of an alphabet whose letters look like Latin ones.
pub(crate) fn is_confusable(c: char) -> bool {
    matches!(c,
        '\u{250}'..='\u{2af}' // phonetic letters
        | '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' // Greek
        | '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}' | '\u{a640}'..='\u{a69f}' // Cyrillic
        | '\u{530}'..='\u{58f}' // Armenian
        | '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' // Cherokee
        | '\u{a4d0}'..='\u{a4ff}' // Lisu
        | '\u{2c80}'..='\u{2cff}' // Coptic
    )
}

/// A second form of an ordinary letter: full width, mathematical, circled.
fn is_compatibility_letter(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}' | '\u{2460}'..='\u{24ff}' | '\u{1f130}'..='\u{1f189}')
}

/// Whether the number of characters is within the limits.
pub(super) fn check_length(text: &str, min: Option<u32>, max: Option<u32>) -> Result<(), InputProblem> {
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    match (min, max) {
        (Some(min), _) if length < min => Err(InputProblem::TooShort { min }),
        (_, Some(max)) if length > max => Err(InputProblem::TooLong { max }),
        _ => Ok(()),
    }
}

/// A set of characters, written as in `a-z0-9-`. No regular expression: a file from elsewhere must not be able to
/// make one that never ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Class(Vec<(char, char)>);

impl Class {
    /// `None` where a range runs backwards, or nothing is in the set.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let characters: Vec<char> = text.chars().collect();
        let mut ranges = Vec::new();
        let mut at = 0;
        while let Some(&from) = characters.get(at) {
            match (characters.get(at + 1), characters.get(at + 2)) {
                (Some('-'), Some(&to)) => {
                    if to < from {
                        return None;
                    }
                    ranges.push((from, to));
                    at += 3;
                }
                _ => {
                    ranges.push((from, from));
                    at += 1;
                }
            }
        }
        (!ranges.is_empty()).then_some(Self(ranges))
    }

    pub(super) fn check(&self, text: &str) -> Result<(), InputProblem> {
        match text.chars().find(|c| !self.0.iter().any(|(from, to)| (from..=to).contains(&c))) {
            None => Ok(()),
            Some(character) => Err(InputProblem::Character { character, allowed: self.words() }),
        }
    }

    fn words(&self) -> String {
        let word = |(from, to): &(char, char)| {
            if from == to { from.to_string() } else { format!("{from} to {to}") }
        };
        self.0.iter().map(word).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_reads_ranges_and_single_characters() {
        let class = Class::parse("a-z0-9_-").unwrap();
        assert_eq!(class.check("abc-09_z"), Ok(()));
        assert_eq!(
            class.check("abC"),
            Err(InputProblem::Character { character: 'C', allowed: "a to z, 0 to 9, _, -".to_owned() })
        );
        assert_eq!(Class::parse("z-a"), None);
        assert_eq!(Class::parse(""), None);
    }

    #[test]
    fn hidden_characters_are_found() {
        for c in [
            '\0',
            '\u{7f}',
            '\u{85}',
            '\u{200b}',
            '\u{202e}',
            '\u{2066}',
            '\u{feff}',
            '\u{e0041}',
            '\u{3164}',
        ] {
            assert!(has_hidden(&format!("a{c}b"), true), "{c:?}");
        }
        assert!(has_hidden("a\nb", false) && !has_hidden("a\nb", true));
        for fine in ["Zoë", "東京", "naïve café", "a\u{a0}b", "“quoted” – dash", "Ωmega"] {
            assert!(!has_hidden(fine, false), "{fine}");
        }
    }

    #[test]
    fn look_alikes_are_found_only_among_latin_letters() {
        assert_eq!(look_alike("p\u{430}ypal"), Some('\u{430}'));
        assert_eq!(look_alike("Gatehouse Ｐro"), Some('Ｐ'));
        assert_eq!(look_alike("Москва"), None, "a word in one alphabet is a word");
        assert_eq!(look_alike("Москва office"), None);
        assert_eq!(look_alike("Zoë's café"), None);
    }
}
