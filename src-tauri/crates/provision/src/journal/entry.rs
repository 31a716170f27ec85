//! One line of the journal.

use graph::{
    AppId, AppRoleId, ApplicationId, AssignmentId, DirectoryObjectId, GrantId, KeyId, ServicePrincipalId,
    UserRef,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::plan::{HeldPolicy, HeldRole};

/// What a line is about: a step of the plan and one request within it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StepKey {
    /// [`Step::id`](crate::Step::id).
    pub step: String,
    /// Which of the step's requests; empty where it has one.
    pub item: String,
}

impl StepKey {
    /// The step's only request.
    pub fn of(step: impl Into<String>) -> Self {
        Self { step: step.into(), item: String::new() }
    }

    /// One of the step's requests.
    pub fn item(step: impl Into<String>, item: impl Into<String>) -> Self {
        Self { step: step.into(), item: item.into() }
    }
}

/// How far one request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// It is about to be sent. What follows is unknown until another line says more.
    Intent,
    /// The answer is known.
    Answered,
    /// What had to be kept from the answer is kept (a secret is sealed).
    Persisted,
    /// A read shows it.
    Verified,
    /// It was taken back.
    Undone,
    /// A line about the run as a whole.
    Run,
}

impl Phase {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Intent => "intent",
            Self::Answered => "answered",
            Self::Persisted => "persisted",
            Self::Verified => "verified",
            Self::Undone => "undone",
            Self::Run => "run",
        }
    }

    pub(super) fn from_stored(text: &str) -> Option<Self> {
        [Self::Intent, Self::Answered, Self::Persisted, Self::Verified, Self::Undone, Self::Run]
            .into_iter()
            .find(|phase| phase.as_str() == text)
    }
}

