//! App registrations and enterprise apps.

use serde_json::{Value, json};

use super::credentials::{certificate, secret};
use super::health::{Credential, Enterprise, Platform, REGISTRATIONS, Registration};
use super::{DOMAIN, Ground, grants, tenant_id};
use crate::random::Random;
use crate::store::{Row, Tables};

/// Applications of other organisations that people here consented to: name, Graph scopes, for everyone.
const FOREIGN: [(&str, &str, bool); 4] = [
    ("Contoso Meetings", "User.Read Calendars.ReadWrite", true),
    ("Fabrikam Whiteboard", "User.Read Files.ReadWrite", false),
    ("Northwind Travel", "User.Read Calendars.Read Mail.Read", false),
    ("Adatum Expense", "User.Read email profile", true),
];
const AREAS: [&str; 12] = [
    "Depot", "Dock", "Driver", "Export", "Fleet", "Freight", "Import", "Parcel", "Trailer", "Transit",
    "Truck", "Yard",
];
const PURPOSES: [&str; 12] = [
    "Alerts",
    "Archive",
    "Assistant",
    "Dashboard",
    "Export",
    "Feed",
    "Forms",
    "Import",
    "Monitor",
    "Portal",
    "Reports",
    "Sync",
];

/// Adds `count` registrations: the ones with a story first, then as many from patterns as are missing.
pub(crate) fn add(ground: &Ground, count: usize, tables: &mut Tables) {
    let mut alive = 0;
    for (index, registration) in REGISTRATIONS.iter().enumerate() {
        if registration.deleted.is_none() {
            if alive == count {
                continue;
            }
            alive += 1;
        }
        with_a_story(ground, tables, index, registration);
    }
    let mut random = Random::for_purpose(ground.seed, "registrations");
    for number in alive..count {
        from_a_pattern(ground, tables, number, &mut random);
    }
    for (name, scopes, everyone) in FOREIGN {
        foreign(ground, tables, name, scopes, everyone);
    }
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
            Credential::Federated(branch) => federated.push(json!({
                "id": ground.id(&format!("{key}:federated")),
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
        body["federatedIdentityCredentials"] = Value::Array(federated);
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
    let owner = wanted
        .owner
        .and_then(|local| tables.user(&format!("{local}@{DOMAIN}")))
        .map(|user| user.text("id").to_owned());
    tables.owners.insert(id, owner.into_iter().collect());
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

/// One of the many that nobody remembers.
fn from_a_pattern(ground: &Ground, tables: &mut Tables, number: usize, random: &mut Random) {
    let (id, app_id) = (random.guid(), random.guid());
    let area = random.pick(&AREAS).copied().unwrap_or_default();
    let purpose = random.pick(&PURPOSES).copied().unwrap_or_default();
    let name = if number < 60 { format!("{area} {purpose}") } else { format!("{area} {purpose} {number}") };
    let age = 30 + i64::try_from(random.below(1_400)).unwrap_or(0);
    let mut body = skeleton(&name, &id, &app_id, "AzureADMyOrg");
    if random.below(4) != 0 {
        // Most end within two years; one in six has ended.
        let end = i64::try_from(random.below(720)).unwrap_or(0) - 120;
        body["passwordCredentials"] =
            json!([secret(ground, tables, &id, &purpose.to_lowercase(), end - 365, end)]);
    }
    let (roles, names): (Value, &[&str]) = match random.below(3) {
        0 => (json!([{"id": "df021288-bdef-4463-88db-98f22de89214", "type": "Role"}]), &["User.Read.All"]),
        1 => (json!([{"id": "798ee544-9d2d-430c-a058-570e29e34338", "type": "Role"}]), &["Calendars.Read"]),
        _ => (json!([{"id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope"}]), &[]),
    };
    body["requiredResourceAccess"] =
        json!([{"resourceAppId": crate::reference::GRAPH, "resourceAccess": roles}]);
    tables.applications.insert(id, ground.row(age, body));
    let enterprise = random.guid();
    let row = service_principal(ground, &enterprise, &app_id, &name, &tenant_id(ground.seed), age);
    tables.service_principals.insert(enterprise.clone(), row);
    if random.below(5) != 0 {
        grants::application(ground, tables, &enterprise, crate::reference::GRAPH, names);
    }
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

fn skeleton(name: &str, id: &str, app_id: &str, audience: &str) -> Value {
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

fn service_principal(ground: &Ground, id: &str, app_id: &str, name: &str, owner: &str, age: i64) -> Row {
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
