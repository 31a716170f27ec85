//! Problems with permissions and with the proofs that rest on them.

use super::place::Place;
use super::problem::ProblemKind;
use crate::catalogue::{self, MICROSOFT_GRAPH, NameMatch, PermissionKind};
use crate::connector::{
    Connector, InputKind, ProofRequest, Registration, RemovedPermission, RequestedPermission, WhoConsents,
};

type Found = Vec<(Place, ProblemKind)>;

/// Everything that is wrong with permissions and proofs.
pub(super) fn of(connector: &Connector) -> Vec<(Place, ProblemKind)> {
    let mut found = Vec::new();
    // Registrations whose permissions are in doubt: that a proof rests on them is not told a second time.
    let mut in_doubt = Vec::new();
    for (at, registration) in connector.registrations.iter().enumerate() {
        let before = found.len();
        let place = Place::default().key("registrations").index(at);
        for (at, permission) in registration.permissions.iter().enumerate() {
            let place = place.key("permissions").index(at);
            requested(&place, permission, &mut found);
            if registration.permissions[..at].iter().any(|other| is_same(other, permission)) {
                let name = permission.value.clone();
                found.push((place.key("value"), ProblemKind::Duplicate { what: "permissions", name }));
            }
        }
        for (at, removed) in registration.removes.iter().enumerate() {
            removal(&place.key("removes").index(at), removed, registration, &mut found);
        }
        if found.len() > before {
            in_doubt.push(registration.key.as_str());
        }
    }
    for (at, proof) in connector.proofs.iter().enumerate() {
        let place = Place::default().key("proofs").index(at);
        self::proof(&place, proof, connector, &mut found);
        if !in_doubt.contains(&proof.registration.as_str()) {
            permission_for(&place, proof, connector, &mut found);
        }
    }
    found
}

fn is_same(left: &RequestedPermission, right: &RequestedPermission) -> bool {
    (&left.resource, &left.value, left.kind, &left.when, &left.features)
        == (&right.resource, &right.value, right.kind, &right.when, &right.features)
}

fn requested(place: &Place, permission: &RequestedPermission, found: &mut Found) {
    let named = permission.resource_name.is_some();
    let known = catalogue::resource_names().any(|name| name == permission.resource);
    let by_id = uuid::Uuid::try_parse(&permission.resource).is_ok();
    if known && named {
        let because = "a resource that is named already".to_owned();
        found.push((place.key("resource_name"), ProblemKind::NotUsed { name: "resource_name", because }));
    }
    if by_id && !named {
        let because = "an app id in “resource”".to_owned();
        found.push((place.clone(), ProblemKind::Needed { name: "resource_name", because }));
    }
    if permission.kind == PermissionKind::Application && permission.consent != WhoConsents::Organisation {
        let because = "kind “application”".to_owned();
        found.push((place.key("consent"), ProblemKind::NotUsed { name: "consent", because }));
    }
    name(place, &permission.resource, &permission.value, permission.kind, found);
}

/// The API is known or named by its id, and, where the catalogue has all of its permissions, this is one of them.
fn name(place: &Place, resource: &str, value: &str, kind: PermissionKind, found: &mut Found) {
    let Some(resource) = catalogue::resource(resource, None) else {
        let known = catalogue::resource_names().collect::<Vec<_>>().join(", ");
        let kind = ProblemKind::UnknownResource { name: resource.to_owned(), known };
        found.push((place.key("resource"), kind));
        return;
    };
    let problem = match catalogue::resolve_name(resource.app_id, value, kind) {
        NameMatch::Exact(_) => return,
        NameMatch::Corrected { permission, .. } => {
            ProblemKind::MisnamedPermission { value: value.to_owned(), right: permission.value.to_owned() }
        }
        // An incomplete list knows what it has, not what it lacks.
        NameMatch::OtherKind { .. } | NameMatch::Unknown { .. }
            if !catalogue::is_complete(resource.app_id) =>
        {
            return;
        }
        NameMatch::OtherKind { note, .. } => ProblemKind::OtherKind { note },
        NameMatch::Unknown { nearest } => ProblemKind::UnknownPermission {
            resource: resource.name,
            kind: kind.to_string(),
            value: value.to_owned(),
            nearest: nearest.map(str::to_owned),
        },
    };
    found.push((place.key("value"), problem));
}

