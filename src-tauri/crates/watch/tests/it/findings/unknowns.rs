//! What was not looked at is neither found nor fine.

use watch::findings::{Context, GapCounts, Subject, gaps, judge};
use watch::{App, Known, Owner, Unseen};

use super::apps::{GRAPH, app, ask_and_grant, context, healthy, owner, redirect};

fn subjects(app: &App, context: &Context) -> Vec<Subject> {
    gaps(app, context).into_iter().map(|gap| gap.subject).collect()
}

#[test]
fn a_freshly_listed_app_says_all_that_is_not_known() {
    let fresh = app(|app| {
        ask_and_grant(app, GRAPH, &["Mail.Read"]);
        redirect(app, "https://app.contoso.com/cb");
        app.credentials[0].last_use = Known::NotLooked;
        app.owners = Known::NotLooked;
        app.grants = Known::NotLooked;
        app.last_sign_in = Known::NotLooked;
    });
    let nothing = Context::new(context().now, jiff::tz::TimeZone::UTC);
    assert_eq!(judge(&fresh, &nothing), []);
    assert_eq!(
        subjects(&fresh, &nothing),
        [
            Subject::Owners,
            Subject::Domains,
            Subject::Grants,
            Subject::CredentialUse,
            Subject::LastSignIn,
            Subject::Policy
        ]
    );
    assert!(gaps(&fresh, &nothing).iter().all(|gap| gap.why.is_none() && !gap.subject.rules().is_empty()));
}

#[test]
fn an_app_that_was_looked_at_has_no_gaps() {
    assert_eq!(gaps(&healthy(), &context()), []);
}

#[test]
fn exchange_matters_to_those_that_reach_mailboxes() {
    let unlooked = Context { mailboxes: Known::Hidden(Unseen::NotAllowed), ..context() };
    assert_eq!(subjects(&healthy(), &unlooked), []);
    let mail = app(|app| ask_and_grant(app, GRAPH, &["Mail.Read"]));
    let found = gaps(&mail, &unlooked);
    assert_eq!((found[0].subject, found[0].why), (Subject::MailboxLimits, Some(Unseen::NotAllowed)));
}

#[test]
fn why_it_is_not_known_is_said() {
    let app = app(|app| {
        app.last_sign_in = Known::Hidden(Unseen::NotLicensed);
        app.owners = Known::Seen(vec![owner("A"), Owner { enabled: None, ..owner("B") }]);
    });
    let sentences: Vec<String> = gaps(&app, &context()).iter().map(watch::findings::Gap::sentence).collect();
    assert_eq!(
        sentences,
        [
            "Nobody has looked up whether its owners can still sign in.",
            "Not known: when it last signed in. The organisation has no licence for it.",
        ]
    );
}

#[test]
fn nothing_is_missing_about_microsofts_own_apps() {
    let app = app(|app| {
        app.registration = None;
        app.grants = Known::NotLooked;
        app.enterprise_app.as_mut().unwrap().owner_organisation =
            Some("f8cdef31-a31e-4b4a-93e4-5f571e91255a".to_owned());
    });
    assert_eq!(gaps(&app, &context()), []);
}

#[test]
fn gaps_of_many_apps_are_counted_and_kept() {
    let unlooked = Context { mailboxes: Known::Hidden(Unseen::NotAllowed), ..context() };
    let mail = app(|app| ask_and_grant(app, GRAPH, &["Mail.Read"]));
    let unlicensed = app(|app| app.last_sign_in = Known::Hidden(Unseen::NotLicensed));
    let mut counts = GapCounts::default();
    counts.add([&mail, &unlicensed], &unlooked);
    counts.add([&mail, &healthy()], &unlooked);
    let told: Vec<(String, u32)> = counts.each().map(|(gap, apps)| (gap.sentence_for_all(), apps)).collect();
    assert_eq!(
        told,
        [
            (
                "Not known: when the apps last signed in. The organisation has no licence for it.".to_owned(),
                1
            ),
            ("Not known: whether Exchange limits apps to some mailboxes. You may not read it.".to_owned(), 2),
        ]
    );
    let kept = serde_json::to_string(&counts).unwrap();
    assert_eq!(serde_json::from_str::<GapCounts>(&kept).unwrap(), counts);
}
