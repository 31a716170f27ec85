//! Report settings. The reports themselves are not played yet.

use http::Method;
use serde_json::json;

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::privilege::{self, Deed};
use super::super::router::{Route, change, get};
use super::super::schema::entity;
use super::super::validate::{self, edit, merge, new_row};
use crate::store::Tables;

const NAME: &str = "reportSettings";

pub(crate) fn routes() -> Vec<Route> {
    vec![get("/admin/reportSettings", read), change(Method::PATCH, "/admin/reportSettings", update)]
}

fn read(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadReports)?;
    // Names are hidden unless an administrator shows them (the default since 2021-09).
    let hidden = json!({ "id": "", "displayConcealedNames": true }).as_object().cloned().unwrap_or_default();
    let body = tables.policies.get(NAME).map_or(&hidden, |row| &row.body);
    call.one("admin/reportSettings", entity("adminReportSettings"), body)
}

fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::WriteReportSettings)?;
    let changes =
        validate::body(entity("adminReportSettings"), "AdminReportSettings", &["id"], call.body()?)?;
    if !changes.contains_key("displayConcealedNames") {
        return Err(GraphError::MissingProperty {
            property: "displayConcealedNames",
            resource: "AdminReportSettings",
        });
    }
    let now = call.now();
    let fresh = json!({ "id": "", "displayConcealedNames": true }).as_object().cloned().unwrap_or_default();
    let row = tables.policies.entry(NAME.to_owned()).or_insert_with(|| new_row(fresh, now));
    edit(row, now, |body| merge(body, changes));
    Ok(call.no_content())
}
