//! Rotation: a new credential beside an old one, proved, handed over, the old one removed, undone and redone.

mod broken_disk;
mod bulk;
mod certificates;
mod client;
mod disk;
mod faults;
mod finishing;
mod kill_points;
mod owners;
mod policies;
mod renewing;
mod trusts;

use std::collections::BTreeSet;

use graph::{ApplicationId, KeyId, credentials};
use jiff::SignedDuration;
use provision::{
    AppAccess, Finish, Finished, KeptCertificate, NewCredential, Plan, Planner, RunId, SecretAddress,
    SecretStore as _, UseOfOld,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::setups::calendar;
use crate::tenant::Tenant;
use crate::world::{ADMIN, World, http};

/// An app that a product signs in with, with a secret of its own called “prod-1”.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) app_id: String,
    pub(crate) id: ApplicationId,
    pub(crate) old: KeyId,
    pub(crate) old_value: String,
}

/// Totalview's calendar, set up and granted, and the secret that the product uses.
pub(crate) async fn app(world: &World) -> App {
    let plan = world.plan(&calendar()).await;
    let finished = World::on(world.tenant.clone(), ADMIN)
        .worker()
        .await
        .execute(plan, CancellationToken::new())
        .await
        .unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let made = &finished.made[0];
    let end = world.tenant.now() + SignedDuration::from_hours(24 * 60);
    let graph = World::on(world.tenant.clone(), ADMIN).session().await.graph;
    let secret = graph.send(credentials::add_password(&made.id, "prod-1", end)).await.unwrap();
    App {
        app_id: made.app_id.to_string(),
        id: made.id.clone(),
        old: secret.key_id,
        old_value: secret.secret_text.expose_secret().to_owned(),
    }
}

pub(crate) const SECRET: NewCredential = NewCredential::Secret { months: Some(6) };
pub(crate) const CERTIFICATE: NewCredential = NewCredential::MadeCertificate { months: Some(6) };

pub(crate) async fn renewal(world: &World, app: &App, old: &[KeyId], new: &NewCredential) -> Plan {
    let session = world.session().await;
    Planner::new(&session).renew_credential(&app.app_id, old, new, None).await.unwrap()
}

/// The plan that removes the old ones, once Microsoft shows the new one.
pub(crate) async fn removal(world: &World, app: &App, old: &[KeyId], new: &KeyId) -> Plan {
    let session = world.session().await;
    let planner = Planner::new(&session);
    for _ in 0..60 {
        let plan = planner.finish_rotation(&app.app_id, old, Some(new), UseOfOld::Idle, false).await.unwrap();
        if plan.can_run() {
            return plan;
        }
        world.tenant.pass(SignedDuration::from_secs(10));
    }
    panic!("the new one never shows");
}

/// Long enough that everything has spread.
pub(crate) fn later(world: &World) {
    world.tenant.pass(SignedDuration::from_mins(30));
}

/// Carries a plan out, which must end well.
pub(crate) async fn done(world: &World, plan: Plan) -> Finished {
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    finished
}

pub(crate) async fn undone(world: &World, run: &RunId) {
    world.worker().await.undo(run, CancellationToken::new()).await.unwrap();
}

/// The credential that a renewal made.
pub(crate) fn new_key(finished: &Finished) -> KeyId {
    let made = &finished.made[0];
    let secret = made.secret.as_ref().map(|one| one.key_id.clone());
    secret.or_else(|| made.certificate.as_ref().map(|one| one.key_id.clone())).unwrap()
}

/// Renews and gives back the run and the new credential.
pub(crate) async fn renewed(world: &World, app: &App, old: &[KeyId], new: &NewCredential) -> (RunId, KeyId) {
    let plan = renewal(world, app, old, new).await;
    let run = plan.run.clone();
    (run, new_key(&done(world, plan).await))
}

/// Ids of the secrets and certificates that the registration really has.
pub(crate) fn held(tenant: &Tenant, app: &App) -> BTreeSet<String> {
    tenant.practice().tables(|tables| {
        let body = &tables.applications[app.id.as_str()].body;
        let ids = |list: &str| -> Vec<String> {
            let all = body[list].as_array().unwrap();
            all.iter().map(|one| one["keyId"].as_str().unwrap().to_owned()).collect()
        };
        ids("passwordCredentials").into_iter().chain(ids("keyCredentials")).collect()
    })
}

/// One entry of a registration as it really is.
pub(crate) fn entry(tenant: &Tenant, app: &App, key: &KeyId) -> Option<Value> {
    tenant.practice().tables(|tables| {
        let body = &tables.applications[app.id.as_str()].body;
        let lists =
            ["passwordCredentials", "keyCredentials"].map(|list| body[list].as_array().unwrap().clone());
        lists.into_iter().flatten().find(|one| one["keyId"] == key.as_str())
    })
}

/// Whether the product gets a token with this secret, by a request of its own.
pub(crate) async fn works(tenant: &Tenant, app: &App, secret: &str) -> bool {
    let url = tenant.practice().base_url().join(&format!("{}/oauth2/v2.0/token", tenant.id())).unwrap();
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", app.app_id.as_str()),
        ("client_secret", secret),
        ("scope", "https://graph.microsoft.com/.default"),
    ];
    http().post(url).form(&form).send().await.unwrap().status().is_success()
}

pub(crate) fn address(world: &World, app: &App, key: &KeyId) -> SecretAddress {
    SecretAddress {
        tenant: world.tenant.id(),
        app: graph::AppId::new(app.app_id.clone()).unwrap(),
        key: key.clone(),
    }
}

/// The value of a secret in the vault.
pub(crate) async fn kept_value(world: &World, app: &App, key: &KeyId) -> Option<String> {
    let vault = world.vault().await;
    let value: Option<SecretString> =
        provision::SecretStore::get(&vault, &address(world, app, key)).await.unwrap();
    value.map(|value| value.expose_secret().to_owned())
}

/// The certificate in the vault.
pub(crate) async fn kept_certificate(world: &World, app: &App, key: &KeyId) -> Option<KeptCertificate> {
    let text = world.vault().await.key(&address(world, app, key)).await.unwrap()?;
    Some(KeptCertificate::read(text).unwrap())
}

/// Whether the product gets a token with this certificate.
pub(crate) async fn certificate_works(world: &World, app: &App, certificate: &KeptCertificate) -> bool {
    let access = world.session().await.apps;
    certificate_opens(access.as_ref(), &world.tenant, app, certificate).await
}

/// The same, with a way to sign in that is there already.
pub(crate) async fn certificate_opens(
    access: &dyn AppAccess,
    tenant: &Tenant,
    app: &App,
    certificate: &KeptCertificate,
) -> bool {
    let api = graph::AppId::new("00000003-0000-0000-c000-000000000000").unwrap();
    let app_id = graph::AppId::new(app.app_id.clone()).unwrap();
    access.sign_in_with_certificate(&tenant.id(), &app_id, certificate, &api).await.is_ok()
}

/// How many records of the vault belong to this app.
pub(crate) async fn kept_records(world: &World, app: &App) -> usize {
    let all = world.vault().await.list(None).await.unwrap();
    all.iter().filter(|info| info.id.as_str().contains(&app.app_id)).count()
}
