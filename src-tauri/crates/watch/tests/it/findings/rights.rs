//! Owners, grants, mailboxes, retirements, control: at the edges of each rule.

use std::collections::BTreeMap;

use blueprint::ews::Policy;
use blueprint::{MailboxAccess, PermissionKey, PermissionKind, WhoConsents};
use watch::findings::{Context, EVERY_APP, Finding, MailboxLimits, RemedyAction, Rule, Severity, judge};
use watch::{App, Granted, Known, LastUse, Owner, Requested, Unseen};

use super::apps::{
    APP_ID, GRAPH, app, ask, ask_and_grant, azure_ad_graph, connected, connection, context, day, exchange,
    grant, healthy, limited, of, only, owner, silent,
};

const OWN_API: &str = "0f0f0f0f-0000-4000-8000-00000000aaaa";
const OWN_SCOPE: &str = "0f0f0f0f-0000-4000-8000-00000000bbbb";

fn button(finding: &Finding) -> &RemedyAction {
    &finding.remedy.as_ref().unwrap().button.as_ref().unwrap().action
}

#[test]
fn an_owner_is_somebody_who_can_sign_in() {
    let owners = |owners: Vec<Owner>| app(|app| app.owners = Known::Seen(owners));
    let gone = || Owner { enabled: Some(false), ..owner("Pavel Novak") };
    let program = Owner { upn: None, ..owner("Deployment") };
    for (list, rule) in [
        (vec![], Some(Rule::NoOwner)),
        (vec![program.clone()], Some(Rule::NoOwner)),
        (vec![gone()], Some(Rule::NoOwner)),
        (vec![owner("A"), gone()], Some(Rule::OneOwner)),
        (vec![owner("A"), program], Some(Rule::OneOwner)),
        (vec![owner("A"), owner("B")], None),
        (vec![owner("A"), Owner { enabled: None, ..owner("B") }], None),
    ] {
        let found = judge(&owners(list.clone()), &context());
        assert_eq!(found.first().map(|finding| finding.rule), rule, "{list:?}");
        assert!(found.len() <= 1);
        assert!(found.iter().all(|finding| *button(finding) == RemedyAction::AddOwner));
    }
    for unknown in [Known::NotLooked, Known::Hidden(Unseen::NoAnswer)] {
        assert_eq!(judge(&app(|app| app.owners = unknown), &context()), []);
    }
    let elsewhere = app(|app| (app.registration, app.owners) = (None, Known::Seen(Vec::new())));
    assert_eq!(judge(&elsewhere, &context()), [], "its owners are elsewhere too");
}

#[test]
fn the_same_id_on_another_api_is_another_permission() {
    // Mail.Read of Microsoft Graph and of Exchange Online share their id.
    let id = "810c84a8-4a9e-49e6-bf7d-12d183f40d01";
    let mut app = app(|app| ask(app, GRAPH, &["Mail.Read"], true));
    let granted = |api: Option<&str>| Granted {
        resource_object: "x".to_owned(),
        resource: api.map(str::to_owned),
        permission: id.to_uppercase(),
        application: true,
        everybody: true,
        since: None,
    };
    let Known::Seen(grants) = &mut app.grants else { unreachable!() };
    grants.push(granted(Some(&exchange())));
    only(Rule::MissingConsent, &app, &context());
    only(Rule::ExcessConsent, &app, &context());
    // A grant of an API that nobody knows may be the one: neither is said.
    let Known::Seen(grants) = &mut app.grants else { unreachable!() };
    grants.pop();
    grants.push(granted(None));
    silent(Rule::MissingConsent, &app, &context());
    silent(Rule::ExcessConsent, &app, &context());
}

#[test]
fn what_people_agree_to_themselves_is_not_missing() {
    let people = app(|app| ask(app, GRAPH, &["openid", "User.Read", "Calendars.ReadWrite"], false));
    silent(Rule::MissingConsent, &people, &context());
    let admin = app(|app| ask(app, GRAPH, &["Directory.Read.All"], false));
    assert_eq!(only(Rule::MissingConsent, &admin, &context()).severity, Severity::Info);
    let mut one_person = admin.clone();
    grant(&mut one_person, GRAPH, &["Directory.Read.All"], false);
    silent(Rule::MissingConsent, &one_person, &context());
    let Known::Seen(grants) = &mut one_person.grants else { unreachable!() };
    grants.last_mut().unwrap().everybody = false;
    only(Rule::MissingConsent, &one_person, &context());
}

