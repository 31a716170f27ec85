//! A rotation on a disk that is full, or a vault that does not keep what it is given.

use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use provision::{Finish, SecretAddress, SecretStore, Stop, StoreError};
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;
use vault::Vault;

use super::{CERTIFICATE, app, held, kept_records, renewal, works};
use crate::world::{ADMIN, World};

/// A vault whose keys fail on order.
struct Moody {
    vault: Vault,
    /// So many puts of a key fail.
    puts_to_fail: AtomicUsize,
    /// So many reads of a key give something else than was put.
    reads_to_bend: AtomicUsize,
    refuses_proof: bool,
}

fn takes_one(left: &AtomicUsize) -> bool {
    left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
}

#[async_trait]
impl SecretStore for Moody {
    async fn prove_writable(&self) -> Result<(), StoreError> {
        if self.refuses_proof {
            Err(StoreError::DiskFull)
        } else {
            SecretStore::prove_writable(&self.vault).await
        }
    }
    async fn put(&self, at: &SecretAddress, label: &str, value: &SecretString) -> Result<(), StoreError> {
        SecretStore::put(&self.vault, at, label, value).await
    }
    async fn get(&self, at: &SecretAddress) -> Result<Option<SecretString>, StoreError> {
        SecretStore::get(&self.vault, at).await
    }
    async fn has(&self, at: &SecretAddress) -> Result<bool, StoreError> {
        SecretStore::has(&self.vault, at).await
    }
    async fn remove(&self, at: &SecretAddress) -> Result<(), StoreError> {
        SecretStore::remove(&self.vault, at).await
    }
    async fn put_key(&self, at: &SecretAddress, label: &str, value: &SecretString) -> Result<(), StoreError> {
        if takes_one(&self.puts_to_fail) {
            return Err(StoreError::DiskFull);
        }
        self.vault.put_key(at, label, value).await
    }
    async fn key(&self, at: &SecretAddress) -> Result<Option<SecretString>, StoreError> {
        let kept = self.vault.key(at).await?;
        Ok(if kept.is_some() && takes_one(&self.reads_to_bend) {
            Some("something else".into())
        } else {
            kept
        })
    }
    async fn remove_key(&self, at: &SecretAddress) -> Result<(), StoreError> {
        self.vault.remove_key(at).await
    }
}

/// Runs a renewal with such a vault: nothing may be uploaded; then goes on with a vault that works.
async fn fails_before_anything_is_uploaded(puts: usize, reads: usize, refuses_proof: bool, why: StoreError) {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let before = held(&world.tenant, &app);
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &CERTIFICATE).await;
    let run = plan.run.clone();
    let moody = Moody {
        vault: world.vault().await,
        puts_to_fail: AtomicUsize::new(puts),
        reads_to_bend: AtomicUsize::new(reads),
        refuses_proof,
    };
    let worker = world.worker_with(std::sync::Arc::new(moody)).await;
    let finished = worker.execute(plan, CancellationToken::new()).await.unwrap();
    drop(worker);
    assert_eq!(finished.finish, Finish::Stopped(Stop::Vault(why)), "{finished:#?}");
    assert_eq!(held(&world.tenant, &app), before, "nothing was uploaded");
    assert!(works(&world.tenant, &app, &app.old_value).await);
    let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(kept_records(&world, &app).await, 1);
}

#[tokio::test]
async fn a_full_disk_is_noticed_before_a_key_is_made() {
    fails_before_anything_is_uploaded(0, 0, true, StoreError::DiskFull).await;
}

#[tokio::test]
async fn a_key_that_cannot_be_kept_is_never_used() {
    fails_before_anything_is_uploaded(1, 0, false, StoreError::DiskFull).await;
}

#[tokio::test]
async fn a_key_that_does_not_come_back_as_it_was_is_never_used() {
    fails_before_anything_is_uploaded(0, 1, false, StoreError::Unreadable).await;
}
