//! The device authorization grant (RFC 8628): the last resort, for a computer on which no browser can be opened.
//!
//! Never offered first. Whoever shows it must show [`WARNING`] with it: thieves send such codes by mail, and many
//! organisations forbid the whole flow for that reason.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::Url;

use crate::aad_error::OAuthError;
use crate::authority::Authority;
use crate::claims::Claims;
use crate::error::{AuthorityProblem, IdTokenProblem, IdentityError};
use crate::id_token::Expectation;
use crate::ids::ClientId;
use crate::metadata::Metadata;
use crate::scopes::Scopes;
use crate::sign_in::SignedIn;
use crate::tenant::Tenant;
use crate::token;

/// To be shown before the code is.
pub const WARNING: &str = "Only go on if you started this sign-in yourself, just now, on this computer. If somebody sent \
                           you a code or asked you to enter one, stop: they would be signed in as you.";

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// Pages of Microsoft's on which a code is entered, besides those on the sign-in host.
const CODE_PAGES: [&str; 3] = ["microsoft.com", "www.microsoft.com", "login.microsoft.com"];
/// The pause between two questions if the service names none (RFC 8628 section 3.2), and what `slow_down` adds.
const PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// A sign-in that waits for its code to be entered on another device.
pub struct DeviceSignIn {
    /// To be entered by the person.
    pub user_code: String,
    /// Where to enter it.
    pub verification_uri: Url,
    /// When it runs out.
    pub expires_at: Timestamp,
    authority: Arc<Authority>,
    metadata: Arc<Metadata>,
    client_id: ClientId,
    tenant: Tenant,
    scopes: Scopes,
    device_code: SecretString,
    pause: Duration,
}

#[derive(Deserialize)]
struct Body {
    device_code: String,
    user_code: String,
    verification_uri: String,
    expires_in: u32,
    #[serde(default)]
    interval: Option<u32>,
}

impl DeviceSignIn {
    /// Asks for a code.
    ///
    /// # Errors
    /// [`IdentityError::Refused`] where the organisation forbids it; [`AuthorityProblem::Endpoint`] for a page that is
    /// not one of the sign-in service's.
    pub async fn start(
        authority: Arc<Authority>,
        client_id: ClientId,
        tenant: Tenant,
        scopes: Scopes,
    ) -> Result<Self, IdentityError> {
        let metadata = authority.metadata(&tenant).await?;
        let elsewhere = IdentityError::Authority(AuthorityProblem::Endpoint);
        let Some(endpoint) = metadata.device_authorization_endpoint.clone() else { return Err(elsewhere) };
        let fields = [("client_id", client_id.as_str()), ("scope", &scopes.parameter())];
        let body: Body = token::post_for(&authority, &endpoint, &fields).await?;
        let page = Url::parse(&body.verification_uri).ok().filter(|page| is_code_page(&authority, page));
        let Some(verification_uri) = page else { return Err(elsewhere) };
        let now = authority.now();
        let life = SignedDuration::from_secs(body.expires_in.into());
        Ok(Self {
            user_code: body.user_code,
            verification_uri,
            expires_at: now.saturating_add(life).unwrap_or(now),
            authority,
            metadata,
            client_id,
            tenant,
            scopes,
            device_code: body.device_code.into(),
            pause: body
                .interval
                .map_or(PAUSE, |seconds| Duration::from_secs(seconds.into()))
                .min(LONGEST_PAUSE),
        })
    }

    /// How long to wait before the next [`DeviceSignIn::poll`].
    #[must_use]
    pub fn pause(&self) -> Duration {
        self.pause
    }

    /// Asks once whether the code was entered: `None` means not yet.
    ///
    /// # Errors
    /// [`IdentityError::TimedOut`] when the code has run out; what the person or the organisation refused.
    pub async fn poll(&mut self) -> Result<Option<SignedIn>, IdentityError> {
        if self.authority.now() >= self.expires_at {
            return Err(IdentityError::TimedOut);
        }
        let claims = Claims::parameter(None);
        let fields = [
            ("grant_type", GRANT),
            ("client_id", self.client_id.as_str()),
            ("device_code", self.device_code.expose_secret()),
            ("claims", &claims),
        ];
        match token::post(&self.authority, &self.metadata.token_endpoint, &fields).await {
            Ok(answer) => self.finish(answer).await.map(Some),
            Err(IdentityError::Refused(error)) => match error.error {
                OAuthError::AuthorizationPending => Ok(None),
                OAuthError::SlowDown => {
                    self.pause = (self.pause + PAUSE).min(LONGEST_PAUSE);
                    Ok(None)
                }
                OAuthError::ExpiredToken => Err(IdentityError::TimedOut),
                _ => Err(IdentityError::Refused(error)),
            },
            Err(other) => Err(other),
        }
    }

    /// Asks until there is an answer. Drop the future to cancel.
    ///
    /// # Errors
    /// As [`DeviceSignIn::poll`].
    pub async fn wait(mut self) -> Result<SignedIn, IdentityError> {
        loop {
            tokio::time::sleep(self.pause.max(Duration::from_secs(1))).await;
            if let Some(signed_in) = self.poll().await? {
                return Ok(signed_in);
            }
        }
    }

    async fn finish(&self, answer: token::Answer) -> Result<SignedIn, IdentityError> {
        let id_token = answer.id_token.as_ref().ok_or(IdentityError::IdToken(IdTokenProblem::Missing))?;
        let now = self.authority.now();
        let expected = Expectation {
            issuer: &self.metadata.issuer,
            client_id: &self.client_id,
            tenant: &self.tenant,
            // The flow has no front channel that a nonce could tie to this one.
            nonce: None,
            now,
        };
        let claims =
            self.authority.check_id_token(id_token.expose_secret(), &self.metadata, &expected).await?;
        Ok(SignedIn {
            account: claims.account.clone(),
            upn: claims.preferred_username.clone(),
            name: claims.name.clone(),
            tokens: answer.into_tokens(self.scopes.clone(), now),
            claims,
        })
    }
}

impl fmt::Debug for DeviceSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceSignIn").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

fn is_code_page(authority: &Authority, page: &Url) -> bool {
    let microsofts =
        page.scheme() == "https" && page.host_str().is_some_and(|host| CODE_PAGES.contains(&host));
    let bare = page.username().is_empty() && page.password().is_none();
    bare && (microsofts || authority.cloud().is_login(page))
}
