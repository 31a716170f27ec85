//! Which properties of an object an answer shows.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::error::{GraphError, Result};
use super::odata::options::Options;
use super::schema::{EntityType, Property, PropertyType};

/// How an object is shown.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shape<'a> {
    /// `$select`; `None` shows the type's default.
    pub(crate) select: Option<&'a [&'a str]>,
    /// Asked for by itself, not as part of a list.
    pub(crate) single: bool,
    /// Lists of mixed types say each object's type.
    pub(crate) typed: bool,
}

/// What Entra shows of a registration or an enterprise app where nothing was set.
static BLANK: LazyLock<Map<String, Value>> = LazyLock::new(|| {
    let blank = json!({
        "api": {
            "acceptMappedClaims": null, "knownClientApplications": [], "requestedAccessTokenVersion": null,
            "oauth2PermissionScopes": [], "preAuthorizedApplications": []
        },
        "web": {
            "homePageUrl": null, "logoutUrl": null, "redirectUris": [], "redirectUriSettings": [],
            "implicitGrantSettings": { "enableAccessTokenIssuance": false, "enableIdTokenIssuance": false }
        },
        "publicClient": { "redirectUris": [] },
        "spa": { "redirectUris": [] },
        "info": {
            "termsOfServiceUrl": null, "supportUrl": null, "privacyStatementUrl": null, "marketingUrl": null, "logoUrl": null
        },
        "parentalControlSettings": { "countriesBlockedForMinors": [], "legalAgeGroupRule": "Allow" },
        "verifiedPublisher": { "displayName": null, "verifiedPublisherId": null, "addedDateTime": null },
    });
    match blank {
        Value::Object(blank) => blank,
        _ => Map::new(),
    }
});

/// The blank settings of these names, for a registration that has none of them.
pub(crate) fn blank_settings() -> impl Iterator<Item = (&'static String, &'static Value)> {
    BLANK.iter()
}

/// The names of `$select` as the type spells them; `None` without `$select` or with `*`.
///
/// # Errors
/// A name that the type does not have.
pub(crate) fn checked_select<'k>(kind: &'k EntityType, options: &Options) -> Result<Option<Vec<&'k str>>> {
    let Some(select) = &options.select else { return Ok(None) };
    if select.iter().any(|name| name == "*") {
        return Ok(None);
    }
    let mut names = Vec::with_capacity(select.len());
    for name in select {
        let first = name.split('/').next().unwrap_or_default();
        match kind.property(first) {
            Some((name, _)) => names.push(name),
            // Directory extensions and open types; nothing is stored under these names.
            None if first.starts_with("extension_") || options.beta => {}
            None => {
                return Err(GraphError::UnknownSelected {
                    property: first.to_owned(),
                    kind: kind.name.clone(),
                });
            }
        }
    }
    Ok(Some(names))
}

/// The object as shown. Properties whose names start with `_` are the tenant's own and never shown.
pub(crate) fn project(kind: &EntityType, body: &Map<String, Value>, shape: Shape<'_>) -> Map<String, Value> {
    let mut shown = Map::new();
    if shape.typed {
        shown.insert("@odata.type".into(), format!("#microsoft.graph.{}", kind.name).into());
    }
    if let Some(etag) = body.get("@odata.etag") {
        shown.insert("@odata.etag".into(), etag.clone());
    }
    match shape.select {
        Some(select) => {
            for name in select {
                if let Some(property) = kind.properties.get(*name)
                    && !property.navigation
                {
                    show(&mut shown, kind, name, property, body, shape);
                }
            }
            // Exchange always says which item it is.
            if is_item(kind) && !shown.contains_key("id") {
                shown.extend(body.get("id").map(|id| ("id".to_owned(), id.clone())));
            }
        }
        None => {
            for (name, property) in kind.shown() {
                show(&mut shown, kind, name, property, body, shape);
            }
        }
    }
    shown
}

fn show(
    shown: &mut Map<String, Value>,
    kind: &EntityType,
    name: &str,
    property: &Property,
    body: &Map<String, Value>,
    shape: Shape<'_>,
) {
    let value = match body.get(name) {
        Some(value) if name == "keyCredentials" => without_keys(value, shape),
        Some(value) if name == "passwordCredentials" => without_secrets(value),
        Some(value) => value.clone(),
        None if is_application(kind) && BLANK.contains_key(name) => BLANK[name].clone(),
        None if matches!(property.holds, PropertyType::Collection(_)) => Value::Array(vec![]),
        None if property.nullable => Value::Null,
        None if is_application(kind) && property.holds == PropertyType::Bool => Value::Bool(false),
        None => return,
    };
    shown.insert(name.to_owned(), value);
}

fn is_application(kind: &EntityType) -> bool {
    matches!(kind.name.as_str(), "application" | "servicePrincipal")
}

/// The certificate itself is shown only for one object, and only when it is selected.
fn without_keys(value: &Value, shape: Shape<'_>) -> Value {
    let mut value = value.clone();
    if !(shape.single && shape.select.is_some()) {
        for key in value.as_array_mut().into_iter().flatten() {
            key["key"] = Value::Null;
        }
    }
    value
}

fn without_secrets(value: &Value) -> Value {
    let mut value = value.clone();
    for credential in value.as_array_mut().into_iter().flatten() {
        credential["secretText"] = Value::Null;
    }
    value
}

/// Whether this is something in a mailbox rather than in the directory.
pub(crate) fn is_item(kind: &EntityType) -> bool {
    matches!(kind.name.as_str(), "message" | "event" | "mailFolder" | "calendar")
}

#[cfg(test)]
mod tests {
    use super::super::schema::entity;
    use super::*;

    fn shown(select: Option<&[&str]>, single: bool) -> Map<String, Value> {
        let body = json!({
            "id": "1", "displayName": "x", "_createdBy": "hidden",
            "keyCredentials": [{ "keyId": "k", "key": "MII" }],
            "passwordCredentials": [{ "keyId": "p", "hint": "abc" }]
        });
        project(entity("application"), body.as_object().unwrap(), Shape { select, single, typed: false })
    }

    #[test]
    fn everything_documented_is_there_and_nothing_private() {
        let all = shown(None, true);
        assert_eq!(all["tags"], json!([]));
        assert_eq!(all["description"], Value::Null);
        assert!(!all.contains_key("_createdBy") && !all.contains_key("owners"));
        assert_eq!(all["passwordCredentials"][0]["secretText"], Value::Null);
    }

    #[test]
    fn a_key_is_shown_for_one_object_when_selected_only() {
        assert_eq!(shown(None, true)["keyCredentials"][0]["key"], Value::Null);
        assert_eq!(shown(Some(&["keyCredentials"]), false)["keyCredentials"][0]["key"], Value::Null);
        assert_eq!(shown(Some(&["keyCredentials"]), true)["keyCredentials"][0]["key"], "MII");
    }

    #[test]
    fn only_what_is_selected_comes_and_unknown_names_are_refused() {
        assert_eq!(shown(Some(&["displayName"]), true).len(), 1);
        let options =
            Options::parse(Some("$select=DisplayName,nope"), &http::HeaderMap::new(), false).unwrap();
        let error = checked_select(entity("application"), &options).unwrap_err().to_string();
        assert!(error.ends_with("'nope' on type 'microsoft.graph.application'."), "{error}");
    }
}
