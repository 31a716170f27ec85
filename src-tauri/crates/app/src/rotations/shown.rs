//! A rotation as the window shows it.

use contract::{CredentialKind, CredentialView, LastUse, RotationState, RotationView, When};
use provision::{CredentialSort, Evidence, MadeRegistration, RotationFacts, RunStands};
use watch::reminders::days_between;

use super::kept::KeptRotation;
use super::when;
use crate::App;
use crate::errors::Answer;
use crate::inventory::off_thread;
use crate::space::OpenSpace;
use crate::view;

impl App {
    pub(super) async fn rotation_view(&self, space: &OpenSpace, kept: &KeptRotation) -> Answer<RotationView> {
        // A journal that cannot be read leaves what people said: the record alone.
        let facts = self
            .rotation_facts(space, kept)
            .await
            .unwrap_or(RotationFacts { renewal: RunStands::Unfinished, removal: None });
        let rotation = &kept.rotation;
        let state = state(rotation.state(facts));
        let made = if state == RotationState::Undone {
            None
        } else {
            self.made_by(space, kept).await.unwrap_or_default()
        };
        let known = self.credentials_of(space, kept).await;
        let stored = self.kept_keys(space).await;
        let (now, zone) = (self.now(), self.0.options.host.zone());
        let id = Some(rotation.id.to_string());
        let shown = |one: &watch::Credential| {
            view::inventory::credential(one, now, &zone, stored.contains(&one.key_id), id.clone())
        };
        let find = |key: &str| known.iter().find(|one| one.key_id.eq_ignore_ascii_case(key));
        let old = rotation.old.iter().map(|key| {
            let was = kept.old.iter().find(|one| one.key_id.eq_ignore_ascii_case(key.as_str()));
            find(key.as_str()).or(was).map_or_else(|| nameless(key.as_str(), rotation.sort), shown)
        });
        let old = old.collect();
        let new = made.as_ref().and_then(|made| {
            let mut fresh = fresh(made)?;
            if let Some(known) = find(&fresh.key_id) {
                fresh = shown(known);
            }
            fresh.stored = stored.contains(&fresh.key_id);
            fresh.days = fresh.ends_at.map(|When(ends)| days_between(now, ends, &zone));
            fresh.rotation_id.clone_from(&id);
            Some(fresh)
        });
        Ok(RotationView {
            id: rotation.id.to_string(),
            app_id: rotation.app_id.clone(),
            app_name: rotation.app_name.clone(),
            connection_id: rotation.connection.clone(),
            old,
            new,
            state,
            next: next(kept, state, rotation.next(facts)),
            not_tried: (kept.uploaded && state != RotationState::Undone).then(|| NOT_TRIED.to_owned()),
            hand_over: made.as_ref().map(|made| self.rotation_fields(space, kept, made)).unwrap_or_default(),
            handed_over_at: when(rotation.handed_over_at),
            old_last_use: last_use(rotation.looked_up.map(|(evidence, _)| evidence)),
            looked_at: when(rotation.looked_up.map(|(_, at)| at)),
            removal_run_id: rotation.removal.as_ref().map(ToString::to_string),
            started_at: When(rotation.started_at),
        })
    }

    /// The app's credentials as last read.
    async fn credentials_of(&self, space: &OpenSpace, kept: &KeptRotation) -> Vec<watch::Credential> {
        let Ok(store) = self.inventory(space, &kept.tenant_id).await else { return Vec::new() };
        let app_id = kept.rotation.app_id.clone();
        let app = off_thread(move || store.app(&app_id)).await.ok().flatten();
        app.map(|app| app.credentials).unwrap_or_default()
    }
}

/// Where the proof would stand.
const NOT_TRIED: &str = "Only the public part of this certificate is here, so Gatehouse cannot sign in with it. Let the \
                         product sign in, and see that it works, before the old one goes.";

/// What to do now. Of what nobody here could try, nothing more is said than is known.
fn next(kept: &KeptRotation, state: RotationState, usual: String) -> String {
    match state {
        RotationState::HandOver if kept.uploaded => format!(
            "Let the product sign in to “{}” with the new certificate. The old one works until you remove it.",
            kept.rotation.app_name
        ),
        RotationState::Done if kept.uploaded => {
            "Nothing to do. The old one is gone. Gatehouse did not try the new one: look at the product."
                .to_owned()
        }
        _ => usual,
    }
}

fn state(state: provision::RotationState) -> RotationState {
    match state {
        provision::RotationState::HandOver => RotationState::HandOver,
        provision::RotationState::Watching => RotationState::Watching,
        provision::RotationState::Idle => RotationState::Idle,
        provision::RotationState::StillUsed => RotationState::StillUsed,
        provision::RotationState::Done => RotationState::Done,
        provision::RotationState::Undone => RotationState::Undone,
    }
}

fn last_use(evidence: Option<Evidence>) -> LastUse {
    match evidence {
        None => LastUse::Unknown { why: "Nobody has looked yet.".to_owned() },
        Some(Evidence::Used { at }) => LastUse::Used { at: When(at) },
        Some(Evidence::NotSeen { since }) => LastUse::NotSeen { since: When(since) },
        Some(Evidence::Unknown) => LastUse::Unknown {
            why: "Microsoft does not show sign-ins to this session, or to this organisation.".to_owned(),
        },
    }
}

fn kind(sort: CredentialSort) -> CredentialKind {
    match sort {
        CredentialSort::Secret => CredentialKind::Secret,
        CredentialSort::Certificate => CredentialKind::Certificate,
    }
}

/// One of which only the id is known.
fn nameless(key_id: &str, sort: CredentialSort) -> CredentialView {
    CredentialView {
        key_id: key_id.to_owned(),
        kind: kind(sort),
        name: String::new(),
        hint: None,
        thumbprint: None,
        starts_at: None,
        ends_at: None,
        days: None,
        on_enterprise_app: false,
        last_use: LastUse::Unknown { why: "It is not in the list of apps any more.".to_owned() },
        stored: false,
        rotation_id: None,
    }
}

/// What the run made, as its history tells.
fn fresh(made: &MadeRegistration) -> Option<CredentialView> {
    let unused = LastUse::Unknown { why: "It is new.".to_owned() };
    if let Some(secret) = &made.secret {
        return Some(CredentialView {
            name: secret.name.clone(),
            hint: Some(secret.hint.clone()),
            starts_at: Some(When(secret.start)),
            ends_at: Some(When(secret.end)),
            last_use: unused,
            ..nameless(secret.key_id.as_str(), CredentialSort::Secret)
        });
    }
    let certificate = made.certificate.as_ref()?;
    Some(CredentialView {
        name: certificate.name.clone(),
        thumbprint: Some(certificate.thumbprint.clone()),
        starts_at: Some(When(certificate.start)),
        ends_at: Some(When(certificate.end)),
        last_use: unused,
        ..nameless(certificate.key_id.as_str(), CredentialSort::Certificate)
    })
}
