//! Where people are sent back to, who may sign in, and what differs from the connector.

use blueprint::{MailboxAccess, PermissionKind, Risk, SignInAudience};
use watch::findings::{Context, Difference, Permissions, RemedyAction, Rule, Severity, drift, judge};
use watch::{App, Known, Platform, Redirect};

use super::apps::{
    GRAPH, app, ask, ask_and_grant, connected, connection, context, healthy, of, only, redirect, silent,
};

fn at(uri: &str) -> App {
    app(|app| redirect(app, uri))
}

fn strange(uri: &str) -> Option<String> {
    let found = of(Rule::StrangeRedirect, &at(uri), &context());
    assert!(found.len() <= 1);
    let id = found.into_iter().next()?.id;
    id.rsplit('/').next()?.split(' ').next().map(str::to_owned)
}

#[test]
fn plain_http_is_for_this_machine_alone() {
    for fine in [
        "http://localhost",
        "http://localhost:3000/",
        "http://127.0.0.1/cb",
        "http://127.8.0.1:8080/cb",
        "http://[::1]/cb",
        "https://tracker.lindqvist-practice.example/",
        "urn:ietf:wg:oauth:2.0:oob",
        "ms-appx-web://Microsoft.AAD.BrokerPlugin/x",
        "myapp://auth",
        "",
        "not an address",
    ] {
        assert_eq!(judge(&at(fine), &context()), [], "{fine}");
    }
    for plain in ["http://tracker.lindqvist-practice.example/", "HTTP://tracker.lindqvist-practice.example"] {
        only(Rule::PlainHttpRedirect, &at(plain), &context());
    }
    only(Rule::PlainHttpRedirect, &at("http://10.0.0.7/cb"), &context());
    only(Rule::PlainHttpRedirect, &at("http://*.example.com/cb"), &context());
}

#[test]
fn an_address_that_may_be_somebody_elses_is_told_by_its_reason() {
    for (uri, expected) in [
        ("https://*.contoso.com/cb", Some("wildcard")),
        ("https://app.contoso.com/*", Some("wildcard")),
        ("https://203.0.113.7/cb", Some("number")),
        ("https://[2001:db8::1]/cb", Some("number")),
        ("https://fleetboard.azurewebsites.net/cb", Some("freeName")),
        ("https://fleetboard-a1b2c3.westeurope-01.azurewebsites.net/cb", None),
        ("https://fleetboard.cloudapp.net", Some("freeName")),
        ("https://fleetboard.westeurope.cloudapp.azure.com/", Some("freeName")),
        ("https://fleetboard.trafficmanager.net", Some("freeName")),
        ("https://fleetboard.herokuapp.com/x", Some("freeName")),
        ("https://bucket.s3.amazonaws.com/i.html", Some("freeName")),
        ("https://bucket.s3-website-eu-west-1.amazonaws.com", Some("freeName")),
        ("https://bucket.s3.eu-west-1.amazonaws.com", Some("freeName")),
        ("https://ec2.amazonaws.com", None),
        ("https://azurewebsites.net", None),
        ("https://login.c0ntoso.com/cb", Some("lookalike")),
        ("https://contoso.com.example.net/cb", Some("lookalike")),
        ("https://login.rnicrosoftonline.com/cb", Some("lookalike")),
        ("https://app.contoso.com/cb", None),
        ("https://contoso.com", None),
        ("https://login.microsoftonline.com/common/oauth2/nativeclient", None),
        ("https://app.vendor.example/cb", None),
        ("https://xn--mller-kva.example/cb", None),
    ] {
        assert_eq!(strange(uri).as_deref(), expected, "{uri}");
    }
}

#[test]
fn the_vendors_own_address_is_the_vendors() {
    let uri = "https://totalview.azurewebsites.net/cb";
    assert_eq!(of(Rule::StrangeRedirect, &at(uri), &context()).len(), 1);
    let known = connected(connection(&["User.Read.All"], Some(uri)));
    assert_eq!(judge(&at(uri), &known), []);
    only(Rule::StrangeRedirect, &at("https://totalvlew.azurewebsites.net/cb"), &known);
}

#[test]
fn an_own_domain_below_a_free_name_is_ours() {
    let own = Context { domains: Known::Seen(vec!["fleetboard.azurewebsites.net".to_owned()]), ..context() };
    silent(Rule::StrangeRedirect, &at("https://fleetboard.azurewebsites.net/cb"), &own);
}

#[test]
fn many_paths_of_one_host_are_one_finding_and_each_host_is_its_own() {
    let app = app(|app| {
        for path in 0..200 {
            redirect(app, &format!("http://a.contoso.com/{path}"));
        }
        redirect(app, "http://b.contoso.com/");
    });
    let found = of(Rule::PlainHttpRedirect, &app, &context());
    assert_eq!(found.len(), 2);
    assert!(found[0].evidence[0].ends_with("and 196 more."), "{:?}", found[0].evidence);
    let long = at(&format!("http://{}.contoso.com/", "a".repeat(60) + "." + &"b".repeat(60)));
    let id = only(Rule::PlainHttpRedirect, &long, &context()).id;
    assert!(id.contains("/#") && id.len() < 120, "{id}");
}

