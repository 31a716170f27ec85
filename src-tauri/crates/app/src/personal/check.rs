//! Looking whether a connection still works: renews its session, reads what the token says, and tries each feature.

use contract::{AppError, Changed, ErrorCode, PersonalConnection, PersonalProof};
use graph::{GraphError, TokenRefusal, own};
use identity::{AccessToken, IdentityError, InteractionReason, Scopes};
use jiff::SignedDuration;

use super::features;
use super::prove::{self, Proved};
use super::stored::{Grants, Standing, Stored};
use super::tokens::Session;
use crate::App;
use crate::errors::{Answer, Explain};
use crate::space::OpenSpace;

/// How long a look counts for the background: a session that is used each day does not end by itself.
const DAILY: SignedDuration = SignedDuration::from_hours(20);

/// How closely to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// The session and the token.
    Session,
    /// The person, and every feature, too.
    Everything,
}

/// What a look found.
pub(super) struct Look {
    standing: Standing,
    /// The permissions in the token, by name; none when there was no token.
    in_token: Option<Vec<String>>,
    /// What Microsoft wants to see at the next sign-in.
    claims: Option<String>,
    found: Option<Found>,
}

/// What was found out about the person and the features.
struct Found {
    name: Option<String>,
    mail: Option<String>,
    guest: bool,
    organisation: Option<String>,
    picture: Option<String>,
    grants: Option<Grants>,
    proofs: Vec<PersonalProof>,
}

impl App {
    /// Looks now: renews the session, reads the token, proves each feature.
    pub async fn personal_check(&self, id: &str) -> Answer<PersonalConnection> {
        let space = self.space()?;
        let stored = self.personal_stored(&space, id)?;
        let stored = match self.personal_session(&space, &stored).await {
            Ok(session) => {
                let look = self.look(&space, &stored, &session, Depth::Everything).await;
                self.keep_look(&space, &stored, &session, look).await?
            }
            // A vault that is closed or lost says nothing about the connection. The window shows which it is.
            Err(error) if is_of_vault(error.code) => stored,
            Err(error) => return Err(error),
        };
        self.changed(Changed::Personal);
        self.changed(Changed::Status);
        Ok(self.personal_view(&space, &stored))
    }

    /// Looks at connections that nobody has looked at for a day, where that needs nobody.
    pub(crate) async fn personal_round(&self, space: &OpenSpace) {
        let now = self.now();
        let due = |stored: &Stored| {
            let works = !matches!(stored.standing, Standing::Reconnect { .. });
            works && stored.checked_at.is_none_or(|at| at > now || now.duration_since(at) > DAILY)
        };
        for stored in self.personal_all(space).into_iter().filter(due) {
            if !space.vault().is_ok_and(|vault| vault.status().can_seal()) {
                return;
            }
            let Ok(session) = self.personal_session_as_it_is(space, &stored) else { continue };
            let look = self.look(space, &stored, &session, Depth::Session).await;
            let ended = matches!(look.standing, Standing::Reconnect { .. });
            match self.keep_look(space, &stored, &session, look).await {
                Ok(_) if ended => {
                    self.changed(Changed::Personal);
                    self.changed(Changed::Status);
                }
                Ok(_) => self.changed(Changed::Personal),
                Err(error) => tracing::info!(code = ?error.code, "a connection could not be looked at"),
            }
        }
    }

    /// Looks, and changes nothing here.
    pub(super) async fn look(
        &self,
        space: &OpenSpace,
        stored: &Stored,
        session: &Session,
        depth: Depth,
    ) -> Look {
        session.provider.forget_access_tokens().await;
        let asked = features::asked(&session.cloud, &stored.features);
        let token = match session.provider.token(&asked, None).await {
            Ok(token) => token,
            Err(error) => return self.without_token(stored, session, &error).await,
        };
        let in_token = names(&token);
        if depth == Depth::Session {
            let in_token = Some(in_token);
            return Look { standing: Standing::Works, in_token, claims: None, found: None };
        }
        self.look_closely(space, stored, session, in_token).await
    }

