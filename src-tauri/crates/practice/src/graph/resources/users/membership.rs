//! Which groups and roles a person is in, as actions.

use serde_json::{Value, json};

use super::super::super::call::Call;
use super::super::super::error::{GraphError, Result};
use super::super::super::http::GraphResponse;
use super::super::super::validate::array;
use super::super::super::{locate, relations};
use super::super::directory_roles;
use crate::store::Tables;

const CONTEXT: &str = "Collection(Edm.String)";

/// Groups in which the person is, directly or through other groups.
fn group_ids(call: &Call<'_>, tables: &Tables, security_only: bool) -> Result<Vec<String>> {
    let id = locate::id(call, tables, "user", call.key(0))?;
    let mut groups = relations::reachable(&id, |id| relations::parents(tables, id));
    if security_only {
        groups.retain(|group| {
            tables
                .groups
                .get(group)
                .is_some_and(|row| row.body.get("securityEnabled") == Some(&Value::Bool(true)))
        });
    }
    Ok(groups)
}

fn security_only(call: &Call<'_>) -> Result<bool> {
    let sent = call.body()?;
    sent.get("securityEnabledOnly")
        .map_or(Some(false), Value::as_bool)
        .ok_or(GraphError::InvalidValue { property: "securityEnabledOnly".into(), resource: "User" })
}

/// `getMemberGroups`.
pub(super) fn groups(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    Ok(call.value(CONTEXT, json!(group_ids(call, tables, security_only(call)?)?)))
}

/// `getMemberObjects`: groups and directory roles.
pub(super) fn objects(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let mut found = group_ids(call, tables, security_only(call)?)?;
    let mut holders = found.clone();
    holders.push(locate::id(call, tables, "user", call.key(0))?);
    let roles = directory_roles::held_by(call, tables, &holders);
    found.extend(roles.iter().filter_map(|role| role.body.get("id")?.as_str().map(str::to_owned)));
    Ok(call.value(CONTEXT, json!(found)))
}

/// `checkMemberGroups`, `checkMemberObjects`: which of up to 20 ids the person is in.
pub(super) fn check(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let sent = call.body()?;
    let asked = array(&sent, if sent.contains_key("groupIds") { "groupIds" } else { "ids" });
    if asked.is_empty() || asked.len() > 20 {
        return Err(GraphError::InvalidValue { property: "groupIds".into(), resource: "User" });
    }
    let mut found = group_ids(call, tables, false)?;
    let mut holders = found.clone();
    holders.push(locate::id(call, tables, "user", call.key(0))?);
    let roles = directory_roles::held_by(call, tables, &holders);
    found.extend(roles.iter().filter_map(|role| role.body.get("id")?.as_str().map(str::to_owned)));
    let inside: Vec<&Value> = asked.iter().filter(|id| found.iter().any(|own| *id == own.as_str())).collect();
    Ok(call.value(CONTEXT, json!(inside)))
}
