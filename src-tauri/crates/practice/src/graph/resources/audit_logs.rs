//! Sign-in and audit logs: empty, and only with the licence that Microsoft asks for.

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::listing::{Listing, no_expand, unrelated};
use super::super::odata::rules::Service;
use super::super::privilege::{self, Deed};
use super::super::router::{Route, get};
use super::super::schema::entity;
use crate::store::Tables;

/// Subscriptions with Microsoft Entra ID P1 in them.
const PREMIUM: &str = "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/auditLogs/signIns", sign_ins),
        get("/auditLogs/signIns/{signIn-id}", sign_in),
        get("/auditLogs/directoryAudits", audits),
    ]
}

fn permit(call: &Call<'_>, tables: &Tables) -> Result<()> {
    privilege::require(call, tables, Deed::ReadSignIns)?;
    let licensed = tables.users.values().any(|user| {
        super::super::validate::array(&user.body, "assignedLicenses")
            .iter()
            .any(|own| own["skuId"] == PREMIUM)
    });
    if licensed { Ok(()) } else { Err(GraphError::NoPremiumLicence) }
}

fn empty(call: &Call<'_>, kind: &str, set: &str) -> Result<GraphResponse> {
    Listing {
        kind: entity(kind),
        set,
        service: Service::Small,
        len: 0,
        at: &|_| None,
        related: &unrelated,
        expand: &no_expand,
    }
    .answer(call)
}

fn sign_ins(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    permit(call, tables)?;
    empty(call, "signIn", "auditLogs/signIns")
}

fn sign_in(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    permit(call, tables)?;
    Err(GraphError::NotFound(call.key(0).value.clone()))
}

fn audits(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    permit(call, tables)?;
    empty(call, "directoryAudit", "auditLogs/directoryAudits")
}
