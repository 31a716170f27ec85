//! A connection as the window shows it.

use blueprint::{PermissionKind, catalogue};
use contract::{
    GrantedBy, Leftover, PersonalConnection, PersonalPermission, PersonalState, TokenScope, When,
};
use contract::{PersonalOutcome, PersonalProof};
use identity::CloudId;

use super::features;
use super::stored::{Standing, Stored};
use crate::space::OpenSpace;
use crate::{App, clouds};

/// What everybody who signs in has, and nobody needs to be told about.
const EVERYBODYS: [&str; 2] = [features::WHO, "email"];

impl App {
    /// A connection as the window shows it.
    pub(crate) fn personal_view(&self, space: &OpenSpace, stored: &Stored) -> PersonalConnection {
        let state = self.personal_state(space, stored);
        let now = self.now();
        let in_token = stored.in_token.as_deref().filter(|_| stored.standing != Standing::Offline);
        PersonalConnection {
            id: stored.id.clone(),
            cloud: clouds::shown(&stored.cloud),
            product: stored.product.clone(),
            client_id: stored.client_id.to_string(),
            name: stored.name.clone(),
            upn: stored.upn.clone(),
            picture: stored.picture.clone(),
            tenant_id: stored.key.tenant_id.to_string(),
            tenant_name: stored.tenant_name.clone(),
            personal: stored.personal(),
            guest: stored.guest,
            features: stored.features.clone(),
            permissions: stored
                .features
                .iter()
                .map(|feature| PersonalPermission {
                    words: features::words(*feature),
                    feature: *feature,
                    granted_by: stored.granted_by(*feature),
                    in_token: in_token.map(|names| features::serves(names, *feature)),
                })
                .collect(),
            beyond: beyond(stored),
            proofs: stored.proofs.iter().map(|proof| with_lines(space, stored, proof)).collect(),
            connected_at: When(stored.connected_at),
            last_used_at: stored.last_used_at.map(When),
            checked_at: stored.checked_at.map(When),
            lasts: lasts(stored, &state, now, &self.0.options.host.zone()),
            lasts_until: stored.lasts_until().filter(|until| *until > now).map(When),
            leftovers: leftovers(space, stored),
            state,
        }
    }

    fn personal_state(&self, space: &OpenSpace, stored: &Stored) -> PersonalState {
        if !space.vault().is_ok_and(|vault| vault.status().can_seal()) {
            return PersonalState::VaultClosed;
        }
        match &stored.standing {
            Standing::Reconnect { error } => PersonalState::Reconnect { error: error.clone() },
            _ if !space.personal.has(&stored.id) => PersonalState::NotLooked,
            Standing::Offline => PersonalState::Offline,
            Standing::Works => PersonalState::Works,
        }
    }
}

fn with_lines(space: &OpenSpace, stored: &Stored, proof: &PersonalProof) -> PersonalProof {
    let mut proof = proof.clone();
    if let PersonalOutcome::Works { lines, .. } = &mut proof.outcome {
        *lines = space.personal.lines(&stored.id, proof.feature);
    }
    proof
}

/// What the token allows though nobody asked for it here: agreed to elsewhere, for the same app.
fn beyond(stored: &Stored) -> Vec<TokenScope> {
    let asked = |name: &str| {
        let named = |one: &str| one.eq_ignore_ascii_case(name);
        EVERYBODYS.iter().any(|one| named(one))
            || stored.features.iter().any(|feature| named(features::scope(*feature)))
            || stored.dropped.iter().any(|one| named(one))
    };
    let names = stored.in_token.iter().flatten();
    names
        .filter(|name| !asked(name))
        .map(|name| TokenScope { value: name.clone(), sentence: sentence(name) })
        .collect()
}

fn sentence(name: &str) -> Option<String> {
    let known = catalogue::find(catalogue::MICROSOFT_GRAPH, name, PermissionKind::Delegated)?;
    Some(known.sentence.into_owned())
}

/// Until when it works, in words.
fn lasts(stored: &Stored, state: &PersonalState, now: jiff::Timestamp, zone: &jiff::tz::TimeZone) -> String {
    if matches!(state, PersonalState::Reconnect { .. }) {
        return "It does not work again before you reconnect.".to_owned();
    }
    if stored.personal() {
        return "Microsoft names no day for personal accounts. It works until you take the permission back, change your \
                password, or do not use it for a long time."
            .to_owned();
    }
    match stored.lasts_until() {
        Some(until) if until <= now => {
            "It was not used for 90 days or more, so Microsoft may ask you to sign in again.".to_owned()
        }
        Some(until) => format!(
            "Until {} without signing in again, and 90 days more each time it is used. Your organisation may ask earlier.",
            until.to_zoned(zone.clone()).strftime("%-d %b %Y")
        ),
        None => "Nobody can tell before it was used.".to_owned(),
    }
}

/// What was dropped here and still stands at Microsoft.
fn leftovers(space: &OpenSpace, stored: &Stored) -> Vec<Leftover> {
    let by_admin = |name: &str| {
        let grants = stored.grants.as_ref();
        grants.is_some_and(|grants| grants.by_admin.iter().any(|one| one.eq_ignore_ascii_case(name)))
    };
    let product = &stored.product;
    let shown = |name: &String| {
        let what = sentence(name).map_or_else(|| name.clone(), |text| text.trim_end_matches('.').to_owned());
        let sentence = format!("Microsoft still allows {product} this: {what}.");
        if by_admin(name) {
            let way = "An admin allowed it for everyone, so only an admin can take it back.".to_owned();
            return Leftover { sentence, way, link: None };
        }
        let way = "You can take it back on Microsoft's page. That ends the whole connection there, so reconnect after it."
            .to_owned();
        Leftover { sentence, way, link: own_page(space, stored) }
    };
    stored.dropped.iter().map(shown).collect()
}

/// Microsoft's page where people take back what they have allowed: My Apps for work and school accounts
/// (<https://learn.microsoft.com/entra/identity/enterprise-apps/consent-and-permissions-overview>), the account page for
/// personal ones. None where no such page is known.
pub(super) fn own_page(space: &OpenSpace, stored: &Stored) -> Option<String> {
    match &stored.cloud {
        CloudId::Custom(_) => {
            let cloud = clouds::by_id(space, &stored.cloud).ok()?;
            let page = if stored.personal() { "consent/Manage" } else { "myapps" };
            Some(format!("{}{page}", cloud.login()))
        }
        CloudId::Global if stored.personal() => Some("https://account.live.com/consent/Manage".to_owned()),
        CloudId::Global => Some("https://myapps.microsoft.com".to_owned()),
        CloudId::UsGov | CloudId::UsGovDod | CloudId::China => None,
    }
}

/// Whether somebody granted it: what stands at Microsoft after a connection has ended.
pub(super) fn stands(stored: &Stored) -> bool {
    let known = stored.features.iter().any(|feature| stored.granted_by(*feature) != GrantedBy::Nobody);
    known || !stored.dropped.is_empty()
}
