//! Who agreed to what, and who may.

use std::collections::BTreeSet;

use serde_json::Value;

use super::client::Client;
use super::consent_policy::Policy;
use super::error::{Code, Refusal};
use super::scope::{Scopes, Wanted};
use crate::lag::View;
use crate::reference;
use crate::store::{Row, Tables};

/// Roles whose holders may consent to any delegated permission, for themselves and for everyone.
const MAY_CONSENT: [&str; 4] = [
    "62e90394-69f5-4237-9190-012177145e10",
    "e8611ab8-c189-46e8-94e1-60213ab1f814",
    "158c047a-c907-4556-b7ef-446551a6b5f7",
    "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
];
/// Those among them who may also grant application permissions of Microsoft Graph and Azure AD Graph.
const MAY_GRANT_GRAPH_ROLES: [&str; 2] =
    ["62e90394-69f5-4237-9190-012177145e10", "e8611ab8-c189-46e8-94e1-60213ab1f814"];

/// One line of a consent page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) name: String,
}

/// What an application asks of a person that was not agreed to yet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Open {
    /// Resource (service principal id) and the names of scopes.
    pub(crate) scopes: Vec<(String, Vec<String>)>,
    pub(crate) items: Vec<Item>,
    /// Whether an ordinary person may not agree.
    pub(crate) needs_admin: bool,
}

impl Open {
    pub(crate) fn is_empty(&self) -> bool {
        self.scopes.is_empty()
    }
}

/// Whether this person may consent where an ordinary one may not.
pub(crate) fn may_consent(tables: &Tables, person: &str) -> bool {
    tables.active_roles(person).iter().any(|role| MAY_CONSENT.contains(&role.as_str()))
}

/// Whether this person may grant application permissions of Microsoft Graph.
pub(crate) fn may_grant_graph_roles(tables: &Tables, person: &str) -> bool {
    tables.active_roles(person).iter().any(|role| MAY_GRANT_GRAPH_ROLES.contains(&role.as_str()))
}

/// Delegated permissions of one resource that a token for this person carries now. With a view, grants that have not spread
/// yet are left out.
pub(crate) fn granted(
    tables: &Tables,
    client: &Client,
    person: &str,
    resource: &Row,
    view: Option<&View>,
) -> BTreeSet<String> {
    let mut scopes = preauthorized(tables, client, resource);
    let Some(principal) = &client.service_principal else { return scopes };
    for grant in tables.oauth2_permission_grants.values() {
        let applies = grant.deleted.is_none()
            && grant.text("clientId") == principal
            && grant.text("resourceId") == resource.text("id")
            && (grant.text("consentType") == "AllPrincipals" || grant.text("principalId") == person);
        if !applies {
            continue;
        }
        let body = match view {
            None => Some(&grant.body),
            Some(view) if !view.grant_in_tokens(grant.text("id"), grant.created) => None,
            Some(view) if !view.grant_in_tokens(grant.text("id"), grant.changed) => grant.before.as_ref(),
            Some(_) => Some(&grant.body),
        };
        let text = body.and_then(|body| body.get("scope")?.as_str()).unwrap_or_default();
        scopes.extend(text.split_whitespace().map(str::to_owned));
    }
    scopes
}

/// Scopes that need no consent: those of Microsoft's own clients, and those of clients that the resource's registration names.
fn preauthorized(tables: &Tables, client: &Client, resource: &Row) -> BTreeSet<String> {
    if let Some(first_party) = reference::first_party().get(&client.app_id) {
        let list = match resource.text("appId") {
            reference::GRAPH => first_party.graph.clone(),
            reference::EXCHANGE => first_party.exchange_online.clone(),
            reference::AZURE_RESOURCE_MANAGER => Some(vec!["user_impersonation".to_owned()]),
            _ => None,
        };
        return list.into_iter().flatten().collect();
    }
    let named = tables
        .application_by_app_id(resource.text("appId"))
        .and_then(|row| row.body.get("api")?.get("preAuthorizedApplications")?.as_array())
        .and_then(|all| all.iter().find(|one| one["appId"] == client.app_id.as_str()));
    let ids = named.and_then(|one| one["delegatedPermissionIds"].as_array()).into_iter().flatten();
    let published = resource.body.get("oauth2PermissionScopes").and_then(Value::as_array);
    ids.filter_map(|id| {
        published?.iter().find(|scope| scope["id"] == *id)?["value"].as_str().map(str::to_owned)
    })
    .collect()
}

