//! Settings of the organisation, as far as EWS is concerned, and the domains it receives mail for.

use serde_json::{Map, Value, json};

use super::super::invocation::{Invocation, Outcome};
use super::super::refusal::CmdletError;
use crate::store::Tables;

/// `Get-OrganizationConfig`. The allow list is left out unless it is asked for.
pub(crate) fn get(invocation: &Invocation<'_>, tables: &Tables) -> Outcome {
    let organization = tables.organization.values().next();
    let name = organization.map(|row| row.text("displayName")).unwrap_or_default();
    let own = |name: &str| tables.exchange.settings.get(name).cloned().unwrap_or_default();
    let mut body = json!({
        "Name": name, "DisplayName": name, "Identity": name, "Guid": organization.map(|row| row.text("id")),
        "IsDehydrated": is_dehydrated(tables), "OAuth2ClientProfileEnabled": true, "EwsEnabled": own("EwsEnabled"),
        "EwsApplicationAccessPolicy": own("EwsApplicationAccessPolicy"), "EwsAllowList": own("EwsAllowList"),
        "EwsBlockList": own("EwsBlockList"), "EwsAllowedAppIDs": null,
    });
    if invocation.flag("RetrieveEwsOperationAccessPolicy")? == Some(true) {
        body["EwsAllowedAppIDs"] = own("EwsAllowedAppIDs");
    }
    Ok(vec![body])
}

/// Whether nothing of the organisation's own can be made in Exchange yet, as in young organisations.
pub(super) fn is_dehydrated(tables: &Tables) -> bool {
    tables.exchange.settings.get("IsDehydrated") == Some(&Value::Bool(true))
}

/// `Enable-OrganizationCustomization`; once is enough, and a second time is refused.
pub(crate) fn customize(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    if !is_dehydrated(tables) {
        return Err(CmdletError::CustomizedAlready);
    }
    if !invocation.is_rehearsal() {
        tables.exchange.settings.remove("IsDehydrated");
    }
    Ok(vec![])
}

/// `Set-OrganizationConfig`. A list replaces the one before.
pub(crate) fn set(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    let mut changes = Map::new();
    if invocation.given("EwsEnabled") {
        changes.insert("EwsEnabled".into(), json!(invocation.flag("EwsEnabled")?));
    }
    if invocation.given("EwsAllowedAppIDs") {
        let ids = invocation.list("EwsAllowedAppIDs")?;
        if let Some(wrong) = ids.iter().find(|id| uuid::Uuid::try_parse(id).is_err()) {
            return Err(CmdletError::InvalidValue {
                parameter: "EwsAllowedAppIDs",
                value: wrong.clone(),
                reason: "It must be the client id of an application.".into(),
            });
        }
        let joined = ids.join(",");
        changes
            .insert("EwsAllowedAppIDs".into(), if joined.is_empty() { Value::Null } else { joined.into() });
    }
    if invocation.given("EwsApplicationAccessPolicy") {
        changes.insert(
            "EwsApplicationAccessPolicy".into(),
            invocation.text("EwsApplicationAccessPolicy")?.into(),
        );
    }
    for name in ["EwsAllowList", "EwsBlockList"] {
        if invocation.given(name) {
            changes.insert(name.into(), json!(invocation.list(name)?));
        }
    }
    if !invocation.is_rehearsal() {
        tables.exchange.settings.extend(changes);
    }
    Ok(vec![])
}

/// `Get-AcceptedDomain`: the verified ones.
pub(crate) fn accepted_domains(invocation: &Invocation<'_>, tables: &Tables) -> Outcome {
    let identity = invocation.text("Identity")?;
    let flag = |row: &crate::store::Row, name: &str| row.body.get(name) == Some(&Value::Bool(true));
    let found: Vec<Value> = tables
        .domains
        .values()
        .filter(|row| flag(row, "isVerified"))
        .filter(|row| identity.is_empty() || row.text("id").eq_ignore_ascii_case(&identity))
        .map(|row| {
            json!({
                "Name": row.text("id"), "Identity": row.text("id"), "DomainName": row.text("id"), "DomainType": "Authoritative",
                "Default": flag(row, "isDefault"), "InitialDomain": flag(row, "isInitial"), "IsValid": true,
            })
        })
        .collect();
    if found.is_empty() && !identity.is_empty() { Err(CmdletError::NotFound(identity)) } else { Ok(found) }
}
