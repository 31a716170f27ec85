//! Files that were changed, cut, replaced or crafted: never a crash, never a wrong value, never more lost than must be.

use std::path::Path;

use rand::{Rng as _, RngExt as _, SeedableRng as _};
use secrecy::ExposeSecret as _;
use vault::keyring::testing::MemoryKeyring;
use vault::{Choice, KeyringBackend, Vault, VaultError, VaultStatus};

use crate::support::{address, contains, files_under, get, open, open_with, options, put, secret, settled};

const RECORDS: usize = 12;

fn value_of(record: usize) -> String {
    format!("value {record} ").repeat(1 + record * 7)
}

async fn filled(folder: &Path, keyring: &MemoryKeyring) -> Vec<u8> {
    let vault = open(folder, keyring).await;
    for record in 0..RECORDS {
        put(&vault, &format!("record-{record}"), &value_of(record)).await;
    }
    drop(vault);
    std::fs::read(folder.join("vault/vault.db")).unwrap()
}

/// Puts `bytes` in the place of the file, opens it and reads every record. Returns how many came back; each that does
/// must be right.
async fn readable_after(folder: &Path, keyring: &MemoryKeyring, bytes: &[u8], what: &str) -> usize {
    let inside = folder.join("vault");
    std::fs::remove_dir_all(&inside).unwrap();
    std::fs::create_dir(&inside).unwrap();
    std::fs::write(inside.join("vault.db"), bytes).unwrap();
    let vault = match Vault::open(options(folder, keyring.backend())) {
        Ok(vault) => vault,
        Err(VaultError::NewerVersion | VaultError::OtherSpace | VaultError::Damaged { .. }) => return 0,
        Err(other) => panic!("{what}: {other:?}"),
    };
    settled(&vault).await;
    let mut readable = 0;
    for record in 0..RECORDS {
        match vault.get(&address(&format!("record-{record}"))).await {
            Ok(value) => {
                assert!(value.expose_secret() == value_of(record), "{what}: a wrong value came back");
                readable += 1;
            }
            Err(
                VaultError::NotFound
                | VaultError::RecordDamaged { .. }
                | VaultError::SealedByOtherKey { .. }
                | VaultError::Damaged { .. }
                | VaultError::NotReady { .. },
            ) => {}
            Err(other) => panic!("{what}: {other:?}"),
        }
    }
    readable
}

/// Changes up to eight bytes of the file, for each seed, and opens what came out.
async fn damaged_with(seeds: std::ops::Range<u64>) {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let pristine = filled(folder.path(), &keyring).await;
    assert_eq!(readable_after(folder.path(), &keyring, &pristine, "unchanged").await, RECORDS);
    let (mut readable, mut all) = (0, 0);
    for seed in seeds {
        let mut random = rand::rngs::SmallRng::seed_from_u64(seed);
        let mut bytes = pristine.clone();
        for _ in 0..random.random_range(1..=8) {
            let at = random.random_range(0..bytes.len());
            bytes[at] = random.random();
        }
        readable += readable_after(folder.path(), &keyring, &bytes, &format!("seed {seed}")).await;
        all += RECORDS;
    }
    println!("{readable} of {all} values were read from damaged files");
    assert!(
        readable > all / 2,
        "damage in one place must not cost what lies in another: {readable} of {all}"
    );
}

/// A thousand damaged files in four parts, so that they can run beside each other.
macro_rules! damaged_files_give_the_right_value_or_none {
    ($($part:ident: $seeds:expr,)*) => {
        $(#[tokio::test]
        async fn $part() {
            damaged_with($seeds).await;
        })*
    };
}

damaged_files_give_the_right_value_or_none! {
    damaged_files_give_the_right_value_or_none_1: 0..250,
    damaged_files_give_the_right_value_or_none_2: 250..500,
    damaged_files_give_the_right_value_or_none_3: 500..750,
    damaged_files_give_the_right_value_or_none_4: 750..1_000,
}

