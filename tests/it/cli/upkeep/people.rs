//! Who has let an app act for them, by the real program: listed, taken back for some and for all, given again.

use crate::cli::bed::Bed;
use crate::cli::machine::Machine;

const ERIK: &str = "erik.johansson@lindqvist-practice.example";
const HANNAH: &str = "hannah.weiss@lindqvist-practice.example";

fn vendor(bed: &Bed) -> (String, String) {
    bed.look(|tables| {
        let row =
            tables.service_principals.values().find(|row| row.text("displayName") == "Contoso Meetings");
        let row = row.unwrap();
        (row.text("appId").to_owned(), row.text("id").to_owned())
    })
}

/// How many grants the app has.
fn grants(bed: &Bed, principal: &str) -> usize {
    bed.look(|tables| {
        tables.oauth2_permission_grants.values().filter(|row| row.text("clientId") == principal).count()
    })
}

#[test]
fn people_are_listed_and_what_they_allowed_is_taken_back_and_given_again() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    let (app, principal) = vendor(&bed);
    assert_eq!(grants(&bed, &principal), 5);

    let text = machine.run(&["people", "--app", &app]).ends(0).out;
    assert!(text.contains("An admin allowed for everyone: User.Read, Calendars.ReadWrite"), "{text}");
    assert!(text.contains(&format!("Erik Johansson <{ERIK}>: User.Read, Mail.Read")), "{text}");
    assert!(text.contains("(switched off)") && text.contains("(the account is gone)"), "{text}");
    let json = machine.run(&["--json", "people", "--app", &app]).ends(0).json();
    assert_eq!((json["people"].as_array().unwrap().len(), &json["more"]), (4, &false.into()));
    let gone = json["people"][3]["id"].as_str().unwrap().to_owned();

    // A plan changes nothing, and without a yes nothing happens either.
    let seen = bed.requests().len();
    machine.run(&["people", "--app", &app, "--revoke", ERIK, "--plan"]).ends(0);
    assert_ne!(machine.run(&["people", "--app", &app, "--revoke", ERIK]).code, 0);
    assert_eq!(bed.writes_since(seen), Vec::<String>::new());

    machine.run(&["people", "--app", &app, "--revoke", ERIK, "--revoke", &gone, "--yes"]).ends(0);
    assert_eq!(grants(&bed, &principal), 3);
    let again =
        machine.run(&["people", "--app", &app, "--revoke", &HANNAH.to_uppercase(), "--json", "--yes"]);
    let run = again.ends(0).json()["summary"]["id"].as_str().unwrap().to_owned();
    assert_eq!(grants(&bed, &principal), 2);
    machine.run(&["undo", &run]).ends(0);
    assert_eq!(grants(&bed, &principal), 3);

    machine.run(&["people", "--app", &app, "--revoke-all", "--yes"]).ends(0);
    assert_eq!(grants(&bed, &principal), 0);
    let text = machine.run(&["people", "--app", &app]).ends(0).out;
    assert!(text.contains("Nobody has allowed it anything"), "{text}");
    let seen = bed.requests().len();
    machine.run(&["people", "--app", &app, "--revoke-all", "--yes"]).ends(0);
    assert_eq!(bed.writes_since(seen), Vec::<String>::new(), "a second time sends nothing");
}

#[test]
fn somebody_or_an_app_that_is_not_there_is_said() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    let (app, _) = vendor(&bed);
    let nobody =
        machine.run(&["people", "--app", &app, "--revoke", "nobody@lindqvist-practice.example", "--yes"]);
    assert!(nobody.code != 0 && nobody.all().contains("Nobody here signs in as"), "{}", nobody.all());
    let none = machine.run(&["people", "--app", "99999999-9999-4999-8999-999999999999"]);
    assert!(none.code != 0 && none.all().contains("has no app with this client ID"), "{}", none.all());
    assert_ne!(machine.run(&["people", "--app", &app, "--revoke", ERIK, "--revoke-all"]).code, 0);
}
