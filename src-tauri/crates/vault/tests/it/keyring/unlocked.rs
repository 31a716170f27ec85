//! An unlocked keyring: the ordinary case, from first run to lost key, and what it leaves on the disk.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use vault::{Choice, ConfirmedLoss, KeyLoss, StoreKind, VaultStatus};

use super::session::{Daemon, PASSWORD, Services, in_session, open_real};
use crate::support::{address, contains, files_under, get, put, secret};

const READY: VaultStatus = VaultStatus::Ready { store: StoreKind::Keyring };

fn entry() -> keyring::Entry {
    keyring::Entry::new("gatehouse/work/v1", "data-key").unwrap()
}

#[test]
fn a_first_run_makes_a_key_and_the_next_run_finds_it() {
    const TEST: &str = "keyring::unlocked::a_first_run_makes_a_key_and_the_next_run_finds_it";
    in_session(TEST, &Services::default(), async |home| {
        let _daemon = Daemon::start(Some(PASSWORD));
        let vault = open_real(home).await;
        assert_eq!(vault.status(), READY);
        put(&vault, "a", "value").await;
        vault.prove_writable().await.unwrap();
        drop(vault);
        let key = entry().get_password().unwrap();
        assert_eq!(STANDARD_NO_PAD.decode(&key).unwrap().len(), 32);
        let vault = open_real(home).await;
        assert_eq!(get(&vault, "a").await, "value");
        assert_eq!(entry().get_password().unwrap(), key);
    });
}

#[test]
fn a_key_that_somebody_deletes_or_replaces_is_reported_and_not_made_anew() {
    const TEST: &str =
        "keyring::unlocked::a_key_that_somebody_deletes_or_replaces_is_reported_and_not_made_anew";
    in_session(TEST, &Services::default(), async |home| {
        let _daemon = Daemon::start(Some(PASSWORD));
        put(&open_real(home).await, "a", "value").await;
        let key = entry().get_password().unwrap();

        entry().delete_credential().unwrap();
        let missing = VaultStatus::KeyLost { sealed_records: 1, cause: KeyLoss::Missing };
        assert_eq!(open_real(home).await.status(), missing);
        assert!(matches!(entry().get_password(), Err(keyring::Error::NoEntry)));

        entry().set_password(&STANDARD_NO_PAD.encode([7; 32])).unwrap();
        let replaced = VaultStatus::KeyLost { sealed_records: 1, cause: KeyLoss::Replaced };
        let vault = open_real(home).await;
        assert_eq!(vault.status(), replaced);

        entry().set_password(&key).unwrap();
        assert_eq!(vault.unlock().await.unwrap(), READY);
        assert_eq!(get(&vault, "a").await, "value");
        drop(vault);

        entry().delete_credential().unwrap();
        let vault = open_real(home).await;
        vault.abandon_sealed_records(ConfirmedLoss { sealed_records: 1 }).await.unwrap();
        assert_eq!(vault.status(), READY);
        assert_ne!(entry().get_password().unwrap(), key);
    });
}

/// A canary lives through everything that a secret can live through; then all files of the home are searched for it, for
/// the key and for the passphrase, in every form that something might write them in.
#[test]
fn after_a_whole_life_no_file_holds_a_secret() {
    const TEST: &str = "keyring::unlocked::after_a_whole_life_no_file_holds_a_secret";
    in_session(TEST, &Services::default(), async |home| {
        let (canary, old, passphrase) = ("canary-6d1f-value", "canary-6d1f-former", "canary-6d1f-passphrase");
        let daemon = Daemon::start(Some(PASSWORD));
        let vault = open_real(home).await;
        put(&vault, "a", old).await;
        put(&vault, "a", canary).await;
        put(&vault, "b", canary).await;
        vault.remove(address("b").id()).await.unwrap();
        let key = entry().get_password().unwrap();
        search(home, &[canary, old, &key]);

        vault.choose(Choice::Passphrase(secret(passphrase))).await.unwrap();
        vault.forget_session().await.unwrap();
        vault.unlock_with_passphrase(secret(passphrase)).await.unwrap();
        assert_eq!(get(&vault, "a").await, canary);
        vault.choose(Choice::SessionOnly).await.unwrap();
        put(&vault, "c", canary).await;
        search(home, &[canary, old, passphrase, &key]);
        drop(vault);
        daemon.stop();
        search(home, &[canary, old, passphrase, &key]);
    });
}

fn search(home: &Path, secrets: &[&str]) {
    let files = files_under(home);
    assert!(
        files.iter().any(|(path, _)| path.ends_with("vault/vault.db")),
        "the search looks where the file is"
    );
    assert!(
        files.iter().any(|(path, _)| path.ends_with("keyrings/login.keyring")),
        "and where the keyring is"
    );
    for secret in secrets {
        let utf16: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
        // Without its last characters, which depend on what follows.
        let base64 = STANDARD_NO_PAD.encode(secret);
        let forms = [secret.as_bytes(), &utf16, hex.as_bytes(), &base64.as_bytes()[..base64.len() - 3]];
        let raw = STANDARD_NO_PAD.decode(secret).ok();
        for (path, bytes) in &files {
            for form in forms.into_iter().chain(raw.as_deref()) {
                assert!(!contains(bytes, form), "{} holds a secret", path.display());
            }
        }
    }
}
