//! The requests of a set-up, exactly as a person may see them before they are sent.

use graph::resources::{
    ApplicationPatch, RequiredResourceAccess, ResourceAccess, ResourceAccessType, ServicePrincipalPatch,
    SignInAudience,
};
use graph::{
    AppId, ApplicationId, Description, KeyId, ServicePrincipalId, UniqueName, applications, credentials,
    grants, mail, service_principals,
};
use insta::assert_json_snapshot;

use crate::world::{principal, role};

const GRAPH: &str = "00000003-0000-0000-c000-000000000000";

fn shown(request: &Description) -> serde_json::Value {
    serde_json::to_value(request).unwrap()
}

#[test]
fn the_registration() {
    let access = ResourceAccess { id: role().to_string(), kind: ResourceAccessType::Role };
    let patch = ApplicationPatch {
        display_name: Some("Totalview".into()),
        sign_in_audience: Some(SignInAudience::MyOrg),
        required_resource_access: Some(vec![RequiredResourceAccess {
            resource_app_id: AppId::new(GRAPH).unwrap(),
            resource_access: vec![access],
        }]),
        tags: Some(vec!["gatehouse".into()]),
        ..ApplicationPatch::default()
    };
    let name = UniqueName::new("gatehouse-0123456789abcdef").unwrap();
    assert_json_snapshot!(shown(&applications::upsert(&name, &patch).describe()), @r#"
    {
      "body": {
        "displayName": "Totalview",
        "requiredResourceAccess": [
          {
            "resourceAccess": [
              {
                "id": "798ee544-9d2d-430c-a058-570e29e34338",
                "type": "Role"
              }
            ],
            "resourceAppId": "00000003-0000-0000-c000-000000000000"
          }
        ],
        "signInAudience": "AzureADMyOrg",
        "tags": [
          "gatehouse"
        ]
      },
      "headers": [
        [
          "Prefer",
          "create-if-missing"
        ]
      ],
      "method": "PATCH",
      "url": "/v1.0/applications(uniqueName='gatehouse-0123456789abcdef')"
    }
    "#);
}

#[test]
fn the_enterprise_app_before_its_client_id_is_known() {
    let app = AppId::placeholder("the new app");
    let request = service_principals::upsert(&app, &ServicePrincipalPatch::default());
    assert_json_snapshot!(shown(&request.describe()), @r#"
    {
      "body": {},
      "headers": [
        [
          "Prefer",
          "create-if-missing"
        ]
      ],
      "method": "PATCH",
      "url": "/v1.0/servicePrincipals(appId='⟨the new app⟩')"
    }
    "#);
}

#[test]
fn a_granted_application_permission() {
    let client = ServicePrincipalId::placeholder("the new enterprise app");
    let request = grants::assign_app_role(&client, &principal(2), &role());
    assert_json_snapshot!(shown(&request.describe()), @r#"
    {
      "body": {
        "appRoleId": "798ee544-9d2d-430c-a058-570e29e34338",
        "principalId": "⟨the new enterprise app⟩",
        "resourceId": "22222222-2222-4222-8222-222222222202"
      },
      "headers": [],
      "method": "POST",
      "url": "/v1.0/servicePrincipals/22222222-2222-4222-8222-222222222202/appRoleAssignedTo"
    }
    "#);
}

#[test]
fn a_granted_delegated_permission() {
    let client = ServicePrincipalId::placeholder("the new enterprise app");
    let request = grants::grant_delegated(&client, &principal(2), None, &["User.Read", "Calendars.Read"]);
    assert_json_snapshot!(shown(&request.describe()), @r#"
    {
      "body": {
        "clientId": "⟨the new enterprise app⟩",
        "consentType": "AllPrincipals",
        "principalId": null,
        "resourceId": "22222222-2222-4222-8222-222222222202",
        "scope": "User.Read Calendars.Read"
      },
      "headers": [],
      "method": "POST",
      "url": "/v1.0/oauth2PermissionGrants"
    }
    "#);
}

#[test]
fn the_client_secret_and_its_removal() {
    let app = ApplicationId::placeholder("the new app");
    let request = credentials::add_password(&app, "Gatehouse/1f/1", "2027-05-20T00:00:00Z".parse().unwrap());
    assert_json_snapshot!(shown(&request.describe()), @r#"
    {
      "body": {
        "passwordCredential": {
          "displayName": "Gatehouse/1f/1",
          "endDateTime": "2027-05-20T00:00:00Z"
        }
      },
      "headers": [],
      "method": "POST",
      "url": "/v1.0/applications/⟨the new app⟩/addPassword"
    }
    "#);
    let key = KeyId::new("f0b0b335-1d71-4883-8f98-567911bfdca6").unwrap();
    assert_json_snapshot!(shown(&credentials::remove_password(&app, &key).describe()), @r#"
    {
      "body": {
        "keyId": "f0b0b335-1d71-4883-8f98-567911bfdca6"
      },
      "headers": [],
      "method": "POST",
      "url": "/v1.0/applications/⟨the new app⟩/removePassword"
    }
    "#);
}

#[test]
fn a_test_mail() {
    let mailbox = mail::Mailbox::Of("svc@contoso.example".try_into().unwrap());
    let request = mail::send(&mailbox, "svc@contoso.example", "Test", "It works.");
    assert_json_snapshot!(shown(&request.describe()), @r#"
    {
      "body": {
        "Message": {
          "body": {
            "content": "It works.",
            "contentType": "text"
          },
          "subject": "Test",
          "toRecipients": [
            {
              "emailAddress": {
                "address": "svc@contoso.example"
              }
            }
          ]
        },
        "SaveToSentItems": false
      },
      "headers": [],
      "method": "POST",
      "url": "/v1.0/users/svc@contoso.example/sendMail"
    }
    "#);
}

#[test]
fn a_search_with_its_header() {
    assert_json_snapshot!(shown(&applications::search("total view").describe()), @r#"
    {
      "body": null,
      "headers": [
        [
          "ConsistencyLevel",
          "eventual"
        ]
      ],
      "method": "GET",
      "url": "/v1.0/applications?$search=\"displayName:total view\"&$select=id,appId,displayName,uniqueName,passwordCredentials,keyCredentials,tags,createdDateTime&$top=100"
    }
    "#);
}
