//! E7: a token for the vendor's form.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use graph::AppId;
use practice::{Action, Fault};
use provision::{
    AppTokenError, AuthorizeAs, Checkpoint, Checkpoints, IdentityPersonSignIn, PersonAccess, PersonToken,
    Planner, ProofResult, RunEnd, StepKey, Stop,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{certero, done, everything};
use crate::setups::assert_same;
use crate::world::{ADMIN, World};

/// A browser in which the person's session is open: it follows the sign-in to this computer.
struct OpenSession;

impl identity::Browser for OpenSession {
    fn open(&self, url: &Url) -> Result<(), identity::BrowserError> {
        let url = url.clone();
        tokio::spawn(async move {
            let http = crate::world::http();
            let mut page = http.get(url.clone()).send().await.unwrap().text().await.unwrap();
            // A consent page first, then the page that carries the answer.
            for _ in 0..3 {
                let Some(form) = page.split("<form").nth(1) else { return };
                let attribute = |tag: &str, name: &str| {
                    let value = tag.split(&format!("{name}=\"")).nth(1)?.split('"').next()?;
                    Some(
                        value
                            .replace("&amp;", "&")
                            .replace("&#x2F;", "/")
                            .replace("&#39;", "'")
                            .replace("&quot;", "\""),
                    )
                };
                let action = url.join(&attribute(form, "action").unwrap()).unwrap();
                let fields: Vec<(String, String)> = form
                    .split("<input")
                    .skip(1)
                    .filter_map(|tag| {
                        Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()))
                    })
                    .collect();
                let done = action.host_str() == Some("localhost");
                let origin = url.origin().ascii_serialization();
                let sent = http.post(action).header("origin", origin).form(&fields).send().await;
                if done {
                    return;
                }
                page = sent.unwrap().text().await.unwrap();
            }
        });
        Ok(())
    }
}

fn person(world: &World) -> IdentityPersonSignIn {
    IdentityPersonSignIn::new(world.authority(), std::sync::Arc::new(OpenSession), None, |_| {})
}

async fn set_up(world: &World, kind: &str) -> String {
    let (_, finished) = done(world, &certero(kind)).await;
    finished.made[0].app_id.to_string()
}

async fn plan(world: &World, app: &str, how: AuthorizeAs) -> provision::Plan {
    let session = world.session().await;
    Planner::new(&session).authorize(app, how).await.unwrap()
}

/// Addresses of the web platform.
fn addresses(world: &World, app: &str) -> Vec<String> {
    world.tenant.practice().tables(|tables| {
        let row = tables.application_by_app_id(app).unwrap();
        let list = row.body["web"]["redirectUris"].as_array().cloned().unwrap_or_default();
        list.iter().map(|one| one.as_str().unwrap().to_owned()).collect()
    })
}

/// Says what it was told to, and looks at the registration meanwhile.
struct Scripted<'a> {
    world: &'a World,
    answer: Mutex<Option<Result<PersonToken, AppTokenError>>>,
    seen: Mutex<Vec<String>>,
}

impl<'a> Scripted<'a> {
    fn new(world: &'a World, answer: Result<PersonToken, AppTokenError>) -> Self {
        Self { world, answer: Mutex::new(Some(answer)), seen: Mutex::default() }
    }
}

#[async_trait]
impl PersonAccess for Scripted<'_> {
    async fn sign_in(&self, _: &str, app: &AppId, _: SecretString) -> Result<PersonToken, AppTokenError> {
        *self.seen.lock().unwrap() = addresses(self.world, app.as_str());
        let answer = self.answer.lock().unwrap().take();
        match answer {
            Some(answer) => answer,
            None => std::future::pending().await,
        }
    }
}

fn declined() -> AppTokenError {
    AppTokenError::Refused { error: "access_denied".to_owned(), code: Some(65_004) }
}

#[tokio::test]
async fn row_e7_an_app_that_works_by_itself_gets_a_token_and_nothing_is_changed() {
    let world = World::new(ADMIN);
    let app = set_up(&world, "application").await;
    let before = everything(&world.tenant);
    let plan = plan(&world, &app, AuthorizeAs::App).await;
    assert!(plan.is_settled() && plan.can_run(), "{:#?}", plan.steps);
    let nobody = Scripted::new(&world, Err(declined()));
    let token = world.worker().await.authorize(plan, &nobody, CancellationToken::new()).await.unwrap();
    assert!(token.scopes.contains(&"Reports.Read.All".to_owned()), "{token:?}");
    assert!(token.meanings().iter().any(|one| one.contains("(Reports.Read.All)")));
    assert!(token.life(world.tenant.now()).contains("minutes"), "{}", token.life(world.tenant.now()));
    assert!(!token.token.expose_secret().is_empty());
    assert_same(&everything(&world.tenant), &before);
}

