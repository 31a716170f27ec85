//! Mailboxes: for everyone who has a licence, and a shared one.

use super::{Ground, calendar, contacts, mail, people};
use crate::random::Random;
use crate::store::{Mailbox, Tables};

/// A person as a mail address.
#[derive(Debug, Clone)]
pub(crate) struct Correspondent {
    pub(crate) name: String,
    pub(crate) address: String,
}

pub(crate) fn add(ground: &Ground, tables: &mut Tables) {
    let holders: Vec<_> = tables
        .users
        .values()
        .filter(|user| people::is_licensed(user) || people::is_shared_mailbox(user))
        .map(|user| user.text("id").to_owned())
        .collect();
    add_for(ground, tables, &holders);
}

/// Mailboxes for these people (object ids), who write to each other.
pub(crate) fn add_for(ground: &Ground, tables: &mut Tables, holders: &[String]) {
    let holders: Vec<_> = holders
        .iter()
        .filter_map(|id| tables.users.get(id))
        .map(|user| {
            (
                user.text("id").to_owned(),
                Correspondent { name: user.text("displayName").into(), address: user.text("mail").into() },
            )
        })
        .collect();
    let everyone: Vec<_> = holders.iter().map(|(_, person)| person.clone()).collect();
    for (id, owner) in &holders {
        let mut random = Random::for_purpose(ground.seed, &format!("mailbox:{id}"));
        let mut mailbox = Mailbox::default();
        mail::fill(ground, &mut random, owner, &everyone, &mut mailbox);
        calendar::fill(ground, &mut random, owner, &everyone, &mut mailbox);
        contacts::fill(ground, id, &mut mailbox);
        tables.mailboxes.insert(id.clone(), mailbox);
    }
}

/// An id as Exchange makes it: long, opaque, base64url.
pub(crate) fn exchange_id(random: &mut Random, prefix: &str) -> String {
    use base64::Engine as _;
    let bytes: Vec<u8> = (0..12).flat_map(|_| random.next().to_be_bytes()).collect();
    format!("{prefix}{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes))
}
