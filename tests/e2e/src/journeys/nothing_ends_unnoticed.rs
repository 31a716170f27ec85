//! A secret that is about to end: found, renewed, handed over, the old one removed; and somebody is told.

use std::time::Duration;

use crate::journeys::{pictures_of, sign_in_for_good};
use crate::notifications::{Notifications, picture_of_the_screen};
use crate::person::Person;
use crate::surroundings::Surroundings;
use crate::window::Window;

/// A secret of this app ends tomorrow.
const APP: &str = "Quayside Wifi";

#[tokio::test]
async fn a_secret_that_ends_is_found_renewed_and_reminded_of() {
    let (surroundings, pictures) = (Surroundings::new(), pictures_of("secrets"));
    let notifications = Notifications::on_the_screen();
    let person = Person::at_the_browser().await;
    let window = Window::open(&surroundings, &[]).await;
    window.watch_the_content_policy().await;
    sign_in_for_good(&surroundings, &window, &person, "astrid.lindqvist").await;

    window.press("Apps and secrets").await;
    window.press("Read the organisation").await;
    window.sees("looked up just now").await;
    window.picture(&pictures, "apps").await;
    window.is_accessible("the apps").await;
    the_row(&window).await;
    window.sees("Ends tomorrow").await;
    window.press("Renew").await;
    window.press("See the plan").await;
    window.sees("beside those that are there").await;
    window.picture(&pictures, "renewal-plan").await;
    window.press("Go ahead").await;
    window.press("Show what to enter").await;
    window.sees("Hidden. It is sealed on this computer.").await;
    window.picture(&pictures, "renewal-hand-over").await;
    window.is_accessible("the renewal").await;

    window.press("The product has it").await;
    window.sees("Is the old one still used?").await;
    window.press("Remove the old one now").await;
    window.press("See the plan").await;
    window.sees("before the old one goes").await;
    window.press("Go ahead").await;
    window.sees_within("Done.", Duration::from_secs(90)).await;
    window.picture(&pictures, "removal").await;

    window.press("Apps and secrets").await;
    tab(&window, "Reminders").await;
    tab(&window, "When and where").await;
    window.press("Send a trial of each").await;
    window.sees("Handed over").await;
    notifications.shows_one();
    picture_of_the_screen(&pictures, "notification");
    let said = notifications.read_and_close();
    assert!(said.contains("A trial reminder"), "{said}");

    assert_eq!(window.content_policy_violations().await, Vec::<String>::new());
    window.close().await;
    person.leaves().await;
}

/// Opens the app from the list.
async fn the_row(window: &Window) {
    const FIND: &str = "const rows = [...document.querySelectorAll('[role=row]')];
        const row = rows.find((one) => one.innerText.includes(arguments[0]));
        return row?.querySelectorAll('[role=gridcell]')[2] ?? null;";
    window.press_found(FIND, APP).await;
}

/// Goes to a part of the room: its name may have a number behind it.
async fn tab(window: &Window, words: &str) {
    const FIND: &str = "const all = [...document.querySelectorAll('main a, main [role=tab]')];
        return all.find((one) => one.innerText.trim().startsWith(arguments[0])) ?? null;";
    window.press_found(FIND, words).await;
}
