//! Microsoft Graph v1.0: typed resources, paging, `$batch`, throttling and one retry policy.
//!
//! A call is a value first. [`applications::get`](applications::get) and its neighbours build a [`Request<T>`] that knows its
//! method, its path, its body, whether it may be repeated and how its answer is read. The same value can be shown
//! ([`Request::describe`]), sent ([`GraphClient::send`]), paged ([`GraphClient::pages`]) or put beside others in one
//! `$batch` ([`Batch::add`]).
//!
//! The bearer token goes to one host only: the one that the client was made for. Redirects are never followed, and a link
//! that the server hands out is used only when it names the same host.

mod attempt;
mod batch;
mod classify;
mod client;
mod code;
mod error;
mod id;
mod nullable;
mod open_enum;
mod paging;
mod path;
mod reply;
mod request;
mod retry;
mod run;
mod time;

pub mod activity;
pub mod applications;
pub mod calendar;
pub mod certificates;
pub mod changes;
pub mod credentials;
pub mod deleted;
pub mod directory;
pub mod events;
pub mod federated;
pub mod grants;
pub mod groups;
pub mod inventory;
pub mod licences;
pub mod mail;
pub mod own;
pub mod policies;
pub mod probes;
pub mod reports;
pub mod resources;
pub mod roles;
pub mod service_principals;
pub mod users;

pub use batch::{Batch, BatchAnswers, Slot};
pub use client::{GraphClient, UnsafeBase};
pub use code::GraphErrorCode;
pub use error::{Denial, GraphError, PolicyRefusal, Refusal};
pub use id::{
    AppId, AppRoleId, ApplicationId, AssignmentId, DirectoryObjectId, DomainName, GrantId, InvalidId, KeyId,
    RoleTemplateId, ScopeId, ServicePrincipalId, TenantId, UniqueName, UserRef,
};
pub use net::call::{
    AccessToken, Attempt, Call, ClaimsChallenge, Clock, Description, Observer, Outcome, Priority, Repeat,
    TokenRefusal, TokenSource, WaitReason,
};
pub use paging::{Page, PageLink, Pager};
pub use request::Request;
