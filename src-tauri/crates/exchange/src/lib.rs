//! Exchange Online's admin endpoint: typed cmdlets, paging, errors told apart.
//!
//! A cmdlet is a value first, as a request is in `graph`: [`scopes::create`] and its neighbours build a [`Command<T>`]
//! that knows its name, its parameters, whether it may be repeated and how its answer is read. It can be shown
//! ([`Command::describe`]) and sent ([`ExchangeClient::invoke`]).
//!
//! The endpoint (`POST /adminapi/beta/{tenant}/InvokeCommand`) is the one that Microsoft's own PowerShell module calls.
//! Microsoft publishes no reference for it, so nothing is taken for granted: unknown fields are ignored, values that may
//! come in several forms are read in all of them, and what cannot be read is an error and never "nothing there".
//!
//! The bearer token goes to one host only, redirects are never followed, and a link to the next page is used only when it
//! names the same host and organisation.

mod answer;
mod attempt;
mod classify;
mod client;
mod command;
mod error;
mod fault;
mod identity;
mod run;

pub mod access_policies;
pub mod assignments;
pub mod authorization;
pub mod groups;
pub mod opath;
pub mod organization;
pub mod recipients;
pub mod resources;
pub mod scopes;
pub mod service_principals;

pub use answer::Answer;
pub use client::{Anchor, ExchangeClient, InvalidTarget};
pub use command::Command;
pub use error::{ExchangeError, Refusal};
pub use fault::Fault;
pub use identity::{Identity, InvalidIdentity};
