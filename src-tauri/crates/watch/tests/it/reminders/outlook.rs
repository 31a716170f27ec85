//! Events in the practice organisation's calendars: Astrid's own, and the shared mailbox of the calendar service.

use std::sync::Arc;

use async_trait::async_trait;
use graph::mail::Mailbox;
use graph::{AccessToken, Call, ClaimsChallenge, GraphClient, TokenRefusal, TokenSource};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use net::http::{ClientOptions, ProxySource};
use practice::{Action, Fault, Options, PracticeTenant};
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use url::Url;
use watch::reminders::calendar::{Outlook, clear, sync, trial};
use watch::reminders::{ChannelFault, ChannelKind, Ledger, Moment, Reminder, Settings, Watched, schedule};

use super::desk::secret;

const ASTRID: &str = "astrid.lindqvist@lindqvist-practice.example";
const SHARED: &str = "svc-calendar@lindqvist-practice.example";
/// The organisation's own Gatehouse registration.
const GATEHOUSE: &str = "6a7e4035-0000-4000-8000-000000000001";
const SCOPES: &str = "User.Read Calendars.ReadWrite Calendars.ReadWrite.Shared";

struct Stage {
    tenant: Arc<PracticeTenant>,
    token: AccessToken,
}

struct Held(AccessToken);

#[async_trait]
impl TokenSource for Held {
    async fn token(&self, _: &[&str], _: Option<&ClaimsChallenge>) -> Result<AccessToken, TokenRefusal> {
        Ok(self.0.clone())
    }
}

/// A machine with a ledger of its own.
struct Machine {
    outlook: Outlook,
    ledger: Ledger,
    _folder: TempDir,
}

impl Machine {
    async fn sync(&self, stage: &Stage, reminders: &[Reminder]) -> watch::reminders::calendar::Synced {
        sync(&self.outlook, &self.ledger, reminders, &stage.moment()).await.unwrap()
    }
}

impl Stage {
    async fn new() -> Self {
        let options = Options { applications: 5, sign_in_as: Some(ASTRID.into()), ..Options::default() };
        let tenant = Arc::new(PracticeTenant::start(options).await.unwrap());
        tenant.tables(|tables| {
            add_gatehouse(tables);
            let astrid = tables.user(ASTRID).unwrap().text("id").to_owned();
            let shared = tables.user(SHARED).unwrap().text("id").to_owned();
            let row = tables.users.get_mut(&shared).unwrap();
            row.body.insert("_mailboxSharedWith".into(), json!([astrid]));
            for mailbox in tables.mailboxes.values_mut() {
                mailbox.events.clear();
            }
        });
        let token = token(&tenant).await;
        Self { tenant, token }
    }

    fn now(&self) -> Timestamp {
        self.tenant.clock().now()
    }

    fn moment(&self) -> Moment {
        Moment { now: self.now(), zone: TimeZone::UTC, known_at: Some(self.now()) }
    }

    fn machine(&self, name: &str, address: &str) -> Machine {
        let (clock, sleeper) = (self.tenant.clone(), self.tenant.clone());
        let client = GraphClient::new(
            http(),
            self.tenant.base_url(),
            Arc::new(Held(self.token.clone())),
            Arc::new(move || clock.clock().now()),
        )
        .unwrap()
        .with_call(Call::default())
        .sleeping_with(move |span| {
            sleeper.clock().advance(span.try_into().unwrap());
            tokio::task::yield_now()
        });
        let mailbox =
            if address == ASTRID { Mailbox::Mine } else { Mailbox::Of(address.try_into().unwrap()) };
        let folder = tempfile::tempdir().unwrap();
        Machine {
            outlook: Outlook { client, mailbox, address: address.into(), tenant: super::desk::TENANT.into() },
            ledger: Ledger::open(folder.path(), name, self.now()).unwrap(),
            _folder: folder,
        }
    }

    /// A secret that ends in so many days, at noon.
    fn secret(&self, number: u32, days: i64) -> Arc<Watched> {
        let noon = self.now().to_zoned(TimeZone::UTC).date().at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
        secret(number, &(noon.timestamp() + SignedDuration::from_hours(24 * days)).to_string())
    }

    fn reminders(&self, credentials: &[Arc<Watched>]) -> Vec<Reminder> {
        schedule(credentials, &Settings::default(), &TimeZone::UTC)
    }

