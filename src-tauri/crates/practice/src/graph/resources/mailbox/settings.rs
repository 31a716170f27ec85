//! Mailbox settings.

use http::Method;
use serde_json::{Map, Value, json};

use super::super::super::call::Call;
use super::super::super::error::{GraphError, Result};
use super::super::super::http::GraphResponse;
use super::super::super::router::{Route, change, get};
use super::super::super::schema::entity;
use super::super::super::validate::{self, merge};
use super::{folders, open, owner, time_zone};
use crate::store::Tables;

/// Where a person's settings are kept.
const HELD_IN: &str = "_mailboxSettings";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/users/{user-id}/mailboxSettings", read),
        change(Method::PATCH, "/users/{user-id}/mailboxSettings", update),
    ]
}

fn current(call: &Call<'_>, tables: &Tables) -> Result<Map<String, Value>> {
    let id = owner(call, tables)?;
    let archive = folders::id(open(call, tables)?, "archive").unwrap_or_default();
    let moment = |at: &str| json!({ "dateTime": at, "timeZone": "UTC" });
    let mut settings = json!({
        "archiveFolder": archive,
        "timeZone": "W. Europe Standard Time",
        "delegateMeetingMessageDeliveryOptions": "sendToDelegateOnly",
        "dateFormat": "yyyy-MM-dd",
        "timeFormat": "HH:mm",
        "userPurpose": "user",
        "automaticRepliesSetting": {
            "status": "disabled", "externalAudience": "none", "internalReplyMessage": "", "externalReplyMessage": "",
            "scheduledStartDateTime": moment("2026-01-01T08:00:00.0000000"), "scheduledEndDateTime": moment("2026-01-02T08:00:00.0000000"),
        },
        "language": { "locale": "en-US", "displayName": "English (United States)" },
        "workingHours": {
            "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "startTime": "08:00:00.0000000", "endTime": "17:00:00.0000000", "timeZone": { "name": "W. Europe Standard Time" },
        },
    })
    .as_object()
    .cloned()
    .unwrap_or_else(Map::new);
    if let Some(Value::Object(own)) = tables.users.get(&id).and_then(|row| row.body.get(HELD_IN)) {
        merge(&mut settings, own.clone());
    }
    Ok(settings)
}

fn read(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let settings = current(call, tables)?;
    call.one(&format!("users('{}')/mailboxSettings", call.key(0).value), entity("mailboxSettings"), &settings)
}

fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let changes = validate::body(
        entity("mailboxSettings"),
        "MailboxSettings",
        &["archiveFolder", "userPurpose"],
        call.body()?,
    )?;
    if changes.get("timeZone").and_then(Value::as_str).is_some_and(|name| time_zone::zone(name).is_none()) {
        return Err(GraphError::MailboxBadRequest("The time zone is not one that Exchange knows.".into()));
    }
    let id = owner(call, tables)?;
    if let Some(row) = tables.users.get_mut(&id) {
        let held = row.body.entry(HELD_IN).or_insert_with(|| json!({}));
        if let Some(held) = held.as_object_mut() {
            merge(held, changes);
        }
    }
    read(call, tables)
}
