//! What goes over the wire, to the letter.

use exchange::opath::Filter;
use exchange::resources::AccessRight;
use exchange::{
    Anchor, Command, ExchangeClient, InvalidTarget, access_policies, assignments, authorization, groups,
    organization, recipients, scopes, service_principals,
};
use serde_json::{Value, json};
use url::Url;

use crate::server::{Server, json as answer};
use crate::world::{SCOPE, TENANT, World, http, named};

#[tokio::test]
async fn a_command_is_one_post_with_the_headers_of_the_endpoint() {
    let server = Server::with([answer(200, &json!({"value": []}))]).await;
    let world = World::default();
    world.client(&server.base).invoke(scopes::list()).await.unwrap();
    let [request] = &server.received()[..] else { panic!("one request") };
    assert_eq!(request.line, format!("POST /adminapi/beta/{TENANT}/InvokeCommand HTTP/1.1"));
    assert_eq!(request.header("authorization"), Some("Bearer canary-token-1"));
    assert_eq!(request.header("content-type"), Some("application/json; charset=utf-8"));
    assert_eq!(request.header("prefer"), Some("odata.maxpagesize=1000"));
    assert_eq!(request.header("x-anchormailbox"), Some("UPN:ingrid@contoso.com"));
    assert_eq!(request.header("client-request-id").unwrap().len(), 36);
    assert_eq!(request.body, json!({"CmdletInput": {"CmdletName": "Get-ManagementScope", "Parameters": {}}}));
    assert_eq!(world.asked(), [(vec![SCOPE.to_owned()], None)]);
}

#[tokio::test]
async fn an_app_and_a_name_that_no_header_can_hold_go_by_the_organisation() {
    for anchor in [Anchor::Organisation, Anchor::Person("a\nb".to_owned())] {
        let server = Server::with([answer(200, &json!({"value": []}))]).await;
        let world = World::default();
        let clock = world.clone();
        let tokens = std::sync::Arc::new(world.clone());
        let client = ExchangeClient::new(
            http(),
            server.base.clone(),
            TENANT,
            &anchor,
            [SCOPE],
            tokens,
            std::sync::Arc::new(move || clock.now()),
        );
        client.unwrap().invoke(scopes::list()).await.unwrap();
        let expected = format!("APP:SystemMailbox{{bb558c35-97f1-4cb9-8ff7-d53741dc928c}}@{TENANT}");
        assert_eq!(server.received()[0].header("x-anchormailbox"), Some(expected.as_str()));
    }
}

#[test]
fn a_token_is_never_sent_to_an_unsafe_place() {
    let world = World::default();
    let make = |base: &str, tenant: &str| {
        let (tokens, base) = (std::sync::Arc::new(world.clone()), Url::parse(base).unwrap());
        let clock = world.clone();
        ExchangeClient::new(
            http(),
            base,
            tenant,
            &Anchor::Organisation,
            [SCOPE],
            tokens,
            std::sync::Arc::new(move || clock.now()),
        )
        .map(|_| ())
    };
    for base in ["http://outlook.office365.com", "https://me@outlook.office365.com", "ftp://localhost"] {
        assert_eq!(make(base, TENANT), Err(InvalidTarget::UnsafeBase), "{base}");
    }
    for tenant in ["contoso.com", "", "../../x/1111-4111-8111-111111111111"] {
        assert_eq!(make("https://outlook.office365.com", tenant), Err(InvalidTarget::Tenant), "{tenant}");
    }
    assert_eq!(make("http://127.0.0.1:9/exchange/", TENANT), Ok(()));
}

#[tokio::test]
async fn a_base_with_a_path_keeps_it() {
    let server = Server::with([answer(200, &json!({"value": []}))]).await;
    let base = server.base.join("exchange/").unwrap();
    World::default().client(&base).invoke(scopes::list()).await.unwrap();
    assert!(server.received()[0].line.starts_with("POST /exchange/adminapi/beta/"));
}

fn sent<T>(command: &Command<T>) -> (String, Value) {
    let body = command.describe().body.unwrap();
    let input = &body["CmdletInput"];
    (input["CmdletName"].as_str().unwrap().to_owned(), input["Parameters"].clone())
}

#[test]
fn every_cmdlet_has_its_documented_parameters() {
    let (app, scope) = (named("22222222-2222-4222-8222-222222222222"), named("Totalview mailboxes"));
    let cases = [
        (sent(&service_principals::get(&app)), "Get-ServicePrincipal", json!({"Identity": app})),
        (sent(&service_principals::list()), "Get-ServicePrincipal", json!({})),
        (
            sent(&service_principals::create("a", "o", "Totalview")),
            "New-ServicePrincipal",
            json!({"AppId": "a", "ObjectId": "o", "DisplayName": "Totalview"}),
        ),
        (
            sent(&service_principals::remove(&app)),
            "Remove-ServicePrincipal",
            json!({"Identity": app, "Confirm": false}),
        ),
        (
            sent(&scopes::create(&scope, &Filter::member_of("CN=O'x"))),
            "New-ManagementScope",
            json!({"Name": scope, "RecipientRestrictionFilter": "MemberOfGroup -eq 'CN=O''x'"}),
        ),
        (
            sent(&assignments::create(&named("n"), &app, "Application Mail.Read", Some(&scope))),
            "New-ManagementRoleAssignment",
            json!({"Name": "n", "App": app, "Role": "Application Mail.Read", "CustomResourceScope": scope}),
        ),
        (
            sent(&assignments::create(&named("n"), &app, "Application Mail.Read", None)),
            "New-ManagementRoleAssignment",
            json!({"Name": "n", "App": app, "Role": "Application Mail.Read"}),
        ),
        (sent(&assignments::of_app(&app)), "Get-ManagementRoleAssignment", json!({"RoleAssignee": app})),
        (sent(&assignments::list()), "Get-ManagementRoleAssignment", json!({})),
        (
            sent(&access_policies::create("a", &named("g"), AccessRight::Restrict, "x")),
            "New-ApplicationAccessPolicy",
            json!({"AppId": "a", "PolicyScopeGroupId": "g", "AccessRight": "RestrictAccess", "Description": "x"}),
        ),
        (
            sent(&access_policies::test(&named("m@x"), "a")),
            "Test-ApplicationAccessPolicy",
            json!({"Identity": "m@x", "AppId": "a"}),
        ),
        (
            sent(&authorization::test(&app, Some(&named("m@x")))),
            "Test-ServicePrincipalAuthorization",
            json!({"Identity": app, "Resource": "m@x"}),
        ),
        (
            sent(&groups::add_member(&named("g"), &named("m@x"))),
            "Add-DistributionGroupMember",
            json!({"Identity": "g", "Member": "m@x", "BypassSecurityGroupManagerCheck": true}),
        ),
        (
            sent(&recipients::some_mailboxes(5)),
            "Get-Recipient",
            json!({"RecipientTypeDetails": ["UserMailbox"], "ResultSize": 5}),
        ),
        (
            sent(&organization::ews_policy()),
            "Get-OrganizationConfig",
            json!({"RetrieveEwsOperationAccessPolicy": true}),
        ),
    ];
    for ((cmdlet, parameters), name, wanted) in cases {
        assert_eq!((cmdlet.as_str(), parameters), (name, wanted));
    }
}
