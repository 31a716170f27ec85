//! People whose role is not enough: one hands over, one is told before anything starts.

use crate::journeys::{first_sign_in, plan_totalview, sign_in_for_good};
use crate::person::Person;
use crate::surroundings::Surroundings;
use crate::tenant_file::TenantFile;
use crate::window::Window;

#[tokio::test]
async fn a_cloud_application_administrator_does_her_part_and_hands_over_the_rest() {
    let surroundings = Surroundings::new();
    let person = Person::at_the_browser().await;
    let window = Window::open(&surroundings, &[]).await;
    sign_in_for_good(&surroundings, &window, &person, "chiara.bianchi").await;
    plan_totalview(&window).await;
    window.sees("Marcus Öberg").await;
    window.press("Go ahead").await;
    window.sees("Your part is done. The rest is for another person.").await;
    window.picture(&super::pictures_of("other-roles"), "run-for-another-person").await;
    window.press("Get the message for the other person").await;
    window.sees("adminconsent").await;
    assert_eq!(TenantFile::read(&surroundings).registrations_named("Totalview E-Mail Sending"), 1);
    window.close().await;
    person.leaves().await;
}

#[tokio::test]
async fn an_ordinary_user_is_told_before_anything_starts() {
    let surroundings = Surroundings::new();
    let person = Person::at_the_browser().await;
    let window = Window::open(&surroundings, &[]).await;
    first_sign_in(&surroundings, &window, &person, "noor.haddad").await;
    window.sees("Before you go on").await;
    window.sees("Someone else has to grant a part").await;
    window.picture(&super::pictures_of("other-roles"), "ordinary-user").await;
    assert_eq!(TenantFile::read(&surroundings).registrations_named("Gatehouse"), 0);
    window.close().await;
    person.leaves().await;
}
