//! Which properties each Graph type has, read from Microsoft's published description (`reference/graph-v1.0-subset.openapi.json`).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use crate::packed::{self, packed};

/// Of the description the types and the names of the paths (`build.rs`), where the description has them.
pub(crate) fn openapi() -> &'static Value {
    static CELL: OnceLock<Value> = OnceLock::new();
    CELL.get_or_init(|| packed::read(packed!("types-and-paths.json")).unwrap_or_default())
}

/// What a property holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PropertyType {
    Text,
    Guid,
    Moment,
    Bool,
    Number,
    /// A complex or enumeration type, by its name without namespace.
    Named(String),
    Collection(Box<Self>),
}

/// One property.
#[derive(Debug, Clone)]
pub(crate) struct Property {
    pub(crate) holds: PropertyType,
    pub(crate) nullable: bool,
    /// Leads to other objects; shown only with `$expand`.
    pub(crate) navigation: bool,
    /// Shown only when it is selected.
    pub(crate) select_only: bool,
}

/// One entity or complex type.
#[derive(Debug, Default)]
pub(crate) struct EntityType {
    pub(crate) name: String,
    pub(crate) properties: BTreeMap<String, Property>,
    /// The values of an enumeration.
    pub(crate) values: Vec<String>,
}

impl EntityType {
    /// The property of this name, forgiving its case as Graph does.
    pub(crate) fn property(&self, name: &str) -> Option<(&str, &Property)> {
        self.properties
            .get_key_value(name)
            .or_else(|| self.properties.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)))
            .map(|(own, property)| (own.as_str(), property))
    }

    /// The properties that an answer has without `$select`.
    pub(crate) fn shown(&self) -> impl Iterator<Item = (&str, &Property)> {
        self.properties.iter().map(|(name, property)| (name.as_str(), property)).filter(|(name, property)| {
            !property.navigation
                && if self.name == "user" { USER_DEFAULT.contains(name) } else { !property.select_only }
        })
    }
}

/// What `GET /users` shows without `$select` ("List users", optional query parameters).
const USER_DEFAULT: [&str; 12] = [
    "businessPhones",
    "displayName",
    "givenName",
    "id",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
    "@odata.type",
];

/// Properties that the resource pages mark as shown only with `$select`, where the description does not say so.
const SELECT_ONLY: [(&str, &str); 8] = [
    ("application", "logo"),
    ("application", "authenticationBehaviors"),
    ("application", "managerApplications"),
    ("application", "createdByAppId"),
    ("servicePrincipal", "customSecurityAttributes"),
    ("servicePrincipal", "createdByAppId"),
    ("message", "uniqueBody"),
    ("message", "internetMessageHeaders"),
];

/// Types of `/beta` that the description of v1.0 does not have: name and properties in the description's own form.
const BETA: [(&str, &str); 5] = [
    (
        "customAppScope",
        r##"{"properties": {"id": {"type": "string"}, "type": {"type": "string"}, "displayName": {"type": "string"},
            "customAttributes": {"$ref": "#/components/schemas/microsoft.graph.customAppScopeAttributesDictionary"}}}"##,
    ),
    (
        "customAppScopeAttributesDictionary",
        r#"{"properties": {"Exclusive": {"type": "boolean"}, "RecipientFilter": {"type": "string"}}}"#,
    ),
    (
        "betaSignIn",
        r#"{"extends": "microsoft.graph.signIn", "properties": {
            "signInEventTypes": {"type": "array", "items": {"type": "string"}}, "clientCredentialType": {"type": "string"},
            "servicePrincipalCredentialKeyId": {"type": "string", "nullable": true},
            "servicePrincipalCredentialThumbprint": {"type": "string", "nullable": true},
            "crossTenantAccessType": {"type": "string"}, "tokenIssuerType": {"type": "string"},
            "tokenIssuerName": {"type": "string"}, "incomingTokenType": {"type": "string"},
            "isTenantRestricted": {"type": "boolean"}, "originalRequestId": {"type": "string"},
            "uniqueTokenIdentifier": {"type": "string"}, "userType": {"type": "string", "nullable": true}}}"#,
    ),
    (
        "appCredentialSignInActivity",
        r##"{"properties": {"id": {"type": "string"}, "keyId": {"type": "string"}, "keyType": {"type": "string"},
            "keyUsage": {"type": "string"}, "appId": {"type": "string"}, "appObjectId": {"type": "string", "nullable": true},
            "servicePrincipalObjectId": {"type": "string", "nullable": true}, "resourceId": {"type": "string"},
            "credentialOrigin": {"type": "string"},
            "createdDateTime": {"type": "string", "format": "date-time", "nullable": true},
            "expirationDateTime": {"type": "string", "format": "date-time", "nullable": true},
            "signInActivity": {"$ref": "#/components/schemas/microsoft.graph.signInActivity"}}}"##,
    ),
    (
        "servicePrincipalSignInActivity",
        r##"{"properties": {"id": {"type": "string"}, "appId": {"type": "string"},
            "lastSignInActivity": {"$ref": "#/components/schemas/microsoft.graph.signInActivity"},
            "delegatedClientSignInActivity": {"$ref": "#/components/schemas/microsoft.graph.signInActivity"},
            "delegatedResourceSignInActivity": {"$ref": "#/components/schemas/microsoft.graph.signInActivity"},
            "applicationAuthenticationClientSignInActivity": {"$ref": "#/components/schemas/microsoft.graph.signInActivity"},
            "applicationAuthenticationResourceSignInActivity": {"$ref": "#/components/schemas/microsoft.graph.signInActivity"}}}"##,
    ),
];

