//! A new secret beside the old one.

use graph::credentials;
use jiff::SignedDuration;
use provision::{
    Blocks, CredentialProblem, History, Planner, ProblemKind, ProofResult, RenewedFor, StepKind, Stop,
};
use secrecy::ExposeSecret as _;
use tokio_util::sync::CancellationToken;

use super::{SECRET, app, done, entry, held, kept_value, new_key, renewal, renewed, undone, works};
use crate::setups::calendar;
use crate::world::{ADMIN, APP_ADMIN, World};

#[tokio::test]
async fn a_new_secret_is_made_beside_the_old_one_kept_and_proved() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let before = held(&world.tenant, &app);
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    assert!(plan.problems.is_empty() && plan.can_run(), "{:#?}", plan.problems);
    let kinds: Vec<_> = plan.steps.iter().map(|step| step.id.split(':').next().unwrap()).collect();
    assert_eq!(kinds, ["secret", "read", "token"]);
    let run = plan.run.clone();
    let finished = done(&world, plan).await;
    let new = new_key(&finished);
    let after = held(&world.tenant, &app);
    assert_eq!(after.difference(&before).collect::<Vec<_>>(), [new.as_str()]);
    assert!(before.is_subset(&after), "nothing that was there is touched");
    let value = kept_value(&world, &app, &new).await.unwrap();
    assert!(works(&world.tenant, &app, &value).await && works(&world.tenant, &app, &app.old_value).await);
    let entry = entry(&world.tenant, &app, &new).unwrap();
    assert_eq!(
        entry["displayName"],
        format!("prod-1/{run}/1"),
        "it is called as the old one, and by its run"
    );
    let mut roles = finished.tokens[0].roles.clone();
    roles.sort();
    assert_eq!(roles, ["Calendars.Read", "Calendars.ReadWrite", "User.Read.All"]);
}

#[tokio::test]
async fn the_features_of_its_set_up_are_tried_with_the_new_secret() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let setup = calendar();
    let session = world.session().await;
    let belongs_to = Some(RenewedFor { setup: &setup, registration: "calendar" });
    let plan = Planner::new(&session).renew_credential(&app.app_id, &[], &SECRET, belongs_to).await.unwrap();
    assert!(!plan.proofs.is_empty() && plan.proofs.iter().all(|proof| proof.registration == app.app_id));
    let finished = done(&world, plan).await;
    assert!(!finished.proofs.is_empty());
    assert!(
        finished.proofs.iter().all(|(_, result)| matches!(result, ProofResult::Proved { .. })),
        "{:?}",
        finished.proofs
    );
}

#[tokio::test]
async fn undone_the_new_one_is_gone_and_the_old_one_works_and_it_can_be_done_again() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let before = held(&world.tenant, &app);
    let (run, new) = renewed(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    let value = kept_value(&world, &app, &new).await.unwrap();
    let preview = world.worker().await.undo_preview(&run).await.unwrap();
    assert_eq!(preview.happens.len(), 1, "{preview:?}");
    undone(&world, &run).await;
    assert_eq!(held(&world.tenant, &app), before);
    assert!(!works(&world.tenant, &app, &value).await && works(&world.tenant, &app, &app.old_value).await);
    assert_eq!(kept_value(&world, &app, &new).await, None, "a value that opens nothing is not kept");
    let history = History::of(&world.journal(), &run).await.unwrap();
    assert!(!history.can_undo && history.made[0].secret.is_none());
    let (_, again) = renewed(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    assert_ne!(again, new);
    let value = kept_value(&world, &app, &again).await.unwrap();
    assert!(works(&world.tenant, &app, &value).await);
}

#[tokio::test]
async fn a_renewal_is_not_undone_once_the_old_one_is_gone() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let (run, new) = renewed(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    world.session().await.graph.send(credentials::remove_password(&app.id, &app.old)).await.unwrap();
    let refused = world.worker().await.undo(&run, CancellationToken::new()).await;
    assert!(matches!(refused, Err(Stop::Drift { .. })), "{refused:?}");
    let value = kept_value(&world, &app, &new).await.unwrap();
    assert!(works(&world.tenant, &app, &value).await, "nobody is locked out");
}

#[tokio::test]
async fn a_renewal_of_one_that_had_ended_can_be_undone() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    world.tenant.pass(SignedDuration::from_hours(24 * 61));
    let (run, new) = renewed(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    undone(&world, &run).await;
    assert!(!held(&world.tenant, &app).contains(new.as_str()));
}

#[tokio::test]
async fn one_that_is_not_there_any_more_is_mentioned_and_renewed_all_the_same() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let gone = graph::KeyId::new("99999999-9999-4999-8999-999999999999").unwrap();
    let plan = renewal(&world, &app, std::slice::from_ref(&gone), &SECRET).await;
    let problem = plan.problems.iter().find(|one| {
        matches!(&one.kind, ProblemKind::Credential { problem: CredentialProblem::NotThere { key }, .. } if *key == gone)
    });
    assert_eq!(problem.map(|one| &one.blocks), Some(&Blocks::Nothing), "{:#?}", plan.problems);
    done(&world, plan).await;
}

