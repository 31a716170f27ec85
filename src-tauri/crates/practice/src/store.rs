//! What the organisation consists of: JSON objects in tables, as Graph shows them, with what Graph does not show beside them.
//!
//! Objects are kept in Graph's own shape so that `$select`, `$filter` and `PATCH` work on any property alike.

use std::collections::HashMap;

use indexmap::IndexMap;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::exchange::ExchangeOrganisation;
use crate::mailboxes::Mailboxes;
use crate::sign_ins::SignInLog;

/// One directory object.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Row {
    /// The properties, in Graph's names. Always has `id`.
    pub body: Map<String, Value>,
    /// When it was created: replication lag counts from here.
    pub created: Timestamp,
    /// When it was last changed: reads within the lag may show [`Row::before`].
    pub changed: Timestamp,
    /// The body before the last change, for stale reads.
    pub before: Option<Map<String, Value>>,
    /// When it was soft-deleted; Entra keeps such objects for 30 days.
    pub deleted: Option<Timestamp>,
}

impl Row {
    /// The moment before which a user's sign-ins are void. What Graph shows is cut to whole seconds; beside it stands the
    /// exact moment, so that a sign-in and a revocation within one second keep their order.
    pub(crate) fn sessions_valid_from(&self) -> Option<Timestamp> {
        let shown = self.text("signInSessionsValidFromDateTime").parse::<Timestamp>().ok();
        let exact = self.text("_sessionsValidFrom").parse::<Timestamp>().ok();
        shown.max(exact)
    }

    /// A property as text; empty when absent or of another type.
    pub fn text(&self, property: &str) -> &str {
        self.body.get(property).and_then(Value::as_str).unwrap_or_default()
    }
}

/// Objects of one kind, in order of creation, by object id.
pub type Table = IndexMap<String, Row>;

/// A client secret or password that Graph never shows again.
#[derive(Clone, Serialize, Deserialize)]
pub struct StoredSecret {
    /// Object id of the application (or service principal) that owns it.
    pub owner: String,
    /// The value.
    pub value: String,
    /// When `addPassword` answered: a new secret is unknown to the token endpoint during the lag.
    pub created: Timestamp,
}

impl std::fmt::Debug for StoredSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredSecret").field("owner", &self.owner).finish_non_exhaustive()
    }
}

/// A credential that was taken away: the token endpoint may not have heard of it yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TakenAway {
    /// Object id of the application or service principal that had it.
    pub owner: String,
    /// `passwordCredentials` or `keyCredentials`.
    pub list: String,
    /// The credential as it was.
    pub credential: Value,
    /// The value of a secret.
    pub secret: Option<StoredSecret>,
    /// When.
    pub at: Timestamp,
}

/// An object that is gone for good, for clients that track changes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Purged {
    /// Its type, such as `application`.
    pub kind: String,
    /// When.
    pub at: Timestamp,
}

/// A mailbox, in Graph's shapes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Mailbox {
    /// `calendar` objects.
    pub calendars: Vec<Map<String, Value>>,
    /// `event` objects, each with a private `_calendar` property naming its calendar's id.
    pub events: Vec<Map<String, Value>>,
    /// `mailFolder` objects; well-known ones carry a private `_wellKnown` property ("inbox", "sentitems", ...).
    pub folders: Vec<Map<String, Value>>,
    /// `message` objects; `parentFolderId` names the folder.
    pub messages: Vec<Map<String, Value>>,
    /// `contact` objects.
    #[serde(default)]
    pub contacts: Vec<Map<String, Value>>,
}

