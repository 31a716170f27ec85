//! What the organisation forbids is known before anything is asked of Microsoft.

use jiff::SignedDuration;
use provision::{CredentialProblem, NewCredential, Plan, ProblemKind};
use serde_json::{Value, json};

use super::{CERTIFICATE, SECRET, app, done, renewal};
use crate::world::{ADMIN, World};

fn rule(world: &World, secrets: &Value, certificates: &Value) {
    world.tenant.practice().tables(|tables| {
        let policy = tables.policies.get_mut("defaultAppManagementPolicy").unwrap();
        policy.body.insert("isEnabled".into(), true.into());
        let all = json!({"passwordCredentials": secrets, "keyCredentials": certificates});
        policy.body.insert("applicationRestrictions".into(), all);
    });
}

fn restriction(kind: &str, life: Option<&str>) -> Value {
    json!([{"restrictionType": kind, "state": "enabled", "maxLifetime": life,
            "restrictForAppsCreatedAfterDateTime": "2001-01-01T00:00:00Z"}])
}

fn limit(plan: &Plan) -> Option<SignedDuration> {
    plan.problems.iter().find_map(|one| match one.kind {
        ProblemKind::LifetimeLimited { limit, .. } => Some(limit),
        _ => None,
    })
}

#[tokio::test]
async fn where_secrets_are_forbidden_a_certificate_is_suggested_and_works() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    rule(&world, &restriction("passwordAddition", None), &json!([]));
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    let problem = plan.problems.iter().find(|one| one.kind == ProblemKind::SecretsForbidden).unwrap();
    assert!(!plan.can_run());
    assert!(problem.why.contains("certificate") && problem.why.contains("federated"), "{}", problem.why);
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &CERTIFICATE).await;
    assert!(plan.problems.is_empty(), "{:#?}", plan.problems);
    done(&world, plan).await;
}

#[tokio::test]
async fn a_life_is_cut_to_what_is_allowed_and_that_is_said() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let month = restriction("passwordLifetime", Some("P30D"));
    let week = restriction("asymmetricKeyLifetime", Some("P7D"));
    rule(&world, &month, &week);
    for (wanted, days) in [(SECRET, 30), (CERTIFICATE, 7)] {
        let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &wanted).await;
        assert_eq!(limit(&plan), Some(SignedDuration::from_hours(days * 24)), "{wanted:?}");
        let until = plan.secrets_expire().unwrap();
        assert!(until.duration_since(world.tenant.now()) < SignedDuration::from_hours(days * 24));
        let finished = done(&world, plan).await;
        let made = &finished.made[0];
        let end =
            made.secret.as_ref().map(|one| one.end).or(made.certificate.as_ref().map(|one| one.end)).unwrap();
        assert!(end.duration_since(world.tenant.now()) < SignedDuration::from_hours(days * 24));
    }
}

#[tokio::test]
async fn a_rule_for_one_app_counts_before_the_organisation_s() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    rule(&world, &restriction("passwordAddition", None), &json!([]));
    let graph = world.session().await.graph;
    let own = graph.send(graph::policies::app_management_of(&app.id)).await.unwrap();
    assert!(own.value.is_empty());
    world.tenant.practice().tables(|tables| {
        let mut policy = tables.policies["defaultAppManagementPolicy"].clone();
        for (name, value) in [
            ("id", json!("app-policy")),
            ("displayName", json!("An exception")),
            ("isEnabled", json!(true)),
            ("restrictions", json!({"passwordCredentials": [], "keyCredentials": []})),
            ("_appliesTo", json!([app.id.as_str()])),
        ] {
            policy.body.insert(name.to_owned(), value);
        }
        tables.app_management_policies.insert("app-policy".to_owned(), policy);
    });
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &SECRET).await;
    assert!(plan.can_run(), "{:#?}", plan.problems);
    done(&world, plan).await;
}

#[tokio::test]
async fn where_an_authority_is_asked_for_none_is_made_here() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    rule(&world, &json!([]), &restriction("trustedCertificateAuthority", None));
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &CERTIFICATE).await;
    assert!(!plan.can_run());
    let authority = |one: &provision::Problem| {
        matches!(&one.kind, ProblemKind::Credential { problem: CredentialProblem::AuthorityNeeded, .. })
    };
    assert!(plan.problems.iter().any(authority));
    let plan =
        renewal(&world, &app, std::slice::from_ref(&app.old), &NewCredential::Secret { months: None }).await;
    assert!(plan.can_run());
}
