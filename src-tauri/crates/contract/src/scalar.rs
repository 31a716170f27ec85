//! Small values with a meaning of their own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroize;

/// A moment, in UTC, as RFC 3339 text on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(export_to = "types.ts", type = "string")]
pub struct When(pub jiff::Timestamp);

/// Something secret that a person typed: a passphrase or a client secret. Goes in, never out.
#[derive(Clone, Deserialize, TS)]
#[serde(transparent)]
#[ts(export_to = "types.ts", type = "string")]
pub struct SecretInput(String);

impl SecretInput {
    /// Wraps what a person typed on the command line.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, leaving an empty shell behind. The caller seals or hashes it and drops it.
    pub fn take(mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

impl Drop for SecretInput {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for SecretInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretInput(redacted)")
    }
}

/// A client secret on its way to the page after an explicit Reveal. The page hides it again after [`Self::hide_after_seconds`].
#[derive(Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct RevealedSecret {
    /// The value.
    pub value: String,
    /// Seconds until the page must hide it.
    pub hide_after_seconds: u32,
}

impl Drop for RevealedSecret {
    fn drop(&mut self) {
        self.value.zeroize();
    }
}

impl std::fmt::Debug for RevealedSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RevealedSecret(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_show_in_debug() {
        let typed = SecretInput::new("correct horse".into());
        let shown = RevealedSecret { value: "battery staple".into(), hide_after_seconds: 30 };
        assert_eq!(format!("{typed:?} {shown:?}"), "SecretInput(redacted) RevealedSecret(redacted)");
    }
}
