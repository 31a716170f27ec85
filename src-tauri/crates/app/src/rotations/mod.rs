//! A new credential in the place of an old one: made beside it, proved, handed over, the old one watched and removed.

mod ended;
mod fields;
mod following;
mod kept;
mod key_file;
mod matching;
mod plans;
mod shown;

use contract::{Changed, CopyReceipt, HandOverFieldRef, RotationState, RotationView, When};
use graph::AppId;
use provision::{Evidence, JournalError, RotationFacts};
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;
use watch::{Known, LastUse};

use crate::errors::{Answer, OrExplain, no_such};
use crate::space::OpenSpace;
use crate::{App, held};

use kept::KeptRotation;
pub(crate) use kept::RotationPart;

impl App {
    /// Rotations, those that wait for the person first.
    pub async fn rotations(&self) -> Answer<Vec<RotationView>> {
        let space = self.space()?;
        let mut all = Vec::new();
        for kept in self.kept_rotations(&space)? {
            if !self.never_began(&space, &kept).await {
                all.push(self.rotation_view(&space, &kept).await?);
            }
        }
        all.sort_by(|one, other| {
            (rank(one.state), std::cmp::Reverse(one.started_at))
                .cmp(&(rank(other.state), std::cmp::Reverse(other.started_at)))
        });
        Ok(all)
    }

    /// One rotation.
    pub async fn rotation(&self, id: &str) -> Answer<RotationView> {
        let space = self.space()?;
        let kept = self.kept_rotation(&space, id)?;
        self.rotation_view(&space, &kept).await
    }

    /// Looks up whether the old credential is still used. Where that cannot be seen, this is noted too: it is an answer.
    pub async fn rotation_look(&self, id: &str) -> Answer<RotationView> {
        let space = self.space()?;
        let kept = self.kept_rotation(&space, id)?;
        let account = self.account_of_organisation(&space, &kept.tenant_id)?;
        let session = self.session(&space, &account).await?;
        let store = self.inventory(&space, &kept.tenant_id).await?;
        let asked = CancellationToken::new();
        let app_id = AppId::new(kept.rotation.app_id.clone()).map_err(|_| no_such("app"))?;
        let app = watch::inventory::look_at(&session.graph, &store, &app_id, &asked).await.or_explain()?;
        let evidence = evidence(&kept, &app.ok_or_else(|| no_such("app"))?);
        let now = self.now();
        let kept = self.amend_rotation(&space, id, |kept| kept.rotation.looked_up(evidence, now))?;
        self.changed(Changed::Inventory);
        self.rotation_view(&space, &kept).await
    }

    /// The person has given the new credential to the product. A set-up follows: from now on, its secret is the new one.
    pub async fn rotation_handed_over(&self, id: &str) -> Answer<RotationView> {
        let space = self.space()?;
        let now = self.now();
        let kept = self.kept_rotation(&space, id)?;
        let made = self.made_by(&space, &kept).await?.ok_or_else(|| no_such("credential"))?;
        let kept = self.amend_rotation(&space, id, |kept| kept.rotation.handed_over(now))?;
        self.connection_follows(&space, &kept, &made)?;
        self.changed(Changed::Inventory);
        self.changed(Changed::Connections);
        self.changed(Changed::Status);
        // From when the old one is watched, it has been looked at; where that fails now, there is a button.
        match self.rotation_look(id).await {
            Ok(view) => Ok(view),
            Err(_) => self.rotation_view(&space, &kept).await,
        }
    }

    /// Copies a field of a rotation's hand-over, in Rust. (`connection_id` names the rotation.)
    pub async fn rotation_copy(&self, field: HandOverFieldRef) -> Answer<CopyReceipt> {
        let space = self.space()?;
        let kept = self.kept_rotation(&space, &field.connection_id)?;
        match self.rotation_field(&space, &kept, &field.field_id).await? {
            fields::Value::Plain(text) => {
                self.copy(SecretString::from(text), None).await?;
                Ok(CopyReceipt { cleared_in_seconds: None })
            }
            fields::Value::Secret(secret) => self.copy_secret(secret).await,
        }
    }

    /// The secret of a rotation's hand-over, asked for by name on the command line.
    pub async fn rotation_reveal(&self, id: &str) -> Answer<SecretString> {
        let space = self.space()?;
        let kept = self.kept_rotation(&space, id)?;
        self.rotation_secret(&space, &kept).await
    }

    /// Whether the program ended between noting a rotation and beginning its run: then nothing was made, and there is nothing
    /// to go on with or to undo.
    async fn never_began(&self, space: &OpenSpace, kept: &KeptRotation) -> bool {
        let Ok(journal) = space.journal() else { return false };
        let id = &kept.rotation.id;
        let at_work = held(&space.running).contains_key(&id.to_string());
        !at_work && matches!(journal.run(id).await, Err(JournalError::NoSuchRun))
    }

    /// How far a rotation is, by what the journal says of its runs.
    pub(crate) async fn rotation_facts(
        &self,
        space: &OpenSpace,
        kept: &KeptRotation,
    ) -> Option<RotationFacts> {
        let journal = space.journal().ok()?;
        let renewal = provision::RunStands::of(&journal.run(&kept.rotation.id).await.ok()?);
        let removal = match &kept.rotation.removal {
            Some(run) => journal.run(run).await.ok().map(|record| provision::RunStands::of(&record)),
            None => None,
        };
        Some(RotationFacts { renewal, removal })
    }
}

/// What the last look says about the old credentials together.
fn evidence(kept: &KeptRotation, app: &watch::App) -> Evidence {
    let mut used: Option<jiff::Timestamp> = None;
    let mut since: Option<jiff::Timestamp> = None;
    for key in &kept.rotation.old {
        // One that is gone cannot have been used since.
        let Some(one) = app.credentials.iter().find(|one| one.key_id.eq_ignore_ascii_case(key.as_str()))
        else {
            continue;
        };
        match one.last_use {
            Known::Seen(LastUse::At { at }) => used = used.max(Some(at)),
            Known::Seen(LastUse::NotSince { since: from }) => since = since.max(Some(from)),
            Known::NotLooked | Known::Hidden(_) => return Evidence::Unknown,
        }
    }
    match (used, since) {
        (Some(at), _) => Evidence::Used { at },
        (None, Some(since)) => Evidence::NotSeen { since },
        (None, None) => Evidence::Unknown,
    }
}

/// What waits for the person comes first.
fn rank(state: RotationState) -> u8 {
    match state {
        RotationState::StillUsed => 0,
        RotationState::HandOver => 1,
        RotationState::Idle => 2,
        RotationState::Watching => 3,
        RotationState::Done => 4,
        RotationState::Undone => 5,
    }
}

/// A moment that was looked up, for the window.
fn when(at: Option<jiff::Timestamp>) -> Option<When> {
    at.map(When)
}
