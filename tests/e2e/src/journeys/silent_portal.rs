//! A desktop portal that never answers: GTK alone would keep the window waiting for 25 seconds.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::session_bus::SessionBus;
use crate::surroundings::Surroundings;
use crate::window::Window;

#[tokio::test]
async fn a_portal_that_never_answers_holds_up_neither_the_window_nor_the_keyring() {
    let usual = time_to_welcome(&Surroundings::new()).await;
    let bus = SessionBus::with_a_silent_portal();
    let surroundings = Surroundings::on(Some(&bus));
    let beside_it = time_to_welcome(&surroundings).await;
    println!(
        "until Welcome is there: {usual:.1?} as usual, {beside_it:.1?} beside a portal that never answers"
    );
    assert!(beside_it < usual + Duration::from_secs(10), "{beside_it:?} instead of {usual:?}");

    // The keyring is on the bus that was hidden from GTK.
    let window = Window::open(&surroundings, &[]).await;
    window.press("Start practising").await;
    window.sees("Who do you want to be?").await;
    let vault = vault_store(&window).await;
    assert_eq!(vault, json!("keyring"), "the keyring is there and open");
    window.close().await;
}

/// From nothing to the doors of Welcome, drawn.
async fn time_to_welcome(surroundings: &Surroundings) -> Duration {
    let begun = Instant::now();
    let window = Window::open(surroundings, &[]).await;
    window.sees("Start practising").await;
    let time = begun.elapsed();
    const PAINTS: &str = "return performance.getEntriesByType('paint').length;";
    let paints = window.page.execute(PAINTS, Vec::new()).await.unwrap();
    assert!(paints.json().as_u64() > Some(0), "nothing was painted");
    window.close().await;
    time
}

/// Where the key of the vault lives, as soon as it is there.
async fn vault_store(window: &Window) -> serde_json::Value {
    const ASK: &str = "const done = arguments[arguments.length - 1];
        window.__TAURI_INTERNALS__.invoke('vault_open')
            .then(() => window.__TAURI_INTERNALS__.invoke('app_status'))
            .then((status) => done(status.vault), (error) => done(error));";
    let begun = Instant::now();
    loop {
        let vault = window.page.execute_async(ASK, Vec::new()).await.unwrap().json().clone();
        if vault["kind"] == "ready" {
            return vault["store"].clone();
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "the vault is {vault}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
