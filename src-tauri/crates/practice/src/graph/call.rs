//! One call of an operation: who asks, for what, and what the directory looks like to the replica that answers.

use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::error::{GraphError, Result};
use super::http::{GraphRequest, GraphResponse, Version};
use super::odata::options::Options;
use super::path::Key;
use super::projection::{self, Shape};
use super::schema::EntityType;
use crate::auth::{Caller, Subject};
use crate::lag::View;
use crate::store::Row;
use crate::tenant::{Tenant, put};

/// Everything an operation may look at besides the tables.
pub(crate) struct Call<'a> {
    pub(crate) tenant: &'a Tenant,
    pub(crate) request: &'a GraphRequest,
    pub(crate) caller: &'a Caller,
    pub(crate) options: Options,
    /// The path of the operation, as the published tables write it.
    pub(crate) template: &'static str,
    /// The variable parts of the path, in order.
    pub(crate) keys: Vec<Key>,
    /// Arguments of a function in the path.
    pub(crate) arguments: Vec<(String, String)>,
    /// The type that the path is cast to.
    pub(crate) cast: Option<String>,
    /// The path ended in `/$count`.
    pub(crate) count_only: bool,
    pub(crate) view: View,
    /// Which state of the tables is looked at.
    pub(crate) generation: u64,
}

