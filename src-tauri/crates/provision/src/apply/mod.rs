//! Carrying a plan out: journaled, resumable, one protocol (see `run.rs`).

mod accounts;
mod app_access;
mod applications;
mod authorize;
mod checkpoint;
mod consents;
mod credentials;
mod drift;
mod events;
mod explain;
mod facts;
mod granting;
mod mailboxes;
mod operation;
mod outcome;
mod principals;
mod proofs;
mod read_back;
mod report_names;
mod run;
mod secret;
mod session;
mod sign_in;
mod stop;
mod trials;
mod vault_store;
mod waits;
mod worker;

pub(crate) use accounts::name_of;
pub use app_access::IdentityAppAccess;
pub use authorize::{Authorized, IdentityPersonSignIn, PersonAccess, PersonToken};
pub use checkpoint::{Checkpoint, Checkpoints, Uninterrupted};
pub use events::{Hold, Observer, Progress, ProofResult, Silent, UnsavedSecret};
pub use facts::{MadeCertificate, MadeRegistration, MadeSecret};
pub use outcome::{Finish, Finished, TokenRoles};
pub use session::{
    AppAccess, AppToken, AppTokenError, PasswordAddress, SecretAddress, SecretStore, Session, StoreError,
};
pub use stop::Stop;
pub use worker::Worker;

pub(crate) use credentials::KeyChange;
pub(crate) use facts::Facts;
pub(crate) use mailboxes::is_same;
pub(crate) use run::Running;
