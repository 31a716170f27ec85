//! Apps in every state, and what is known besides.

use std::collections::BTreeMap;

use blueprint::catalogue::{self, AZURE_AD_GRAPH, EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use blueprint::{
    CredentialSpec, MailboxAccess, PermissionKind, PermissionNeed, RedirectPlatform, RedirectUri,
    RegistrationSpec, Resource, SignInAudience, WhoConsents,
};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use watch::findings::{Connection, Context, Finding, MailboxLimits, Rule, judge};
use watch::{
    App, Credential, CredentialKind, EnterpriseApp, Granted, Known, LastUse, Owner, Platform, Redirect,
    Registration, Requested,
};

pub(super) const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
pub(super) const APP_ID: &str = "7d1a4b9e-3f42-4a7e-9d0c-5b8f2e6a1c33";

/// Saturday, 21 November 2026, nine in the morning.
pub(super) fn now() -> Timestamp {
    "2026-11-21T09:00:00Z".parse().unwrap()
}

/// So many days from now.
pub(super) fn day(days: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * days)
}

/// Everything looked at, nothing out of the ordinary.
pub(super) fn context() -> Context {
    Context {
        policy: Known::Seen(serde_json::from_value(serde_json::json!({"isEnabled": false})).unwrap()),
        domains: Known::Seen(vec!["lindqvist-practice.example".to_owned(), "contoso.com".to_owned()]),
        mailboxes: Known::Seen(BTreeMap::new()),
        ews: Known::Seen(blueprint::ews::Policy::default()),
        ..Context::new(now(), TimeZone::UTC)
    }
}

/// An app that nothing is wrong with.
pub(super) fn healthy() -> App {
    let mut app = App {
        app_id: APP_ID.to_owned(),
        name: "Fleetboard Sync".to_owned(),
        registration: Some(Registration {
            object_id: "11111111-aaaa-4bbb-8ccc-000000000001".to_owned(),
            audience: Some("AzureADMyOrg".to_owned()),
            created: Some(day(-310)),
            redirects: Vec::new(),
            requested: Vec::new(),
            disabled_by_microsoft: false,
            tags: Vec::new(),
        }),
        enterprise_app: Some(EnterpriseApp {
            object_id: "22222222-aaaa-4bbb-8ccc-000000000002".to_owned(),
            kind: Some("Application".to_owned()),
            owner_organisation: Some("33333333-aaaa-4bbb-8ccc-000000000003".to_owned()),
            enabled: Some(true),
            tags: Vec::new(),
        }),
        credentials: vec![used(secret("prod-1", -60, 305), -1)],
        owners: Known::Seen(vec![owner("Tomas Herrera"), owner("Astrid Lindqvist")]),
        grants: Known::Seen(Vec::new()),
        last_sign_in: Known::Seen(LastUse::At { at: day(-1) }),
    };
    ask_and_grant(&mut app, GRAPH, &["User.Read.All"]);
    app
}

/// [`healthy`], changed.
pub(super) fn app(change: impl FnOnce(&mut App)) -> App {
    let mut app = healthy();
    change(&mut app);
    app
}

pub(super) fn owner(name: &str) -> Owner {
    let address = name.to_lowercase().replace(' ', ".");
    Owner {
        id: format!("id of {name}"),
        name: name.to_owned(),
        upn: Some(format!("{address}@lindqvist-practice.example")),
        enabled: Some(true),
    }
}

pub(super) fn credential(kind: CredentialKind, name: &str, from: i64, to: i64) -> Credential {
    Credential {
        key_id: format!("key of {name}"),
        kind,
        name: name.to_owned(),
        hint: None,
        identifier: None,
        starts: Some(day(from)),
        ends: Some(day(to)),
        on_enterprise_app: false,
        last_use: Known::NotLooked,
    }
}

pub(super) fn secret(name: &str, from: i64, to: i64) -> Credential {
    Credential { hint: Some("abc".to_owned()), ..credential(CredentialKind::Secret, name, from, to) }
}

/// Last seen in use so many days ago (a negative number).
pub(super) fn used(credential: Credential, days: i64) -> Credential {
    Credential { last_use: Known::Seen(LastUse::At { at: day(days) }), ..credential }
}

pub(super) fn not_used(credential: Credential, since: i64) -> Credential {
    Credential { last_use: Known::Seen(LastUse::NotSince { since: day(since) }), ..credential }
}

fn permission(api: &str, name: &str, application: bool) -> catalogue::Permission {
    let kind = if application { PermissionKind::Application } else { PermissionKind::Delegated };
    catalogue::find(api.parse().unwrap(), name, kind)
        .unwrap_or_else(|| panic!("{name} is not in the catalogue"))
}

