//! App registrations and enterprise apps.

use serde_json::{Value, json};

use super::credentials::{End, certificate, secret, secret_until, signing_certificate};
use super::findings::FINDINGS;
use super::health::{Credential, Enterprise, Platform, REGISTRATIONS, Registration};
use super::{DOMAIN, Ground, grants, many, tenant_id};
use crate::store::{Row, Tables};

/// Applications of other organisations that people here consented to: name, Graph scopes, for everyone.
const FOREIGN: [(&str, &str, bool); 4] = [
    ("Contoso Meetings", "User.Read Calendars.ReadWrite", true),
    ("Fabrikam Whiteboard", "User.Read Files.ReadWrite", false),
    ("Northwind Travel", "User.Read Calendars.Read Mail.Read", false),
    ("Adatum Expense", "User.Read email profile", true),
];
/// Adds `count` registrations: the ones with a story first, then as many from patterns as are missing.
pub(crate) fn add(ground: &Ground, count: usize, tables: &mut Tables) {
    let mut alive = 0;
    for (index, registration) in REGISTRATIONS.iter().chain(FINDINGS).enumerate() {
        if registration.deleted.is_none() {
            if alive == count {
                continue;
            }
            alive += 1;
        }
        with_a_story(ground, tables, index, registration);
    }
    if alive < count {
        product(ground, tables);
        alive += 1;
    }
    many::add(ground, alive..count, tables);
    for (name, scopes, everyone) in FOREIGN {
        foreign(ground, tables, name, scopes, everyone);
    }
    grants::of_people(ground, tables);
}

/// A program that the organisation publishes for everybody: work, school and personal accounts, on people's own devices.
const PRODUCT: (&str, &str) = (
    "Skylark Planner",
    "openid profile offline_access User.Read Calendars.ReadWrite Mail.Read Mail.Send Contacts.Read",
);

fn product(ground: &Ground, tables: &mut Tables) {
    let (name, scopes) = PRODUCT;
    let [id, app_id, enterprise] =
        ["object", "client", "enterprise"].map(|part| ground.id(&format!("product:{name}:{part}")));
    let mut body = skeleton(name, &id, &app_id, "AzureADandPersonalMicrosoftAccount");
    body["publicClient"]["redirectUris"] = json!(["http://localhost"]);
    body["isFallbackPublicClient"] = json!(true);
    // Personal accounts need the newer tokens ("signInAudience", validation differences).
    body["api"]["requestedAccessTokenVersion"] = json!(2);
    if let Some(graph) = tables.service_principal_by_app_id(crate::reference::GRAPH) {
        let ids = scopes
            .split(' ')
            .filter_map(|scope| grants::permission_id(graph, "oauth2PermissionScopes", scope));
        let access: Vec<_> = ids.map(|id| json!({"id": id, "type": "Scope"})).collect();
        body["requiredResourceAccess"] =
            json!([{"resourceAppId": crate::reference::GRAPH, "resourceAccess": access}]);
    }
    tables.applications.insert(id, ground.row(60, body));
    let mut row = service_principal(ground, &enterprise, &app_id, name, &tenant_id(ground.seed), 60);
    row.body.insert("signInAudience".into(), json!("AzureADandPersonalMicrosoftAccount"));
    row.body.insert("replyUrls".into(), json!(["http://localhost"]));
    tables.service_principals.insert(enterprise, row);
}

/// How many registrations have a story, deleted ones included.
pub(super) fn stories() -> usize {
    REGISTRATIONS.len() + FINDINGS.len()
}

