//! The end of a rotation: the old one goes, if nothing speaks against it.

use graph::{KeyId, credentials};
use jiff::SignedDuration;
use provision::{
    Blocks, CredentialProblem, Evidence, Finish, History, Plan, Planner, ProblemKind, Rotation,
    RotationFacts, RotationState, RunStands, Stop, UseOfOld,
};
use tokio_util::sync::CancellationToken;

use super::{SECRET, address, app, done, held, kept_value, removal, renewal, renewed, works};
use crate::world::{ADMIN, World};

fn about(plan: &Plan, wanted: fn(&CredentialProblem) -> bool) -> Option<&Blocks> {
    let found = plan.problems.iter().find(|one| match &one.kind {
        ProblemKind::Credential { problem, .. } => wanted(problem),
        _ => false,
    });
    found.map(|one| &one.blocks)
}

#[tokio::test]
async fn the_old_secret_goes_after_the_new_one_was_tried_and_before_it_is_tried_again() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let (_, new) = renewed(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    let plan = removal(&world, &app, std::slice::from_ref(&app.old), &new).await;
    let kinds: Vec<_> = plan.steps.iter().map(|step| step.id.split(':').next().unwrap()).collect();
    assert_eq!(kinds, ["before", "remove", "read", "token"]);
    assert!(plan.cannot_undo().iter().any(|one| one.contains("prod-1")), "{:?}", plan.cannot_undo());
    let (run, mark) = (plan.run.clone(), world.mark());
    done(&world, plan).await;
    assert!(!works(&world.tenant, &app, &app.old_value).await);
    let value = kept_value(&world, &app, &new).await.unwrap();
    assert!(works(&world.tenant, &app, &value).await);
    let order: Vec<_> = world
        .requests_since(mark)
        .into_iter()
        .filter_map(|one| match one.path.rsplit('/').next() {
            Some("token") if one.method == "POST" => Some("token"),
            Some("removePassword") => Some("remove"),
            _ => None,
        })
        .collect();
    let removed = order.iter().position(|one| *one == "remove").unwrap();
    assert!(order[..removed].contains(&"token") && order[removed..].contains(&"token"), "{order:?}");
    let history = History::of(&world.journal(), &run).await.unwrap();
    assert!(!history.can_undo, "a secret cannot be brought back");
}

#[tokio::test]
async fn an_old_one_that_is_still_used_blocks_until_the_person_insists() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let (_, new) = renewed(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    let session = world.session().await;
    let used = UseOfOld::StillUsed { at: world.tenant.now() };
    let plan = async |use_of_old, insists| {
        let planner = Planner::new(&session);
        planner
            .finish_rotation(&app.app_id, std::slice::from_ref(&app.old), Some(&new), use_of_old, insists)
            .await
            .unwrap()
    };
    let still_used = |one: &CredentialProblem| matches!(one, CredentialProblem::StillUsed { .. });
    let refused = plan(used, false).await;
    assert_eq!(about(&refused, still_used), Some(&Blocks::Everything));
    assert!(!refused.can_run());
    let insisted = plan(used, true).await;
    assert_eq!(about(&insisted, still_used), Some(&Blocks::Nothing));
    let unknown = plan(UseOfOld::Unknown, false).await;
    let cannot_tell = |one: &CredentialProblem| matches!(one, CredentialProblem::UseUnknown);
    assert_eq!(about(&unknown, cannot_tell), Some(&Blocks::Nothing), "it is said, and the person decides");
    assert!(plan(UseOfOld::Idle, false).await.problems.is_empty());
    done(&world, insisted).await;
}

