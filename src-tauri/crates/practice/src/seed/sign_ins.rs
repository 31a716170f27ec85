//! Sign-ins before anybody comes: who uses which credential, and which of them nobody uses.

use jiff::SignedDuration;
use serde_json::Value;

use super::Ground;
use crate::random::Random;
use crate::reference::GRAPH;
use crate::sign_ins::{SignInEvent, SignInKind, UsedCredential};
use crate::store::Tables;

/// Credentials that were not used yesterday: name, days since their last use; `None` for never.
const EXCEPTIONS: [(&str, Option<i64>); 11] = [
    ("newsletter", Some(400)),
    ("first", Some(171)),
    ("old", None),
    ("badges", None),
    ("rooms", None),
    ("x", None),
    ("tickets", Some(1_571)),
    ("Password uploaded on Tue", None),
    ("cameras", None),
    ("signature", Some(1)),
    ("festival", Some(95)),
];
/// How many days of events there are.
const DAYS: i64 = 6;

/// A credential and its application.
struct Held {
    app: [String; 2],
    enterprise: String,
    used: UsedCredential,
    days: i64,
}

pub(crate) fn add(ground: &Ground, tables: &mut Tables) {
    let mut random = Random::for_purpose(ground.seed, "sign-ins");
    let mut events = Vec::new();
    for held in held(ground, tables) {
        let last = held.days;
        let newest = last.max(1);
        for day in (newest..newest + DAYS).rev() {
            let minutes = i64::try_from(random.below(600)).unwrap_or(0);
            let at = ground.days(-day) + SignedDuration::from_mins(minutes);
            let event = SignInEvent::new(at, SignInKind::ServicePrincipal, &held.app[0], &held.app[1]);
            events.push(SignInEvent {
                id: random.guid(),
                service_principal: held.enterprise.clone(),
                resource: [GRAPH.to_owned(), "Microsoft Graph".to_owned()],
                credential: Some(held.used.clone()),
                ..event
            });
        }
    }
    events.sort_by_key(|event| event.at);
    for event in events {
        tables.sign_ins.record(event);
    }
}

/// The credentials of the registrations with a story that work, and when they were used last.
fn held(ground: &Ground, tables: &Tables) -> Vec<Held> {
    let mut found = Vec::new();
    for (row, list) in tables
        .applications
        .values()
        .take(crate::seed::registrations::stories())
        .flat_map(|row| ["passwordCredentials", "keyCredentials"].map(|list| (row, list)))
    {
        let Some(enterprise) = tables.service_principal_by_app_id(row.text("appId")) else { continue };
        for credential in row.body.get(list).and_then(Value::as_array).into_iter().flatten() {
            let name = credential["displayName"].as_str().unwrap_or_default();
            let exception = EXCEPTIONS.iter().find(|(own, _)| *own == name).map(|(_, days)| *days);
            let moment = |property: &str| -> Option<jiff::Timestamp> {
                credential[property].as_str().and_then(|at| at.parse().ok())
            };
            let begun = moment("startDateTime").is_none_or(|start| start <= ground.days(-DAYS - 1));
            let over = moment("endDateTime").is_some_and(|end| end <= ground.now);
            let days = match exception {
                Some(None) => continue,
                Some(Some(days)) => days,
                None if over || !begun || row.deleted.is_some() => continue,
                None => 1,
            };
            found.push(Held {
                app: [row.text("appId").to_owned(), row.text("displayName").to_owned()],
                enterprise: enterprise.text("id").to_owned(),
                used: UsedCredential {
                    key_id: credential["keyId"].as_str().unwrap_or_default().to_owned(),
                    thumbprint: (list == "keyCredentials")
                        .then(|| credential["customKeyIdentifier"].as_str().unwrap_or_default().to_owned()),
                    owner: row.text("id").to_owned(),
                },
                days,
            });
        }
    }
    found
}
