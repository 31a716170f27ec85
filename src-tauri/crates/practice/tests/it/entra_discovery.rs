//! What clients read before they sign anybody in.

use serde_json::Value;

use crate::support::World;

async fn get(world: &World, path: &str) -> (u16, Value) {
    let response = world.http.get(world.url(path)).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

#[tokio::test]
async fn general_addresses_have_a_template_as_issuer() {
    let world = World::new().await;
    for segment in ["common", "organizations"] {
        let (status, document) =
            get(&world, &format!("{segment}/v2.0/.well-known/openid-configuration")).await;
        assert_eq!(status, 200);
        assert_eq!(document["issuer"], world.url("{tenantid}/v2.0").replace("%7B", "{").replace("%7D", "}"));
        assert_eq!(document["token_endpoint"], world.url(&format!("{segment}/oauth2/v2.0/token")));
    }
    let (_, personal) = get(&world, "consumers/v2.0/.well-known/openid-configuration").await;
    assert_eq!(personal["issuer"], world.url("9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"));
}

#[tokio::test]
async fn the_tenant_is_found_by_id_and_by_domain() {
    let world = World::new().await;
    let id = world.tenant.tenant_id().to_owned();
    for segment in [id.as_str(), "lindqvist-practice.example", "LINDQVISTPRACTICE.onmicrosoft.example"] {
        let (_, v2) = get(&world, &format!("{segment}/v2.0/.well-known/openid-configuration")).await;
        assert_eq!(v2["issuer"], world.url(&format!("{id}/v2.0")));
        assert_eq!(v2["authorization_endpoint"], world.url(&format!("{id}/oauth2/v2.0/authorize")));
        let (_, v1) = get(&world, &format!("{segment}/.well-known/openid-configuration")).await;
        assert_eq!(v1["issuer"], world.url(&format!("{id}/")));
        assert_eq!(v1["token_endpoint"], world.url(&format!("{id}/oauth2/token")));
    }
}

#[tokio::test]
async fn an_unknown_tenant_is_an_error_that_says_so() {
    let world = World::new().await;
    let path = "11111111-1111-4111-8111-111111111111/v2.0/.well-known/openid-configuration";
    let (status, body) = get(&world, path).await;
    assert_eq!(
        (status, &body["error"], &body["error_codes"][0]),
        (400, &"invalid_tenant".into(), &90_002.into())
    );
    // Not verified, so nobody can sign in with it.
    let (status, _) =
        get(&world, "lindqvist-trucks-practice.example/v2.0/.well-known/openid-configuration").await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn instance_discovery_answers_both_versions() {
    let world = World::new().await;
    let endpoint = world.url("common/oauth2/v2.0/authorize");
    let ask = |version: &str, endpoint: &str| {
        world.url_with(
            "common/discovery/instance",
            &[("api-version", version), ("authorization_endpoint", endpoint)],
        )
    };
    let (_, old) = get(&world, &ask("1.0", &endpoint)).await;
    assert_eq!(old["tenant_discovery_endpoint"], world.url("common/v2.0/.well-known/openid-configuration"));
    assert!(old.get("metadata").is_none());
    let (_, new) = get(&world, &ask("1.1", &endpoint)).await;
    let host = format!("localhost:{}", world.tenant.address().port());
    assert_eq!(new["metadata"][0]["preferred_network"], host);
    let (status, foreign) =
        get(&world, &ask("1.1", "https://evil.example/common/oauth2/v2.0/authorize")).await;
    assert_eq!((status, &foreign["error"]), (400, &"invalid_instance".into()));
}

#[tokio::test]
async fn documents_name_the_host_that_was_asked() {
    let world = World::new().await;
    let base = format!("http://127.0.0.1:{}", world.tenant.address().port());
    let response =
        world.http.get(format!("{base}/common/v2.0/.well-known/openid-configuration")).send().await.unwrap();
    let document: Value = response.json().await.unwrap();
    assert_eq!(document["token_endpoint"], format!("{base}/common/oauth2/v2.0/token"));
    assert_eq!(document["jwks_uri"], format!("{base}/common/discovery/v2.0/keys"));
}

#[tokio::test]
async fn the_token_endpoint_takes_only_posts() {
    let world = World::new().await;
    let (status, body) = get(&world, "common/oauth2/v2.0/token").await;
    assert_eq!((status, &body["error_codes"][0]), (400, &900_561.into()));
}
