//! What ends when, by the calendar of the machine.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use watch::CredentialKind;
use watch::inventory::{Ends, Facet, NAMED, Query, View, timeline};

use super::made::{app, secret, stored};
use super::view;

fn now() -> Timestamp {
    "2026-11-21T09:30:00Z".parse().unwrap()
}

#[tokio::test]
async fn every_credential_is_somewhere_and_days_are_in_order() {
    let store = stored(&[
        app(1, "Long ago").with(secret(1, "s", "2020-05-05T00:00:00Z")),
        app(2, "Last week").with(secret(2, "s", "2026-11-14T12:00:00Z")),
        app(3, "Two").with(secret(3, "a", "2026-12-01T12:00:00Z")).with(secret(
            4,
            "b",
            "2026-12-01T06:00:00Z",
        )),
        app(4, "Last day").with(secret(5, "s", "2028-10-21T21:59:59Z")),
        app(5, "Day after").with(secret(6, "s", "2028-10-21T22:00:00Z")),
        app(6, "Never").with(secret(7, "s", "9999-12-31T23:59:59Z")),
        app(7, "2299").with(secret(8, "s", "2299-12-31T00:00:00Z")),
        app(8, "Unknown").with(secret(9, "s", "some day")),
    ])
    .await;
    let seen = timeline(&store, None, 24, &Query::default(), &view(now())).unwrap();
    assert_eq!(seen.from.to_string(), "2026-10-22");
    assert_eq!(seen.until.to_string(), "2028-10-22");
    assert_eq!(seen.today.to_string(), "2026-11-21");
    let days: Vec<_> = seen.days.iter().map(|day| (day.date.to_string(), day.days, day.count)).collect();
    assert_eq!(
        days,
        [("2026-11-14".into(), -7, 1), ("2026-12-01".into(), 10, 2), ("2028-10-21".into(), 700, 1)]
    );
    assert_eq!((seen.before, seen.after, seen.no_end), (1, 3, 1));
    let named: Vec<_> = seen.days[1].ends.iter().map(|end| end.name.as_str()).collect();
    assert_eq!(named, ["b", "a"], "in the order of the hour");
    assert_eq!(seen.days[1].ends[0].kind, CredentialKind::Secret);
    assert_eq!(seen.days[1].ends[0].key_id, "cccccccc-0000-4000-8000-000000000004");
}

#[tokio::test]
async fn the_same_instant_is_another_day_elsewhere() {
    let store = stored(&[app(1, "App").with(secret(1, "s", "2027-01-01T10:30:00Z"))]).await;
    for (zone, expected) in [
        ("Pacific/Kiritimati", "2027-01-02"),
        ("Europe/Stockholm", "2027-01-01"),
        ("Pacific/Pago_Pago", "2026-12-31"),
    ] {
        let view = View { zone: TimeZone::get(zone).unwrap(), ..view(now()) };
        let seen = timeline(&store, None, 24, &Query::default(), &view).unwrap();
        assert_eq!(seen.days[0].date.to_string(), expected, "{zone}");
    }
}

#[tokio::test]
async fn days_of_23_and_25_hours_are_days() {
    // Stockholm's clocks go forward on 28 March 2027 and back on 31 October.
    let store = stored(&[
        app(1, "Spring").with(secret(1, "s", "2027-03-28T21:59:59Z")),
        app(2, "After").with(secret(2, "s", "2027-03-28T22:00:00Z")),
        app(3, "Autumn").with(secret(3, "s", "2027-10-31T22:59:59Z")),
    ])
    .await;
    let at = "2027-03-27T23:30:00Z".parse().unwrap();
    let seen = timeline(&store, None, 24, &Query::default(), &view(at)).unwrap();
    let days: Vec<_> = seen.days.iter().map(|day| (day.date.to_string(), day.days)).collect();
    let expected = [("2027-03-28", 0), ("2027-03-29", 1), ("2027-10-31", 217)];
    assert_eq!(days, expected.map(|(date, days)| (date.to_owned(), days)));
}

#[tokio::test]
async fn a_clock_set_back_or_forward_moves_today_and_loses_nothing() {
    let store = stored(&[
        app(1, "App").with(secret(1, "a", "2027-01-01T12:00:00Z")).with(secret(
            2,
            "b",
            "2299-12-31T00:00:00Z",
        )),
        app(2, "Never").with(secret(3, "s", "9999-12-31T23:59:59Z")),
    ])
    .await;
    for (now, today, days) in [
        ("2026-11-21T09:30:00Z", "2026-11-21", Some(41)),
        ("1970-01-01T00:00:00Z", "1970-01-01", None),
        ("2027-01-01T23:30:00Z", "2027-01-02", Some(-1)),
        ("2299-12-31T12:00:00Z", "2299-12-31", None),
    ] {
        let seen = timeline(&store, None, 24, &Query::default(), &view(now.parse().unwrap())).unwrap();
        assert_eq!(seen.today.to_string(), today);
        let shown: usize = seen.days.iter().map(|day| day.count).sum();
        assert_eq!(shown + seen.before + seen.after + seen.no_end, 3, "{now}: each is somewhere");
        let of_first = seen.days.iter().find(|day| day.date.year() == 2027).map(|day| day.days);
        assert_eq!(of_first, days, "{now}");
    }
}

#[tokio::test]
async fn thousands_on_one_day_are_counted_and_a_few_named() {
    let apps: Vec<_> = (1..=1_500)
        .map(|n| app(n, &format!("App {n:04}")).with(secret(n, "s", "2027-03-01T00:00:00Z")))
        .collect();
    let store = stored(&apps).await;
    let seen = timeline(&store, None, 24, &Query::default(), &view(now())).unwrap();
    assert_eq!(seen.days.len(), 1);
    assert_eq!((seen.days[0].count, seen.days[0].ends.len()), (1_500, NAMED));
    assert_eq!(seen.days[0].ends[0].app_name, "App 0001");
}

#[tokio::test]
async fn a_narrowed_timeline_shows_such_credentials_alone() {
    let store = stored(&[
        app(1, "Renewed").with(secret(1, "old", "2026-11-11T00:00:00Z")).with(secret(
            2,
            "new",
            "2027-06-01T00:00:00Z",
        )),
        app(2, "Other").with(secret(3, "s", "2027-06-01T00:00:00Z")),
    ])
    .await;
    let expired = Query { facets: vec![Facet::Ends(Ends::Expired)], ..Query::default() };
    let seen = timeline(&store, None, 24, &expired, &view(now())).unwrap();
    assert_eq!(seen.days.len(), 1);
    assert_eq!(seen.days[0].ends[0].name, "old");
    let text = Query { text: "renewed".into(), ..Query::default() };
    let seen = timeline(&store, None, 24, &text, &view(now())).unwrap();
    assert_eq!(seen.days.iter().map(|day| day.count).sum::<usize>(), 2);
}

#[tokio::test]
async fn it_begins_and_ends_where_asked() {
    let store = stored(&[app(1, "App").with(secret(1, "s", "2027-06-01T00:00:00Z"))]).await;
    let from = "2027-06-02".parse().unwrap();
    let seen = timeline(&store, Some(from), 1, &Query::default(), &view(now())).unwrap();
    assert_eq!((seen.before, seen.days.len()), (1, 0));
    assert_eq!(seen.until.to_string(), "2027-07-02");
    let far =
        timeline(&store, Some(jiff::civil::Date::MAX), u32::MAX, &Query::default(), &view(now())).unwrap();
    assert_eq!(far.before, 1, "no day is too late to ask for");
}
