//! A clean run, and the same again.

use provision::{Blocks, Finish, ProblemKind, ProofResult, Reuse};
use tokio_util::sync::CancellationToken;

use crate::setups::{assert_complete, assert_every_secret_is_kept, left, totalview};
use crate::watcher::Told;
use crate::world::{ADMIN, World};

#[tokio::test]
async fn a_clean_set_up_is_done_proved_and_kept() {
    let world = World::new(ADMIN);
    let plan = world.plan(&totalview()).await;
    assert!(plan.problems.is_empty(), "{:#?}", plan.problems);
    assert!(plan.can_run() && !plan.is_settled() && !plan.needs_other_person());
    let run = plan.run.clone();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(finished.proofs.len(), 3);
    assert!(
        finished.proofs.iter().all(|(_, result)| matches!(result, ProofResult::Proved { .. })),
        "{:?}",
        finished.proofs
    );
    let mut roles = finished.tokens.iter().find(|one| one.registration == "calendar").unwrap().roles.clone();
    roles.sort();
    assert_eq!(roles, ["Calendars.Read", "Calendars.ReadWrite", "User.Read.All"]);
    let left = left(&world.tenant, &run);
    assert_complete(&left);
    assert_every_secret_is_kept(&world, &left).await;
    assert_eq!(finished.made.len(), 2);
    assert!(
        finished
            .made
            .iter()
            .all(|one| one.created && one.secret.is_some() && one.service_principal.is_some())
    );
    let record = world.journal().run(&run).await.unwrap();
    assert!(!record.is_unfinished());
}

#[tokio::test]
async fn every_step_is_told_begun_and_done() {
    let world = World::new(ADMIN);
    let plan = world.plan(&totalview()).await;
    let steps: Vec<String> = plan.steps.iter().map(|step| step.id.clone()).collect();
    world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let told = world.watcher.told();
    for step in steps {
        let begun = told.iter().position(|one| *one == Told::Started(step.clone()));
        let done = told.iter().position(|one| *one == Told::Done(step.clone()));
        assert!(begun.is_some() && done > begun, "{step}: {told:#?}");
    }
    assert!(told.iter().filter(|one| matches!(one, Told::Proved(_, true))).count() == 3);
}

#[tokio::test]
async fn planning_again_finds_everything_done_and_writes_nothing() {
    let world = World::new(ADMIN);
    let plan = world.plan(&totalview()).await;
    world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let again = world.plan(&totalview()).await;
    assert!(again.is_settled(), "{:#?}", again.steps.iter().filter(|step| !step.already).collect::<Vec<_>>());
    let mark = world.mark();
    let finished = world.worker().await.execute(again, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let writes: Vec<_> = world
        .requests_since(mark)
        .into_iter()
        .filter(|one| one.method != "GET" && !one.path.ends_with("/$batch") && !one.path.ends_with("/token"))
        .map(|one| one.path)
        .collect();
    // The test message is what the person agreed to; nothing in the directory is written.
    assert_eq!(writes.len(), 1, "{writes:?}");
    assert!(writes[0].ends_with("/sendMail"));
    let members = world.requests_since(mark).into_iter().filter(|one| one.path.ends_with("/$batch"));
    for batch in members {
        for member in batch.body.unwrap()["requests"].as_array().unwrap() {
            assert_eq!(member["method"], "GET", "{member}");
        }
    }
}

#[tokio::test]
async fn a_plan_shows_the_exact_requests_and_no_secret() {
    let world = World::new(ADMIN);
    let plan = world.plan(&totalview()).await;
    let run = plan.run.clone();
    let app = plan.step("app:calendar").unwrap();
    assert_eq!(app.requests[0].method, "PATCH");
    assert!(app.requests[0].url.contains(run.as_str()));
    assert!(plan.step("secret:email").unwrap().requests[0].url.contains("addPassword"));
    assert!(plan.step("secret:email").unwrap().undo.is_some());
    let shown: Vec<_> =
        plan.steps.iter().flat_map(|step| step.requests.clone()).filter(|one| one.method != "GET").collect();
    let mark = world.mark();
    world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    // What was announced is what was sent: the same bodies, ids aside.
    let sent = world.requests_since(mark);
    let body = sent.iter().filter(|one| one.path.ends_with("/$batch")).find_map(|one| {
        let requests = one.body.as_ref()?["requests"].as_array()?.clone();
        requests.into_iter().find(|member| {
            member["url"].as_str().is_some_and(|url| url.contains("uniqueName") && url.contains("-calendar-"))
        })
    });
    let announced =
        shown.iter().find(|one| one.url.contains("-calendar-") && one.url.contains("uniqueName")).unwrap();
    assert_eq!(body.unwrap()["body"], *announced.body.as_ref().unwrap());
}

#[tokio::test]
async fn anew_means_anew_and_the_older_one_is_mentioned() {
    let world = World::new(ADMIN);
    let first = world.plan(&totalview()).await;
    world.worker().await.execute(first, CancellationToken::new()).await.unwrap();
    let second = world.plan_reusing(&totalview(), &Reuse::Nothing).await;
    let run = second.run.clone();
    assert!(
        second
            .problems
            .iter()
            .any(|one| matches!(one.kind, ProblemKind::SameName { .. }) && one.blocks == Blocks::Nothing)
    );
    let finished = world.worker().await.execute(second, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_complete(&left(&world.tenant, &run));
}

#[tokio::test]
async fn the_own_registration_is_granted_to_its_admin_and_no_more_than_basics_to_everybody() {
    let world = World::new(ADMIN);
    let session = world.session().await;
    let plan = provision::Planner::new(&session).own_registration().await.unwrap();
    let run = plan.run.clone();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let principal = finished.made[0].service_principal.clone().unwrap();
    let grants: Vec<(String, String)> = world.tenant.practice().tables(|tables| {
        let ours =
            tables.oauth2_permission_grants.values().filter(|row| row.text("clientId") == principal.as_str());
        ours.map(|row| (row.text("consentType").to_owned(), row.text("scope").to_owned())).collect()
    });
    assert_eq!(grants.len(), 2, "{grants:?}");
    let everybody = grants.iter().find(|(kind, _)| kind == "AllPrincipals").unwrap();
    assert!(!everybody.1.contains("ReadWrite"), "{everybody:?}");
    let mine = grants.iter().find(|(kind, _)| kind == "Principal").unwrap();
    assert!(mine.1.contains("Application.ReadWrite.All"), "{mine:?}");
    assert_eq!(left(&world.tenant, &run).secrets.len(), 0, "it keeps no secret");
}
