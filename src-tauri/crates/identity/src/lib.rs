//! Signing in: clouds, PKCE, the loopback listener, tokens, accounts, and errors in plain words.
//!
//! The way of a sign-in through this crate: [`SignIn::start`] asks the [`Authority`] what it is (`metadata`), binds the
//! `loopback` listener, opens the [`Browser`], believes one answer (`loopback::verdict`), exchanges its code at the
//! token endpoint (`token`), and proves who came with the ID token (`id_token`). A [`TokenProvider`] then renews without
//! asking, until an [`IdentityError::NeedsInteraction`] sends the person through the browser again.

mod aad_error;
mod admin_consent;
mod app_token;
mod authority;
mod browser;
mod claims;
mod cloud;
pub mod device_code;
mod error;
pub mod explain;
pub mod first_party;
mod id_token;
mod ids;
mod jwks;
mod loopback;
mod metadata;
mod random;
mod scopes;
mod sign_in;
pub mod sign_out;
mod tenant;
mod token;
mod transaction;

pub use aad_error::{AadError, OAuthError};
pub use admin_consent::admin_consent_url;
pub use app_token::{AppToken, ClientCertificate, ClientCredential, ClientSecret, app_token};
pub use authority::{Authority, Clock};
pub use browser::{Browser, BrowserError, SystemBrowser};
pub use claims::{Claims, UnreadableChallenge};
pub use cloud::{Cloud, CloudError, CloudId};
pub use error::{
    AnswerProblem, AuthorityProblem, IdTokenProblem, IdentityError, Interaction, InteractionReason,
    WrongAccount,
};
pub use id_token::IdClaims;
pub use ids::{AccountKey, ClientId, Guid, NotAGuid, ObjectId, TenantId};
pub use scopes::Scopes;
pub use sign_in::{
    Prompt, RedirectPath, RedirectPathError, SignIn, SignInHandle, SignInOutcome, SignInProgress,
    SignInRequest, SignedIn,
};
pub use tenant::{Tenant, TenantTextError, is_personal};
pub use token::{
    AccessToken, Challenge, MemoryTokenStore, RefreshKey, StoreError, TokenProvider, TokenSet, TokenStore,
};
