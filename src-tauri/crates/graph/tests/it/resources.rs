//! Resources as Microsoft's pages show them.

use graph::resources::{
    AppManagementPolicy, Application, AuthorizationPolicy, ConsentType, DirectoryObject,
    OAuth2PermissionGrant, Organization, PrincipalType, RestrictionType, ScopeType, ServicePrincipal,
    SignInAudience,
};
use graph::{GraphErrorCode, UserRef};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

#[test]
fn an_app_registration_is_read_with_its_secrets_and_permissions() {
    let app: Application = read(json!({
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#applications/$entity",
        "id": "03EF14B0-CA33-4840-8F4F-D6E91916010E", "deletedDateTime": null,
        "appId": "631a96bc-a705-4eda-9f99-fdaf9f54f6a2", "displayName": "Cirrus Insight", "uniqueName": null,
        "createdDateTime": "2019-09-17T19:10:35.2742618Z", "signInAudience": "AzureADMyOrg", "tags": null,
        "web": {"redirectUris": null, "implicitGrantSettings": {"enableIdTokenIssuance": true}},
        "requiredResourceAccess": [{"resourceAppId": "00000003-0000-0000-c000-000000000000", "resourceAccess": [
            {"id": "798ee544-9d2d-430c-a058-570e29e34338", "type": "Role"},
            {"id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope"},
        ]}],
        "passwordCredentials": [{"customKeyIdentifier": null, "displayName": "old", "endDateTime": "2299-12-31T05:00:00Z",
            "hint": "Bo7", "keyId": "f0b0b335-1d71-4883-8f98-567911bfdca6", "secretText": null,
            "startDateTime": "2019-09-17T19:10:35Z"}],
    }));
    assert_eq!(app.id.as_str(), "03ef14b0-ca33-4840-8f4f-d6e91916010e", "one spelling for every GUID");
    assert_eq!(app.sign_in_audience, Some(SignInAudience::MyOrg));
    assert_eq!(app.required_resource_access[0].resource_access.len(), 2);
    assert_eq!(app.password_credentials[0].hint.as_deref(), Some("Bo7"));
    assert!(app.tags.is_empty() && app.web.unwrap().redirect_uris.is_empty());
}

#[test]
fn a_permission_is_found_by_name_among_those_of_its_kind() {
    let api: ServicePrincipal = read(json!({
        "id": "s", "appId": "00000003-0000-0000-c000-000000000000",
        "appRoles": [
            {"id": "r1", "value": "Calendars.Read", "isEnabled": false},
            {"id": "r2", "value": "Calendars.Read", "isEnabled": true, "allowedMemberTypes": ["Application"]},
            {"id": "r3", "value": null},
        ],
        "oauth2PermissionScopes": [{"id": "s1", "value": "Calendars.Read", "type": "User", "isEnabled": true}],
    }));
    assert_eq!(api.app_role("Calendars.Read").unwrap().id.as_str(), "r2", "a disabled one cannot be granted");
    assert_eq!(api.scope("Calendars.Read").unwrap().id.as_str(), "s1");
    assert_eq!(api.scope("Calendars.Read").unwrap().kind, Some(ScopeType::User));
    assert!(api.app_role("calendars.read").is_none() && api.scope("Mail.Read").is_none());
}

#[test]
fn the_domains_of_an_organisation_are_told_apart() {
    let organisation: Organization = read(json!({
        "id": "84841066-274d-4ec0-a5c1-276be684bdd3", "displayName": "Contoso",
        "verifiedDomains": [
            {"capabilities": "Email", "isDefault": false, "isInitial": true, "name": "contoso.onmicrosoft.com", "type": "Managed"},
            {"capabilities": "Email, OfficeCommunicationsOnline", "isDefault": true, "isInitial": false, "name": "contoso.com", "type": "Federated"},
        ],
    }));
    assert_eq!(organisation.default_domain(), Some("contoso.com"));
    assert_eq!(organisation.initial_domain(), Some("contoso.onmicrosoft.com"));
}

