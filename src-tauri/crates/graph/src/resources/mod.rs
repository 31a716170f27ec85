//! The resources of Graph that Gatehouse reads and writes, field for field as Microsoft names them (camelCase on the wire).
//!
//! Read leniently: a field that is missing is empty, a value of an enumeration that is new is kept as text, an object
//! with more fields than these is fine. Only identity is strict: an object without its id is not readable.

mod account;
mod activity;
mod application;
mod authorization_policy;
mod credential;
mod credential_policy;
mod directory_role;
mod federated_credential;
mod grant;
mod group;
mod mailbox;
mod organization;
mod permission;
mod report;
mod security_defaults;
mod service_principal;
mod user;

pub use account::{Account, AssignedLicense, AssignedPlan, PrepaidUnits, SubscribedSku};
pub use activity::{
    AppCredentialSignInActivity, ServicePrincipalSignInActivity, SignIn, SignInActivity, SignInStatus,
};
pub use application::{
    Application, ApplicationPatch, PublicClient, RequiredResourceAccess, ResourceAccess, ResourceAccessType,
    SignInAudience, SpaApplication, WebApplication,
};
pub use authorization_policy::{AuthorizationPolicy, DefaultUserRolePermissions};
pub use credential::{KeyCredential, NewSecret, PasswordCredential};
pub use credential_policy::{
    AppManagementPolicy, CertificateRules, CredentialRestriction, CredentialRestrictions, PasswordRules,
    RestrictionState, RestrictionType,
};
pub use directory_role::{DirectoryRole, RoleAssignment};
pub use federated_credential::FederatedIdentityCredential;
pub use grant::{AppRoleAssignment, ConsentType, OAuth2PermissionGrant, PrincipalType};
pub use group::Group;
pub use mailbox::{Calendar, Contact, Event, EventTime, MailFolder, Message};
pub use organization::{Domain, Organization, VerifiedDomain};
pub use permission::{AppRole, PermissionScope, ScopeType};
pub use report::{ReportSettings, UsageReport};
pub use security_defaults::SecurityDefaults;
pub use service_principal::{ServicePrincipal, ServicePrincipalPatch};
pub use user::{DeletedItem, DirectoryObject, User};