#[test]
fn a_connector_says_for_whom_it_is_granted() {
    let mut people = app(|app| ask(app, GRAPH, &["Calendars.ReadWrite"], false));
    let need = |consent: WhoConsents| {
        let mut connection = connection(&["User.Read.All", "Calendars.ReadWrite"], None);
        let need = &mut connection.spec.permissions[1];
        let delegated = blueprint::catalogue::find(
            GRAPH.parse().unwrap(),
            "Calendars.ReadWrite",
            PermissionKind::Delegated,
        );
        (need.kind, need.consent, need.id) =
            (PermissionKind::Delegated, consent, Some(delegated.unwrap().key.id));
        connected(connection)
    };
    only(Rule::MissingConsent, &people, &need(WhoConsents::Organisation));
    only(Rule::MissingConsent, &people, &need(WhoConsents::Admin));
    silent(Rule::MissingConsent, &people, &need(WhoConsents::EachPerson));
    grant(&mut people, GRAPH, &["Calendars.ReadWrite"], false);
    let Known::Seen(grants) = &mut people.grants else { unreachable!() };
    grants.last_mut().unwrap().everybody = false;
    silent(Rule::MissingConsent, &people, &need(WhoConsents::Admin));
    only(Rule::MissingConsent, &people, &need(WhoConsents::Organisation));
}

#[test]
fn a_grant_button_opens_nothing_that_gives_control_or_that_exchange_keeps_shut() {
    let grants = |names: &[&str], context: &Context| {
        let app = app(|app| ask(app, GRAPH, names, true));
        button(&only(Rule::MissingConsent, &app, context)).clone()
    };
    assert_eq!(grants(&["Sites.Read.All"], &context()), RemedyAction::Grant);
    assert_eq!(
        grants(&["Sites.Read.All", "RoleManagement.ReadWrite.Directory"], &context()),
        RemedyAction::OpenApp
    );
    assert_eq!(grants(&["Calendars.Read"], &context()), RemedyAction::Grant);
    let unlooked = Context { mailboxes: Known::Hidden(Unseen::NotAllowed), ..context() };
    assert_eq!(grants(&["Calendars.Read"], &unlooked), RemedyAction::OpenApp);
    let mut off = app(|app| ask(app, GRAPH, &["Sites.Read.All"], true));
    off.registration.as_mut().unwrap().disabled_by_microsoft = true;
    assert_eq!(*button(&only(Rule::MissingConsent, &off, &context())), RemedyAction::OpenApp);
}

#[test]
fn what_exchange_gives_is_not_missing_in_entra() {
    let app = app(|app| ask(app, GRAPH, &["Calendars.Read"], true));
    let role =
        |name: &str| MailboxLimits { limited_roles: vec![name.to_owned()], ..MailboxLimits::default() };
    silent(Rule::MissingConsent, &app, &limited(role("Application Calendars.Read")));
    only(Rule::MissingConsent, &app, &limited(role("Application Mail.Read")));
    let mut chosen = connection(&["User.Read.All", "Calendars.Read"], None);
    chosen.spec.mailbox_access = MailboxAccess::Group("booking@contoso.com".to_owned());
    silent(Rule::MissingConsent, &app, &connected(chosen));
}

#[test]
fn nobody_is_asked_to_grant_what_is_switched_off() {
    let app = app(|app| {
        ask(app, &azure_ad_graph(), &["Directory.Read.All"], true);
        ask(app, &exchange(), &["Mail.Read"], true);
    });
    silent(Rule::MissingConsent, &app, &context());
    assert_eq!(of(Rule::RetiredApi, &app, &context()).len(), 2);
}

#[test]
fn without_grants_nothing_is_said_about_grants() {
    for unknown in [Known::NotLooked, Known::Hidden(Unseen::NotAllowed)] {
        let app = app(|app| {
            ask(app, GRAPH, &["Directory.ReadWrite.All", "Mail.ReadWrite"], true);
            app.grants = unknown;
        });
        assert_eq!(judge(&app, &context()), []);
    }
}

#[test]
fn more_than_asked_for_is_said_unless_it_is_what_everybody_asks_for() {
    let mut extra = healthy();
    grant(&mut extra, GRAPH, &["User.Read", "openid", "offline_access"], false);
    assert_eq!(judge(&extra, &context()), []);
    grant(&mut extra, GRAPH, &["Mail.Read"], false);
    let found = only(Rule::ExcessConsent, &extra, &context());
    assert_eq!((found.severity, button(&found)), (Severity::Info, &RemedyAction::OpenApp));
    grant(&mut extra, GRAPH, &["Sites.ReadWrite.All"], true);
    assert_eq!(only(Rule::ExcessConsent, &extra, &context()).severity, Severity::Warning);
}

