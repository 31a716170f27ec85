//! The disk fails at every change in turn, and loses power at every change in turn. What was acknowledged is there afterwards;
//! of what was not, all or nothing; and the vault is whole.

use std::collections::BTreeMap;
use std::path::Path;

use faulty_disk::{Fault, FaultyDisk};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use secrecy::ExposeSecret as _;
use tempfile::TempDir;
use vault::keyring::testing::MemoryKeyring;
use vault::{RecordId, StoreKind, Vault, VaultError, VaultStatus};

use crate::support::{address, options, put, secret, settled};

/// What somebody does with a vault: `None` removes. The long value takes several pages.
const LIFE: [(&str, Option<&str>); 7] = [
    ("a", Some("one")),
    ("b", Some("two")),
    ("a", Some("three")),
    ("b", None),
    ("c", Some(LONG)),
    ("c", Some("short")),
    ("a", None),
];
const LONG: &str = {
    #[expect(clippy::large_const_arrays, reason = "once, in a test")]
    const BYTES: [u8; 20_000] = [b'x'; 20_000];
    match std::str::from_utf8(&BYTES) {
        Ok(text) => text,
        Err(_) => "",
    }
};

type Value = Option<&'static str>;

/// What each record may hold: one value once it was acknowledged, more while it was not.
#[derive(Default)]
struct Expected(BTreeMap<&'static str, Vec<Value>>);

impl Expected {
    fn note(&mut self, id: &'static str, value: Value, acknowledged: bool) {
        let possible = self.0.entry(id).or_insert_with(|| vec![None]);
        if acknowledged {
            possible.clear();
        }
        possible.push(value);
    }
}

/// Opens the vault and lives; goes on after failures.
async fn live(folder: &Path, keyring: &MemoryKeyring) -> Expected {
    let mut expected = Expected::default();
    let Ok(vault) = Vault::open(options(folder, keyring.backend())) else { return expected };
    settled(&vault).await;
    for (id, value) in LIFE {
        let done = match value {
            Some(text) => vault.put(&address(id), "", &secret(text)).await.is_ok(),
            // "It was not there" promises nothing: a write that failed half-way may still show after a restart.
            None => vault.remove(&RecordId::new(id).unwrap()).await.is_ok_and(|removed| removed),
        };
        expected.note(id, value, done);
    }
    let _ = vault.prove_writable().await;
    expected
}

/// Opens it on a disk that works.
async fn check(folder: &Path, keyring: &MemoryKeyring, expected: &Expected, case: &str) {
    let vault =
        Vault::open(options(folder, keyring.backend())).unwrap_or_else(|error| panic!("{case}: {error}"));
    assert_eq!(settled(&vault).await, VaultStatus::Ready { store: StoreKind::Keyring }, "{case}");
    assert_eq!(vault.quarantined_as(), None, "{case}: nothing was damaged");
    for (id, possible) in &expected.0 {
        let found = match vault.get(&address(id)).await {
            Ok(found) => Some(found.expose_secret().to_owned()),
            Err(VaultError::NotFound) => None,
            Err(error) => panic!("{case}: {id}: {error}"),
        };
        assert!(
            possible.contains(&found.as_deref()),
            "{case}: {id} is {found:.20?}, not one of {possible:.20?}"
        );
    }
    put(&vault, "afterwards", "kept").await;
    vault.prove_writable().await.unwrap();
}

/// In memory where the system has a place for that: what a disk keeps is worked out, not waited for.
fn folder() -> TempDir {
    TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap()
}

/// On a runtime that is gone afterwards, with every connection of the vault.
fn on_its_own<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap().block_on(work)
}

/// Lives once for each change of the disk, with `harm` done at that change. Gives back how many changes there were.
fn at_every_change(harm: impl Fn(&FaultyDisk, u64), heal: impl Fn(&FaultyDisk, u64), case: &str) -> u64 {
    for change in 1.. {
        let (folder, keyring) = (folder(), MemoryKeyring::new());
        let disk = FaultyDisk::at(folder.path()).unwrap();
        harm(&disk, change);
        let expected = on_its_own(live(folder.path(), &keyring));
        let reached = disk.changes() >= change;
        heal(&disk, change);
        on_its_own(check(folder.path(), &keyring, &expected, &format!("{case}, change {change}")));
        if !reached {
            return change - 1;
        }
    }
    unreachable!("a life has an end")
}

#[test]
fn a_change_that_fails_loses_nothing_that_was_acknowledged() {
    for (fault, lasting, case) in [
        (Fault::Io, false, "one error"),
        (Fault::Io, true, "errors from there on"),
        (Fault::Full, false, "no room once"),
        (Fault::Full, true, "no room from there on"),
    ] {
        let harm = |disk: &FaultyDisk, change| disk.fail_at(change, fault, lasting);
        let changes = at_every_change(harm, |disk, _| disk.repair(), case);
        println!("vault, {case}: {changes} changes of the disk failed in turn; acknowledged values lost: 0");
    }
}

#[test]
fn a_loss_of_power_loses_nothing_that_was_acknowledged() {
    let harm = |disk: &FaultyDisk, change| disk.lose_power_at(change, || {});
    for case in ["nothing unsynced survived", "all survived", "some survived"] {
        let heal = |disk: &FaultyDisk, change| {
            let mut chance = StdRng::seed_from_u64(change);
            let mut survived = || match case {
                "all survived" => true,
                "some survived" => chance.random_bool(0.5),
                _ => false,
            };
            disk.restore_power(&mut survived).unwrap();
        };
        let changes = at_every_change(harm, heal, case);
        println!(
            "vault, power lost, {case}: at each of {changes} changes of the disk; acknowledged values lost: 0"
        );
    }
}
