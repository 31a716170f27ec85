//! Findings on this machine: what is judged again and what is not, what is ignored, and what a window is shown.

use std::collections::HashSet;

use jiff::SignedDuration;
use tempfile::TempDir;
use watch::findings::{Context, Health, IgnoreError, Ledger, LedgerError, Query, Rule, Severity, Waiting};
use watch::{App, Known};

use super::apps::{APP_ID, GRAPH, app, ask, context, day, healthy, now, secret};

const HERE: &str = "33333333-aaaa-4bbb-8ccc-000000000003";

fn open(folder: &TempDir) -> Ledger {
    Ledger::open(folder.path(), HERE, now()).unwrap()
}

fn on(days: i64) -> Context {
    Context { now: day(days), ..context() }
}

fn numbered(number: usize, change: impl FnOnce(&mut App)) -> App {
    app(|app| {
        app.app_id = format!("7d1a4b9e-0000-4000-8000-{number:012}");
        app.name = format!("App {number:03}");
        change(app);
    })
}

fn ends_in(number: usize, days: i64) -> App {
    numbered(number, |app| {
        app.credentials = vec![secret("prod", -300, days)];
        app.last_sign_in = Known::NotLooked;
    })
}

fn all() -> Query {
    Query { limit: 500, ..Query::default() }
}

fn ids(ledger: &Ledger, query: &Query) -> Vec<String> {
    let page = ledger.list(query, now()).unwrap();
    page.findings
        .into_iter()
        .map(|listed| format!("{} {}", listed.finding.app_name, listed.finding.rule))
        .collect()
}

fn health(app: &App, worst: Option<Severity>, findings: u32) -> Health {
    Health { app_id: app.app_id.clone(), worst, findings }
}

#[test]
fn only_what_changed_is_judged_again() {
    let folder = TempDir::new().unwrap();
    let ledger = open(&folder);
    let mut apps: Vec<App> = (0..20).map(|number| ends_in(number, 200)).collect();
    assert_eq!(ledger.waiting(&context()).unwrap(), Waiting::All);
    let first = ledger.judge(&apps, &context()).unwrap();
    assert_eq!((first.judged, first.skipped, first.new, first.health.len()), (20, 0, 0, 20));
    assert_eq!(ledger.waiting(&context()).unwrap(), Waiting::Apps(Vec::new()));

    let again = ledger.judge(&apps, &context()).unwrap();
    assert_eq!((again.judged, again.skipped, again.health.len()), (0, 20, 0));

    apps[7].credentials = vec![secret("prod", -300, 5)];
    let changed = ledger.judge(&apps, &context()).unwrap();
    assert_eq!((changed.judged, changed.skipped, changed.new), (1, 19, 1));
    assert_eq!(changed.health, [health(&apps[7], Some(Severity::Warning), 1)]);
}

#[test]
fn time_alone_turns_findings() {
    let folder = TempDir::new().unwrap();
    let ledger = open(&folder);
    let apps = [ends_in(1, 40), ends_in(2, 400)];
    ledger.judge(&apps, &on(0)).unwrap();
    assert_eq!(ledger.waiting(&on(9)).unwrap(), Waiting::Apps(Vec::new()));
    assert_eq!(
        ledger.waiting(&on(10)).unwrap(),
        Waiting::Apps(vec![apps[0].app_id.clone()]),
        "30 days before"
    );

    let due = ledger.judge(&apps, &on(10)).unwrap();
    assert_eq!((due.judged, due.skipped, due.new), (1, 1, 1));
    let title = |ledger: &Ledger, now| ledger.list(&all(), now).unwrap().findings[0].finding.title.clone();
    assert_eq!(title(&ledger, day(10)), "The secret “prod” ends in 30 days.");
    // What counts days is said anew every day, and nothing else is.
    assert_eq!(ledger.judge(&apps, &on(11)).unwrap().judged, 1);
    assert_eq!(title(&ledger, day(11)), "The secret “prod” ends in 29 days.");
}

