//! A Secret ID in the place of a secret.

use uuid::Uuid;

/// What to say when [`looks_like_secret_id`] holds. The two stand side by side in the portal, and the vendor's sign-in
/// fails with AADSTS7000215 when they are mixed up.
pub const SECRET_ID_EXPLANATION: &str = "This is the Secret ID, not the secret. Microsoft shows the two side by \
side: the ID is a name for the secret, and nobody can sign in with it. Paste what stands in the Value column. If it \
is no longer shown, make a new secret.";

/// Whether a pasted text is a Secret ID: a GUID, in any of its usual spellings. A secret never has that shape.
#[must_use]
pub fn looks_like_secret_id(pasted: &str) -> bool {
    let bare = pasted.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | ';'));
    let dashes = bare.bytes().filter(|byte| *byte == b'-').count();
    // 32 hexadecimal digits without dashes could be a secret of some other system: only the dashed forms count.
    dashes == 4 && bare.len() <= 45 && Uuid::try_parse(bare).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guids_are_secret_ids() {
        for id in [
            "d1f2c3b4-5a69-4788-97a6-b5c4d3e2f101",
            "D1F2C3B4-5A69-4788-97A6-B5C4D3E2F101",
            "  {d1f2c3b4-5a69-4788-97a6-b5c4d3e2f101}\n",
            "\"d1f2c3b4-5a69-4788-97a6-b5c4d3e2f101\",",
            "\u{a0}d1f2c3b4-5a69-4788-97a6-b5c4d3e2f101",
        ] {
            assert!(looks_like_secret_id(id), "{id}");
        }
    }

    #[test]
    fn secrets_are_not() {
        for secret in [
            "",
            "abc8Q~3HnJ.xYz0-pretend-value-0123456789",
            "d1f2c3b45a69478897a6b5c4d3e2f101",
            "d1f2c3b4-5a69-4788-97a6-b5c4d3e2f10",
            "d1f2c3b4-5a69-4788-97a6-b5c4d3e2f101x",
            "g1f2c3b4-5a69-4788-97a6-b5c4d3e2f101",
        ] {
            assert!(!looks_like_secret_id(secret), "{secret}");
        }
    }
}
