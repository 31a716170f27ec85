//! Killed in the middle of a run; the next start goes on from there, with nothing made twice.

use crate::journeys::{plan_totalview, sign_in_for_good};
use crate::person::Person;
use crate::surroundings::Surroundings;
use crate::tenant_file::TenantFile;
use crate::window::Window;

#[tokio::test]
async fn a_run_that_was_killed_goes_on_at_the_next_start() {
    let surroundings = Surroundings::new();
    let person = Person::at_the_browser().await;
    let window = Window::open(&surroundings, &[]).await;
    sign_in_for_good(&surroundings, &window, &person, "astrid.lindqvist").await;
    plan_totalview(&window).await;
    window.press("Go ahead").await;
    window.sees("Created the app registration").await;
    window.kill(&surroundings);
    person.leaves().await;

    let window = Window::open(&surroundings, &["--practice"]).await;
    window.sees("is half done").await;
    window.picture(&super::pictures_of("return"), "half-done").await;
    window.press("Go on").await;
    window.sees("Stopped half-way.").await;
    window.press("Go on").await;
    window.sees_within("Done, and proved.", std::time::Duration::from_secs(240)).await;
    let tenant = TenantFile::read(&surroundings);
    for name in ["Totalview Calendar Synchronization", "Totalview E-Mail Sending"] {
        assert_eq!(tenant.registrations_named(name), 1, "{name}");
    }
    assert_eq!(
        tenant.secrets_of("Totalview").len(),
        2,
        "each registration has one secret, and its value is known"
    );
    window.close().await;
}