fn with_a_story(ground: &Ground, tables: &mut Tables, index: usize, wanted: &Registration) {
    let key = format!("story:{index}");
    let (id, app_id) = (ground.id(&format!("{key}:object")), ground.id(&format!("{key}:client")));
    let mut passwords = Vec::new();
    let mut keys = Vec::new();
    let mut federated = Vec::new();
    for credential in wanted.credentials {
        match *credential {
            Credential::Secret(name, start, end) => {
                passwords.push(secret(ground, tables, &id, name, start, end));
            }
            Credential::Certificate(name, start, end) => {
                keys.push(certificate(ground, &id, name, start, end));
            }
            Credential::FarAway(name, start) => {
                passwords.push(secret_until(ground, tables, &id, name, start, End::Year2299));
            }
            Credential::Endless(name, start) => {
                passwords.push(secret_until(ground, tables, &id, name, start, End::Never));
            }
            // Given to the enterprise app below.
            Credential::OnEnterprise(..) => {}
            Credential::Federated(branch) => federated.push(json!({
                "id": ground.id(&format!("{key}:federated:{branch}")),
                "name": format!("github-{branch}"),
                "issuer": "https://token.actions.githubusercontent.com",
                "subject": format!("repo:lindqvist-practice/pipeline:ref:refs/heads/{branch}"),
                "description": null,
                "audiences": ["api://AzureADTokenExchange"],
            })),
        }
    }
    let mut body = skeleton(wanted.name, &id, &app_id, wanted.audience);
    body["passwordCredentials"] = Value::Array(passwords);
    body["keyCredentials"] = Value::Array(keys);
    body["requiredResourceAccess"] = required(tables, wanted);
    let platform = match wanted.platform {
        Platform::Web => "web",
        Platform::Spa => "spa",
        Platform::Desktop => "publicClient",
    };
    body[platform]["redirectUris"] = json!(wanted.redirects);
    if wanted.device_code {
        body["isFallbackPublicClient"] = json!(true);
    }
    if !federated.is_empty() {
        body["_federatedIdentityCredentials"] = Value::Array(federated);
    }
    if wanted.disabled_by_microsoft {
        body["disabledByMicrosoftStatus"] = json!("DisabledDueToViolationOfServicesAgreement");
    }
    let mut row = ground.row(wanted.age, body);
    row.deleted = wanted.deleted.map(|days| ground.days(-days));
    if let Some(deleted) = row.deleted {
        row.body.insert("deletedDateTime".into(), json!(super::moment(deleted)));
    }
    tables.applications.insert(id.clone(), row);
    let owners = [wanted.owner, wanted.second_owner].into_iter().flatten();
    let owners = owners.filter_map(|local| tables.user(&format!("{local}@{DOMAIN}")));
    let owners = owners.map(|user| user.text("id").to_owned()).collect();
    tables.owners.insert(id, owners);
    if wanted.enterprise != Enterprise::Missing && wanted.deleted.is_none() {
        enterprise(ground, tables, &key, wanted, &app_id);
    }
}

fn enterprise(ground: &Ground, tables: &mut Tables, key: &str, wanted: &Registration, app_id: &str) {
    let id = ground.id(&format!("{key}:enterprise"));
    let mut row = service_principal(ground, &id, app_id, wanted.name, &tenant_id(ground.seed), wanted.age);
    row.body.insert("accountEnabled".into(), json!(wanted.enterprise != Enterprise::Disabled));
    row.body.insert(
        "appRoleAssignmentRequired".into(),
        json!(wanted.enterprise == Enterprise::AssignmentRequired),
    );
    row.body.insert("signInAudience".into(), json!(wanted.audience));
    row.body.insert("replyUrls".into(), json!(wanted.redirects));
    if wanted.disabled_by_microsoft {
        row.body
            .insert("disabledByMicrosoftStatus".into(), json!("DisabledDueToViolationOfServicesAgreement"));
    }
    credentials_of_its_own(ground, tables, wanted, &id, &mut row);
    tables.service_principals.insert(id.clone(), row);
    for (resource, names) in wanted.granted {
        grants::application(ground, tables, &id, resource, names);
    }
    for (resource, scopes) in wanted.granted_scopes {
        grants::delegated(ground, tables, &id, resource, scopes, None);
    }
    if let Some((local, scopes)) = wanted.personal {
        let person = tables.user(&format!("{local}@{DOMAIN}")).map(|user| user.text("id").to_owned());
        grants::delegated(ground, tables, &id, crate::reference::GRAPH, scopes, person.as_deref());
    }
}

/// What the enterprise app holds itself: secrets, and certificates that sign SAML answers.
fn credentials_of_its_own(
    ground: &Ground,
    tables: &mut Tables,
    wanted: &Registration,
    id: &str,
    row: &mut Row,
) {
    let mut passwords = Vec::new();
    for credential in wanted.credentials {
        if let Credential::OnEnterprise(name, start, end) = *credential {
            passwords.push(secret(ground, tables, id, name, start, end));
        }
    }
    let mut keys = Vec::new();
    for (place, &(name, start, end)) in wanted.saml.iter().enumerate() {
        let certificate = signing_certificate(ground, id, name, (start, end));
        keys.extend(certificate.keys);
        passwords.push(certificate.password);
        if place == 0 {
            let address = format!("it@{DOMAIN}");
            for (property, value) in [
                ("preferredSingleSignOnMode", json!("saml")),
                ("preferredTokenSigningKeyThumbprint", json!(certificate.thumbprint)),
                ("notificationEmailAddresses", json!([address])),
                ("samlSingleSignOnSettings", json!({"relayState": null})),
                (
                    "tags",
                    json!([
                        "WindowsAzureActiveDirectoryCustomSingleSignOnApplication",
                        "WindowsAzureActiveDirectoryIntegratedApp"
                    ]),
                ),
            ] {
                row.body.insert(property.into(), value);
            }
        }
    }
    row.body.insert("passwordCredentials".into(), Value::Array(passwords));
    row.body.insert("keyCredentials".into(), Value::Array(keys));
}

