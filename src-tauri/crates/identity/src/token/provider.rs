//! Tokens for one person, renewed without asking for as long as Microsoft allows it.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Mutex;

use crate::aad_error::{AadError, OAuthError};
use crate::authority::Authority;
use crate::claims::Claims;
use crate::error::{IdentityError, Interaction, InteractionReason};
use crate::ids::{AccountKey, ClientId};
use crate::scopes::Scopes;
use crate::tenant::Tenant;

use super::challenge::{Challenge, History, Next};
use super::{AccessToken, RefreshKey, StoreError, TokenSet, TokenStore, endpoint};

/// A token is renewed this long before it ends, so that none ends on the way.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);

/// Gives out access tokens for one account. Share it: however many callers ask at once, one renewal is sent.
pub struct TokenProvider {
    authority: Arc<Authority>,
    key: RefreshKey,
    store: Arc<dyn TokenStore>,
    held: Mutex<Held>,
}

/// Everything in memory. One lock around it is the single flight: who waits finds the renewed token.
#[derive(Default)]
struct Held {
    /// By API.
    tokens: HashMap<String, TokenSet>,
    /// The newest refresh token, also when it could not be stored.
    refresh: Option<SecretString>,
    challenges: History,
}

impl TokenProvider {
    /// For `account`, signed in through `client_id`; refresh tokens come from and go to `store`.
    #[must_use]
    pub fn new(
        authority: Arc<Authority>,
        client_id: ClientId,
        account: AccountKey,
        store: Arc<dyn TokenStore>,
    ) -> Self {
        let key = RefreshKey { cloud: authority.cloud().id().clone(), client_id, account };
        Self { authority, key, store, held: Mutex::default() }
    }

    /// Whose tokens these are.
    #[must_use]
    pub fn account(&self) -> &AccountKey {
        &self.key.account
    }

    /// Under which key the refresh token is stored.
    #[must_use]
    pub fn key(&self) -> &RefreshKey {
        &self.key
    }

    /// Takes over what a sign-in brought.
    ///
    /// # Errors
    /// [`IdentityError::Store`] when the refresh token could not be stored. The tokens work all the same until the
    /// program ends.
    pub async fn adopt(&self, tokens: TokenSet) -> Result<(), IdentityError> {
        let mut held = self.held.lock().await;
        held.challenges.answered_by_person(self.authority.now());
        // Tokens from before the sign-in may lack what it added.
        held.tokens.clear();
        self.take_in(&mut held, tokens).await.map_err(IdentityError::Store)
    }

    /// A token for `scopes`, all of one API: from memory, or renewed.
    ///
    /// With a `challenge`, a fresh one that answers it: tried silently once, then by a person once, then given up.
    /// A challenge to a token that has been renewed in the meantime is answered with the renewed one.
    ///
    /// # Errors
    /// [`IdentityError::NeedsInteraction`] when a person has to sign in or agree (the refresh token is kept: consent
    /// may still come); [`IdentityError::ChallengeRepeated`]; [`IdentityError::Net`] and the rest as they come.
    pub async fn token(
        &self,
        scopes: &Scopes,
        challenge: Option<&Challenge>,
    ) -> Result<AccessToken, IdentityError> {
        let mut held = self.held.lock().await;
        let now = self.authority.now();
        let resource = scopes.resource();
        if let Some(kept) = held.tokens.get(&resource).filter(|kept| is_good(kept, scopes, now))
            && challenge.is_none_or(|challenge| !kept.access.is_same(challenge.rejected))
        {
            return Ok(kept.access.clone());
        }
        if let Some(challenge) = challenge {
            match held.challenges.next(now) {
                Next::TrySilently => {}
                Next::AskThePerson => {
                    let claims = Some(challenge.claims.clone());
                    return Err(needs(InteractionReason::Challenge, claims, None));
                }
                Next::Stop => return Err(IdentityError::ChallengeRepeated),
            }
        }
        let claims = challenge.map(|challenge| &challenge.claims);
        let tokens = self.renew(&mut held, scopes, claims).await?;
        let access = tokens.access.clone();
        if let Err(error) = self.take_in(&mut held, tokens).await {
            // Microsoft still honours the stored one before it, so only the next start could notice.
            tracing::warn!(?error, "a renewed sign-in could not be stored");
        }
        Ok(access)
    }

    /// Forgets the access tokens in memory, so that the next ones carry permissions that were granted since.
    pub async fn forget_access_tokens(&self) {
        self.held.lock().await.tokens.clear();
    }

