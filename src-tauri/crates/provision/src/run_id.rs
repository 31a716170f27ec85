//! The name of a run.

use serde::{Deserialize, Serialize};

/// 128 random bits as 32 hexadecimal digits. It is part of every `uniqueName` and of every secret's name, so that what a
/// run made is found again by it and by nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RunId(String);

/// Text that is not the name of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a run")]
pub struct NotARunId;

impl RunId {
    /// A new one from 128 random bits.
    #[must_use]
    pub fn from_random(bits: u128) -> Self {
        Self(format!("{bits:032x}"))
    }

    /// Reads one back.
    ///
    /// # Errors
    /// [`NotARunId`] unless the text is 32 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, NotARunId> {
        let fits = text.len() == 32 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if fits { Ok(Self(text.to_owned())) } else { Err(NotARunId) }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for RunId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RunId {
    type Error = NotARunId;
    fn try_from(text: String) -> Result<Self, NotARunId> {
        Self::parse(&text)
    }
}

impl From<RunId> for String {
    fn from(id: RunId) -> String {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_128_bits_whatever_the_number() {
        assert_eq!(RunId::from_random(7).as_str(), "00000000000000000000000000000007");
        assert_eq!(RunId::from_random(u128::MAX).as_str().len(), 32);
        assert_eq!(RunId::parse(RunId::from_random(7).as_str()), Ok(RunId::from_random(7)));
    }

    #[test]
    fn what_is_not_a_name_is_refused() {
        for wrong in ["", "7", "0000000000000000000000000000000G", "0000000000000000000000000000000A"] {
            assert_eq!(RunId::parse(wrong), Err(NotARunId), "{wrong}");
        }
        assert!(serde_json::from_str::<RunId>("\"../../x\"").is_err());
    }
}