/// On the registration.
pub(super) fn ask(app: &mut App, api: &str, names: &[&str], application: bool) {
    let registration = app.registration.as_mut().unwrap();
    registration.requested.extend(names.iter().map(|name| Requested {
        resource: api.to_owned(),
        id: permission(api, name, application).key.id.to_string(),
        application,
    }));
}

/// By an admin.
pub(super) fn grant(app: &mut App, api: &str, names: &[&str], application: bool) {
    let Known::Seen(grants) = &mut app.grants else { panic!("grants were not looked at") };
    grants.extend(names.iter().map(|name| Granted {
        resource_object: "44444444-aaaa-4bbb-8ccc-000000000004".to_owned(),
        resource: Some(api.to_owned()),
        permission: if application {
            permission(api, name, true).key.id.to_string()
        } else {
            (*name).to_owned()
        },
        application,
        everybody: true,
        since: Some(day(-300)),
    }));
}

/// Application permissions, asked for and granted.
pub(super) fn ask_and_grant(app: &mut App, api: &str, names: &[&str]) {
    ask(app, api, names, true);
    grant(app, api, names, true);
}

pub(super) fn exchange() -> String {
    EXCHANGE_ONLINE.to_string()
}

pub(super) fn azure_ad_graph() -> String {
    AZURE_AD_GRAPH.to_string()
}

pub(super) fn redirect(app: &mut App, uri: &str) {
    let redirect = Redirect { platform: Platform::Web, uri: uri.to_owned() };
    app.registration.as_mut().unwrap().redirects.push(redirect);
}

/// A set-up of a connector that asks for these permissions of Microsoft Graph and this address.
pub(super) fn connection(permissions: &[&str], uri: Option<&str>) -> Connection {
    let need = |name: &&str| PermissionNeed {
        resource: Resource { app_id: MICROSOFT_GRAPH, name: "Microsoft Graph".to_owned() },
        id: Some(permission(GRAPH, name, true).key.id),
        value: (*name).to_owned(),
        kind: PermissionKind::Application,
        consent: WhoConsents::Organisation,
        features: Vec::new(),
        guide_name: None,
        why: "It shows free and busy times.".to_owned(),
    };
    Connection {
        id: "connection-1".to_owned(),
        name: "Totalview".to_owned(),
        spec: RegistrationSpec {
            key: "main".to_owned(),
            title: "The app".to_owned(),
            display_name: "Totalview".to_owned(),
            sign_in_audience: SignInAudience::AzureAdMyOrg,
            redirect_uris: uri
                .map(|uri| RedirectUri { platform: RedirectPlatform::Web, uri: uri.to_owned() })
                .into_iter()
                .collect(),
            permissions: permissions.iter().map(need).collect(),
            left_out: Vec::new(),
            removes: Vec::new(),
            credential: CredentialSpec::None,
            mailbox_limit: None,
            mailbox_access: MailboxAccess::Everyone,
            roles: Vec::new(),
            exchange_roles: Vec::new(),
        },
    }
}

/// [`context`] with a set-up of the app.
pub(super) fn connected(connection: Connection) -> Context {
    let mut context = context();
    context.connections.insert(APP_ID.to_owned(), connection);
    context
}

/// [`context`] with limits in Exchange.
pub(super) fn limited(limits: MailboxLimits) -> Context {
    Context { mailboxes: Known::Seen(BTreeMap::from([(APP_ID.to_owned(), limits)])), ..context() }
}

/// The findings of one rule.
pub(super) fn of(rule: Rule, app: &App, context: &Context) -> Vec<Finding> {
    judge(app, context).into_iter().filter(|finding| finding.rule == rule).collect()
}

/// The one finding of a rule.
#[track_caller]
pub(super) fn only(rule: Rule, app: &App, context: &Context) -> Finding {
    let mut found = of(rule, app, context);
    assert_eq!(found.len(), 1, "{rule}: {found:#?}");
    found.remove(0)
}

#[track_caller]
pub(super) fn silent(rule: Rule, app: &App, context: &Context) {
    let found = of(rule, app, context);
    assert!(found.is_empty(), "{rule}: {found:#?}");
}

/// As a person would read it.
pub(super) fn shown(finding: &Finding) -> String {
    let mut text = format!("[{:?}] {}\n  {}\n", finding.severity, finding.title, finding.why);
    for sentence in &finding.evidence {
        text.push_str(&format!("  - {sentence}\n"));
    }
    if let Some(remedy) = &finding.remedy {
        text.push_str(&format!("  > {}\n", remedy.sentence));
        if let Some(button) = &remedy.button {
            text.push_str(&format!("  [{}] {:?}\n", button.label, button.action));
        }
    }
    text
}
