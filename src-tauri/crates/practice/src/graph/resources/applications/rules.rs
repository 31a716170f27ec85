//! What a registration may look like: audiences, redirect URIs, required permissions, identifier URIs.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use url::{Host, Url};

use super::super::super::error::{GraphError, Result};
use super::super::super::odata::lexer::is_guid;
use super::super::super::validate::{array, text};
use crate::store::Tables;

const RESOURCE: &str = "Application";

/// `signInAudience` ("application resource type").
const AUDIENCES: [&str; 4] =
    ["AzureADMyOrg", "AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount", "PersonalMicrosoftAccount"];

/// Properties that only Entra sets.
pub(super) const READ_ONLY: [&str; 14] = [
    "id",
    "appId",
    "applicationTemplateId",
    "createdDateTime",
    "deletedDateTime",
    "publisherDomain",
    "disabledByMicrosoftStatus",
    "verifiedPublisher",
    "certification",
    "uniqueName",
    "createdByAppId",
    "samlMetadataUrlBy",
    "managerApplications",
    "isDisabled",
];

/// Refuses what Entra refuses. `old` is the registration before the change.
pub(super) fn check(tables: &Tables, old: &Map<String, Value>, changes: &Map<String, Value>) -> Result<()> {
    if let Some(name) = changes.get("displayName") {
        let fits = name.as_str().is_some_and(|name| !name.trim().is_empty() && name.chars().count() <= 256);
        if !fits {
            return Err(invalid("displayName"));
        }
    }
    if changes
        .get("signInAudience")
        .is_some_and(|value| !value.as_str().is_some_and(|own| AUDIENCES.contains(&own)))
    {
        return Err(invalid("signInAudience"));
    }
    redirect_uris(old, changes)?;
    required_access(array(changes, "requiredResourceAccess"))?;
    identifier_uris(tables, old, changes)?;
    entitlements(&json!(old), changes)
}

fn invalid(property: &str) -> GraphError {
    GraphError::InvalidValue { property: property.to_owned(), resource: RESOURCE }
}

/// At most 256 in all (100 with personal accounts), 256 characters each ("Redirect URI best practices and limitations").
fn redirect_uris(old: &Map<String, Value>, changes: &Map<String, Value>) -> Result<()> {
    let mut total = 0;
    for platform in ["web", "spa", "publicClient"] {
        let changed = changes.get(platform).and_then(|own| own.get("redirectUris"));
        let uris = changed.or_else(|| old.get(platform).and_then(|own| own.get("redirectUris")));
        let uris: Vec<&str> =
            uris.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        total += uris.len();
        if changed.is_none() {
            continue;
        }
        let distinct: BTreeSet<&&str> = uris.iter().collect();
        if distinct.len() != uris.len() {
            return Err(invalid("redirectUris"));
        }
        if let Some(uri) = uris.iter().find(|uri| !redirect_uri(platform, uri)) {
            return Err(GraphError::DirectoryBadRequest(format!(
                "Invalid value specified for property 'redirectUris' of resource 'Application'. The value '{uri}' is not a valid redirect URI for the platform '{platform}'."
            )));
        }
    }
    let audience =
        changes.get("signInAudience").or_else(|| old.get("signInAudience")).and_then(Value::as_str);
    let limit = if audience.is_some_and(|own| own.contains("PersonalMicrosoftAccount")) { 100 } else { 256 };
    if total > limit { Err(invalid("redirectUris")) } else { Ok(()) }
}

/// `https`, or `http` on this machine; public clients may use any scheme. No fragment, no space, at most 256 characters.
fn redirect_uri(platform: &str, uri: &str) -> bool {
    if uri.chars().count() > 256 || uri.contains(['#', ' ']) {
        return false;
    }
    let Ok(parsed) = Url::parse(uri) else { return false };
    match parsed.scheme() {
        "https" => true,
        "http" => match parsed.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            // "The IPv6 loopback address isn't currently supported."
            _ => false,
        },
        "urn" => platform != "spa",
        _ => platform == "publicClient",
    }
}

/// At most 50 APIs and 400 permissions ("application resource type", requiredResourceAccess).
fn required_access(access: &[Value]) -> Result<()> {
    let refuse = || Err(invalid("requiredResourceAccess"));
    let mut resources = BTreeSet::new();
    let mut total = 0;
    for api in access {
        let resource = api["resourceAppId"].as_str().unwrap_or_default();
        if !is_guid(resource) || !resources.insert(resource.to_ascii_lowercase()) {
            return refuse();
        }
        let mut seen = BTreeSet::new();
        for permission in api["resourceAccess"].as_array().into_iter().flatten() {
            let (id, kind) = (
                permission["id"].as_str().unwrap_or_default(),
                permission["type"].as_str().unwrap_or_default(),
            );
            if !is_guid(id) || !["Scope", "Role"].contains(&kind) || !seen.insert((id.to_owned(), kind)) {
                return refuse();
            }
            total += 1;
        }
    }
    if resources.len() > 50 || total > 400 { refuse() } else { Ok(()) }
}

