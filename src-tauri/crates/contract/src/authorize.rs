//! Signing in through an app that was set up, so that the vendor's form gets a token.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::When;

/// Which app to sign in through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct AuthorizeRequest {
    /// The connection.
    pub connection_id: String,
    /// The registration's key.
    pub registration: String,
}

/// It has begun. `sign_in_open_again`, `sign_in_copy_link` and `sign_in_cancel` work on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct AuthorizeStarted {
    /// Names the attempt.
    pub sign_in_id: String,
    /// When the wait ends by itself.
    pub ends_at: When,
    /// What was changed for the time of the sign-in, one sentence each. Empty when nothing was.
    pub changed: Vec<String>,
    /// The run that made those changes and that takes them back.
    pub run_id: Option<String>,
}

/// The token that came of it. Its value never crosses; `authorize_copy_token` copies it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct AuthorizedToken {
    /// Names it for copying; gone when the app closes or the token ends.
    pub id: String,
    /// The app's name.
    pub app_name: String,
    /// Who signed in.
    pub person: String,
    /// What the token allows.
    pub scopes: Vec<TokenScope>,
    /// When it ends.
    pub expires_at: When,
    /// The same in words ("It works for about an hour, until 14:05.").
    pub expiry: String,
    /// What was taken back after the sign-in, or could not be, one sentence each.
    pub cleaned_up: Vec<String>,
}

/// One thing that a token allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct TokenScope {
    /// Microsoft's name.
    pub value: String,
    /// What it allows, as a sentence; none where nobody knows it.
    pub sentence: Option<String>,
}
