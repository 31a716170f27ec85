//! The app registrations of a connector.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Condition;
use crate::catalogue::{self, PermissionKind};

/// One app registration that a connector may need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// Stable name inside the connector.
    pub key: String,
    /// What it is, as a heading.
    pub title: String,
    /// The registration's display name; may use `{input}`, `{environment}`.
    pub display_name: String,
    /// The registration is made when one of these features is chosen; always, when the list is empty.
    #[serde(default)]
    pub features: Vec<String>,
    /// Whether one is made for each chosen environment.
    #[serde(default)]
    pub each_environment: bool,
    /// Which accounts may sign in. The first is the one to begin with.
    #[serde(default = "single_tenant")]
    pub audiences: Vec<AudienceOffer>,
    /// Where Microsoft sends people back to.
    #[serde(default)]
    pub redirects: Vec<Redirect>,
    /// What the app may do. None at all is possible.
    #[serde(default)]
    pub permissions: Vec<RequestedPermission>,
    /// Permissions to take away where they are found.
    #[serde(default)]
    pub removes: Vec<RemovedPermission>,
    /// How the app signs in.
    pub credential: Credential,
    /// Whether access can be limited to some mailboxes.
    #[serde(default)]
    pub mailbox_limit: Option<MailboxLimit>,
    /// Directory roles for the enterprise app itself.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Rights that exist only in Exchange.
    #[serde(default)]
    pub exchange_roles: Vec<ExchangeRole>,
    /// When it is made, besides `features`.
    #[serde(default)]
    pub when: Condition,
}

fn single_tenant() -> Vec<AudienceOffer> {
    vec![AudienceOffer { audience: SignInAudience::AzureAdMyOrg, note: None }]
}

/// A kind of account that may sign in, with what choosing it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AudienceOffer {
    /// Microsoft's value.
    pub audience: SignInAudience,
    /// When to choose it.
    #[serde(default)]
    pub note: Option<String>,
}

/// Microsoft Graph `application.signInAudience`
/// (<https://learn.microsoft.com/graph/api/resources/application>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SignInAudience {
    /// This organisation only ("single tenant").
    #[serde(rename = "AzureADMyOrg")]
    AzureAdMyOrg,
    /// Any organisation ("multitenant").
    #[serde(rename = "AzureADMultipleOrgs")]
    AzureAdMultipleOrgs,
    /// Any organisation, and personal Microsoft accounts.
    #[serde(rename = "AzureADandPersonalMicrosoftAccount")]
    AzureAdAndPersonalMicrosoftAccount,
    /// Personal Microsoft accounts only.
    #[serde(rename = "PersonalMicrosoftAccount")]
    PersonalMicrosoftAccount,
}

impl SignInAudience {
    /// The value that Microsoft Graph uses.
    #[must_use]
    pub fn as_graph(self) -> &'static str {
        match self {
            Self::AzureAdMyOrg => "AzureADMyOrg",
            Self::AzureAdMultipleOrgs => "AzureADMultipleOrgs",
            Self::AzureAdAndPersonalMicrosoftAccount => "AzureADandPersonalMicrosoftAccount",
            Self::PersonalMicrosoftAccount => "PersonalMicrosoftAccount",
        }
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::AzureAdMyOrg => "Only accounts of this organisation can use the app.",
            Self::AzureAdMultipleOrgs => "Accounts of any organisation can use the app.",
            Self::AzureAdAndPersonalMicrosoftAccount => {
                "Accounts of any organisation, and personal Microsoft accounts, can use the app."
            }
            Self::PersonalMicrosoftAccount => "Only personal Microsoft accounts can use the app.",
        }
    }
}

/// An address that Microsoft may send people back to after they signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redirect {
    /// What kind of app waits there.
    pub platform: RedirectPlatform,
    /// The address; may use `{input}`.
    pub uri: String,
    /// When it applies.
    #[serde(default)]
    pub when: Condition,
}

/// The platform of a redirect URI: `web.redirectUris`, `spa.redirectUris` or `publicClient.redirectUris` in Graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RedirectPlatform {
    /// A web server.
    Web,
    /// A page that runs in the browser.
    Spa,
    /// An app on a person's device.
    Public,
}

