//! The place for secrets is closed, absent or lost: said as what it is, and a way on is offered.

use contract::{
    AccountState, ErrorCode, FindingTarget, SecretInput, Severity, VaultChoice, VaultStatus, VaultStore,
};
use vault::AbsentReason;
use vault::keyring::Availability;

use crate::world::World;

#[tokio::test]
async fn a_locked_keyring_is_not_taken_for_an_ended_session() {
    let mut world = World::new().await;
    let account = world.sign_in().await;
    world.computer.keyring.set_availability(Availability::Locked);
    world.starts_again().await;
    assert_eq!(world.app.vault_open().await.unwrap(), VaultStatus::Locked);

    let status = world.app.app_status().await.unwrap();
    assert_eq!(status.accounts[0].state, AccountState::VaultClosed, "the name is there without the key");
    let refused = world.app.domains().await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::KeyringLocked);
    let asked = world.computer.opened.lock().unwrap().len();
    let refused = world.begin_sign_in(world.own_client(account.client_id.clone())).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::KeyringLocked);
    assert_eq!(
        world.computer.opened.lock().unwrap().len(),
        asked,
        "no browser for a session that could not be kept"
    );

    // A passphrase would hide what lies under the keyring's key: not while the keyring is there and closed.
    let passphrase = SecretInput::new("correct horse battery staple".to_owned());
    let refused = world.app.vault_choose(VaultChoice::Passphrase { passphrase }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::KeyringLocked);

    world.computer.keyring.unlock_when_asked(true);
    let opened = world.app.vault_choose(VaultChoice::Keyring).await.unwrap();
    assert_eq!(opened, VaultStatus::Ready { store: VaultStore::Keyring });
    assert!(!world.app.domains().await.unwrap().is_empty());
}

/// Row 25: no keyring is no dead end.
#[tokio::test]
async fn without_a_keyring_a_passphrase_or_this_session_only() {
    let mut world = World::before_any_door().await;
    world.computer.keyring.set_availability(Availability::Absent(AbsentReason::NoService));
    world.app.space_enter(contract::Space::Real).await.unwrap();
    assert!(matches!(world.app.vault_open().await.unwrap(), VaultStatus::Absent { .. }));

    let only = world.app.vault_choose(VaultChoice::SessionOnly).await.unwrap();
    assert_eq!(only, VaultStatus::Ready { store: VaultStore::SessionOnly });
    let account = world.sign_in().await;
    world.set_up(&account).await;
    // The person changes their mind: what is in memory moves along.
    let passphrase =
        || VaultChoice::Passphrase { passphrase: SecretInput::new("correct horse battery staple".into()) };
    let chosen = world.app.vault_choose(passphrase()).await.unwrap();
    assert_eq!(chosen, VaultStatus::Ready { store: VaultStore::Passphrase });

    world.starts_again().await;
    assert_eq!(world.app.vault_open().await.unwrap(), VaultStatus::NeedsPassphrase);
    let closed = world.app.domains().await.unwrap_err();
    assert_eq!(closed.code, ErrorCode::KeyringLocked);
    assert!(closed.next.contains("passphrase"), "{closed}");
    let wrong = VaultChoice::Passphrase { passphrase: SecretInput::new("another battery horse".into()) };
    assert_eq!(world.app.vault_choose(wrong).await.unwrap_err().code, ErrorCode::PassphraseWrong);
    world.app.vault_choose(passphrase()).await.unwrap();
    let connection = world.connection().await;
    world.app.connection_test(&connection).await.unwrap();
}

/// The keyring was reset: no new key by itself, everything that is not secret stays, and starting afresh is a decision.
#[tokio::test]
async fn a_lost_key_is_a_decision_and_loses_nothing_else() {
    let mut world = World::new().await;
    let account = world.sign_in().await;
    world.set_up(&account).await;
    world.computer.keyring.wipe();
    world.starts_again().await;

    let VaultStatus::KeyLost { sealed_records } = world.app.vault_open().await.unwrap() else {
        panic!("not seen as a lost key")
    };
    assert_eq!(sealed_records, 2, "a session and a client secret");
    assert!(world.computer.keyring.entries().is_empty(), "no new key was made");
    let status = world.app.app_status().await.unwrap();
    let finding = &status.findings[0];
    assert_eq!((finding.severity, &finding.target), (Severity::Critical, &FindingTarget::Vault));
    assert_eq!(status.accounts.len(), 1);
    let connection = world.connection().await;
    assert_eq!(world.app.domains().await.unwrap_err().code, ErrorCode::KeyLost);
    assert_eq!(world.app.connection_test(&connection).await.unwrap_err().code, ErrorCode::KeyLost);
    let kept = world.app.connection(&connection).await.unwrap();
    assert_eq!(
        kept.summary.state,
        contract::ConnectionState::Works,
        "a test that could not be made says nothing"
    );

    let afresh = world.app.vault_choose(VaultChoice::AbandonLost).await.unwrap();
    assert_eq!(afresh, VaultStatus::Ready { store: VaultStore::Keyring });
    world.sign_in_with(world.own_client(account.client_id)).await.unwrap();
    assert!(!world.app.domains().await.unwrap().is_empty());
}
