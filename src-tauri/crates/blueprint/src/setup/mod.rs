//! From a connector and a person's choices to what has to be made.

mod accounts;
mod choices;
mod condition;
mod derive;
mod hand_over;
mod input;
mod issue;
mod made;
mod mailbox_access;
mod registration;
mod resolved;
mod template;

pub use choices::Choices;
pub use input::InputValue;
pub use input::country;
pub(crate) use input::{judge as judge_input, redirect, text as text_shape};
pub use issue::{InputIssue, InputProblem, IssueSubject};
pub use mailbox_access::MailboxAccess;
pub use resolved::{
    AccountSpec, CertificateSpec, CredentialSpec, HandOver, HandOverEntry, HandOverPage, HandOverValue,
    PermissionNeed, Proof, RedirectUri, RegistrationSpec, RemovalSpec, Resource, ScriptSpec, SecretSpec,
    SettingSpec, Setup,
};
pub(crate) use template::Template;
