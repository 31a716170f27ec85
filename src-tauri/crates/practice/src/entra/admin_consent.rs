//! The admin consent endpoints: one admin agrees for the whole organisation.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::authority::Authority;
use super::client::Client;
use super::consent::{self, Item};
use super::error::{Code, Refusal};
use super::flow::{self, Flow, Purpose};
use super::form::Form;
use super::respond::{self, Mode, Return};
use super::scope::Scopes;
use super::{Protocol, grants, pages};
use crate::reference;
use crate::serve::{Answer, Incoming};
use crate::store::Tables;
use crate::tenant::Tenant;

/// A request for admin consent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AdminConsent {
    pub(crate) client: String,
    protocol: Protocol,
    /// Absent in the portal's own links: then the result is a page.
    back: Option<Return>,
    /// v2 names what it wants; v1 means everything on the registration.
    scope: Option<String>,
}

/// What one agreement would grant.
#[derive(Debug, Default)]
struct Request {
    /// Resource (service principal id) and names of delegated permissions.
    scopes: Vec<(String, Vec<String>)>,
    /// Resource (service principal id), app role id.
    roles: Vec<(String, String)>,
    items: Vec<Item>,
    /// Whether application permissions of Microsoft Graph or Azure AD Graph are among them.
    graph_roles: bool,
}

/// `GET /{tenant}[/v2.0]/adminconsent`.
pub(crate) fn begin(
    tenant: &Tenant,
    incoming: &Incoming,
    authority: Authority,
    protocol: Protocol,
) -> Answer {
    let form = Form::of_query(incoming);
    match read(tenant, &form, authority, protocol) {
        Ok(request) => {
            let flow = Flow::new(tenant, Purpose::AdminConsent(request), authority);
            flow::begin(tenant, incoming, flow, form.get("prompt"), form.get("login_hint"))
        }
        Err(refusal) => pages::error(tenant, incoming, &refusal),
    }
}

fn read(
    tenant: &Tenant,
    form: &Form,
    authority: Authority,
    protocol: Protocol,
) -> Result<AdminConsent, Refusal> {
    let id = form.get("client_id").ok_or_else(|| Refusal::missing("client_id"))?;
    // `organizations` is allowed here even for single-tenant applications: the signed-in admin decides the tenant.
    let authority = if authority == Authority::Consumers { authority } else { Authority::Own };
    let client = Client::at(tenant, authority, id)?;
    let back = match form.get("redirect_uri") {
        Some(sent) => {
            let (_, uri) = client.redirect(Some(sent))?;
            Some(Return { uri, mode: Mode::Query, state: form.owned("state") })
        }
        None => None,
    };
    let scope = form.owned("scope");
    if protocol == Protocol::V2 && scope.is_none() {
        return Err(Refusal::missing("scope"));
    }
    Ok(AdminConsent { client: client.app_id, protocol, back, scope })
}

/// Shows what is asked, to somebody who may grant it.
pub(crate) fn ask(
    tenant: &Tenant,
    incoming: &Incoming,
    flow: Flow,
    id: Option<&str>,
    request: &AdminConsent,
    client: &Client,
    person: &str,
) -> Answer {
    let wanted = match wanted(tenant, request, client) {
        Ok(wanted) => wanted,
        Err(refusal) => return refuse(tenant, incoming, request, &refusal),
    };
    let may = tenant.read(|tables| may_grant(tables, person, &wanted));
    if tenant.options.sign_in_as.is_some() {
        return decide(tenant, incoming, request, client, person, may);
    }
    let id = flow::keep(tenant, incoming, flow, id);
    let open = consent::Open { items: wanted.items, needs_admin: true, ..consent::Open::default() };
    if may {
        pages::admin_consent(tenant, &id, client, person, &open)
    } else {
        pages::admin_needed(tenant, &id, client, person, &open)
    }
}

/// Accept or Cancel.
pub(crate) fn decide(
    tenant: &Tenant,
    incoming: &Incoming,
    request: &AdminConsent,
    client: &Client,
    person: &str,
    accepted: bool,
) -> Answer {
    let wanted = match wanted(tenant, request, client) {
        Ok(wanted) => wanted,
        Err(refusal) => return refuse(tenant, incoming, request, &refusal),
    };
    if !tenant.read(|tables| may_grant(tables, person, &wanted)) {
        let text = "The grant requires admin permission.";
        return refuse(tenant, incoming, request, &Refusal::new(Code::AccessDenied, 90_094, text));
    }
    if !accepted {
        return refuse(tenant, incoming, request, &cancelled(request));
    }
    tenant.write(|tables| {
        let principal = grants::service_principal(tenant, tables, client, incoming.at);
        for (resource, scopes) in &wanted.scopes {
            match request.protocol {
                // "Granting tenant-wide admin consent may revoke permissions that have already been granted tenant-wide".
                Protocol::V1 => {
                    grants::replace_for_everyone(tables, &principal, resource, scopes, incoming.at);
                }
                Protocol::V2 => {
                    grants::delegated(tables, &principal, resource, None, scopes, incoming.at);
                }
            }
        }
        for (resource, role) in &wanted.roles {
            grants::application(tables, &principal, resource, role, incoming.at);
        }
    });
    let Some(back) = &request.back else {
        return pages::done(
            tenant,
            "Permissions granted.",
            &format!("{} may now do what it asked for. You may close this window.", client.name),
        );
    };
    let mut parameters = vec![("admin_consent", "True".to_owned()), ("tenant", tenant.tenant_id.clone())];
    if let Some(scope) = &request.scope {
        parameters.push(("scope", scope.clone()));
    }
    respond::with(tenant, back, parameters)
}

