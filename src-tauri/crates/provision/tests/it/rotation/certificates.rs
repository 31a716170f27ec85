//! Certificates: made here or brought along, beside others, removed and put back.

use graph::certificates;
use graph::resources::KeyCredential;
use provision::{
    CredentialProblem, CredentialSort, Finish, NewCredential, Planner, ProblemKind, PublicCertificate,
    StepKind, Stop,
};
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use tokio_util::sync::CancellationToken;

use super::{
    App, CERTIFICATE, SECRET, app, certificate_works, done, entry, held, kept_certificate, kept_records,
    new_key, removal, renewal, renewed, undone, works,
};
use crate::world::{ADMIN, World};

/// A certificate that somebody made elsewhere.
fn brought(world: &World) -> PublicCertificate {
    let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.distinguished_name.push(rcgen::DnType::CommonName, "brought");
    params.not_before = rcgen::date_time_ymd(2026, 1, 1);
    params.not_after = rcgen::date_time_ymd(2040, 1, 1);
    PublicCertificate::read(&params.self_signed(&key).unwrap().pem(), world.tenant.now()).unwrap()
}

fn colleague_s(world: &World) -> KeyCredential {
    KeyCredential {
        key_id: Some(graph::KeyId::new("c0113a60-0000-4000-8000-000000000001").unwrap()),
        display_name: Some("a colleague's".to_owned()),
        kind: Some("AsymmetricX509Cert".to_owned()),
        usage: Some("Verify".to_owned()),
        custom_key_identifier: None,
        key: Some(brought(world).base64()),
        start_date_time: None,
        end_date_time: None,
    }
}

/// A colleague adds a certificate to what is there now.
async fn colleague_adds(world: &World, app: &App) -> String {
    let graph = world.session().await.graph;
    let mut list = graph.send(certificates::all(&app.id)).await.unwrap().key_credentials;
    let theirs = colleague_s(world);
    list.push(theirs.clone());
    graph.send(certificates::replace(&app.id, &list)).await.unwrap();
    theirs.key_id.unwrap().to_string()
}

#[tokio::test]
async fn a_certificate_is_made_its_key_sealed_its_public_part_added_and_proved() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &CERTIFICATE).await;
    assert!(plan.secrets_expire().is_some());
    let shown = &plan.steps[0].requests[0];
    assert_eq!((shown.method.as_str(), plan.steps[0].id.starts_with("certificate:")), ("PATCH", true));
    let run = plan.run.clone();
    let finished = done(&world, plan).await;
    let new = new_key(&finished);
    let kept = kept_certificate(&world, &app, &new).await.unwrap();
    assert!(certificate_works(&world, &app, &kept).await && works(&world.tenant, &app, &app.old_value).await);
    let there = entry(&world.tenant, &app, &new).unwrap();
    assert_eq!(there["displayName"], format!("prod-1/{run}/1"));
    assert_eq!(there["key"], kept.base64());
    let made = finished.made[0].certificate.clone().unwrap();
    assert_eq!(made.thumbprint, kept.thumbprint());
    assert_eq!(finished.tokens[0].roles.len(), 3, "it was signed in with");
}

#[tokio::test]
async fn undone_the_certificate_and_its_key_are_gone_and_the_others_stay() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let theirs = colleague_adds(&world, &app).await;
    let before = held(&world.tenant, &app);
    let (run, new) = renewed(&world, &app, std::slice::from_ref(&app.old), &CERTIFICATE).await;
    assert!(held(&world.tenant, &app).contains(&theirs));
    undone(&world, &run).await;
    assert_eq!(held(&world.tenant, &app), before);
    assert!(kept_certificate(&world, &app, &new).await.is_none());
    undone(&world, &run).await;
    assert_eq!(held(&world.tenant, &app), before, "twice is as once");
}

#[tokio::test]
async fn a_certificate_that_a_colleague_adds_after_the_plan_was_made_is_not_lost() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &CERTIFICATE).await;
    let theirs = colleague_adds(&world, &app).await;
    let first = new_key(&done(&world, plan).await);
    assert!(held(&world.tenant, &app).contains(&theirs));
    // The same when it goes, and when the removal is undone.
    let (_, second) = renewed(&world, &app, std::slice::from_ref(&first), &CERTIFICATE).await;
    world.session().await.graph.send(certificates::replace(&app.id, &[])).await.unwrap();
    let list = world.session().await.graph.send(certificates::all(&app.id)).await.unwrap().key_credentials;
    assert!(list.is_empty());
    let refused = {
        let session = world.session().await;
        Planner::new(&session)
            .finish_rotation(
                &app.app_id,
                std::slice::from_ref(&first),
                Some(&second),
                provision::UseOfOld::Idle,
                false,
            )
            .await
            .unwrap()
    };
    assert!(!refused.can_run(), "the new one is gone: {:#?}", refused.problems);
}

