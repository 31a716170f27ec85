//! The registration that Gatehouse makes for itself in an organisation.

use crate::catalogue::{MICROSOFT_GRAPH, PermissionKind};
use crate::connector::{RedirectPlatform, SignInAudience, WhoConsents};
use crate::setup::{CredentialSpec, MailboxAccess, PermissionNeed, RedirectUri, RegistrationSpec, Resource};

/// Scope, for whom it is granted, and why it is needed.
const SCOPES: [(&str, WhoConsents, &str); 9] = [
    ("openid", WhoConsents::Organisation, "So that people can sign in to Gatehouse."),
    ("profile", WhoConsents::Organisation, "To show the name of who is signed in."),
    ("offline_access", WhoConsents::Organisation, "So that nobody has to sign in again each hour."),
    ("User.Read", WhoConsents::Organisation, "To show who is signed in, and which roles they have."),
    ("Application.ReadWrite.All", WhoConsents::Admin, "To make the app registrations that connectors need."),
    ("AppRoleAssignment.ReadWrite.All", WhoConsents::Admin, "To grant a connector what it may do by itself."),
    (
        "DelegatedPermissionGrant.ReadWrite.All",
        WhoConsents::Admin,
        "To grant a connector what it may do for people.",
    ),
    (
        "Directory.Read.All",
        WhoConsents::Admin,
        "To find people, domains and roles, and to check what was done.",
    ),
    ("Policy.Read.All", WhoConsents::Admin, "To see before the start what the organisation's rules allow."),
];

/// The organisation's own "Gatehouse" registration: one organisation, no secret, sign-in on this computer only.
///
/// What everybody needs is granted for everybody; what only setting up needs is granted to the admin who sets it up
/// and to nobody else (`consentType` `Principal`). Microsoft ignores the port of an `http://localhost` redirect URI
/// (RFC 8252 section 7.3; Entra "Redirect URI restrictions").
#[must_use]
pub fn own_registration() -> RegistrationSpec {
    let graph = Resource { app_id: MICROSOFT_GRAPH, name: "Microsoft Graph".to_owned() };
    RegistrationSpec {
        key: "gatehouse".to_owned(),
        title: "Gatehouse itself".to_owned(),
        display_name: "Gatehouse".to_owned(),
        sign_in_audience: SignInAudience::AzureAdMyOrg,
        redirect_uris: vec![RedirectUri {
            platform: RedirectPlatform::Public,
            uri: "http://localhost".to_owned(),
        }],
        permissions: SCOPES
            .iter()
            .map(|(value, consent, why)| PermissionNeed {
                resource: graph.clone(),
                id: crate::catalogue::find(MICROSOFT_GRAPH, value, PermissionKind::Delegated)
                    .map(|permission| permission.key.id),
                value: (*value).to_owned(),
                kind: PermissionKind::Delegated,
                consent: *consent,
                features: Vec::new(),
                guide_name: None,
                why: (*why).to_owned(),
            })
            .collect(),
        left_out: Vec::new(),
        removes: Vec::new(),
        credential: CredentialSpec::None,
        mailbox_limit: None,
        mailbox_access: MailboxAccess::Everyone,
        roles: Vec::new(),
        exchange_roles: Vec::new(),
    }
}