#[tokio::test]
async fn a_cut_file_gives_the_right_values_or_none() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let pristine = filled(folder.path(), &keyring).await;
    for cut in (0..pristine.len()).step_by(997) {
        readable_after(folder.path(), &keyring, &pristine[..cut], &format!("cut at {cut}")).await;
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_set_aside_whole() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let mut noise = vec![0_u8; 50_000];
    rand::rng().fill_bytes(&mut noise);
    std::fs::create_dir(folder.path().join("vault")).unwrap();
    std::fs::write(folder.path().join("vault/vault.db"), &noise).unwrap();
    let vault = open(folder.path(), &keyring).await;
    let aside = vault.quarantined_as().unwrap();
    assert!(aside.to_str().unwrap().contains("vault.db.damaged-2026"), "{}", aside.display());
    assert_eq!(std::fs::read(aside).unwrap(), noise);
    put(&vault, "a", "value").await;
    drop(vault);
    assert_eq!(open(folder.path(), &keyring).await.quarantined_as(), None);
}

#[tokio::test]
async fn records_beside_the_damage_are_saved() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    filled(folder.path(), &keyring).await;
    let file = folder.path().join("vault/vault.db");
    let raw = rusqlite::Connection::open(&file).unwrap();
    let page: u64 = raw
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name LIKE 'sqlite_autoindex_record%'",
            [],
            |row| row.get::<_, i64>(0).map(i64::unsigned_abs),
        )
        .unwrap();
    drop(raw);
    let mut bytes = std::fs::read(&file).unwrap();
    let at = usize::try_from((page - 1) * 4096).unwrap();
    bytes[at..at + 4096].fill(0xFF);
    std::fs::write(&file, bytes).unwrap();

    let vault = open(folder.path(), &keyring).await;
    assert!(vault.quarantined_as().is_some());
    assert!(matches!(vault.status(), VaultStatus::Ready { .. }));
    for record in 0..RECORDS {
        assert_eq!(get(&vault, &format!("record-{record}")).await, value_of(record));
    }
}

/// A passphrase opens what was saved from a damaged file: the wrapped key is saved along with the records.
#[tokio::test]
async fn a_passphrase_still_opens_what_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open_with(folder.path(), KeyringBackend::None);
    settled(&vault).await;
    vault.choose(Choice::Passphrase(secret("correct horse battery"))).await.unwrap();
    put(&vault, "a", "value").await;
    drop(vault);
    // A definition that is not ours makes the whole file suspect, and leaves its rows readable.
    let file = folder.path().join("vault/vault.db");
    rusqlite::Connection::open(&file).unwrap().execute_batch("CREATE TABLE foreign_one (x)").unwrap();

    let vault = open_with(folder.path(), KeyringBackend::None);
    assert!(vault.quarantined_as().is_some());
    assert_eq!(settled(&vault).await, VaultStatus::NeedsPassphrase);
    vault.unlock_with_passphrase(secret("correct horse battery")).await.unwrap();
    assert_eq!(get(&vault, "a").await, "value");
}

/// What a trigger or a view in a crafted file would do must not happen, now or after the records were saved from it.
#[tokio::test]
async fn code_in_a_crafted_file_is_never_run() {
    for crafted in [
        "CREATE TRIGGER t AFTER INSERT ON record BEGIN UPDATE record SET label = 'the trigger ran'; END",
        "ALTER TABLE record RENAME TO hidden; CREATE VIEW record AS SELECT id, kind, tenant, key_id, nonce,
         ciphertext, created, 'the view ran' AS label FROM hidden",
    ] {
        let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
        filled(folder.path(), &keyring).await;
        let file = folder.path().join("vault/vault.db");
        rusqlite::Connection::open(&file).unwrap().execute_batch(crafted).unwrap();
        let vault = open(folder.path(), &keyring).await;
        assert!(vault.quarantined_as().is_some(), "{crafted}");
        put(&vault, "new", "value").await;
        assert!(
            vault.list(None).await.unwrap().iter().all(|record| !record.label.contains("ran")),
            "{crafted}"
        );
        let fresh = std::fs::read(&file).unwrap();
        assert!(!contains(&fresh, b"CREATE TRIGGER") && !contains(&fresh, b"CREATE VIEW"));
    }
}

#[tokio::test]
async fn a_foreign_log_beside_the_file_changes_nothing() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    filled(folder.path(), &keyring).await;
    let mut noise = vec![0_u8; 40_000];
    rand::rng().fill_bytes(&mut noise);
    std::fs::write(folder.path().join("vault/vault.db-wal"), noise).unwrap();
    let vault = open(folder.path(), &keyring).await;
    for record in 0..RECORDS {
        assert_eq!(get(&vault, &format!("record-{record}")).await, value_of(record));
    }
    assert!(files_under(folder.path()).iter().all(|(path, _)| !path.to_string_lossy().contains("damaged")));
}
