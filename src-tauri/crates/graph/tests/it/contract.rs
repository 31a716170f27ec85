//! The client held against Microsoft's own description of Graph: every request that it can make, every field it reads.

use graph::resources::{
    AppManagementPolicy, Application, ApplicationPatch, AuthorizationPolicy, DeletedItem, DirectoryRole,
    Domain, Event, KeyCredential, MailFolder, Message, OAuth2PermissionGrant, Organization, PublicClient,
    RequiredResourceAccess, ResourceAccess, ResourceAccessType, RoleAssignment, ServicePrincipal,
    ServicePrincipalPatch, SignInAudience, SpaApplication, User, WebApplication,
};
use graph::resources::{AppRoleAssignment, Calendar, Contact};
use graph::{
    Description, DirectoryObjectId, Request, RoleTemplateId, UniqueName, UserRef, applications, calendar,
    credentials, deleted, directory, grants, mail, own, policies, roles, service_principals,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::openapi::{Operation, example, operation, properties, schema, violations};
use crate::world::{app_id, application, principal, role};

fn full_patch() -> ApplicationPatch {
    let access = ResourceAccess { id: role().to_string(), kind: ResourceAccessType::Role };
    let key = KeyCredential {
        key_id: None,
        display_name: Some("Gatehouse".into()),
        kind: Some("AsymmetricX509Cert".into()),
        usage: Some("Verify".into()),
        custom_key_identifier: None,
        key: Some("AA==".into()),
        start_date_time: Some("2026-11-20T00:00:00Z".parse().unwrap()),
        end_date_time: Some("2027-11-20T00:00:00Z".parse().unwrap()),
    };
    ApplicationPatch {
        display_name: Some("Totalview".into()),
        sign_in_audience: Some(SignInAudience::MyOrg),
        required_resource_access: Some(vec![RequiredResourceAccess {
            resource_app_id: app_id(),
            resource_access: vec![access],
        }]),
        web: Some(WebApplication {
            home_page_url: Some("https://x.example".into()),
            redirect_uris: vec!["https://x.example/back".into()],
        }),
        spa: Some(SpaApplication { redirect_uris: vec![] }),
        public_client: Some(PublicClient { redirect_uris: vec!["http://localhost".into()] }),
        is_fallback_public_client: Some(false),
        key_credentials: Some(vec![key]),
        tags: Some(vec!["gatehouse".into()]),
        notes: Some("Made by Gatehouse.".into()),
    }
}

/// Every operation of the crate, once.
fn all() -> Vec<Description> {
    #[allow(clippy::needless_pass_by_value)] // Keeps the list below readable.
    fn add<T>(to: &mut Vec<Description>, request: Request<T>) {
        to.push(request.describe());
    }
    let mut all = Vec::new();
    let (name, person) =
        (UniqueName::new("gatehouse-1f").unwrap(), UserRef::new("ann@contoso.example").unwrap());
    let object = DirectoryObjectId::new("55555555-5555-4555-8555-555555555555").unwrap();
    let admin = RoleTemplateId::new("62e90394-69f5-4237-9190-012177145e10").unwrap();
    let (from, to) = ("2026-11-20T00:00:00Z".parse().unwrap(), "2026-11-21T00:00:00Z".parse().unwrap());
    let base = "https://graph.microsoft.com".parse().unwrap();

    add(&mut all, applications::upsert(&name, &full_patch()));
    add(&mut all, applications::get(&application()));
    add(&mut all, applications::by_app_id(&app_id()));
    add(&mut all, applications::by_unique_name(&name));
    add(&mut all, applications::list());
    add(&mut all, applications::search("view"));
    add(&mut all, applications::update(&application(), &full_patch()));
    add(&mut all, applications::remove(&application()));
    add(&mut all, applications::owners(&application()));
    add(&mut all, applications::add_owner(&application(), &object, &base));
    add(&mut all, applications::remove_owner(&application(), &object));
    add(&mut all, credentials::add_password(&application(), "Gatehouse/1f/1", to));
    add(&mut all, credentials::remove_password(&application(), &role().as_str().try_into().unwrap()));
    add(&mut all, deleted::applications());
    add(&mut all, deleted::restore(&object));
    add(&mut all, deleted::purge(&object));
    let patch = ServicePrincipalPatch {
        tags: Some(vec!["WindowsAzureActiveDirectoryIntegratedApp".into()]),
        notes: Some("n".into()),
        account_enabled: Some(true),
        app_role_assignment_required: Some(false),
    };
    add(&mut all, service_principals::upsert(&app_id(), &patch));
    add(&mut all, service_principals::create(&app_id()));
    add(&mut all, service_principals::by_app_id(&app_id()));
    add(&mut all, service_principals::offer(&app_id()));
    add(&mut all, service_principals::get(&principal(1)));
    add(&mut all, service_principals::many_by_app_id(&[app_id(), app_id()]));
    add(&mut all, service_principals::update(&principal(1), &patch));
    add(&mut all, service_principals::remove(&principal(1)));
    add(&mut all, grants::app_roles_of(&principal(1)));
    add(&mut all, grants::app_roles_on(&principal(1)));
    add(&mut all, grants::assign_app_role(&principal(1), &principal(2), &role()));
    add(&mut all, grants::remove_app_role(&principal(2), &"a".try_into().unwrap()));
    add(&mut all, grants::delegated_of(&principal(1)));
    add(&mut all, grants::delegated_for_all(&principal(1)));
    add(&mut all, grants::delegated_to(&principal(1)));
    add(&mut all, grants::delegated_by_me());
    add(&mut all, grants::grant_delegated(&principal(1), &principal(2), None, &["User.Read", "Mail.Read"]));
    add(&mut all, grants::grant_delegated(&principal(1), &principal(2), Some(&object), &["User.Read"]));
    add(&mut all, grants::change_delegated(&"g".try_into().unwrap(), "User.Read"));
    add(&mut all, grants::remove_delegated(&"g".try_into().unwrap()));
    add(&mut all, directory::me());
    add(&mut all, directory::organization());
    add(&mut all, directory::domains());
    add(&mut all, directory::user(&person));
    add(&mut all, directory::find_users("an", 10));
    add(&mut all, directory::users());
    add(&mut all, directory::users_by_id(std::slice::from_ref(&object)));
    add(&mut all, roles::mine());
    add(&mut all, roles::assignments_of(&admin));
    add(&mut all, roles::assignments_to(&object));
    add(&mut all, roles::members_of(&admin));
    add(&mut all, policies::default_app_management());
    add(&mut all, policies::app_management_of(&application()));
    add(&mut all, policies::authorization());
    for mailbox in [mail::Mailbox::Mine, mail::Mailbox::Of(person)] {
        add(&mut all, mail::probe(&mailbox));
        add(&mut all, mail::folders(&mailbox));
        add(&mut all, mail::send(&mailbox, "ann@contoso.example", "Test", "Works."));
        add(&mut all, calendar::probe(&mailbox));
        add(&mut all, calendar::probe_view(&mailbox, from, to));
        add(&mut all, calendar::view(&mailbox, from, to));
        add(&mut all, calendar::list(&mailbox));
    }
    add(&mut all, own::next_events(from, to, 3));
    add(&mut all, own::inbox());
    add(&mut all, own::contacts(3));
    add(&mut all, own::picture());
    all
}

/// OData's other spellings of a described path: a cast to a derived type, an alternate key.
fn described(path: &str) -> String {
    let path = path.strip_suffix("/microsoft.graph.directoryRole").unwrap_or(path);
    match path.strip_prefix("/directoryRoles(roleTemplateId='").and_then(|rest| rest.split_once("')")) {
        Some((id, rest)) if !rest.is_empty() => format!("/directoryRoles/{id}{rest}"),
        _ => path.to_owned(),
    }
}

fn find(request: &Description) -> (Operation, Vec<(String, String)>) {
    let below = request.url.strip_prefix("/v1.0").unwrap();
    let (path, query) = below.split_once('?').unwrap_or((below, ""));
    let found = operation(&request.method, &described(path));
    let options = query.split('&').filter_map(|option| option.split_once('='));
    (
        found.unwrap_or_else(|| panic!("{} {path} is not described", request.method)),
        options.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    )
}

#[test]
fn every_request_is_one_that_microsoft_describes() {
    let mut wrong = Vec::new();
    for request in all() {
        let (operation, options) = find(&request);
        let known = operation.query();
        let at = format!("{} {}", request.method, request.url);
        wrong.extend(
            options
                .iter()
                .filter(|(name, _)| !known.contains(&name.as_str()))
                .map(|(name, _)| format!("{at}: {name}")),
        );
        match (&request.body, operation.body()) {
            (Some(body), Some(schema)) => wrong.extend(violations(body, schema, &at)),
            (Some(_), None) => wrong.push(format!("{at} takes no body")),
            (None, _) => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_selected_field_exists() {
    let mut wrong = Vec::new();
    for request in all() {
        let (operation, options) = find(&request);
        let Some((_, fields)) = options.iter().find(|(name, _)| name == "$select") else { continue };
        let answer = operation.answers().unwrap_or_else(|| panic!("{} answers nothing", request.url));
        let mut known: Vec<&str> = properties(answer).into_keys().collect();
        if properties(answer).len() <= properties(schema("directoryObject")).len() {
            // A list of mixed objects: what its people, apps and roles have may be selected.
            known = ["user", "servicePrincipal", "directoryRole"]
                .into_iter()
                .flat_map(|name| properties(schema(name)).into_keys())
                .collect();
        }
        wrong.extend(
            fields
                .split(',')
                .filter(|field| !known.contains(field))
                .map(|field| format!("{}: {field}", request.url)),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_list_and_object_is_read_with_select() {
    for request in all().iter().filter(|request| request.method == "GET") {
        // A role assignment has few fields, and expanding its holder does not go together with selecting.
        // A picture has no fields.
        let whole = request.url.contains("/roleAssignments?") || request.url.ends_with("/$value");
        assert!(whole || request.url.contains("$select="), "{}", request.url);
    }
}

/// Fields of ours that differ from the object that was read, or that Microsoft does not have.
fn differences(ours: &Value, theirs: &Value, at: &str) -> Vec<String> {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => ours
            .iter()
            .flat_map(|(name, value)| match theirs.get(name) {
                Some(other) => differences(value, other, &format!("{at}.{name}")),
                None => vec![format!("{at}.{name} does not exist")],
            })
            .collect(),
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            ours.iter().zip(theirs).flat_map(|(one, other)| differences(one, other, at)).collect()
        }
        (one, other) if one == other => vec![],
        (one, other) => vec![format!("{at}: {one} instead of {other}")],
    }
}

/// Reads an object with all its fields filled, writes it again, and compares: a misspelt or mistyped field shows.
fn read_back<T: DeserializeOwned + Serialize>(name: &str) -> Vec<String> {
    let theirs = example(schema(name), 4);
    let ours: T = serde_json::from_value(theirs.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
    differences(&serde_json::to_value(ours).unwrap(), &theirs, name)
}

#[test]
fn every_field_of_ours_is_a_field_of_theirs() {
    let wrong: Vec<String> = [
        read_back::<Application>("application"),
        read_back::<ApplicationPatch>("application"),
        read_back::<ServicePrincipal>("servicePrincipal"),
        read_back::<ServicePrincipalPatch>("servicePrincipal"),
        read_back::<AppRoleAssignment>("appRoleAssignment"),
        read_back::<OAuth2PermissionGrant>("oAuth2PermissionGrant"),
        read_back::<Organization>("organization"),
        read_back::<Domain>("domain"),
        read_back::<User>("user"),
        read_back::<DeletedItem>("application"),
        read_back::<DirectoryRole>("directoryRole"),
        read_back::<AuthorizationPolicy>("authorizationPolicy"),
        read_back::<Event>("event"),
        read_back::<Calendar>("calendar"),
        read_back::<Message>("message"),
        read_back::<MailFolder>("mailFolder"),
        read_back::<Contact>("contact"),
    ]
    .concat();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_role_assignment_is_read_with_its_holder() {
    let mut theirs = example(schema("unifiedRoleAssignment"), 1);
    theirs["principal"] = serde_json::json!({
        "@odata.type": "#microsoft.graph.user", "id": "u", "displayName": "Ann", "userPrincipalName": "a@b.example", "mail": null,
        "accountEnabled": true, "userType": "Member",
    });
    let ours: RoleAssignment = serde_json::from_value(theirs.clone()).unwrap();
    assert!(!ours.is_organisation_wide());
    assert_eq!(
        differences(&serde_json::to_value(ours).unwrap(), &theirs, "roleAssignment"),
        Vec::<String>::new()
    );
}

#[test]
fn both_kinds_of_policy_about_credentials_are_read() {
    for name in ["tenantAppManagementPolicy", "appManagementPolicy"] {
        let theirs = example(schema(name), 5);
        let ours: AppManagementPolicy = serde_json::from_value(theirs.clone()).unwrap();
        let restrictions = ours.application_restrictions.as_ref().or(ours.restrictions.as_ref()).unwrap();
        assert_eq!(restrictions.password_credentials[0].max_lifetime.as_deref(), Some("P90D"), "{name}");
        let mut written = serde_json::to_value(ours).unwrap();
        // One type reads both: what the other kind has stays empty.
        written.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        assert_eq!(differences(&written, &theirs, name), Vec::<String>::new());
    }
}
