//! Directory objects of any type.

use http::StatusCode;
use serde_json::{Map, Value};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::{GraphBody, GraphResponse};
use super::super::odata::lexer::is_guid;
use super::super::projection::{Shape, project};
use super::super::relations;
use super::super::router::{Route, get, query};
use super::super::validate::array;
use crate::store::Tables;

/// Ids in one question.
const MOST: usize = 1_000;

pub(crate) fn routes() -> Vec<Route> {
    vec![get("/directoryObjects/{directoryObject-id}", one), query("/directoryObjects/getByIds", by_ids)]
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let id = &call.key(0).value;
    if !is_guid(id) {
        return Err(GraphError::InvalidIdentifier(id.clone()));
    }
    let item = relations::object(call, tables, id).ok_or_else(|| GraphError::NotFound(id.clone()))?;
    let mut response = call.one("directoryObjects", item.kind, &item.body)?;
    if let Some(GraphBody::Json(Value::Object(body))) = &mut response.body {
        body.insert("@odata.type".into(), format!("#microsoft.graph.{}", item.kind.name).into());
    }
    Ok(response)
}

/// `getByIds`: those that exist, of the types that are asked for; the others are left out without a word.
fn by_ids(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let sent = call.body()?;
    let ids = array(&sent, "ids");
    if ids.is_empty() || ids.len() > MOST {
        return Err(GraphError::InvalidValue { property: "ids".into(), resource: "DirectoryObject" });
    }
    let types = array(&sent, "types");
    let value = ids
        .iter()
        .filter_map(Value::as_str)
        .filter_map(|id| relations::object(call, tables, id))
        .filter(|item| {
            types.is_empty()
                || types
                    .iter()
                    .filter_map(Value::as_str)
                    .any(|kind| kind == "directoryObject" || kind.eq_ignore_ascii_case(&item.kind.name))
        })
        .map(|item| {
            Value::Object(project(item.kind, &item.body, Shape { select: None, single: false, typed: true }))
        })
        .collect();
    let mut body = Map::new();
    body.insert("@odata.context".into(), call.context("directoryObjects", None, false).into());
    body.insert("value".into(), value);
    Ok(GraphResponse::json(StatusCode::OK, Value::Object(body)))
}
