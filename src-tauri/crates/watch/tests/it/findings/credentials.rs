//! Credentials that ended, end soon, live too long, or are not used: at the edges of each rule.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use watch::findings::{Context, RemedyAction, Rule, Severity, judge};
use watch::{App, Credential, CredentialKind, Known, LastUse, Unseen};

use super::apps::{app, context, credential, day, not_used, now, only, secret, silent, used};
use super::gallery::{at_most, forbidding};

fn with(all: impl IntoIterator<Item = Credential>) -> App {
    app(|app| {
        app.credentials = all.into_iter().collect();
        app.last_sign_in = Known::NotLooked;
    })
}

fn severity(rule: Rule, app: &App) -> Severity {
    only(rule, app, &context()).severity
}

#[test]
fn an_end_grows_more_pressing_by_the_day() {
    for (days, expected) in [
        (31, None),
        (30, Some(Severity::Info)),
        (8, Some(Severity::Info)),
        (7, Some(Severity::Warning)),
        (2, Some(Severity::Warning)),
        (1, Some(Severity::Critical)),
    ] {
        let app = with([secret("prod-1", -300, days)]);
        let found = judge(&app, &context());
        assert_eq!(found.first().map(|finding| finding.severity), expected, "{days} days");
        assert!(found.iter().all(|finding| finding.rule == Rule::Expiring));
    }
}

#[test]
fn days_are_counted_by_the_readers_calendar() {
    let mut app = with([secret("prod-1", -300, 1)]);
    // 23:30 in Greenwich is tomorrow in Berlin already.
    app.credentials[0].ends = Some("2026-11-22T23:30:00Z".parse().unwrap());
    assert_eq!(only(Rule::Expiring, &app, &context()).evidence[0], "It ends tomorrow (22 Nov).");
    let berlin = Context { zone: TimeZone::posix("CET-1").unwrap(), ..context() };
    assert_eq!(only(Rule::Expiring, &app, &berlin).evidence[0], "It ends in 2 days (23 Nov).");
    app.credentials[0].ends = Some(now() + SignedDuration::from_mins(330));
    assert_eq!(only(Rule::Expiring, &app, &context()).evidence[0], "It ends today at 14:30 (21 Nov).");
}

#[test]
fn the_very_second_of_the_end_is_the_end() {
    let mut app = with([secret("prod-1", -300, 0)]);
    app.credentials[0].ends = Some(now());
    assert_eq!(only(Rule::Expired, &app, &context()).severity, Severity::Critical);
    silent(Rule::Expiring, &app, &context());
    app.credentials[0].ends = Some(now() + SignedDuration::from_secs(1));
    assert_eq!(only(Rule::Expiring, &app, &context()).severity, Severity::Critical);
    silent(Rule::Expired, &app, &context());
}

#[test]
fn dates_at_the_end_of_time_are_read() {
    for text in ["2299-12-31T00:00:00Z", "9999-12-30T22:00:00Z"] {
        let mut app = with([secret("prod-1", -300, 1)]);
        app.credentials[0].ends = Some(text.parse::<Timestamp>().unwrap());
        let found = only(Rule::NeverEnds, &app, &context());
        assert!(found.title.contains(&text[..4]), "{}", found.title);
        app.credentials[0].starts = Some(Timestamp::MIN);
        app.credentials[0].ends = Some(Timestamp::MIN);
        assert_eq!(only(Rule::Expired, &app, &context()).severity, Severity::Warning);
    }
}

#[test]
fn the_last_that_ended_is_the_one_that_counts() {
    let app = with([secret("first", -900, -500), secret("last", -400, -2), secret("second", -700, -300)]);
    let found = only(Rule::Expired, &app, &context());
    assert_eq!(found.id.rsplit('/').next(), Some("key of last"));
    assert_eq!(found.severity, Severity::Critical);
    let left = only(Rule::ExpiredLeftBehind, &app, &context());
    assert_eq!(left.severity, Severity::Info);
    let Some(RemedyAction::RemoveCredentials { key_ids }) = left.remedy.unwrap().button.map(|one| one.action)
    else {
        panic!("no button")
    };
    assert_eq!(key_ids, ["key of first", "key of second"]);
}

#[test]
fn an_app_that_goes_on_has_only_left_something_behind() {
    for other in [
        secret("new", -20, 340),
        credential(CredentialKind::Certificate, "CN=new", -20, 340),
        Credential { ends: None, ..credential(CredentialKind::Federated, "main", -20, 0) },
    ] {
        let app = with([secret("old", -360, -2), other]);
        silent(Rule::Expired, &app, &context());
        assert_eq!(severity(Rule::ExpiredLeftBehind, &app), Severity::Info);
    }
}

