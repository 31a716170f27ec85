//! What is tried, and what is handed over.

use std::collections::BTreeSet;

use super::accounts;
use super::condition::Situation;
use super::made::Made;
use super::{HandOver, HandOverEntry, HandOverPage, HandOverValue, PermissionNeed, Proof, RegistrationSpec};
use crate::catalogue::PermissionKind;
use crate::connector::{Connector, HandOverField, HandOverSection, ProofKind, ValueSource};

/// What to try, registration by registration.
pub(super) fn proofs(
    connector: &Connector,
    made: &[Made<'_>],
    specs: &[RegistrationSpec],
    situation: &Situation<'_>,
) -> Vec<Proof> {
    let mut proofs = Vec::new();
    for request in &connector.proofs {
        for one in made.iter().filter(|one| one.registration.key == request.registration) {
            let only = one.environments(situation);
            if !(Situation { environments: &only, ..*situation }).allows(&request.when) {
                continue;
            }
            let mailbox = request.mailbox.as_ref().and_then(|input| situation.inputs.get(input));
            let Some(access) =
                specs.iter().find(|spec| spec.key == one.key).and_then(|spec| access(request.kind, spec))
            else {
                continue;
            };
            let nowhere = request.mailbox.is_some() && mailbox.is_none();
            if nowhere && request.kind.needs_mailbox() && access == PermissionKind::Application {
                // An optional question was left open: there is nothing to try it on.
                continue;
            }
            let own = &request.when.features;
            let wanted = if own.is_empty() { &one.registration.features } else { own };
            proofs.push(Proof {
                kind: request.kind,
                registration: one.key.clone(),
                mailbox: mailbox.map(ToString::to_string),
                access,
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

/// Whether the app can try it by itself, or for a person; `None` when what it needs was left out.
fn access(kind: ProofKind, spec: &RegistrationSpec) -> Option<PermissionKind> {
    let enough = kind.permissions();
    let has = |needs: &[PermissionNeed], kind: Option<PermissionKind>| {
        needs
            .iter()
            .any(|need| enough.contains(&need.value.as_str()) && kind.is_none_or(|kind| need.kind == kind))
    };
    if has(&spec.permissions, Some(PermissionKind::Application)) || !spec.exchange_roles.is_empty() {
        return Some(PermissionKind::Application);
    }
    if has(&spec.permissions, Some(PermissionKind::Delegated)) {
        return Some(PermissionKind::Delegated);
    }
    (!has(&spec.left_out, None)).then_some(PermissionKind::Application)
}

/// The vendor's forms, for the registrations that are made.
pub(super) fn pages(connector: &Connector, made: &[Made<'_>], situation: &Situation<'_>) -> HandOver {
    let mut pages = Vec::new();
    let accounts: BTreeSet<String> =
        accounts::accounts(connector, situation).into_iter().map(|account| account.key).collect();
    for section in &connector.hand_over {
        let Some(key) = &section.registration else {
            if situation.allows(&section.when) {
                pages.push(page(section, section.title.clone(), None, made, &accounts, situation));
            }
            continue;
        };
        for one in made.iter().filter(|one| one.registration.key == *key) {
            let only = one.environments(situation);
            let situation = Situation { environments: &only, ..*situation };
            if situation.allows(&section.when) {
                pages.push(page(section, one.title(&section.title), Some(one), made, &accounts, &situation));
            }
        }
    }
    // A form about something that nobody wants is no form.
    pages.retain(|page| !page.entries.is_empty());
    HandOver { pages }
}

fn page(
    section: &HandOverSection,
    title: String,
    own: Option<&Made<'_>>,
    made: &[Made<'_>],
    accounts: &BTreeSet<String>,
    situation: &Situation<'_>,
) -> HandOverPage {
    let there = |field: &&HandOverField| field.account.as_ref().is_none_or(|key| accounts.contains(key));
    let fields = section.fields.iter().filter(there).filter(|field| situation.allows(&field.when));
    HandOverPage {
        title,
        place: section.place.clone(),
        note: section.note.clone(),
        entries: fields
            .filter_map(|field| {
                Some(HandOverEntry {
                    label: field.label.clone(),
                    value: hand_over_value(field, own, made, situation)?,
                    note: field.note.clone(),
                })
            })
            .collect(),
    }
}

fn hand_over_value(
    field: &HandOverField,
    own: Option<&Made<'_>>,
    made: &[Made<'_>],
    situation: &Situation<'_>,
) -> Option<HandOverValue> {
    use ValueSource as From;
    Some(match field.from {
        From::Text => HandOverValue::Known { text: field.text.clone()? },
        From::Input => {
            HandOverValue::Known { text: situation.inputs.get(field.input.as_ref()?)?.to_string() }
        }
        source @ (From::AccountAddress | From::AccountPassword) => {
            HandOverValue::OfAccount { account: field.account.clone()?, source }
        }
        source @ (From::TenantId
        | From::TenantName
        | From::TenantDomain
        | From::InitialDomain
        | From::EwsAddress) => HandOverValue::OfTenant { source },
        source @ (From::ClientId
        | From::ServicePrincipalId
        | From::Secret
        | From::CertificateThumbprint
        | From::CertificateFile
        | From::RedirectUri
        | From::Token) => {
            let registration = match &field.registration {
                None => own?.key.clone(),
                // The same environment's, where the other one is made for each too.
                Some(other) => made
                    .iter()
                    .filter(|one| one.registration.key == *other)
                    .find(|one| {
                        one.environment.is_none() || one.environment == own.and_then(|own| own.environment)
                    })?
                    .key
                    .clone(),
            };
            HandOverValue::OfRegistration { registration, source }
        }
    })
}
