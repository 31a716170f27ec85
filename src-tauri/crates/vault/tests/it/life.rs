//! An ordinary life of secrets: put, read, replaced, listed, removed, and still there after a restart.

use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use vault::keyring::testing::MemoryKeyring;
use vault::keyring::{Availability, EntryName, SecretStore, StoreError};
use vault::{
    KeyringBackend, LONGEST_VALUE, RecordAddress, RecordId, RecordKind, StoreKind, VaultError, VaultStatus,
};
use zeroize::Zeroizing;

use crate::support::{address, get, open, open_with, options, put, secret, settled};

#[tokio::test]
async fn a_secret_survives_a_restart() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    assert_eq!(vault.status(), VaultStatus::Ready { store: StoreKind::Keyring });
    put(&vault, "app-1", "first value").await;
    drop(vault);

    let vault = open(folder.path(), &keyring).await;
    assert_eq!(get(&vault, "app-1").await, "first value");
}

#[tokio::test]
async fn the_keyring_holds_one_named_key_and_no_leftover_of_the_probe() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    open(folder.path(), &keyring).await;
    let [entry] = <[EntryName; 1]>::try_from(keyring.entries()).unwrap();
    assert_eq!((entry.service.as_str(), entry.user), ("gatehouse/work/v1", "data-key"));
}

#[tokio::test]
async fn replacing_a_secret_leaves_nothing_of_the_old_one() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    put(&vault, "token", "old").await;
    let old = ciphertexts(folder.path());
    put(&vault, "token", "new").await;
    assert_eq!(get(&vault, "token").await, "new");
    for (path, bytes) in crate::support::files_under(folder.path()) {
        assert!(!crate::support::contains(&bytes, &old[0]), "{} holds the old ciphertext", path.display());
    }
}

#[tokio::test]
async fn a_removed_secret_is_gone_from_the_disk() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    put(&vault, "token", "value").await;
    let old = ciphertexts(folder.path());
    assert!(vault.remove(address("token").id()).await.unwrap());
    assert!(!vault.remove(address("token").id()).await.unwrap());
    assert!(matches!(vault.get(&address("token")).await, Err(VaultError::NotFound)));
    for (path, bytes) in crate::support::files_under(folder.path()) {
        assert!(!crate::support::contains(&bytes, &old[0]), "{} holds the ciphertext", path.display());
    }
}

#[tokio::test]
async fn names_and_dates_are_listed_without_the_key() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    put(&vault, "b", "value").await;
    let token =
        RecordAddress::new(RecordId::new("a").unwrap(), RecordKind::RefreshToken, "tenant-2").unwrap();
    vault.put(&token, "Anna", &secret("value")).await.unwrap();
    drop(vault);

    keyring.set_availability(Availability::Locked);
    let vault = open(folder.path(), &keyring).await;
    assert_eq!(vault.status(), VaultStatus::Locked);
    let all = vault.list(None).await.unwrap();
    let names: Vec<_> = all.iter().map(|r| (r.id.as_str(), r.tenant.as_str(), r.label.as_str())).collect();
    assert_eq!(names, [("a", "tenant-2", "Anna"), ("b", "tenant-1", "Totalview")]);
    assert!(all.iter().all(|record| !record.readable && record.created > Timestamp::UNIX_EPOCH));
    assert_eq!(vault.list(Some(RecordKind::RefreshToken)).await.unwrap().len(), 1);

    let refused = vault.get(&address("b")).await;
    assert!(matches!(refused, Err(VaultError::NotReady { status: VaultStatus::Locked })));
    assert!(
        vault.remove(address("b").id()).await.unwrap(),
        "signing out must work while the keyring is locked"
    );
}

#[tokio::test]
async fn a_record_does_not_open_under_another_tenant_kind_or_id() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    put(&vault, "one", "value of one").await;
    put(&vault, "two", "value of two").await;
    for wrong in [(RecordKind::ClientSecret, "tenant-2"), (RecordKind::Password, "tenant-1")] {
        let asked = RecordAddress::new(RecordId::new("one").unwrap(), wrong.0, wrong.1).unwrap();
        assert!(matches!(vault.get(&asked).await, Err(VaultError::RecordDamaged { .. })), "{wrong:?}");
    }
    // The same, with the file changed to say what is asked for.
    for (change, id, kind, tenant) in [
        (
            "UPDATE record SET tenant = 'tenant-2' WHERE id = 'one'",
            "one",
            RecordKind::ClientSecret,
            "tenant-2",
        ),
        ("UPDATE record SET kind = 'password' WHERE id = 'one'", "one", RecordKind::Password, "tenant-2"),
        ("UPDATE record SET id = 'three' WHERE id = 'two'", "three", RecordKind::ClientSecret, "tenant-1"),
    ] {
        let raw = rusqlite::Connection::open(folder.path().join("vault/vault.db")).unwrap();
        assert_eq!(raw.execute(change, []).unwrap(), 1);
        let asked = RecordAddress::new(RecordId::new(id).unwrap(), kind, tenant).unwrap();
        assert!(matches!(vault.get(&asked).await, Err(VaultError::RecordDamaged { .. })), "{change}");
    }
}

