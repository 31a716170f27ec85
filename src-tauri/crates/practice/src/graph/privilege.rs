//! What a signed-in person may do in the directory: a delegated call is allowed the smaller of what its token and its
//! person may do.
//!
//! Source: "Microsoft Entra built-in roles", "What are the default user permissions", "Grant tenant-wide admin consent".
//! An application by itself is judged by its permissions alone.

use serde_json::Value;

use super::call::Call;
use super::error::{GraphError, Result};
use crate::auth::Subject;
use crate::reference;
use crate::store::Tables;

pub(crate) const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";
pub(crate) const PRIVILEGED_ROLE_ADMINISTRATOR: &str = "e8611ab8-c189-46e8-94e1-60213ab1f814";
pub(crate) const APPLICATION_ADMINISTRATOR: &str = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3";
pub(crate) const CLOUD_APPLICATION_ADMINISTRATOR: &str = "158c047a-c907-4556-b7ef-446551a6b5f7";
const APPLICATION_DEVELOPER: &str = "cf1c38e5-3621-4004-a7cb-879624dced7c";
const USER_ADMINISTRATOR: &str = "fe930be7-5e62-47db-91af-98c3a49a38b1";
const GROUPS_ADMINISTRATOR: &str = "fdd7a751-b60b-444a-984c-02652fe8fa1c";
const LICENSE_ADMINISTRATOR: &str = "4d6ac14f-3453-41d0-bef9-a3e0c569773a";
const DIRECTORY_WRITERS: &str = "9360feb5-f418-4baa-8175-e2a00bac4301";
pub(crate) const GLOBAL_READER: &str = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
const SECURITY_READER: &str = "5d6b6bb7-de71-4623-b4af-96380a352509";
const SECURITY_ADMINISTRATOR: &str = "194ae4cb-b126-40b2-bd5b-6091b380977d";
const SECURITY_OPERATOR: &str = "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f";
const REPORTS_READER: &str = "4a5d8f65-41da-4de4-8968-e035b65339cf";
const AUTHENTICATION_POLICY_ADMINISTRATOR: &str = "0526716b-113d-4c15-b2c8-68e3c22b9f80";
const HELPDESK_ADMINISTRATOR: &str = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
pub(crate) const EXCHANGE_RECIPIENT_ADMINISTRATOR: &str = "31392ffb-586c-42d1-9346-e59415a2cc4e";
pub(crate) const EXCHANGE_ADMINISTRATOR: &str = "29232cdf-9323-42fd-ade2-1d097af3e4de";

/// Who may manage any application.
const APPLICATION_MANAGERS: [&str; 3] =
    [GLOBAL_ADMINISTRATOR, APPLICATION_ADMINISTRATOR, CLOUD_APPLICATION_ADMINISTRATOR];

/// Objects that somebody without an administrator role may have created.
const QUOTA: usize = 250;

/// Something that not everybody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    CreateApplication,
    CreateServicePrincipal,
    GrantDelegatedPermission,
    ReadPolicies,
    WritePolicies,
    WriteAuthorizationPolicy,
    ReadRoleEligibility,
    ManageRoles,
    CreateUser,
    UpdateUser,
    AssignLicense,
    CreateGroup,
    ManageGroups,
    ReadSignIns,
    ReadReports,
    WriteReportSettings,
    UpdateOrganization,
    ReadExchangeRoles,
    ManageExchangeRoles,
}

