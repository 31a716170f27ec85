//! A locked keyring: with nobody to ask, with a prompt that stays open, and unlocked in another way meanwhile.

use vault::{StoreKind, VaultError, VaultStatus};

use super::prompter;
use super::session::{Services, in_session, leave_a_locked_keyring, open_real, status, unlock_elsewhere};
use crate::support::{address, get};

#[test]
fn locked_without_a_display_stays_locked_and_lists_what_it_has() {
    const TEST: &str = "keyring::locked::locked_without_a_display_stays_locked_and_lists_what_it_has";
    in_session(TEST, &Services::default(), async |home| {
        let _daemon = leave_a_locked_keyring(home).await;
        let vault = open_real(home).await;
        assert_eq!(vault.status(), VaultStatus::Locked);
        assert_eq!(vault.unlock().await.unwrap(), VaultStatus::Locked, "there is nobody to ask");
        assert_eq!(vault.list(None).await.unwrap().len(), 1);
        let refused = vault.get(&address("a")).await;
        assert!(matches!(refused, Err(VaultError::NotReady { status: VaultStatus::Locked })));

        unlock_elsewhere();
        assert_eq!(vault.unlock().await.unwrap(), VaultStatus::Ready { store: StoreKind::Keyring });
        assert_eq!(get(&vault, "a").await, "sealed before");
    });
}

/// The prompt never comes to an end, as a dialog behind another window does not. Nobody waits for it longer than 3 s, and
/// when the person unlocks the keyring in another way, the vault notices by itself.
#[test]
fn a_prompt_that_stays_open_holds_nobody_up() {
    const TEST: &str = "keyring::locked::a_prompt_that_stays_open_holds_nobody_up";
    in_session(TEST, &Services::default(), async |home| {
        let _daemon = leave_a_locked_keyring(home).await;
        let _prompter = prompter::that_never_answers();

        let vault = open_real(home).await;
        assert_eq!(vault.status(), VaultStatus::Locked, "opening does not prompt");
        assert_eq!(vault.unlock().await.unwrap(), VaultStatus::Waiting);
        // Pressed again, the button does not wait behind the open prompt, and does not lose it.
        assert_eq!(vault.unlock().await.unwrap(), VaultStatus::Waiting);
        assert_eq!(vault.list(None).await.unwrap().len(), 1);
        let refused = vault.get(&address("a")).await;
        assert!(matches!(refused, Err(VaultError::NotReady { status: VaultStatus::Waiting })));

        unlock_elsewhere();
        let ready = VaultStatus::Ready { store: StoreKind::Keyring };
        assert_eq!(status(&vault, |status| status != VaultStatus::Waiting).await, ready);
        assert_eq!(get(&vault, "a").await, "sealed before");
    });
}

#[test]
fn a_dismissed_prompt_leaves_the_vault_locked_until_it_is_asked_again() {
    const TEST: &str = "keyring::locked::a_dismissed_prompt_leaves_the_vault_locked_until_it_is_asked_again";
    in_session(TEST, &Services::default(), async |home| {
        let _daemon = leave_a_locked_keyring(home).await;
        let prompter = prompter::that_dismisses();
        let vault = open_real(home).await;
        for asked in 1..=2 {
            assert_eq!(vault.unlock().await.unwrap(), VaultStatus::Locked);
            assert_eq!(prompter.shown(), asked, "each press asks once, and opening asked not at all");
        }
        unlock_elsewhere();
        assert_eq!(vault.unlock().await.unwrap(), VaultStatus::Ready { store: StoreKind::Keyring });
        assert_eq!(prompter.shown(), 2, "an open keyring needs no prompt");
    });
}
