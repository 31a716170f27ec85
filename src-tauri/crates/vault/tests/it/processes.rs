//! Several processes at once, and processes that are killed.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use vault::keyring::testing::MemoryKeyring;
use vault::keyring::{Availability, EntryName, SecretStore, StoreError};
use vault::{Choice, KeyringBackend, StoreKind, Vault, VaultError, VaultStatus};
use zeroize::Zeroizing;

use crate::support::{again, get, open, open_with, put, role, secret, settled, succeed};

/// A keyring that processes share, in files. Made to show races: it has no order of its own.
struct FileKeyring(PathBuf);

impl FileKeyring {
    fn backend(folder: &Path) -> KeyringBackend {
        KeyringBackend::Custom(Arc::new(Self(folder.join("keyring"))))
    }

    fn path(&self, entry: &EntryName) -> PathBuf {
        self.0.with_extension(entry.user)
    }
}

impl SecretStore for FileKeyring {
    fn availability(&self) -> Availability {
        Availability::Open
    }
    fn unlock(&self) -> Result<(), StoreError> {
        Ok(())
    }
    fn read(&self, entry: &EntryName) -> Result<Option<Zeroizing<String>>, StoreError> {
        Ok(std::fs::read_to_string(self.path(entry)).ok().map(Zeroizing::new))
    }
    fn write(&self, entry: &EntryName, value: &str) -> Result<(), StoreError> {
        let fresh = self.path(entry).with_extension(std::process::id().to_string());
        std::fs::write(&fresh, value).map_err(|_| StoreError::Refused)?;
        std::fs::rename(fresh, self.path(entry)).map_err(|_| StoreError::Refused)
    }
    fn delete(&self, entry: &EntryName) -> Result<(), StoreError> {
        let _ = std::fs::remove_file(self.path(entry));
        Ok(())
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

#[test]
fn eight_processes_on_their_first_run_agree_on_one_key() {
    const TEST: &str = "processes::eight_processes_on_their_first_run_agree_on_one_key";
    if let Some(role) = role() {
        let (name, folder) = role.split_once(' ').unwrap();
        let folder = Path::new(folder);
        return runtime().block_on(async {
            let vault = open_with(folder, FileKeyring::backend(folder));
            assert_eq!(settled(&vault).await, VaultStatus::Ready { store: StoreKind::Keyring });
            put(&vault, name, name).await;
        });
    }
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let started: Vec<_> = (0..8)
            .map(|n| {
                let mut child = again(TEST, &format!("process-{n} {}", folder.path().display()));
                std::thread::spawn(move || succeed(&mut child))
            })
            .collect();
        for child in started {
            child.join().unwrap();
        }
        runtime().block_on(async {
            let vault = open_with(folder.path(), FileKeyring::backend(folder.path()));
            settled(&vault).await;
            for n in 0..8 {
                assert_eq!(get(&vault, &format!("process-{n}")).await, format!("process-{n}"));
            }
        });
    }
}

/// The child says each id after its `put` returned, and is killed at a moment that nobody chose.
#[test]
fn what_was_put_before_a_kill_is_there_afterwards() {
    const TEST: &str = "processes::what_was_put_before_a_kill_is_there_afterwards";
    if let Some(folder) = role() {
        let folder = Path::new(&folder);
        return runtime().block_on(async {
            let vault = open_with(folder, FileKeyring::backend(folder));
            settled(&vault).await;
            for n in 0.. {
                put(&vault, &format!("record-{n}"), &format!("value-{n}")).await;
                println!("kept {n}");
            }
        });
    }
    let mut kept_in_all = 0;
    for round in 0..20_usize {
        let folder = tempfile::tempdir().unwrap();
        let mut child = again(TEST, folder.path().to_str().unwrap())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let is_kept = |line: &String| line.contains("kept ");
        // Killed after a different number of puts in each round, while the next is under way.
        let before = said.by_ref().filter(is_kept).take(1 + round * 3).count();
        assert_eq!(before, 1 + round * 3);
        child.kill().unwrap();
        let kept = before + said.filter(is_kept).count();
        child.wait().unwrap();
        kept_in_all += kept;
        runtime().block_on(async {
            let vault = open_with(folder.path(), FileKeyring::backend(folder.path()));
            settled(&vault).await;
            assert_eq!(vault.quarantined_as(), None);
            for n in 0..kept {
                assert_eq!(get(&vault, &format!("record-{n}")).await, format!("value-{n}"));
            }
        });
    }
    println!("{kept_in_all} values were kept over 20 kills");
}

/// The child moves its records between a passphrase and the keyring, and is killed while it does. Afterwards either the
/// old key or the new one opens all of them, never one some and the other the rest.
#[test]
fn a_kill_while_the_key_changes_leaves_all_records_under_one_key() {
    const TEST: &str = "processes::a_kill_while_the_key_changes_leaves_all_records_under_one_key";
    const PHRASE: &str = "correct horse battery";
    const RECORDS: usize = 30;
    if let Some(folder) = role() {
        let folder = Path::new(&folder);
        return runtime().block_on(async {
            let vault = open_with(folder, FileKeyring::backend(folder));
            settled(&vault).await;
            for n in 0..RECORDS {
                put(&vault, &format!("record-{n}"), &format!("value-{n}")).await;
            }
            loop {
                vault.choose(Choice::Passphrase(secret(PHRASE))).await.unwrap();
                println!("moving to the keyring");
                vault.choose(Choice::Keyring).await.unwrap();
                println!("moving to the passphrase");
            }
        });
    }
    let mut by_passphrase = 0;
    for round in 0..12_usize {
        let folder = tempfile::tempdir().unwrap();
        let mut child = again(TEST, folder.path().to_str().unwrap())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        assert_eq!(said.filter(|line| line.contains("moving to")).take(1 + round % 4).count(), 1 + round % 4);
        child.kill().unwrap();
        child.wait().unwrap();
        runtime().block_on(async {
            let vault = open_with(folder.path(), FileKeyring::backend(folder.path()));
            match settled(&vault).await {
                VaultStatus::NeedsPassphrase => {
                    by_passphrase += 1;
                    vault.unlock_with_passphrase(secret(PHRASE)).await.unwrap();
                }
                status => assert_eq!(status, VaultStatus::Ready { store: StoreKind::Keyring }),
            }
            for n in 0..RECORDS {
                assert_eq!(get(&vault, &format!("record-{n}")).await, format!("value-{n}"));
            }
        });
    }
    println!("of 12 kills, {by_passphrase} left the passphrase as the guard");
}

#[tokio::test]
async fn a_key_that_another_window_changed_is_not_sealed_under() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let (one, two) = (open(folder.path(), &keyring).await, open(folder.path(), &keyring).await);
    put(&one, "a", "value").await;
    two.choose(Choice::Passphrase(secret("correct horse battery"))).await.unwrap();
    let refused = one.put(&crate::support::address("b"), "", &secret("x")).await;
    assert!(matches!(refused, Err(VaultError::KeyChanged)));
    assert_eq!(one.status(), VaultStatus::NeedsPassphrase, "the status says what opens the new key");
    one.unlock_with_passphrase(secret("correct horse battery")).await.unwrap();
    assert_eq!(get(&one, "a").await, "value");

    two.choose(Choice::Keyring).await.unwrap();
    assert!(matches!(one.prove_writable().await, Err(VaultError::KeyChanged)));
    assert_eq!(one.unlock().await.unwrap(), VaultStatus::Ready { store: StoreKind::Keyring });
    put(&one, "b", "under the new key").await;
    assert_eq!(get(&two, "b").await, "under the new key");
}

#[tokio::test]
async fn many_writers_on_two_handles_lose_nothing() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let handles = [open(folder.path(), &keyring).await, open(folder.path(), &keyring).await];
    let writers: Vec<_> = (0..40)
        .map(|n| {
            let vault: Vault = handles[n % 2].clone();
            tokio::spawn(async move { put(&vault, &format!("record-{n}"), &format!("value-{n}")).await })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    for n in 0..40 {
        assert_eq!(get(&handles[(n + 1) % 2], &format!("record-{n}")).await, format!("value-{n}"));
    }
}