/// A bundle of tokens is larger than what one widespread keyring takes (2,560 bytes).
#[tokio::test]
async fn long_values_come_back_whole_and_endless_ones_are_refused() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    for length in [0, 1, 4_875, LONGEST_VALUE] {
        let value = "ä€𝄞z".chars().cycle().scan(0, |sum, c| {
            *sum += c.len_utf8();
            (*sum <= length).then_some(c)
        });
        let value: String = value.collect();
        put(&vault, "bundle", &value).await;
        assert!(get(&vault, "bundle").await == value, "{length} bytes");
    }
    let endless = secret(&"x".repeat(LONGEST_VALUE + 1));
    let refused = vault.put(&address("bundle"), "", &endless).await;
    assert!(matches!(refused, Err(VaultError::TooLarge { limit: LONGEST_VALUE })));
}

#[tokio::test]
async fn a_put_that_nobody_waits_for_is_still_done() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    let (address, value) = (address("once"), secret("shown once"));
    let polled_once = {
        let mut put = Box::pin(vault.put(&address, "", &value));
        std::future::poll_fn(|context| {
            let _ = put.as_mut().poll(context);
            std::task::Poll::Ready(true)
        })
        .await
    };
    assert!(polled_once);
    // The next write waits for the same connection, so the first is over after it or was never begun.
    put(&vault, "after", "x").await;
    let found = loop {
        match vault.get(&address).await {
            Ok(found) => break found,
            Err(VaultError::NotFound) => tokio::task::yield_now().await,
            Err(other) => panic!("{other}"),
        }
    };
    assert_eq!(found.expose_secret(), "shown once");
}

/// A keyring that says nothing until it is let go, as one with an open prompt.
struct Stuck(Mutex<mpsc::Receiver<()>>, MemoryKeyring);

impl SecretStore for Stuck {
    fn availability(&self) -> Availability {
        self.0.lock().unwrap().recv().unwrap();
        Availability::Open
    }
    fn unlock(&self) -> Result<(), StoreError> {
        self.1.unlock()
    }
    fn read(&self, entry: &EntryName) -> Result<Option<Zeroizing<String>>, StoreError> {
        self.1.read(entry)
    }
    fn write(&self, entry: &EntryName, value: &str) -> Result<(), StoreError> {
        self.1.write(entry, value)
    }
    fn delete(&self, entry: &EntryName) -> Result<(), StoreError> {
        self.1.delete(entry)
    }
}

#[tokio::test]
async fn opening_does_not_wait_for_the_keyring_and_takes_its_answer_when_it_comes() {
    let folder = tempfile::tempdir().unwrap();
    let (let_go, stuck) = mpsc::channel();
    let keyring = KeyringBackend::Custom(Arc::new(Stuck(Mutex::new(stuck), MemoryKeyring::new())));
    let vault = open_with(folder.path(), keyring);
    // That this line is reached at all is the proof: the keyring has not answered.
    assert_eq!(vault.status(), VaultStatus::Waiting);
    let refused = vault.put(&address("early"), "", &secret("x")).await;
    assert!(matches!(refused, Err(VaultError::NotReady { status: VaultStatus::Waiting })));
    assert!(vault.list(None).await.unwrap().is_empty());

    let_go.send(()).unwrap();
    assert_eq!(settled(&vault).await, VaultStatus::Ready { store: StoreKind::Keyring });
    put(&vault, "late", "x").await;
}

#[tokio::test]
async fn a_keyring_that_stays_silent_is_reported_and_its_late_answer_still_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (let_go, stuck) = mpsc::channel();
    let keyring = KeyringBackend::Custom(Arc::new(Stuck(Mutex::new(stuck), MemoryKeyring::new())));
    let mut options = options(folder.path(), keyring);
    options.patience = std::time::Duration::from_millis(20);
    let vault = vault::Vault::open(options).unwrap();
    let silent = VaultStatus::Failed { cause: vault::Failure::KeyringNotAnswering };
    assert_eq!(settled(&vault).await, silent);

    let mut changes = vault.watch();
    let_go.send(()).unwrap();
    changes.wait_for(|status| *status == VaultStatus::Ready { store: StoreKind::Keyring }).await.unwrap();
}

fn ciphertexts(folder: &std::path::Path) -> Vec<Vec<u8>> {
    let raw = rusqlite::Connection::open(folder.join("vault/vault.db")).unwrap();
    let mut statement = raw.prepare("SELECT ciphertext FROM record ORDER BY id").unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}