impl Deed {
    /// Roles, any of which allows it.
    fn roles(self) -> &'static [&'static str] {
        match self {
            Self::CreateApplication | Self::CreateServicePrincipal => &[
                GLOBAL_ADMINISTRATOR,
                APPLICATION_ADMINISTRATOR,
                CLOUD_APPLICATION_ADMINISTRATOR,
                APPLICATION_DEVELOPER,
            ],
            Self::GrantDelegatedPermission => &[
                GLOBAL_ADMINISTRATOR,
                PRIVILEGED_ROLE_ADMINISTRATOR,
                APPLICATION_ADMINISTRATOR,
                CLOUD_APPLICATION_ADMINISTRATOR,
            ],
            Self::ReadPolicies => &[
                GLOBAL_ADMINISTRATOR,
                GLOBAL_READER,
                SECURITY_READER,
                SECURITY_ADMINISTRATOR,
                APPLICATION_ADMINISTRATOR,
                CLOUD_APPLICATION_ADMINISTRATOR,
                PRIVILEGED_ROLE_ADMINISTRATOR,
                AUTHENTICATION_POLICY_ADMINISTRATOR,
            ],
            Self::WritePolicies => &[
                GLOBAL_ADMINISTRATOR,
                SECURITY_ADMINISTRATOR,
                APPLICATION_ADMINISTRATOR,
                CLOUD_APPLICATION_ADMINISTRATOR,
            ],
            Self::WriteAuthorizationPolicy => &[GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR],
            Self::ReadRoleEligibility => &[
                GLOBAL_ADMINISTRATOR,
                PRIVILEGED_ROLE_ADMINISTRATOR,
                GLOBAL_READER,
                SECURITY_READER,
                SECURITY_ADMINISTRATOR,
                SECURITY_OPERATOR,
            ],
            Self::ManageRoles => &[GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR],
            Self::CreateUser => &[GLOBAL_ADMINISTRATOR, USER_ADMINISTRATOR, DIRECTORY_WRITERS],
            Self::UpdateUser => &[
                GLOBAL_ADMINISTRATOR,
                USER_ADMINISTRATOR,
                DIRECTORY_WRITERS,
                HELPDESK_ADMINISTRATOR,
                EXCHANGE_ADMINISTRATOR,
            ],
            Self::AssignLicense => &[GLOBAL_ADMINISTRATOR, LICENSE_ADMINISTRATOR, USER_ADMINISTRATOR],
            Self::CreateGroup | Self::ManageGroups => &[
                GLOBAL_ADMINISTRATOR,
                GROUPS_ADMINISTRATOR,
                USER_ADMINISTRATOR,
                DIRECTORY_WRITERS,
                EXCHANGE_ADMINISTRATOR,
            ],
            Self::ReadSignIns => &[
                GLOBAL_ADMINISTRATOR,
                GLOBAL_READER,
                REPORTS_READER,
                SECURITY_READER,
                SECURITY_ADMINISTRATOR,
                SECURITY_OPERATOR,
                APPLICATION_ADMINISTRATOR,
                CLOUD_APPLICATION_ADMINISTRATOR,
            ],
            Self::ReadReports => {
                &[GLOBAL_ADMINISTRATOR, GLOBAL_READER, REPORTS_READER, EXCHANGE_ADMINISTRATOR]
            }
            Self::ReadExchangeRoles => &[GLOBAL_ADMINISTRATOR, EXCHANGE_ADMINISTRATOR, GLOBAL_READER],
            Self::ManageExchangeRoles => &[GLOBAL_ADMINISTRATOR, EXCHANGE_ADMINISTRATOR],
            Self::WriteReportSettings | Self::UpdateOrganization => &[GLOBAL_ADMINISTRATOR],
        }
    }
}

/// Refuses what the signed-in person may not do.
///
/// # Errors
/// [`GraphError::Denied`].
pub(crate) fn require(call: &Call<'_>, tables: &Tables, deed: Deed) -> Result<()> {
    let Subject::Person { roles, .. } = &call.caller.subject else { return Ok(()) };
    let by_default = match deed {
        Deed::CreateApplication | Deed::CreateServicePrincipal => {
            !is_guest(call, tables) && default(tables, "allowedToCreateApps")
        }
        Deed::CreateGroup => !is_guest(call, tables) && default(tables, "allowedToCreateSecurityGroups"),
        _ => false,
    };
    if by_default || holds_any(roles, deed.roles()) { Ok(()) } else { Err(GraphError::Denied) }
}

