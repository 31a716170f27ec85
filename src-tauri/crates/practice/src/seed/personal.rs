//! Personal Microsoft accounts: one directory for all of them, without an organisation, administrators or groups.

use jiff::Timestamp;
use serde_json::json;

use super::{Ground, Other, PERSONAL_ACCOUNTS, Place, directory as facts, mailboxes, policies, services};
use crate::directories::Kind;
use crate::entra::PERSONAL;
use crate::random::Random;
use crate::store::Tables;

const PLACE: Place = Place {
    name: PERSONAL_ACCOUNTS,
    domain: "outlook-practice.example",
    initial_domain: "outlook-practice.example",
};
/// Given name, surname, local part of the address.
const CAST: [(&str, &str, &str); 2] =
    [("Kim", "Sundström", "kim.sundstrom"), ("Rosa", "Delgado", "rosa.delgado")];

/// Builds it beside a main organisation with this seed.
pub(super) fn directory(main: u64, now: Timestamp) -> Other {
    let seed = main.wrapping_add(0x4d53_4100);
    let ground = Ground { seed, now, place: PLACE };
    let mut tables = Tables::default();
    facts::domain(&ground, &mut tables, PLACE.domain, true, true, true);
    services::add(&ground, &mut tables);
    policies::add(&ground, &mut tables);
    let mut holders = Vec::new();
    for (given, surname, local) in CAST {
        holders.push(person(&ground, &mut tables, given, surname, local));
    }
    mailboxes::add_for(&ground, &mut tables, &holders);
    Other { kind: Kind::Personal, seed, tenant_id: PERSONAL.to_owned(), tables }
}

/// Graph names a personal account by a number of 16 hex digits ("CID"); tokens fill it up to a GUID.
fn person(ground: &Ground, tables: &mut Tables, given: &str, surname: &str, local: &str) -> String {
    let address = format!("{local}@{}", PLACE.domain);
    let id = format!("{:016x}", Random::for_purpose(ground.seed, &address).next());
    let body = json!({
        "id": id,
        "displayName": format!("{given} {surname}"),
        "givenName": given,
        "surname": surname,
        "userPrincipalName": address,
        "mail": address,
        "businessPhones": [],
        "mobilePhone": null,
        "jobTitle": null,
        "officeLocation": null,
        "preferredLanguage": "en-GB",
        "accountEnabled": true,
        "userType": "Member",
        "signInSessionsValidFromDateTime": ground.date(-800),
    });
    tables.users.insert(id.clone(), ground.row(800, body));
    id
}