    /// Tries everything with a token that is there.
    pub(super) async fn look_closely(
        &self,
        space: &OpenSpace,
        stored: &Stored,
        session: &Session,
        in_token: Vec<String>,
    ) -> Look {
        let has = |feature| features::serves(&in_token, feature);
        let (now, zone) = (self.now(), self.0.options.host.zone());
        let (proved, picture, grants) = tokio::join!(
            prove::prove(&session.graph, &stored.features, stored.personal(), has, now, &zone),
            session.graph.send(own::picture()),
            self.personal_grants(space, stored),
        );
        let Proved { me, organisation, proofs } = proved;
        let me = match me {
            Ok(me) => me,
            Err(error) => {
                let (standing, claims) = refused_by_graph(&error);
                return Look { standing, in_token: Some(in_token), claims, found: None };
            }
        };
        let picture = picture.ok().flatten().map(|picture| data_url(&picture));
        let guest = me.user_type.as_deref() == Some("Guest");
        let found = Found {
            name: me.display_name,
            mail: me.mail.or(me.user_principal_name).filter(|_| !guest),
            guest,
            organisation,
            picture,
            grants,
            proofs,
        };
        Look { standing: Standing::Works, in_token: Some(in_token), claims: None, found: Some(found) }
    }

    /// Microsoft gave no token. Where it says that somebody has to agree, it is asked what still stands.
    async fn without_token(&self, stored: &Stored, session: &Session, error: &IdentityError) -> Look {
        let mut in_token = None;
        if let IdentityError::NeedsInteraction(interaction) = error
            && interaction.reason == InteractionReason::Consent
        {
            let whatever = Scopes::parse(&session.cloud.graph_scope(".default"));
            in_token = Some(match session.provider.token(&whatever, None).await {
                Ok(token) => names(&token),
                Err(_) => Vec::new(),
            });
        }
        let claims = match error {
            IdentityError::NeedsInteraction(interaction) => {
                interaction.claims.as_ref().map(identity::Claims::to_json)
            }
            _ => None,
        };
        Look { standing: refused(stored, error), in_token, claims, found: None }
    }

    /// Writes down what a look found. A connection that was ended in the meantime stays ended: what the look renewed goes.
    pub(super) async fn keep_look(
        &self,
        space: &OpenSpace,
        stored: &Stored,
        session: &Session,
        look: Look,
    ) -> Answer<Stored> {
        let now = self.now();
        let proofs = look.found.as_ref().map(|found| found.proofs.clone());
        let kept = self.amend_personal(space, &stored.id, |stored| {
            let works = look.standing == Standing::Works;
            match look.in_token {
                Some(names) if works => stored.take_in_token(names, now),
                Some(names) => {
                    stored.take_in_token(names, now);
                    stored.proofs.clear();
                }
                None => stored.checked_at = Some(now),
            }
            if look.claims.is_some() {
                stored.claims = look.claims;
            }
            stored.standing = look.standing;
            if let Some(found) = look.found {
                stored.take_in(found);
            }
        })?;
        let Some(kept) = kept else {
            if let Err(error) = session.provider.sign_out().await {
                tracing::warn!(code = ?error.explain().code, "a session that was ended elsewhere was not deleted");
            }
            return Err(crate::errors::no_such("connection"));
        };
        space.personal.note(&kept.id, &proofs.unwrap_or_default());
        Ok(kept)
    }

    /// Who granted what, where somebody who is signed in here may read it: the person, or somebody who administers the
    /// same organisation. Otherwise nobody can tell.
    async fn personal_grants(&self, space: &OpenSpace, stored: &Stored) -> Option<Grants> {
        if stored.personal() {
            return None;
        }
        let account = self.accounts(space).into_iter().find(|account| {
            account.key.tenant_id == stored.key.tenant_id
                && account.cloud == stored.cloud
                && !account.bootstrap
                && !account.needs_sign_in
                && account.covers(contract::SignInPurpose::Inspect)
        })?;
        let graph = &self.session(space, &account).await.ok()?.graph;
        let app = graph::AppId::new(stored.client_id.as_str()).ok()?;
        let principal = graph.send(graph::service_principals::by_app_id(&app)).await.ok()?;
        let all = graph.all(graph::grants::delegated_of(&principal.id)).await.ok()?;
        let mut grants = Grants::default();
        for grant in &all {
            let names = grant.scopes().map(str::to_owned);
            match grant.principal_id.as_ref() {
                None => grants.by_admin.extend(names),
                Some(person) if person.as_str() == stored.key.object_id.as_str() => {
                    grants.by_person.extend(names);
                }
                Some(_) => {}
            }
        }
        Some(grants)
    }
}

