//! A set-up that is limited from the start, one that becomes limited, and the way back.

use provision::{Blocks, Finish, ProofResult, Reuse, StepKind, Stop};
use tokio_util::sync::CancellationToken;

use super::{GROUP, OUTSIDE, cirrus, granted, group, proof, roles, run, writes_since};
use crate::setups::{Left, app_id_of, assert_same, calendar, left, picture};
use crate::world::{ADMIN, APP_ADMIN, World};

const NAME: &str = "Cirrus Insight Service Account";

#[tokio::test]
async fn row_a10_mailbox_access_is_limited_to_a_group_and_nothing_else_is_granted() {
    let world = World::new(ADMIN);
    let plan = world.plan(&cirrus(group())).await;
    assert!(plan.can_run(), "{:#?}", plan.problems);
    let limit = plan.step("limit:service-account").unwrap();
    assert!(limit.sentence.contains("Calendar connector scope"), "{}", limit.sentence);
    assert!(limit.requests.iter().any(|request| format!("{request:?}").contains("New-ManagementScope")));
    assert!(plan.mailbox_script("service-account", None).unwrap().contains("THE-NEW-CLIENT-ID"));
    let name = plan.run.clone();
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");

    let app = app_id_of(&world.tenant, &name, NAME);
    assert_eq!(granted(&world, &app), Vec::<String>::new(), "what Entra grants holds on every mailbox");
    let held = roles(&world, &app);
    let names: Vec<&str> = held.iter().map(|(role, _)| role.as_str()).collect();
    let expected = ["Calendars.Read", "Calendars.ReadWrite", "Mail.Read", "Mail.ReadWrite"];
    assert_eq!(names, expected.map(|one| format!("Application {one}")));
    assert!(held.iter().all(|(_, scope)| scope.starts_with("Gatehouse ")), "{held:?}");
    assert_eq!(finished.tokens[0].roles, Vec::<String>::new(), "Exchange's roles are in no token");

    // The mailbox within answers, the one outside is refused.
    let ProofResult::Proved { seen } = proof(&finished, "proof:outside:service-account") else {
        panic!("{:?}", finished.proofs)
    };
    assert!(seen.as_deref().unwrap().contains(OUTSIDE), "{seen:?}");
    assert!(finished.proofs.iter().all(|(_, result)| matches!(result, ProofResult::Proved { .. })));
    assert!(finished.proofs.len() >= 3, "{:?}", finished.proofs);
}

#[tokio::test]
async fn a_plan_on_a_finished_limit_writes_nothing_and_says_that_all_is_there() {
    let world = World::new(ADMIN);
    let plan = world.plan(&cirrus(group())).await;
    run(&world, plan).await;
    let again = world.plan(&cirrus(group())).await;
    assert!(again.is_settled(), "{:#?}", again.steps);
    let mark = world.mark();
    let finished = run(&world, again).await;
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(writes_since(&world, mark), Vec::<String>::new());
}

#[tokio::test]
async fn undoing_a_limited_set_up_leaves_directory_and_exchange_as_they_were() {
    let world = World::new(ADMIN);
    let before = picture(&world.tenant);
    let plan = world.plan(&cirrus(group())).await;
    let name = plan.run.clone();
    run(&world, plan).await;
    assert_ne!(picture(&world.tenant), before);
    let preview = world.worker().await.undo_preview(&name).await.unwrap();
    assert!(preview.happens.iter().any(|one| one.contains("Exchange")), "{preview:?}");
    world.worker().await.undo(&name, CancellationToken::new()).await.unwrap();
    assert_same(&picture(&world.tenant), &before);
    assert_eq!(left(&world.tenant, &name), Left::default());
    // And once more: there is nothing left to do.
    world.worker().await.undo(&name, CancellationToken::new()).await.unwrap();
    assert_same(&picture(&world.tenant), &before);
}

/// The union trap: what an unlimited set-up granted goes when a limit comes, and comes back when the limit is undone.
#[tokio::test]
async fn row_b8_a_limit_on_a_set_up_that_was_not_limited_takes_the_wide_grants_away() {
    let world = World::new(ADMIN);
    let first = world.plan(&calendar()).await;
    let name = first.run.clone();
    run(&world, first).await;
    let app = app_id_of(&world.tenant, &name, "Totalview Calendar Synchronization");
    assert_eq!(granted(&world, &app), ["Calendars.Read", "Calendars.ReadWrite", "User.Read.All"]);
    let before = picture(&world.tenant);

    let limited = world.plan(&super::totalview(&["calendar"], &group())).await;
    let codes: Vec<&str> = limited.problems.iter().map(|one| provision::Setback::code(&one.kind)).collect();
    assert!(codes.contains(&"union-trap") && codes.contains(&"no-role-in-exchange"), "{codes:?}");
    assert!(limited.problems.iter().all(|one| one.blocks == Blocks::Nothing), "{:?}", limited.problems);
    let order: Vec<&str> = limited.steps.iter().map(|step| step.id.split(':').next().unwrap()).collect();
    let place = |what: &str| order.iter().position(|one| *one == what).unwrap();
    assert!(place("limit") < place("wide"), "Exchange first, then the grants: {order:?}");
    let run_id = limited.run.clone();
    let finished = run(&world, limited).await;
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(granted(&world, &app), ["User.Read.All"], "what Exchange has no role for stays");
    assert_eq!(roles(&world, &app).len(), 2);
    assert!(matches!(proof(&finished, "proof:outside:calendar"), ProofResult::Proved { .. }));

    world.worker().await.undo(&run_id, CancellationToken::new()).await.unwrap();
    assert_eq!(granted(&world, &app), ["Calendars.Read", "Calendars.ReadWrite", "User.Read.All"]);
    assert_eq!(roles(&world, &app), Vec::new());
    let (after, before) = (picture(&world.tenant), before);
    assert_same(&after["exchange"], &before["exchange"]);
    assert_same(&after["groups"], &before["groups"]);
}