/// What every member may do, by the organisation's authorization policy.
fn default(tables: &Tables, permission: &str) -> bool {
    let policy = tables.policies.get("authorizationPolicy");
    policy.is_none_or(|row| {
        row.body["defaultUserRolePermissions"].get(permission).and_then(Value::as_bool).unwrap_or(true)
    })
}

fn holds_any(roles: &[String], wanted: &[&str]) -> bool {
    roles.iter().any(|role| wanted.contains(&role.as_str()))
}

/// Whether the person holds one of the roles that manage all applications.
pub(crate) fn manages_applications(call: &Call<'_>) -> bool {
    matches!(&call.caller.subject, Subject::Person { roles, .. } if holds_any(roles, &APPLICATION_MANAGERS))
}

/// Refuses a change of an application or service principal by somebody who neither manages all nor owns this one.
///
/// # Errors
/// [`GraphError::Denied`].
pub(crate) fn require_owner(call: &Call<'_>, tables: &Tables, id: &str) -> Result<()> {
    let owns = || tables.owners.get(id).is_some_and(|owners| owners.iter().any(|own| own == call.actor()));
    let allowed = match &call.caller.subject {
        Subject::Person { roles, .. } => holds_any(roles, &APPLICATION_MANAGERS) || owns(),
        // `Application.ReadWrite.OwnedBy` reaches what the application owns, and itself.
        Subject::Application { service_principal, roles } => {
            holds_any(roles, &APPLICATION_MANAGERS)
                || call.has("Application.ReadWrite.All")
                || call.has("Directory.ReadWrite.All")
                || service_principal == id
                || owns()
        }
    };
    if allowed { Ok(()) } else { Err(GraphError::Denied) }
}

/// Refuses to let the person grant application permissions of this resource.
///
/// Application administrators may grant those of every API but Microsoft Graph and Azure AD Graph.
///
/// # Errors
/// [`GraphError::Denied`].
pub(crate) fn require_app_role_grant(call: &Call<'_>, resource_app_id: &str) -> Result<()> {
    let Subject::Person { roles, .. } = &call.caller.subject else { return Ok(()) };
    let graph = [reference::GRAPH, reference::AAD_GRAPH].contains(&resource_app_id);
    let wanted: &[&str] = if graph {
        &[GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR]
    } else {
        Deed::GrantDelegatedPermission.roles()
    };
    if holds_any(roles, wanted) { Ok(()) } else { Err(GraphError::Denied) }
}

/// Refuses another object to somebody without an administrator role who created 250; deleted ones count until purged.
///
/// # Errors
/// [`GraphError::QuotaExceeded`].
pub(crate) fn require_quota(call: &Call<'_>, tables: &Tables) -> Result<()> {
    let Subject::Person { oid, roles } = &call.caller.subject else { return Ok(()) };
    if !roles.is_empty() {
        return Ok(());
    }
    let created = super::relations::directory_tables(tables)
        .into_iter()
        .flat_map(|(table, _)| table.values())
        .filter(|row| row.text("_createdBy") == oid)
        .count();
    if created < QUOTA { Ok(()) } else { Err(GraphError::QuotaExceeded) }
}

/// Guests see themselves and little else.
///
/// # Errors
/// [`GraphError::Denied`] for a guest.
pub(crate) fn require_member(call: &Call<'_>, tables: &Tables) -> Result<()> {
    if is_guest(call, tables) { Err(GraphError::Denied) } else { Ok(()) }
}

fn is_guest(call: &Call<'_>, tables: &Tables) -> bool {
    match &call.caller.subject {
        Subject::Person { oid, roles } => {
            roles.is_empty() && tables.users.get(oid).is_some_and(|user| user.text("userType") == "Guest")
        }
        Subject::Application { .. } => false,
    }
}
