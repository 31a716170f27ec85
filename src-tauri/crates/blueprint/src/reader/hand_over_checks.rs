//! Problems with the vendor's forms.

use super::checks::Checks;
use super::place::Place;
use super::problem::ProblemKind;
use crate::connector::{CertificateSource, Credential, HandOverField, HandOverSection, ValueSource};

impl Checks<'_> {
    pub(super) fn section(&mut self, place: &Place, section: &HandOverSection) {
        let all = self.connector.inputs.len();
        let known = || self.connector.registrations.iter().map(|one| one.key.as_str());
        self.condition(&place.key("when"), &section.when, all);
        if let Some(registration) = &section.registration {
            self.reference(place.key("registration"), "registration", registration, known());
        }
        for (at, field) in section.fields.iter().enumerate() {
            let place = place.key("fields").index(at);
            self.condition(&place.key("when"), &field.when, all);
            if let Some(other) = &field.registration {
                self.reference(place.key("registration"), "registration", other, known());
            }
            self.hand_over_field(&place, section, field);
        }
    }

    fn hand_over_field(&mut self, place: &Place, section: &HandOverSection, field: &HandOverField) {
        let from_input = field.from == ValueSource::Input;
        let from_text = field.from == ValueSource::Text;
        let from_account = matches!(field.from, ValueSource::AccountAddress | ValueSource::AccountPassword);
        for (name, there, wanted, because) in [
            ("input", field.input.is_some(), from_input, "from “input”"),
            ("text", field.text.is_some(), from_text, "from “text”"),
            ("account", field.account.is_some(), from_account, "a value of an account in from"),
        ] {
            if wanted && !there {
                self.note(place.clone(), ProblemKind::Needed { name, because: because.to_owned() });
            } else if there && !wanted {
                let because = "this value of from".to_owned();
                self.note(place.key(name), ProblemKind::NotUsed { name, because });
            }
        }
        if let Some(input) = &field.input {
            let known = self.connector.inputs.iter().map(|input| input.id.as_str());
            self.reference(place.key("input"), "input", input, known);
        }
        if let Some(account) = &field.account {
            let known = self.connector.accounts.iter().map(|account| account.key.as_str());
            self.reference(place.key("account"), "account", account, known);
        }
        let Some(key) = field.registration.as_ref().or(section.registration.as_ref()) else {
            if is_of_registration(field.from) {
                let because = "a value of a registration in from".to_owned();
                self.note(place.clone(), ProblemKind::Needed { name: "registration", because });
            }
            return;
        };
        let Some(registration) = self.connector.registration(key) else { return };
        let reason = match (field.from, &registration.credential) {
            (ValueSource::Secret, Credential::Certificate { .. } | Credential::None) => {
                "The registration has no client secret to hand over."
            }
            (ValueSource::CertificateThumbprint, Credential::Secret { .. } | Credential::None) => {
                "The registration has no certificate to hand over."
            }
            (ValueSource::CertificateFile, credential)
                if !matches!(
                    credential,
                    Credential::Certificate { source: CertificateSource::MadeHere, .. }
                ) =>
            {
                "No key is made for the registration, so none can be handed over."
            }
            (ValueSource::RedirectUri | ValueSource::Token, _) if registration.redirects.is_empty() => {
                "The registration has no redirect address, which this value needs."
            }
            _ => return,
        };
        self.contradiction(place.key("from"), reason);
    }
}

/// Whether the value belongs to one app registration.
fn is_of_registration(from: ValueSource) -> bool {
    matches!(
        from,
        ValueSource::ClientId
            | ValueSource::ServicePrincipalId
            | ValueSource::Secret
            | ValueSource::CertificateThumbprint
            | ValueSource::CertificateFile
            | ValueSource::RedirectUri
            | ValueSource::Token
    )
}