#[test]
fn microsofts_records_show_when_nothing_waits_for_it() {
    let ended = || with([secret("old", -360, -20)]);
    let mut quiet = ended();
    quiet.last_sign_in = Known::Seen(LastUse::NotSince { since: day(-90) });
    silent(Rule::Expired, &quiet, &context());
    // The records begin only after its end: they say nothing of it.
    quiet.last_sign_in = Known::Seen(LastUse::NotSince { since: day(-10) });
    assert_eq!(severity(Rule::Expired, &quiet), Severity::Critical);
    let mut alive = ended();
    alive.last_sign_in = Known::Seen(LastUse::At { at: day(-5) });
    silent(Rule::Expired, &alive, &context());
    // Within a day of its end, the app may have lived on the token that it had.
    alive.last_sign_in = Known::Seen(LastUse::At { at: day(-20) + SignedDuration::from_hours(20) });
    assert_eq!(severity(Rule::Expired, &alive), Severity::Critical);
    // Not looked is not fine.
    alive.last_sign_in = Known::Hidden(Unseen::NotLicensed);
    let found = only(Rule::Expired, &alive, &context());
    assert_eq!(found.severity, Severity::Critical);
    assert!(found.evidence.iter().any(|sentence| sentence.contains("not known")), "{found:#?}");
}

#[test]
fn one_that_was_in_use_to_the_end_counts_even_beside_another() {
    let old = || used(secret("old", -360, -2), -3);
    let cases = [
        (vec![old(), not_used(secret("new", -20, 340), -20)], Some(Severity::Critical)),
        (vec![old(), used(secret("new", -20, 340), -9)], Some(Severity::Critical)),
        (vec![old(), secret("new", -20, 340)], Some(Severity::Warning)),
        (vec![old(), used(secret("new", -20, 340), -1)], None),
        (vec![used(secret("old", -360, -2), -60), secret("new", -20, 340)], None),
    ];
    for (credentials, expected) in cases {
        let app = with(credentials);
        let found = judge(&app, &context()).into_iter().find(|finding| finding.rule == Rule::Expired);
        assert_eq!(found.map(|finding| finding.severity), expected, "{app:#?}");
    }
}

#[test]
fn a_rotation_under_way_is_less_pressing_and_a_finished_one_least() {
    let end = |old: Credential, new: Credential| severity(Rule::Expiring, &with([old, new]));
    let (old, new) = (|| secret("old", -350, 5), || secret("new", -10, 355));
    assert_eq!(end(old(), new()), Severity::Info);
    assert_eq!(end(secret("old", -350, 1), new()), Severity::Warning);
    assert_eq!(end(used(old(), -2), not_used(new(), -10)), Severity::Warning, "still on the old one");
    assert_eq!(end(used(secret("old", -350, 1), -9), used(new(), -1)), Severity::Info, "moved on");
    // One that begins only after the end, or ends as soon, takes nobody's place.
    assert_eq!(end(old(), secret("new", 9, 355)), Severity::Warning);
    let both = with([secret("a", -350, 5), secret("b", -350, 6)]);
    assert_eq!(judge(&both, &context()).len(), 2);
    assert!(judge(&both, &context()).iter().all(|finding| finding.severity == Severity::Warning));
}

#[test]
fn a_signing_certificate_is_one_thing_and_has_no_button_that_cuts() {
    let signing = || Credential {
        identifier: Some("AB12".to_owned()),
        on_enterprise_app: true,
        ..credential(CredentialKind::SigningCertificate, "SAML", -1_080, 5)
    };
    let verify = Credential { kind: CredentialKind::Certificate, key_id: "verify".to_owned(), ..signing() };
    let password = Credential { kind: CredentialKind::Secret, key_id: "password".to_owned(), ..signing() };
    let again = Credential { key_id: "again".to_owned(), ..signing() };
    let app = app(|app| app.credentials.extend([signing(), verify, password, again]));
    let found = judge(&app, &context());
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].rule, Rule::Expiring);
    let button = found[0].remedy.as_ref().unwrap().button.as_ref().unwrap();
    assert!(matches!(button.action, RemedyAction::Link { .. }));
}

#[test]
fn nothing_is_said_of_what_azure_renews_by_itself() {
    let mut app = with([secret("x", -400, -1), credential(CredentialKind::Certificate, "y", -80, 3)]);
    app.registration = None;
    app.enterprise_app.as_mut().unwrap().kind = Some("ManagedIdentity".to_owned());
    assert_eq!(judge(&app, &context()), []);
}

#[test]
fn of_an_app_from_elsewhere_nobody_knows_whether_it_was_the_last() {
    let mut app = with([Credential { on_enterprise_app: true, ..secret("x", -400, -1) }]);
    app.registration = None;
    silent(Rule::Expired, &app, &context());
    let left = only(Rule::ExpiredLeftBehind, &app, &context());
    assert_eq!(left.remedy.unwrap().button.unwrap().action, RemedyAction::OpenApp, "not ours to take away");
}

