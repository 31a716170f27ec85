//! Creating, changing and deleting people.

use serde_json::{Map, Value, json};

use super::super::super::call::Call;
use super::super::super::error::{GraphError, Result};
use super::super::super::http::GraphResponse;
use super::super::super::privilege::{self, Deed};
use super::super::super::schema::entity;
use super::super::super::validate::{self, edit, merge, new_row, required};
use super::super::super::{locate, relations};
use super::super::service_principals;
use crate::entra::new_sessions_from;
use crate::random;
use crate::store::Tables;

const RESOURCE: &str = "User";
const READ_ONLY: [&str; 16] = [
    "id",
    "createdDateTime",
    "deletedDateTime",
    "assignedLicenses",
    "assignedPlans",
    "provisionedPlans",
    "licenseAssignmentStates",
    "proxyAddresses",
    "imAddresses",
    "securityIdentifier",
    "signInSessionsValidFromDateTime",
    "lastPasswordChangeDateTime",
    "onPremisesSyncEnabled",
    "onPremisesLastSyncDateTime",
    "signInActivity",
    "isManagementRestricted",
];
/// What people may change about themselves.
const OWN: [&str; 9] = [
    "aboutMe",
    "birthday",
    "businessPhones",
    "hireDate",
    "interests",
    "mobilePhone",
    "mySite",
    "skills",
    "preferredLanguage",
];

pub(super) fn create(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::CreateUser)?;
    let sent = validate::body(entity("user"), RESOURCE, &READ_ONLY, call.body()?)?;
    if !sent.get("accountEnabled").is_some_and(Value::is_boolean) {
        return Err(GraphError::MissingProperty { property: "accountEnabled", resource: RESOURCE });
    }
    required(&sent, "displayName", RESOURCE)?;
    required(&sent, "mailNickname", RESOURCE)?;
    let upn = required(&sent, "userPrincipalName", RESOURCE)?.to_owned();
    check_name(tables, &upn, None)?;
    check_federation(tables, &upn, &sent)?;
    check_password(&sent, true)?;
    let id = random::fresh_guid();
    let mut body = json!({
        "id": id, "createdDateTime": call.now_text(), "deletedDateTime": null, "businessPhones": [], "assignedLicenses": [],
        "assignedPlans": [], "provisionedPlans": [], "proxyAddresses": [], "otherMails": [], "imAddresses": [],
        "userType": "Member", "creationType": null, "mail": null, "usageLocation": null, "_createdBy": call.actor(),
        "identities": [{ "signInType": "userPrincipalName", "issuer": upn.split('@').nth(1), "issuerAssignedId": upn }],
    });
    let Some(body) = body.as_object_mut() else { return Err(GraphError::UnreadableBody) };
    let mut sent = sent;
    // A password is never shown again.
    sent.remove("passwordProfile");
    merge(body, sent);
    let response = call.created("users", entity("user"), body);
    tables.users.insert(id, new_row(body.clone(), call.now()));
    Ok(response)
}

/// On a verified domain, of legal characters, and not taken (deleted people keep theirs apart).
fn check_name(tables: &Tables, upn: &str, own: Option<&str>) -> Result<()> {
    let invalid = || GraphError::DirectoryBadRequest("Property userPrincipalName is invalid.".into());
    let (local, domain) = upn.split_once('@').ok_or_else(invalid)?;
    if local.is_empty() || local.contains([' ', '@', '/', '\\', '<', '>', '(', ')', ':', ';', ',', '"']) {
        return Err(invalid());
    }
    let verified = tables.domains.values().any(|row| {
        row.text("id").eq_ignore_ascii_case(domain) && row.body.get("isVerified") != Some(&Value::Bool(false))
    });
    if !verified {
        return Err(GraphError::DirectoryBadRequest(
            "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.".into(),
        ));
    }
    match tables.user(upn) {
        Some(row) if Some(row.text("id")) != own => Err(GraphError::Conflict("userPrincipalName")),
        _ => Ok(()),
    }
}

