//! The organisation and its domains.

use http::Method;

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::listing::{Listing, in_table, no_expand, unrelated};
use super::super::odata::rules::Service;
use super::super::privilege::{self, Deed};
use super::super::router::{Route, change, get};
use super::super::schema::entity;
use super::super::validate;
use crate::store::Tables;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/organization", organizations),
        get("/organization/{organization-id}", organization),
        change(Method::PATCH, "/organization/{organization-id}", update),
        get("/domains", domains),
        get("/domains/{domain-id}", domain),
    ]
}

fn organizations(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let at = in_table(call, &tables.organization, entity("organization"));
    Listing {
        kind: entity("organization"),
        set: "organization",
        service: Service::Directory,
        len: tables.organization.len(),
        at: &at,
        related: &unrelated,
        expand: &no_expand,
    }
    .answer(call)
}

fn organization(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let id = &call.key(0).value;
    call.one("organization", entity("organization"), call.seen(tables.organization.get(id), id)?)
}

fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::UpdateOrganization)?;
    let read_only =
        ["id", "displayName", "verifiedDomains", "createdDateTime", "assignedPlans", "tenantType"];
    let changes = validate::body(entity("organization"), "Organization", &read_only, call.body()?)?;
    let id = call.key(0).value.clone();
    let row = tables.organization.get_mut(&id).ok_or(GraphError::NotFound(id))?;
    validate::edit(row, call.now(), |body| validate::merge(body, changes));
    Ok(call.no_content())
}

fn domains(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let at = in_table(call, &tables.domains, entity("domain"));
    Listing {
        kind: entity("domain"),
        set: "domains",
        service: Service::Directory,
        len: tables.domains.len(),
        at: &at,
        related: &unrelated,
        expand: &no_expand,
    }
    .answer(call)
}

fn domain(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let id = &call.key(0).value;
    call.one("domains", entity("domain"), call.seen(tables.domains.get(id), id)?)
}
