//! The connector format, the built-in connectors and the catalogue of permissions.
//!
//! A *connector* ([`Connector`]) is what one vendor's product needs from Microsoft 365, as data: a TOML file that says
//! which app registrations to make, which permissions each chosen feature needs, which accounts and settings it depends on,
//! what to ask the person, how to prove that it works, and what to hand over. Nothing here talks to a network, reads a clock
//! or writes a file.
//!
//! The way through this crate:
//! 1. [`builtin::all`] or [`Connector::parse`] gives a [`Connector`]. One from elsewhere goes through [`custom::import`]
//!    instead, whose [`custom::Review`] has everything off that could harm the whole organisation.
//! 2. A person's [`Choices`] turn it into a [`Setup`] with [`Connector::setup`], or into the [`InputIssue`]s to mend.
//!    `provision` plans from the `Setup`: [`RegistrationSpec`]s with their [`MailboxAccess`], [`AccountSpec`]s,
//!    [`SettingSpec`]s, [`Proof`]s, the [`HandOver`], and [`ScriptSpec`]s for what only a person can do.
//! 3. [`Connector::to_toml`] writes a connector as a file; [`custom::Draft`] and [`custom::from_registration`] make one.
//!
//! Beside that way:
//! - [`catalogue`] says what a permission means, what is retired and what replaces it
//!   ([`catalogue::retired_exchange_role`], [`catalogue::retired_resource`]), and which Exchange role limits a permission to
//!   some mailboxes ([`catalogue::exchange_role_for`]).
//! - [`manifest`] reads a `requiredResourceAccess` fragment and compares it with a registration.
//! - [`names`] resolves the names of permissions in vendors' texts.
//! - [`scripts`] has the reviewed PowerShell texts, with the person's own values safely quoted.
//! - [`ews`] knows how long Exchange Web Services last in Exchange Online, and for whom.

pub mod builtin;
pub mod catalogue;
mod connector;
pub mod custom;
pub mod ews;
pub mod licences;
pub mod manifest;
pub mod names;
mod own_registration;
mod reader;
pub mod scripts;
mod secret_id;
mod setup;

pub use catalogue::{Permission, PermissionKey, PermissionKind, Risk};
pub use connector::{
    Account, AudienceOffer, CertificateSource, Condition, Connector, Credential, Environment, ExchangeRole,
    Feature, FollowUp, FollowUpMoment, GroupKind, HandOverField, HandOverSection, Input, InputChoice,
    InputKind, LimitOffer, MailboxLimit, ProofKind, ProofRequest, Redirect, RedirectPlatform, Registration,
    RemovedPermission, RequestedPermission, Role, ScriptKind, ScriptRequest, Setting, SettingKind,
    SignInAudience, ValueSource, WhoConsents,
};
pub use own_registration::own_registration;
pub use reader::{BlueprintError, MAX_FILE_BYTES, Problem, ProblemKind, schema};
pub use secret_id::{SECRET_ID_EXPLANATION, looks_like_secret_id};
pub use setup::country as countries;
pub use setup::{
    AccountSpec, CertificateSpec, Choices, CredentialSpec, HandOver, HandOverEntry, HandOverPage,
    HandOverValue, InputIssue, InputProblem, InputValue, IssueSubject, MailboxAccess, PermissionNeed, Proof,
    RedirectUri, RegistrationSpec, RemovalSpec, Resource, ScriptSpec, SecretSpec, SettingSpec, Setup,
};

/// What may stand in a text that people read, wherever it comes from.
pub mod text {
    pub use crate::setup::text_shape::{has_hidden, look_alike};
}
