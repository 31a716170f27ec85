//! Reading the instants that Graph writes.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};

/// Reads an optional `Edm.DateTimeOffset`.
///
/// "Never" is written as the end of the year 9999, later than the last instant that can be held: it becomes that last
/// instant. What cannot be read becomes `None`, that is "unknown": one odd date must not hide a page of 999 objects.
pub(crate) fn lenient<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.and_then(|text| parse(&text)))
}

fn parse(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| text.starts_with("9999-12-3").then_some(Timestamp::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_is_the_last_instant_and_nonsense_is_unknown() {
        assert_eq!(parse("2026-11-20T08:00:00Z"), Some("2026-11-20T08:00:00Z".parse().unwrap()));
        assert_eq!(
            parse("2026-11-20T08:00:00.1234567Z"),
            Some("2026-11-20T08:00:00.1234567Z".parse().unwrap())
        );
        assert_eq!(parse("9999-12-31T23:59:59.9999999Z"), Some(Timestamp::MAX));
        assert_eq!(parse("soon"), None);
    }
}
