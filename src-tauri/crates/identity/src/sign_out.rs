//! What signing out of Gatehouse does, and what it leaves valid at Microsoft.

/// What stays valid after [`crate::TokenProvider::sign_out`], in numbers and in words to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StillValid {
    /// An access token that is already out keeps working for up to this many minutes.
    pub access_token_minutes: u32,
    /// The same where the service checks in between (continuous access evaluation): it can live longer, and dies at
    /// once when the person's sessions are revoked.
    pub checked_access_token_hours: u32,
    /// A refresh token that somebody copied keeps working for this many days after its last use, unless revoked.
    pub refresh_token_days: u32,
    /// What was done.
    pub done: &'static str,
    /// What stays, and how to end it.
    pub stays: &'static str,
}

/// <https://learn.microsoft.com/entra/identity-platform/access-tokens#token-lifetime>,
/// <https://learn.microsoft.com/entra/identity-platform/refresh-tokens>.
pub const STILL_VALID: StillValid = StillValid {
    access_token_minutes: 90,
    checked_access_token_hours: 28,
    refresh_token_days: 90,
    done: "Gatehouse has deleted this sign-in from this computer.",
    stays: "Microsoft itself keeps the sign-in open: for up to 28 hours what is under way, and for up to 90 days a copy \
            that somebody may have made. To end it everywhere, choose \u{201c}Sign out everywhere\u{201d}. That also signs \
            this person out of Outlook, Teams and all other Microsoft apps.",
};
