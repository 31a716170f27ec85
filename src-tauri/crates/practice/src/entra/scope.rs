//! What is asked for: scopes, taken apart into sign-in scopes and permissions of resources.

use serde::{Deserialize, Serialize};

use super::error::{Code, Refusal};
use crate::reference;
use crate::store::{Row, Tables};
use crate::tenant::Tenant;

/// Scopes of OpenID Connect; they belong to no resource.
const SIGN_IN: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// One resource and what is wanted of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wanted {
    /// Object id of the resource's service principal.
    pub(crate) resource: String,
    /// Client id of the resource.
    pub(crate) app_id: String,
    /// As the client called it, without the permission: `https://graph.microsoft.com`, a GUID, or empty for Graph's short names.
    pub(crate) called: String,
    /// Names of delegated permissions, in the resource's spelling.
    pub(crate) scopes: Vec<String>,
    /// `.default`: what was registered and granted.
    pub(crate) default: bool,
}

/// A whole scope parameter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Scopes {
    pub(crate) openid: bool,
    pub(crate) profile: bool,
    pub(crate) email: bool,
    pub(crate) offline_access: bool,
    pub(crate) resources: Vec<Wanted>,
}

impl Scopes {
    /// Reads the parameter of a v2 request.
    pub(crate) fn parse(tenant: &Tenant, client: &str, text: &str) -> Result<Self, Refusal> {
        let mut scopes = Self::default();
        for one in text.split_whitespace() {
            match one.to_ascii_lowercase().as_str() {
                "openid" => scopes.openid = true,
                "profile" => scopes.profile = true,
                "email" => scopes.email = true,
                "offline_access" => scopes.offline_access = true,
                _ => scopes.add(tenant, client, one)?,
            }
        }
        if scopes.resources.iter().any(|wanted| wanted.default)
            && scopes.resources.iter().any(|wanted| !wanted.scopes.is_empty())
        {
            return Err(Refusal::new(
                Code::InvalidScope,
                70_011,
                format!(
                    "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {text} is not valid. .default scope can't be combined with resource-specific scopes."
                ),
            ));
        }
        Ok(scopes)
    }

    /// What a v1 request asks: everything granted on one resource.
    pub(crate) fn of_resource(tenant: &Tenant, resource: &str) -> Result<Self, Refusal> {
        let found = tenant.read(|tables| find_resource(tenant, tables, resource).map(identity));
        let (id, app_id) = found.ok_or_else(|| resource_not_found(tenant, resource))?;
        let wanted =
            Wanted { resource: id, app_id, called: resource.to_owned(), scopes: vec![], default: true };
        Ok(Self { openid: true, profile: true, email: true, offline_access: true, resources: vec![wanted] })
    }

    /// The same in another directory, where the resources have other object ids.
    pub(crate) fn in_directory(&self, tenant: &Tenant) -> Result<Self, Refusal> {
        let mut moved = self.clone();
        tenant.read(|tables| {
            for wanted in &mut moved.resources {
                let found = tables.service_principal_by_app_id(&wanted.app_id);
                let resource = found.ok_or_else(|| resource_not_found(tenant, &wanted.called))?;
                resource.text("id").clone_into(&mut wanted.resource);
            }
            Ok(moved)
        })
    }

    /// The only resource; a token is for one. `None` when only sign-in scopes were asked for: then it is Microsoft Graph.
    pub(crate) fn single(&self) -> Result<Option<&Wanted>, Refusal> {
        match self.resources.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            [first, second, ..] => Err(Refusal::new(
                Code::InvalidRequest,
                28_000,
                format!(
                    "Provided value for the input parameter scope is not valid because it contains more than one resource. Scope {} {} is not valid.",
                    first.called, second.called
                ),
            )),
        }
    }

    /// Names of the sign-in scopes that were asked for.
    pub(crate) fn sign_in(&self) -> Vec<&'static str> {
        let asked = [self.openid, self.profile, self.email, self.offline_access];
        SIGN_IN.iter().zip(asked).filter(|(_, asked)| *asked).map(|(name, _)| *name).collect()
    }

    fn add(&mut self, tenant: &Tenant, client: &str, one: &str) -> Result<(), Refusal> {
        let (called, name) = split(one);
        // An application's own client id as scope asks for a token to itself.
        let called = if called.is_empty() && one.eq_ignore_ascii_case(client) { client } else { called };
        let asked = if called.is_empty() { reference::GRAPH } else { called };
        tenant.read(|tables| {
            let Some(resource) = find_resource(tenant, tables, asked) else {
                return Err(if called.is_empty() {
                    invalid(one)
                } else {
                    resource_not_found(tenant, called)
                });
            };
            let (id, app_id) = identity(resource);
            let default = name.eq_ignore_ascii_case(".default") || one.eq_ignore_ascii_case(client);
            let spelled = if default {
                None
            } else {
                Some(published(resource, name).ok_or_else(|| unknown(tables, client, name, resource))?)
            };
            let at = self.resources.iter().position(|wanted| wanted.resource == id);
            let wanted = match at {
                Some(at) => &mut self.resources[at],
                None => {
                    self.resources.push(Wanted {
                        resource: id,
                        app_id,
                        called: called.to_owned(),
                        scopes: vec![],
                        default: false,
                    });
                    let last = self.resources.len() - 1;
                    &mut self.resources[last]
                }
            };
            wanted.default |= default;
            match spelled {
                Some(spelled) if !wanted.scopes.contains(&spelled) => wanted.scopes.push(spelled),
                _ => {}
            }
            Ok(())
        })
    }
}

