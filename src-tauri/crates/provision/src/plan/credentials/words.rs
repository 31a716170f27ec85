//! The sentences about what an app signs in with.

use super::{CredentialSort, HeldCredential};
use crate::plan::words::{Words, words};

pub(super) fn new_secret(app: &str, name: &str) -> Words {
    words(
        format!(
            "Create the secret “{name}” for “{app}”, beside those that are there, and keep it safely here."
        ),
        format!("Created the secret “{name}” for “{app}” and kept it safely."),
        Some("The new secret is removed. What was there before goes on working."),
    )
}

pub(super) fn made_certificate(app: &str, name: &str) -> Words {
    words(
        format!(
            "Make the certificate “{name}”, keep its key safely here, and put its public part on “{app}”."
        ),
        format!("Made the certificate “{name}” and put its public part on “{app}”."),
        Some("The new certificate is removed. What was there before goes on working."),
    )
}

pub(super) fn uploaded_certificate(app: &str, name: &str) -> Words {
    words(
        format!("Put the certificate “{name}” on “{app}”, beside what is there."),
        format!("Put the certificate “{name}” on “{app}”."),
        Some("The new certificate is removed. What was there before goes on working."),
    )
}

pub(super) fn sign_in(sort: CredentialSort) -> Words {
    let sort = sort.word();
    words(
        format!("Sign in as the app with the new {sort} and look at its permissions."),
        format!("Signed in as the app with the new {sort}: it has its permissions."),
        None,
    )
}

pub(super) fn sign_in_before(sort: CredentialSort) -> Words {
    let sort = sort.word();
    words(
        format!("Sign in as the app with the new {sort}, before the old one goes."),
        format!("Signed in as the app with the new {sort}."),
        None,
    )
}

pub(super) fn sign_in_after(sort: CredentialSort) -> Words {
    let sort = sort.word();
    words(
        format!("Sign in as the app with the new {sort} once more."),
        format!("Signed in as the app with the new {sort} once more."),
        None,
    )
}

pub(super) fn remove(app: &str, held: &HeldCredential, can_come_back: bool) -> Words {
    let (sort, name) = (held.sort.word(), held.short_name());
    words(
        format!("Remove the {sort} “{name}” from “{app}”."),
        format!("Removed the {sort} “{name}” from “{app}”."),
        can_come_back
            .then_some("The certificate's public part is put back. Whoever has its key can sign in again."),
    )
}

pub(super) fn gone(app: &str) -> Words {
    let text = format!("The credential is not on “{app}” any more.");
    words(text.clone(), text, None)
}

pub(super) fn owner(app: &str, person: &str) -> Words {
    words(
        format!("Make {person} an owner of “{app}”, who may change it and renew its secrets."),
        format!("{person} is an owner of “{app}”."),
        Some("The person is no longer an owner."),
    )
}

pub(super) fn owner_already(app: &str, person: &str) -> Words {
    let text = format!("{person} is an owner of “{app}”.");
    words(text.clone(), text, None)
}

#[cfg(test)]
pub(in crate::plan) fn all() -> Vec<Words> {
    let held = |sort| HeldCredential {
        key_id: graph::KeyId::placeholder("k"),
        sort,
        name: "prod-1".to_owned(),
        ends: None,
        certificate: None,
    };
    let mut all = vec![
        new_secret("App", "prod-1"),
        made_certificate("App", "prod-1"),
        uploaded_certificate("App", "prod-1"),
        gone("App"),
        owner("App", "Anna Berg"),
        owner_already("App", "Anna Berg"),
    ];
    all.extend(super::trust_words::all());
    for sort in [CredentialSort::Secret, CredentialSort::Certificate] {
        all.extend([sign_in(sort), sign_in_before(sort), sign_in_after(sort)]);
        all.extend([remove("App", &held(sort), false), remove("App", &held(sort), true)]);
    }
    all
}
