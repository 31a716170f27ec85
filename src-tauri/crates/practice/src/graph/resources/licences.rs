//! Subscriptions and who has a licence of them.

use std::borrow::Cow;

use http::Method;
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::listing::{Item, Listing, no_expand, unrelated};
use super::super::locate;
use super::super::odata::rules::Service;
use super::super::privilege::{self, Deed};
use super::super::router::{Route, change, get};
use super::super::schema::entity;
use super::super::validate::{array, edit, text};
use crate::provisioning;
use crate::store::Tables;

/// Subscriptions that the organisation has: id, part number, licences bought, whether a mailbox is in it.
const SUBSCRIPTIONS: [(&str, &str, usize, bool); 3] = [
    ("cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", "SPB", 50, true),
    // Ended and not renewed: there is nothing left to give out.
    ("4b9405b0-7788-4568-add1-99614e613b69", "EXCHANGESTANDARD", 0, true),
    ("f30db892-07e9-47e9-837c-80727f46fd3d", "FLOW_FREE", 10_000, false),
];
/// `Exchange Online (Plan 1)` inside Microsoft 365 Business Premium.
const EXCHANGE_PLAN: &str = "9aaf7827-d63c-4b61-89c3-182f06f82e5c";
const FLOW_PLAN: &str = "50e68c76-46c6-4674-81f9-75456511b170";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/subscribedSkus", list),
        get("/subscribedSkus/{subscribedSku-id}", one),
        change(Method::POST, "/users/{user-id}/assignLicense", assign),
    ]
}

fn plans(mailbox: bool) -> Value {
    let (id, name) =
        if mailbox { (EXCHANGE_PLAN, "EXCHANGE_S_STANDARD") } else { (FLOW_PLAN, "FLOW_P2_VIRAL") };
    json!([{ "servicePlanId": id, "servicePlanName": name, "provisioningStatus": "Success", "appliesTo": "User" }])
}

fn subscribed(call: &Call<'_>, tables: &Tables) -> Vec<Map<String, Value>> {
    SUBSCRIPTIONS
        .iter()
        .filter_map(|(sku, part, bought, mailbox)| {
            let used = tables.users.values().filter(|row| row.deleted.is_none() && has(&row.body, sku)).count();
            let body = json!({
                "id": format!("{}_{sku}", call.tenant.tenant_id), "accountId": call.tenant.tenant_id,
                "accountName": "practice", "appliesTo": "User", "consumedUnits": used,
                "capabilityStatus": if *bought > 0 { "Enabled" } else { "Suspended" },
                "prepaidUnits": { "enabled": bought, "suspended": if *bought > 0 { 0 } else { 5 }, "warning": 0, "lockedOut": 0 },
                "servicePlans": plans(*mailbox), "skuId": sku, "skuPartNumber": part, "subscriptionIds": [],
            });
            body.as_object().cloned()
        })
        .collect()
}

fn has(user: &Map<String, Value>, sku: &str) -> bool {
    array(user, "assignedLicenses").iter().any(|own| own["skuId"] == sku)
}

fn list(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let all = subscribed(call, tables);
    let kind = entity("subscribedSku");
    let at = |position: usize| Some(Item { kind, body: Cow::Borrowed(all.get(position)?) });
    Listing {
        kind,
        set: "subscribedSkus",
        service: Service::Small,
        len: all.len(),
        at: &at,
        related: &unrelated,
        expand: &no_expand,
    }
    .answer(call)
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let id = &call.key(0).value;
    let all = subscribed(call, tables);
    let found =
        all.iter().find(|own| text(own, "id") == id).ok_or_else(|| GraphError::NotFound(id.clone()))?;
    call.one("subscribedSkus", entity("subscribedSku"), found)
}

/// `licenseDetails` of a person.
pub(crate) fn details<'t>(tables: &Tables, user: &str) -> Vec<Item<'t>> {
    let Some(row) = tables.users.get(user) else { return Vec::new() };
    SUBSCRIPTIONS
        .iter()
        .filter(|(sku, ..)| has(&row.body, sku))
        .filter_map(|(sku, part, _, mailbox)| {
            let body = json!({ "id": format!("{user}_{sku}"), "skuId": sku, "skuPartNumber": part, "servicePlans": plans(*mailbox) });
            Some(Item { kind: entity("licenseDetails"), body: Cow::Owned(body.as_object().cloned()?) })
        })
        .collect()
}

/// Whether any of these licences has a mailbox in it.
fn with_mailbox(licences: &[Value]) -> bool {
    SUBSCRIPTIONS
        .iter()
        .any(|(sku, _, _, mailbox)| *mailbox && licences.iter().any(|own| own["skuId"] == *sku))
}

fn plan(call: &Call<'_>) -> Value {
    json!({
        "assignedDateTime": call.now_text(), "capabilityStatus": "Enabled", "service": "exchange", "servicePlanId": EXCHANGE_PLAN,
    })
}

/// Adds and removes licences; the first licence with Exchange in it brings a mailbox, the last one takes it along.
fn assign(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = locate::id(call, tables, "user", call.key(0))?;
    privilege::require(call, tables, Deed::AssignLicense)?;
    let sent = call.body()?;
    for property in ["addLicenses", "removeLicenses"] {
        if !sent.get(property).is_some_and(Value::is_array) {
            return Err(GraphError::DirectoryBadRequest(format!("{property} must not be null.")));
        }
    }
    let user = tables.users.get(&id).map(|row| row.body.clone()).unwrap_or_default();
    if text(&user, "usageLocation").is_empty() {
        return Err(GraphError::DirectoryBadRequest(
            "License assignment cannot be done for user with invalid usage location.".into(),
        ));
    }
    let mut licences = array(&user, "assignedLicenses").to_vec();
    for add in array(&sent, "addLicenses") {
        let sku = add["skuId"].as_str().unwrap_or_default();
        let Some((_, part, bought, _)) = SUBSCRIPTIONS.iter().find(|(own, ..)| *own == sku) else {
            return Err(GraphError::DirectoryBadRequest(format!(
                "License {sku} does not correspond to a valid company License."
            )));
        };
        let used = tables.users.values().filter(|row| row.deleted.is_none() && has(&row.body, sku)).count();
        if used >= *bought && !has(&user, sku) {
            return Err(GraphError::DirectoryBadRequest(format!(
                "Subscription with SKU {part} does not have any available licenses."
            )));
        }
        licences.retain(|own| own["skuId"] != sku);
        licences.push(json!({ "skuId": sku, "disabledPlans": add.get("disabledPlans").cloned().unwrap_or_else(|| json!([])) }));
    }
    for sku in array(&sent, "removeLicenses") {
        if !licences.iter().any(|own| own["skuId"] == *sku) {
            return Err(GraphError::DirectoryBadRequest(
                "User does not have a corresponding license.".into(),
            ));
        }
        licences.retain(|own| own["skuId"] != *sku);
    }
    let (before, after) = (with_mailbox(array(&user, "assignedLicenses")), with_mailbox(&licences));
    let plans = if after { json!([plan(call)]) } else { json!([]) };
    if let Some(row) = tables.users.get_mut(&id) {
        edit(row, call.now(), |body| {
            body.insert("assignedLicenses".into(), licences.into());
            if before != after {
                body.insert("assignedPlans".into(), plans);
            }
        });
    }
    match (before, after) {
        (_, true) => provisioning::licensed(call.tenant, tables, &id, call.now()),
        (true, false) => provisioning::unlicensed(tables, &id),
        (false, false) => {}
    }
    let body = tables.users.get(&id).map(|row| row.body.clone()).unwrap_or_default();
    call.one("users", entity("user"), &body)
}