#[tokio::test]
async fn row_e7_a_person_signs_in_through_the_app_and_the_address_is_removed_afterwards() {
    let world = World::new(ADMIN);
    let app = set_up(&world, "delegated").await;
    let before = addresses(&world, &app);
    let plan = plan(&world, &app, AuthorizeAs::Person).await;
    let run = plan.run.clone();
    assert!(
        plan.steps.iter().any(|step| step.undo.as_deref().is_some_and(|undo| undo.contains("removed again")))
    );
    let token =
        world.worker().await.authorize(plan, &person(&world), CancellationToken::new()).await.unwrap();
    assert!(token.scopes.contains(&"Reports.Read.All".to_owned()), "{token:?}");
    assert!(token.person.as_deref().is_some_and(|one| one.starts_with("astrid")), "{token:?}");
    assert_eq!(addresses(&world, &app), before);
    assert_eq!(world.journal().run(&run).await.unwrap().end, Some(RunEnd::Done));
    let entries = world.journal().entries(&run).await.unwrap();
    assert!(!format!("{entries:?}").contains(token.token.expose_secret()));
}

#[tokio::test]
async fn row_e7_the_address_is_there_for_the_sign_in_and_goes_however_it_ends() {
    let world = World::new(ADMIN);
    let app = set_up(&world, "delegated").await;
    let before = addresses(&world, &app);
    let refused = Scripted::new(&world, Err(declined()));
    let plan_one = plan(&world, &app, AuthorizeAs::Person).await;
    let run = plan_one.run.clone();
    let stop =
        world.worker().await.authorize(plan_one, &refused, CancellationToken::new()).await.unwrap_err();
    assert!(matches!(stop, Stop::AppSignIn(AppTokenError::Refused { .. })), "{stop:?}");
    assert!(refused.seen.lock().unwrap().contains(&"http://localhost".to_owned()));
    assert_eq!(addresses(&world, &app), before);
    assert_eq!(world.journal().run(&run).await.unwrap().end, Some(RunEnd::Undone));

    let waiting = Scripted { answer: Mutex::new(None), ..Scripted::new(&world, Err(declined())) };
    let (cancel, worker) = (CancellationToken::new(), world.worker().await);
    let plan_two = plan(&world, &app, AuthorizeAs::Person).await;
    let ends = async {
        while waiting.seen.lock().unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
        cancel.cancel();
    };
    let (stop, ()) = tokio::join!(worker.authorize(plan_two, &waiting, cancel.clone()), ends);
    assert_eq!(stop.unwrap_err(), Stop::Cancelled);
    assert_eq!(addresses(&world, &app), before, "cancelling does not leave it");
}

/// Keeps a run at one point for ever.
struct Cut(Checkpoint, Semaphore);

#[async_trait]
impl Checkpoints for Cut {
    async fn reached(&self, at: Checkpoint, key: &StepKey) {
        if at == self.0 && key.step.starts_with("loopback:") {
            self.1.add_permits(1);
            std::future::pending::<()>().await;
        }
    }
}

#[tokio::test]
async fn row_e7_a_crash_leaves_a_run_that_removes_the_address_when_it_goes_on() {
    for point in Checkpoint::ALL {
        let world = World::new(ADMIN);
        let app = set_up(&world, "delegated").await;
        let before = addresses(&world, &app);
        let plan = plan(&world, &app, AuthorizeAs::Person).await;
        let run = plan.run.clone();
        let cut = std::sync::Arc::new(Cut(point, Semaphore::new(0)));
        let worker = world.worker_at(cut.clone()).await;
        let nobody = Scripted::new(&world, Err(declined()));
        tokio::select! {
            ended = worker.authorize(plan, &nobody, CancellationToken::new()) => panic!("{point:?}: {ended:?}"),
            hit = cut.1.acquire() => drop(hit.unwrap()),
        }
        assert!(world.journal().run(&run).await.unwrap().is_unfinished(), "{point:?}");
        let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
        assert_eq!(finished.finish, provision::Finish::Done, "{point:?}: {finished:#?}");
        assert_eq!(addresses(&world, &app), before, "{point:?}");
        assert!(!world.journal().run(&run).await.unwrap().is_unfinished());
    }
}

