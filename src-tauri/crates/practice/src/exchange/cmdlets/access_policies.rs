//! Application access policies, the older way to keep an application to some mailboxes.

use serde_json::{Value, json};

use super::super::access;
use super::super::invocation::{Invocation, Outcome};
use super::super::organisation::{Knowledge, live, retire, revise};
use super::super::recipients::{self, Kind};
use super::super::refusal::CmdletError;
use super::{find, list, new_row, shown};
use crate::random;
use crate::store::Tables;

/// What identifies a policy.
const KEYS: [&str; 3] = ["Identity", "Guid", "Name"];

/// `Get-ApplicationAccessPolicy`.
pub(crate) fn get(invocation: &Invocation<'_>, tables: &Tables) -> Outcome {
    list(invocation, &tables.exchange.access_policies, &KEYS)
}

/// `New-ApplicationAccessPolicy`.
pub(crate) fn new(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    let apps = invocation.list("AppId")?;
    for app in &apps {
        if app != "*" && uuid::Uuid::try_parse(app).is_err() {
            return Err(CmdletError::InvalidValue {
                parameter: "AppId",
                value: app.clone(),
                reason: "It must be the client id of an application.".into(),
            });
        }
    }
    let right = invocation.text("AccessRight")?;
    let right = ["RestrictAccess", "DenyAccess"]
        .into_iter()
        .find(|own| own.eq_ignore_ascii_case(&right))
        .ok_or_else(|| CmdletError::WrongType {
            parameter: "AccessRight".into(),
            value: right.clone(),
            wanted: "Microsoft.Exchange.Data.Directory.SystemConfiguration.ApplicationAccessPolicyRight",
        })?;
    let named = invocation.text("PolicyScopeGroupId")?;
    let target = recipients::one(tables, &named, |_| true)?;
    if !target.is_mailbox() && target.kind != Kind::SecurityGroup {
        return Err(CmdletError::NotASecurityPrincipal(named));
    }
    let (name, target) = (target.name().to_owned(), target.id().to_owned());
    let same = |body: &serde_json::Map<String, Value>| {
        body.get("_apps") == Some(&json!(apps))
            && body["_target"] == target.as_str()
            && body["AccessRight"] == right
    };
    if let Some((_, row)) = live(&tables.exchange.access_policies).find(|(_, row)| same(&row.body)) {
        return Err(CmdletError::AlreadyExists(row.text("Identity").to_owned()));
    }
    if invocation.is_rehearsal() {
        return Ok(vec![]);
    }
    let id = random::fresh_guid();
    let description = invocation.text("Description")?;
    let row = new_row(
        invocation,
        body(&invocation.tenant.tenant_id, &id, &apps, right, (&name, &target), &description),
    );
    let result = shown(&row.body);
    tables.exchange.access_policies.insert(id, row);
    Ok(vec![result])
}

/// A policy as it is kept; the scope is the name and the object id of the group or person.
pub(crate) fn body(
    tenant: &str,
    id: &str,
    apps: &[String],
    right: &str,
    scope: (&str, &str),
    description: &str,
) -> Value {
    let (name, target) = scope;
    let app = apps.join(",");
    json!({
        "Identity": format!("{tenant}\\{app}:{target};{id}"), "Name": format!("{app}:{target};{id}"), "Guid": id,
        "AppId": app, "AccessRight": right, "ShardType": "All", "ScopeName": name, "ScopeIdentity": name,
        "ScopeIdentityRaw": format!("{target};{name}"), "Description": description, "IsValid": true,
        "_apps": apps, "_target": target,
    })
}

/// `Set-ApplicationAccessPolicy`: only the description can be changed.
pub(crate) fn set(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    let identity = invocation.text("Identity")?;
    let key =
        find(&tables.exchange.access_policies, &identity, &KEYS).ok_or(CmdletError::NotFound(identity))?;
    let description = invocation.text("Description")?;
    if let Some(row) = tables.exchange.access_policies.get_mut(&key).filter(|_| !invocation.is_rehearsal()) {
        revise(row, invocation.now(), |body| {
            body.insert("Description".into(), description.into());
        });
    }
    Ok(vec![])
}

/// `Remove-ApplicationAccessPolicy`.
pub(crate) fn remove(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    let identity = invocation.text("Identity")?;
    let key =
        find(&tables.exchange.access_policies, &identity, &KEYS).ok_or(CmdletError::NotFound(identity))?;
    if !invocation.is_rehearsal() {
        retire(&mut tables.exchange.access_policies, &key, invocation.now(), invocation.delay_ms());
    }
    Ok(vec![])
}

/// `Test-ApplicationAccessPolicy`: past the cache, and blind for RBAC for Applications.
pub(crate) fn test(invocation: &Invocation<'_>, tables: &Tables) -> Outcome {
    let (identity, app) = (invocation.text("Identity")?, invocation.text("AppId")?);
    let recipient = recipients::one(tables, &identity, |one| one.is_mailbox())?;
    let denied = access::policy_denies(tables, Knowledge::immediate(invocation.now()), &app, recipient.id());
    Ok(vec![json!({
        "AppId": app, "Mailbox": recipient.name(), "MailboxId": recipient.guid(), "MailboxSid": recipient.id(),
        "AccessCheckResult": if denied { "Denied" } else { "Granted" },
    })])
}
