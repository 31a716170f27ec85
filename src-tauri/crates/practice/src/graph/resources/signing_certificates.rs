//! Certificates that sign SAML answers: made by Entra, kept on the enterprise app.
//!
//! Source: "servicePrincipal: addTokenSigningCertificate", "selfSignedCertificate resource type".

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{Method, StatusCode};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use serde_json::json;

use super::super::call::{Call, moment};
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::router::{Route, change};
use super::super::validate::{self, edit};
use super::super::{certificate, locate, privilege};
use super::credentials::row_mut;
use super::policies;
use crate::random;
use crate::store::Tables;

const RESOURCE: &str = "SelfSignedCertificate";

pub(crate) fn routes() -> Vec<Route> {
    vec![change(Method::POST, "/servicePrincipals/{servicePrincipal-id}/addTokenSigningCertificate", add)]
}

fn invalid(property: &str) -> GraphError {
    GraphError::InvalidValue { property: property.to_owned(), resource: RESOURCE }
}

fn add(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = locate::id(call, tables, "servicePrincipal", call.key(0))?;
    privilege::require_owner(call, tables, &id)?;
    let sent = call.body()?;
    if let Some(unknown) = sent.keys().find(|name| !["displayName", "endDateTime"].contains(&name.as_str())) {
        return Err(GraphError::UnknownProperty(unknown.clone()));
    }
    let name = validate::required(&sent, "displayName", RESOURCE)?.to_owned();
    let common = name.strip_prefix("CN=").filter(|common| (1..=64).contains(&common.chars().count()));
    let common = common.ok_or_else(|| invalid("displayName"))?;
    let latest = three_years_after(call.now());
    let end = match sent.get("endDateTime").filter(|end| !end.is_null()) {
        Some(end) => end
            .as_str()
            .and_then(|end| end.parse::<Timestamp>().ok())
            .ok_or_else(|| invalid("endDateTime"))?,
        None => latest,
    };
    // A client that adds exactly three years to its own clock is within them.
    if end <= call.now() || end > latest + SignedDuration::from_mins(5) {
        return Err(invalid("endDateTime"));
    }
    policies::check_key(tables, &id, call.now(), call.now(), end)?;
    let der = self_signed(common, call.now(), end).ok_or(GraphError::Unmade)?;
    let key = STANDARD.encode(&der);
    let thumbprint = certificate::read(&key).ok_or(GraphError::Unmade)?.thumbprint;
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, &der);
    let identifier = STANDARD.encode(digest);
    let (private, public) = (random::fresh_guid(), random::fresh_guid());
    let part = |id: &str, kind: &str, usage: &str| {
        json!({
            "customKeyIdentifier": identifier, "displayName": name, "endDateTime": moment(end), "key": key, "keyId": id,
            "startDateTime": moment(call.now()), "type": kind, "usage": usage,
        })
    };
    let keys = [part(&private, "X509CertAndPassword", "Sign"), part(&public, "AsymmetricX509Cert", "Verify")];
    let password = json!({
        "customKeyIdentifier": identifier, "displayName": name, "endDateTime": moment(end), "hint": null,
        "keyId": private, "secretText": null, "startDateTime": moment(call.now()),
    });
    let mut shown = keys[1].clone();
    edit(row_mut(tables, "servicePrincipal", &id)?, call.now(), |body| {
        for (list, entries) in [("keyCredentials", keys.to_vec()), ("passwordCredentials", vec![password])] {
            let held = body.entry(list).or_insert_with(|| json!([]));
            if let Some(all) = held.as_array_mut() {
                all.extend(entries);
            }
        }
    });
    shown["thumbprint"] = thumbprint.into();
    shown["@odata.context"] =
        format!("{}/$metadata#microsoft.graph.selfSignedCertificate", call.root()).into();
    Ok(GraphResponse::json(StatusCode::OK, shown))
}

/// The longest life, and the usual one.
fn three_years_after(start: Timestamp) -> Timestamp {
    let zoned = start.to_zoned(TimeZone::UTC);
    zoned.checked_add(3.years()).map_or(start + SignedDuration::from_hours(24 * 1_095), |end| end.timestamp())
}

/// A certificate of a key that is thrown away: nobody signs in through this tenant with SAML.
fn self_signed(common_name: &str, start: Timestamp, end: Timestamp) -> Option<Vec<u8>> {
    let pair = KeyPair::generate(KeySize::Rsa2048).ok()?;
    let pkcs8 = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).ok()?.as_ref().to_vec();
    let key = rcgen::KeyPair::try_from(pkcs8).ok()?;
    let mut parameters = rcgen::CertificateParams::default();
    parameters.distinguished_name = rcgen::DistinguishedName::new();
    parameters.distinguished_name.push(rcgen::DnType::CommonName, common_name);
    let since_1970 =
        |at: Timestamp| std::time::Duration::from_secs(u64::try_from(at.as_second()).unwrap_or(0));
    parameters.not_before = rcgen::date_time_ymd(1970, 1, 1) + since_1970(start);
    parameters.not_after = rcgen::date_time_ymd(1970, 1, 1) + since_1970(end);
    Some(parameters.self_signed(&key).ok()?.der().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_certificate_says_what_was_asked() {
        let start: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let end = three_years_after(start);
        assert_eq!(end.to_string(), "2029-11-20T10:00:00Z");
        let der = self_signed("Travel", start, end).unwrap();
        let read = certificate::read(&STANDARD.encode(der)).unwrap();
        assert_eq!((read.subject.as_str(), read.not_before, read.not_after), ("CN=Travel", start, end));
    }
}
