//! A keyring service that is there and does not work.

use vault::{Choice, Failure, StoreKind, VaultStatus};

use super::session::{Daemon, PASSWORD, Services, bus, in_session, open_real};
use crate::support::{get, put};

const SILENT: VaultStatus = VaultStatus::Failed { cause: Failure::KeyringNotAnswering };

/// The bus starts a program for the keyring's name, and the program never takes the name.
#[test]
fn a_service_that_is_started_and_never_ready_is_given_up_on() {
    const TEST: &str = "keyring::broken::a_service_that_is_started_and_never_ready_is_given_up_on";
    let services =
        Services::default().with("org.freedesktop.secrets", "echo $$ >> $HOME/started; exec sleep 600");
    in_session(TEST, &services, async |home| {
        let vault = open_real(home).await;
        assert_eq!(vault.status(), SILENT);
        assert_eq!(vault.unlock().await.unwrap(), SILENT);
        assert_eq!(vault.choose(Choice::SessionOnly).await.unwrap(), VaultStatus::SessionOnly);
        put(&vault, "a", "for now").await;
        assert_eq!(get(&vault, "a").await, "for now");

        let started = std::fs::read_to_string(home.join("started")).unwrap();
        for process in started.lines() {
            let process = rustix::process::Pid::from_raw(process.parse().unwrap()).unwrap();
            rustix::process::kill_process(process, rustix::process::Signal::KILL).unwrap();
        }
        assert!(!started.is_empty(), "the bus started nothing, so the test showed nothing");
    });
}

/// A process owns the name and answers no call; when a working one takes its place, it is used.
#[test]
fn a_service_that_hangs_is_given_up_on_and_used_when_it_works_again() {
    const TEST: &str = "keyring::broken::a_service_that_hangs_is_given_up_on_and_used_when_it_works_again";
    in_session(TEST, &Services::default(), async |home| {
        let hanging = bus();
        hanging.request_name("org.freedesktop.secrets").unwrap();
        let vault = open_real(home).await;
        assert_eq!(vault.status(), SILENT);
        hanging.release_name("org.freedesktop.secrets").unwrap();
        let _daemon = Daemon::start(Some(PASSWORD));
        assert_eq!(vault.unlock().await.unwrap(), VaultStatus::Ready { store: StoreKind::Keyring });
        put(&vault, "a", "value").await;
    });
}

/// A daemon that dies while the app runs: what is open stays open, and the proof says that the keyring is gone.
#[test]
fn a_daemon_that_dies_takes_nothing_with_it() {
    in_session(
        "keyring::broken::a_daemon_that_dies_takes_nothing_with_it",
        &Services::default(),
        async |home| {
            let daemon = Daemon::start(Some(PASSWORD));
            let vault = open_real(home).await;
            put(&vault, "a", "value").await;
            vault.prove_writable().await.unwrap();
            daemon.stop();
            assert_eq!(get(&vault, "a").await, "value");
            assert!(vault.prove_writable().await.is_err());

            let _daemon = Daemon::start(Some(PASSWORD));
            drop(vault);
            let vault = open_real(home).await;
            assert_eq!(vault.status(), VaultStatus::Ready { store: StoreKind::Keyring });
            assert_eq!(get(&vault, "a").await, "value");
            vault.prove_writable().await.unwrap();
        },
    );
}
