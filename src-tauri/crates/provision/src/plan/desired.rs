//! What a plan wants, registration by registration.

use graph::resources::ApplicationPatch;
use graph::{AppId, ApplicationId, KeyId, ServicePrincipalId, UniqueName};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::credentials::PlannedCertificate;
use crate::RunId;

/// An app registration that the plan is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedRegistration {
    /// The connector's key for it.
    pub key: String,
    /// What it is, as a heading.
    pub title: String,
    /// Name that people see at Microsoft.
    pub display_name: String,
    /// The name by which it is made at most once, and found again.
    pub unique_name: UniqueName,
    /// What is to be set on it. Empty when the plan only grants.
    pub wanted: ApplicationPatch,
    /// The one that is there already.
    pub existing: Option<KnownApplication>,
    /// The permissions that it gets.
    pub permissions: Vec<PlannedPermission>,
    /// The secret to make, where one is needed.
    pub secret: Option<PlannedSecret>,
    /// A secret whose value is already in the vault.
    pub kept_secret: Option<KeyId>,
    /// The certificate to add.
    #[serde(default)]
    pub certificate: Option<Box<PlannedCertificate>>,
    /// A certificate whose private key is already in the vault.
    #[serde(default)]
    pub kept_certificate: Option<KeyId>,
    /// Ids of the certificates that were there when the plan was made, where it is about them.
    #[serde(default)]
    pub certificates_seen: Vec<KeyId>,
}

/// A registration that is there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KnownApplication {
    /// Object id.
    pub id: ApplicationId,
    /// Client id.
    pub app_id: AppId,
    /// Object id of its enterprise app, where it has one.
    pub service_principal: Option<ServicePrincipalId>,
    /// The run that made it, as its labels say.
    pub made_by: Option<RunId>,
}

/// For whom a delegated permission is granted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "camelCase")]
pub enum DelegatedConsent {
    /// Everybody, future people too.
    Everybody,
    /// This person alone, by object id.
    Person(String),
}

/// A permission as planned, resolved against what the organisation's own API offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedPermission {
    /// Its identity: API, id, kind.
    pub key: blueprint::PermissionKey,
    /// Its name.
    pub value: String,
    /// The API's name.
    pub resource_name: String,
    /// For whom, for a delegated one; `None` when each person is asked at sign-in.
    pub consent: Option<DelegatedConsent>,
    /// Why the product needs it.
    pub why: String,
    /// It is granted already.
    pub granted: bool,
    /// The role in Exchange that gives it on some mailboxes. Then it is *not* granted in Entra, where it would hold on all.
    #[serde(default)]
    pub exchange_role: Option<String>,
}

/// A secret to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedSecret {
    /// Beginning of its name at Microsoft; the run and the attempt follow.
    pub display_name: String,
    /// When it ends, if it is made now.
    pub expires: Timestamp,
    /// How long it is asked to live; the end is counted from the moment of making.
    pub lifetime: SignedDuration,
}

/// Something to try at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedProof {
    /// Stable within the plan.
    pub id: String,
    /// Key of the registration whose secret is used.
    pub registration: String,
    /// The registration's heading.
    pub group: String,
    /// What is tried.
    pub kind: blueprint::ProofKind,
    /// The mailbox, where one is needed.
    pub mailbox: Option<String>,
    /// What is tried, as a sentence.
    pub sentence: String,
    /// The mailbox lies outside of the limit: it works when the app is refused.
    #[serde(default)]
    pub outside: bool,
}

/// First part of every `uniqueName` of ours, and the tag by which our registrations are found.
pub(crate) const OURS: &str = "gatehouse";

/// `gatehouse-<connector>-<registration>-<run>`, with everything but letters, digits, `.` and `_` written as `-`.
pub(crate) fn unique_name(connector: &str, registration: &str, run: &RunId) -> UniqueName {
    let text = format!("{}-{run}", unique_stem(connector, registration));
    // Built from safe characters only, so it is always accepted; the run alone would do, too.
    UniqueName::new(text).unwrap_or_else(|_| UniqueName::placeholder(run.as_str()))
}

fn unique_stem(connector: &str, registration: &str) -> String {
    let safe = |text: &str| -> String {
        text.chars()
            .take(40)
            .map(|c| if c.is_ascii_alphanumeric() || c == '.' || c == '_' { c } else { '-' })
            .collect()
    };
    format!("{OURS}-{}-{}", safe(connector), safe(registration))
}

/// Whether a `uniqueName` is one of ours for this registration, and the run that it names.
pub(crate) fn parse_unique_name(text: &str, connector: &str, registration: &str) -> Option<RunId> {
    let rest = text.strip_prefix(&unique_stem(connector, registration))?.strip_prefix('-')?;
    RunId::parse(rest).ok()
}

/// Tags that a registration of ours carries.
pub(crate) fn tags(connector: &str, run: &RunId) -> Vec<String> {
    vec![OURS.to_owned(), connector_tag(connector), format!("{OURS}-run:{run}")]
}

/// The tag by which registrations of a connector are found.
pub(crate) fn connector_tag(connector: &str) -> String {
    format!("{OURS}-connector:{connector}")
}

/// The name of a secret: `<beginning>/<run>/<attempt>`. By run and attempt it is found again, whoever else adds secrets.
pub(crate) fn marker_for(beginning: &str, run: &RunId, attempt: u32) -> String {
    let beginning: String = beginning.chars().filter(|c| !c.is_control()).take(64).collect();
    format!("{beginning}/{run}/{attempt}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unique_name_tells_connector_registration_and_run() {
        let run = RunId::from_random(5);
        let name = unique_name("totalview", "e mail/1", &run);
        assert_eq!(name.as_str(), format!("gatehouse-totalview-e-mail-1-{run}"));
        assert_eq!(parse_unique_name(name.as_str(), "totalview", "e mail/1"), Some(run));
        assert_eq!(
            parse_unique_name(name.as_str(), "totalview", "e"),
            None,
            "a longer key is another registration"
        );
        assert_eq!(parse_unique_name("gatehouse-totalview-e-mail-1-", "totalview", "e mail/1"), None);
        assert_eq!(parse_unique_name("somebody-else", "totalview", "e mail/1"), None);
    }

    #[test]
    fn a_secret_s_name_is_bounded_and_names_run_and_attempt() {
        let run = RunId::from_random(5);
        assert_eq!(marker_for("Totalview", &run, 2), format!("Totalview/{run}/2"));
        let long = marker_for(&"x\n".repeat(500), &run, 1);
        assert!(long.len() <= 64 + 1 + 32 + 2 && !long.contains('\n'), "{long}");
    }
}
