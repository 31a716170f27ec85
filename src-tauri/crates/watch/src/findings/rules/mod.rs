//! The rules, one file for each family. A rule looks at one app and adds what it finds.

mod audience;
mod consent;
pub(super) mod drift;
mod ending;
mod lifetime;
pub(super) mod lookalike;
mod mailboxes;
mod owners;
mod privilege;
mod redirects;
mod remedies;
mod retired;
mod unused;

use super::Finding;
use super::case::{Case, Whose};
use crate::{App, Credential, CredentialKind};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Finding>) {
    // Azure renews the certificates of its identities by itself.
    if case.whose != Whose::ManagedIdentity {
        ending::judge(case, found);
        lifetime::judge(case, found);
        unused::judge(case, found);
    }
    if case.whose == Whose::Ours {
        owners::judge(case, found);
        consent::judge(case, found);
        redirects::judge(case, found);
        audience::judge(case, found);
        drift::judge(case, found);
    }
    // Nobody but Microsoft decides what its own apps may do.
    if case.whose != Whose::Microsoft {
        mailboxes::judge(case, found);
        retired::judge(case, found);
        privilege::judge(case, found);
    }
}

/// What an app signs in with. Microsoft lists a signing certificate a second time as a certificate, and some a third time
/// as a secret, under the same identifier: those are one thing, and no way in.
fn ways_in(app: &App) -> impl Iterator<Item = &Credential> {
    app.credentials.iter().filter(|one| {
        one.kind != CredentialKind::SigningCertificate
            && !(one.on_enterprise_app
                && one.identifier.is_some()
                && signing(app).any(|signing| signing.identifier == one.identifier))
    })
}

/// What Microsoft signs an app's sign-ins with, each once.
fn signing(app: &App) -> impl Iterator<Item = &Credential> {
    let all = || app.credentials.iter().filter(|one| one.kind == CredentialKind::SigningCertificate);
    all().filter(move |one| {
        let twin = |other: &Credential| {
            one.identifier.is_some() && (&one.identifier, one.ends) == (&other.identifier, other.ends)
        };
        !all().any(|other| twin(other) && other.key_id < one.key_id)
    })
}
