//! What can keep a person or an app from signing in.

use net::NetError;

use crate::aad_error::AadError;
use crate::ids::AccountKey;
use crate::token::StoreError;

/// Why there is no token. Every variant has an explanation in plain words: [`crate::explain::error`].
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum IdentityError {
    /// No answer, or no usable one, came from the network.
    #[error(transparent)]
    Net(#[from] NetError),
    /// The sign-in service said no.
    #[error("{0}")]
    Refused(Box<AadError>),
    /// No token without a person at the browser.
    #[error("somebody has to sign in")]
    NeedsInteraction(Box<Interaction>),
    /// The person cancelled, in Gatehouse.
    #[error("the sign-in was cancelled")]
    Cancelled,
    /// The browser did not come back in time.
    #[error("the browser did not come back in time")]
    TimedOut,
    /// No port on this computer could be opened to receive the answer.
    #[error("no local port could be opened")]
    Listener(#[source] std::sync::Arc<std::io::Error>),
    /// Somebody else signed in than was meant.
    #[error("another account signed in")]
    WrongAccount(Box<WrongAccount>),
    /// The account signed in to another organisation than was meant.
    #[error("the account signed in to another organisation")]
    WrongTenant(Box<WrongAccount>),
    /// The sign-in service describes itself in a way that cannot be trusted.
    #[error("the sign-in service cannot be trusted: {0}")]
    Authority(AuthorityProblem),
    /// The ID token does not prove who signed in.
    #[error("the proof of who signed in was not accepted: {0}")]
    IdToken(IdTokenProblem),
    /// The token endpoint said yes, but not in a way that makes sense.
    #[error("the sign-in service gave an unusable answer: {0}")]
    Answer(AnswerProblem),
    /// A GUID where a client secret belongs: the Secret ID was copied instead of the Value.
    #[error("a secret's id was given instead of the secret")]
    SecretIdPasted,
    /// The certificate or key of an app cannot be used.
    #[error("the certificate cannot be used")]
    Certificate,
    /// The refresh token could not be kept or found.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A claims challenge was answered, silently and by a person, and came back all the same.
    #[error("the service keeps asking for the same proof")]
    ChallengeRepeated,
}

impl From<AadError> for IdentityError {
    fn from(error: AadError) -> Self {
        Self::Refused(Box::new(error))
    }
}

/// Why, and with what, somebody has to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interaction {
    /// What the sign-in is for.
    pub reason: InteractionReason,
    /// To be handed to the sign-in (`SignInRequest::claims`).
    pub claims: Option<crate::claims::Claims>,
    /// What Microsoft said, when it said something.
    pub error: Option<AadError>,
}

/// What an interactive sign-in is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InteractionReason {
    /// Nothing is kept for this account: signed out, or never signed in.
    SignedOut,
    /// Microsoft no longer accepts what is kept, or wants more proof.
    Renew,
    /// The person or an admin has to agree to something first.
    Consent,
    /// A service asked for a fresh proof in the middle of the work (continuous access evaluation).
    Challenge,
}

/// Who signed in instead of whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongAccount {
    /// Who was meant.
    pub expected: Option<AccountKey>,
    /// Who came.
    pub actual: AccountKey,
    /// The name to show for who came.
    pub actual_name: Option<String>,
}

/// What is wrong with a sign-in service's description of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AuthorityProblem {
    /// The issuer is not the one of this cloud and organisation.
    #[error("its name is not the one that was asked for")]
    Issuer,
    /// An endpoint is on another host.
    #[error("one of its addresses is elsewhere")]
    Endpoint,
    /// It does not offer PKCE with S256.
    #[error("it does not offer PKCE with S256")]
    Pkce,
    /// An answer in the browser came from somebody else than the service that was asked (RFC 9207).
    #[error("the answer came from another service")]
    MixUp,
    /// There is no such organisation, or the service does not describe it.
    #[error("it does not know this organisation")]
    NoSuchTenant,
}

/// What is wrong with an ID token (OpenID Connect Core section 3.1.3.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each variant names the claim or check that failed")]
pub enum IdTokenProblem {
    #[error("none came")]
    Missing,
    #[error("it cannot be read")]
    Form,
    #[error("it is not signed with RS256")]
    Algorithm,
    #[error("it is signed with a key that is not published")]
    UnknownKey,
    #[error("its signature does not match")]
    Signature,
    #[error("its issuer is another")]
    Issuer,
    #[error("it is meant for another app")]
    Audience,
    #[error("its organisation is another")]
    Tenant,
    #[error("it belongs to another sign-in")]
    Nonce,
    #[error("it has expired")]
    Expired,
    #[error("it is not valid yet")]
    NotYetValid,
    #[error("it names nobody")]
    NoSubject,
}

/// What is wrong with a token endpoint's success.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerProblem {
    /// Not the JSON that was due.
    #[error("it cannot be read")]
    Form,
    /// The access token is empty or holds characters that no header can carry.
    #[error("the token is empty or malformed")]
    Token,
    /// Not a bearer token.
    #[error("the token is of an unknown kind")]
    TokenType,
    /// A life of zero, or of more than a few days.
    #[error("the token's life makes no sense")]
    Lifetime,
    /// An error, but not in OAuth's form.
    #[error("an error in an unknown form (HTTP {0})")]
    Status(u16),
}
