//! `Test-ServicePrincipalAuthorization`: what RBAC for Applications allows, past the cache. It does not see Entra's grants.

use serde_json::json;

use super::super::access::{self, Reach};
use super::super::invocation::{Invocation, Outcome};
use super::super::organisation::Knowledge;
use super::super::recipients;
use super::super::refusal::CmdletError;
use super::super::roles;
use super::{find, service_principals};
use crate::store::Tables;

/// One line for each role assignment.
pub(crate) fn test(invocation: &Invocation<'_>, tables: &Tables) -> Outcome {
    let identity = invocation.text("Identity")?;
    let app = find(&tables.exchange.service_principals, &identity, &service_principals::KEYS)
        .ok_or(CmdletError::NotFound(identity))?;
    let resource = invocation.text("Resource")?;
    let recipient = match resource.as_str() {
        "" => None,
        named => Some(recipients::one(tables, named, |_| true)?),
    };
    let knowledge = Knowledge::immediate(invocation.now());
    let lines = access::assignments(tables, knowledge, &app).into_iter().map(|body| {
        let text = |name: &str| body.get(name).and_then(|value| value.as_str()).unwrap_or_default();
        let reach = Reach::of(body);
        let (scope, kind) = match &reach {
            Reach::Organisation => ("Organization", "Organization"),
            Reach::Scope(_) => (text("CustomResourceScope"), "CustomRecipientScope"),
            Reach::Group(_) => (text("RecipientGroupScope"), "Group"),
            Reach::Person(_) => (text("_person"), "User"),
        };
        let within = match &recipient {
            None => "Not Run",
            Some(recipient) if reach.includes(tables, knowledge, recipient) => "True",
            Some(_) => "False",
        };
        let granted = roles::permissions(text("Role")).map(|(_, all)| all.join(", ")).unwrap_or_default();
        json!({
            "RoleName": text("Role"), "GrantedPermissions": granted, "AllowedResourceScope": scope, "ScopeType": kind,
            "InScope": within,
        })
    });
    Ok(lines.collect())
}
