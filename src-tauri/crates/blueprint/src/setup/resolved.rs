//! What a set-up consists of, with every template filled in and every condition decided.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{InputValue, MailboxAccess};
use crate::catalogue::{self, Permission, PermissionKey, PermissionKind, Risk};
use crate::connector::{
    CertificateSource, ExchangeRole, FollowUp, MailboxLimit, ProofKind, RedirectPlatform, Role, ScriptKind,
    SettingKind, SignInAudience, ValueSource, WhoConsents,
};

/// Everything that has to be made, tried and handed over for one person's choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The connector's id.
    pub connector: String,
    /// The connector's version.
    pub version: String,
    /// The connector's name, for headings.
    pub name: String,
    /// Chosen features, in the connector's order.
    pub features: Vec<String>,
    /// Answers that apply, tidied.
    pub inputs: BTreeMap<String, InputValue>,
    /// The app registrations, in the connector's order. None at all is possible.
    pub registrations: Vec<RegistrationSpec>,
    /// Accounts that the product signs in with, in the connector's order.
    #[serde(default)]
    pub accounts: Vec<AccountSpec>,
    /// Settings of the organisation that the product depends on.
    #[serde(default)]
    pub settings: Vec<SettingSpec>,
    /// What to try afterwards, in the connector's order. A token with the expected roles is always tried first.
    pub proofs: Vec<Proof>,
    /// The last page.
    pub hand_over: HandOver,
    /// What only a person can do, elsewhere.
    pub follow_ups: Vec<FollowUp>,
    /// Scripts that belong to follow-ups, with the person's own values in them.
    #[serde(default)]
    pub scripts: Vec<ScriptSpec>,
}

impl Setup {
    /// The registration with this key.
    #[must_use]
    pub fn registration(&self, key: &str) -> Option<&RegistrationSpec> {
        self.registrations.iter().find(|registration| registration.key == key)
    }

    /// The account with this key.
    #[must_use]
    pub fn account(&self, key: &str) -> Option<&AccountSpec> {
        self.accounts.iter().find(|account| account.key == key)
    }

    /// The script of this follow-up.
    #[must_use]
    pub fn script(&self, follow_up: &str) -> Option<&ScriptSpec> {
        self.scripts.iter().find(|script| script.follow_up == follow_up)
    }

    /// The permissions that could give somebody control over the organisation, with the registration's key. A page that
    /// shows a connector from elsewhere puts them behind a question of their own, answered "no" to begin with.
    pub fn critical_permissions(&self) -> impl Iterator<Item = (&str, &PermissionNeed)> {
        self.registrations.iter().flat_map(|registration| {
            let critical = registration.permissions.iter().filter(|need| need.risk() == Risk::Critical);
            critical.map(|need| (registration.key.as_str(), need))
        })
    }
}

/// One app registration to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationSpec {
    /// Stable inside the set-up: the connector's key, with `@environment` where one is made for each environment.
    pub key: String,
    /// What it is, as a heading.
    pub title: String,
    /// The registration's display name.
    pub display_name: String,
    /// Which accounts may sign in.
    pub sign_in_audience: SignInAudience,
    /// Where Microsoft may send people back to.
    pub redirect_uris: Vec<RedirectUri>,
    /// What the app may do: no permission twice, in the connector's order.
    pub permissions: Vec<PermissionNeed>,
    /// Permissions that the vendor's guide asks for and that are off, with their reason in the catalogue
    /// ([`PermissionNeed::explain`]): retired ones, or critical ones of a connector from elsewhere.
    #[serde(default)]
    pub left_out: Vec<PermissionNeed>,
    /// Permissions to take away where they are found (an existing registration, or one that the portal prepared).
    pub removes: Vec<RemovalSpec>,
    /// How the app signs in.
    pub credential: CredentialSpec,
    /// Whether access can be limited to some mailboxes.
    pub mailbox_limit: Option<MailboxLimit>,
    /// Whose mailboxes the app is to reach.
    #[serde(default)]
    pub mailbox_access: MailboxAccess,
    /// Directory roles for the enterprise app.
    pub roles: Vec<Role>,
    /// Rights that exist only in Exchange.
    pub exchange_roles: Vec<ExchangeRole>,
}