    /// Signs out of Gatehouse: nothing is kept, in memory or in the store. What stays valid at Microsoft is told by
    /// [`crate::sign_out::STILL_VALID`].
    ///
    /// # Errors
    /// [`IdentityError::Store`] when the stored token could not be deleted; memory is cleared in any case.
    pub async fn sign_out(&self) -> Result<(), IdentityError> {
        let mut held = self.held.lock().await;
        *held = Held::default();
        Ok(self.store.remove(&self.key).await?)
    }

    async fn renew(
        &self,
        held: &mut Held,
        scopes: &Scopes,
        claims: Option<&Claims>,
    ) -> Result<TokenSet, IdentityError> {
        if held.refresh.is_none() {
            held.refresh = self.store.load(&self.key).await?;
        }
        let Some(refresh) = held.refresh.clone() else {
            return Err(needs(InteractionReason::SignedOut, None, None));
        };
        // All that this API's token could do so far, or two callers would keep taking each other's token away.
        let scopes = match held.tokens.get(&scopes.resource()) {
            Some(kept) => scopes.and(&kept.requested),
            None => scopes.clone(),
        };
        let refused = match self.redeem(&refresh, &scopes, claims).await {
            Err(IdentityError::Refused(error)) => error,
            other => return other,
        };
        // Another program of the same person may have signed in since: its token counts, and is not to be deleted.
        if refused.error.wants_a_person()
            && let Ok(Some(newer)) = self.store.load(&self.key).await
            && newer.expose_secret() != refresh.expose_secret()
        {
            held.refresh = Some(newer.clone());
            return match self.redeem(&newer, &scopes, claims).await {
                Err(IdentityError::Refused(error)) => Err(self.refused(held, *error).await),
                other => other,
            };
        }
        Err(self.refused(held, *refused).await)
    }

    /// Exchanges a refresh token for new tokens.
    async fn redeem(
        &self,
        refresh: &SecretString,
        scopes: &Scopes,
        claims: Option<&Claims>,
    ) -> Result<TokenSet, IdentityError> {
        let tenant = Tenant::from(self.key.account.tenant_id.clone());
        let metadata = self.authority.metadata(&tenant).await?;
        let asked_for = scopes.parameter();
        let claims = Claims::parameter(claims);
        let fields = [
            ("grant_type", "refresh_token"),
            ("client_id", self.key.client_id.as_str()),
            ("refresh_token", refresh.expose_secret()),
            ("scope", &asked_for),
            ("claims", &claims),
        ];
        let answer = endpoint::post(&self.authority, &metadata.token_endpoint, &fields).await?;
        Ok(answer.into_tokens(scopes.clone(), self.authority.now()))
    }

    /// What a refusal means here. The refresh token goes only when Microsoft says that it is dead.
    async fn refused(&self, held: &mut Held, error: AadError) -> IdentityError {
        if !error.error.wants_a_person() {
            return error.into();
        }
        let consent = error.error == OAuthError::ConsentRequired
            || error.suberror.as_deref() == Some("consent_required");
        if error.suberror.as_deref() == Some("bad_token") {
            held.refresh = None;
            if let Err(error) = self.store.remove(&self.key).await {
                tracing::warn!(?error, "a dead sign-in could not be deleted");
            }
        }
        let claims = error.claims.as_deref().and_then(|claims| Claims::from_json(claims).ok());
        let reason = if consent { InteractionReason::Consent } else { InteractionReason::Renew };
        needs(reason, claims, Some(error))
    }

    async fn take_in(&self, held: &mut Held, tokens: TokenSet) -> Result<(), StoreError> {
        let TokenSet { access, refresh, requested } = tokens;
        held.tokens.insert(requested.resource(), TokenSet { access, refresh: None, requested });
        if refresh.is_none() {
            return Ok(());
        }
        held.refresh = refresh;
        match &held.refresh {
            Some(renewed) => self.store.save(&self.key, renewed).await,
            None => Ok(()),
        }
    }
}

impl fmt::Debug for TokenProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenProvider").field("key", &self.key).finish_non_exhaustive()
    }
}

/// Whether a kept token will do: what was asked for then counts as covered even if less was granted, or the same
/// renewal would be sent for ever.
fn is_good(kept: &TokenSet, scopes: &Scopes, now: Timestamp) -> bool {
    let lives = kept.access.expires_at().duration_since(now) > AHEAD;
    lives && kept.access.scopes().and(&kept.requested).cover(scopes)
}

fn needs(reason: InteractionReason, claims: Option<Claims>, error: Option<AadError>) -> IdentityError {
    IdentityError::NeedsInteraction(Box::new(Interaction { reason, claims, error }))
}