/// Everything the tenant holds. One lock around the whole: a simulator wants simple truths.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Tables {
    /// The single `organization` object.
    pub organization: Table,
    /// `domain` objects, by domain name.
    pub domains: Table,
    /// `user` objects.
    pub users: Table,
    /// `group` objects.
    pub groups: Table,
    /// Group id to member object ids (users, groups, service principals).
    pub members: HashMap<String, Vec<String>>,
    /// `application` objects.
    pub applications: Table,
    /// `servicePrincipal` objects. Resources (Microsoft Graph, Exchange Online) carry `appRoles` and `oauth2PermissionScopes`.
    #[serde(serialize_with = "without_published")]
    pub service_principals: Table,
    /// Application or service-principal id to owner object ids.
    pub owners: HashMap<String, Vec<String>>,
    /// `appRoleAssignment` objects.
    pub app_role_assignments: Table,
    /// `oAuth2PermissionGrant` objects.
    pub oauth2_permission_grants: Table,
    /// `unifiedRoleDefinition` objects; id = templateId for built-in roles.
    pub role_definitions: Table,
    /// `unifiedRoleAssignment` objects (`principalId`, `roleDefinitionId`, `directoryScopeId`).
    pub role_assignments: Table,
    /// PIM-eligible assignments (`unifiedRoleEligibilityScheduleInstance`).
    pub role_eligibilities: Table,
    /// Policies by path name: `defaultAppManagementPolicy`, `authorizationPolicy`, ... one object each.
    pub policies: Table,
    /// `appManagementPolicy` objects.
    pub app_management_policies: Table,
    /// Client secrets by key id.
    pub secrets: HashMap<String, StoredSecret>,
    /// When a certificate was added, by key id; seeded ones have been there for ever.
    #[serde(default)]
    pub certificates_added: HashMap<String, Timestamp>,
    /// Credentials that were taken away lately.
    #[serde(default)]
    pub taken_away: Vec<TakenAway>,
    /// Objects that were purged, by id.
    #[serde(default)]
    pub purged: IndexMap<String, Purged>,
    /// Who signed in.
    #[serde(default)]
    pub sign_ins: SignInLog,
    /// Mailboxes by user object id; a user without an entry has none. In the state file they stand apart.
    #[serde(default, skip_serializing)]
    pub mailboxes: Mailboxes,
    /// When people got a licence whose mailbox is not there yet, by user object id.
    #[serde(default)]
    pub pending_mailboxes: IndexMap<String, Timestamp>,
    /// Mailboxes of people whose licence was taken away, by user object id.
    #[serde(default)]
    pub disconnected_mailboxes: HashMap<String, Mailbox>,
    /// What Exchange Online keeps of its own.
    #[serde(default)]
    pub exchange: ExchangeOrganisation,
}

/// Microsoft's own lists of permissions make up most of a small tenant and never change: they are not written to the state
/// file, and put back when it is read.
fn without_published<S: serde::Serializer>(table: &Table, serializer: S) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeMap as _;
    let mut map = serializer.serialize_map(Some(table.len()))?;
    for (id, row) in table {
        if crate::seed::is_microsoft(row) {
            let mut short = row.clone();
            short.body.remove("appRoles");
            short.body.remove("oauth2PermissionScopes");
            short.before = None;
            map.serialize_entry(id, &short)?;
        } else {
            map.serialize_entry(id, row)?;
        }
    }
    map.end()
}

impl Tables {
    /// The service principal of an application in this tenant, by client id; soft-deleted ones do not count.
    pub fn service_principal_by_app_id(&self, app_id: &str) -> Option<&Row> {
        self.service_principals.values().find(|row| row.deleted.is_none() && row.text("appId") == app_id)
    }

    /// A registration by client id; soft-deleted ones do not count.
    pub fn application_by_app_id(&self, app_id: &str) -> Option<&Row> {
        self.applications.values().find(|row| row.deleted.is_none() && row.text("appId") == app_id)
    }

    /// A user by object id or user principal name (case-insensitive).
    pub fn user(&self, id_or_upn: &str) -> Option<&Row> {
        self.users.get(id_or_upn).filter(|row| row.deleted.is_none()).or_else(|| {
            self.users.values().find(|row| {
                row.deleted.is_none() && row.text("userPrincipalName").eq_ignore_ascii_case(id_or_upn)
            })
        })
    }

    /// Directory role template ids that `principal` holds now, directly (PIM-eligible ones do not count).
    pub fn active_roles(&self, principal: &str) -> Vec<String> {
        self.role_assignments
            .values()
            .filter(|row| row.text("principalId") == principal)
            .map(|row| row.text("roleDefinitionId").to_owned())
            .collect()
    }
}