#[test]
fn names_of_the_organisations_own_apis_decide_what_can_be_told() {
    let mut app = healthy();
    app.registration.as_mut().unwrap().requested.push(Requested {
        resource: OWN_API.to_owned(),
        id: OWN_SCOPE.to_owned(),
        application: false,
    });
    let Known::Seen(grants) = &mut app.grants else { unreachable!() };
    grants.push(Granted {
        resource_object: "api".to_owned(),
        resource: Some(OWN_API.to_owned()),
        permission: "orders.read".to_owned(),
        application: false,
        everybody: true,
        since: None,
    });
    assert_eq!(judge(&app, &context()), [], "the scope asked for may be the one granted");
    let mut named = context();
    let key = |id: &str| PermissionKey {
        resource: OWN_API.parse().unwrap(),
        id: id.parse().unwrap(),
        kind: PermissionKind::Delegated,
    };
    named.permissions.add(key(OWN_SCOPE), "orders.read".to_owned());
    assert_eq!(judge(&app, &named), []);
    named.permissions.add(key(OWN_SCOPE), "orders.write".to_owned());
    only(Rule::ExcessConsent, &app, &named);
}

#[test]
fn the_subject_is_part_of_the_id_so_that_more_of_it_shows_again() {
    let one = app(|app| grant(app, GRAPH, &["Sites.Read.All"], true));
    let mut two = one.clone();
    grant(&mut two, GRAPH, &["Files.Read.All"], true);
    let id = |app: &App| only(Rule::ExcessConsent, app, &context()).id;
    assert_eq!(id(&one), format!("excessConsent/{APP_ID}/Sites.Read.All"));
    assert_ne!(id(&one), id(&two));
    let mut turned = two.clone();
    let Known::Seen(grants) = &mut turned.grants else { unreachable!() };
    grants.reverse();
    assert_eq!(id(&two), id(&turned), "the order does not matter");
}

#[test]
fn every_mailbox_is_said_only_after_a_look_into_exchange() {
    let calendar = app(|app| ask_and_grant(app, GRAPH, &["Calendars.Read"]));
    let found = only(Rule::EveryMailbox, &calendar, &context());
    assert_eq!(*button(&found), RemedyAction::LimitMailboxes);
    for unknown in [Known::NotLooked, Known::Hidden(Unseen::NotAllowed)] {
        silent(Rule::EveryMailbox, &calendar, &Context { mailboxes: unknown, ..context() });
    }
    let by_policy = MailboxLimits { restricted_by_policy: true, ..MailboxLimits::default() };
    silent(Rule::EveryMailbox, &calendar, &limited(by_policy.clone()));
    let for_all = BTreeMap::from([(EVERY_APP.to_owned(), by_policy.clone())]);
    silent(Rule::EveryMailbox, &calendar, &Context { mailboxes: Known::Seen(for_all), ..context() });
    let both = MailboxLimits { limited_roles: vec!["Application Calendars.Read".to_owned()], ..by_policy };
    silent(Rule::UnionTrap, &calendar, &limited(both));
    let wide =
        MailboxLimits { wide_roles: vec!["Application Mail.Read".to_owned()], ..MailboxLimits::default() };
    only(Rule::EveryMailbox, &healthy(), &limited(wide));
    let people = app(|app| {
        ask(app, GRAPH, &["Mail.Read"], false);
        grant(app, GRAPH, &["Mail.Read"], false);
    });
    silent(Rule::EveryMailbox, &people, &context());
}

#[test]
fn a_policy_that_denies_leaves_all_others_open_and_says_so() {
    let deny = |groups: &[&str]| MailboxLimits {
        closed_by_policy: groups.iter().map(|group| (*group).to_owned()).collect(),
        ..MailboxLimits::default()
    };
    let mail = app(|app| ask_and_grant(app, GRAPH, &["Mail.Read"]));
    let found = only(Rule::EveryMailbox, &mail, &limited(deny(&["Board"])));
    assert_eq!(found.title, "It reaches all mailboxes except those of Board.");
    assert!(found.evidence.iter().any(|seen| seen.contains("closes the mailboxes of Board")), "{found:?}");
    assert!(!found.evidence.iter().any(|seen| seen.contains("does not limit")), "{found:?}");
    let for_all = BTreeMap::from([(EVERY_APP.to_owned(), deny(&["Board"]))]);
    let found = only(Rule::EveryMailbox, &mail, &Context { mailboxes: Known::Seen(for_all), ..context() });
    assert!(found.title.ends_with("except those of Board."), "{found:?}");
    let trap = MailboxLimits {
        limited_roles: vec!["Application Mail.Read".to_owned()],
        ..deny(&["Board", "Legal"])
    };
    let found = only(Rule::UnionTrap, &mail, &limited(trap));
    assert!(found.title.ends_with("it reaches all mailboxes except those of Board and Legal."), "{found:?}");
    let role = MailboxLimits { wide_roles: vec!["Application Mail.Read".to_owned()], ..deny(&["Board"]) };
    let found = only(Rule::EveryMailbox, &mail, &limited(role));
    assert_eq!(found.title, "It reaches every mailbox.", "a policy closes nothing of what a role gives");
    let restricted = MailboxLimits { restricted_by_policy: true, ..deny(&["Board"]) };
    silent(Rule::EveryMailbox, &mail, &limited(restricted));
}