/// What is still to be agreed to. `again` asks for everything, as `prompt=consent` does.
pub(crate) fn open(
    tables: &Tables,
    client: &Client,
    person: &str,
    scopes: &Scopes,
    again: bool,
) -> Result<Open, Refusal> {
    let mut open = Open::default();
    if client.is_preauthorized() {
        first_party_only(tables, client, person, scopes)?;
        return Ok(open);
    }
    for wanted in &scopes.resources {
        if wanted.app_id == client.app_id {
            continue;
        }
        let Some(resource) = tables.service_principals.get(&wanted.resource) else { continue };
        let have = granted(tables, client, person, resource, None);
        if wanted.default && (again || have.is_empty()) {
            add_registered(tables, client, resource, &mut open)?;
        } else {
            let missing = wanted.scopes.iter().filter(|scope| again || !have.contains(*scope)).cloned();
            add(&mut open, resource, missing.collect());
        }
    }
    // Signing in is consented to together with the first permission; alone it asks only an application that is new here.
    let sign_in: Vec<String> = scopes.sign_in().into_iter().map(str::to_owned).collect();
    if !sign_in.is_empty()
        && (!open.is_empty() || again || !knows(tables, client, person))
        && let Some(graph) = tables.service_principal_by_app_id(reference::GRAPH)
    {
        add(&mut open, graph, sign_in);
    }
    open.needs_admin = needs_admin(tables, client, &open);
    describe(tables, &mut open);
    Ok(open)
}

/// Whether this person, or the organisation, ever agreed to anything of this application.
pub(crate) fn knows(tables: &Tables, client: &Client, person: &str) -> bool {
    let Some(principal) = &client.service_principal else { return false };
    tables.oauth2_permission_grants.values().any(|grant| {
        grant.deleted.is_none()
            && grant.text("clientId") == principal
            && (grant.text("consentType") == "AllPrincipals" || grant.text("principalId") == person)
    })
}

/// A Microsoft client asks for a permission that it was not given.
fn first_party_only(tables: &Tables, client: &Client, person: &str, scopes: &Scopes) -> Result<(), Refusal> {
    for wanted in &scopes.resources {
        let Some(resource) = tables.service_principals.get(&wanted.resource) else { continue };
        let have = granted(tables, client, person, resource, None);
        let lacks = wanted.scopes.iter().any(|scope| !have.contains(scope));
        if lacks || have.is_empty() {
            return Err(Refusal::new(
                Code::InvalidRequest,
                65_002,
                format!(
                    "Consent between first party application '{}' and first party resource '{}' must be configured via preauthorization - applications owned and operated by Microsoft must get approval from the API owner before requesting tokens for that API. A developer in your tenant may be attempting to reuse an App ID owned by Microsoft. This error prevents them from impersonating a Microsoft application to call other APIs. They must move to another app ID they register in https://portal.azure.com.",
                    client.app_id, wanted.app_id
                ),
            ));
        }
    }
    Ok(())
}

/// `.default` without any grant asks for everything on the registration, of all resources.
fn add_registered(tables: &Tables, client: &Client, asked: &Row, open: &mut Open) -> Result<(), Refusal> {
    for (resource, scopes) in registered(tables, client) {
        if let Some(row) = tables.service_principals.get(&resource) {
            add(open, row, scopes);
        }
    }
    if open.is_empty() && client.application.is_none() && asked.text("appId") == reference::GRAPH {
        add(open, asked, vec!["User.Read".to_owned()]);
    }
    if open.is_empty() {
        return Err(Refusal::new(
            Code::InvalidClient,
            650_056,
            format!(
                "Misconfigured application. This could be due to one of the following: the client has not listed any permissions for '{}' in the requested permissions in the client's application registration. Or, the admin has not consented in the tenant. Or, check the application identifier in the request to ensure it matches the configured client application identifier. Please contact your admin to fix the configuration or consent on behalf of the tenant. Client app ID: {}.",
                asked.text("displayName"),
                client.app_id
            ),
        ));
    }
    Ok(())
}

