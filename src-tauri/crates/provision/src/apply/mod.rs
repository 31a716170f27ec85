//! Carrying a plan out: journaled, resumable, one protocol (see `run.rs`).

mod checkpoint;
mod events;
mod facts;
mod outcome;
mod session;
mod stop;

pub use checkpoint::{Checkpoint, Checkpoints, Uninterrupted};
pub use events::{Hold, Observer, ProofResult, Progress, Silent, UnsavedSecret};
pub use facts::{MadeRegistration, MadeSecret};
pub use outcome::{Finish, Finished, TokenRoles};
pub use session::{AppAccess, AppToken, AppTokenError, SecretAddress, SecretStore, Session, StoreError};
pub use stop::Stop;