/// What a line says. Nothing secret has a place here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Note {
    /// Nothing besides the phase.
    Plain,
    /// An app registration exists.
    Application {
        /// Object id.
        id: ApplicationId,
        /// Client id.
        app_id: AppId,
        /// This very request made it (Graph answered 201).
        created: bool,
    },
    /// An app registration was changed; how it was before, for undoing.
    ApplicationChanged {
        /// Object id.
        id: ApplicationId,
        /// The changed fields as they were.
        before: serde_json::Value,
    },
    /// An enterprise app exists.
    ServicePrincipal {
        /// Object id.
        id: ServicePrincipalId,
        /// This very request made it.
        created: bool,
    },
    /// An application permission is granted.
    AppRole {
        /// Id of the assignment; absent where it was there already and nobody looked it up.
        assignment: Option<AssignmentId>,
        /// The API's enterprise app.
        resource: ServicePrincipalId,
        /// The permission.
        role: AppRoleId,
        /// This very request granted it.
        created: bool,
    },
    /// An application permission was taken away, and could be granted again.
    AppRoleRemoved {
        /// The holder's enterprise app.
        principal: ServicePrincipalId,
        /// The API's enterprise app.
        resource: ServicePrincipalId,
        /// The permission.
        role: AppRoleId,
    },
    /// Delegated permissions are granted.
    Delegated {
        /// The grant.
        id: GrantId,
        /// What this run added to it.
        added: Vec<String>,
        /// This very request made the grant.
        created: bool,
    },
    /// Delegated permissions were taken away.
    DelegatedRemoved {
        /// The grant.
        id: GrantId,
        /// What was taken away.
        removed: Vec<String>,
    },
    /// The name under which the next secret will be made.
    SecretMarker {
        /// The name, unique to run and attempt.
        marker: String,
    },
    /// A client secret was made. Its value is in the vault and nowhere else.
    Secret {
        /// Microsoft's id of it.
        key_id: KeyId,
        /// Its name.
        marker: String,
        /// First three characters, as Microsoft shows them.
        hint: String,
        /// When it begins.
        start: Timestamp,
        /// When it ends.
        end: Timestamp,
    },
    /// A secret was found under one of our names without its value being kept here, and removed.
    SecretRemoved {
        /// Microsoft's id of it.
        key_id: KeyId,
        /// Its name.
        marker: String,
    },
    /// A certificate is on a registration, or is about to be. Its private key, where it was made here, is in the vault.
    Certificate {
        /// The id that was chosen for it.
        key_id: KeyId,
        /// Its name.
        name: String,
        /// SHA-1 in hexadecimal, by which people know it.
        thumbprint: String,
        /// When it begins.
        start: Timestamp,
        /// When it ends.
        end: Timestamp,
    },
    /// A credential is not on its registration any more.
    CredentialRemoved {
        /// Microsoft's id of it.
        key_id: KeyId,
    },
    /// A delegated grant is not there any more.
    ConsentRevoked {
        /// Its id.
        id: GrantId,
        /// This run took it back; else it was gone already.
        ours: bool,
    },
    /// Somebody is an owner.
    Owner {
        /// Object id of the person.
        person: DirectoryObjectId,
        /// This run did it.
        created: bool,
    },
    /// An app trusts an outside service, or no longer does.
    Trust {
        /// Its id, where it is there and known.
        id: Option<DirectoryObjectId>,
        /// This run did it; else it was so already.
        ours: bool,
    },
    /// Something was done in Exchange.
    Exchange {
        /// What.
        deed: ExchangeDeed,
        /// This run did it; else it was so already.
        ours: bool,
    },
    /// An account is there.
    Account {
        /// Object id.
        id: UserRef,
        /// Its address.
        address: String,
        /// This run made it.
        created: bool,
    },
    /// Where an account is used was set.
    UsageLocation {
        /// The account.
        account: UserRef,
        /// What was there before.
        before: Option<String>,
    },
    /// An account got a licence.
    Licence {
        /// The account.
        account: UserRef,
        /// Id of the product.
        sku: String,
    },
    /// Usage reports show names, or hide them.
    ReportNames {
        /// They were hidden before.
        concealed_before: bool,
    },
    /// Sign-ins of an app may return to this computer.
    Loopback {
        /// Object id of the registration.
        id: ApplicationId,
        /// The address that was added.
        uri: String,
    },
    /// The try failed and changed nothing.
    Refused {
        /// Microsoft's code, for support.
        code: String,
    },
    /// The proof of one feature.
    Proof {
        /// Whether it worked.
        proved: bool,
        /// What was seen; where it could not be tried, why.
        seen: Option<String>,
    },
    /// The run ended or changed its state.
    End(super::RunEnd),
    /// A line that this version does not understand.
    #[serde(other)]
    Unknown,
}

/// Something done in Exchange, with all that undoing it needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ExchangeDeed {
    /// A group was made.
    GroupMade {
        /// Its alias, by which it is found.
        alias: String,
    },
    /// A member was added to a group.
    MemberAdded {
        /// The group.
        group: String,
        /// The member's address.
        member: String,
    },
    /// A member was taken from a group.
    MemberRemoved {
        /// The group.
        group: String,
        /// The member's address.
        member: String,
    },
    /// Exchange was told of an enterprise app.
    AppMade {
        /// The enterprise app's object id.
        app: String,
    },
    /// A management scope was made.
    ScopeMade {
        /// Its name.
        name: String,
    },
    /// A role was given.
    RoleGiven {
        /// The assignment's name.
        name: String,
    },
    /// A role was taken.
    RoleTaken {
        /// The enterprise app's object id.
        app: String,
        /// What it was.
        held: HeldRole,
    },
    /// An application access policy was made.
    PolicyMade {
        /// Its description, by which it is found.
        description: String,
    },
    /// An application access policy was removed.
    PolicyRemoved {
        /// What it was.
        held: HeldPolicy,
    },
}

/// A line as read back.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Position in the journal; grows.
    pub seq: i64,
    /// What it is about.
    pub key: StepKey,
    /// Which try, from 1.
    pub attempt: u32,
    /// How far. `None` for a phase that this version does not know.
    pub phase: Option<Phase>,
    /// The `client-request-id` that the request carried.
    pub client_request_id: Option<String>,
    /// When it was written.
    pub at: Timestamp,
    /// What it says.
    pub note: Note,
}