/// Sends a refusal to the application, or shows it when there is no address to send it to.
pub(crate) fn refuse(
    tenant: &Tenant,
    incoming: &Incoming,
    request: &AdminConsent,
    refusal: &Refusal,
) -> Answer {
    let Some(back) = &request.back else { return pages::error(tenant, incoming, refusal) };
    let mut parameters = vec![
        ("error", refusal.code.as_str().to_owned()),
        ("error_description", refusal.description(incoming)),
    ];
    if request.protocol == Protocol::V2 {
        parameters.push(("admin_consent", "True".to_owned()));
        parameters.push(("tenant", tenant.tenant_id.clone()));
    }
    respond::with(tenant, back, parameters)
}

fn cancelled(request: &AdminConsent) -> Refusal {
    match request.protocol {
        Protocol::V1 => Refusal::new(Code::PermissionDenied, 65_004, "The admin canceled the request."),
        Protocol::V2 => Refusal::new(
            Code::ConsentRequired,
            65_004,
            "The resource owner or authorization server denied the request.",
        ),
    }
}

/// Application permissions of Graph need a Privileged Role Administrator; everything else also an application administrator.
fn may_grant(tables: &Tables, person: &str, wanted: &Request) -> bool {
    if wanted.graph_roles {
        consent::may_grant_graph_roles(tables, person)
    } else {
        consent::may_consent(tables, person)
    }
}

fn wanted(tenant: &Tenant, request: &AdminConsent, client: &Client) -> Result<Request, Refusal> {
    let scopes =
        request.scope.as_deref().map(|scope| Scopes::parse(tenant, &client.app_id, scope)).transpose()?;
    Ok(tenant.read(|tables| {
        let mut wanted = Request::default();
        match &scopes {
            None => {
                wanted.scopes = consent::registered(tables, client);
                wanted.roles = registered_roles(tables, client, None);
            }
            Some(scopes) => {
                for one in &scopes.resources {
                    let mut names = one.scopes.clone();
                    if one.default {
                        let registered = consent::registered(tables, client);
                        names.extend(
                            registered
                                .into_iter()
                                .filter(|(id, _)| *id == one.resource)
                                .flat_map(|(_, names)| names),
                        );
                        wanted.roles.extend(registered_roles(tables, client, Some(&one.resource)));
                    }
                    if !names.is_empty() {
                        wanted.scopes.push((one.resource.clone(), names));
                    }
                }
            }
        }
        describe(tables, &mut wanted);
        wanted
    }))
}

/// Application permissions on the registration.
fn registered_roles(tables: &Tables, client: &Client, only: Option<&str>) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in client.required.as_array().into_iter().flatten() {
        let resource = entry["resourceAppId"].as_str().and_then(|id| tables.service_principal_by_app_id(id));
        let Some(resource) = resource.filter(|row| only.is_none_or(|only| only == row.text("id"))) else {
            continue;
        };
        let access =
            entry["resourceAccess"].as_array().into_iter().flatten().filter(|one| one["type"] == "Role");
        all.extend(
            access.filter_map(|one| Some((resource.text("id").to_owned(), one["id"].as_str()?.to_owned()))),
        );
    }
    all
}

fn describe(tables: &Tables, wanted: &mut Request) {
    for (resource, names) in &wanted.scopes {
        wanted.items.extend(names.iter().map(|name| consent::item(tables, resource, name)));
    }
    for (resource, role) in &wanted.roles {
        let Some(row) = tables.service_principals.get(resource) else { continue };
        wanted.graph_roles |= [reference::GRAPH, reference::AAD_GRAPH].contains(&row.text("appId"));
        let published = row.body.get("appRoles").and_then(Value::as_array);
        let Some(found) = published.and_then(|all| all.iter().find(|one| one["id"] == role.as_str())) else {
            continue;
        };
        let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
        wanted.items.push(Item {
            title: text("displayName"),
            description: text("description"),
            name: text("value"),
        });
    }
}