    fn events(&self, address: &str) -> Vec<Map<String, Value>> {
        self.tenant.tables(|tables| {
            let id = tables.user(address).unwrap().text("id").to_owned();
            tables.mailboxes.get(&id).map(|mailbox| mailbox.events.clone()).unwrap_or_default()
        })
    }

    fn change(&self, address: &str, change: impl FnOnce(&mut Vec<Map<String, Value>>)) {
        self.tenant.tables(|tables| {
            let id = tables.user(address).unwrap().text("id").to_owned();
            change(&mut tables.mailboxes.get_mut(&id).unwrap().events);
        });
    }
}

fn http() -> reqwest::Client {
    let options = ClientOptions { proxy: ProxySource::Direct, ..ClientOptions::new("Gatehouse/test") };
    net::http::client(&options).unwrap()
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

/// The organisation's own registration with consent to calendars, as a finished set-up leaves it.
fn add_gatehouse(tables: &mut practice::Tables) {
    let (app, principal) = ("6a7e4035-0000-4000-8000-000000000003", "6a7e4035-0000-4000-8000-000000000002");
    let mut row = tables.applications.values().find(|row| row.deleted.is_none()).unwrap().clone();
    row.body.extend(object(&json!({
        "id": app, "appId": GATEHOUSE, "displayName": "Gatehouse", "signInAudience": "AzureADMyOrg",
        "publicClient": {"redirectUris": ["http://localhost"]}, "passwordCredentials": [], "keyCredentials": [],
        "requiredResourceAccess": [], "uniqueName": null,
    })));
    tables.applications.insert(app.into(), row);
    let mut row = tables
        .service_principals
        .values()
        .find(|row| row.text("servicePrincipalType") == "Application")
        .unwrap()
        .clone();
    let organisation = tables.organization.keys().next().unwrap().clone();
    row.body.extend(object(&json!({
        "id": principal, "appId": GATEHOUSE, "displayName": "Gatehouse", "appOwnerOrganizationId": organisation,
        "accountEnabled": true, "appRoleAssignmentRequired": false, "servicePrincipalNames": [GATEHOUSE],
        "appRoles": [], "oauth2PermissionScopes": [],
    })));
    tables.service_principals.insert(principal.into(), row);
    let graph = tables
        .service_principal_by_app_id("00000003-0000-0000-c000-000000000000")
        .unwrap()
        .text("id")
        .to_owned();
    let mut row = tables.oauth2_permission_grants.values().next().unwrap().clone();
    row.body.extend(object(&json!({
        "id": "gatehouse-grant", "clientId": principal, "consentType": "AllPrincipals", "principalId": null,
        "resourceId": graph, "scope": SCOPES,
    })));
    tables.oauth2_permission_grants.insert("gatehouse-grant".into(), row);
}

async fn token(tenant: &PracticeTenant) -> AccessToken {
    let login = tenant.base_url().join(&format!("{}/", tenant.tenant_id())).unwrap();
    let mut url = login.join("oauth2/v2.0/authorize").unwrap();
    url.query_pairs_mut()
        .append_pair("client_id", GATEHOUSE)
        .append_pair("response_type", "code")
        .append_pair("response_mode", "query")
        .append_pair("redirect_uri", "http://localhost")
        .append_pair("scope", "https://graph.microsoft.com/.default")
        .append_pair("state", "s");
    let answer = http().get(url).send().await.unwrap();
    let back = Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
    let code = back.query_pairs().find(|(name, _)| name == "code").map(|(_, code)| code.into_owned());
    let code = code.unwrap_or_else(|| panic!("{back}"));
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", GATEHOUSE),
        ("redirect_uri", "http://localhost"),
        ("code", &code),
    ];
    let answer = http().post(login.join("oauth2/v2.0/token").unwrap()).form(&form).send().await.unwrap();
    let body: Value = answer.json().await.unwrap();
    AccessToken::new(body["access_token"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned())
}

#[tokio::test]
async fn one_event_for_each_reminder_ahead_and_nothing_secret_in_it() {
    let stage = Stage::new().await;
    let machine = stage.machine("desk", ASTRID);
    let reminders = stage.reminders(&[stage.secret(1, 10)]);
    let synced = machine.sync(&stage, &reminders).await;
    assert_eq!((synced.made, synced.fault), (3, None), "7, 1 and 0 days; the others are past");
    let events = stage.events(ASTRID);
    assert_eq!(events.len(), 3);
    let first = &events[0];
    assert!(first["subject"].as_str().unwrap().starts_with("Secret of App 1 ends in 7 days ("), "{first:?}");
    assert_eq!((&first["isReminderOn"], &first["reminderMinutesBeforeStart"]), (&json!(true), &json!(0)));
    assert_eq!(first["showAs"], "free");
    assert!(first["start"]["dateTime"].as_str().unwrap().contains("T09:00:00"));
    assert_eq!(first["start"]["timeZone"], "UTC");
    assert!(first["body"]["content"].as_str().unwrap().contains("prod-1"));
    let again = machine.sync(&stage, &reminders).await;
    assert_eq!((again.made, again.changed, again.removed), (0, 0, 0));
}

#[tokio::test]
async fn two_machines_at_once_and_in_different_zones_make_one_event_each() {
    let stage = Stage::new().await;
    let (desk, laptop) = (stage.machine("desk", SHARED), stage.machine("laptop", SHARED));
    let own = [stage.secret(1, 10), stage.secret(2, 40)];
    let here = stage.reminders(&own);
    let there = schedule(&own, &Settings::default(), &super::desk::zone("Asia/Tokyo"));
    let (one, other) = tokio::join!(desk.sync(&stage, &here), laptop.sync(&stage, &there));
    assert_eq!((one.fault, other.fault), (None, None));
    // What both made at once, the next look puts right.
    desk.sync(&stage, &here).await;
    let events = stage.events(SHARED);
    assert_eq!(events.len(), 3 + 5, "{events:#?}");
    for machine in [&desk, &laptop] {
        let quiet = machine.sync(&stage, &there).await;
        assert_eq!((quiet.made, quiet.changed, quiet.removed), (0, 0, 0), "nobody moves the other's events");
    }
}

#[tokio::test]
async fn renewed_means_gone_and_a_moved_end_moves_the_events() {
    let stage = Stage::new().await;
    let machine = stage.machine("desk", ASTRID);
    machine.sync(&stage, &stage.reminders(&[stage.secret(1, 10), stage.secret(2, 10)])).await;
    let moved = machine.sync(&stage, &stage.reminders(&[stage.secret(1, 12)])).await;
    assert_eq!((moved.changed, moved.removed, moved.made), (3, 3, 0));
    let events = stage.events(ASTRID);
    assert_eq!(events.len(), 3);
    let day = (stage.now() + SignedDuration::from_hours(24 * 12)).strftime("%Y-%m-%d").to_string();
    assert!(events.iter().any(|event| event["start"]["dateTime"].as_str().unwrap().starts_with(&day)));
    let cleared = clear(&machine.outlook, &machine.ledger, stage.now()).await.unwrap();
    assert_eq!((cleared.removed, stage.events(ASTRID).len()), (3, 0));
}

#[tokio::test]
async fn done_takes_the_events_away() {
    let stage = Stage::new().await;
    let machine = stage.machine("desk", ASTRID);
    let reminders = stage.reminders(&[stage.secret(1, 10)]);
    machine.sync(&stage, &reminders).await;
    machine.ledger.done(&reminders[0].id(), stage.now()).await.unwrap();
    assert_eq!(machine.sync(&stage, &reminders).await.removed, 3);
}

#[tokio::test]
async fn what_a_person_removed_stays_removed_and_their_own_events_are_never_touched() {
    let stage = Stage::new().await;
    let machine = stage.machine("desk", ASTRID);
    stage.change(ASTRID, |events| {
        let start = json!({"dateTime": "2026-12-01T10:00:00.0000000", "timeZone": "UTC"});
        events.push(object(&json!({"id": "AAMkOwn", "subject": "Lunch", "start": start, "end": start})));
    });
    let reminders = stage.reminders(&[stage.secret(1, 10)]);
    machine.sync(&stage, &reminders).await;
    stage.change(ASTRID, |events| {
        let index =
            events.iter().position(|event| event["subject"].as_str().unwrap().contains("7 days")).unwrap();
        events.remove(index);
    });
    for _ in 0..2 {
        let synced = machine.sync(&stage, &reminders).await;
        assert_eq!((synced.made, synced.respected), (0, 1));
    }
    clear(&machine.outlook, &machine.ledger, stage.now()).await.unwrap();
    assert_eq!(stage.events(ASTRID).len(), 1);
}

#[tokio::test]
async fn a_mailbox_that_was_emptied_or_made_anew_is_filled_again() {
    let stage = Stage::new().await;
    let machine = stage.machine("desk", SHARED);
    let reminders = stage.reminders(&[stage.secret(1, 10)]);
    machine.sync(&stage, &reminders).await;
    stage.change(SHARED, Vec::clear);
    let again = machine.sync(&stage, &reminders).await;
    assert_eq!((again.made, stage.events(SHARED).len()), (3, 3));
}

#[tokio::test]
async fn a_mailbox_that_is_gone_or_closed_is_told_in_words_and_taken_up_when_it_is_back() {
    let stage = Stage::new().await;
    let machine = stage.machine("desk", SHARED);
    let reminders = stage.reminders(&[stage.secret(1, 10)]);
    let id = stage.tenant.tables(|tables| tables.user(SHARED).unwrap().text("id").to_owned());
    let mailbox = stage.tenant.tables(|tables| tables.mailboxes.remove(&id).unwrap());
    let gone = machine.sync(&stage, &reminders).await;
    assert_eq!(gone.fault, Some(ChannelFault::NoMailbox));
    let shared = |with: Value| {
        stage.tenant.tables(|tables| {
            tables.users.get_mut(&id).unwrap().body.insert("_mailboxSharedWith".into(), with);
        });
    };
    stage.tenant.tables(|tables| tables.mailboxes.insert(id.clone(), mailbox));
    shared(json!([]));
    assert_eq!(machine.sync(&stage, &reminders).await.fault, Some(ChannelFault::NotAllowed));
    let record = machine.ledger.channels().await.unwrap().remove(0);
    assert_eq!(record.channel, ChannelKind::Calendar);
    assert!(record.fault.unwrap().0.sentence().contains("may not write"));
    let astrid = stage.tenant.tables(|tables| tables.user(ASTRID).unwrap().text("id").to_owned());
    shared(json!([astrid]));
    let back = machine.sync(&stage, &reminders).await;
    assert_eq!((back.made, back.fault), (3, None));
    assert!(machine.ledger.channels().await.unwrap()[0].fault.is_none());
}

#[tokio::test]
async fn an_answer_that_was_lost_makes_no_second_event() {
    let stage = Stage::new().await;
    let machine = stage.machine("desk", ASTRID);
    let reminders = stage.reminders(&[stage.secret(1, 10)]);
    let lost = Fault::on("POST", "/v1.0/me/events", Action::Drop { commit: true });
    stage.tenant.faults().arm(lost.once());
    machine.sync(&stage, &reminders).await;
    machine.sync(&stage, &reminders).await;
    assert_eq!(stage.events(ASTRID).len(), 3);
}

#[tokio::test]
async fn more_than_twenty_that_end_on_one_day_are_one_event_for_each_date() {
    let stage = Stage::new().await;
    let machine = stage.machine("desk", ASTRID);
    let all: Vec<_> = (0..300).map(|number| stage.secret(number, 10)).collect();
    let synced = machine.sync(&stage, &stage.reminders(&all)).await;
    assert_eq!(synced.made, 3);
    let event = &stage.events(ASTRID)[0];
    assert!(event["subject"].as_str().unwrap().starts_with("300 secrets and certificates end on "));
    assert!(event["body"]["content"].as_str().unwrap().contains("and 280 more"));
}

#[tokio::test]
async fn a_trial_leaves_nothing_behind() {
    let stage = Stage::new().await;
    let machine = stage.machine("desk", SHARED);
    trial(&machine.outlook, false, stage.now()).await.unwrap();
    assert_eq!(stage.events(SHARED).len(), 0);
    let nobody = stage.machine("desk", "nobody@lindqvist-practice.example");
    assert_eq!(trial(&nobody.outlook, false, stage.now()).await, Err(ChannelFault::NoMailbox));
}

#[tokio::test]
async fn an_event_of_a_pretend_organisation_says_so() {
    let stage = Stage::new().await;
    let machine = stage.machine("desk", ASTRID);
    let pretended = Arc::new(Watched { practice: true, ..(*stage.secret(1, 10)).clone() });
    machine.sync(&stage, &stage.reminders(&[pretended])).await;
    let titles: Vec<String> =
        stage.events(ASTRID).iter().map(|event| event["subject"].as_str().unwrap().to_owned()).collect();
    assert!(!titles.is_empty() && titles.iter().all(|title| title.starts_with("Practice: ")), "{titles:?}");
}
