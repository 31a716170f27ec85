//! Searching, narrowing, ordering, and windows of the result.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};
use watch::findings::Severity;
use watch::inventory::{Ends, FACETS, Facet, Health, Notes, Page, Query, SetUpBy, Sort, Store, View, query};

use super::made::{Made, app, secret, stored};
use super::view;

fn now() -> Timestamp {
    "2026-11-21T09:30:00Z".parse().unwrap()
}

fn all(store: &Store) -> Page {
    asked(store, &Query::default())
}

fn asked(store: &Store, wanted: &Query) -> Page {
    query(store, &Query { limit: 500, ..wanted.clone() }, &view(now())).unwrap()
}

fn names(page: &Page) -> Vec<&str> {
    page.rows.iter().map(|row| row.name.as_str()).collect()
}

fn found(store: &Store, text: &str) -> Vec<String> {
    let page = asked(store, &Query { text: text.into(), sort: Sort::Name, ..Query::default() });
    names(&page).into_iter().map(str::to_owned).collect()
}

fn count(page: &Page, facet: Facet) -> usize {
    page.facets.iter().find(|(known, _)| *known == facet).unwrap().1
}

#[tokio::test]
async fn names_are_found_in_any_script_without_regard_to_case_and_accents() {
    let store = stored(&[
        app(1, "Zoë's Café"),
        app(2, "Straßenplaner"),
        app(3, "Контроль"),
        app(4, "日本語カレンダー"),
        app(5, "تقويم الشركة"),
        app(6, "İstanbul Sync"),
        app(7, ""),
    ])
    .await;
    assert_eq!(found(&store, "zoe cafe"), ["Zoë's Café"]);
    assert_eq!(found(&store, "STRASSE"), ["Straßenplaner"]);
    assert_eq!(found(&store, "контр"), ["Контроль"]);
    assert_eq!(found(&store, "カレンダー"), ["日本語カレンダー"]);
    assert_eq!(found(&store, "تقويم"), ["تقويم الشركة"]);
    assert_eq!(found(&store, "istanbul"), ["İstanbul Sync"]);
    assert_eq!(found(&store, "   ").len(), 7, "space is no search");
    assert_eq!(found(&store, "%"), [""; 0], "no character is special");
}

#[tokio::test]
async fn ids_and_names_of_credentials_are_found_too() {
    let one = app(1, "One").with(secret(1, "prod-1", "2026-12-01T00:00:00Z"));
    let store = stored(&[one, app(2, "Two")]).await;
    assert_eq!(found(&store, "PROD-1"), ["One"]);
    assert_eq!(found(&store, "aaaaaaaa-0000-4000-8000-000000000002"), ["Two"], "client id");
    assert_eq!(found(&store, "BBBBBBBB-0000-4000-8000-000000000001"), ["One"], "object id");
    assert_eq!(found(&store, "cccccccc-0000-4000-8000-000000000001"), ["One"], "key id");
    assert_eq!(found(&store, "one prod"), ["One"], "words may stand in different places");
    assert_eq!(found(&store, "one two"), [""; 0], "all words are needed");
}