fn removal(place: &Place, removed: &RemovedPermission, registration: &Registration, found: &mut Found) {
    name(place, &removed.resource, &removed.value, removed.kind, found);
    let wanted = registration.permissions.iter().any(|permission| {
        (&permission.resource, &permission.value, permission.kind)
            == (&removed.resource, &removed.value, removed.kind)
    });
    if wanted {
        let reason = "The registration asks for this permission, so it cannot be taken away too.";
        found.push((place.key("value"), ProblemKind::Contradiction { reason }));
    }
}

fn proof(place: &Place, proof: &ProofRequest, connector: &Connector, found: &mut Found) {
    let unknown = |what, name: &str, known: Vec<&str>| ProblemKind::UnknownReference {
        what,
        name: name.to_owned(),
        nearest: catalogue::nearest(name, known.into_iter()).map(str::to_owned),
    };
    let because = format!("the proof “{}”", word(proof));
    match &proof.mailbox {
        None if proof.kind.needs_mailbox() && !only_for_people(proof, connector) => {
            found.push((place.clone(), ProblemKind::Needed { name: "mailbox", because }));
        }
        Some(_) if !proof.kind.takes_mailbox() => {
            found.push((place.key("mailbox"), ProblemKind::NotUsed { name: "mailbox", because }));
        }
        Some(id) => match connector.input(id) {
            None => {
                let known = connector.inputs.iter().map(|input| input.id.as_str()).collect();
                found.push((place.key("mailbox"), unknown("input", id, known)));
            }
            Some(input)
                if !matches!(input.kind, InputKind::Mailbox | InputKind::ServiceAccount)
                    || input.multiple =>
            {
                let reason = "The input must be of the kind mailbox, with one answer.";
                found.push((place.key("mailbox"), ProblemKind::Contradiction { reason }));
            }
            Some(_) => {}
        },
        None => {}
    }
    if connector.registration(&proof.registration).is_none() {
        let known = connector.registrations.iter().map(|one| one.key.as_str()).collect();
        found.push((place.key("registration"), unknown("registration", &proof.registration, known)));
    }
}

/// The registration asks for a permission that lets the proof pass.
fn permission_for(place: &Place, proof: &ProofRequest, connector: &Connector, found: &mut Found) {
    let Some(registration) = connector.registration(&proof.registration) else { return };
    let enough = proof.kind.permissions();
    let passes = !passing(proof, registration).is_empty();
    // Rights that hang on an Exchange role never show among the permissions.
    if !passes && registration.exchange_roles.is_empty() {
        found.push((
            place.key("kind"),
            ProblemKind::ProofCannotPass {
                proof: word(proof),
                registration: proof.registration.clone(),
                needed: enough.join(", "),
            },
        ));
    }
}

/// The kinds of permission with which the proof passes.
fn passing(proof: &ProofRequest, registration: &Registration) -> Vec<PermissionKind> {
    let enough = proof.kind.permissions();
    let on_graph = |permission: &&RequestedPermission| {
        catalogue::resource(&permission.resource, None).is_some_and(|found| found.app_id == MICROSOFT_GRAPH)
    };
    let passing = registration.permissions.iter().filter(on_graph);
    passing
        .filter(|permission| enough.contains(&permission.value.as_str()))
        .map(|permission| permission.kind)
        .collect()
}

/// Whether the app tries it for a person who signs in, and never by itself: then that person's own mailbox will do.
fn only_for_people(proof: &ProofRequest, connector: &Connector) -> bool {
    connector.registration(&proof.registration).is_some_and(|registration| {
        let passing = passing(proof, registration);
        registration.exchange_roles.is_empty()
            && !passing.is_empty()
            && passing.iter().all(|kind| *kind == PermissionKind::Delegated)
    })
}

/// The proof's name as the file writes it.
fn word(proof: &ProofRequest) -> String {
    serde_json::to_value(proof.kind)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}
