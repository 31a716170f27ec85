//! What a connector asks of the person.

use serde::{Deserialize, Serialize};

use super::Condition;

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Stable name; `{id}` stands for the answer in templates.
    pub id: String,
    /// What kind of answer is wanted.
    pub kind: InputKind,
    /// The question's label.
    pub label: String,
    /// What it is for, in a sentence.
    pub help: String,
    /// Whether it must be answered.
    #[serde(default = "yes")]
    pub required: bool,
    /// Whether several answers are possible, separated by commas or line breaks.
    #[serde(default)]
    pub multiple: bool,
    /// An example that shows the shape.
    #[serde(default)]
    pub example: Option<String>,
    /// The answer to begin with.
    #[serde(default)]
    pub default: Option<String>,
    /// The possible answers of a `choice`.
    #[serde(default)]
    pub choices: Vec<InputChoice>,
    /// The characters that are allowed, as in `a-z0-9-`; ranges and single characters, no regular expression.
    #[serde(default)]
    pub characters: Option<String>,
    /// Least number of characters, or least number.
    #[serde(default)]
    pub min: Option<u32>,
    /// Greatest number of characters, or greatest number.
    #[serde(default)]
    pub max: Option<u32>,
    /// When it is asked.
    #[serde(default)]
    pub when: Condition,
}

fn yes() -> bool {
    true
}

/// A possible answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputChoice {
    /// What is kept.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// What choosing it means.
    #[serde(default)]
    pub note: Option<String>,
}

/// The type of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InputKind {
    /// The address of a mailbox in this organisation; can be picked from the directory.
    Mailbox,
    /// Any e-mail address.
    Email,
    /// A domain name.
    Domain,
    /// One of the organisation's verified domains; can be picked from the directory.
    VerifiedDomain,
    /// One part of a host name, such as `contoso` in `contoso.example.com`.
    HostLabel,
    /// An https address.
    Url,
    /// A whole number.
    Number,
    /// One of the listed choices.
    Choice,
    /// Free text on one line.
    Text,
    /// A certificate that the vendor supplied, in PEM form (RFC 7468).
    Certificate,
    /// The address of an account that the product signs in with: one that exists, or one that is to be made.
    ServiceAccount,
    /// A licence, by the name that Microsoft's programs use (`skuPartNumber`), such as `EXCHANGESTANDARD`.
    Licence,
    /// A country by its two letters (ISO 3166-1 alpha-2).
    Country,
}
