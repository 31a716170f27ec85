//! D1, D2, D6, E2: a registration changed in place.

use blueprint::RedirectPlatform::{Public, Spa, Web};
use blueprint::manifest;
use graph::resources::SignInAudience;
use provision::{
    Finish, FragmentUse, Plan, Planner, ProblemKind, RedirectChange, RedirectProblem, Setback as _, Stop,
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::{everything, run, writes_since};
use crate::adopting::by_hand;
use crate::setups::assert_same;
use crate::world::{ADMIN, World};

const BACK: &str = "https://acme-staffing.sensehq.com/settings/calendar-sync/auth-result";
const OBJECT: &str = "5b1e0000-0000-4000-8000-000000000002";

fn add(platform: blueprint::RedirectPlatform, uri: &str) -> RedirectChange {
    RedirectChange { platform, uri: uri.to_owned(), remove: false }
}

async fn plan(world: &World, audience: Option<SignInAudience>, redirects: &[RedirectChange]) -> Plan {
    let (app, session) = ("5b1e0000-0000-4000-8000-000000000001", world.session().await);
    Planner::new(&session).change_registration(app, audience, redirects).await.unwrap()
}

fn body(world: &World) -> Value {
    world.tenant.practice().tables(|tables| Value::Object(tables.applications[OBJECT].body.clone()))
}

#[tokio::test]
async fn row_d6_an_app_is_opened_to_other_organisations_and_closed_again_with_consequences() {
    let world = World::new(ADMIN);
    by_hand(&world);
    let before = everything(&world.tenant);
    let opening = plan(&world, Some(SignInAudience::MultipleOrgs), &[]).await;
    let consequences: Vec<&str> = opening
        .problems
        .iter()
        .filter(|one| one.kind.code() == "consequence")
        .map(|one| one.why.as_str())
        .collect();
    assert!(consequences.iter().any(|one| one.contains("other organisations")), "{consequences:?}");
    assert!(opening.can_run());
    let id = opening.run.clone();
    assert_eq!(run(&world, opening).await.finish, Finish::Done);
    assert_eq!(body(&world)["signInAudience"], "AzureADMultipleOrgs");
    let settled = plan(&world, Some(SignInAudience::MultipleOrgs), &[]).await;
    assert!(settled.is_settled());
    let mark = world.mark();
    run(&world, settled).await;
    assert_eq!(writes_since(&world, mark), Vec::<String>::new());
    let closing = plan(&world, Some(SignInAudience::MyOrg), &[]).await;
    assert!(closing.problems.iter().any(|one| one.why.contains("no longer")), "{:#?}", closing.problems);
    world.worker().await.undo(&id, CancellationToken::new()).await.unwrap();
    assert_same(&everything(&world.tenant), &before);
}

#[tokio::test]
async fn row_d1_return_addresses_come_and_go_by_platform_and_are_compared_letter_by_letter() {
    let world = World::new(ADMIN);
    by_hand(&world);
    let before = everything(&world.tenant);
    let wanted = [add(Web, BACK), add(Spa, "https://acme.example/spa"), add(Public, "acme://back")];
    let first = plan(&world, None, &wanted).await;
    let id = first.run.clone();
    assert_eq!(run(&world, first).await.finish, Finish::Done);
    let now = body(&world);
    assert_eq!(now["web"]["redirectUris"], json!([BACK]));
    assert_eq!(now["spa"]["redirectUris"], json!(["https://acme.example/spa"]));
    assert_eq!(now["publicClient"]["redirectUris"], json!(["acme://back"]));
    let second = plan(&world, None, &[RedirectChange { remove: true, ..add(Public, "acme://back") }]).await;
    let removed = second.run.clone();
    assert_eq!(run(&world, second).await.finish, Finish::Done);
    assert_eq!(body(&world)["publicClient"]["redirectUris"], json!([]));
    for run in [removed, id] {
        world.worker().await.undo(&run, CancellationToken::new()).await.unwrap();
    }
    let strip = |mut picture: Value| {
        // A platform without addresses is the same as none.
        let app = picture["applications"]["applications"][OBJECT].as_object_mut().unwrap();
        for platform in ["web", "spa", "publicClient"] {
            let empty = app
                .get(platform)
                .is_none_or(|one| one.is_null() || one["redirectUris"].as_array().is_none_or(Vec::is_empty));
            if empty {
                app.remove(platform);
            }
        }
        picture
    };
    assert_same(&strip(everything(&world.tenant)), &strip(before));
}

#[tokio::test]
async fn row_e2_an_address_that_cannot_work_is_said_before() {
    let world = World::new(ADMIN);
    by_hand(&world);
    for (change, problem) in [
        (add(Web, "http://acme.example/back"), RedirectProblem::NotAllowed),
        (add(Web, "https://acme.example/back#part"), RedirectProblem::NotAllowed),
        (RedirectChange { remove: true, ..add(Web, BACK) }, RedirectProblem::NotThere),
    ] {
        let plan = plan(&world, None, &[change]).await;
        let found = plan
            .problems
            .iter()
            .any(|one| matches!(&one.kind, ProblemKind::Redirect { problem: is, .. } if *is == problem));
        assert!(found && !plan.can_run(), "{:#?}", plan.problems);
    }
}

#[tokio::test]
async fn row_d1_two_connectors_that_want_the_same_address_are_told() {
    let world = World::new(ADMIN);
    super::done(&world, &super::sense("", "")).await;
    by_hand(&world);
    let plan = plan(&world, None, &[add(Web, BACK)]).await;
    let shared = plan.problems.iter().any(|one| {
        matches!(one.kind, ProblemKind::Redirect { problem: RedirectProblem::SharedWithAnother, .. })
    });
    assert!(shared && plan.can_run(), "{:#?}", plan.problems);
}

#[tokio::test]
async fn row_d1_a_registration_that_somebody_changes_during_the_run_is_drift() {
    let world = World::new(ADMIN);
    by_hand(&world);
    let plan = plan(&world, None, &[add(Web, BACK)]).await;
    world.tenant.practice().tables(|tables| {
        let app = tables.applications.get_mut(OBJECT).unwrap();
        app.body.insert("web".into(), json!({"redirectUris": ["https://somebody.example/else"]}));
    });
    let finished = run(&world, plan).await;
    let Finish::Stopped(Stop::Drift { what }) = &finished.finish else { panic!("{finished:#?}") };
    assert!(what[0].contains("changed since the plan"), "{what:?}");
    assert_eq!(body(&world)["web"]["redirectUris"], json!(["https://somebody.example/else"]), "left alone");
}

const FRAGMENT: &str = r#"// as the vendor prints it
"requiredResourceAccess": [
  {"resourceAppId": "00000003-0000-0000-c000-000000000000", "resourceAccess": [
    {"id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope"},
    {"id": "b633e1c5-b582-4048-a93e-9f11b44c7e96", "type": "Role"},
    {"id": "11111111-2222-4333-8444-555555555555", "type": "Role"},
  ]},
],"#;

async fn fragment(world: &World, how: FragmentUse) -> Plan {
    let session = world.session().await;
    let entries = manifest::read(FRAGMENT).unwrap();
    Planner::new(&session)
        .merge_permissions("5b1e0000-0000-4000-8000-000000000001", &entries, how)
        .await
        .unwrap()
}

fn asked(world: &World) -> Vec<String> {
    let access = body(world)["requiredResourceAccess"][0]["resourceAccess"].clone();
    access.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn row_d2_a_fragment_is_merged_and_never_overwrites() {
    let world = World::new(ADMIN);
    by_hand(&world);
    let (before, had) = (everything(&world.tenant), asked(&world));
    let plan = fragment(&world, FragmentUse::Merge).await;
    let id = plan.run.clone();
    assert_eq!(run(&world, plan).await.finish, Finish::Done);
    let now = asked(&world);
    assert!(had.iter().all(|one| now.contains(one)), "nothing of what was there went");
    assert_eq!(now.len(), had.len() + 2, "an id that nobody knows is kept");
    let again = fragment(&world, FragmentUse::Merge).await;
    assert!(again.is_settled(), "{:#?}", again.steps);
    world.worker().await.undo(&id, CancellationToken::new()).await.unwrap();
    assert_same(&everything(&world.tenant), &before);
}

#[tokio::test]
async fn row_d2_a_fragment_replaces_only_when_chosen_and_that_is_undone_too() {
    let world = World::new(ADMIN);
    by_hand(&world);
    let before = everything(&world.tenant);
    let plan = fragment(&world, FragmentUse::Replace).await;
    let step = plan.steps.iter().find(|step| step.id.starts_with("app:")).unwrap();
    assert!(step.sentence.contains(" off"), "{}", step.sentence);
    let id = plan.run.clone();
    assert_eq!(run(&world, plan).await.finish, Finish::Done);
    assert_eq!(asked(&world).len(), 3);
    world.worker().await.undo(&id, CancellationToken::new()).await.unwrap();
    assert_same(&everything(&world.tenant), &before);
}

#[tokio::test]
async fn row_d2_more_permissions_than_an_app_can_have_are_refused_before() {
    let world = World::new(ADMIN);
    by_hand(&world);
    let one = |n: usize| json!({"id": format!("22222222-2222-4222-8222-{n:012}"), "type": "Scope"});
    let many = json!({"requiredResourceAccess": [{"resourceAppId": "00000003-0000-0000-c000-000000000000",
        "resourceAccess": (0..500).map(one).collect::<Vec<_>>()}]});
    let entries = manifest::read(&many.to_string()).unwrap();
    let session = world.session().await;
    let plan = Planner::new(&session)
        .merge_permissions("5b1e0000-0000-4000-8000-000000000001", &entries, FragmentUse::Merge)
        .await
        .unwrap();
    assert!(
        !plan.can_run() && plan.problems.iter().any(|one| one.why.contains("400")),
        "{:#?}",
        plan.problems
    );
}