/// A permission that a registration asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestedPermission {
    /// The API: `Microsoft Graph`, `Office 365 Exchange Online`, `Azure AD Graph`, or any API's app id.
    pub resource: String,
    /// With an app id in `resource`: what the API is called.
    #[serde(default)]
    pub resource_name: Option<String>,
    /// The permission's name, such as `Calendars.Read`.
    pub value: String,
    /// Whether the app acts by itself or for a person.
    pub kind: PermissionKind,
    /// Needed for these features; for every choice, when the list is empty.
    #[serde(default)]
    pub features: Vec<String>,
    /// What the vendor's guide calls it, where that is not its name.
    #[serde(default)]
    pub guide_name: Option<String>,
    /// Why the product needs it, in a sentence.
    pub why: String,
    /// For whom a delegated permission is granted.
    #[serde(default)]
    pub consent: WhoConsents,
    /// Whether it is asked for unless somebody switches it off. What Microsoft has retired stays off until somebody
    /// switches it on ([`Choices::permissions_on`](crate::Choices::permissions_on)).
    #[serde(default = "yes")]
    pub default: bool,
    /// When it applies, besides `features`.
    #[serde(default)]
    pub when: Condition,
}

fn yes() -> bool {
    true
}

impl RequestedPermission {
    /// The name by which it is switched on in [`Choices::permissions_on`](crate::Choices::permissions_on): its
    /// `resource/id/kind`, with the permission's name where its id is not known. `None` for an API that cannot be.
    #[must_use]
    pub fn switch(&self) -> Option<String> {
        let resource = catalogue::resource(&self.resource, None)?;
        Some(match catalogue::find(resource.app_id, &self.value, self.kind) {
            Some(permission) => permission.key.to_string(),
            None => format!("{}/{}/{}", resource.app_id, self.value, self.kind),
        })
    }
}

/// For whom a delegated permission is granted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhoConsents {
    /// For everybody in the organisation (`consentType` `AllPrincipals`). Application permissions are always this.
    #[default]
    Organisation,
    /// For the admin who does the set-up, and nobody else (`consentType` `Principal`).
    Admin,
    /// Nothing is granted beforehand: each person is asked at sign-in.
    EachPerson,
}

/// A permission to take away where it is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemovedPermission {
    /// The API, as in [`RequestedPermission::resource`].
    pub resource: String,
    /// The permission's name.
    pub value: String,
    /// Its kind.
    pub kind: PermissionKind,
    /// Why it goes.
    pub why: String,
}

/// How the app signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Credential {
    /// With a client secret.
    Secret {
        /// What the secret is called at Microsoft.
        display_name: String,
        /// How long it should live, in months. Microsoft advises less than 12
        /// (`how-to-add-credentials`); a secret that lives longer is offered only when the vendor needs it.
        months: u8,
        /// The longest lifetime that makes sense, in months.
        #[serde(default = "two_years")]
        max_months: u8,
        /// Why that long.
        #[serde(default)]
        note: Option<String>,
    },
    /// With a certificate.
    Certificate {
        /// Who makes the key.
        source: CertificateSource,
        /// With `source = "vendor"`: the input that holds the public part.
        #[serde(default)]
        input: Option<String>,
        /// With `source = "made-here"`: how long it should live, in months.
        #[serde(default)]
        months: Option<u8>,
    },
    /// Not at all: people sign in through it, and it keeps no secret.
    None,
}

fn two_years() -> u8 {
    24
}

/// Who makes the key of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateSource {
    /// The vendor keeps the key and supplies the public part.
    Vendor,
    /// The key is made here and handed to the vendor.
    MadeHere,
}

/// Whether access can be limited to some mailboxes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailboxLimit {
    /// How strongly it is offered.
    pub offer: LimitOffer,
    /// The kind of group that the limit hangs on.
    pub group: GroupKind,
    /// Whether groups inside the group count.
    #[serde(default)]
    pub nested: bool,
    /// What to know about it.
    pub note: String,
}

/// How strongly a mailbox limit is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitOffer {
    /// Can be chosen.
    Optional,
    /// Should be chosen.
    Recommended,
}

/// A kind of group in Exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupKind {
    /// A security group with a mail address.
    MailEnabledSecurity,
    /// Any group that Exchange knows.
    Any,
}

/// A directory role for the enterprise app itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Microsoft's name for the role.
    pub name: String,
    /// The role's template id, which is the same in every organisation.
    pub template_id: Uuid,
    /// Why the product needs it.
    pub why: String,
    /// Whether the app gets it unless somebody switches it off; off in a connector from elsewhere.
    #[serde(default = "yes")]
    pub default: bool,
    /// When it applies.
    #[serde(default)]
    pub when: Condition,
}

impl Role {
    /// The name by which it is switched on in [`Choices::permissions_on`](crate::Choices::permissions_on).
    #[must_use]
    pub fn switch(&self) -> String {
        format!("role/{}", self.template_id)
    }
}

/// An Exchange application role, such as `Application Mail.Read` (RBAC for Applications).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExchangeRole {
    /// The role's name in Exchange.
    pub name: String,
    /// Why the product needs it.
    pub why: String,
    /// When it applies.
    #[serde(default)]
    pub when: Condition,
}