#[test]
fn a_life_is_measured_against_the_policy_of_its_kind_and_age() {
    let year = with([secret("prod-1", -60, 305)]);
    assert_eq!(severity_with(&year, &at_most("P90D")), Some(Severity::Warning));
    assert_eq!(severity_with(&year, &at_most("P365D")), None, "as long as allowed");
    assert_eq!(severity_with(&year, &at_most("PT8759H")), None, "an hour of grace");
    assert_eq!(severity_with(&year, &at_most("P364D")), Some(Severity::Warning));
    let certificate = with([credential(CredentialKind::Certificate, "CN=x", -60, 305)]);
    assert_eq!(severity_with(&certificate, &at_most("P90D")), None, "the rule is about secrets");
    let mut own = at_most("P90D");
    own.own_policies.insert(
        year.app_id.clone(),
        serde_json::from_value(serde_json::json!({"isEnabled": true, "restrictions": {}})).unwrap(),
    );
    assert_eq!(
        severity_with(&year, &own),
        None,
        "the app's own policy takes the place of the organisation's"
    );
    let unknown = Context { policy: Known::Hidden(Unseen::NotAllowed), ..context() };
    assert_eq!(severity_with(&year, &unknown), None);
}

#[test]
fn a_limit_for_new_apps_leaves_old_ones_and_those_of_unknown_age() {
    let limit = serde_json::json!({
        "isEnabled": true,
        "applicationRestrictions": {"keyCredentials": [{
            "restrictionType": "asymmetricKeyLifetime", "maxLifetime": "P90D",
            "restrictForAppsCreatedAfterDateTime": "2026-01-01T00:00:00Z",
        }]},
    });
    let context = Context { policy: Known::Seen(serde_json::from_value(limit).unwrap()), ..context() };
    let mut app = with([credential(CredentialKind::Certificate, "CN=x", -60, 305)]);
    for (created, expected) in
        [(Some(day(-100)), Some(Severity::Warning)), (Some(day(-500)), None), (None, None)]
    {
        app.registration.as_mut().unwrap().created = created;
        assert_eq!(severity_with(&app, &context), expected, "{created:?}");
    }
}

fn severity_with(app: &App, context: &Context) -> Option<Severity> {
    judge(app, context).into_iter().find(|one| one.rule == Rule::OlderThanPolicy).map(|one| one.severity)
}

#[test]
fn where_secrets_are_forbidden_a_certificate_is_proposed() {
    let app = with([secret("prod-1", -300, 4)]);
    let remedy = only(Rule::Expiring, &app, &forbidding()).remedy.unwrap();
    assert!(remedy.sentence.contains("certificate"), "{remedy:?}");
    assert!(matches!(remedy.button.unwrap().action, RemedyAction::RenewCredential { .. }));
}

#[test]
fn far_away_is_said_once_and_not_of_trust() {
    let far = with([secret("x", -10, 1_101)]);
    assert_eq!(severity(Rule::NeverEnds, &far), Severity::Warning);
    silent(Rule::NeverEnds, &far, &at_most("P90D"));
    silent(Rule::NeverEnds, &with([secret("x", -10, 1_100)]), &context());
    let trust = with([Credential { ends: None, ..credential(CredentialKind::Federated, "main", -20, 0) }]);
    assert_eq!(judge(&trust, &context()), []);
}

#[test]
fn nobody_guesses_that_something_is_not_used() {
    let lasting = || secret("prod-1", -300, 305);
    for unknown in [Known::NotLooked, Known::Hidden(Unseen::NotLicensed)] {
        silent(Rule::UnusedCredential, &with([Credential { last_use: unknown, ..lasting() }]), &context());
    }
    silent(Rule::UnusedCredential, &with([not_used(lasting(), -89)]), &context());
    silent(Rule::UnusedCredential, &with([used(lasting(), -89)]), &context());
    silent(Rule::UnusedCredential, &with([not_used(secret("young", -89, 305), -120)]), &context());
    let mut ageless = with([not_used(lasting(), -120)]);
    ageless.credentials[0].starts = None;
    silent(Rule::UnusedCredential, &ageless, &context());
    silent(Rule::UnusedCredential, &with([not_used(secret("ended", -300, -1), -120)]), &context());
    assert_eq!(severity(Rule::UnusedCredential, &with([not_used(lasting(), -90)])), Severity::Info);
}

#[test]
fn only_another_one_in_use_makes_taking_away_safe() {
    let action = |credentials: Vec<Credential>| {
        only(Rule::UnusedCredential, &with(credentials), &context()).remedy.unwrap().button.unwrap().action
    };
    let idle = || not_used(secret("spare", -300, 305), -120);
    assert_eq!(action(vec![idle()]), RemedyAction::OpenApp);
    assert_eq!(action(vec![idle(), secret("prod-1", -300, 305)]), RemedyAction::OpenApp);
    assert_eq!(action(vec![idle(), used(secret("prod-1", -300, 305), -31)]), RemedyAction::OpenApp);
    assert_eq!(
        action(vec![idle(), used(secret("prod-1", -300, 305), -1)]),
        RemedyAction::RemoveCredentials { key_ids: vec!["key of spare".to_owned()] }
    );
}
