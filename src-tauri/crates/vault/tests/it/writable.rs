//! The proof that a secret could be kept, and what it finds before it is too late.

use vault::keyring::Availability;
use vault::keyring::testing::MemoryKeyring;
use vault::{AbsentReason, Choice, KeyLoss, Vault, VaultError, VaultStatus};

use crate::support::{again, get, open, put, role, secret, succeed};

#[tokio::test]
async fn the_proof_leaves_no_trace() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    put(&vault, "a", "value").await;
    vault.prove_writable().await.unwrap();
    assert_eq!(vault.list(None).await.unwrap().len(), 1);
    let raw = rusqlite::Connection::open(folder.path().join("vault/vault.db")).unwrap();
    let rows: i64 = raw.query_row("SELECT count(*) FROM record", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 1);
}

#[tokio::test]
async fn a_canary_of_a_killed_process_is_no_sealed_record_and_is_swept() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    let raw = rusqlite::Connection::open(folder.path().join("vault/vault.db")).unwrap();
    raw.execute(
        "INSERT INTO record SELECT 'left', 'canary', 'canary', key_id, zeroblob(24), x'00', '2020-01-01T00:00:00Z', ''
         FROM data_key",
        [],
    )
    .unwrap();
    assert!(vault.list(None).await.unwrap().is_empty());
    vault.prove_writable().await.unwrap();
    let rows: i64 = raw.query_row("SELECT count(*) FROM record", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 0);
}

#[tokio::test]
async fn a_key_that_vanished_is_found_while_the_records_can_still_be_saved() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    put(&vault, "a", "value").await;
    keyring.wipe();
    let lost = VaultStatus::KeyLost { sealed_records: 1, cause: KeyLoss::Missing };
    assert!(matches!(vault.prove_writable().await, Err(VaultError::NotReady { status }) if status == lost));

    vault.choose(Choice::Passphrase(secret("correct horse battery"))).await.unwrap();
    vault.prove_writable().await.unwrap();
    assert_eq!(get(&vault, "a").await, "value");
}

#[tokio::test]
async fn a_keyring_that_was_locked_meanwhile_is_no_reason_to_stop_but_one_that_went_away_is() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    keyring.set_availability(Availability::Locked);
    vault.prove_writable().await.unwrap();
    keyring.set_availability(Availability::Absent(AbsentReason::NoService));
    let absent = VaultStatus::Absent { reason: AbsentReason::NoService };
    assert!(matches!(vault.prove_writable().await, Err(VaultError::NotReady { status }) if status == absent));
}

#[tokio::test]
async fn without_a_key_there_is_no_proof() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    keyring.set_availability(Availability::Locked);
    let vault = open(folder.path(), &keyring).await;
    let refused = vault.prove_writable().await;
    assert!(matches!(refused, Err(VaultError::NotReady { status: VaultStatus::Locked })));
}

/// A file that may not grow: the child runs under a limit on file sizes, with its signal ignored, so that writes fail.
#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_is_found_by_the_proof_and_harms_nothing() {
    const TEST: &str = "writable::a_disk_that_takes_no_more_is_found_by_the_proof_and_harms_nothing";
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    if let Some(folder) = role() {
        runtime.block_on(limited(std::path::Path::new(&folder)));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let keyring = MemoryKeyring::new();
    let vault = runtime.block_on(open(folder.path(), &keyring));
    runtime.block_on(async {
        vault.choose(Choice::Passphrase(secret("correct horse battery"))).await.unwrap();
        put(&vault, "before", "kept").await;
    });
    drop(vault);
    let inner = again(TEST, folder.path().to_str().unwrap());
    let mut limited = std::process::Command::new("sh");
    // 40 KiB: enough for the 32 KiB that SQLite shares between processes. `sh` counts in blocks of 512 bytes.
    limited.args(["-c", "trap '' XFSZ; ulimit -f 80; exec \"$@\"", "sh"]).arg(inner.get_program());
    limited.args(inner.get_args()).envs(inner.get_envs().filter_map(|(k, v)| Some((k, v?))));
    succeed(&mut limited);

    runtime.block_on(async {
        let vault = open(folder.path(), &keyring).await;
        vault.unlock_with_passphrase(secret("correct horse battery")).await.unwrap();
        assert_eq!(get(&vault, "before").await, "kept");
        vault.prove_writable().await.unwrap();
    });
}

async fn limited(folder: &std::path::Path) {
    let vault: Vault = open(folder, &MemoryKeyring::new()).await;
    vault.unlock_with_passphrase(secret("correct horse battery")).await.unwrap();
    let long = secret(&"x".repeat(100_000));
    let refused = vault.put(&crate::support::address("before"), "", &long).await;
    assert!(matches!(refused, Err(VaultError::Io { .. })), "{refused:?}");
    assert_eq!(get(&vault, "before").await, "kept", "a put that fails leaves the old value");

    // While somebody reads, the log cannot be emptied; so it grows until it may not.
    let reader = rusqlite::Connection::open(folder.join("vault/vault.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM record;").unwrap();
    let mut proofs = 0;
    let refused = loop {
        match vault.prove_writable().await {
            Ok(()) => proofs += 1,
            Err(refused) => break refused,
        }
        assert!(proofs < 100, "the limit is not in force");
    };
    assert!(matches!(refused, VaultError::Io { .. }), "{refused:?}");
    assert_eq!(get(&vault, "before").await, "kept");
}