/// `requiredResourceAccess`: both kinds of permission, grouped by resource.
fn required(tables: &Tables, wanted: &Registration) -> Value {
    let mut by_resource: Vec<(&str, Vec<Value>)> = Vec::new();
    for (list, kind, asked) in
        [("appRoles", "Role", wanted.asks), ("oauth2PermissionScopes", "Scope", wanted.asks_scopes)]
    {
        for (resource, names) in asked {
            let Some(row) = tables.service_principal_by_app_id(resource) else { continue };
            let access = names
                .iter()
                .filter_map(|name| grants::permission_id(row, list, name))
                .map(|id| json!({"id": id, "type": kind}));
            match by_resource.iter_mut().find(|(known, _)| known == resource) {
                Some((_, all)) => all.extend(access),
                None => by_resource.push((resource, access.collect())),
            }
        }
    }
    by_resource
        .into_iter()
        .map(|(resource, access)| json!({"resourceAppId": resource, "resourceAccess": access}))
        .collect()
}

fn foreign(ground: &Ground, tables: &mut Tables, name: &str, scopes: &str, everyone: bool) {
    let (id, app_id) = (ground.id(&format!("foreign:{name}")), ground.id(&format!("foreign:{name}:client")));
    let mut row =
        service_principal(ground, &id, &app_id, name, &ground.id(&format!("tenant of {name}")), 500);
    row.body.insert("signInAudience".into(), json!("AzureADMultipleOrgs"));
    tables.service_principals.insert(id.clone(), row);
    let person = tables.user(&format!("erik.johansson@{DOMAIN}")).map(|user| user.text("id").to_owned());
    grants::delegated(
        ground,
        tables,
        &id,
        crate::reference::GRAPH,
        scopes,
        if everyone { None } else { person.as_deref() },
    );
}

/// A registration with nothing set.
pub(super) fn skeleton(name: &str, id: &str, app_id: &str, audience: &str) -> Value {
    json!({
        "id": id,
        "appId": app_id,
        "displayName": name,
        "publisherDomain": DOMAIN,
        "signInAudience": audience,
        "identifierUris": [],
        "tags": [],
        "addIns": [],
        "appRoles": [],
        "isFallbackPublicClient": null,
        "uniqueName": null,
        "notes": null,
        "description": null,
        "api": {"acceptMappedClaims": null, "knownClientApplications": [], "oauth2PermissionScopes": [], "preAuthorizedApplications": [], "requestedAccessTokenVersion": null},
        "keyCredentials": [],
        "passwordCredentials": [],
        "requiredResourceAccess": [],
        "publicClient": {"redirectUris": []},
        "spa": {"redirectUris": []},
        "web": {
            "homePageUrl": null, "logoutUrl": null, "redirectUris": [], "redirectUriSettings": [],
            "implicitGrantSettings": {"enableAccessTokenIssuance": false, "enableIdTokenIssuance": false},
        },
    })
}

/// An enterprise app with nothing set.
pub(super) fn service_principal(
    ground: &Ground,
    id: &str,
    app_id: &str,
    name: &str,
    owner: &str,
    age: i64,
) -> Row {
    ground.row(
        age,
        json!({
            "id": id,
            "appId": app_id,
            "displayName": name,
            "appDisplayName": name,
            "appOwnerOrganizationId": owner,
            "accountEnabled": true,
            "appRoleAssignmentRequired": false,
            "servicePrincipalType": "Application",
            "signInAudience": "AzureADMyOrg",
            "servicePrincipalNames": [app_id],
            "replyUrls": [],
            "appRoles": [],
            "oauth2PermissionScopes": [],
            "tags": ["WindowsAzureActiveDirectoryIntegratedApp"],
            "keyCredentials": [],
            "passwordCredentials": [],
            "alternativeNames": [],
            "notificationEmailAddresses": [],
            "addIns": [],
        }),
    )
}
