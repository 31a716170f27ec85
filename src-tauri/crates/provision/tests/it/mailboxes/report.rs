//! Whose mailboxes any registration reaches, and mending it.

use provision::{
    Finish, MailboxGoal, MailboxReach, MailboxVerdict, PlanError, Planner, Subject, mailbox_access_report,
};
use tokio_util::sync::CancellationToken;

use super::{asked_and_proved, cirrus, granted, group, run, writes_since};
use crate::setups::{app_id_of, assert_same, calendar, picture};
use crate::world::{ADMIN, World};

/// Client id of a registration of the practice tenant, by name.
pub(super) fn app_named(world: &World, name: &str) -> String {
    world.tenant.practice().tables(|tables| {
        let row = tables.service_principals.values().find(|row| row.text("displayName") == name);
        row.unwrap_or_else(|| panic!("no app {name}")).text("appId").to_owned()
    })
}

/// One registration of the practice tenant is limited by a role, and reaches every mailbox by what Entra grants.
#[tokio::test]
async fn row_a10_the_union_trap_is_found_and_mended() {
    let world = World::new(ADMIN);
    let app = app_named(&world, "Fleetboard Sync");
    let session = world.session().await;
    let report = mailbox_access_report(&session, &app).await.unwrap();
    assert_eq!(report.verdict, MailboxVerdict::Trap, "{report:#?}");
    assert!(report.granted.contains(&"Calendars.Read".to_owned()), "{report:#?}");
    assert!(
        matches!(&report.roles[0].reach, MailboxReach::Groups(groups) if groups.len() == 1),
        "{report:#?}"
    );
    assert_eq!(provision::Setback::code(&report.problems[0].kind), "union-trap");

    let before = picture(&world.tenant);
    let plan = Planner::new(&session).mailbox_access(&app, &MailboxGoal::Mend).await.unwrap();
    assert_eq!(plan.subject, Subject::MailboxAccess { app_id: app.clone() });
    assert!(plan.can_run() && !plan.is_settled(), "{plan:#?}");
    assert_eq!(plan.proofs.len(), 2, "one within, one outside: {:#?}", plan.proofs);
    let name = plan.run.clone();
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    asked_and_proved(&finished);
    let report = mailbox_access_report(&session, &app).await.unwrap();
    assert_eq!(report.verdict, MailboxVerdict::Limited, "{report:#?}");
    let again = Planner::new(&session).mailbox_access(&app, &MailboxGoal::Mend).await.unwrap();
    assert!(again.is_settled(), "{again:#?}");
    let mark = world.mark();
    run(&world, again).await;
    assert_eq!(writes_since(&world, mark), Vec::<String>::new());

    world.worker().await.undo(&name, CancellationToken::new()).await.unwrap();
    let report = mailbox_access_report(&session, &app).await.unwrap();
    assert_eq!(report.verdict, MailboxVerdict::Trap);
    let (after, before) = (picture(&world.tenant), before);
    assert_same(&after["exchange"], &before["exchange"]);
}

#[tokio::test]
async fn each_kind_of_reach_has_its_verdict() {
    let world = World::new(ADMIN);
    let session = world.session().await;
    let wide = world.plan(&calendar()).await;
    let name = wide.run.clone();
    run(&world, wide).await;
    let app = app_id_of(&world.tenant, &name, "Totalview Calendar Synchronization");
    assert_eq!(mailbox_access_report(&session, &app).await.unwrap().verdict, MailboxVerdict::Everything);

    let limited = world.plan(&cirrus(group())).await;
    let name = limited.run.clone();
    run(&world, limited).await;
    let app = app_id_of(&world.tenant, &name, "Cirrus Insight Service Account");
    let report = mailbox_access_report(&session, &app).await.unwrap();
    assert_eq!((report.verdict, report.granted), (MailboxVerdict::Limited, Vec::new()));
    let groups = MailboxReach::Groups(vec!["Calendar connector scope".to_owned()]);
    assert!(report.roles.iter().all(|role| role.reach == groups), "{:#?}", report.roles);
    assert_eq!(granted(&world, &app), Vec::<String>::new());

    let none = mailbox_access_report(&session, crate::tenant::GATEHOUSE).await.unwrap();
    assert_eq!(none.verdict, MailboxVerdict::Nothing, "{none:#?}");
    let unknown = mailbox_access_report(&session, "00000000-0000-4000-8000-000000000000").await;
    assert!(matches!(unknown, Err(PlanError::NoSuchApp { .. })));
    assert!(matches!(mailbox_access_report(&session, "nonsense").await, Err(PlanError::NotAClientId)));
}

/// Not being allowed to look is "unknown", never "fine"; not being signed in for Exchange asks for that.
#[tokio::test]
async fn what_cannot_be_looked_up_is_unknown() {
    let world = World::new("Cloud Application Administrator");
    let app = app_named(&world, "Fleetboard Sync");
    let session = world.session().await;
    let report = mailbox_access_report(&session, &app).await.unwrap();
    assert!(matches!(report.verdict, MailboxVerdict::Unknown(_)), "{report:#?}");

    let world = World::new(ADMIN);
    let mut session = world.session().await;
    session.exchange = None;
    let asked = mailbox_access_report(&session, &app_named(&world, "Fleetboard Sync")).await;
    let needs = |asked: &PlanError| {
        matches!(asked, PlanError::Exchange(exchange::ExchangeError::NeedsInteraction { .. }))
    };
    assert!(needs(&asked.unwrap_err()));
    let plan = Planner::new(&session).set_up(&cirrus(group()), &provision::Reuse::Ours).await;
    assert!(needs(&plan.unwrap_err()));
}