/// Who signs in elsewhere needs the id that the other side knows.
fn check_federation(tables: &Tables, upn: &str, sent: &Map<String, Value>) -> Result<()> {
    let domain = upn.rsplit('@').next().unwrap_or_default();
    let federated = tables.domains.values().any(|row| {
        row.text("id").eq_ignore_ascii_case(domain) && row.text("authenticationType") == "Federated"
    });
    let known = sent.get("onPremisesImmutableId").and_then(Value::as_str).is_some_and(|id| !id.is_empty());
    if federated && !known {
        return Err(GraphError::DirectoryBadRequest(
            "Property onPremisesImmutableId is required for a user in a federated domain.".into(),
        ));
    }
    Ok(())
}

/// Between 8 and 256 characters of three kinds (the default password policy).
fn check_password(sent: &Map<String, Value>, needed: bool) -> Result<()> {
    let Some(profile) = sent.get("passwordProfile").filter(|profile| !profile.is_null()) else {
        return if needed {
            Err(GraphError::MissingProperty { property: "passwordProfile", resource: RESOURCE })
        } else {
            Ok(())
        };
    };
    let password = profile["password"].as_str().unwrap_or_default();
    let kinds = [
        password.chars().any(char::is_lowercase),
        password.chars().any(char::is_uppercase),
        password.chars().any(|character| character.is_ascii_digit()),
        password.chars().any(|character| !character.is_alphanumeric()),
    ];
    if !(8..=256).contains(&password.chars().count()) || kinds.into_iter().filter(|kind| *kind).count() < 3 {
        return Err(GraphError::DirectoryBadRequest(
            "The specified password does not comply with password complexity requirements. Please provide a different password.".into(),
        ));
    }
    Ok(())
}

pub(super) fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = locate::id(call, tables, "user", call.key(0))?;
    let mut sent = validate::body(entity("user"), RESOURCE, &READ_ONLY, call.body()?)?;
    let about_oneself = call.person() == Some(&id) && sent.keys().all(|name| OWN.contains(&name.as_str()));
    if !about_oneself {
        privilege::require(call, tables, Deed::UpdateUser)?;
    }
    if let Some(upn) = sent.get("userPrincipalName").and_then(Value::as_str) {
        check_name(tables, upn, Some(&id))?;
    }
    check_password(&sent, false)?;
    sent.remove("passwordProfile");
    if let Some(row) = tables.users.get_mut(&id) {
        edit(row, call.now(), |body| merge(body, sent));
    }
    Ok(call.no_content())
}

pub(super) fn delete(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = locate::id(call, tables, "user", call.key(0))?;
    privilege::require(call, tables, Deed::CreateUser)?;
    if let Some(row) = tables.users.get_mut(&id) {
        row.deleted = Some(call.now());
        row.body.insert("deletedDateTime".into(), call.now_text().into());
    }
    service_principals::drop_grants(tables, &id);
    Ok(call.no_content())
}

pub(super) fn set_manager(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = locate::id(call, tables, "user", call.key(0))?;
    privilege::require(call, tables, Deed::UpdateUser)?;
    let target = call.reference()?;
    if target == id || relations::object(call, tables, &target).is_none_or(|item| item.kind.name != "user") {
        return Err(GraphError::InvalidReferenceUpdate);
    }
    if let Some(row) = tables.users.get_mut(&id) {
        edit(row, call.now(), |body| {
            body.insert("_manager".into(), target.into());
        });
    }
    Ok(call.no_content())
}

pub(super) fn remove_manager(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = locate::id(call, tables, "user", call.key(0))?;
    privilege::require(call, tables, Deed::UpdateUser)?;
    if let Some(row) = tables.users.get_mut(&id) {
        edit(row, call.now(), |body| {
            body.remove("_manager");
        });
    }
    Ok(call.no_content())
}

/// Tokens issued before now stop working, where the client understands challenges.
pub(super) fn revoke_sessions(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = locate::id(call, tables, "user", call.key(0))?;
    if call.person() != Some(&id) {
        privilege::require(call, tables, Deed::UpdateUser)?;
    }
    if let Some(row) = tables.users.get_mut(&id) {
        edit(row, call.now(), |body| new_sessions_from(body, call.now()));
    }
    Ok(call.value("Edm.Boolean", true))
}