#[tokio::test]
async fn ends_are_judged_by_the_calendar_of_the_machine() {
    // 21 November, 10:30 in Stockholm. The day ends at 23:00 UTC.
    let cases = [
        ("2026-11-21T09:29:59Z", Ends::Expired),
        ("2026-11-21T09:30:01Z", Ends::Within7),
        ("2026-11-28T22:59:59Z", Ends::Within7),
        ("2026-11-28T23:00:00Z", Ends::Within30),
        ("2026-12-21T22:59:59Z", Ends::Within30),
        ("2026-12-21T23:00:00Z", Ends::Within90),
        // 90 days later Stockholm is still in winter time.
        ("2027-02-19T22:59:59Z", Ends::Within90),
        ("2027-02-19T23:00:00Z", Ends::Later),
        ("2299-12-31T00:00:00Z", Ends::Later),
        ("9999-12-31T23:59:59.9999999Z", Ends::Later),
    ];
    let mut apps: Vec<Made> =
        (1..).zip(cases).map(|(n, (end, _))| app(n, end).with(secret(n, "s", end))).collect();
    apps.extend([app(98, "No end").with(secret(98, "s", "soon")), app(99, "None")]);
    let store = stored(&apps).await;
    let named = |ends| {
        let page = asked(&store, &Query { facets: vec![Facet::Ends(ends)], ..Query::default() });
        names(&page).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    for (end, expected) in cases {
        let narrowest = [Ends::Expired, Ends::Within7, Ends::Within30, Ends::Within90, Ends::Later]
            .into_iter()
            .find(|ends| named(*ends).iter().any(|name| name == end));
        assert_eq!(narrowest, Some(expected), "{end}");
    }
    assert_eq!(named(Ends::NoEnd), ["No end"]);
    assert_eq!(named(Ends::None), ["None"]);
    let without = all(&store).rows.into_iter().filter(|row| row.next.is_none()).count();
    assert_eq!(without, 2, "neither has an end that could be next");
}

#[tokio::test]
async fn days_are_counted_by_the_calendar_across_a_change_of_clocks() {
    let end = "2027-03-28T00:30:00Z"; // 01:30 in Stockholm, half an hour before clocks go forward.
    let store = stored(&[app(1, "App").with(secret(1, "s", end))]).await;
    let days = |now: &str, zone: &str| {
        let view = View {
            now: now.parse().unwrap(),
            zone: TimeZone::get(zone).unwrap(),
            ..view("2026-01-01T00:00:00Z".parse().unwrap())
        };
        let page = query(&store, &Query { limit: 1, ..Query::default() }, &view).unwrap();
        page.rows[0].next.as_ref().unwrap().days
    };
    assert_eq!(days("2027-03-27T22:59:00Z", "Europe/Stockholm"), 1);
    assert_eq!(days("2027-03-27T23:00:00Z", "Europe/Stockholm"), 0);
    assert_eq!(days("2027-03-28T22:30:00Z", "Europe/Stockholm"), -1, "a day of 23 hours is a day");
    assert_eq!(days("2027-03-27T23:00:00Z", "Pacific/Kiritimati"), 0);
    assert_eq!(days("2027-03-27T12:00:00Z", "Pacific/Pago_Pago"), 0, "27 March there");
    assert_eq!(days("2027-03-27T10:59:00Z", "Pacific/Pago_Pago"), 1, "26 March there");
}

#[tokio::test]
async fn next_is_what_still_works_and_then_what_ended_last() {
    let store = stored(&[
        app(1, "Renewed").with(secret(1, "old", "2025-01-01T00:00:00Z")).with(secret(
            2,
            "new",
            "2027-06-01T00:00:00Z",
        )),
        app(2, "Lapsed").with(secret(3, "older", "2024-01-01T00:00:00Z")).with(secret(
            4,
            "last",
            "2026-11-01T00:00:00Z",
        )),
        app(3, "Soon").with(secret(5, "a", "2026-12-24T00:00:00Z")).with(secret(
            6,
            "b",
            "2026-12-01T00:00:00Z",
        )),
        app(4, "Nothing"),
    ])
    .await;
    let page = all(&store);
    let next: Vec<_> = page
        .rows
        .iter()
        .map(|row| (row.name.as_str(), row.next.as_ref().map(|end| end.name.as_str())))
        .collect();
    assert_eq!(
        next,
        [("Lapsed", Some("last")), ("Soon", Some("b")), ("Renewed", Some("new")), ("Nothing", None)]
    );
    let turned = asked(&store, &Query { descending: true, ..Query::default() });
    assert_eq!(names(&turned), ["Renewed", "Soon", "Lapsed", "Nothing"], "nothing is last either way");
}

#[tokio::test]
async fn rows_can_be_ordered_by_each_property() {
    let store = stored(&[
        app(1, "beta").set("createdDateTime", json!("2025-01-01T00:00:00Z")),
        app(2, "Älpha").set("createdDateTime", json!("2024-01-01T00:00:00Z")),
        app(3, "alpha").set("createdDateTime", Value::Null),
    ])
    .await;
    let by = |sort, descending| {
        let page = asked(&store, &Query { sort, descending, ..Query::default() });
        names(&page).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(by(Sort::Name, false), ["Älpha", "alpha", "beta"], "ids decide between equal names");
    assert_eq!(by(Sort::Name, true), ["beta", "alpha", "Älpha"]);
    assert_eq!(by(Sort::Created, false), ["Älpha", "beta", "alpha"]);
    assert_eq!(by(Sort::Created, true), ["beta", "Älpha", "alpha"]);
    let id = |n: u32| format!("aaaaaaaa-0000-4000-8000-{n:012}");
    let health = |worst, findings| Health { worst: Some(worst), findings };
    store
        .set_health(&[(id(1), health(Severity::Warning, 5)), (id(3), health(Severity::Critical, 1))])
        .unwrap();
    assert_eq!(by(Sort::Health, true), ["alpha", "beta", "Älpha"]);
    assert_eq!(by(Sort::Health, false), ["beta", "alpha", "Älpha"]);
}

#[tokio::test]
async fn a_value_counts_what_it_would_leave_with_all_other_narrowing() {
    let store = stored(&[
        app(1, "A lapsed").with(secret(1, "s", "2025-01-01T00:00:00Z")),
        app(2, "A soon")
            .with(secret(2, "s", "2026-11-25T00:00:00Z"))
            .set("signInAudience", json!("AzureADMultipleOrgs")),
        app(3, "B soon").with(secret(3, "s", "2026-11-25T00:00:00Z")),
        app(4, "B bare"),
    ])
    .await;
    let soon = Facet::Ends(Ends::Within7);
    let page = asked(&store, &Query { facets: vec![soon], ..Query::default() });
    assert_eq!(names(&page), ["A soon", "B soon"]);
    assert_eq!((page.total, page.known), (2, 4));
    assert_eq!(count(&page, Facet::Ends(Ends::Expired)), 1, "another value of the same property widens");
    assert_eq!(count(&page, Facet::Audience("AzureADMultipleOrgs")), 1);
    assert_eq!(count(&page, Facet::Audience("AzureADMyOrg")), 1, "another property narrows");
    let both = Query { facets: vec![soon, Facet::Ends(Ends::Expired)], ..Query::default() };
    assert_eq!(asked(&store, &both).total, 3);
    let narrowed = Query { facets: vec![soon, Facet::Audience("AzureADMyOrg")], ..Query::default() };
    assert_eq!(names(&asked(&store, &narrowed)), ["B soon"]);
    let with_text = Query { text: "a".into(), facets: vec![soon], ..Query::default() };
    assert_eq!(count(&asked(&store, &with_text), Facet::Ends(Ends::None)), 1, "B bare has an a in it");
    let ours = View { ours: ["aaaaaaaa-0000-4000-8000-000000000003".to_owned()].into(), ..view(now()) };
    let page = query(&store, &Query { limit: 9, ..Query::default() }, &ours).unwrap();
    assert_eq!(count(&page, Facet::SetUpBy(SetUpBy::Gatehouse)), 1);
    assert_eq!(count(&page, Facet::SetUpBy(SetUpBy::Other)), 3);
}

#[tokio::test]
async fn windows_of_a_list_make_up_the_list() {
    let apps: Vec<Made> = (1..=57).map(|n| app(n, &format!("App {}", n % 7))).collect();
    let store = stored(&apps).await;
    let whole = all(&store);
    let mut pieced = Vec::new();
    for offset in (0..70).step_by(10) {
        let page = query(&store, &Query { offset, limit: 10, ..Query::default() }, &view(now())).unwrap();
        assert_eq!(page.total, 57);
        pieced.extend(page.rows);
    }
    assert_eq!(pieced, whole.rows);
}

/// What a search means, said in the simplest way.
fn expected(apps: &[(String, Option<i64>)], text: &str) -> usize {
    let words: Vec<String> = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
    apps.iter().filter(|(name, _)| words.iter().all(|word| name.to_lowercase().contains(word))).count()
}

proptest! {
    // Many searches in few organisations: an organisation costs a second, a search nothing.
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn searches_and_counts_agree_with_their_meaning(
        // No letter of these is one of an id, in which searches look as well.
        apps in prop::collection::vec(("[p-s ]{0,6}", prop::option::of(-400i64..400)), 1..60),
        searches in prop::collection::vec(
            ("[p-s ]{0,3}", prop::collection::vec(0usize..FACETS.len(), 0..3)),
            8..12,
        ),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let made: Vec<Made> = (1..).zip(&apps).map(|(n, (name, days))| {
            let app = app(n, name);
            match days {
                Some(days) => {
                    let end = now() + SignedDuration::from_hours(days * 24);
                    app.with(secret(n, "\u{e000}", &end.to_string()))
                }
                None => app,
            }
        }).collect();
        let store = runtime.block_on(stored(&made));
        for (text, picked) in searches {
            let facets: Vec<Facet> = picked.into_iter().map(|at| FACETS[at]).collect();
            let text_only = asked(&store, &Query { text: text.clone(), ..Query::default() });
            prop_assert_eq!(text_only.total, expected(&apps, &text), "{:?}", text);
            let page = asked(&store, &Query { text: text.clone(), facets: facets.clone(), ..Query::default() });
            prop_assert_eq!(page.rows.len(), page.total);
            prop_assert!(page.total <= text_only.total);
            // What a value promises is what is there once it is chosen alone of its property.
            for (facet, promised) in &page.facets {
                let mut chosen: Vec<Facet> =
                    facets.iter().copied().filter(|one| one.names().0 != facet.names().0).collect();
                chosen.push(*facet);
                let then = asked(&store, &Query { text: text.clone(), facets: chosen, ..Query::default() });
                prop_assert_eq!(then.total, *promised, "{:?}", facet);
            }
        }
    }
}

#[tokio::test]
async fn what_people_wrote_is_searched_beside_the_rest() {
    let store = stored(&[app(1, "Totalview"), app(2, "Certero")]).await;
    let id = |n: u32| format!("AAAAAAAA-0000-4000-8000-{n:012}");
    let notes =
        Notes::new([(id(1), "Ask Zoë first.\nContract 4711".to_owned()), (id(9), "of nobody".to_owned())]);
    let view = View { notes, ..view(now()) };
    let found = |text: &str| -> Vec<String> {
        let page = query(&store, &Query { text: text.into(), limit: 9, ..Query::default() }, &view).unwrap();
        page.rows.into_iter().map(|row| row.name).collect()
    };
    assert_eq!(found("zoe"), ["Totalview"]);
    assert_eq!(found("totalview 4711"), ["Totalview"], "one word in the name, one in the note");
    assert_eq!(found("certero 4711"), [""; 0]);
    assert_eq!(found("first.contract"), [""; 0]);
    assert_eq!(found("").len(), 2);
}