/// Delegated permissions on the registration: resource (service principal id) and names.
pub(crate) fn registered(tables: &Tables, client: &Client) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    for entry in client.required.as_array().into_iter().flatten() {
        let Some(resource) =
            entry["resourceAppId"].as_str().and_then(|id| tables.service_principal_by_app_id(id))
        else {
            continue;
        };
        let published = resource.body.get("oauth2PermissionScopes").and_then(Value::as_array);
        let access =
            entry["resourceAccess"].as_array().into_iter().flatten().filter(|one| one["type"] == "Scope");
        let names = access.filter_map(|one| {
            let found = published?.iter().find(|scope| scope["id"] == one["id"])?;
            found["value"].as_str().map(str::to_owned)
        });
        let names: Vec<_> = names.collect();
        if !names.is_empty() {
            all.push((resource.text("id").to_owned(), names));
        }
    }
    all
}

fn add(open: &mut Open, resource: &Row, scopes: Vec<String>) {
    if scopes.is_empty() {
        return;
    }
    let id = resource.text("id");
    match open.scopes.iter_mut().find(|(known, _)| known == id) {
        Some((_, known)) => {
            let new: Vec<_> = scopes.into_iter().filter(|scope| !known.contains(scope)).collect();
            known.extend(new);
        }
        None => open.scopes.push((id.to_owned(), scopes)),
    }
}

/// Whether a person may not agree to what is open. Each policy is looked at by itself, and one that allows is enough.
fn needs_admin(tables: &Tables, client: &Client, open: &Open) -> bool {
    let assigned = crate::seed::self_consent(tables);
    let policies: Vec<Policy> = assigned.iter().filter_map(|name| Policy::of(name)).collect();
    let allowed = |policy: &Policy| {
        open.scopes.iter().all(|(resource, scopes)| {
            scopes.iter().all(|scope| {
                let admin =
                    details(tables, resource, scope).is_some_and(|details| details["type"] == "Admin");
                policy.allows(client, scope, admin)
            })
        })
    };
    !open.is_empty() && !policies.iter().any(allowed)
}

fn describe(tables: &Tables, open: &mut Open) {
    for (resource, scopes) in &open.scopes {
        for scope in scopes {
            open.items.push(item(tables, resource, scope));
        }
    }
}

/// One permission in words.
pub(crate) fn item(tables: &Tables, resource: &str, scope: &str) -> Item {
    let details = details(tables, resource, scope);
    let text = |names: [&str; 2]| {
        let found = details.and_then(|details| {
            names.into_iter().find_map(|name| details[name].as_str().filter(|t| !t.is_empty()))
        });
        found.unwrap_or(scope).to_owned()
    };
    Item {
        title: text(["userConsentDisplayName", "adminConsentDisplayName"]),
        description: text(["userConsentDescription", "adminConsentDescription"]),
        name: scope.to_owned(),
    }
}

fn details<'t>(tables: &'t Tables, resource: &str, scope: &str) -> Option<&'t Value> {
    let published =
        tables.service_principals.get(resource)?.body.get("oauth2PermissionScopes")?.as_array()?;
    published.iter().find(|one| one["value"] == scope)
}

/// The resources and scopes of a request as grants would record them, for the refresh of a consent.
pub(crate) fn lacks(tables: &Tables, client: &Client, person: &str, wanted: &Wanted) -> bool {
    if wanted.app_id == client.app_id {
        return false;
    }
    let Some(resource) = tables.service_principals.get(&wanted.resource) else { return true };
    let have = granted(tables, client, person, resource, None);
    have.is_empty() || wanted.scopes.iter().any(|scope| !have.contains(scope))
}
