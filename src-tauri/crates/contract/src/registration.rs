//! One registration: who may use it, and where people are sent back to. And manifest fragments for it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{FileProblem, PermissionWords, PersonView, RegistrationSummary, When};

/// Which accounts may sign in, in Microsoft Graph's own values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(export_to = "types.ts")]
pub enum SignInAudience {
    /// This organisation only ("single tenant").
    #[serde(rename = "AzureADMyOrg")]
    AzureAdMyOrg,
    /// Any organisation ("multitenant").
    #[serde(rename = "AzureADMultipleOrgs")]
    AzureAdMultipleOrgs,
    /// Any organisation, and personal accounts.
    #[serde(rename = "AzureADandPersonalMicrosoftAccount")]
    AzureAdAndPersonalMicrosoftAccount,
    /// Personal accounts only.
    #[serde(rename = "PersonalMicrosoftAccount")]
    PersonalMicrosoftAccount,
}

/// An account type on offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct AudienceOffer {
    /// Microsoft's value.
    pub audience: SignInAudience,
    /// What it means, in a sentence.
    pub sentence: String,
    /// When to choose it, as the vendor says.
    pub note: Option<String>,
    /// What follows from choosing it, one sentence each.
    pub consequences: Vec<String>,
}

/// The account types that a registration of a connector offers. The first one is the one to begin with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct AudienceChoice {
    /// The registration's key; names the answer in the draft.
    pub registration: String,
    /// What it is, as a heading.
    pub title: String,
    /// The offers.
    pub offers: Vec<AudienceOffer>,
}

/// The kind of app that waits at a redirect address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum RedirectPlatform {
    /// A web server.
    Web,
    /// A page that runs in the browser.
    Spa,
    /// An app on a person's device.
    Public,
}

/// An address that Microsoft may send people back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct RedirectUri {
    /// What waits there.
    pub platform: RedirectPlatform,
    /// The address, byte for byte.
    pub uri: String,
}

/// A registration as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct RegistrationView {
    /// Name and client id.
    pub registration: RegistrationSummary,
    /// Id of the organisation.
    pub tenant_id: String,
    /// Object id of its enterprise app here.
    pub service_principal_id: Option<String>,
    /// When it was made.
    pub created_at: Option<When>,
    /// Which accounts may sign in; none for a value that Gatehouse does not know.
    pub audience: Option<SignInAudience>,
    /// The same as a sentence.
    pub audience_sentence: String,
    /// What it could be changed to, with what follows.
    pub audiences: Vec<AudienceOffer>,
    /// Where people are sent back to.
    pub redirects: Vec<RedirectUri>,
    /// What the set-up that made it expects there, compared byte for byte. Empty for a registration of nobody's set-up.
    pub expected_redirects: Vec<RedirectCheck>,
    /// Who owns it.
    pub owners: Vec<PersonView>,
    /// The set-up that it belongs to.
    pub connection_id: Option<String>,
}

/// Whether an address that a set-up needs is on the registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct RedirectCheck {
    /// The address.
    pub redirect: RedirectUri,
    /// There, byte for byte.
    pub present: bool,
    /// How it stands, in a sentence; names the address that is nearly the same, where there is one.
    pub sentence: String,
}

/// A `requiredResourceAccess` fragment that somebody pasted or opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ManifestText {
    /// Client id of the registration to compare it with; without one only its names are shown.
    pub app_id: Option<String>,
    /// The fragment, or a whole manifest.
    pub text: String,
}

/// A fragment with names for its ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ManifestReview {
    /// Its permissions in order.
    pub entries: Vec<ManifestEntry>,
    /// Permissions of the registration that the fragment does not have. Merging keeps them, replacing removes them.
    pub only_there: Vec<PermissionWords>,
    /// What is wrong with the text.
    pub problems: Vec<FileProblem>,
    /// How it differs, in a sentence.
    pub sentence: String,
}

/// A permission of a fragment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ManifestEntry {
    /// The permission; with its ids as name where nobody knows it.
    pub permission: PermissionWords,
    /// False when neither Microsoft's list nor the organisation's own apps know the id. It is kept and marked.
    pub known: bool,
    /// On the registration already; none when there is nothing to compare with.
    pub already: Option<bool>,
}
