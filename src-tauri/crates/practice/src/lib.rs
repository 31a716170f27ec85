//! The practice tenant: a simulated Entra ID and Microsoft Graph on loopback.
//!
//! Written from Microsoft's published behaviour, never from what a client of ours sends, so that unmodified Microsoft
//! clients work against it and a mistake in our client is not repeated on the other side of the wire.
//!
//! | path | plays |
//! | --- | --- |
//! | `/{tenant}/oauth2/…`, `/{tenant}/…/.well-known/…`, `/common/discovery/instance` | `login.microsoftonline.com` |
//! | `/v1.0/…`, `/beta/…` | `graph.microsoft.com` |
//! | `/adminapi/…`, `/exchange/adminapi/…` | `outlook.office365.com`: Exchange cmdlets |
//! | `/usage-reports/…` | where usage reports are downloaded |
//! | `/myapps` | what apps may do for a person, and taking it back |
//! | `/_practice/…` | the switches: request log, clock, faults, snapshot |
//!
//! `docs/practice-tenant.md` says what is played, who is there and which switches there are.

// Graph's objects are long, and `json!` recurses once per property.
#![recursion_limit = "256"]

mod auth;
mod clock;
#[cfg(feature = "contract-check")]
pub mod contract_check;
mod control;
mod demands;
mod directories;
mod entra;
mod exchange;
mod faults;
mod graph;
mod host;
mod keys;
mod lag;
mod mailboxes;
mod misfortune;
mod options;
mod packed;
mod peer;
mod persist;
mod provisioning;
mod random;
mod reference;
mod request_log;
mod seed;
mod serve;
mod server;
mod sign_ins;
mod snapshot;
mod store;
mod tenant;
mod throttle;
mod usage_reports;
mod wire;

pub use clock::Clock;
pub use demands::Demand;
pub use exchange::ExchangeOrganisation;
pub use faults::{Action, Fault, FaultError, Faults, FaultsFile, Lag, LagProfile, LagSetting};
pub use keys::KeyError;
pub use mailboxes::Mailboxes;
pub use options::Options;
pub use persist::StateError;
pub use request_log::RecordedRequest;
pub use seed::{Person, SelfConsent};
pub use server::{Directory, PracticeTenant, StartError};
pub use sign_ins::{ApplicationUse, CredentialUse, SignInEvent, SignInKind, SignInLog, UsedCredential};
pub use snapshot::{Difference, differences};
pub use store::{Mailbox, Purged, Row, StoredSecret, Table, Tables, TakenAway};