#[tokio::test]
async fn row_e7_what_somebody_adds_meanwhile_stays_and_what_was_there_is_not_removed() {
    let world = World::new(ADMIN);
    let app = set_up(&world, "delegated").await;
    struct Meddler<'a>(&'a World, AtomicUsize);
    #[async_trait]
    impl PersonAccess for Meddler<'_> {
        async fn sign_in(&self, _: &str, app: &AppId, _: SecretString) -> Result<PersonToken, AppTokenError> {
            self.1.fetch_add(1, Ordering::SeqCst);
            self.0.tenant.practice().tables(|tables| {
                let id = tables.application_by_app_id(app.as_str()).unwrap().text("id").to_owned();
                let row = tables.applications.get_mut(&id).unwrap();
                row.body["web"]["redirectUris"].as_array_mut().unwrap().push(json!("https://else.example/x"));
            });
            Err(declined())
        }
    }
    let before = addresses(&world, &app);
    let meddler = Meddler(&world, AtomicUsize::new(0));
    let plan_one = plan(&world, &app, AuthorizeAs::Person).await;
    world.worker().await.authorize(plan_one, &meddler, CancellationToken::new()).await.unwrap_err();
    let mut expected = before.clone();
    expected.push("https://else.example/x".to_owned());
    assert_eq!(addresses(&world, &app), expected);
    // With the address there from before, nothing is added and nothing removed.
    world.tenant.practice().tables(|tables| {
        let id = tables.application_by_app_id(&app).unwrap().text("id").to_owned();
        let row = tables.applications.get_mut(&id).unwrap();
        row.body["web"]["redirectUris"].as_array_mut().unwrap().push(json!("http://localhost"));
    });
    let plan_two = plan(&world, &app, AuthorizeAs::Person).await;
    assert!(plan_two.is_settled());
    let nobody = Scripted::new(&world, Err(declined()));
    world.worker().await.authorize(plan_two, &nobody, CancellationToken::new()).await.unwrap_err();
    assert!(addresses(&world, &app).contains(&"http://localhost".to_owned()));
}

#[tokio::test]
async fn row_e7_an_address_that_could_not_be_removed_leaves_the_run_unfinished() {
    let world = World::new(ADMIN);
    let app = set_up(&world, "delegated").await;
    let before = addresses(&world, &app);
    let plan = plan(&world, &app, AuthorizeAs::Person).await;
    let run = plan.run.clone();
    let refuse = Action::Status { status: 400, body: None, headers: Default::default(), commit: false };
    world
        .tenant
        .practice()
        .faults()
        .arm(Fault { nth: vec![2], ..Fault::on("PATCH", "/v1.0/applications/*", refuse) });
    let nobody = Scripted::new(&world, Err(declined()));
    world.worker().await.authorize(plan, &nobody, CancellationToken::new()).await.unwrap_err();
    assert!(world.journal().run(&run).await.unwrap().is_unfinished());
    world.tenant.practice().faults().clear();
    world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
    assert_eq!(addresses(&world, &app), before);
}

#[tokio::test]
async fn row_e7_without_the_secret_nothing_is_begun() {
    let world = World::new(ADMIN);
    let app = set_up(&world, "application").await;
    let elsewhere = World::on(world.tenant.clone(), ADMIN);
    let plan = plan(&elsewhere, &app, AuthorizeAs::App).await;
    assert!(
        !plan.can_run() && plan.problems.iter().any(|one| one.why.contains("new secret")),
        "{:#?}",
        plan.problems
    );
}

#[tokio::test]
async fn row_e7_what_works_for_the_person_who_signs_in_is_tried_with_their_token() {
    let world = World::new(ADMIN);
    let setup = certero("delegated");
    let (_, finished) = done(&world, &setup).await;
    let app = finished.made[0].app_id.to_string();
    let plan = plan(&world, &app, AuthorizeAs::Person).await.trying(&setup, "connector");
    assert_eq!(plan.proofs.len(), setup.proofs.len());
    let run = plan.run.clone();
    let token =
        world.worker().await.authorize(plan, &person(&world), CancellationToken::new()).await.unwrap();
    assert_eq!(token.proofs.len(), setup.proofs.len());
    for (id, result) in &token.proofs {
        assert!(matches!(result, ProofResult::Proved { .. }), "{id}: {result:?}");
    }
    let entries = world.journal().entries(&run).await.unwrap();
    assert_eq!(
        entries.iter().filter(|one| format!("{one:?}").contains("Proof {")).count(),
        setup.proofs.len()
    );
}

#[tokio::test]
async fn row_e7_what_the_person_may_not_read_is_refused_and_the_token_is_there_all_the_same() {
    let world = World::new(ADMIN);
    let setup = certero("delegated");
    let (_, finished) = done(&world, &setup).await;
    let app = finished.made[0].app_id.to_string();
    let plan = plan(&world, &app, AuthorizeAs::Person).await.trying(&setup, "connector");
    let stale = PersonToken {
        token: "not.a.token".into(),
        scopes: Vec::new(),
        expires_at: world.tenant.now() + jiff::SignedDuration::from_mins(60),
        person: None,
    };
    let scripted = Scripted::new(&world, Ok(stale));
    let token = world.worker().await.authorize(plan, &scripted, CancellationToken::new()).await.unwrap();
    assert!(!token.proofs.is_empty());
    for (id, result) in &token.proofs {
        assert!(matches!(result, ProofResult::Refused(_)), "{id}: {result:?}");
    }
}
