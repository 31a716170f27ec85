//! No bus, and a daemon in which no keyring was ever set up.

use std::path::Path;

use vault::{AbsentReason, Choice, VaultError, VaultStatus};

use super::session::{Daemon, PASSWORD, Services, in_session, open_real, without_a_bus};
use crate::support::{address, get, put, secret};

#[test]
fn without_a_session_bus_there_is_no_keyring_and_a_choice() {
    without_a_bus("keyring::absent::without_a_session_bus_there_is_no_keyring_and_a_choice", async |home| {
        says_absent_and_works_for_this_session(home, AbsentReason::NoService).await;
    });
}

#[test]
fn a_bus_without_a_keyring_service_is_no_keyring_either() {
    const TEST: &str = "keyring::absent::a_bus_without_a_keyring_service_is_no_keyring_either";
    in_session(TEST, &Services::default(), async |home| {
        says_absent_and_works_for_this_session(home, AbsentReason::NoService).await;
    });
}

#[test]
fn a_daemon_without_a_login_keyring_is_told_from_an_empty_one() {
    const TEST: &str = "keyring::absent::a_daemon_without_a_login_keyring_is_told_from_an_empty_one";
    in_session(TEST, &Services::default(), async |home| {
        let _daemon = Daemon::start(None);
        says_absent_and_works_for_this_session(home, AbsentReason::NoCollection).await;
    });
}

/// A service that appears later is used without a restart of the app.
#[test]
fn a_keyring_that_comes_up_later_is_used() {
    in_session(
        "keyring::absent::a_keyring_that_comes_up_later_is_used",
        &Services::default(),
        async |home| {
            let vault = open_real(home).await;
            assert_eq!(vault.status(), VaultStatus::Absent { reason: AbsentReason::NoService });
            let _daemon = Daemon::start(Some(PASSWORD));
            assert!(vault.unlock().await.unwrap().can_seal());
            put(&vault, "a", "value").await;
            assert_eq!(get(&vault, "a").await, "value");
        },
    );
}

async fn says_absent_and_works_for_this_session(home: &Path, reason: AbsentReason) {
    let vault = open_real(home).await;
    let absent = VaultStatus::Absent { reason };
    assert_eq!(vault.status(), absent);
    assert_eq!(vault.unlock().await.unwrap(), absent);
    let refused = vault.put(&address("a"), "", &secret("x")).await;
    assert!(matches!(refused, Err(VaultError::NotReady { status }) if status == absent));
    vault.choose(Choice::SessionOnly).await.unwrap();
    put(&vault, "a", "for now").await;
    vault.prove_writable().await.unwrap();
    assert_eq!(get(&vault, "a").await, "for now");
}
