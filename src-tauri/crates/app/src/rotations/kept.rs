//! Rotations as remembered. Nothing secret is in them.

use std::collections::{HashMap, HashSet};

use contract::SecretView;
use provision::{History, MadeRegistration, Rotation, RotationState};
use serde::{Deserialize, Serialize};

use crate::accounts::Account;
use crate::documents::Kind;
use crate::errors::{Answer, OrExplain, no_such, sign_in_needed};
use crate::space::OpenSpace;
use crate::{App, held};

/// A rotation, and what it takes to show it and to take it back.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeptRotation {
    /// The record.
    pub(crate) rotation: Rotation,
    /// The organisation.
    pub(crate) tenant_id: String,
    /// Its name.
    pub(crate) tenant_name: String,
    /// The old credentials as they were when it began.
    #[serde(default)]
    pub(crate) old: Vec<watch::Credential>,
    /// The set-up's secret as it was before the hand-over: undoing brings it back.
    #[serde(default)]
    pub(crate) secret_before: Option<SecretView>,
    /// It was made elsewhere, so that nobody here has its private key.
    #[serde(default)]
    pub(crate) uploaded: bool,
}

/// What a plan has to do with a rotation.
#[derive(Debug, Clone)]
pub(crate) enum RotationPart {
    /// It begins one.
    Begins(Box<KeptRotation>),
    /// It ends this one.
    Ends(String),
}

impl App {
    pub(super) fn kept_rotations(&self, space: &OpenSpace) -> Answer<Vec<KeptRotation>> {
        space.documents.list(Kind::Rotation).or_explain()
    }

    pub(crate) fn kept_rotation(&self, space: &OpenSpace, id: &str) -> Answer<KeptRotation> {
        space.documents.get(Kind::Rotation, id).or_explain()?.ok_or_else(|| no_such("rotation"))
    }

    pub(super) fn keep_rotation(&self, space: &OpenSpace, kept: &KeptRotation) -> Answer<()> {
        space.documents.put(Kind::Rotation, &kept.rotation.id.to_string(), kept, self.now()).or_explain()
    }

    /// Changes what is remembered now, not what was read before a long answer.
    pub(super) fn amend_rotation(
        &self,
        space: &OpenSpace,
        id: &str,
        change: impl FnOnce(&mut KeptRotation),
    ) -> Answer<KeptRotation> {
        let _alone = held(&space.amending);
        let mut kept = self.kept_rotation(space, id)?;
        change(&mut kept);
        self.keep_rotation(space, &kept)?;
        Ok(kept)
    }

    /// What its run made; none while it has made nothing, or once that is undone.
    pub(super) async fn made_by(
        &self,
        space: &OpenSpace,
        kept: &KeptRotation,
    ) -> Answer<Option<MadeRegistration>> {
        let history = History::of(space.journal()?, &kept.rotation.id).await.or_explain()?;
        let made = history.made.into_iter().next();
        Ok(made.filter(|made| made.secret.is_some() || made.certificate.is_some()))
    }

    /// Somebody who is signed in to an organisation: the active person before others.
    pub(crate) fn account_of_organisation(&self, space: &OpenSpace, tenant: &str) -> Answer<Account> {
        let here = |account: &Account| !account.bootstrap && account.key.tenant_id.as_str() == tenant;
        let active = self.active(space).ok().filter(here);
        active.or_else(|| self.accounts(space).into_iter().find(here)).ok_or_else(sign_in_needed)
    }

    /// Ids of credentials that something has taken the place of, so that their end is no news.
    pub(crate) async fn replaced_keys(&self, space: &OpenSpace) -> HashSet<String> {
        let mut replaced = HashSet::new();
        for kept in self.kept_rotations(space).unwrap_or_default() {
            let state = self.rotation_facts(space, &kept).await.map(|facts| kept.rotation.state(facts));
            if matches!(state, Some(RotationState::Watching | RotationState::Idle | RotationState::Done)) {
                replaced.extend(kept.rotation.old.iter().map(ToString::to_string));
            }
        }
        replaced
    }

    /// The rotation that each credential is part of, by key id; ended ones left out.
    pub(crate) async fn rotating(&self, space: &OpenSpace) -> HashMap<String, String> {
        let mut rotating = HashMap::new();
        for kept in self.kept_rotations(space).unwrap_or_default() {
            let Some(facts) = self.rotation_facts(space, &kept).await else { continue };
            if matches!(kept.rotation.state(facts), RotationState::Done | RotationState::Undone) {
                continue;
            }
            let id = kept.rotation.id.to_string();
            rotating.extend(kept.rotation.old.iter().map(|key| (key.to_string(), id.clone())));
            if let Ok(Some(made)) = self.made_by(space, &kept).await
                && let Some(key) = new_key(&made)
            {
                rotating.insert(key, id);
            }
        }
        rotating
    }

    /// Ids of credentials whose value or private key lies in the vault. Needs no key.
    pub(crate) async fn kept_keys(&self, space: &OpenSpace) -> HashSet<String> {
        let Ok(vault) = space.vault() else { return HashSet::new() };
        let records = vault.list(None).await.unwrap_or_default();
        let of_app = |id: &str| id.starts_with("client-secret/") || id.starts_with("private-key/");
        records
            .iter()
            .map(|record| record.id.as_str())
            .filter(|id| of_app(id))
            .filter_map(|id| id.rsplit('/').next().map(str::to_owned))
            .collect()
    }
}

/// The id of what a run made.
pub(super) fn new_key(made: &MadeRegistration) -> Option<String> {
    let secret = made.secret.as_ref().map(|one| one.key_id.to_string());
    secret.or_else(|| made.certificate.as_ref().map(|one| one.key_id.to_string()))
}