#[test]
fn an_account_type_that_the_connector_wants_is_needed() {
    let open = |audience: &str| {
        app(|app| {
            app.registration.as_mut().unwrap().audience = Some(audience.to_owned());
            redirect(app, "https://app.totalview.example/cb");
        })
    };
    let own_rights = only(Rule::MultiTenant, &open("AzureADMultipleOrgs"), &context());
    assert_eq!(own_rights.severity, Severity::Warning, "it also acts by itself");
    assert!(own_rights.evidence.iter().any(|sentence| sentence.contains("cannot be seen")));
    silent(Rule::MultiTenant, &open("AzureADMyOrg"), &context());
    silent(Rule::MultiTenant, &open("SomethingNew"), &context());
    let mut wants = connection(&["User.Read.All"], Some("https://app.totalview.example/cb"));
    wants.spec.sign_in_audience = SignInAudience::AzureAdMultipleOrgs;
    let wants = connected(wants);
    assert_eq!(judge(&open("AzureADMultipleOrgs"), &wants), []);
    only(Rule::MultiTenant, &open("AzureADandPersonalMicrosoftAccount"), &wants);
    let mut unknown = healthy();
    unknown.registration.as_mut().unwrap().audience = None;
    assert_eq!(judge(&unknown, &context()), []);
}

#[test]
fn a_setup_made_here_and_left_alone_has_no_drift() {
    let spec = connection(&["User.Read.All"], Some("https://app.totalview.example/cb")).spec;
    let app = at("https://app.totalview.example/cb");
    assert_eq!(drift(&spec, &app, &Permissions::default()), []);
    let elsewhere = App { registration: None, ..app };
    assert_eq!(drift(&spec, &elsewhere, &Permissions::default()), []);
}

#[test]
fn each_difference_is_told() {
    let spec =
        connection(&["User.Read.All", "Calendars.Read"], Some("https://app.totalview.example/cb")).spec;
    let mut app = at("https://App.totalview.example/cb");
    ask(&mut app, GRAPH, &["Sites.FullControl.All"], true);
    ask(&mut app, GRAPH, &["User.Read", "openid"], false);
    app.registration.as_mut().unwrap().audience = Some("AzureADMultipleOrgs".to_owned());
    let all = drift(&spec, &app, &Permissions::default());
    assert_eq!(
        all,
        [
            Difference::LacksPermission {
                name: "Calendars.Read".to_owned(),
                kind: PermissionKind::Application
            },
            Difference::ExtraPermission {
                name: Some("Sites.FullControl.All".to_owned()),
                kind: PermissionKind::Application,
                risk: Risk::Critical,
            },
            Difference::LacksRedirect { uri: "https://app.totalview.example/cb".to_owned() },
            Difference::ExtraRedirect { uri: "https://App.totalview.example/cb".to_owned() },
            Difference::OtherAudience {
                wanted: SignInAudience::AzureAdMyOrg,
                found: "AzureADMultipleOrgs".to_owned(),
            },
        ]
    );
    assert_eq!(all.iter().filter(|one| one.breaks()).count(), 2, "what is there too much breaks nothing");
    let narrower = Difference::OtherAudience {
        wanted: SignInAudience::AzureAdMultipleOrgs,
        found: "AzureADMyOrg".to_owned(),
    };
    assert!(narrower.breaks());
}

#[test]
fn the_platform_of_an_address_counts() {
    let spec = connection(&["User.Read.All"], Some("https://app.totalview.example/cb")).spec;
    let app = app(|app| {
        let uri = "https://app.totalview.example/cb".to_owned();
        app.registration.as_mut().unwrap().redirects.push(Redirect { platform: Platform::Spa, uri });
    });
    assert_eq!(drift(&spec, &app, &Permissions::default()).len(), 1);
}

#[test]
fn what_a_limit_in_exchange_gives_need_not_be_on_the_app() {
    let mut spec = connection(&["User.Read.All", "Calendars.Read"], None).spec;
    assert_eq!(drift(&spec, &healthy(), &Permissions::default()).len(), 1);
    spec.mailbox_access = MailboxAccess::People(vec!["a@contoso.com".to_owned()]);
    assert_eq!(drift(&spec, &healthy(), &Permissions::default()), []);
}

#[test]
fn drift_leads_to_the_set_up() {
    let context = connected(connection(&["User.Read.All"], None));
    let app = app(|app| ask_and_grant(app, GRAPH, &["Sites.Read.All"]));
    let found = only(Rule::Drift, &app, &context);
    let action = found.remedy.unwrap().button.unwrap().action;
    assert_eq!(action, RemedyAction::OpenConnection { connection_id: "connection-1".to_owned() });
    silent(Rule::Drift, &app, &super::apps::context());
}
