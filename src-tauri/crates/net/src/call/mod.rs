//! What every call to one of Microsoft's services has, whichever client makes it: a token, rules for waiting and
//! stopping, an ear for what it does, and an answer to "what may it have done?".

mod challenge;
mod outcome;
mod pause;
mod request;
mod rules;
mod token;
mod wait;

use std::sync::Arc;

use jiff::Timestamp;

pub use challenge::ClaimsChallenge;
pub use outcome::Outcome;
pub use pause::{backoff, short_backoff};
pub use request::{Description, Repeat};
pub use rules::{Attempt, Call, Observer, Priority, WaitReason};
pub use token::{AccessToken, TokenRefusal, TokenSource};
pub use wait::{Deadline, Sleeper, tokio_sleeper, wait};

/// Tells the time. Passed in, so that a test owns it.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
