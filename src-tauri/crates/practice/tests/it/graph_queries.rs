//! Query options: what each does, and how Graph refuses what it does not do.

use serde_json::{Value, json};

use crate::graph_world::{ADMIN, GLOBAL_ADMINISTRATOR, World};

#[tokio::test]
async fn select_shows_what_is_asked_and_users_show_a_short_default() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let me = admin.get("/me").await.expect(200);
    let mut names: Vec<&String> = me.body.as_object().unwrap().keys().collect();
    names.retain(|name| !name.starts_with('@'));
    assert_eq!(
        names,
        [
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
            "userPrincipalName"
        ]
    );
    let one = admin.get("/me?$select=displayName,accountEnabled").await.expect(200);
    assert!(one.text("@odata.context").ends_with("/$metadata#users(displayName,accountEnabled)/$entity"));
    assert_eq!(one.body["accountEnabled"], true);
    assert!(one.body.get("id").is_none());
    let unknown = admin.get("/me?$select=shoeSize").await.expect(400);
    assert_eq!(unknown.code(), "BadRequest");
    assert_eq!(
        unknown.message(),
        "Parsing OData Select and Expand failed: Could not find a property named 'shoeSize' on type 'microsoft.graph.user'."
    );
}

#[tokio::test]
async fn filters_find_what_they_say() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let made = admin
        .post("/applications", json!({ "displayName": "O'Neil & Sons", "tags": ["quay", "x"], "signInAudience": "AzureADMyOrg" }))
        .await
        .expect(201);
    let id = made.text("id");
    for filter in [
        "displayName eq 'o''neil %26 sons'",
        "startsWith(displayName,'O''N')",
        "tags/any(t:t eq 'quay')",
        "displayName in ('x','O''Neil %26 Sons')",
        &format!("appId eq '{}'", made.text("appId")),
        &format!("id eq '{id}' and (signInAudience eq 'AzureADMyOrg' or signInAudience eq null)"),
    ] {
        let found = admin.get(&format!("/applications?$filter={filter}")).await.expect(200);
        assert!(found.all("id").contains(&id.as_str()), "{filter}");
    }
    let future = admin.get("/applications?$filter=createdDateTime ge 2099-01-01T00:00:00Z&$count=true");
    assert!(future.await.expect(200).value().is_empty());
    let encoded = admin
        .get("/applications?%24filter=tags%2Fany%28t%3At%20eq%20%27quay%27%29&%24top=1")
        .await
        .expect(200);
    assert_eq!(encoded.value().len(), 1);
}

#[tokio::test]
async fn advanced_queries_need_the_header_and_the_count() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    for (query, text) in [
        (
            "$filter=endsWith(mail,'example')",
            "Operator 'endsWith' is not supported because the 'ConsistencyLevel:eventual' header is missing.",
        ),
        ("$filter=displayName ne 'x'", "Filter operator 'NotEqualsMatch' is not supported."),
        (
            "$filter=not startsWith(displayName,'x')",
            "Unsupported or invalid query filter clause specified for property 'displayName' of resource 'User'.",
        ),
        (
            "$search=\"displayName:lind\"",
            "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
        ),
        ("$filter=accountEnabled eq true&$orderby=displayName", "Sorting not supported for current query."),
    ] {
        let refused = admin.get(&format!("/users?{query}")).await.expect(400);
        assert_eq!(refused.code(), "Request_UnsupportedQuery", "{query}");
        assert!(refused.message().starts_with(text), "{query}: {}", refused.message());
        admin.eventual().get(&format!("/users?{query}&$count=true")).await.expect(200);
    }
    let found = admin
        .eventual()
        .get("/users?$search=\"displayName:lindqvist\"&$select=displayName")
        .await
        .expect(200);
    assert!(
        !found.value().is_empty() && found.all("displayName").iter().all(|name| name.contains("Lindqvist"))
    );
}

#[tokio::test]
async fn counts_are_ignored_without_the_header_and_not_repeated() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    assert_eq!(
        admin.get("/applications?$count=true&$top=1").await.expect(200).body["@odata.count"],
        Value::Null
    );
    let first = admin.eventual().get("/applications?$count=true&$top=10").await.expect(200);
    let count = first.body["@odata.count"].as_u64().unwrap();
    let next = first.text("@odata.nextLink");
    let second = admin.eventual().get(&next).await.expect(200);
    assert_eq!(second.body["@odata.count"], Value::Null, "page 1 only");
    let refused = admin.get("/applications/$count").await.expect(400);
    assert_eq!(
        (refused.code(), refused.message()),
        ("Request_BadRequest", "$count is not currently supported.")
    );
    let plain = admin.eventual().get("/applications/$count").await.expect(200);
    assert_eq!(plain.text, count.to_string());
    assert!(plain.header("content-type").starts_with("text/plain"));
}

#[tokio::test]
async fn a_next_link_needs_the_header_again() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let first =
        admin.eventual().get("/users?$count=true&$filter=displayName ne 'x'&$top=2").await.expect(200);
    let next = first.text("@odata.nextLink");
    assert_eq!(admin.get(&next).await.expect(400).code(), "Request_UnsupportedQuery");
    admin.eventual().get(&next).await.expect(200);
}

