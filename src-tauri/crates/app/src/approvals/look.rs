//! The look itself: a renewal that asks for what an admin must grant. Microsoft's answer is the proof.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use contract::{AppError, Approval, Changed, ErrorCode, PersonalConnection};
use identity::{IdClaims, IdentityError, InteractionReason, SignedIn, TokenSet, TokenStore};

use super::kept::{Asked, Person, Through, Watch};
use super::schedule::next_look;
use crate::documents::Kind;
use crate::errors::{Answer, Explain, OrExplain};
use crate::host::Notification;
use crate::personal::features;
use crate::space::OpenSpace;
use crate::{App, clouds};

/// What a look showed.
pub(super) enum Seen {
    /// It is granted, and connected.
    Granted(Box<PersonalConnection>),
    /// Not yet, or nobody could be asked.
    NotYet,
}

impl App {
    /// Looks now whether it was granted, and finishes the connection when it was.
    pub async fn approval_look(&self, id: &str) -> Answer<Approval> {
        let space = self.space()?;
        self.approval_asked(&space, id)?;
        self.settle_approvals(&space).await?;
        self.look_for_approval(&space, id).await?;
        self.approval_asked(&space, id)?.view(&space)
    }

    /// One look. Where another window, or a command, is at it already, that one's look counts.
    pub(super) async fn look_for_approval(&self, space: &Arc<OpenSpace>, id: &str) -> Answer<Seen> {
        let Some(_turn) = turn(space, id)? else { return Ok(Seen::NotYet) };
        // Read anew: it may have been finished, or forgotten, while this one waited for its turn.
        let Some(asked) = space.documents.get::<Asked>(Kind::Approval, id).or_explain()? else {
            return Ok(Seen::NotYet);
        };
        let (Watch::Looking { through, .. }, Some(person)) = (&asked.watch, &asked.person) else {
            return Ok(Seen::NotYet);
        };
        let seen = match self.granted(space, &asked, person, *through).await {
            Ok(Some(signed_in)) => match self.finish_personal(space, &asked.request, signed_in).await {
                Ok(connection) => {
                    self.finished_by_itself(space, &asked, &connection).await?;
                    return Ok(Seen::Granted(Box::new(connection)));
                }
                // Granted, and cut short: the next look finishes it.
                Err(error) => Err(error),
            },
            Ok(None) => Ok(Seen::NotYet),
            Err(error) => Err(error),
        };
        self.note_look(space, id, seen.as_ref().err())?;
        seen
    }

    /// What an admin's agreement brought; none while there is none.
    async fn granted(
        &self,
        space: &OpenSpace,
        asked: &Asked,
        person: &Person,
        through: Through,
    ) -> Answer<Option<SignedIn>> {
        space.open_vault().await?;
        let cloud = clouds::by_id(space, &asked.cloud)?;
        let wanted = features::asked(&cloud, &asked.request.features);
        let (provider, store) = self.watch_provider(space, asked, person, through)?;
        let access = match provider.token(&wanted, None).await {
            Ok(access) if access.scopes().cover(&wanted) => access,
            // Microsoft gave a token for a part of it.
            Ok(_) => return Ok(None),
            Err(IdentityError::NeedsInteraction(why)) if why.reason == InteractionReason::Consent => {
                return Ok(None);
            }
            Err(error) => return Err(error.explain()),
        };
        let refresh = match store {
            Some(store) => store.load(provider.key()).await.map_err(IdentityError::from).or_explain()?,
            // The connection has kept its own.
            None => None,
        };
        Ok(Some(SignedIn {
            account: person.key.clone(),
            upn: Some(person.upn.clone()),
            name: Some(person.name.clone()),
            tokens: TokenSet { access, refresh, requested: wanted },
            claims: IdClaims {
                account: person.key.clone(),
                preferred_username: Some(person.upn.clone()),
                name: Some(person.name.clone()),
                login_hint: None,
            },
        }))
    }

    /// The wait is over: what was kept to look with goes, and the person hears of it.
    async fn finished_by_itself(
        &self,
        space: &OpenSpace,
        asked: &Asked,
        connection: &PersonalConnection,
    ) -> Answer<()> {
        self.settle_approval(space, &asked.id, &connection.id).await?;
        let note = Notification {
            title: "An admin has agreed".to_owned(),
            body: format!("{} is connected now.", connection.product),
            urgent: false,
            answered: None,
        };
        let host = Arc::clone(&self.0.options.host);
        // Shown or not: the page says it as well.
        let _ = tokio::task::spawn_blocking(move || host.notify(note)).await;
        self.changed(Changed::Personal);
        Ok(())
    }

    /// A look that showed nothing: when the next one is, or that there can be none.
    fn note_look(&self, space: &OpenSpace, id: &str, error: Option<&AppError>) -> Answer<()> {
        let now = self.now();
        let ended = error.is_some_and(|error| error.code == ErrorCode::SignInNeeded);
        let noted = space.documents.amend(Kind::Approval, id, now, |asked: &mut Asked| {
            if let Watch::Looking { through, since, .. } = asked.watch {
                asked.watch = if ended {
                    Watch::AfterSignIn
                } else {
                    Watch::Looking { through, since, last_at: Some(now), next_at: next_look(since, now) }
                };
            }
        });
        noted.or_explain()?;
        self.changed(Changed::Personal);
        Ok(())
    }
}

/// The turn of whoever looks; none while another one has it. The operating system gives it back when a program ends.
fn turn(space: &OpenSpace, id: &str) -> Answer<Option<File>> {
    let file =
        File::options().create(true).truncate(false).write(true).open(turn_file(space, id)).or_explain()?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(error)) => Err(error).or_explain(),
    }
}

/// The file whose lock is the turn. It holds nothing.
pub(super) fn turn_file(space: &OpenSpace, id: &str) -> PathBuf {
    let plain: String = id.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    space.folder.join(format!("approval-{plain}.lock"))
}