/// Unique in the organisation; `https` ones on a verified domain, `api` ones with the client id or the tenant id.
fn identifier_uris(tables: &Tables, old: &Map<String, Value>, changes: &Map<String, Value>) -> Result<()> {
    for uri in array(changes, "identifierUris").iter().filter_map(Value::as_str) {
        let taken = tables.applications.values().any(|row| {
            row.deleted.is_none()
                && row.text("id") != text(old, "id")
                && array(&row.body, "identifierUris").iter().any(|own| own == uri)
        });
        if taken {
            return Err(GraphError::Conflict("identifierUris"));
        }
        let parsed = Url::parse(uri).map_err(|_| invalid("identifierUris"))?;
        let host = parsed.host_str().unwrap_or_default();
        let verified = tables.domains.values().any(|domain| {
            let name = domain.text("id");
            host == name || host.ends_with(&format!(".{name}"))
        });
        let tenant = tables.organization.keys().any(|id| uri.contains(id.as_str()));
        if ["http", "https", "api"].contains(&parsed.scheme())
            && !verified
            && !tenant
            && !uri.contains(text(old, "appId"))
        {
            return Err(GraphError::DirectoryBadRequest(format!(
                "Values of identifierUris property must use a verified domain of the organization or its subdomain: '{uri}'"
            )));
        }
    }
    Ok(())
}

/// Roles and scopes must be switched off before they can go.
fn entitlements(old: &Value, changes: &Map<String, Value>) -> Result<()> {
    let changed_scopes = changes.get("api").and_then(|api| api.get("oauth2PermissionScopes"));
    let pairs = [
        (&old["appRoles"], changes.get("appRoles")),
        (&old["api"]["oauth2PermissionScopes"], changed_scopes),
    ];
    for (before, after) in pairs {
        let Some(after) = after.and_then(Value::as_array) else { continue };
        let mut ids = BTreeSet::new();
        if after
            .iter()
            .any(|own| !own["id"].as_str().is_some_and(|id| is_guid(id) && ids.insert(id.to_owned())))
        {
            return Err(invalid("id"));
        }
        let removed =
            before.as_array().into_iter().flatten().find(|own| {
                own["isEnabled"] == true && !own["id"].as_str().is_some_and(|id| ids.contains(id))
            });
        if removed.is_some() {
            return Err(GraphError::DirectoryBadRequest(
                "Property value cannot be deleted unless it is disabled first.".into(),
            ));
        }
    }
    Ok(())
}

/// The domain that the organisation was made with: `contoso.onmicrosoft.com`.
pub(crate) fn initial_domain(tables: &Tables) -> String {
    let initial =
        tables.domains.values().find(|domain| domain.body.get("isDefault") == Some(&Value::Bool(true)));
    initial
        .or_else(|| tables.domains.values().next())
        .map(|domain| domain.text("id").to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirect_uris_follow_the_platform() {
        for (platform, uri, fits) in [
            ("web", "https://contoso.com/callback", true),
            ("web", "http://localhost:8080/callback", true),
            ("web", "http://127.0.0.1/callback", true),
            ("web", "http://contoso.com/callback", false),
            ("web", "http://[::1]/callback", false),
            ("web", "https://contoso.com/#x", false),
            ("web", "contoso.com", false),
            ("publicClient", "gatehouse://signed-in", true),
            ("spa", "gatehouse://signed-in", false),
            ("publicClient", "http://localhost", true),
        ] {
            assert_eq!(redirect_uri(platform, uri), fits, "{platform} {uri}");
        }
        assert!(!redirect_uri("web", &format!("https://x/{}", "a".repeat(260))));
    }

    #[test]
    fn required_permissions_are_limited_and_distinct() {
        let entry = |id: usize| json!({ "id": format!("00000000-0000-0000-0000-{id:012}"), "type": "Role" });
        let api = |count: usize| json!({ "resourceAppId": "00000003-0000-0000-c000-000000000000", "resourceAccess": (0..count).map(entry).collect::<Vec<_>>() });
        assert!(required_access(&[api(400)]).is_ok());
        assert!(required_access(&[api(401)]).is_err());
        assert!(required_access(&[api(1), api(1)]).is_err(), "one API twice");
        assert!(required_access(&[json!({ "resourceAppId": "x", "resourceAccess": [] })]).is_err());
    }
}
