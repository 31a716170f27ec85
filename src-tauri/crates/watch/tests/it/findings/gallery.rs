//! One of everything that can be found, for whoever writes the words: recorded, and held to a reading level.

use watch::findings::{Context, Finding, MailboxLimits, Rule, Thresholds, judge};
use watch::{App, CredentialKind, Known, LastUse, Owner, Unseen};

use super::apps::{
    APP_ID, GRAPH, app, ask, ask_and_grant, azure_ad_graph, connected, connection, context, credential, day,
    exchange, grant, healthy, limited, not_used, owner, redirect, secret, shown, used,
};

/// A name, an app, and what is known besides.
type Picture = (&'static str, App, Context);

fn credentials(all: impl IntoIterator<Item = watch::Credential>) -> App {
    app(|app| {
        app.credentials = all.into_iter().collect();
        app.last_sign_in = Known::Seen(LastUse::At { at: day(-4) });
    })
}

fn endings() -> Vec<Picture> {
    let signing = |name, from, to| credential(CredentialKind::SigningCertificate, name, from, to);
    vec![
        ("ended, nothing else", credentials([secret("prod-1", -360, -3)]), context()),
        (
            "ended, unknown use",
            app(|app| {
                app.credentials = vec![secret("", -360, -1)];
                app.last_sign_in = Known::Hidden(Unseen::NotLicensed);
            }),
            context(),
        ),
        ("ended long ago", credentials([secret("prod-1", -460, -100)]), context()),
        (
            "ended, the next one not yet begun",
            credentials([secret("old", -360, 0), secret("next", 3, 300)]),
            {
                let mut context = context();
                context.now = day(0) + jiff::SignedDuration::from_hours(1);
                context
            },
        ),
        (
            "ended while in use",
            credentials([used(secret("old", -360, -2), -3), not_used(secret("new", -20, 340), -20)]),
            context(),
        ),
        (
            "ended while in use, the other unknown",
            credentials([used(secret("old", -360, -2), -3), secret("new", -20, 340)]),
            context(),
        ),
        ("signing certificate ended", credentials([signing("SAML", -1_100, -5)]), context()),
        (
            "left behind",
            credentials([
                used(secret("now", -60, 300), -1),
                secret("first", -900, -170),
                secret("second", -500, -20),
            ]),
            context(),
        ),
        (
            "one left behind",
            credentials([used(secret("now", -60, 300), -1), secret("first", -900, -170)]),
            context(),
        ),
        ("ends in 12 days", credentials([secret("booking 2025", -353, 12)]), context()),
        (
            "ends in 5 days",
            credentials([credential(CredentialKind::Certificate, "CN=customs-gateway", -360, 5)]),
            context(),
        ),
        ("ends tomorrow", credentials([secret("prod-1", -300, 1)]), context()),
        (
            "ends soon, another is there",
            credentials([secret("old", -350, 5), secret("new", -10, 355)]),
            context(),
        ),
        (
            "ends soon, another is used",
            credentials([used(secret("old", -350, 5), -9), used(secret("new", -10, 355), -1)]),
            context(),
        ),
        ("ends soon, secrets forbidden", credentials([secret("prod-1", -300, 4)]), forbidding()),
        ("signing certificate ends soon", credentials([signing("SAML", -1_070, 20)]), context()),
    ]
}

fn lives() -> Vec<Picture> {
    vec![
        ("lives longer than allowed", credentials([secret("prod-1", -60, 305)]), at_most("P90D")),
        ("never ends", credentials([secret("never expires", -1_800, 34_700)]), context()),
        (
            "no end named",
            {
                let mut app = credentials([secret("prod-1", -60, 305)]);
                app.credentials[0].ends = None;
                app
            },
            context(),
        ),
        ("not used", credentials([not_used(secret("prod-1", -300, 305), -120)]), context()),
        (
            "not used, another is",
            credentials([used(secret("spare", -300, 305), -200), used(secret("prod-1", -300, 305), -1)]),
            context(),
        ),
    ]
}

fn people() -> Vec<Picture> {
    vec![
        ("no owner", app(|app| app.owners = Known::Seen(Vec::new())), context()),
        (
            "owner gone",
            app(|app| app.owners = Known::Seen(vec![Owner { enabled: Some(false), ..owner("Pavel Novak") }])),
            context(),
        ),
        ("one owner", app(|app| app.owners = Known::Seen(vec![owner("Pavel Novak")])), context()),
    ]
}

fn rights() -> Vec<Picture> {
    vec![
        ("asked, not granted", app(|app| ask(app, GRAPH, &["Sites.Read.All"], true)), context()),
        (
            "critical, asked, not granted",
            app(|app| ask(app, GRAPH, &["Group.ReadWrite.All", "Sites.Read.All"], true)),
            context(),
        ),
        (
            "mail, asked, not granted, Exchange unknown",
            app(|app| ask(app, GRAPH, &["Mail.Send"], true)),
            Context { mailboxes: Known::NotLooked, ..context() },
        ),
        (
            "granted, not asked",
            app(|app| grant(app, GRAPH, &["Sites.Read.All", "Files.Read.All"], true)),
            context(),
        ),
        (
            "drift",
            app(|app| {
                ask_and_grant(app, GRAPH, &["Sites.ReadWrite.All"]);
                redirect(app, "https://other.contoso.com/cb");
                app.registration.as_mut().unwrap().audience = Some("AzureADMultipleOrgs".to_owned());
            }),
            connected(connection(
                &["User.Read.All", "Calendars.Read"],
                Some("https://app.totalview.example/cb"),
            )),
        ),
        ("every mailbox", app(|app| ask_and_grant(app, GRAPH, &["Calendars.Read"])), context()),
        (
            "everything in every mailbox",
            app(|app| ask_and_grant(app, GRAPH, &["Mail.ReadWrite", "Mail.Send"])),
            context(),
        ),
        (
            "every mailbox, as chosen",
            app(|app| ask_and_grant(app, GRAPH, &["Calendars.Read"])),
            connected(connection(&["User.Read.All", "Calendars.Read"], None)),
        ),
        (
            "union trap",
            app(|app| ask_and_grant(app, GRAPH, &["Mail.Read"])),
            limited(MailboxLimits {
                limited_roles: vec!["Application Mail.Read".to_owned()],
                ..MailboxLimits::default()
            }),
        ),
        (
            "control",
            app(|app| {
                ask_and_grant(
                    app,
                    GRAPH,
                    &[
                        "Directory.ReadWrite.All",
                        "RoleManagement.ReadWrite.Directory",
                        "AppRoleAssignment.ReadWrite.All",
                    ],
                );
            }),
            context(),
        ),
        (
            "control, nobody watches",
            app(|app| {
                ask_and_grant(app, GRAPH, &["Application.ReadWrite.All", "Calendars.Read"]);
                app.owners = Known::Seen(Vec::new());
                app.last_sign_in = Known::Seen(LastUse::NotSince { since: day(-90) });
            }),
            context(),
        ),
    ]
}

fn retirements() -> Vec<Picture> {
    vec![
        (
            "Exchange Web Services",
            app(|app| ask_and_grant(app, &exchange(), &["full_access_as_app"])),
            limited(MailboxLimits { restricted_by_policy: true, ..MailboxLimits::default() }),
        ),
        (
            "Exchange Web Services of Graph, for people",
            app(|app| {
                ask(app, GRAPH, &["EWS.AccessAsUser.All", "EAS.AccessAsUser.All"], false);
            }),
            context(),
        ),
        (
            "Azure AD Graph",
            app(|app| ask_and_grant(app, &azure_ad_graph(), &["Directory.Read.All"])),
            context(),
        ),
        (
            "the old Outlook API",
            app(|app| ask_and_grant(app, &exchange(), &["Calendars.Read", "Mail.Read"])),
            context(),
        ),
        (
            "ApplicationImpersonation",
            healthy(),
            limited(MailboxLimits {
                wide_roles: vec!["ApplicationImpersonation".to_owned()],
                ..MailboxLimits::default()
            }),
        ),
    ]
}

fn addresses() -> Vec<Picture> {
    vec![
        (
            "addresses",
            app(|app| {
                for uri in [
                    "http://weather.lindqvist-practice.example/cb",
                    "http://weather.lindqvist-practice.example/other",
                    "https://*.lindqvist-practice.example/cb",
                    "https://203.0.113.7/cb",
                    "https://fleetboard.azurewebsites.net/cb",
                    "https://login.c0ntoso.com/cb",
                ] {
                    redirect(app, uri);
                }
            }),
            context(),
        ),
        (
            "any organisation",
            app(|app| {
                app.registration.as_mut().unwrap().audience = Some("AzureADMultipleOrgs".to_owned());
                redirect(app, "https://partner.lindqvist-practice.example/auth");
            }),
            context(),
        ),
        (
            "anybody",
            app(|app| {
                app.registration.as_mut().unwrap().audience =
                    Some("AzureADandPersonalMicrosoftAccount".to_owned());
                app.grants = Known::Seen(Vec::new());
                app.registration.as_mut().unwrap().requested.clear();
            }),
            context(),
        ),
        (
            "switched off",
            app(|app| {
                app.enterprise_app.as_mut().unwrap().enabled = Some(false);
                app.credentials = vec![secret("prod-1", -360, 4)];
            }),
            context(),
        ),
        (
            "switched off by Microsoft",
            app(|app| {
                app.registration.as_mut().unwrap().disabled_by_microsoft = true;
                app.credentials = vec![secret("prod-1", -360, -4)];
            }),
            context(),
        ),
    ]
}

fn policy(restriction: &serde_json::Value) -> Context {
    let policy = serde_json::json!({
        "isEnabled": true,
        "applicationRestrictions": {"passwordCredentials": [restriction]},
    });
    Context { policy: Known::Seen(serde_json::from_value(policy).unwrap()), ..context() }
}

pub(super) fn at_most(life: &str) -> Context {
    policy(&serde_json::json!({"restrictionType": "passwordLifetime", "maxLifetime": life}))
}

pub(super) fn forbidding() -> Context {
    policy(&serde_json::json!({"restrictionType": "passwordAddition"}))
}

fn all() -> Vec<Picture> {
    [endings(), lives(), people(), rights(), retirements(), addresses()].concat()
}

pub(super) fn findings() -> Vec<Finding> {
    all().iter().flat_map(|(_, app, context)| judge(app, context)).collect()
}

#[test]
fn every_rule_has_its_words() {
    let text: String = all()
        .iter()
        .map(|(name, app, context)| {
            let found: String = judge(app, context).iter().map(shown).collect();
            format!("== {name}\n{found}\n")
        })
        .collect();
    insta::assert_snapshot!(text);
}

#[test]
fn no_rule_is_left_out() {
    let found = findings();
    for rule in Rule::ALL {
        assert!(found.iter().any(|finding| finding.rule == rule), "{rule} is not in the gallery");
        assert_eq!(Rule::parse(rule.as_str()), Some(rule));
        assert_eq!(serde_json::to_value(rule).unwrap(), rule.as_str(), "one name everywhere");
        assert!(rule.title().split_whitespace().count() <= 5, "{}", rule.title());
    }
}

#[test]
fn a_healthy_app_is_left_in_peace() {
    assert_eq!(judge(&healthy(), &context()), []);
    let calendar = app(|app| ask_and_grant(app, GRAPH, &["Calendars.Read"]));
    let limits = MailboxLimits { restricted_by_policy: true, ..MailboxLimits::default() };
    assert_eq!(judge(&calendar, &limited(limits)), []);
    let connected = connected(connection(&["User.Read.All"], None));
    assert_eq!(judge(&healthy(), &connected), []);
}

#[test]
fn every_finding_is_whole() {
    for finding in findings() {
        assert!(finding.id.starts_with(&format!("{}/{APP_ID}", finding.rule)), "{}", finding.id);
        assert_eq!(finding.app_name, "Fleetboard Sync");
        assert!(!finding.why.is_empty() && !finding.evidence.is_empty(), "{finding:#?}");
        assert!(finding.remedy.is_some(), "{finding:#?}");
        let back: Finding = serde_json::from_str(&serde_json::to_string(&finding).unwrap()).unwrap();
        assert_eq!(back, finding);
    }
}

#[test]
fn thresholds_can_be_moved() {
    let app = credentials([secret("prod-1", -300, 50)]);
    assert_eq!(judge(&app, &context()), []);
    let context = Context { thresholds: Thresholds { notice: 60, ..Thresholds::default() }, ..context() };
    assert_eq!(judge(&app, &context).len(), 1);
}
