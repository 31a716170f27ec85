//! Microsoft Graph: routing and the operations.

mod http;

use std::sync::Arc;

pub(crate) use self::http::{GraphBody, GraphRequest, GraphResponse, Version, error_body};
use crate::tenant::Tenant;

/// Answers one request.
pub(crate) async fn handle(_tenant: &Arc<Tenant>, _request: GraphRequest) -> GraphResponse {
    GraphResponse::empty(::http::StatusCode::NOT_IMPLEMENTED)
}