#[test]
fn a_limit_beside_a_wide_grant_is_a_trap_and_without_it_a_limit() {
    let role = || MailboxLimits {
        limited_roles: vec!["Application Mail.Read".to_owned()],
        ..MailboxLimits::default()
    };
    let wide = app(|app| ask_and_grant(app, GRAPH, &["Mail.Read"]));
    assert_eq!(only(Rule::UnionTrap, &wide, &limited(role())).severity, Severity::Critical);
    silent(Rule::EveryMailbox, &wide, &limited(role()));
    assert_eq!(judge(&healthy(), &limited(role())), []);
}

#[test]
fn both_homes_of_each_retired_permission_are_found() {
    for (api, name, application, about) in [
        (exchange(), "full_access_as_app", true, "ews"),
        (exchange(), "EWS.AccessAsUser.All", false, "ews"),
        (GRAPH.to_owned(), "EWS.AccessAsUser.All", false, "ews"),
        (exchange(), "EAS.AccessAsUser.All", false, "eas"),
        (GRAPH.to_owned(), "EAS.AccessAsUser.All", false, "eas"),
        (azure_ad_graph(), "Directory.Read.All", true, "azureAdGraph"),
        (exchange(), "Mail.Read", true, "outlookRest"),
    ] {
        let asked = app(|app| ask(app, &api, &[name], application));
        let found = only(Rule::RetiredApi, &asked, &context());
        assert_eq!(found.id, format!("retiredApi/{APP_ID}/{about}"), "{api} {name}");
        assert_eq!(found.severity, Severity::Info);
        let mut granted = asked.clone();
        grant(&mut granted, &api, &[name], application);
        let worse = only(Rule::RetiredApi, &granted, &context());
        assert_eq!(worse.severity == Severity::Warning, about == "ews" || application, "{api} {name}");
        assert!(matches!(button(&worse), RemedyAction::Link { url } if url.starts_with("https://")));
    }
    // IMAP stays, on Exchange and on Microsoft Graph.
    let imap = app(|app| ask(app, &exchange(), &["IMAP.AccessAsUser.All"], false));
    silent(Rule::RetiredApi, &imap, &context());
}

#[test]
fn a_permission_of_azure_ad_graph_that_nobody_remembers_is_found_too() {
    let app = app(|app| {
        for id in ["0e0e0e0e-0000-4000-8000-000000000001", "0e0e0e0e-0000-4000-8000-000000000002"] {
            app.registration.as_mut().unwrap().requested.push(Requested {
                resource: azure_ad_graph(),
                id: id.to_owned(),
                application: true,
            });
        }
    });
    assert_eq!(judge(&app, &context()).len(), 1);
    only(Rule::RetiredApi, &app, &context());
}

#[test]
fn how_the_app_stands_with_exchange_web_services_is_said() {
    let app = app(|app| ask_and_grant(app, &exchange(), &["full_access_as_app"]));
    let seen = |ews: Known<Policy>, sentence: &str| {
        let found = only(Rule::RetiredApi, &app, &Context { ews, ..context() });
        found.evidence.iter().any(|one| one.contains(sentence))
    };
    let listed = Policy { enabled: Some(true), allowed_apps: vec![APP_ID.parse().unwrap()] };
    assert!(seen(Known::Seen(listed), "is on your list"));
    assert!(seen(
        Known::Seen(Policy { enabled: Some(false), ..Policy::default() }),
        "are off in your organisation"
    ));
    assert!(!seen(Known::NotLooked, "your organisation"));
    let later = Context { now: "2027-04-01T00:00:00Z".parse().unwrap(), ..context() };
    assert!(only(Rule::RetiredApi, &app, &later).title.contains("have ended"));
}

