//! The whole life of a person's own connection: connected and proved, widened, taken back at Microsoft's side, recognised,
//! connected again though somebody else came first, and ended.

use crate::journeys::{page_of_the_tenant, pictures_of, upn};
use crate::person::Person;
use crate::surroundings::Surroundings;
use crate::tenant_file::TenantFile;
use crate::window::Window;

/// An app of the practice tenant through which people may connect.
const PRODUCT: &str = "Skylark Planner";
/// Somebody else of the organisation.
const COLLEAGUE: &str = "erik.johansson";
/// How every refresh token of the practice tenant begins.
const REFRESH_MARK: &str = "1.AVQAPracticeRefresh-";

#[tokio::test]
async fn a_person_connects_widens_loses_regains_and_ends_a_connection() {
    let (surroundings, pictures) = (Surroundings::new(), pictures_of("my-account"));
    let person = Person::at_the_browser().await;
    let window = Window::open(&surroundings, &[]).await;
    window.watch_the_content_policy().await;
    window.press("Start practising").await;
    window.sees("Who do you want to be?").await;
    window.press("My account").await;
    window.sees("No product uses your account yet").await;
    window.picture(&pictures, "nothing-yet").await;

    window.press("Connect a product").await;
    window.tick("Calendar").await;
    window.tick("Mail").await;
    window.picture(&pictures, "what-for").await;
    window.press("Next").await;
    window.sees("A pretend product is filled in").await;
    window.press("Next").await;
    window.press("Next").await;
    window.sees("This is what it may do").await;
    window.picture(&pictures, "what-it-may-do").await;
    window.is_accessible("what it may do").await;
    to_microsoft_and_back(&surroundings, &window, &person, "Go to the practice page").await;
    window.sees(&format!("{PRODUCT} is connected")).await;
    window.sees("unread").await;
    window.picture(&pictures, "connected").await;
    window.is_accessible("connected").await;
    window.press("Go to the connection").await;
    window.sees("What it may do").await;
    window.picture(&pictures, "connection").await;
    window.is_accessible("the connection").await;

    window.press("Change what it may do").await;
    window.tick("Contacts").await;
    to_microsoft_and_back(&surroundings, &window, &person, "Go to the practice page").await;
    window.sees(&format!("{PRODUCT} is connected")).await;
    window.press("Go to the connection").await;
    window.sees("See your contacts").await;

    let way = page_of_the_tenant(&surroundings, "/myapps");
    let client_id = TenantFile::read(&surroundings).client_id_of(PRODUCT);
    person.takes_back(&way, &upn("noor.haddad"), &client_id).await;
    window.press("Check now").await;
    window.sees("Your permission was taken back at Microsoft").await;
    window.picture(&pictures, "taken-back").await;
    window.is_accessible("taken back").await;

    a_colleague_signs_in_instead(&surroundings, &window, "Sign in again").await;
    window.picture(&pictures, "wrong-account").await;
    window.is_accessible("the wrong account").await;

    to_microsoft_and_back(&surroundings, &window, &person, "Use another account").await;
    window.sees(&format!("{PRODUCT} is connected")).await;
    window.press("Go to the connection").await;
    window.sees("Works").await;
    assert!(window.text().await.contains("See your contacts"), "nothing is lost on the way");

    window.press("Disconnect").await;
    window.sees(&format!("Disconnect {PRODUCT}?")).await;
    window.picture(&pictures, "before-the-end").await;
    window.press("Disconnect").await;
    window.sees(&format!("{PRODUCT} is disconnected")).await;
    window.picture(&pictures, "disconnected").await;
    window.is_accessible("disconnected").await;

    assert_eq!(window.content_policy_violations().await, Vec::<String>::new());
    assert_eq!(
        surroundings.files_with(REFRESH_MARK),
        Vec::<std::path::PathBuf>::new(),
        "a token is on the disk"
    );
    window.close().await;
    person.leaves().await;
}

/// The browser that opens is one in which a colleague is at work, who signs in and agrees. The window says who came, that
/// nothing was changed, and whose account is needed.
async fn a_colleague_signs_in_instead(surroundings: &Surroundings, window: &Window, button: &str) {
    let colleague = Person::at_the_browser().await;
    let before = surroundings.times_opened();
    window.press(button).await;
    colleague.opens(&window.opens_the_browser(surroundings, before).await).await;
    colleague.comes_back(&upn(COLLEAGUE)).await;
    window.sees(&format!("{} signed in", upn(COLLEAGUE))).await;
    let said = window.text().await;
    assert!(said.contains("This connection belongs to Noor Haddad"), "{said}");
    assert!(said.contains("nothing was changed"), "{said}");
    assert!(said.contains(&format!("Try again and choose {}", upn("noor.haddad"))), "{said}");
    colleague.leaves().await;
}

/// Presses the way to Microsoft, signs in and agrees there, and comes back.
async fn to_microsoft_and_back(surroundings: &Surroundings, window: &Window, person: &Person, button: &str) {
    let before = surroundings.times_opened();
    window.press(button).await;
    let address = window.opens_the_browser(surroundings, before).await;
    person.opens(&address).await;
    person.comes_back(&upn("noor.haddad")).await;
}
