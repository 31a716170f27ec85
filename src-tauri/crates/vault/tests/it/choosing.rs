//! What the person chooses where there is no keyring, and changes later.

use vault::keyring::Availability;
use vault::keyring::testing::MemoryKeyring;
use vault::{
    AbsentReason, Choice, ConfirmedLoss, KeyringBackend, PASSPHRASE_MINIMUM, StoreKind, VaultError,
    VaultStatus,
};

use crate::support::{address, contains, files_under, get, open, open_with, put, secret, settled};

const PHRASE: &str = "correct horse battery staple";
const BY_PASSPHRASE: VaultStatus = VaultStatus::Ready { store: StoreKind::Passphrase };
const BY_KEYRING: VaultStatus = VaultStatus::Ready { store: StoreKind::Keyring };

fn by_passphrase(text: &str) -> Choice {
    Choice::Passphrase(secret(text))
}

#[tokio::test]
async fn without_a_keyring_nothing_is_stored_until_the_person_chooses() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open_with(folder.path(), KeyringBackend::None);
    let absent = VaultStatus::Absent { reason: AbsentReason::NotConfigured };
    assert_eq!(settled(&vault).await, absent);
    let refused = vault.put(&address("a"), "", &secret("plain canary")).await;
    assert!(matches!(refused, Err(VaultError::NotReady { status }) if status == absent));
    for (path, bytes) in files_under(folder.path()) {
        assert!(!contains(&bytes, b"plain canary"), "{}", path.display());
    }
}

#[tokio::test]
async fn session_only_keeps_secrets_off_the_disk_and_forgets_them() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open_with(folder.path(), KeyringBackend::None);
    settled(&vault).await;
    assert_eq!(vault.choose(Choice::SessionOnly).await.unwrap(), VaultStatus::SessionOnly);
    put(&vault, "session", "for now").await;
    vault.prove_writable().await.unwrap();
    assert_eq!(get(&vault, "session").await, "for now");
    assert!(vault.list(None).await.unwrap()[0].readable);
    let raw = rusqlite::Connection::open(folder.path().join("vault/vault.db")).unwrap();
    let on_disk: i64 = raw.query_row("SELECT count(*) FROM record", [], |row| row.get(0)).unwrap();
    assert_eq!(on_disk, 0);

    assert_eq!(vault.forget_session().await.unwrap(), VaultStatus::Locked);
    assert!(vault.list(None).await.unwrap().is_empty());
    assert!(matches!(vault.get(&address("session")).await, Err(VaultError::NotReady { .. })));
}

#[tokio::test]
async fn session_secrets_move_to_the_keyring_when_there_is_one() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    keyring.set_availability(Availability::Absent(AbsentReason::NoService));
    let vault = open(folder.path(), &keyring).await;
    vault.choose(Choice::SessionOnly).await.unwrap();
    put(&vault, "a", "kept in memory").await;
    let refused = vault.choose(Choice::Keyring).await;
    assert!(matches!(refused, Err(VaultError::NotReady { status: VaultStatus::Absent { .. } })));
    assert_eq!(get(&vault, "a").await, "kept in memory", "a choice that fails changes nothing");

    keyring.set_availability(Availability::Open);
    assert_eq!(vault.choose(Choice::Keyring).await.unwrap(), BY_KEYRING);
    drop(vault);
    assert_eq!(get(&open(folder.path(), &keyring).await, "a").await, "kept in memory");
}

#[tokio::test]
async fn a_passphrase_guards_across_restarts() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open_with(folder.path(), KeyringBackend::None);
    settled(&vault).await;
    let short = "x".repeat(PASSPHRASE_MINIMUM - 1);
    let refused = vault.choose(by_passphrase(&short)).await;
    assert!(matches!(refused, Err(VaultError::PassphraseTooShort { minimum: PASSPHRASE_MINIMUM })));
    assert_eq!(vault.choose(by_passphrase(PHRASE)).await.unwrap(), BY_PASSPHRASE);
    put(&vault, "a", "value").await;
    drop(vault);

    let vault = open_with(folder.path(), KeyringBackend::None);
    assert_eq!(settled(&vault).await, VaultStatus::NeedsPassphrase);
    let refused = vault.unlock_with_passphrase(secret("correct horse battery stapler")).await;
    assert!(matches!(refused, Err(VaultError::WrongPassphrase)));
    assert_eq!(vault.unlock_with_passphrase(secret(PHRASE)).await.unwrap(), BY_PASSPHRASE);
    assert_eq!(get(&vault, "a").await, "value");
    assert_eq!(vault.forget_session().await.unwrap(), VaultStatus::NeedsPassphrase);
    assert!(matches!(vault.get(&address("a")).await, Err(VaultError::NotReady { .. })));
}