#[tokio::test]
async fn a_list_that_grew_between_plan_and_removal_keeps_what_came() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let (_, first) = renewed(&world, &app, &[], &CERTIFICATE).await;
    let (_, second) = renewed(&world, &app, std::slice::from_ref(&first), &CERTIFICATE).await;
    let plan = removal(&world, &app, std::slice::from_ref(&first), &second).await;
    let run = plan.run.clone();
    let theirs = colleague_adds(&world, &app).await;
    done(&world, plan).await;
    let now = held(&world.tenant, &app);
    assert!(now.contains(&theirs) && now.contains(second.as_str()) && !now.contains(first.as_str()));
    undone(&world, &run).await;
    let now = held(&world.tenant, &app);
    assert!(now.contains(&theirs) && now.contains(second.as_str()) && now.contains(first.as_str()));
}

#[tokio::test]
async fn a_removed_certificate_is_put_back_works_again_and_can_be_removed_again() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let (_, first) = renewed(&world, &app, &[], &CERTIFICATE).await;
    let (_, second) = renewed(&world, &app, std::slice::from_ref(&first), &CERTIFICATE).await;
    let old = kept_certificate(&world, &app, &first).await.unwrap();
    let before = entry(&world.tenant, &app, &first).unwrap();
    let plan = removal(&world, &app, std::slice::from_ref(&first), &second).await;
    assert!(plan.cannot_undo().iter().all(|one| one.contains("audit log")), "{:?}", plan.cannot_undo());
    let run = plan.run.clone();
    done(&world, plan).await;
    assert!(!certificate_works(&world, &app, &old).await);
    undone(&world, &run).await;
    assert!(certificate_works(&world, &app, &old).await);
    assert_eq!(entry(&world.tenant, &app, &first).unwrap(), before, "the same entry under the same id");
    done(&world, removal(&world, &app, std::slice::from_ref(&first), &second).await).await;
    assert!(!certificate_works(&world, &app, &old).await);
    let new = kept_certificate(&world, &app, &second).await.unwrap();
    assert!(certificate_works(&world, &app, &new).await);
}

#[tokio::test]
async fn a_brought_certificate_is_added_and_cannot_be_tried_here() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let public = brought(&world);
    let wanted = NewCredential::UploadedCertificate(public.clone());
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &wanted).await;
    let problem = plan.problems.iter().find(|one| {
        let sort = CredentialSort::Certificate;
        matches!(&one.kind, ProblemKind::Credential { problem: CredentialProblem::CannotTry { sort: of }, .. } if *of == sort)
    });
    assert!(problem.is_some(), "{:#?}", plan.problems);
    assert!(!plan.steps.iter().any(|step| matches!(step.kind, StepKind::SignInAsApp)));
    let finished = done(&world, plan).await;
    let there = entry(&world.tenant, &app, &new_key(&finished)).unwrap();
    assert_eq!(there["key"], public.base64());
    assert_eq!(kept_records(&world, &app).await, 0, "there is nothing to keep");
    let again = renewal(&world, &app, std::slice::from_ref(&app.old), &wanted).await;
    assert!(!again.can_run(), "it is there already");
}

#[tokio::test]
async fn from_a_secret_to_a_certificate_and_back() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let (_, certificate) = renewed(&world, &app, std::slice::from_ref(&app.old), &CERTIFICATE).await;
    done(&world, removal(&world, &app, std::slice::from_ref(&app.old), &certificate).await).await;
    assert!(!works(&world.tenant, &app, &app.old_value).await);
    let (_, secret) = renewed(&world, &app, std::slice::from_ref(&certificate), &SECRET).await;
    let kept = kept_certificate(&world, &app, &certificate).await.unwrap();
    done(&world, removal(&world, &app, std::slice::from_ref(&certificate), &secret).await).await;
    assert!(!certificate_works(&world, &app, &kept).await);
    let value = super::kept_value(&world, &app, &secret).await.unwrap();
    assert!(works(&world.tenant, &app, &value).await);
}

#[tokio::test]
async fn a_certificate_that_ended_before_the_undo_is_not_put_back_and_that_is_said() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let (_, first) = renewed(&world, &app, &[], &NewCredential::MadeCertificate { months: Some(1) }).await;
    let (_, second) = renewed(&world, &app, std::slice::from_ref(&first), &CERTIFICATE).await;
    let plan = removal(&world, &app, std::slice::from_ref(&first), &second).await;
    let run = plan.run.clone();
    done(&world, plan).await;
    world.tenant.pass(jiff::SignedDuration::from_hours(24 * 40));
    let undone = world.worker().await.undo(&run, CancellationToken::new()).await.unwrap();
    assert!(undone.remains.iter().any(|one| one.contains("has ended")), "{undone:?}");
    assert!(!held(&world.tenant, &app).contains(first.as_str()));
}

#[tokio::test]
async fn a_registration_that_is_deleted_meanwhile_stops_with_words() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &CERTIFICATE).await;
    world.session().await.graph.send(graph::applications::remove(&app.id)).await.unwrap();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(Stop::Drift { what }) = &finished.finish else { panic!("{finished:#?}") };
    assert!(what[0].contains("gone") || what[0].contains("deleted"), "{what:?}");
}