impl RegistrationSpec {
    /// The client secret to make, if the app signs in with one.
    #[must_use]
    pub fn secret(&self) -> Option<&SecretSpec> {
        match &self.credential {
            CredentialSpec::Secret(secret) => Some(secret),
            CredentialSpec::Certificate(_) | CredentialSpec::None => None,
        }
    }

    /// The permissions that the app uses by itself; a token obtained with its credential carries exactly these roles
    /// per resource.
    pub fn application_permissions(&self) -> impl Iterator<Item = &PermissionNeed> {
        self.permissions.iter().filter(|need| need.kind == PermissionKind::Application)
    }

    /// The permissions that the app uses for a signed-in person.
    pub fn delegated_permissions(&self) -> impl Iterator<Item = &PermissionNeed> {
        self.permissions.iter().filter(|need| need.kind == PermissionKind::Delegated)
    }
}

/// An account that a product signs in with: chosen where it exists, made where it does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSpec {
    /// Stable name inside the set-up.
    pub key: String,
    /// What it is, as a heading.
    pub title: String,
    /// Its address (`userPrincipalName`).
    pub address: String,
    /// What it is called when it is made. An account that exists keeps its name.
    pub display_name: String,
    /// The licence that a new account gets (`skuPartNumber`); none, when nobody chose one.
    pub licence: Option<String>,
    /// Where it is used (ISO 3166-1 alpha-2), set before the licence is given.
    pub country: Option<String>,
    /// Whether the product only works when it has a mailbox.
    pub needs_mailbox: bool,
    /// Why the product needs it.
    pub why: String,
}

/// A setting of the organisation that a product depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingSpec {
    /// Which.
    pub kind: SettingKind,
    /// Why the product needs it.
    pub why: String,
}

/// A script for a person to run, elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptSpec {
    /// The follow-up that it belongs to.
    pub follow_up: String,
    /// Which script.
    pub kind: ScriptKind,
    /// The script's text. It holds no secret.
    pub text: String,
}

/// A redirect URI with its platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedirectUri {
    /// What kind of app waits there.
    pub platform: RedirectPlatform,
    /// The address, exactly as it is to be registered.
    pub uri: String,
}

/// An API that permissions belong to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Resource {
    /// The API's app id, the same in every organisation.
    pub app_id: Uuid,
    /// What it is called.
    pub name: String,
}

/// A permission that the set-up needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionNeed {
    /// The API.
    pub resource: Resource,
    /// The permission's id on that API, as the catalogue knows it. The organisation's own service principal has the
    /// last word; `None` means that it alone can say.
    pub id: Option<Uuid>,
    /// The permission's name, such as `Calendars.Read`.
    pub value: String,
    /// Whether the app acts by itself or for a person.
    pub kind: PermissionKind,
    /// For whom a delegated permission is granted.
    pub consent: WhoConsents,
    /// The chosen features that need it; empty where everything needs it.
    pub features: Vec<String>,
    /// What the vendor's guide calls it, where that is not its name.
    pub guide_name: Option<String>,
    /// Why the product needs it.
    pub why: String,
}

impl PermissionNeed {
    /// The permission's key, where its id is known.
    #[must_use]
    pub fn key(&self) -> Option<PermissionKey> {
        self.id.map(|id| PermissionKey { resource: self.resource.app_id, id, kind: self.kind })
    }

    /// Whether it is the same permission of the same API.
    #[must_use]
    pub fn is_same_permission(&self, other: &Self) -> bool {
        (self.resource.app_id, &self.value, self.kind) == (other.resource.app_id, &other.value, other.kind)
    }

    /// What the permission means, where the catalogue knows it.
    #[must_use]
    pub fn explain(&self) -> Option<Permission> {
        self.key().and_then(catalogue::get)
    }

