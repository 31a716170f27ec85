//! Signing a person in through their own browser: authorization code with PKCE (RFC 8252, RFC 7636, RFC 9700).

mod authorize;
mod flow;
mod handle;
mod request;

pub use handle::{SignIn, SignInHandle, SignInOutcome, SignInProgress};
pub use request::{Prompt, RedirectPath, RedirectPathError, SignInRequest};

use crate::id_token::IdClaims;
use crate::ids::AccountKey;
use crate::token::TokenSet;

/// Who signed in, and what it brought.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who, and in which organisation.
    pub account: AccountKey,
    /// The user name to show; may change, so never a key.
    pub upn: Option<String>,
    /// The name to show.
    pub name: Option<String>,
    /// Hand these to [`crate::TokenProvider::adopt`].
    pub tokens: TokenSet,
    /// Everything that was proved about the person.
    pub claims: IdClaims,
}
