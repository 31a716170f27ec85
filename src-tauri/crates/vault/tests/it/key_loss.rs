//! Keyrings that lost, changed, or never kept the key. Nothing that is sealed is ever given up without being asked.

use vault::keyring::Availability;
use vault::keyring::testing::MemoryKeyring;
use vault::{AbsentReason, ConfirmedLoss, Failure, KeyLoss, StoreKind, VaultError, VaultStatus};

use crate::support::{address, get, open, put};

const READY: VaultStatus = VaultStatus::Ready { store: StoreKind::Keyring };

#[tokio::test]
async fn an_empty_keyring_with_sealed_records_is_a_lost_key_not_a_first_run() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    put(&open(folder.path(), &keyring).await, "a", "value").await;
    keyring.wipe();

    let vault = open(folder.path(), &keyring).await;
    let lost = VaultStatus::KeyLost { sealed_records: 1, cause: KeyLoss::Missing };
    assert_eq!(vault.status(), lost);
    assert_eq!(vault.unlock().await.unwrap(), lost);
    assert!(keyring.entries().is_empty(), "no new key may be made");
    let refused = vault.put(&address("b"), "", &crate::support::secret("x")).await;
    assert!(matches!(refused, Err(VaultError::NotReady { status }) if status == lost));
}

#[tokio::test]
async fn an_empty_keyring_with_nothing_sealed_is_a_first_run() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    put(&vault, "a", "value").await;
    vault.remove(address("a").id()).await.unwrap();
    drop(vault);
    keyring.wipe();

    let vault = open(folder.path(), &keyring).await;
    assert_eq!(vault.status(), READY);
    put(&vault, "a", "under the new key").await;
    assert_eq!(get(&vault, "a").await, "under the new key");
}

#[tokio::test]
async fn another_key_or_no_key_in_its_place_is_noticed() {
    let other_key = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";
    for impostor in [other_key, "not a key", ""] {
        let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
        put(&open(folder.path(), &keyring).await, "a", "value").await;
        keyring.replace_all(impostor);
        let vault = open(folder.path(), &keyring).await;
        let lost = VaultStatus::KeyLost { sealed_records: 1, cause: KeyLoss::Replaced };
        assert_eq!(vault.status(), lost, "{impostor:?}");
        assert!(vault.list(None).await.unwrap().iter().all(|record| !record.readable));
    }
}

#[tokio::test]
async fn a_key_that_comes_back_opens_the_records_again() {
    let (folder, keyring, other) = (tempfile::tempdir().unwrap(), MemoryKeyring::new(), MemoryKeyring::new());
    put(&open(folder.path(), &keyring).await, "a", "value").await;
    let elsewhere = open(folder.path(), &other).await;
    assert!(matches!(elsewhere.status(), VaultStatus::KeyLost { .. }));
    drop(elsewhere);
    assert_eq!(get(&open(folder.path(), &keyring).await, "a").await, "value");
}

#[tokio::test]
async fn records_are_given_up_only_in_the_number_that_was_confirmed() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    put(&vault, "a", "value").await;
    put(&vault, "b", "value").await;
    let refused = vault.abandon_sealed_records(ConfirmedLoss { sealed_records: 2 }).await;
    assert!(matches!(refused, Err(VaultError::StillReadable)));
    drop(vault);
    keyring.wipe();

    let vault = open(folder.path(), &keyring).await;
    let refused = vault.abandon_sealed_records(ConfirmedLoss { sealed_records: 1 }).await;
    assert!(matches!(refused, Err(VaultError::StaleConfirmation { sealed_records: 2 })));
    assert_eq!(vault.list(None).await.unwrap().len(), 2);

    let given_up = vault.abandon_sealed_records(ConfirmedLoss { sealed_records: 2 }).await.unwrap();
    let ids: Vec<_> = given_up.iter().map(|record| record.id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(vault.status(), READY);
    put(&vault, "a", "made anew").await;
    drop(vault);
    assert_eq!(get(&open(folder.path(), &keyring).await, "a").await, "made anew");
}

#[tokio::test]
async fn a_keyring_that_forgets_is_not_trusted_with_a_key() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    keyring.forget_writes(true);
    let vault = open(folder.path(), &keyring).await;
    assert_eq!(vault.status(), VaultStatus::Failed { cause: Failure::KeyringUnreliable });
    keyring.forget_writes(false);
    assert_eq!(vault.unlock().await.unwrap(), READY);
}

#[tokio::test]
async fn a_locked_keyring_is_not_prompted_until_the_person_asks() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    keyring.set_availability(Availability::Locked);
    keyring.unlock_when_asked(true);
    let vault = open(folder.path(), &keyring).await;
    assert_eq!(vault.status(), VaultStatus::Locked, "the open did not ask, or it would be unlocked");

    keyring.unlock_when_asked(false);
    assert_eq!(vault.unlock().await.unwrap(), VaultStatus::Locked, "dismissing the prompt is no error");
    keyring.unlock_when_asked(true);
    assert_eq!(vault.unlock().await.unwrap(), READY);
}

#[tokio::test]
async fn an_absent_or_silent_keyring_is_told_apart() {
    let absent = |reason| (Availability::Absent(reason), VaultStatus::Absent { reason });
    let silent = VaultStatus::Failed { cause: Failure::KeyringNotAnswering };
    for (availability, status) in [
        absent(AbsentReason::NoService),
        absent(AbsentReason::NoCollection),
        (Availability::NotAnswering, silent),
    ] {
        let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
        keyring.set_availability(availability);
        let vault = open(folder.path(), &keyring).await;
        assert_eq!(vault.status(), status);
        keyring.set_availability(Availability::Open);
        assert_eq!(vault.unlock().await.unwrap(), READY, "a keyring that comes up later is used");
    }
}