/// Somebody who may not work in Exchange does the rest, and nothing is open in between.
#[tokio::test]
async fn a_limit_is_left_to_an_exchange_administrator_and_nothing_is_granted_meanwhile() {
    let world = World::new(APP_ADMIN);
    let plan = world.plan(&cirrus(group())).await;
    let limit = plan.step("limit:service-account").unwrap();
    let not_by_you = limit.not_by_you.as_ref().expect("a Cloud Application Administrator may not");
    assert!(not_by_you.why.contains("Exchange Administrator"), "{}", not_by_you.why);
    assert!(not_by_you.people.iter().any(|one| one.role == "Exchange Administrator"), "{not_by_you:?}");
    assert!(plan.can_run() && plan.needs_other_person());
    let name = plan.run.clone();
    let mark = world.mark();
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::WaitingForOther, "{finished:#?}");
    assert!(!world.requests_since(mark).iter().any(|one| one.path.contains("adminapi")));
    let app = app_id_of(&world.tenant, &name, NAME);
    assert_eq!(granted(&world, &app), Vec::<String>::new());
}

/// A role on every mailbox beside the limited one would make the limit worthless.
#[tokio::test]
async fn a_role_that_reaches_every_mailbox_is_taken_and_comes_back_with_undo() {
    let world = World::new(ADMIN);
    let plan = world.plan(&cirrus(group())).await;
    let first = plan.run.clone();
    run(&world, plan).await;
    let app = app_id_of(&world.tenant, &first, NAME);
    let session = world.session().await;
    let exchange = session.exchange.clone().unwrap();
    let principal = world
        .tenant
        .practice()
        .tables(|tables| tables.service_principal_by_app_id(&app).unwrap().text("id").to_owned());
    let named = |text: &str| exchange::Identity::new(text).unwrap();
    let wide =
        exchange::assignments::create(&named("by hand"), &named(&principal), "Application Mail.Read", None);
    exchange.invoke(wide).await.unwrap();
    let before = picture(&world.tenant);

    let plan = world.plan(&cirrus(group())).await;
    let name = plan.run.clone();
    let StepKind::LimitMailboxes(limited) = &plan.step("limit:service-account").unwrap().kind else {
        panic!()
    };
    assert_eq!(limited.takes.len(), 1, "{limited:?}");
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert!(roles(&world, &app).iter().all(|(_, scope)| !scope.is_empty()));
    world.worker().await.undo(&name, CancellationToken::new()).await.unwrap();
    assert_same(&picture(&world.tenant)["exchange"], &before["exchange"]);
}

/// Granted by hand after the plan was made: the read-back finds it, and says so.
#[tokio::test]
async fn a_grant_that_somebody_adds_meanwhile_is_found_by_the_read_back() {
    let world = World::new(ADMIN);
    let plan = world.plan(&cirrus(group())).await;
    let first = plan.run.clone();
    run(&world, plan).await;
    let app = app_id_of(&world.tenant, &first, NAME);
    let plan = world.plan(&cirrus(group())).await;
    // Consent by somebody else, in another window.
    world.tenant.practice().tables(|tables| {
        let principal = tables.service_principal_by_app_id(&app).unwrap().text("id").to_owned();
        let graph = tables.service_principal_by_app_id("00000003-0000-0000-c000-000000000000").unwrap();
        let graph = graph.text("id").to_owned();
        let mut row = tables.app_role_assignments.values().next().unwrap().clone();
        let body = serde_json::json!({
            "id": "planted", "principalId": principal, "resourceId": graph,
            "appRoleId": "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
        });
        row.body.extend(body.as_object().unwrap().clone());
        tables.app_role_assignments.insert("planted".to_owned(), row);
    });
    let finished = run(&world, plan).await;
    let Finish::Stopped(Stop::Drift { what }) = &finished.finish else { panic!("{finished:#?}") };
    assert!(what.iter().any(|one| one.contains("every mailbox")), "{what:?}");
    let mended = world.plan(&cirrus(group())).await;
    assert!(mended.step("wide:service-account").is_some(), "the next plan takes it away");
    assert_eq!(run(&world, mended).await.finish, Finish::Done);
    assert_eq!(granted(&world, &app), Vec::<String>::new());
}

#[tokio::test]
async fn a_group_is_found_by_its_object_id_too() {
    let world = World::new(ADMIN);
    let id = world.tenant.practice().tables(|tables| {
        let group = tables.groups.values().find(|row| row.text("mail") == GROUP).unwrap();
        group.text("id").to_owned()
    });
    let plan = world.plan_reusing(&cirrus(blueprint::MailboxAccess::Group(id)), &Reuse::Nothing).await;
    assert!(plan.can_run(), "{:#?}", plan.problems);
}
