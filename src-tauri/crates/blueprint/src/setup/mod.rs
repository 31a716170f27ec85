//! From a connector and a person's choices to what has to be made.

mod choices;
mod condition;
mod derive;
mod hand_over;
mod input;
mod issue;
mod made;
mod registration;
mod resolved;
mod template;

pub use choices::Choices;
pub use input::InputValue;
pub(crate) use input::{judge as judge_input, redirect, text as text_shape};
pub use issue::{InputIssue, InputProblem, IssueSubject};
pub use resolved::{
    CertificateSpec, CredentialSpec, HandOver, HandOverEntry, HandOverPage, HandOverValue, PermissionNeed,
    Proof, RedirectUri, RegistrationSpec, RemovalSpec, Resource, SecretSpec, Setup,
};
pub(crate) use template::Template;