#[tokio::test]
async fn pages_hold_every_object_once() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let whole = admin.get("/applications?$select=id&$top=999").await.expect(200);
    let mut seen = Vec::new();
    let mut next = "/applications?$select=id&$top=7".to_owned();
    loop {
        let page = admin.get(&next).await.expect(200);
        assert!(page.value().len() <= 7);
        seen.extend(page.all("id").into_iter().map(str::to_owned));
        match page.body["@odata.nextLink"].as_str() {
            Some(link) => {
                assert!(link.starts_with(&format!("{}/v1.0/applications?", world.base())), "{link}");
                assert!(link.contains("$select=id") && link.contains("$skiptoken="), "{link}");
                next = link.to_owned();
            }
            None => break,
        }
    }
    assert_eq!(seen, whole.all("id"));
    for top in ["0", "1000"] {
        let refused = admin.get(&format!("/applications?$top={top}")).await.expect(400);
        assert_eq!(
            refused.message(),
            format!("Invalid page size specified: '{top}'. Must be between 1 and 999 inclusive.")
        );
        assert_eq!(refused.code(), "Request_UnsupportedQuery");
    }
    admin.get("/applications?$skiptoken=garbage").await.expect(400);
}

#[tokio::test]
async fn sorted_pages_are_in_order() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let mut names: Vec<String> = Vec::new();
    let mut next = Some("/applications?$select=displayName&$top=11&$orderby=displayName desc".to_owned());
    while let Some(link) = next {
        let page = admin.get(&link).await.expect(200);
        names.extend(page.all("displayName").into_iter().map(str::to_lowercase));
        next = page.body["@odata.nextLink"].as_str().map(str::to_owned);
    }
    assert!(names.len() > 40 && names.is_sorted_by(|left, right| left >= right), "{names:?}");
}

#[tokio::test]
async fn what_cannot_be_read_is_told() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    for (query, code, text) in [
        (
            "$filter=displayName x",
            "BadRequest",
            "Invalid filter clause: Syntax error at position 12 in 'displayName x'.",
        ),
        (
            "$filter=shoeSize eq 5",
            "BadRequest",
            "Invalid filter clause: Could not find a property named 'shoeSize' on type 'microsoft.graph.application'.",
        ),
        (
            "$filter=displayName eq 5",
            "BadRequest",
            "Invalid filter clause: A binary operator with incompatible types",
        ),
        (
            "$filter=contains(displayName,'x')",
            "Request_UnsupportedQuery",
            "Unsupported or invalid query filter clause",
        ),
        ("$top=many", "BadRequest", "Invalid value 'many' for $top query option found."),
        ("$shape=round", "BadRequest", "The query parameter '$shape' is not supported."),
        (
            "$expand=children",
            "BadRequest",
            "Parsing OData Select and Expand failed: Could not find a property named 'children'",
        ),
        ("$skip=5", "Request_BadRequest", "'$skip' is not supported by the service."),
    ] {
        let refused = admin.get(&format!("/applications?{query}")).await.expect(400);
        assert_eq!(refused.code(), code, "{query}");
        assert!(refused.message().starts_with(text), "{query}: {}", refused.message());
        let inner = &refused.body["error"]["innerError"];
        assert_eq!(inner["request-id"], refused.header("request-id"));
        assert!(inner["client-request-id"].is_string() && inner["date"].is_string());
    }
}

#[tokio::test]
async fn paths_are_taken_in_all_their_spellings() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let base = world.base();
    for path in [
        "/v1.0//applications?$top=1",
        "/v1.0/myorganization/applications?$top=1",
        "/v1.0/Applications?$top=1",
        "/beta/applications?top=1",
        "/v1.0/users/astrid.lindqvist%40lindqvist-practice.example",
        "/v1.0/users('astrid.lindqvist@lindqvist-practice.example')",
        "/v1.0/applications/microsoft.graph.delta()?$top=1",
        "/v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole",
    ] {
        admin.get(&format!("{base}{path}")).await.expect(200);
    }
    let name = admin.get("/me/displayName").await.expect(200);
    assert_eq!(name.body["value"], "Astrid Lindqvist");
    admin.get("/me/shoeSize").await.expect(400);
    admin.get("/me/drive").await.expect(501);
    admin
        .get(&format!("{base}/beta/users?$select=id,cloudRealtimeCommunicationInfo&$top=1"))
        .await
        .expect(200);
    let packed = admin.with("content-encoding", "gzip").post("/applications", json!({})).await;
    packed.expect(415);
    let nowhere = admin.get("/quays").await.expect(400);
    assert_eq!(
        (nowhere.code(), nowhere.message()),
        ("BadRequest", "Resource not found for the segment 'quays'.")
    );
    admin.put("/applications", json!({})).await.expect(405);
    admin.get("/directory/administrativeUnits").await.expect(501);
    assert_eq!(
        admin.get("/applications/harbour").await.expect(400).message(),
        "Invalid object identifier 'harbour'."
    );
    assert_eq!(
        admin.get("/applications(appId='harbour')").await.expect(400).message(),
        "Invalid value specified for object reference property 'appId'. Please ensure that this value has an appropriate syntax and length."
    );
}
