//! Ten thousand people.

use provision::{MOST_PEOPLE, Whose, consent_report};

use super::{allowed, done, many_allow, person, plan, undone, vendor};
use crate::guides::writes_since;
use crate::world::{ADMIN, World};

#[tokio::test]
async fn of_ten_thousand_people_the_first_are_listed_in_few_round_trips() {
    let world = World::new(ADMIN);
    let vendor = vendor(&world);
    many_allow(&world, &vendor, 10_000);
    let graph = world.session().await.graph;
    let mark = world.mark();
    let report = consent_report(&graph, &vendor.app_id, world.tenant.now()).await.unwrap();
    assert_eq!((report.people.len(), report.more), (MOST_PEOPLE, true));
    assert_eq!(report.everyone.len(), 1, "what holds for everyone is found wherever it stands in the list");
    let sent = world.requests_since(mark).iter().filter(|one| one.path.starts_with("/v1.0")).count();
    // App, everyone, two pages, APIs, and 67 requests for names in four batches.
    assert!(sent <= 9, "{sent} round trips");
}

#[tokio::test]
async fn hundreds_share_steps_and_go_and_come_back() {
    let world = World::new(ADMIN);
    let vendor = vendor(&world);
    many_allow(&world, &vendor, 300);
    let before = allowed(&world, &vendor);
    let all = plan(&world, &vendor, &Whose::All).await;
    assert_eq!(
        all.steps.iter().filter(|step| step.writes()).count(),
        5,
        "everyone, and 304 people by the hundred"
    );
    assert_eq!(
        all.steps.iter().flat_map(|step| &step.requests).filter(|one| one.method == "DELETE").count(),
        305
    );
    let (run, mark) = (all.run.clone(), world.mark());
    done(&world, all).await;
    assert!(allowed(&world, &vendor).is_empty());
    assert_eq!(writes_since(&world, mark).len(), 305);
    let remains = undone(&world, &run).await;
    // Nobody knows the 300; they stand for people who were deleted.
    assert!(remains.iter().any(|one| one.starts_with("301 accounts")), "{remains:?}");
    let after = allowed(&world, &vendor);
    assert_eq!(after.len(), 4);
    assert!(after.iter().all(|(whom, scopes)| before[whom] == *scopes));
}

#[tokio::test]
async fn one_of_very_many_is_found() {
    let world = World::new(ADMIN);
    let vendor = vendor(&world);
    many_allow(&world, &vendor, 3_000);
    let hannah = person(&world, "hannah.weiss");
    let one = plan(&world, &vendor, &Whose::People(vec![hannah.clone()])).await;
    assert_eq!(one.steps.iter().filter(|step| step.writes()).count(), 1);
    done(&world, one).await;
    let left = allowed(&world, &vendor);
    assert!(!left.contains_key(hannah.as_str()) && left.len() == 3_004);
}