#[tokio::test]
async fn a_changed_passphrase_replaces_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open_with(folder.path(), KeyringBackend::None);
    settled(&vault).await;
    vault.choose(by_passphrase(PHRASE)).await.unwrap();
    put(&vault, "a", "value").await;
    let refused =
        vault.change_passphrase(secret("not the passphrase"), secret("a new long passphrase")).await;
    assert!(matches!(refused, Err(VaultError::WrongPassphrase)));
    vault.change_passphrase(secret(PHRASE), secret("a new long passphrase")).await.unwrap();
    vault.forget_session().await.unwrap();

    assert!(matches!(vault.unlock_with_passphrase(secret(PHRASE)).await, Err(VaultError::WrongPassphrase)));
    vault.unlock_with_passphrase(secret("a new long passphrase")).await.unwrap();
    assert_eq!(get(&vault, "a").await, "value");
}

#[tokio::test]
async fn moving_from_the_keyring_to_a_passphrase_leaves_the_old_key_useless() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    put(&vault, "a", "value").await;
    assert_eq!(vault.choose(by_passphrase(PHRASE)).await.unwrap(), BY_PASSPHRASE);
    assert_eq!(get(&vault, "a").await, "value");
    drop(vault);

    let vault = open(folder.path(), &keyring).await;
    assert_eq!(vault.status(), VaultStatus::NeedsPassphrase, "the keyring is not asked any more");
    vault.unlock_with_passphrase(secret(PHRASE)).await.unwrap();
    assert_eq!(vault.choose(Choice::Keyring).await.unwrap(), BY_KEYRING);
    drop(vault);
    assert_eq!(get(&open(folder.path(), &keyring).await, "a").await, "value");
}

#[tokio::test]
async fn records_that_cannot_be_read_block_a_new_key() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    put(&open(folder.path(), &keyring).await, "a", "value").await;
    keyring.set_availability(Availability::Locked);
    let vault = open(folder.path(), &keyring).await;
    let refused = vault.choose(by_passphrase(PHRASE)).await;
    assert!(matches!(refused, Err(VaultError::UnreadableRecords { sealed_records: 1 })));

    // Session-only is possible: it leaves them alone.
    assert_eq!(vault.choose(Choice::SessionOnly).await.unwrap(), VaultStatus::SessionOnly);
    assert!(matches!(vault.get(&address("a")).await, Err(VaultError::SealedByOtherKey { .. })));
    let refused = vault.choose(by_passphrase(PHRASE)).await;
    assert!(matches!(refused, Err(VaultError::UnreadableRecords { sealed_records: 1 })));
    vault.forget_session().await.unwrap();
    keyring.set_availability(Availability::Open);
    assert_eq!(vault.unlock().await.unwrap(), BY_KEYRING);
    assert_eq!(get(&vault, "a").await, "value");
}

#[tokio::test]
async fn a_forgotten_passphrase_can_be_given_up_with_its_records() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open_with(folder.path(), KeyringBackend::None);
    settled(&vault).await;
    vault.choose(by_passphrase(PHRASE)).await.unwrap();
    put(&vault, "a", "value").await;
    vault.forget_session().await.unwrap();
    let given_up = vault.abandon_sealed_records(ConfirmedLoss { sealed_records: 1 }).await.unwrap();
    assert_eq!(given_up.len(), 1);
    assert_eq!(vault.status(), VaultStatus::Absent { reason: AbsentReason::NotConfigured });
}

#[tokio::test]
async fn a_vault_without_a_passphrase_says_so() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    assert!(matches!(vault.unlock_with_passphrase(secret(PHRASE)).await, Err(VaultError::NoPassphrase)));
}