#[test]
fn the_second_of_an_end_is_not_missed() {
    let folder = TempDir::new().unwrap();
    let ledger = open(&folder);
    let app = ends_in(1, 0);
    let at = |minutes| Context { now: day(0) + SignedDuration::from_mins(minutes), ..context() };
    ledger.judge([&app], &at(-60)).unwrap();
    assert_eq!(ledger.waiting(&at(-1)).unwrap(), Waiting::Apps(Vec::new()));
    assert_eq!(ledger.waiting(&at(0)).unwrap(), Waiting::Apps(vec![app.app_id.clone()]));
    let turned = ledger.judge([&app], &at(0)).unwrap();
    assert_eq!((turned.new, turned.gone), (1, 1), "it ends soon; it ended");
}

#[test]
fn a_clock_that_was_set_back_and_another_policy_make_all_uncertain() {
    let folder = TempDir::new().unwrap();
    let ledger = open(&folder);
    let app = ends_in(1, 200);
    ledger.judge([&app], &on(0)).unwrap();
    assert_eq!(ledger.waiting(&on(-1)).unwrap(), Waiting::Apps(vec![app.app_id.clone()]));
    let other = super::gallery::at_most("P90D");
    assert_eq!(ledger.waiting(&other).unwrap(), Waiting::All);
    assert_eq!(ledger.judge([&app], &other).unwrap().new, 1);
    assert_eq!(ledger.waiting(&other).unwrap(), Waiting::Apps(Vec::new()));
}

#[test]
fn the_most_pressing_comes_first_then_the_earliest() {
    let folder = TempDir::new().unwrap();
    let ledger = open(&folder);
    let ownerless = |number| numbered(number, |app| app.owners = Known::Seen(Vec::new()));
    let apps = [ends_in(1, 20), ends_in(2, -5), ownerless(3), ends_in(4, 6), ends_in(5, 3), ends_in(6, 12)];
    ledger.judge(&apps, &context()).unwrap();
    let expected = [
        "App 002 expired",
        "App 005 expiring",
        "App 004 expiring",
        "App 003 noOwner",
        "App 006 expiring",
        "App 001 expiring",
    ];
    assert_eq!(ids(&ledger, &all()), expected);
    let part = Query { offset: 2, limit: 3, ..all() };
    assert_eq!(ids(&ledger, &part), expected[2..5]);
    assert_eq!(ledger.list(&part, now()).unwrap().total, 6);
    let page = ledger.list(&Query { limit: 0, ..all() }, now()).unwrap();
    assert_eq!((page.findings.len(), page.total), (0, 6));
    assert_eq!(
        page.rules.iter().map(|one| (one.rule, one.severity, one.count)).collect::<Vec<_>>(),
        [
            (Rule::Expired, Severity::Critical, 1),
            (Rule::Expiring, Severity::Warning, 4),
            (Rule::NoOwner, Severity::Warning, 1)
        ]
    );
}

#[test]
fn a_list_is_narrowed_by_rule_by_app_and_by_text() {
    let folder = TempDir::new().unwrap();
    let ledger = open(&folder);
    let named = |number, name: &str| {
        numbered(number, |app| {
            app.name = name.to_owned();
            app.owners = Known::Seen(Vec::new());
            app.credentials = vec![secret("prod", -300, 12)];
        })
    };
    let apps = [named(1, "Müller & Söhne"), named(2, "100% Fleet_board"), named(3, "")];
    ledger.judge(&apps, &context()).unwrap();
    let text = |text: &str| Query { text: text.to_owned(), ..all() };
    for (query, count) in [
        (all(), 6),
        (Query { rule: Some(Rule::NoOwner), ..all() }, 3),
        (Query { app_id: Some(apps[0].app_id.clone()), ..all() }, 2),
        (text("MÜLLER"), 2),
        (text("%"), 2),
        (text("fleet_b"), 2),
        (text(" söhne "), 2),
        (text("7D1A4B9E-0000-4000-8000-000000000003"), 2),
        (text("nobody"), 0),
        (Query { rule: Some(Rule::NoOwner), ..text("müller") }, 1),
    ] {
        assert_eq!(ids(&ledger, &query).len(), count, "{query:?}");
    }
    let page = ledger.list(&Query { rule: Some(Rule::NoOwner), ..all() }, now()).unwrap();
    assert_eq!(page.rules.len(), 2, "the other rules can still be chosen");
}