#[tokio::test]
async fn nothing_goes_while_the_new_one_is_not_there() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let (_, new) = renewed(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    // Gone between plan and run.
    let plan = removal(&world, &app, std::slice::from_ref(&app.old), &new).await;
    world.session().await.graph.send(credentials::remove_password(&app.id, &new)).await.unwrap();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert!(matches!(finished.finish, Finish::Stopped(Stop::AppSignIn(_))), "{finished:#?}");
    assert!(works(&world.tenant, &app, &app.old_value).await);
    // Gone before the plan, or never named.
    for named in [Some(&new), None] {
        let session = world.session().await;
        let planner = Planner::new(&session);
        let plan = planner
            .finish_rotation(&app.app_id, std::slice::from_ref(&app.old), named, UseOfOld::Idle, true)
            .await
            .unwrap();
        assert!(!plan.can_run());
        let gone = |one: &CredentialProblem| matches!(one, CredentialProblem::ReplacementGone);
        assert_eq!(about(&plan, gone), Some(&Blocks::Everything));
    }
}

#[tokio::test]
async fn a_new_one_whose_value_is_elsewhere_is_looked_for_before_the_old_one_goes() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let (_, new) = renewed(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    let vault = world.vault().await;
    provision::SecretStore::remove(&vault, &address(&world, &app, &new)).await.unwrap();
    drop(vault);
    let plan = removal(&world, &app, std::slice::from_ref(&app.old), &new).await;
    let cannot_try = |one: &CredentialProblem| matches!(one, CredentialProblem::CannotTry { .. });
    assert_eq!(about(&plan, cannot_try), Some(&Blocks::Nothing));
    let again = removal(&world, &app, std::slice::from_ref(&app.old), &new).await;
    world.session().await.graph.send(credentials::remove_password(&app.id, &new)).await.unwrap();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(Stop::Drift { what }) = &finished.finish else { panic!("{finished:#?}") };
    assert!(what[0].contains("Nothing was removed"), "{what:?}");
    assert!(works(&world.tenant, &app, &app.old_value).await);
    drop(again);
}

#[tokio::test]
async fn one_that_somebody_removed_already_is_done() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let (_, new) = renewed(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    let late = removal(&world, &app, std::slice::from_ref(&app.old), &new).await;
    done(&world, removal(&world, &app, std::slice::from_ref(&app.old), &new).await).await;
    let already = removal(&world, &app, std::slice::from_ref(&app.old), &new).await;
    assert!(already.is_settled());
    done(&world, already).await;
    done(&world, late).await;
    assert!(held(&world.tenant, &app).contains(new.as_str()));
}

#[tokio::test]
async fn a_rotation_s_record_follows_its_runs() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    let mut rotation = Rotation::of(&plan, Some("connection".to_owned()), world.tenant.now()).unwrap();
    assert_eq!(
        (rotation.app_id.as_str(), rotation.old.as_slice()),
        (app.app_id.as_str(), [app.old.clone()].as_slice())
    );
    done(&world, plan).await;
    let facts = async |rotation: &Rotation| {
        let journal = world.journal();
        let renewal = RunStands::of(&journal.run(&rotation.id).await.unwrap());
        let removal = match &rotation.removal {
            Some(run) => Some(RunStands::of(&journal.run(run).await.unwrap())),
            None => None,
        };
        RotationFacts { renewal, removal }
    };
    assert_eq!(rotation.state(facts(&rotation).await), RotationState::HandOver);
    let history = History::of(&world.journal(), &rotation.id).await.unwrap();
    let new: KeyId = Rotation::new_key(&history).unwrap();
    rotation.handed_over(world.tenant.now());
    let last = world.tenant.now();
    world.tenant.pass(SignedDuration::from_hours(60));
    rotation.looked_up(Evidence::Used { at: last }, world.tenant.now());
    assert_eq!(rotation.state(facts(&rotation).await), RotationState::Idle);
    let session = world.session().await;
    let plan = Planner::new(&session)
        .finish_rotation(&app.app_id, &rotation.old, Some(&new), rotation.use_of_old(), false)
        .await
        .unwrap();
    assert!(Rotation::of(&plan, None, last).is_none(), "only a renewal begins one");
    rotation.removal = Some(plan.run.clone());
    done(&world, plan).await;
    assert_eq!(rotation.state(facts(&rotation).await), RotationState::Done);
}
