//! What people keep in their address books: customers and carriers.

use serde_json::json;

use super::mailboxes::exchange_id;
use super::{Ground, moment};
use crate::graph::{blank_contact, name_of_contact};
use crate::random::Random;
use crate::store::Mailbox;

/// Given name, surname, company, local part and domain.
const PEOPLE: [(&str, &str, &str, &str); 8] = [
    ("Maren", "Bergström", "Bergström Papper", "maren@bergstrom-papper.example"),
    ("Olav", "Nygaard", "Nygaard Shipping", "olav.nygaard@nygaard-shipping.example"),
    ("Beatriz", "Carvalho", "Porto Cold Store", "beatriz@porto-cold-store.example"),
    ("Jelle", "de Wit", "Rotterdam Terminal 4", "j.dewit@terminal4.example"),
    ("Katarzyna", "Zielińska", "Gdańsk Customs Agents", "k.zielinska@gdansk-agents.example"),
    ("Moritz", "Anger", "Hamburg Tyres", "moritz.anger@hamburg-tyres.example"),
    ("Saoirse", "Kelly", "Cork Dairy", "saoirse.kelly@cork-dairy.example"),
    ("Antti", "Mäkelä", "Turku Timber", "antti@turku-timber.example"),
];
/// How many of them are in one address book.
const KEPT: usize = 4;

/// Fills the address book of `owner` (an object id).
pub(crate) fn fill(ground: &Ground, owner: &str, mailbox: &mut Mailbox) {
    let mut random = Random::for_purpose(ground.seed, &format!("contacts:{owner}"));
    let first = random.below(PEOPLE.len());
    for (given, surname, company, address) in PEOPLE.iter().cycle().skip(first).take(KEPT) {
        let mut contact = blank_contact(&exchange_id(&mut random, "AAMk"), owner, &moment(ground.days(-90)));
        contact.insert("changeKey".into(), exchange_id(&mut random, "CQAA")[..24].into());
        contact.insert("givenName".into(), json!(given));
        contact.insert("surname".into(), json!(surname));
        contact.insert("companyName".into(), json!(company));
        let name = name_of_contact(&contact);
        contact.insert("displayName".into(), json!(name));
        contact.insert("fileAs".into(), json!(format!("{surname}, {given}")));
        contact.insert("emailAddresses".into(), json!([{"name": name, "address": address}]));
        contact.insert(
            "businessPhones".into(),
            json!([format!("+46 31 555 {:02} {:02}", random.below(100), random.below(100))]),
        );
        mailbox.contacts.push(contact);
    }
}
