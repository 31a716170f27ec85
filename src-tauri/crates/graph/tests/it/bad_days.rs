//! Which door each bad day leads to: rows of the failure matrix that end at this crate.

use graph::{Denial, GraphError, PolicyRefusal, credentials, directory, grants, roles};
use net::NetError;

use crate::fault_server::{Answer, FaultServer};
use crate::world::{World, app_id, application, principal, role};

async fn refused(status: u16, code: &str, message: &str) -> GraphError {
    let server = FaultServer::with([Answer::refused(status, &[], code, message)]).await;
    let request = credentials::add_password(&application(), "m", "2027-05-20T00:00:00Z".parse().unwrap());
    World::default().client(server.url()).send(request).await.unwrap_err()
}

#[tokio::test]
async fn a_policy_against_secrets_is_named() {
    let error = refused(
        400,
        "CredentialTypeNotAllowedAsPerAppPolicy",
        "Credential type not allowed as per assigned policy 'Default'.",
    )
    .await;
    assert!(matches!(error, GraphError::PolicyForbids { policy: PolicyRefusal::CredentialType, .. }));
    let error = refused(
        400,
        "CredentialInvalidLifetimeAsPerAppPolicy",
        "Credential lifetime exceeds the max value allowed.",
    )
    .await;
    assert!(matches!(error, GraphError::PolicyForbids { policy: PolicyRefusal::CredentialLifetime, .. }));
}

#[tokio::test]
async fn a_used_up_quota_is_named() {
    let error = refused(
        403,
        "Directory_QuotaExceeded",
        "The directory object quota limit for the Principal has been exceeded.",
    )
    .await;
    assert!(matches!(error, GraphError::QuotaReached(_)));
}

#[tokio::test]
async fn an_unknown_code_is_kept_for_support() {
    let error = refused(400, "Brand_NewCode", "Something new.").await;
    let refusal = error.refusal().unwrap();
    assert_eq!(refusal.code.as_str(), "Brand_NewCode");
    assert_eq!(refusal.message, "Something new.");
    assert_eq!(refusal.request, "POST /applications/{}/addPassword");
    assert!(!error.to_string().contains("Something new."), "Graph's message is a detail, not our text");
}

#[tokio::test]
async fn a_closed_mailbox_is_told_apart_from_a_missing_mailbox() {
    let closed = refused(403, "ErrorAccessDenied", "Access to OData is disabled.").await;
    assert!(matches!(closed, GraphError::Forbidden { denial: Denial::Mailbox, .. }));
    let missing = refused(
        404,
        "MailboxNotEnabledForRESTAPI",
        "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
    )
    .await;
    assert!(
        matches!(&missing, GraphError::NotFound(refusal) if refusal.code == graph::GraphErrorCode::MailboxNotEnabled)
    );
}

#[tokio::test]
async fn no_network_is_told_before_anything_is_sent() {
    let world = World::default();
    let url = "http://localhost:9".parse().unwrap();
    let call = graph::Call { deadline: Some(world.now()), ..graph::Call::default() };
    let error = world.client(url).with_call(call).send(directory::me()).await.unwrap_err();
    let GraphError::DeadlinePassed { last: Some(last), .. } = &error else { panic!("{error:?}") };
    assert!(
        matches!(**last, GraphError::Network { fault: NetError::Connect | NetError::Offline, .. }),
        "{last:?}"
    );
}

#[tokio::test]
async fn a_wrong_clock_is_told_and_a_small_difference_is_not() {
    let world = World::default();
    for (date, told) in [
        ("Fri, 20 Nov 2026 12:04:00 GMT", vec![]),
        ("Fri, 20 Nov 2026 14:00:00 GMT", vec![jiff::SignedDuration::from_hours(-2)]),
    ] {
        let server =
            FaultServer::with([Answer::text(200, &[("Date", date)], &crate::world::me().to_string())]).await;
        world.client(server.url()).send(directory::me()).await.unwrap();
        assert_eq!(world.skews(), told);
    }
}

#[tokio::test]
async fn addresses_are_as_graph_documents_them() {
    let server = FaultServer::answering(|_, _| Answer::status(404)).await;
    let client = World::default().client(server.url());
    let _ = client.send(graph::service_principals::offer(&app_id())).await;
    let _ = client.send(roles::mine()).await;
    let _ = client.send(grants::remove_app_role(&principal(2), &"a-b_c".try_into().unwrap())).await;
    let _ = client.send(grants::delegated_for_all(&principal(1))).await;
    let _ = client.send(grants::assign_app_role(&principal(1), &principal(2), &role())).await;
    let _ = client.send(directory::user(&"ann_x#EXT#@contoso.example".try_into().unwrap())).await;
    let seen: Vec<String> = server.received().iter().map(|r| format!("{} {}", r.method, r.target)).collect();
    assert_eq!(
        seen,
        [
            "GET /v1.0/servicePrincipals(appId='33333333-3333-4333-8333-333333333333')?$select=id%2CappId%2CdisplayName%2CappRoles%2Coauth2PermissionScopes",
            "GET /v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=id%2CroleTemplateId%2CdisplayName",
            "DELETE /v1.0/servicePrincipals/22222222-2222-4222-8222-222222222202/appRoleAssignedTo/a-b_c",
            "GET /v1.0/oauth2PermissionGrants?$filter=clientId%20eq%20%2722222222-2222-4222-8222-222222222201%27%20and%20consentType%20eq%20%27AllPrincipals%27&$select=id%2CclientId%2CconsentType%2CprincipalId%2CresourceId%2Cscope",
            "POST /v1.0/servicePrincipals/22222222-2222-4222-8222-222222222202/appRoleAssignedTo",
            "GET /v1.0/users/ann_x%23EXT%23%40contoso.example?$select=id%2CdisplayName%2CuserPrincipalName%2Cmail%2CaccountEnabled%2CuserType",
        ]
    );
}
