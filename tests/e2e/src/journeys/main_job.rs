//! The main job: from a fresh computer to a proved connector, and still there after a restart.

use std::path::PathBuf;

use crate::journeys::{pictures_of, plan_totalview, sign_in_for_good};
use crate::person::Person;
use crate::surroundings::Surroundings;
use crate::tenant_file::TenantFile;
use crate::window::Window;

#[tokio::test]
async fn from_a_fresh_computer_to_a_proved_connector_that_is_still_there() {
    let surroundings = Surroundings::new();
    let pictures = pictures_of("main-job");
    let person = Person::at_the_browser().await;
    let window = Window::open(&surroundings, &[]).await;
    window.watch_the_content_policy().await;
    window.sees("Start practising").await;
    window.picture(&pictures, "welcome").await;
    window.is_accessible("welcome").await;

    sign_in_for_good(&surroundings, &window, &person, "astrid.lindqvist").await;
    window.is_accessible("home").await;
    plan_totalview(&window).await;
    window.sees("8 changes in 2 app registrations").await;
    window.picture(&pictures, "plan").await;
    window.is_accessible("plan").await;

    window.press("Go ahead").await;
    window.sees("Done, and proved.").await;
    window.picture(&pictures, "run").await;
    window.is_accessible("run").await;

    window.press("Show what to enter").await;
    window.sees("Mail client secret").await;
    window.picture(&pictures, "hand-over").await;
    window.is_accessible("hand-over").await;

    // What the practice tenant holds is what was promised, and the secrets are nowhere else in clear.
    let tenant = TenantFile::read(&surroundings);
    for name in ["Totalview Calendar Synchronization", "Totalview E-Mail Sending", "Gatehouse"] {
        assert_eq!(tenant.registrations_named(name), 1, "{name}");
    }
    let secrets = tenant.secrets_of("Totalview");
    assert_eq!(secrets.len(), 2);
    let text = window.text().await;
    for secret in &secrets {
        assert!(!text.contains(secret.as_str()), "a secret is on the page unasked");
        let places: Vec<PathBuf> = surroundings
            .files_with(secret)
            .into_iter()
            .filter(|file| !file.ends_with("tenant.json"))
            .collect();
        assert!(places.is_empty(), "a secret lies in clear in {places:?}");
    }
    assert_eq!(window.content_policy_violations().await, Vec::<String>::new());
    assert!(window.is_styled().await, "Fluent's styles are missing in the built app");
    window.close().await;
    person.leaves().await;

    let again = Window::open(&surroundings, &["--practice"]).await;
    again.sees("Totalview").await;
    again.sees("Works").await;
    again.picture(&pictures, "home-afterwards").await;
    again.close().await;
}