impl Call<'_> {
    /// Now, by the tenant's clock.
    pub(crate) fn now(&self) -> Timestamp {
        self.view.now
    }

    /// Now, as Graph writes it in the directory.
    pub(crate) fn now_text(&self) -> String {
        moment(self.view.now)
    }

    /// `https://graph.../v1.0`
    pub(crate) fn root(&self) -> String {
        let version = match self.request.version {
            Version::V1 => "v1.0",
            Version::Beta => "beta",
        };
        format!("{}/{version}", self.tenant.graph_base())
    }

    /// The `n`-th variable part of the path.
    pub(crate) fn key(&self, n: usize) -> &Key {
        static NONE: Key = Key { property: None, value: String::new() };
        self.keys.get(n).unwrap_or(&NONE)
    }

    /// The signed-in person; `None` for an application by itself.
    pub(crate) fn person(&self) -> Option<&str> {
        match &self.caller.subject {
            Subject::Person { oid, .. } => Some(oid),
            Subject::Application { .. } => None,
        }
    }

    /// Object id of whoever acts: the person, or the application's service principal.
    pub(crate) fn actor(&self) -> &str {
        match &self.caller.subject {
            Subject::Person { oid, .. } => oid,
            Subject::Application { service_principal, .. } => service_principal,
        }
    }

    /// The caller's permission of this name.
    pub(crate) fn has(&self, permission: &str) -> bool {
        self.caller.permissions.contains(permission)
    }

    /// Whether `Prefer` contains this preference.
    pub(crate) fn prefers(&self, preference: &str) -> bool {
        self.request
            .headers
            .get_all("prefer")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split([',', ';']))
            .any(|part| part.trim().eq_ignore_ascii_case(preference))
    }

    /// The value of a preference such as `outlook.timezone="UTC"`.
    pub(crate) fn preference(&self, name: &str) -> Option<String> {
        self.request.headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok()).find_map(
            |value| {
                value.split(',').find_map(|part| {
                    let (own, value) = part.split_once('=')?;
                    own.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
                })
            },
        )
    }

    /// The body as a JSON object; OData annotations are taken off.
    ///
    /// # Errors
    /// When there is no body, or it is not a JSON object.
    pub(crate) fn body(&self) -> Result<Map<String, Value>> {
        let bytes = &self.request.body;
        let text = std::str::from_utf8(bytes).map_err(|_| GraphError::UnreadableBody)?;
        match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
            Ok(Value::Object(mut body)) => {
                body.retain(|name, _| !name.starts_with("@odata."));
                Ok(body)
            }
            _ => Err(GraphError::UnreadableBody),
        }
    }

    /// The same for actions whose body may be left out.
    pub(crate) fn body_or_empty(&self) -> Result<Map<String, Value>> {
        if self.request.body.iter().all(u8::is_ascii_whitespace) { Ok(Map::new()) } else { self.body() }
    }

    /// The last segment of the `@odata.id` of a reference body.
    ///
    /// # Errors
    /// When the body has no `@odata.id`, or it names no object.
    pub(crate) fn reference(&self) -> Result<String> {
        let body: Value =
            serde_json::from_slice(&self.request.body).map_err(|_| GraphError::UnreadableBody)?;
        let link = body["@odata.id"]
            .as_str()
            .ok_or(GraphError::MissingProperty { property: "@odata.id", resource: "ReferenceUpdate" })?;
        let last = link.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        // Both `.../directoryObjects/{id}` and `.../directoryObjects('{id}')` are in use.
        let id = last.split_once("('").map_or(last, |(_, id)| id.trim_end_matches("')"));
        if super::odata::lexer::is_guid(id) {
            Ok(id.to_owned())
        } else {
            Err(GraphError::InvalidReferenceUpdate)
        }
    }

    /// A row that this replica knows, as it shows it.
    pub(crate) fn seen<'t>(&self, row: Option<&'t Row>, named: &str) -> Result<&'t Map<String, Value>> {
        row.and_then(|row| self.view.seen(row)).ok_or_else(|| GraphError::NotFound(named.to_owned()))
    }

    /// 200 with one object.
    ///
    /// # Errors
    /// When `$select` names a property that the type does not have.
    pub(crate) fn one(
        &self,
        set: &str,
        kind: &EntityType,
        body: &Map<String, Value>,
    ) -> Result<GraphResponse> {
        self.one_expanded(set, kind, body, Map::new())
    }

    /// 200 with one object and what `$expand` asked for.
    ///
    /// # Errors
    /// As [`Call::one`].
    pub(crate) fn one_expanded(
        &self,
        set: &str,
        kind: &EntityType,
        body: &Map<String, Value>,
        expanded: Map<String, Value>,
    ) -> Result<GraphResponse> {
        let select = projection::checked_select(kind, &self.options)?;
        let shape = Shape { select: select.as_deref(), single: true, typed: false };
        let mut shown = Map::new();
        shown.insert("@odata.context".into(), self.context(set, select.as_deref(), true).into());
        shown.extend(projection::project(kind, body, shape));
        shown.extend(expanded);
        Ok(GraphResponse::json(StatusCode::OK, Value::Object(shown)))
    }

    /// 201 with the created object and its `Location`.
    pub(crate) fn created(&self, set: &str, kind: &EntityType, body: &Map<String, Value>) -> GraphResponse {
        let mut shown = Map::new();
        shown.insert("@odata.context".into(), self.context(set, None, true).into());
        shown.extend(projection::project(kind, body, Shape { select: None, single: true, typed: false }));
        let mut response = GraphResponse::json(StatusCode::CREATED, Value::Object(shown));
        let id = body.get("id").and_then(Value::as_str).unwrap_or_default();
        put(&mut response.headers, "location", &format!("{}/{set}/{id}", self.root()));
        response
    }

    /// 204.
    pub(crate) fn no_content(&self) -> GraphResponse {
        GraphResponse::empty(StatusCode::NO_CONTENT)
    }

    /// 200 with the value of an action.
    pub(crate) fn value(&self, context: &str, value: impl Into<Value>) -> GraphResponse {
        GraphResponse::json(
            StatusCode::OK,
            json!({ "@odata.context": format!("{}/$metadata#{context}", self.root()), "value": value.into() }),
        )
    }

    /// `@odata.context` of an answer.
    pub(crate) fn context(&self, set: &str, select: Option<&[&str]>, single: bool) -> String {
        let selected = select.map(|select| format!("({})", select.join(","))).unwrap_or_default();
        let entity = if single { "/$entity" } else { "" };
        format!("{}/$metadata#{set}{selected}{entity}", self.root())
    }
}

/// `2026-11-20T10:00:00Z`, as the directory writes times.
pub(crate) fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