#[test]
fn a_text_that_all_hold_gives_the_same_list_as_none_whatever_happens_meanwhile() {
    let folder = TempDir::new().unwrap();
    let ledger = open(&folder);
    let mut apps: Vec<_> = [(1, 19), (2, 18), (3, 17)]
        .into_iter()
        .map(|(number, end)| {
            numbered(number, |app| {
                app.owners = Known::Seen(Vec::new());
                app.credentials = vec![secret("prod", -300, end)];
            })
        })
        .collect();
    ledger.judge(&apps, &context()).unwrap();
    let same = |ledger: &Ledger| {
        for query in [all(), Query { ignored: true, ..all() }, Query { limit: 2, offset: 1, ..all() }] {
            let narrowed =
                ledger.list(&Query { text: "0000-4000".to_owned(), ..query.clone() }, now()).unwrap();
            assert_eq!(narrowed, ledger.list(&query, now()).unwrap());
        }
    };
    same(&ledger);
    ledger.ignore(&format!("noOwner/{}", apps[1].app_id), "Looked after.", None, now()).unwrap();
    same(&ledger);
    apps[0].credentials.clear();
    ledger.judge(&apps, &context()).unwrap();
    same(&ledger);
    // As another program does, after this one had all ready.
    ledger.have_ready().unwrap();
    apps[2].credentials.clear();
    open(&folder).judge(&apps, &context()).unwrap();
    same(&ledger);
}

#[test]
fn what_is_ignored_is_not_shown_and_does_not_count_until_its_day() {
    let folder = TempDir::new().unwrap();
    let ledger = open(&folder);
    let app = numbered(1, |app| app.owners = Known::Seen(Vec::new()));
    ledger.judge([&app], &context()).unwrap();
    let id = format!("noOwner/{}", app.app_id);
    let hidden = ledger.ignore(&id, " The agency looks after it. ", Some(day(10)), now()).unwrap();
    assert_eq!(hidden, Some(health(&app, None, 0)));
    let page = ledger.list(&all(), now()).unwrap();
    assert_eq!((page.total, page.rules.len(), page.ignored), (0, 0, 1));
    let listed = ledger.list(&Query { ignored: true, ..all() }, now()).unwrap().findings.remove(0);
    let ignored = listed.ignored.unwrap();
    assert_eq!(
        (ignored.reason.as_str(), ignored.until, ignored.at),
        ("The agency looks after it.", Some(day(10)), now())
    );
    assert_eq!(ledger.find(&id, now()).unwrap().unwrap().finding.rule, Rule::NoOwner);

    // It lasts over the next judging, and ends by itself.
    let mut changed = app.clone();
    changed.name = "Another name".to_owned();
    assert_eq!(ledger.judge([&changed], &on(9)).unwrap().health, []);
    assert_eq!(ledger.list(&all(), day(9)).unwrap().total, 0);
    assert_eq!(ledger.list(&all(), day(10)).unwrap().total, 1);
    let lapsed = ledger.judge(Vec::<App>::new(), &on(10)).unwrap();
    assert_eq!(lapsed.health, [health(&app, Some(Severity::Warning), 1)]);
}

#[test]
fn ignoring_can_be_taken_back() {
    let folder = TempDir::new().unwrap();
    let ledger = open(&folder);
    let app = numbered(1, |app| app.owners = Known::Seen(Vec::new()));
    ledger.judge([&app], &context()).unwrap();
    let id = format!("noOwner/{}", app.app_id);
    ledger.ignore(&id, "Later", None, now()).unwrap();
    assert_eq!(ledger.list(&all(), day(5_000)).unwrap().total, 0, "for good");
    assert_eq!(ledger.unignore(&id, now()).unwrap(), Some(health(&app, Some(Severity::Warning), 1)));
    assert_eq!(ledger.unignore(&id, now()).unwrap(), None);
    assert_eq!(ledger.list(&all(), now()).unwrap().total, 1);
}