#[tokio::test]
async fn an_app_that_cannot_sign_in_gets_its_secret_and_that_is_said() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    world.tenant.practice().tables(|tables| {
        for row in tables.service_principals.values_mut().filter(|row| row.text("appId") == app.app_id) {
            row.body.insert("accountEnabled".into(), false.into());
        }
    });
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    assert!(plan.problems.iter().any(|one| matches!(
        &one.kind,
        ProblemKind::Credential { problem: CredentialProblem::CannotSignIn, .. }
    )));
    assert!(!plan.steps.iter().any(|step| matches!(step.kind, StepKind::SignInAsApp)));
    done(&world, plan).await;
}

#[tokio::test]
async fn whoever_may_not_is_told_who_may_and_an_owner_may() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let oid = world.account().id;
    // The person's roles end.
    let theirs = |row: &practice::Row| row.text("principalId") == oid;
    world.tenant.practice().tables(|tables| tables.role_assignments.retain(|_, row| !theirs(row)));
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    assert!(plan.needs_other_person());
    let secret = plan.steps.iter().find(|step| matches!(step.kind, StepKind::AddSecret)).unwrap();
    let people = &secret.not_by_you.as_ref().unwrap().people;
    assert!(people.iter().any(|one| one.role == APP_ADMIN), "{people:?}");
    assert!(
        plan.steps
            .iter()
            .any(|step| { matches!(step.kind, StepKind::SignInAsApp) && step.not_by_you.is_some() })
    );
    world.tenant.practice().tables(|tables| {
        tables.owners.entry(app.id.to_string()).or_default().push(oid.clone());
    });
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    assert!(!plan.needs_other_person(), "{:#?}", plan.problems);
    done(&world, plan).await;
}

#[tokio::test]
async fn nothing_secret_is_in_the_journal_or_in_what_is_shown() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &super::CERTIFICATE).await;
    let run = plan.run.clone();
    let finished = done(&world, plan).await;
    let kept = super::kept_certificate(&world, &app, &new_key(&finished)).await.unwrap();
    let key = kept.text().expose_secret().split_once("-----END PRIVATE KEY-----").unwrap().0.to_owned();
    let secret_line = key.lines().nth(3).unwrap().to_owned();
    let entries = world.journal().entries(&run).await.unwrap();
    let record = world.journal().run(&run).await.unwrap();
    let shown = format!("{entries:?} {record:?} {finished:?} {kept:?}");
    assert!(!shown.contains(&secret_line));
    let mut files = vec![world.folder.path().to_owned()];
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let found = bytes.windows(secret_line.len()).any(|window| window == secret_line.as_bytes());
        assert!(!found, "a private key lies in {}", path.display());
    }
}
