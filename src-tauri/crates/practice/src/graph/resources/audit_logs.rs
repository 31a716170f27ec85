//! Sign-in and audit logs, only with the licence that Microsoft asks for.
//!
//! Source: "List signIns" and "signIn resource type" of v1.0 and beta. v1.0 has the sign-ins of people at a page; beta has all
//! four kinds, and shows those of people at a page unless the filter names `signInEventTypes`.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::super::call::{Call, moment};
use super::super::error::{GraphError, Result};
use super::super::http::{GraphResponse, Version};
use super::super::listing::{Item, Listing, no_expand, unrelated};
use super::super::odata::rules::Service;
use super::super::privilege::{self, Deed};
use super::super::router::{Route, get};
use super::super::schema::{EntityType, entity};
use crate::lag::View;
use crate::sign_ins::{SignInEvent, SignInKind};
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

/// Whoever reads logs needs a role, and the organisation a premium licence.
///
/// # Errors
/// [`GraphError::Denied`], [`GraphError::NoPremiumLicence`].
pub(super) fn permit(call: &Call<'_>, tables: &Tables) -> Result<()> {
    privilege::require(call, tables, Deed::ReadSignIns)?;
    let licensed = || {
        tables.users.values().any(|user| {
            super::super::validate::array(&user.body, "assignedLicenses")
                .iter()
                .any(|own| own["skuId"] == PREMIUM)
        })
    };
    if call.tenant.options.premium && licensed() { Ok(()) } else { Err(GraphError::NoPremiumLicence) }
}

fn kind(call: &Call<'_>) -> &'static EntityType {
    entity(if call.request.version == Version::Beta { "betaSignIn" } else { "signIn" })
}

/// Whether this request may see the event now.
fn is_shown(call: &Call<'_>, view: &View, event: &SignInEvent) -> bool {
    let asks_for_kinds = call.request.version == Version::Beta
        && call
            .request
            .raw_query
            .as_deref()
            .is_some_and(|query| query.to_ascii_lowercase().contains("signineventtypes"));
    (asks_for_kinds || event.kind == SignInKind::InteractiveUser) && view.sign_in_known(event.at)
}

/// Newest first.
fn sign_ins(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    permit(call, tables)?;
    let events = &tables.sign_ins.events;
    let kind = kind(call);
    let at = |position: usize| {
        let event = events.get(events.len().checked_sub(position + 1)?)?;
        is_shown(call, &call.view, event).then(|| Item { kind, body: Cow::Owned(shown(call, event)) })
    };
    Listing {
        kind,
        set: "auditLogs/signIns",
        service: Service::Log,
        len: events.len(),
        at: &at,
        related: &unrelated,
        expand: &no_expand,
    }
    .answer(call)
}

fn sign_in(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    permit(call, tables)?;
    let wanted = &call.key(0).value;
    let known = |event: &&SignInEvent| {
        event.id == *wanted
            && call.view.sign_in_known(event.at)
            && (call.request.version == Version::Beta || event.kind == SignInKind::InteractiveUser)
    };
    let event = tables.sign_ins.events.iter().find(known);
    let event = event.ok_or_else(|| GraphError::NotFound(wanted.clone()))?;
    call.one("auditLogs/signIns", kind(call), &shown(call, event))
}

fn audits(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    permit(call, tables)?;
    Listing {
        kind: entity("directoryAudit"),
        set: "auditLogs/directoryAudits",
        service: Service::Log,
        len: 0,
        at: &|_| None,
        related: &unrelated,
        expand: &no_expand,
    }
    .answer(call)
}

/// An event as Graph shows it; properties of beta are left out on v1.0, whose type does not have them.
fn shown(call: &Call<'_>, event: &SignInEvent) -> Map<String, Value> {
    let (category, interactive) = match event.kind {
        SignInKind::InteractiveUser => ("interactiveUser", true),
        SignInKind::NonInteractiveUser => ("nonInteractiveUser", false),
        SignInKind::ServicePrincipal => ("servicePrincipal", false),
    };
    let person = |part: usize| event.person.as_ref().map(|person| person[part].as_str());
    let by_itself = event.kind == SignInKind::ServicePrincipal;
    let used = event.credential.as_ref();
    let proof = match used.map(|used| used.thumbprint.is_some()) {
        None => "none",
        Some(true) => "clientAssertion",
        Some(false) => "clientSecret",
    };
    let failure = (event.error != 0).then_some("The application could not be authenticated.");
    let body = json!({
        "id": event.id, "createdDateTime": moment(event.at), "appId": event.app_id, "appDisplayName": event.app_name,
        "userId": person(0).unwrap_or_default(),
        "userPrincipalName": person(1).map(str::to_lowercase),
        "userDisplayName": person(2),
        "ipAddress": "127.0.0.1", "clientAppUsed": if by_itself { "" } else { "Mobile Apps and Desktop clients" },
        "correlationId": event.id, "conditionalAccessStatus": "notApplied", "isInteractive": interactive,
        "appliedConditionalAccessPolicies": [], "riskDetail": "none", "riskLevelAggregated": "none",
        "riskLevelDuringSignIn": "none", "riskState": "none", "riskEventTypes": [], "riskEventTypes_v2": [],
        "resourceId": event.resource[0], "resourceDisplayName": event.resource[1],
        "status": { "errorCode": event.error, "failureReason": failure, "additionalDetails": null },
        "deviceDetail": {
            "deviceId": "", "displayName": null, "operatingSystem": "", "browser": "", "isCompliant": null,
            "isManaged": null, "trustType": null
        },
        "location": {
            "city": "G\u{F6}teborg", "state": "Vastra Gotalands Lan", "countryOrRegion": "SE",
            "geoCoordinates": { "altitude": null, "latitude": 57.7, "longitude": 11.97 }
        },
        "homeTenantId": call.tenant.tenant_id, "resourceTenantId": call.tenant.tenant_id,
        "servicePrincipalId": if by_itself { event.service_principal.as_str() } else { "" },
        "servicePrincipalName": by_itself.then_some(event.app_name.as_str()), "userAgent": null,
        "signInEventTypes": [category], "clientCredentialType": proof,
        "servicePrincipalCredentialKeyId": used.map(|used| used.key_id.as_str()).filter(|_| by_itself),
        "servicePrincipalCredentialThumbprint":
            used.and_then(|used| used.thumbprint.as_deref()).filter(|_| by_itself),
        "crossTenantAccessType": "none", "tokenIssuerType": "AzureAD", "tokenIssuerName": "",
        "incomingTokenType": "none", "isTenantRestricted": false, "originalRequestId": event.id,
        "uniqueTokenIdentifier": event.id, "userType": (!by_itself).then_some("member"),
    });
    body.as_object().cloned().unwrap_or_default()
}