#[test]
fn ignoring_needs_a_reason_a_day_to_come_and_a_finding() {
    let folder = TempDir::new().unwrap();
    let ledger = open(&folder);
    let app = numbered(1, |app| app.owners = Known::Seen(Vec::new()));
    ledger.judge([&app], &context()).unwrap();
    let id = format!("noOwner/{}", app.app_id);
    assert!(matches!(ledger.ignore(&id, " \n", None, now()), Err(IgnoreError::NoReason)));
    assert!(matches!(ledger.ignore(&id, "x", Some(now()), now()), Err(IgnoreError::InThePast)));
    assert!(matches!(ledger.ignore("noOwner/other", "x", None, now()), Err(IgnoreError::NoSuchFinding)));
    assert_eq!(ledger.list(&all(), now()).unwrap().ignored, 0);
}

#[test]
fn what_comes_back_soon_keeps_its_first_day_and_what_is_long_gone_is_forgotten() {
    let folder = TempDir::new().unwrap();
    let ledger = open(&folder);
    let bad = numbered(1, |app| app.owners = Known::Seen(Vec::new()));
    let good = numbered(1, |_| ());
    let first_seen =
        |at: i64| ledger.list(&all(), day(at)).unwrap().findings.first().map(|listed| listed.first_seen);
    ledger.judge([&bad], &on(0)).unwrap();
    ledger.ignore(&format!("noOwner/{}", bad.app_id), "x", None, now()).unwrap();
    assert_eq!(ledger.judge([&good], &on(1)).unwrap().gone, 1);
    assert_eq!(ledger.list(&Query { ignored: true, ..all() }, day(1)).unwrap().total, 0);
    ledger.judge([&bad], &on(30)).unwrap();
    let back = ledger.list(&Query { ignored: true, ..all() }, day(30)).unwrap().findings.remove(0);
    assert_eq!((back.first_seen, back.last_seen), (day(0), day(30)));
    assert!(back.ignored.is_some(), "the choice stands");

    ledger.judge([&good], &on(31)).unwrap();
    ledger.judge(Vec::<App>::new(), &on(122)).unwrap();
    ledger.judge([&bad], &on(123)).unwrap();
    assert_eq!(first_seen(123), Some(day(123)), "and is shown, since the choice is forgotten too");
}

#[test]
fn an_app_that_left_the_organisation_takes_its_findings_along() {
    let folder = TempDir::new().unwrap();
    let ledger = open(&folder);
    let apps = [ends_in(1, 3), ends_in(2, 3)];
    ledger.judge(&apps, &context()).unwrap();
    let present = HashSet::from([apps[1].app_id.clone()]);
    assert_eq!(ledger.keep_only(&present, now()).unwrap(), 1);
    assert_eq!(ids(&ledger, &all()), ["App 002 expiring"]);
    assert_eq!(ledger.judge(&apps, &context()).unwrap().judged, 1, "when it comes back, it is judged");
}

#[test]
fn organisations_do_not_see_each_other() {
    let folder = TempDir::new().unwrap();
    let (here, there) = (open(&folder), Ledger::open(folder.path(), "elsewhere", now()).unwrap());
    here.judge([ends_in(1, 3)], &context()).unwrap();
    assert_eq!(there.list(&all(), now()).unwrap().total, 0);
    assert_eq!(there.waiting(&context()).unwrap(), Waiting::All);
    there.judge([ends_in(1, 3), ends_in(2, 3)], &context()).unwrap();
    there.keep_only(&HashSet::new(), now()).unwrap();
    assert_eq!(here.list(&all(), now()).unwrap().total, 1);
}

#[test]
fn everything_is_there_after_a_restart() {
    let folder = TempDir::new().unwrap();
    {
        let ledger = open(&folder);
        ledger
            .judge([ends_in(1, 3), numbered(2, |app| app.owners = Known::Seen(Vec::new()))], &context())
            .unwrap();
        ledger.ignore("noOwner/7d1a4b9e-0000-4000-8000-000000000002", "x", None, now()).unwrap();
    }
    let ledger = open(&folder);
    assert_eq!(ids(&ledger, &all()), ["App 001 expiring"]);
    assert_eq!(ledger.judge([ends_in(1, 3)], &context()).unwrap().skipped, 1);
    assert_eq!(ledger.list(&all(), now()).unwrap().ignored, 1);
}

