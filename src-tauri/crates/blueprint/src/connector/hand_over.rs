//! The last page of a set-up: the form that the person fills in at the vendor, in the vendor's words and order.

use serde::{Deserialize, Serialize};

use super::Condition;

/// One form at the vendor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOverSection {
    /// What the form is for.
    pub title: String,
    /// The registration whose values go there; the section is left out when that registration is not made. A section
    /// without one is about the set-up as a whole.
    #[serde(default)]
    pub registration: Option<String>,
    /// Where the form is in the product, one menu entry each.
    #[serde(default)]
    pub place: Vec<String>,
    /// Something to know before filling it in.
    #[serde(default)]
    pub note: Option<String>,
    /// The form's fields, in the form's order.
    pub fields: Vec<HandOverField>,
    /// When the section applies.
    #[serde(default)]
    pub when: Condition,
}

/// One field of the vendor's form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOverField {
    /// The field's label in the vendor's own words.
    pub label: String,
    /// What goes into it.
    pub from: ValueSource,
    /// With `from = "input"`: which input.
    #[serde(default)]
    pub input: Option<String>,
    /// With `from = "text"`: the text itself.
    #[serde(default)]
    pub text: Option<String>,
    /// With a value of another registration: its key. The section's own registration otherwise.
    #[serde(default)]
    pub registration: Option<String>,
    /// With a value of an account: its key.
    #[serde(default)]
    pub account: Option<String>,
    /// Something to know about this field.
    #[serde(default)]
    pub note: Option<String>,
    /// When the field applies.
    #[serde(default)]
    pub when: Condition,
}

/// Where a hand-over value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueSource {
    /// The directory's id.
    TenantId,
    /// The organisation's name.
    TenantName,
    /// The organisation's default domain.
    TenantDomain,
    /// The `….onmicrosoft.com` domain.
    InitialDomain,
    /// The registration's client id.
    ClientId,
    /// The enterprise app's object id.
    ServicePrincipalId,
    /// The client secret's value.
    Secret,
    /// The certificate's thumbprint.
    CertificateThumbprint,
    /// The private key and its certificate, as a file.
    CertificateFile,
    /// The (first) redirect URI.
    RedirectUri,
    /// An access token that the person gets by signing in to the registered app.
    Token,
    /// The address of a service account.
    AccountAddress,
    /// The password that was made for a service account.
    AccountPassword,
    /// Where the organisation's Exchange Web Services are.
    EwsAddress,
    /// What the person answered.
    Input,
    /// A fixed text.
    Text,
}

impl ValueSource {
    /// Whether the value must never be printed or shown unasked.
    #[must_use]
    pub fn is_secret(self) -> bool {
        matches!(self, Self::Secret | Self::CertificateFile | Self::Token | Self::AccountPassword)
    }
}
