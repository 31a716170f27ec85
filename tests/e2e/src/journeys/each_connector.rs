//! Every connector in the window: wizard, plan, run, proof, hand-over.

use crate::journeys::{pictures_of, sign_in_for_good};
use crate::person::Person;
use crate::surroundings::Surroundings;
use crate::window::Window;
use crate::wizard::{self, Answer};

const PROVED: &str = "Done, and proved.";

#[tokio::test]
async fn each_connector_is_set_up_proved_and_handed_over() {
    let surroundings = Surroundings::new();
    let person = Person::at_the_browser().await;
    let window = Window::open(&surroundings, &[]).await;
    window.watch_the_content_policy().await;
    sign_in_for_good(&surroundings, &window, &person, "astrid.lindqvist").await;
    let journey = Journey { surroundings, window, person };

    // A3-A10: the service account over Microsoft Graph, limited to a group.
    let group = "calendar-connector-scope@lindqvist-practice.example";
    let limited = [
        ("Test mailbox", Answer::Type("erik.johansson@lindqvist-practice.example")),
        (
            "Service account: whose mailboxes shall it reach?",
            Answer::ChooseAndType("The members of a group", group),
        ),
    ];
    journey
        .connect("Cirrus Insight service account", "cirrus-insight", &limited, PROVED, "Client Secret")
        .await;
    // B1-B8: two registrations in one run.
    journey.connect("Totalview", "totalview", &[], PROVED, "Mail client secret").await;
    // D1-D9: an agency's redirect address.
    let agency = [
        ("Agency name in Sense", Answer::Type("brightpath")),
        ("Where are the calendars?", Answer::Choose("Exchange Online")),
    ];
    journey
        .connect(
            "Sense calendar sync",
            "sense",
            &agency,
            "Done. Some of it could not be proved.",
            "brightpath.sensehq.com",
        )
        .await;
    // It works for people: one of them signs in through it, and what could not be known is proved.
    journey.try_by_signing_in("Sense calendar sync", "sense").await;
    // E1-E7: application permissions, and names in reports.
    journey.connect("Certero for Microsoft 365", "certero", &[], PROVED, "Tenant Name").await;
    // C1-C5: a new service account with a mailbox.
    let account = [
        ("Service account", Answer::Type("svc-cirrus@lindqvist-practice.example")),
        ("Country of a new account", Answer::Pick("Sweden")),
        ("Licence for a new account", Answer::Choose("Microsoft 365 Business Premium")),
    ];
    let (name, file) = ("Cirrus Insight Exchange service account", "cirrus-insight-exchange");
    journey.connect(name, file, &account, PROVED, "svc-cirrus@lindqvist-practice.example").await;

    assert_eq!(journey.window.content_policy_violations().await, Vec::<String>::new());
    let Journey { window, person, .. } = journey;
    window.close().await;
    person.leaves().await;
}

struct Journey {
    surroundings: Surroundings,
    window: Window,
    person: Person,
}

impl Journey {
    async fn connect(
        &self,
        connector: &str,
        name: &str,
        answers: &[(&str, Answer)],
        end: &str,
        hand_over: &str,
    ) {
        let (window, pictures) = (&self.window, pictures_of("connectors"));
        wizard::plan(window, connector, answers).await;
        self.sign_in_for_more().await;
        window.picture(&pictures, &format!("{name}-plan")).await;
        window.is_accessible(&format!("the plan of {name}")).await;
        window.press("Go ahead").await;
        window.sees(end).await;
        window.picture(&pictures, &format!("{name}-run")).await;
        window.press("Show what to enter").await;
        window.sees(hand_over).await;
        window.picture(&pictures, &format!("{name}-hand-over")).await;
        window.is_accessible(&format!("the hand-over of {name}")).await;
        // Who leaves without noting where the secret is, is asked.
        window.press("Home").await;
        window.press("Leave anyway").await;
        window.sees("Works").await;
    }

    async fn try_by_signing_in(&self, connector: &str, name: &str) {
        let (window, before) = (&self.window, self.surroundings.times_opened());
        window.choose(connector).await;
        window.press("Sign in and try").await;
        self.person.opens(&window.opens_the_browser(&self.surroundings, before).await).await;
        self.person.agrees().await;
        window.sees("Proved").await;
        window.picture(&pictures_of("connectors"), &format!("{name}-tried")).await;
        window.press("Home").await;
    }

    /// Where a task needs more than the session was asked for, it says so, and one signs in once more.
    async fn sign_in_for_more(&self) {
        let (window, before) = (&self.window, self.surroundings.times_opened());
        if window.sees_one_of(&["What will change", "Sign in again"]).await == 0 {
            return;
        }
        window.press("Sign in again").await;
        window.press("Sign in to practise").await;
        self.person.opens(&window.opens_the_browser(&self.surroundings, before).await).await;
        self.person.agrees().await;
        window.sees("What will change").await;
    }
}
