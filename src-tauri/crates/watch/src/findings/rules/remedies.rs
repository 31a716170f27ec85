//! What can be done about a credential, and where a button is safe.

use super::super::RemedyAction;
use super::super::case::{Case, Draft};
use super::lifetime;
use crate::{Credential, CredentialKind};

/// Microsoft's page on signing certificates, which are changed in step with the product.
const SIGNING: &str = "https://learn.microsoft.com/entra/identity/enterprise-apps/tutorial-manage-certificates-for-federated-single-sign-on";

/// A new one beside the old one: nothing is taken away, so that the button is safe wherever Gatehouse can make one.
pub(super) fn renew(case: &Case<'_>, one: &Credential, draft: Draft) -> Draft {
    let made_here = matches!(one.kind, CredentialKind::Secret | CredentialKind::Certificate);
    let switched_off = case.app.registration.as_ref().is_none_or(|app| app.disabled_by_microsoft);
    match one.kind {
        CredentialKind::SigningCertificate => draft.remedy(
            "Make a new signing certificate in Entra, and give it to the product on the day you switch.",
            "Read how",
            RemedyAction::Link { url: SIGNING.to_owned() },
        ),
        _ if one.on_enterprise_app || !made_here || switched_off => {
            draft.look("Look at the app, and ask who runs the product.")
        }
        kind => {
            let sentence = if kind == CredentialKind::Secret && lifetime::no_new_secrets(case) {
                "Your organisation allows no new secrets. Put a certificate in its place."
            } else {
                "Make a new one beside it, and give it to the product. The old one stays until you take it away."
            };
            draft.remedy(
                sentence,
                "Renew",
                RemedyAction::RenewCredential { key_ids: vec![one.key_id.clone()] },
            )
        }
    }
}

/// Whether Gatehouse can take it away: it stands on a registration here.
pub(super) fn removable(case: &Case<'_>, one: &Credential) -> bool {
    case.app.registration.is_some()
        && !one.on_enterprise_app
        && matches!(one.kind, CredentialKind::Secret | CredentialKind::Certificate)
}
