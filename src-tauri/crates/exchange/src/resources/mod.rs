//! What Exchange gives, as far as it is used. Every field may be missing: cmdlets differ in what they fill in.

mod access_policy;
mod assignment;
mod group;
mod loose;
mod organization;
mod recipient;
mod scope;
mod service_principal;

pub use access_policy::{AccessRight, ApplicationAccessPolicy, PolicyTest};
pub use assignment::{Authorization, InScope, ManagementRole, RoleAssignment};
pub use group::Group;
pub use organization::OrganizationConfig;
pub use recipient::Recipient;
pub use scope::ManagementScope;
pub use service_principal::ServicePrincipal;
