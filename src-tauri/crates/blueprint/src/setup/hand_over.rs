//! What is tried, and what is handed over.

use super::condition::Situation;
use super::made::Made;
use super::{HandOver, HandOverEntry, HandOverPage, HandOverValue, Proof};
use crate::connector::{Connector, HandOverField, ValueSource};

/// What to try, registration by registration.
pub(super) fn proofs(connector: &Connector, made: &[Made<'_>], situation: &Situation<'_>) -> Vec<Proof> {
    let mut proofs = Vec::new();
    for request in &connector.proofs {
        for one in made.iter().filter(|one| one.registration.key == request.registration) {
            let only = one.environments(situation);
            if !(Situation { environments: &only, ..*situation }).allows(&request.when) {
                continue;
            }
            let mailbox = request.mailbox.as_ref().and_then(|input| situation.inputs.get(input));
            if request.mailbox.is_some() && mailbox.is_none() {
                // An optional question was left open: there is nothing to try it on.
                continue;
            }
            let own = &request.when.features;
            let wanted = if own.is_empty() { &one.registration.features } else { own };
            proofs.push(Proof {
                kind: request.kind,
                registration: one.key.clone(),
                mailbox: mailbox.map(ToString::to_string),
                features: connector
                    .features
                    .iter()
                    .map(|feature| &feature.id)
                    .filter(|id| wanted.contains(id) && situation.features.contains(*id))
                    .cloned()
                    .collect(),
            });
        }
    }
    proofs
}

/// The vendor's forms, for the registrations that are made.
pub(super) fn pages(connector: &Connector, made: &[Made<'_>], situation: &Situation<'_>) -> HandOver {
    let mut pages = Vec::new();
    for section in &connector.hand_over {
        for one in made.iter().filter(|one| one.registration.key == section.registration) {
            let only = one.environments(situation);
            let situation = Situation { environments: &only, ..*situation };
            if !situation.allows(&section.when) {
                continue;
            }
            pages.push(HandOverPage {
                title: one.title(&section.title),
                place: section.place.clone(),
                note: section.note.clone(),
                entries: section
                    .fields
                    .iter()
                    .filter(|field| situation.allows(&field.when))
                    .filter_map(|field| {
                        Some(HandOverEntry {
                            label: field.label.clone(),
                            value: hand_over_value(field, one, made, &situation)?,
                            note: field.note.clone(),
                        })
                    })
                    .collect(),
            });
        }
    }
    HandOver { pages }
}

fn hand_over_value(
    field: &HandOverField,
    own: &Made<'_>,
    made: &[Made<'_>],
    situation: &Situation<'_>,
) -> Option<HandOverValue> {
    use ValueSource as From;
    Some(match field.from {
        From::Text => HandOverValue::Known { text: field.text.clone()? },
        From::Input => {
            HandOverValue::Known { text: situation.inputs.get(field.input.as_ref()?)?.to_string() }
        }
        source @ (From::TenantId | From::TenantName | From::TenantDomain | From::InitialDomain) => {
            HandOverValue::OfTenant { source }
        }
        source @ (From::ClientId
        | From::ServicePrincipalId
        | From::Secret
        | From::CertificateThumbprint
        | From::CertificateFile
        | From::RedirectUri
        | From::Token) => {
            let registration = match &field.registration {
                None => own.key.clone(),
                // The same environment's, where the other one is made for each too.
                Some(other) => made
                    .iter()
                    .filter(|one| one.registration.key == *other)
                    .find(|one| one.environment.is_none() || one.environment == own.environment)?
                    .key
                    .clone(),
            };
            HandOverValue::OfRegistration { registration, source }
        }
    })
}