impl Stored {
    fn take_in(&mut self, found: Found) {
        let personal = self.personal();
        self.name = found.name.unwrap_or_else(|| self.name.clone());
        self.mail = found.mail.or_else(|| self.mail.take());
        self.guest = found.guest;
        self.picture = found.picture;
        if let Some(name) = found.organisation.filter(|name| !personal && !name.trim().is_empty()) {
            self.tenant_name = name;
        }
        self.grants = found.grants;
        self.take_in_proofs(&found.proofs);
    }
}

/// The names of the permissions in a token, without those of signing in.
pub(super) fn names(token: &AccessToken) -> Vec<String> {
    let of_sign_in = ["openid", "profile", "email", "offline_access", ".default"];
    let all = token.scopes().iter().map(features::name_of);
    all.filter(|name| !of_sign_in.contains(name)).map(str::to_owned).collect()
}

/// What it means that Microsoft gave no token.
fn refused(stored: &Stored, error: &IdentityError) -> Standing {
    let shown = error.explain();
    let shown = match error {
        IdentityError::NeedsInteraction(interaction) => match interaction.reason {
            // What was said when it ended says more than that nothing is kept since.
            InteractionReason::SignedOut => match &stored.standing {
                Standing::Reconnect { error } => error.clone(),
                _ => not_kept(),
            },
            InteractionReason::Consent => taken_back(shown),
            // A personal account's answer is the same whatever ended it.
            InteractionReason::Renew if stored.personal() => ended_somehow(shown),
            InteractionReason::Renew | InteractionReason::Challenge => shown,
        },
        IdentityError::Net(_) => return Standing::Offline,
        IdentityError::Refused(error) if error.error.is_passing() => return Standing::Offline,
        _ => shown,
    };
    Standing::Reconnect { error: reconnect(shown) }
}

/// What it means that Graph refuses the session.
fn refused_by_graph(error: &GraphError) -> (Standing, Option<String>) {
    let claims = match error {
        GraphError::NeedsInteraction { claims } => claims.as_ref().map(|claims| claims.as_json().to_owned()),
        _ => None,
    };
    let standing = match error {
        GraphError::NeedsInteraction { .. }
        | GraphError::Unauthorized(_)
        | GraphError::NoToken(TokenRefusal::InteractionNeeded { .. } | TokenRefusal::Rejected(_)) => {
            Standing::Reconnect { error: reconnect(error.explain()) }
        }
        GraphError::NoToken(TokenRefusal::AnotherAccount) | GraphError::Forbidden { .. } => {
            Standing::Reconnect { error: reconnect(error.explain()) }
        }
        _ => Standing::Offline,
    };
    (standing, claims)
}

/// Whatever the words, the button reconnects where the person can do it.
fn reconnect(mut error: AppError) -> AppError {
    if error.action.is_none() {
        error.action = Some(contract::Action::SignIn);
    }
    error
}

/// There was a session, and this computer does not have it any more.
fn not_kept() -> AppError {
    let mut error = AppError::new(ErrorCode::SignInNeeded);
    "This computer no longer has the session".clone_into(&mut error.title);
    error
        .because("It was kept for one use of Gatehouse only, or the place for secrets was begun anew.")
        .advise("Reconnect. The rest of it is still here.")
}

/// The permission that was given at Microsoft is gone.
fn taken_back(error: AppError) -> AppError {
    let mut taken = AppError::new(ErrorCode::SignInNeeded);
    "Your permission was taken back at Microsoft".clone_into(&mut taken.title);
    taken.support = error.support;
    taken
        .because(
            "You, or an admin, have removed it there. It can also be that the app needs more than it did.",
        )
        .advise("Reconnect to give it again, or disconnect to leave it so.")
}

/// Microsoft does not say of a personal account why its session ended.
fn ended_somehow(error: AppError) -> AppError {
    let mut ended = AppError::new(ErrorCode::SignInNeeded);
    "Microsoft has ended this connection".clone_into(&mut ended.title);
    ended.support = error.support;
    ended
        .because(
            "The permission was taken back, the password was changed, or it was not used for a long time.",
        )
        .advise("Reconnect to go on, or disconnect to leave it so.")
}

/// Whether the trouble is with the place for secrets, and not with the connection.
pub(super) fn is_of_vault(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::KeyringAbsent
            | ErrorCode::KeyringLocked
            | ErrorCode::KeyringNotAnswering
            | ErrorCode::KeyLost
            | ErrorCode::DataDamaged
    )
}

fn data_url(picture: &own::Picture) -> String {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.encode(&picture.bytes);
    format!("data:{};base64,{bytes}", picture.media_type)
}
