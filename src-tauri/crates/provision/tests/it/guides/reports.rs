//! E6: usage reports that show names, and the proof that reads one.

use practice::{Action, Fault};
use provision::{Finish, ProofResult};
use tokio_util::sync::CancellationToken;

use super::{certero, done, everything, run, writes_since};
use crate::setups::assert_same;
use crate::world::{ADMIN, APP_ADMIN, World};

fn seen(finished: &provision::Finished, part: &str) -> String {
    finished
        .proofs
        .iter()
        .filter_map(|(_, result)| match result {
            ProofResult::Proved { seen } => seen.clone(),
            _ => None,
        })
        .find(|seen| seen.contains(part))
        .unwrap_or_else(|| panic!("{:#?}", finished.proofs))
}

#[tokio::test]
async fn row_e6_names_are_shown_proved_by_a_report_and_hidden_again() {
    let world = World::new(ADMIN);
    let before = everything(&world.tenant);
    let plan = world.plan(&certero("application")).await;
    let step = plan.steps.iter().find(|step| step.id == "report-names").unwrap();
    assert!(step.sentence.contains("sees who uses what"), "the effect on privacy is said: {}", step.sentence);
    let id = plan.run.clone();
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert!(seen(&finished, "usage report").contains("real names"));
    assert!(seen(&finished, "group").contains("a group"));
    world.worker().await.undo(&id, CancellationToken::new()).await.unwrap();
    assert_same(&everything(&world.tenant), &before);
}

#[tokio::test]
async fn row_e6_a_setting_that_is_so_already_is_left_and_never_undone() {
    let world = World::new(ADMIN);
    let (first, _) = done(&world, &certero("application")).await;
    let plan = world.plan(&certero("application")).await;
    assert!(plan.is_settled(), "{:#?}", plan.steps);
    let second = plan.run.clone();
    let mark = world.mark();
    run(&world, plan).await;
    assert_eq!(writes_since(&world, mark), Vec::<String>::new());
    world.worker().await.undo(&second, CancellationToken::new()).await.unwrap();
    assert_eq!(everything(&world.tenant)["people"]["conceals"], false, "the second run had not shown them");
    world.worker().await.undo(&first, CancellationToken::new()).await.unwrap();
    assert_eq!(everything(&world.tenant)["people"]["conceals"], true);
}

#[tokio::test]
async fn row_e6_the_link_to_a_report_never_gets_the_token_and_must_be_microsoft_s() {
    let world = World::new(ADMIN);
    done(&world, &certero("application")).await;
    let downloads: Vec<_> = world
        .tenant
        .practice()
        .requests()
        .into_iter()
        .filter(|one| one.path.contains("/usage-reports/"))
        .collect();
    assert!(!downloads.is_empty(), "the practice tenant refuses a download that carries a token");
    let elsewhere = Action::Status {
        status: 302,
        body: None,
        headers: [("location".to_owned(), "https://reports.office.com.evil.example/x?token=1".to_owned())]
            .into(),
        commit: false,
    };
    let path = "/v1.0/reports/**";
    world.tenant.practice().faults().arm(Fault::on("GET", path, elsewhere));
    let refused = world.session().await.graph.usage_report().await.unwrap_err();
    assert_eq!(refused, graph::GraphError::ForeignLink);
}

#[tokio::test]
async fn row_e6_who_may_not_change_it_leaves_it_to_somebody_who_may() {
    let world = World::new(APP_ADMIN);
    let plan = world.plan(&certero("application")).await;
    let step = plan.steps.iter().find(|step| step.id == "report-names").unwrap();
    assert!(step.not_by_you.as_ref().unwrap().why.contains("Global Administrator"), "{step:?}");
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::WaitingForOther, "{finished:#?}");
    assert_eq!(everything(&world.tenant)["people"]["conceals"], true);
}

#[tokio::test]
async fn row_e4_a_delegated_connector_is_tried_with_the_own_account_or_said_to_be_unknown() {
    let world = World::new(ADMIN);
    let (_, finished) = done(&world, &certero("delegated")).await;
    assert_eq!(finished.proofs.len(), 4);
    assert!(seen(&finished, "a group").contains("answered"));
    assert!(finished.tokens.is_empty(), "nobody signs in as the app");
    let (_, finished) = done(&world, &super::sense("", "")).await;
    let [(_, ProofResult::Unknown(why))] = &finished.proofs[..] else { panic!("{:#?}", finished.proofs) };
    assert!(why.contains("each person"), "{why}");
}
