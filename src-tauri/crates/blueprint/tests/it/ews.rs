//! Exchange Web Services in Exchange Online.

use std::fmt::Write as _;

use blueprint::ews::{END, PHASE_OUT, Policy, Standing, standing};
use uuid::{Uuid, uuid};

/// Every standing, in the order of the enum.
pub(crate) const ALL: [Standing; 7] = [
    Standing::NotYetEnforced,
    Standing::Listed,
    Standing::NotListed,
    Standing::ListEmpty,
    Standing::Off,
    Standing::Undecided,
    Standing::Ended,
];

const APP: Uuid = uuid!("11111111-1111-4111-8111-111111111111");
const OTHER: Uuid = uuid!("22222222-2222-4222-8222-222222222222");

fn at(enabled: Option<bool>, allowed: &[Uuid], today: jiff::civil::Date) -> Standing {
    standing(&Policy { enabled, allowed_apps: allowed.to_vec() }, APP, today)
}

#[test]
fn row_c2_an_app_stands_as_microsoft_announced() {
    let before = PHASE_OUT.yesterday().unwrap();
    let last_day = END.yesterday().unwrap();
    for (enabled, allowed, expected) in [
        (None, vec![], [Standing::NotYetEnforced, Standing::Undecided, Standing::Undecided, Standing::Ended]),
        (Some(false), vec![APP], [Standing::Off, Standing::Off, Standing::Off, Standing::Ended]),
        (
            Some(true),
            vec![APP, OTHER],
            [Standing::Listed, Standing::Listed, Standing::Listed, Standing::Ended],
        ),
        (
            Some(true),
            vec![OTHER],
            [Standing::NotListed, Standing::NotListed, Standing::NotListed, Standing::Ended],
        ),
        (
            Some(true),
            vec![],
            [Standing::NotYetEnforced, Standing::ListEmpty, Standing::ListEmpty, Standing::Ended],
        ),
    ] {
        let found = [before, PHASE_OUT, last_day, END].map(|day| at(enabled, &allowed, day));
        assert_eq!(found, expected, "{enabled:?} {allowed:?}");
    }
}

#[test]
fn row_c2_each_standing_says_what_and_what_to_do() {
    let mut text = String::new();
    for one in ALL {
        writeln!(
            text,
            "{one:?}: gets in {:?}, until {:?}, list helps {}\n    {}",
            one.gets_in(),
            one.until().map(|day| day.to_string()),
            one.list_helps(),
            one.sentence()
        )
        .unwrap();
        one.advice().iter().for_each(|advice| writeln!(text, "    - {advice}").unwrap());
    }
    insta::assert_snapshot!(text);
}

#[test]
fn the_dates_are_those_of_the_catalogue() {
    let role = blueprint::catalogue::retired_exchange_role("Application EWS.AccessAsApp").unwrap();
    assert_eq!(role.since, Some(PHASE_OUT.to_string().as_str()));
    assert!(role.why.contains("1 April 2027") && END.to_string() == "2027-04-01");
    assert_eq!(role.source, blueprint::ews::SOURCE);
}
