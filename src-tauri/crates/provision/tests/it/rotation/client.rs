//! A product that signs in again and again, with the old secret until it is given the new one. Not one request may fail.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use practice::Lag;
use tokio::sync::RwLock;

use super::{
    App, CERTIFICATE, SECRET, app, certificate_opens, done, kept_certificate, kept_value, removal, renewed,
    undone, works,
};
use crate::world::{ADMIN, World};

/// What the product signs in with.
#[derive(Clone)]
enum Has {
    Secret(String),
    Certificate(Arc<provision::KeptCertificate>),
}

/// A product that never rests.
struct Product {
    has: Arc<RwLock<Has>>,
    tries: Arc<AtomicUsize>,
    failures: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    task: tokio::task::JoinHandle<()>,
}

impl Product {
    async fn start(world: &World, app: &App) -> Self {
        let has = Arc::new(RwLock::new(Has::Secret(app.old_value.clone())));
        let (tries, failures, stop) =
            (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default(), Arc::default());
        let task = tokio::spawn({
            let (tenant, app) = (world.tenant.clone(), app.clone());
            let access = World::on(tenant.clone(), ADMIN).session().await.apps;
            let (has, tries, failures, stop) =
                (has.clone(), tries.clone(), failures.clone(), Arc::<AtomicBool>::clone(&stop));
            async move {
                while !stop.load(Ordering::SeqCst) {
                    // Held while it signs in: a hand-over comes between two sign-ins, as a restart of the product does.
                    let now = has.read().await;
                    let works = match &*now {
                        Has::Secret(value) => works(&tenant, &app, value).await,
                        Has::Certificate(kept) => {
                            certificate_opens(access.as_ref(), &tenant, &app, kept).await
                        }
                    };
                    drop(now);
                    tries.fetch_add(1, Ordering::SeqCst);
                    if !works {
                        failures.fetch_add(1, Ordering::SeqCst);
                    }
                    tokio::task::yield_now().await;
                }
            }
        });
        Self { has, tries, failures, stop, task }
    }

    /// Somebody enters the new one in the product, which takes some minutes.
    async fn is_given(&self, world: &World, new: Has) {
        world.tenant.pass(jiff::SignedDuration::from_mins(5));
        *self.has.write().await = new;
        self.has_signed_in().await;
    }

    /// Waits until it has signed in some more times with what it has.
    async fn has_signed_in(&self) {
        let until = self.tries.load(Ordering::SeqCst) + 3;
        while self.tries.load(Ordering::SeqCst) < until {
            tokio::task::yield_now().await;
        }
    }

    /// It signed in all the time, and was never turned away.
    async fn never_failed(self, lag: Lag) {
        self.stop.store(true, Ordering::SeqCst);
        self.task.await.unwrap();
        let (tries, failures) = (self.tries.load(Ordering::SeqCst), self.failures.load(Ordering::SeqCst));
        println!(
            "a product signed in {tries} times, {failures} failed (changes spread in {} ms)",
            lag.changes_ms
        );
        assert_eq!(failures, 0, "of {tries}");
        assert!(tries >= 15, "{tries}");
    }
}

async fn value(world: &World, app: &App, key: &graph::KeyId) -> Has {
    match kept_value(world, app, key).await {
        Some(value) => Has::Secret(value),
        None => Has::Certificate(Arc::new(kept_certificate(world, app, key).await.unwrap())),
    }
}

/// An organisation in which changes spread like this, an app, and the product that uses it.
async fn at_work(lag: Lag) -> (World, App, Product) {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    super::later(&world);
    world.tenant.practice().faults().set_lag(lag);
    let product = Product::start(&world, &app).await;
    product.has_signed_in().await;
    (world, app, product)
}

/// Renewal, undo, renewal again, hand-over, removal.
async fn from_secret_to_secret(lag: Lag) {
    let (world, app, product) = at_work(lag).await;
    let old = std::slice::from_ref(&app.old);
    let (run, _) = renewed(&world, &app, old, &SECRET).await;
    product.has_signed_in().await;
    undone(&world, &run).await;
    product.has_signed_in().await;
    let (_, second) = renewed(&world, &app, old, &SECRET).await;
    product.is_given(&world, value(&world, &app, &second).await).await;
    done(&world, removal(&world, &app, old, &second).await).await;
    product.has_signed_in().await;
    product.never_failed(lag).await;
}

/// On to a certificate, and to another one: the removal of the first is undone and redone.
async fn from_secret_to_certificate_to_certificate(lag: Lag) {
    let (world, app, product) = at_work(lag).await;
    let secret = std::slice::from_ref(&app.old);
    let (_, first) = renewed(&world, &app, secret, &CERTIFICATE).await;
    product.is_given(&world, value(&world, &app, &first).await).await;
    done(&world, removal(&world, &app, secret, &first).await).await;
    product.has_signed_in().await;
    let old = std::slice::from_ref(&first);
    let (_, second) = renewed(&world, &app, old, &CERTIFICATE).await;
    product.is_given(&world, value(&world, &app, &second).await).await;
    let plan = removal(&world, &app, old, &second).await;
    let run = plan.run.clone();
    done(&world, plan).await;
    product.has_signed_in().await;
    undone(&world, &run).await;
    product.has_signed_in().await;
    done(&world, removal(&world, &app, old, &second).await).await;
    product.has_signed_in().await;
    product.never_failed(lag).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn not_one_sign_in_fails_from_secret_to_secret() {
    from_secret_to_secret(Lag::default()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn not_one_sign_in_fails_from_secret_to_secret_while_changes_spread() {
    from_secret_to_secret(Lag::REALISTIC).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn not_one_sign_in_fails_with_certificates() {
    from_secret_to_certificate_to_certificate(Lag::default()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn not_one_sign_in_fails_with_certificates_while_changes_spread() {
    from_secret_to_certificate_to_certificate(Lag::REALISTIC).await;
}