/// Splits `https://graph.microsoft.com/User.Read` at the last slash; a name without one belongs to Microsoft Graph.
fn split(scope: &str) -> (&str, &str) {
    match scope.rfind('/') {
        // A trailing second slash belongs to the resource: `https://management.core.windows.net//.default`.
        Some(at) => (&scope[..at], &scope[at + 1..]),
        None => ("", scope),
    }
}

/// A resource by client id or one of its names; a slash at the end makes no difference.
pub(crate) fn find_resource<'t>(tenant: &Tenant, tables: &'t Tables, called: &str) -> Option<&'t Row> {
    let wanted = called.trim_end_matches('/');
    let graph = wanted == tenant.graph_base()
        || reference::GRAPH_HOSTS.iter().any(|host| wanted.strip_prefix("https://") == Some(host));
    let exchange = tenant.options.advertise_exchange.as_ref().map(|url| url.as_str().trim_end_matches('/'));
    let wanted = if graph {
        reference::GRAPH
    } else if exchange == Some(wanted) {
        reference::EXCHANGE
    } else {
        wanted
    };
    let named = |row: &&Row| {
        let names =
            row.body.get("servicePrincipalNames").and_then(|names| names.as_array()).into_iter().flatten();
        names
            .filter_map(|name| name.as_str())
            .any(|name| name.trim_end_matches('/').eq_ignore_ascii_case(wanted))
    };
    tables
        .service_principal_by_app_id(&wanted.to_ascii_lowercase())
        .or_else(|| tables.service_principals.values().filter(|row| row.deleted.is_none()).find(named))
}

fn identity(resource: &Row) -> (String, String) {
    (resource.text("id").to_owned(), resource.text("appId").to_owned())
}

/// The resource's own spelling of a delegated permission.
fn published(resource: &Row, name: &str) -> Option<String> {
    let all = resource.body.get("oauth2PermissionScopes")?.as_array()?;
    let found = all
        .iter()
        .find(|scope| scope["value"].as_str().is_some_and(|value| value.eq_ignore_ascii_case(name)))?;
    found["value"].as_str().map(str::to_owned)
}

fn invalid(scope: &str) -> Refusal {
    Refusal::new(
        Code::InvalidScope,
        70_011,
        format!(
            "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid."
        ),
    )
}

fn unknown(tables: &Tables, client: &str, name: &str, resource: &Row) -> Refusal {
    let app = tables.application_by_app_id(client).or_else(|| tables.service_principal_by_app_id(client));
    Refusal::new(
        Code::InvalidClient,
        650_053,
        format!(
            "The application '{}' asked for scope '{name}' that doesn't exist on the resource '{}'. Contact the app vendor.",
            app.map_or(client, |row| row.text("displayName")),
            resource.text("appId")
        ),
    )
}

/// The text when a resource is unknown in this tenant.
pub(crate) fn resource_not_found(tenant: &Tenant, called: &str) -> Refusal {
    Refusal::new(
        Code::InvalidResource,
        500_011,
        format!(
            "The resource principal named {called} was not found in the tenant named {}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.",
            tenant.tenant_id
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn scopes_split_at_the_last_slash() {
        assert_eq!(split("User.Read"), ("", "User.Read"));
        assert_eq!(
            split("https://graph.microsoft.com/.default"),
            ("https://graph.microsoft.com", ".default")
        );
        assert_eq!(
            split("https://graph.microsoft.com//.default"),
            ("https://graph.microsoft.com/", ".default")
        );
        assert_eq!(split("api://a/b/read"), ("api://a/b", "read"));
    }
}