fn on_beta(name: &str, schema: &str) -> EntityType {
    let mut kind = EntityType { name: name.to_owned(), ..EntityType::default() };
    let schema: Value = serde_json::from_str(schema).unwrap_or_default();
    if let Some(base) = schema["extends"].as_str() {
        collect(referenced(base), &mut kind);
    }
    add_properties(&schema, &mut kind);
    kind
}

/// The type of this name, without namespace; an empty type when the description does not have it.
pub(crate) fn entity(name: &str) -> &'static EntityType {
    static CELL: OnceLock<BTreeMap<String, EntityType>> = OnceLock::new();
    static EMPTY: OnceLock<EntityType> = OnceLock::new();
    CELL.get_or_init(|| {
        let schemas = openapi()["components"]["schemas"].as_object();
        let published = schemas.into_iter().flatten().filter_map(|(full, schema)| {
            let name = full.strip_prefix("microsoft.graph.")?;
            let mut kind = EntityType { name: name.to_owned(), ..EntityType::default() };
            collect(schema, &mut kind);
            Some((name.to_owned(), kind))
        });
        published.chain(BETA.iter().map(|(name, schema)| (name.to_string(), on_beta(name, schema)))).collect()
    })
    .get(name)
    .unwrap_or_else(|| EMPTY.get_or_init(EntityType::default))
}

fn collect(schema: &'static Value, kind: &mut EntityType) {
    let values = schema["enum"].as_array().into_iter().flatten();
    kind.values.extend(values.filter_map(Value::as_str).map(str::to_owned));
    for base in schema["allOf"].as_array().into_iter().flatten() {
        collect(base["$ref"].as_str().map_or(base, referenced), kind);
    }
    add_properties(schema, kind);
}

fn add_properties(schema: &Value, kind: &mut EntityType) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let description = property["description"].as_str().unwrap_or_default();
        let marked = SELECT_ONLY.contains(&(kind.name.as_str(), name.as_str()))
            || description.contains("Returned only on $select")
            || description.contains("Returned only on `$select`");
        kind.properties.insert(
            name.clone(),
            Property {
                holds: holds(property),
                nullable: property["nullable"].as_bool().unwrap_or_default() || property["anyOf"].is_array(),
                navigation: !property["x-trimmed-navigation"].is_null(),
                select_only: marked,
            },
        );
    }
}

/// The schema that a `#/components/schemas/...` reference names.
pub(crate) fn referenced(reference: &str) -> &'static Value {
    let name = reference.rsplit('/').next().unwrap_or_default();
    &openapi()["components"]["schemas"][name]
}

fn holds(property: &Value) -> PropertyType {
    let reference = property["$ref"].as_str().or_else(|| property["anyOf"][0]["$ref"].as_str());
    if let Some(reference) = reference {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return PropertyType::Named(name.trim_start_matches("microsoft.graph.").to_owned());
    }
    match (property["type"].as_str(), property["format"].as_str()) {
        (Some("array"), _) => PropertyType::Collection(Box::new(holds(&property["items"]))),
        (Some("boolean"), _) => PropertyType::Bool,
        (Some("integer" | "number"), _) => PropertyType::Number,
        (_, Some("uuid")) => PropertyType::Guid,
        (_, Some("date-time")) => PropertyType::Moment,
        _ => PropertyType::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inherited_properties_navigations_and_types_are_known() {
        let application = entity("application");
        assert!(application.properties.contains_key("id"), "from entity");
        assert!(application.properties.contains_key("deletedDateTime"), "from directoryObject");
        assert!(application.properties["owners"].navigation);
        assert_eq!(application.properties["createdDateTime"].holds, PropertyType::Moment);
        assert_eq!(application.property("DISPLAYNAME").map(|(name, _)| name), Some("displayName"));
        assert!(entity("noSuchType").properties.is_empty());
    }

    #[test]
    fn a_user_shows_eleven_properties() {
        assert_eq!(entity("user").shown().count(), 11);
        assert!(entity("application").shown().all(|(name, _)| name != "owners" && name != "logo"));
    }
}
