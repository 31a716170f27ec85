//! What a sign-in is asked for.

use std::time::Duration;

use jiff::SignedDuration;

use crate::app_token::ClientSecret;
use crate::claims::Claims;
use crate::error::{Interaction, InteractionReason};
use crate::ids::{AccountKey, ClientId};
use crate::scopes::Scopes;
use crate::tenant::Tenant;

/// How long a person may take in the browser.
pub(super) const DEADLINE: Duration = Duration::from_secs(5 * 60);

/// One sign-in.
#[derive(Debug, Clone)]
pub struct SignInRequest {
    /// Through which app registration.
    pub client_id: ClientId,
    /// To which organisation.
    pub tenant: Tenant,
    /// What for, all of one API; sign-in's own scopes are added.
    pub scopes: Scopes,
    /// What the person is asked to agree to besides, of other APIs. A sign-in brings a token for one API only; the others
    /// are renewed for later ([`crate::TokenProvider::token`]).
    pub further: Scopes,
    /// The user name to fill in.
    pub login_hint: Option<String>,
    /// What the person is asked again.
    pub prompt: Prompt,
    /// What a refusal or a challenge asked for.
    pub claims: Option<Claims>,
    /// Who must come back; anybody if `None`.
    pub expected: Option<AccountKey>,
    /// The path of the redirect address as it is registered.
    pub redirect_path: RedirectPath,
    /// The app's own secret, for an app that has to prove itself as well as the person (a web app). Gatehouse itself has
    /// none.
    pub client_secret: Option<ClientSecret>,
    /// How long to wait for the browser.
    pub deadline: Duration,
}

impl SignInRequest {
    /// A sign-in of anybody, who chooses the account, within five minutes.
    #[must_use]
    pub fn new(client_id: ClientId, tenant: Tenant, scopes: Scopes) -> Self {
        Self {
            client_id,
            tenant,
            scopes,
            further: Scopes::none(),
            login_hint: None,
            prompt: Prompt::SelectAccount,
            claims: None,
            expected: None,
            redirect_path: RedirectPath::default(),
            client_secret: None,
            deadline: DEADLINE,
        }
    }

    /// A sign-in of `account` again, because a token needs a person: nobody else is accepted.
    #[must_use]
    pub fn again(client_id: ClientId, account: AccountKey, scopes: Scopes) -> Self {
        let tenant = Tenant::Id(account.tenant_id.clone());
        Self { expected: Some(account), prompt: Prompt::Unspecified, ..Self::new(client_id, tenant, scopes) }
    }

    /// A sign-in through somebody's own web app, as its vendor would do it: the person sees what the app asks for and
    /// agrees, the app proves itself with its secret, and the token is the app's. The app's registration must have
    /// `http://localhost` among the addresses of its web platform while this runs.
    #[must_use]
    pub fn as_app(client_id: ClientId, tenant: Tenant, scopes: Scopes, secret: ClientSecret) -> Self {
        Self { client_secret: Some(secret), prompt: Prompt::Consent, ..Self::new(client_id, tenant, scopes) }
    }

    /// The sign-in that [`crate::IdentityError::NeedsInteraction`] asks for.
    #[must_use]
    pub fn to_settle(
        interaction: &Interaction,
        client_id: ClientId,
        account: AccountKey,
        scopes: Scopes,
    ) -> Self {
        let prompt = match interaction.reason {
            InteractionReason::Consent => Prompt::Consent,
            InteractionReason::SignedOut | InteractionReason::Renew | InteractionReason::Challenge => {
                Prompt::Unspecified
            }
        };
        Self { prompt, claims: interaction.claims.clone(), ..Self::again(client_id, account, scopes) }
    }

    /// The deadline on the wall clock, which also runs while the computer sleeps.
    pub(super) fn deadline_on_the_wall(&self) -> SignedDuration {
        SignedDuration::try_from(self.deadline).unwrap_or(SignedDuration::MAX)
    }
}

/// The `prompt` parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prompt {
    /// Whatever the sign-in service finds right.
    Unspecified,
    /// Choose the account, also with one session only. The default: browsers remember the wrong one.
    #[default]
    SelectAccount,
    /// Type the password again.
    Login,
    /// See the permissions again. A renewal cannot obtain consent; this can.
    Consent,
}

impl Prompt {
    pub(super) fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Unspecified => None,
            Self::SelectAccount => Some("select_account"),
            Self::Login => Some("login"),
            Self::Consent => Some("consent"),
        }
    }
}

/// The path after `http://localhost:<port>`. Entra ignores the port of a loopback address and compares the path exactly
/// (<https://learn.microsoft.com/entra/identity-platform/reply-url>), so it is that of the registration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RedirectPath(String);

/// Not a plain path of letters, digits, `/`, `-` and `_`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a redirect path starts with a slash and holds letters, digits, slashes, hyphens and underscores")]
pub struct RedirectPathError;

impl RedirectPath {
    /// Reads the path of a registered address; empty for `http://localhost`.
    ///
    /// # Errors
    /// [`RedirectPathError`].
    pub fn parse(path: &str) -> Result<Self, RedirectPathError> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_');
        let fits = path.is_empty() || (path.starts_with('/') && path.len() <= 200 && path.bytes().all(plain));
        if fits { Ok(Self(path.to_owned())) } else { Err(RedirectPathError) }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_path_is_plain() {
        for fine in ["", "/", "/auth/call-back_1"] {
            assert!(RedirectPath::parse(fine).is_ok(), "{fine}");
        }
        for bad in ["x", "/?x", "/#x", "/a b", "/%2e", "/..", "@evil", "/\r\n"] {
            assert_eq!(RedirectPath::parse(bad), Err(RedirectPathError), "{bad}");
        }
    }
}
