//! What a connector does, one sentence each.

use crate::connector::{Connector, Credential, InputKind, Registration, ScriptKind, SignInAudience};

/// Everything that a set-up with this connector does or asks, but for its permissions.
pub(super) fn of(connector: &Connector) -> Vec<String> {
    let mut all = Vec::new();
    for registration in &connector.registrations {
        all.extend(registration_sentences(registration));
    }
    for account in &connector.accounts {
        let mailbox = if account.needs_mailbox { " that has a mailbox" } else { "" };
        all.push(format!(
            "It uses an account{mailbox}, and makes one that is not there yet. {}",
            account.why
        ));
    }
    for setting in &connector.settings {
        all.push(format!(
            "It changes a setting of the organisation. {} {}",
            setting.kind.sentence(),
            setting.why
        ));
    }
    let questions = connector.inputs.len();
    if questions > 0 {
        let labels: Vec<&str> = connector.inputs.iter().map(|input| input.label.as_str()).collect();
        all.push(format!("It asks you for: {}.", labels.join(", ")));
    }
    if connector.inputs.iter().any(|input| input.kind == InputKind::Certificate) {
        all.push(
            "It takes a certificate from the vendor, so that the vendor's key opens the app.".to_owned(),
        );
    }
    for proof in connector.proofs.iter().filter(|proof| proof.kind.leaves_trace()) {
        all.push(format!("To show that it works: {}", proof.kind.sentence()));
    }
    for script in connector.follow_ups.iter().filter_map(|task| task.script.as_ref()) {
        all.push(match script.kind {
            ScriptKind::ExchangeServerImpersonation => {
                "It shows a script of Gatehouse's own, which lets one account open the mailboxes of others on an Exchange \
                 Server."
                    .to_owned()
            }
        });
    }
    all
}

fn registration_sentences(registration: &Registration) -> Vec<String> {
    let mut all = vec![format!("It makes an app registration called “{}”.", registration.display_name)];
    if let Some(offer) = registration.audiences.first() {
        all.push(offer.audience.sentence().to_owned());
        if offer.audience != SignInAudience::AzureAdMyOrg {
            all.push("People from outside can try to sign in to the app.".to_owned());
        }
    }
    for redirect in &registration.redirects {
        all.push(format!("Microsoft may send people who sign in on to {}.", redirect.uri));
    }
    all.push(match &registration.credential {
        Credential::Secret { months, .. } => {
            format!("The app gets a secret that works for {months} months, which you hand to the vendor.")
        }
        Credential::Certificate { .. } => "The app signs in with a certificate.".to_owned(),
        Credential::None => "The app gets no secret.".to_owned(),
    });
    if registration.permissions.is_empty() {
        all.push("The app asks for no permission.".to_owned());
    }
    for role in &registration.exchange_roles {
        all.push(format!("The app gets the Exchange role “{}”: {}", role.name, role.why));
    }
    all
}
