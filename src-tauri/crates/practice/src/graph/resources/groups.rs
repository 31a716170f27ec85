//! Groups.

use http::Method;
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::listing::{Item, Listing, in_table};
use super::super::odata::options::Expand;
use super::super::odata::rules::Service;
use super::super::privilege::{self, Deed};
use super::super::router::{Route, change, get};
use super::super::schema::entity;
use super::super::validate::{self, array, edit, merge, new_row, required, text};
use super::super::{locate, relations};
use super::applications::initial_domain;
use crate::random;
use crate::store::Tables;

const RESOURCE: &str = "Group";
const READ_ONLY: [&str; 13] = [
    "id",
    "createdDateTime",
    "deletedDateTime",
    "mail",
    "proxyAddresses",
    "renewedDateTime",
    "securityIdentifier",
    "onPremisesSyncEnabled",
    "onPremisesSecurityIdentifier",
    "onPremisesSamAccountName",
    "onPremisesLastSyncDateTime",
    "expirationDateTime",
    "uniqueName",
];

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/groups", list),
        change(Method::POST, "/groups", create),
        get("/groups/{group-id}", one),
        change(Method::PATCH, "/groups/{group-id}", update),
        change(Method::DELETE, "/groups/{group-id}", delete),
    ]
}

fn list(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require_member(call, tables)?;
    let at = in_table(call, &tables.groups, entity("group"));
    let related = |body: &Map<String, Value>, name: &str| {
        relations::of(call, tables, "group", text(body, "id"), name).map(|items| items.len())
    };
    let expand = |item: &Item<'_>, asked: &Expand| relations::expand(call, tables, item, asked);
    Listing {
        kind: entity("group"),
        set: "groups",
        service: Service::Directory,
        len: tables.groups.len(),
        at: &at,
        related: &related,
        expand: &expand,
    }
    .answer(call)
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let row = locate::row(call, tables, "group", call.key(0))?;
    let body = call.seen(Some(row), &call.key(0).value)?;
    let expanded = relations::expanded(call, tables, entity("group"), body)?;
    call.one_expanded("groups", entity("group"), body, expanded)
}

fn create(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::CreateGroup)?;
    let sent = validate::body(entity("group"), RESOURCE, &READ_ONLY, call.body()?)?;
    required(&sent, "displayName", RESOURCE)?;
    let nickname = required(&sent, "mailNickname", RESOURCE)?.to_owned();
    let flag = |name: &'static str| {
        sent.get(name)
            .and_then(Value::as_bool)
            .ok_or(GraphError::MissingProperty { property: name, resource: RESOURCE })
    };
    let (mail, security) = (flag("mailEnabled")?, flag("securityEnabled")?);
    let unified = array(&sent, "groupTypes").iter().any(|kind| kind == "Unified");
    if mail && !unified {
        return Err(GraphError::DirectoryBadRequest(
            "The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.".into(),
        ));
    }
    if !mail && !security {
        return Err(GraphError::InvalidValue { property: "securityEnabled".into(), resource: RESOURCE });
    }
    privilege::require_quota(call, tables)?;
    let id = random::fresh_guid();
    let mut body = json!({
        "id": id, "createdDateTime": call.now_text(), "renewedDateTime": call.now_text(), "deletedDateTime": null,
        "groupTypes": [], "proxyAddresses": [], "visibility": null, "_createdBy": call.actor(),
        "mail": if mail { format!("{nickname}@{}", initial_domain(tables)).into() } else { Value::Null },
    });
    let Some(body) = body.as_object_mut() else { return Err(GraphError::UnreadableBody) };
    let (members, owners) = (bound(&sent, "members"), bound(&sent, "owners"));
    merge(body, sent);
    let response = call.created("groups", entity("group"), body);
    tables.groups.insert(id.clone(), new_row(body.clone(), call.now()));
    tables.members.insert(id.clone(), members);
    let mut owners = owners;
    if owners.is_empty()
        && let Some(person) = call.person()
    {
        owners.push(person.to_owned());
    }
    tables.owners.insert(id, owners);
    Ok(response)
}

/// `members@odata.bind`: links to objects.
pub(super) fn bound(sent: &Map<String, Value>, relation: &str) -> Vec<String> {
    array(sent, &format!("{relation}@odata.bind"))
        .iter()
        .filter_map(|link| link.as_str()?.rsplit('/').next().map(str::to_owned))
        .collect()
}

fn permit(call: &Call<'_>, tables: &Tables, id: &str) -> Result<()> {
    let owns = tables.owners.get(id).is_some_and(|owners| owners.iter().any(|own| own == call.actor()));
    if owns { Ok(()) } else { privilege::require(call, tables, Deed::ManageGroups) }
}

/// Groups that Exchange made are changed in Exchange.
///
/// # Errors
/// 400 for a distribution group or a mail-enabled security group.
pub(super) fn check_changeable(tables: &Tables, id: &str) -> Result<()> {
    let made_by_exchange = tables.groups.get(id).is_some_and(|row| {
        row.body.get("mailEnabled") == Some(&Value::Bool(true))
            && !array(&row.body, "groupTypes").iter().any(|kind| kind == "Unified")
    });
    if made_by_exchange {
        return Err(GraphError::DirectoryBadRequest(
            "Cannot Update a mail-enabled security groups and or distribution list.".into(),
        ));
    }
    Ok(())
}

fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = locate::id(call, tables, "group", call.key(0))?;
    permit(call, tables, &id)?;
    check_changeable(tables, &id)?;
    let sent = validate::body(entity("group"), RESOURCE, &READ_ONLY, call.body()?)?;
    let members = bound(&sent, "members");
    let list = tables.members.entry(id.clone()).or_default();
    if members.iter().any(|member| list.contains(member)) {
        return Err(GraphError::ReferenceAlreadyExists("members"));
    }
    list.extend(members);
    if let Some(row) = tables.groups.get_mut(&id) {
        edit(row, call.now(), |body| merge(body, sent));
    }
    Ok(call.no_content())
}

/// Only Microsoft 365 groups are kept for 30 days; security groups are gone at once.
fn delete(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = locate::id(call, tables, "group", call.key(0))?;
    permit(call, tables, &id)?;
    check_changeable(tables, &id)?;
    let unified = tables
        .groups
        .get(&id)
        .is_some_and(|row| array(&row.body, "groupTypes").iter().any(|kind| kind == "Unified"));
    if unified {
        if let Some(row) = tables.groups.get_mut(&id) {
            row.deleted = Some(call.now());
            row.body.insert("deletedDateTime".into(), call.now_text().into());
        }
    } else {
        tables.groups.shift_remove(&id);
        tables.members.remove(&id);
        tables.owners.remove(&id);
    }
    for members in tables.members.values_mut() {
        members.retain(|member| *member != id);
    }
    Ok(call.no_content())
}
