//! People's accounts that a product signs in with.

use serde::{Deserialize, Serialize};

use super::Condition;

/// An account that a product signs in with, as a person would: chosen where it exists, made where it does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Stable name inside the connector.
    pub key: String,
    /// What it is, as a heading.
    pub title: String,
    /// The input of the kind `service-account` that names it. Where that is not answered, there is no account.
    pub input: String,
    /// What a new account is called; may use `{input}`.
    pub display_name: String,
    /// The input of the kind `licence` that says which licence a new account gets.
    #[serde(default)]
    pub licence_input: Option<String>,
    /// The input of the kind `country` that says where the account is used. Microsoft wants to know before it gives a
    /// licence (`user.usageLocation`).
    #[serde(default)]
    pub country_input: Option<String>,
    /// Whether the product only works when the account has a mailbox.
    #[serde(default)]
    pub needs_mailbox: bool,
    /// Why the product needs it, in a sentence.
    pub why: String,
    /// When it applies.
    #[serde(default)]
    pub when: Condition,
}
