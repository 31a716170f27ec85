//! Two people: one may not agree to anything alone and asks, an admin grants it in Gatehouse, and the connection finishes
//! by itself.

use std::time::Duration;

use crate::journeys::{page_of_the_tenant, pictures_of, sign_in_for_good, upn};
use crate::person::Person;
use crate::surroundings::Surroundings;
use crate::window::Window;

#[tokio::test]
async fn what_an_admin_must_allow_is_asked_for_granted_and_finished_by_itself() {
    let (surroundings, pictures) = (Surroundings::new(), pictures_of("my-account"));
    let (admin, noor) = (Person::at_the_browser().await, Person::at_the_browser().await);
    let window = Window::open(&surroundings, &[]).await;
    sign_in_for_good(&surroundings, &window, &admin, "astrid.lindqvist").await;
    people_may_agree_to_little(&surroundings).await;

    window.press("My account").await;
    window.press("Connect a product").await;
    window.tick("Calendar").await;
    window.press("Next").await;
    window.sees("A pretend product is filled in").await;
    window.press("Next").await;
    window.press("Next").await;
    window.sees("This is what it may do").await;
    let before = surroundings.times_opened();
    window.press("Go to the practice page").await;
    noor.opens(&window.opens_the_browser(&surroundings, before).await).await;
    noor.leaves_without_an_answer(&upn("noor.haddad")).await;
    window.sees("An admin has to say yes first").await;
    window.is_accessible("waiting for an admin").await;

    window.press("Your admin uses Gatehouse too?").await;
    window.press("Save the request file").await;
    window.sees("Saved as").await;
    let before = surroundings.times_opened();
    window.press("Let Gatehouse look by itself").await;
    noor.opens(&window.opens_the_browser(&surroundings, before).await).await;
    noor.comes_back(&upn("noor.haddad")).await;
    window.sees("Gatehouse looks by itself").await;
    window.picture(&pictures, "waits-for-an-admin").await;

    window.press("Connectors").await;
    window.opens_a_file(&surroundings.saved("account-request")).await;
    window.sees("Skylark Planner").await;
    window.picture(&pictures, "request-opened").await;
    window.press("See the plan").await;
    window.sees("What will change").await;
    window.press("Go ahead").await;
    window.sees("Done").await;

    window.press("My account").await;
    window.sees_within("Works", Duration::from_secs(90)).await;
    window.sees("Noor Haddad").await;
    window.picture(&pictures, "finished-by-itself").await;
    window.close().await;
    admin.leaves().await;
    noor.leaves().await;
}

/// The organisation lets people agree to harmless permissions alone.
async fn people_may_agree_to_little(surroundings: &Surroundings) {
    let answer = reqwest::Client::builder()
        .build()
        .unwrap()
        .post(page_of_the_tenant(surroundings, "/_practice/policies"))
        .json(&serde_json::json!({ "self_consent": "low" }))
        .send()
        .await
        .unwrap();
    assert!(answer.status().is_success());
}