#[test]
fn a_damaged_file_is_put_aside_and_made_again() {
    let folder = TempDir::new().unwrap();
    {
        open(&folder).judge([ends_in(1, 3)], &context()).unwrap();
    }
    std::fs::write(
        folder.path().join("findings.db"),
        b"this is no database, but long enough to be read as one",
    )
    .unwrap();
    let ledger = open(&folder);
    let aside = ledger.put_aside().unwrap().to_owned();
    assert!(
        aside.exists() && aside.file_name().unwrap().to_string_lossy().starts_with("findings.damaged-2026")
    );
    assert_eq!(ledger.judge([ends_in(1, 3)], &context()).unwrap().new, 1);
    assert_eq!(open(&folder).put_aside(), None);
}

#[test]
fn damage_among_the_findings_is_met_in_use_and_costs_one_call() {
    let folder = TempDir::new().unwrap();
    {
        let ledger = open(&folder);
        ledger.judge((1..300).map(|number| ends_in(number, 3)), &context()).unwrap();
    }
    let path = folder.path().join("findings.db");
    let mut bytes = std::fs::read(&path).unwrap();
    assert!(bytes.len() > 200_000);
    let findings = bytes.len() / 4;
    bytes[findings..].fill(0xA5);
    std::fs::write(&path, bytes).unwrap();

    let ledger = open(&folder);
    assert_eq!(ledger.put_aside(), None, "what people chose is not damaged");
    let Err(LedgerError::Damaged { put_aside: Some(aside) }) = ledger.list(&all(), now()) else {
        panic!("the damage was not seen")
    };
    assert!(aside.exists());
    assert_eq!(ids(&ledger, &all()), [""; 0]);
    assert_eq!(ledger.judge([ends_in(1, 3)], &context()).unwrap().new, 1);
    assert_eq!(ids(&open(&folder), &all()), ["App 001 expiring"]);
}

#[test]
fn a_file_of_a_newer_version_is_left_alone() {
    let folder = TempDir::new().unwrap();
    drop(open(&folder));
    let path = folder.path().join("findings.db");
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(Ledger::open(folder.path(), HERE, now()), Err(LedgerError::Newer)));
    let version: i64 = rusqlite::Connection::open(&path)
        .unwrap()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 99);
}

#[cfg(unix)]
#[test]
fn the_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let inner = folder.path().join("space");
    let ledger = Ledger::open(&inner, HERE, now()).unwrap();
    ledger.judge([ends_in(1, 3)], &context()).unwrap();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&inner), 0o700);
    for name in ["findings.db", "findings.db-wal"] {
        assert_eq!(mode(&inner.join(name)), 0o600, "{name}");
    }
}

#[test]
fn two_windows_write_at_once() {
    let folder = TempDir::new().unwrap();
    let ledgers = [open(&folder), open(&folder)];
    std::thread::scope(|scope| {
        for (at, ledger) in ledgers.iter().enumerate() {
            scope.spawn(move || {
                for number in 0..20 {
                    ledger.judge([ends_in(at * 100 + number, 3)], &context()).unwrap();
                }
            });
        }
    });
    assert_eq!(ledgers[0].list(&all(), now()).unwrap().total, 40);
}

#[test]
fn what_is_judged_is_what_the_rules_find() {
    let folder = TempDir::new().unwrap();
    let ledger = open(&folder);
    let app = app(|app| {
        ask(app, GRAPH, &["Sites.Read.All"], true);
        app.owners = Known::Seen(Vec::new());
    });
    ledger.judge([&app, &healthy()], &context()).unwrap();
    ledger.judge([&app], &context()).unwrap();
    let query = Query { app_id: Some(APP_ID.to_owned()), ..all() };
    let listed: Vec<_> =
        ledger.list(&query, now()).unwrap().findings.into_iter().map(|one| one.finding).collect();
    assert_eq!(listed, watch::findings::judge(&app, &context()));
}