#[test]
fn what_a_person_may_consent_to_is_known_or_unknown_never_guessed() {
    let may = |policies: Value| {
        let policy: AuthorizationPolicy =
            read(json!({"defaultUserRolePermissions": {"permissionGrantPoliciesAssigned": policies}}));
        policy.default_user_role_permissions.may_consent_for_self()
    };
    assert_eq!(may(json!(["ManagePermissionGrantsForSelf.microsoft-user-default-low"])), Some(true));
    assert_eq!(may(json!(["managePermissionGrantsForOwnedResource.x"])), Some(false));
    assert_eq!(may(json!([])), Some(false));
    assert_eq!(may(Value::Null), None);
}

#[test]
fn values_that_are_new_are_kept_as_they_came() {
    assert_eq!(SignInAudience::from("AzureADFuture"), SignInAudience::Other("AzureADFuture".into()));
    assert_eq!(serde_json::to_value(SignInAudience::Other("X".into())).unwrap(), json!("X"));
    assert_eq!(serde_json::to_value(PrincipalType::ServicePrincipal).unwrap(), json!("ServicePrincipal"));
    assert_eq!(read::<RestrictionType>(json!("unknownFutureValue")).as_str(), "unknownFutureValue");
    assert_eq!(GraphErrorCode::from("Request_BadRequest"), GraphErrorCode::BadRequest);
    assert_eq!(GraphErrorCode::BadRequest.to_string(), "Request_BadRequest");
    let grant: OAuth2PermissionGrant = read(json!({
        "clientId": "6473c4f8-9bf8-4c8e-a6d3-8b8d7a7c9d8e", "consentType": "AllPrincipals", "principalId": null,
        "id": "l5eW7x0ga0-WDOntXzHateb_LAfdPqNBhtXrlqYCZ6g", "resourceId": "7ea9e944-71ce-443d-811c-71e8047b557a",
        "scope": " openid User.Read\tMail.Read  ",
    }));
    assert_eq!(grant.consent_type, ConsentType::AllPrincipals);
    assert_eq!(grant.scopes().collect::<Vec<_>>(), ["openid", "User.Read", "Mail.Read"]);
}

#[test]
fn an_organisation_without_a_policy_forbids_nothing() {
    let none: AppManagementPolicy = read(json!({
        "id": "00000000-0000-0000-0000-000000000000", "isEnabled": false, "displayName": "Default app management tenant policy",
        "applicationRestrictions": {"passwordCredentials": [], "keyCredentials": []}, "servicePrincipalRestrictions": null,
    }));
    let rules = none.password_rules("2026-11-20T00:00:00Z".parse().unwrap());
    assert!(!rules.forbidden && rules.longest.is_none());
}

#[test]
fn an_app_s_own_policy_replaces_the_organisation_s() {
    let own: AppManagementPolicy = read(json!({
        "id": "x", "isEnabled": true,
        "restrictions": {"passwordCredentials": [
            {"restrictionType": "passwordAddition", "state": "disabled", "maxLifetime": null},
            {"restrictionType": "passwordLifetime", "state": "enabled", "maxLifetime": "P4DT12H30M"},
        ]},
    }));
    let rules = own.password_rules("2026-11-20T00:00:00Z".parse().unwrap());
    assert!(!rules.forbidden);
    assert_eq!(rules.longest, Some(jiff::SignedDuration::from_mins((4 * 24 + 12) * 60 + 30)));
}

#[test]
fn an_owner_may_be_a_person_or_an_app() {
    let owners: Vec<DirectoryObject> = read(json!([
        {"@odata.type": "#microsoft.graph.user", "id": "u", "displayName": "Ann", "userPrincipalName": "a@b.example"},
        {"@odata.type": "#microsoft.graph.servicePrincipal", "id": "s", "displayName": "Pipeline"},
        {"id": "unreadable-without-permission"},
    ]));
    assert_eq!(owners[0].user_principal_name.as_deref(), Some("a@b.example"));
    assert_eq!(owners[1].odata_type.as_deref(), Some("#microsoft.graph.servicePrincipal"));
    assert_eq!(owners[2].display_name, None);
    assert_eq!(UserRef::from(owners[0].id.clone()).as_str(), "u");
}
