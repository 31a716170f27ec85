//! What people do with Gatehouse, from the first start on.

mod admin_approval;
mod each_connector;
mod main_job;
mod my_account;
mod nothing_ends_unnoticed;
mod other_roles;
mod return_after_kill;
mod silent_portal;

use std::path::{Path, PathBuf};

use crate::person::Person;
use crate::surroundings::Surroundings;
use crate::window::Window;

/// A person of the practice tenant.
pub(crate) fn upn(name: &str) -> String {
    format!("{name}@lindqvist-practice.example")
}

/// Welcome, practice, and the first sign-in, through Microsoft's own client. Ends at the plan for Gatehouse's registration.
pub(crate) async fn first_sign_in(surroundings: &Surroundings, window: &Window, person: &Person, who: &str) {
    window.press("Start practising").await;
    window.sees("Who do you want to be?").await;
    window.press("Sign in to practise").await;
    window.sees("Go on in your browser").await;
    person.opens(&window.opens_the_browser(surroundings, 0).await).await;
    person.signs_in(&upn(who)).await;
    window.sees("Set up Gatehouse for the organisation").await;
}

/// The same, on through the registration and the second sign-in. Ends at Home.
pub(crate) async fn sign_in_for_good(
    surroundings: &Surroundings,
    window: &Window,
    person: &Person,
    who: &str,
) {
    first_sign_in(surroundings, window, person, who).await;
    window.press("Go ahead").await;
    window.sees("Gatehouse has its own registration now.").await;
    let before = surroundings.times_opened();
    window.press("Sign in with it").await;
    window.sees("You have its client ID").await;
    window.press("Sign in to practise").await;
    window.sees("Go on in your browser").await;
    person.opens(&window.opens_the_browser(surroundings, before).await).await;
    person.agrees().await;
    window.sees("No product is connected yet").await;
}

/// From Home through the wizard to the plan of a Totalview set-up with everything that is on by default.
pub(crate) async fn plan_totalview(window: &Window) {
    crate::wizard::plan(window, "Totalview", &[]).await;
    window.sees("What will change").await;
}

/// Where pictures of the journeys go, by kind.
pub(crate) fn pictures_of(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/journeys").join(kind)
}

/// A page of the practice tenant, which is where the browser was sent before.
pub(crate) fn page_of_the_tenant(surroundings: &Surroundings, path: &str) -> String {
    let opened = surroundings.opened(0).unwrap();
    let (scheme, rest) = opened.split_once("://").unwrap();
    format!("{scheme}://{}{path}", rest.split('/').next().unwrap())
}
