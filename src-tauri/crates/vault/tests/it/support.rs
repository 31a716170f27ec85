//! What the tests share: a clock that ticks at each look, vaults over a keyring in memory, and this program run again.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use vault::keyring::testing::MemoryKeyring;
use vault::{
    Clock, KeyringBackend, RecordAddress, RecordId, RecordKind, Space, Vault, VaultOptions, VaultStatus,
};

/// Set for a child of this program; its value is what the child is to do.
const ROLE: &str = "VAULT_IT_ROLE";

/// A clock that starts in 2026 and goes on by a second each time somebody looks.
pub(crate) fn clock() -> Clock {
    let seconds = AtomicI64::new(1_770_000_000);
    Arc::new(move || Timestamp::from_second(seconds.fetch_add(1, Ordering::SeqCst)).unwrap())
}

pub(crate) fn options(folder: &Path, keyring: KeyringBackend) -> VaultOptions {
    VaultOptions::new(folder.join("vault"), Space::new("work").unwrap(), clock()).with_keyring(keyring)
}

pub(crate) fn open_with(folder: &Path, keyring: KeyringBackend) -> Vault {
    Vault::open(options(folder, keyring)).unwrap()
}

/// A vault whose first search for the key is over.
pub(crate) async fn open(folder: &Path, keyring: &MemoryKeyring) -> Vault {
    let vault = open_with(folder, keyring.backend());
    settled(&vault).await;
    vault
}

/// The first status that is not `Waiting`.
pub(crate) async fn settled(vault: &Vault) -> VaultStatus {
    *vault.watch().wait_for(|status| *status != VaultStatus::Waiting).await.unwrap()
}

pub(crate) fn address(id: &str) -> RecordAddress {
    RecordAddress::new(RecordId::new(id).unwrap(), RecordKind::ClientSecret, "tenant-1").unwrap()
}

pub(crate) fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

pub(crate) async fn put(vault: &Vault, id: &str, value: &str) {
    vault.put(&address(id), "Totalview", &secret(value)).await.unwrap();
}

pub(crate) async fn get(vault: &Vault, id: &str) -> String {
    vault.get(&address(id)).await.unwrap().expose_secret().to_owned()
}

/// All files under a folder, with their bytes.
pub(crate) fn files_under(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = path.symlink_metadata().unwrap().file_type();
        if kind.is_dir() {
            found.extend(files_under(&path));
        } else if kind.is_file() {
            found.push((path.clone(), std::fs::read(path).unwrap()));
        }
    }
    found
}

pub(crate) fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// What this process was started to do by [`again`]; `None` in the process that the test runner started.
pub(crate) fn role() -> Option<String> {
    std::env::var(ROLE).ok()
}

/// This program, to run one test again in another role.
pub(crate) fn again(test: &str, role: &str) -> Command {
    again_from(&std::env::current_exe().unwrap(), test, role)
}

/// [`again`], with a copy of the program.
pub(crate) fn again_from(program: &Path, test: &str, role: &str) -> Command {
    let mut command = Command::new(program);
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]).env(ROLE, role);
    command
}

/// Runs a child to its end and fails with what it said.
pub(crate) fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?} could not be started: {error}"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} ended with {}:\n{said}\n{complained}", output.status);
    assert!(said.contains("1 passed"), "{command:?} ran no test:\n{said}");
    said
}