    /// How much harm it could do. A permission that the catalogue does not know counts as high: nobody has judged it.
    #[must_use]
    pub fn risk(&self) -> Risk {
        self.explain().map_or(Risk::High, |permission| permission.risk)
    }
}

/// A permission to take away where it is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovalSpec {
    /// The API.
    pub resource: Resource,
    /// The permission's id on that API, where known.
    pub id: Option<Uuid>,
    /// The permission's name.
    pub value: String,
    /// Its kind.
    pub kind: PermissionKind,
    /// Why it goes.
    pub why: String,
}

/// How the app signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum CredentialSpec {
    /// With a client secret that has to be made.
    Secret(SecretSpec),
    /// With a certificate.
    Certificate(CertificateSpec),
    /// Not at all.
    None,
}

/// A client secret to make. The secret itself is never here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretSpec {
    /// What it is called at Microsoft.
    pub display_name: String,
    /// How long it is to live, in months; the organisation's policy may demand less.
    pub months: u8,
    /// The longest lifetime that is offered, in months.
    pub max_months: u8,
    /// Why that long.
    pub note: Option<String>,
}

/// A certificate to register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateSpec {
    /// Who makes the key.
    pub source: CertificateSource,
    /// The public part in PEM form, when the vendor supplied it.
    pub pem: Option<String>,
    /// How long a certificate that is made here is to live, in months.
    pub months: Option<u8>,
}

/// Something to try with a new credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// What is tried.
    pub kind: ProofKind,
    /// Key of the registration whose credential is used.
    pub registration: String,
    /// Address of the mailbox, where one is needed.
    pub mailbox: Option<String>,
    /// Whether the app tries it by itself, with its own credential, or for a person who signs in to it.
    #[serde(default = "by_itself")]
    pub access: PermissionKind,
    /// The chosen features that it stands for; empty where it stands for everything.
    pub features: Vec<String>,
}

fn by_itself() -> PermissionKind {
    PermissionKind::Application
}

impl Proof {
    /// What is tried, as a sentence to read before it happens.
    #[must_use]
    pub fn sentence(&self) -> String {
        let own = self.access == PermissionKind::Delegated && self.mailbox.is_none();
        match self.kind {
            ProofKind::UsersRead if self.mailbox.is_none() => {
                "Look up one person in the directory.".to_owned()
            }
            kind if own => kind
                .sentence()
                .replace("the test mailbox", "the person who signs in")
                .replace("from the mailbox to itself", "from the person who signs in to that person"),
            kind => kind.sentence().to_owned(),
        }
    }
}

/// The last page of a set-up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// One for each of the vendor's forms.
    pub pages: Vec<HandOverPage>,
}

/// One form at the vendor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverPage {
    /// What the form is for.
    pub title: String,
    /// Where it is in the product, one menu entry each.
    pub place: Vec<String>,
    /// Something to know before filling it in.
    pub note: Option<String>,
    /// The form's fields, in the form's order.
    pub entries: Vec<HandOverEntry>,
}

/// One field of the vendor's form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverEntry {
    /// The field's label in the vendor's own words.
    pub label: String,
    /// What goes into it.
    pub value: HandOverValue,
    /// Something to know about this field.
    pub note: Option<String>,
}

/// What goes into a field of the vendor's form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum HandOverValue {
    /// Known now.
    Known {
        /// The text itself.
        text: String,
    },
    /// Known once the set-up ran.
    OfRegistration {
        /// Key of the registration, as in [`RegistrationSpec::key`].
        registration: String,
        /// Which of its values.
        source: ValueSource,
    },
    /// Known once the account is there.
    OfAccount {
        /// Key of the account, as in [`AccountSpec::key`].
        account: String,
        /// Which of its values.
        source: ValueSource,
    },
    /// A property of the organisation.
    OfTenant {
        /// Which property.
        source: ValueSource,
    },
}