#[test]
fn control_is_said_unless_the_connector_needs_it() {
    let app = |change: fn(&mut App)| {
        app(|app| {
            ask_and_grant(app, GRAPH, &["Group.ReadWrite.All"]);
            change(app);
        })
    };
    assert_eq!(only(Rule::OverPrivileged, &app(|_| ()), &context()).severity, Severity::Warning);
    let needs = connected(connection(&["User.Read.All", "Group.ReadWrite.All"], None));
    silent(Rule::OverPrivileged, &app(|_| ()), &needs);
    only(Rule::OverPrivileged, &app(|_| ()), &connected(connection(&["User.Read.All"], None)));
    for unwatched in [
        (|app: &mut App| app.owners = Known::Seen(Vec::new())) as fn(&mut App),
        |app| app.last_sign_in = Known::Seen(LastUse::NotSince { since: day(-30) }),
        |app| app.registration.as_mut().unwrap().audience = Some("AzureADMultipleOrgs".to_owned()),
    ] {
        assert_eq!(only(Rule::OverPrivileged, &app(unwatched), &context()).severity, Severity::Critical);
    }
    let asked = super::apps::app(|app| ask(app, GRAPH, &["Group.ReadWrite.All"], true));
    silent(Rule::OverPrivileged, &asked, &context());
}

#[test]
fn full_access_that_a_policy_limits_is_not_too_much() {
    let app = app(|app| ask_and_grant(app, &exchange(), &["full_access_as_app"]));
    only(Rule::OverPrivileged, &app, &context());
    let limits = MailboxLimits { restricted_by_policy: true, ..MailboxLimits::default() };
    silent(Rule::OverPrivileged, &app, &limited(limits));
    let unlooked = only(Rule::OverPrivileged, &app, &Context { mailboxes: Known::NotLooked, ..context() });
    assert!(unlooked.evidence.iter().any(|sentence| sentence.contains("not known")));
}

#[test]
fn an_identity_of_azures_is_judged_by_what_it_may_do_and_microsofts_own_apps_are_not() {
    let powerful = || {
        app(|app| {
            ask_and_grant(app, GRAPH, &["Directory.ReadWrite.All", "Mail.ReadWrite"]);
            app.registration = None;
            app.owners = Known::Seen(Vec::new());
        })
    };
    let rules = |app: &App| judge(app, &context()).into_iter().map(|one| one.rule).collect::<Vec<_>>();
    let mut managed = powerful();
    managed.enterprise_app.as_mut().unwrap().kind = Some("ManagedIdentity".to_owned());
    assert_eq!(rules(&managed), [Rule::EveryMailbox, Rule::OverPrivileged]);
    let mut foreign = powerful();
    foreign.credentials.clear();
    assert_eq!(rules(&foreign), [Rule::EveryMailbox, Rule::OverPrivileged]);
    for owner in ["f8cdef31-a31e-4b4a-93e4-5f571e91255a", "72F988BF-86F1-41AF-91AB-2D7CD011DB47"] {
        let mut microsoft = powerful();
        microsoft.enterprise_app.as_mut().unwrap().owner_organisation = Some(owner.to_owned());
        assert_eq!(rules(&microsoft), []);
    }
}

#[test]
fn an_app_that_is_switched_off_is_no_more_than_good_to_know() {
    let mut app = app(|app| ask_and_grant(app, GRAPH, &["Directory.ReadWrite.All", "Mail.ReadWrite"]));
    app.credentials[0].ends = Some(day(1));
    app.owners = Known::Seen(Vec::new());
    assert!(judge(&app, &context()).iter().any(|finding| finding.severity == Severity::Critical));
    app.enterprise_app.as_mut().unwrap().enabled = Some(false);
    let found = judge(&app, &context());
    assert!(!found.is_empty() && found.iter().all(|finding| finding.severity == Severity::Info));
    app.enterprise_app.as_mut().unwrap().enabled = None;
    assert!(
        judge(&app, &context()).iter().any(|finding| finding.severity == Severity::Critical),
        "unknown is not off"
    );
}

#[test]
fn limits_of_another_app_are_another_apps() {
    let app = app(|app| ask_and_grant(app, GRAPH, &["Mail.Read"]));
    let limits = MailboxLimits { restricted_by_policy: true, ..MailboxLimits::default() };
    let other =
        Context { mailboxes: Known::Seen(BTreeMap::from([("other".to_owned(), limits)])), ..context() };
    only(Rule::EveryMailbox, &app, &other);
}
