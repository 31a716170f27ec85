//! Listing everything that is registered.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::graph_world::{ADMIN, GLOBAL_ADMINISTRATOR, World};

#[tokio::test]
async fn an_inventory_selects_what_it_shows() {
    let world = World::start().await;
    let reader = world.application_with(&["Application.Read.All"]).await;
    let of_registration = [
        "id",
        "appId",
        "displayName",
        "signInAudience",
        "createdDateTime",
        "passwordCredentials",
        "keyCredentials",
        "requiredResourceAccess",
        "web",
        "spa",
        "publicClient",
        "verifiedPublisher",
        "tags",
        "notes",
    ];
    let of_enterprise = [
        "id",
        "appId",
        "displayName",
        "appOwnerOrganizationId",
        "servicePrincipalType",
        "accountEnabled",
        "tags",
        "preferredTokenSigningKeyThumbprint",
        "notificationEmailAddresses",
        "verifiedPublisher",
        "signInAudience",
        "passwordCredentials",
        "keyCredentials",
        "appRoleAssignmentRequired",
        "replyUrls",
        "disabledByMicrosoftStatus",
    ];
    for (set, names) in [("applications", of_registration.as_slice()), ("servicePrincipals", &of_enterprise)]
    {
        let page = reader.get(&format!("/{set}?$select={}&$top=999", names.join(","))).await.expect(200);
        assert!(page.value().len() > 60);
        for own in page.value() {
            let shown: BTreeSet<&str> = own.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(shown, names.iter().copied().collect::<BTreeSet<_>>());
        }
        assert_eq!(page.header("x-ms-resource-unit"), "1");
        let refused = reader.get(&format!("/{set}?$top=1000")).await.expect(400);
        assert!(refused.message().contains("'1000'"), "{}", refused.text);
        reader.get(&format!("/{set}?$top=0")).await.expect(400);
        let counted = reader.eventual().get(&format!("/{set}?$count=true&$top=1")).await.expect(200);
        assert!(counted.body["@odata.count"].as_u64().unwrap() > 60);
    }
    let expanded =
        reader.get("/applications?$select=id&$expand=owners($select=id)&$top=999").await.expect(200);
    assert_eq!(expanded.header("x-ms-resource-unit"), "2");
    let owners: Vec<usize> =
        expanded.value().iter().map(|own| own["owners"].as_array().unwrap().len()).collect();
    assert!([0, 1, 2].iter().all(|count| owners.contains(count)), "{owners:?}");
}

/// Without a snapshot: what goes before a page is reached is not on it, what stays is on one page, and only once.
#[tokio::test]
async fn registrations_may_come_and_go_between_pages() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let before: Vec<String> = admin
        .get("/applications?$select=id&$top=999")
        .await
        .expect(200)
        .all("id")
        .into_iter()
        .map(str::to_owned)
        .collect();
    let mut page = admin.get("/applications?$select=id&$top=20").await.expect(200);
    let mut seen: Vec<String> = page.all("id").into_iter().map(str::to_owned).collect();
    // Gone for good: one that was shown, the one that the next page begins with, and one further on.
    for gone in [&before[3], &before[20], &before[45]] {
        admin.delete(&format!("/applications/{gone}")).await.expect(204);
        admin.delete(&format!("/directory/deletedItems/{gone}")).await.expect(204);
    }
    let (new, _) = admin.application("Came while paging").await;
    while let Some(next) = page.body["@odata.nextLink"].as_str().map(str::to_owned) {
        page = admin.get(&next).await.expect(200);
        seen.extend(page.all("id").into_iter().map(str::to_owned));
    }
    let distinct: BTreeSet<&String> = seen.iter().collect();
    assert_eq!(distinct.len(), seen.len(), "none twice");
    let missing: Vec<&String> = before.iter().filter(|id| !distinct.contains(id)).collect();
    // The page began at the place of the one that had gone: its neighbour may have moved in front of it.
    assert!(missing.contains(&&before[20]) && missing.contains(&&before[45]), "{missing:?}");
    assert!(missing.len() <= 3, "{missing:?}");
    assert!(distinct.contains(&new));
}

#[tokio::test]
async fn the_seeded_organisation_has_a_case_of_everything_that_can_be_wrong() {
    let world = World::start().await;
    let reader = world.application_with(&["Application.Read.All"]).await;
    let page = reader.get("/applications?$top=999&$expand=owners").await.expect(200);
    let now = world.tenant.clock().now();
    let ends = |app: &Value, list: &str| -> Vec<Option<i64>> {
        let held = app[list].as_array().unwrap().iter();
        let day = |end: &Value| {
            let end: jiff::Timestamp = end.as_str()?.parse().ok()?;
            Some((end.duration_since(now).as_secs() + 43_200).div_euclid(86_400))
        };
        held.map(|own| day(&own["endDateTime"])).collect()
    };
    let all: BTreeSet<Option<i64>> =
        page.value().iter().flat_map(|app| ends(app, "passwordCredentials")).collect();
    for day in [60, 30, 14, 7, 1, -1] {
        assert!(all.contains(&Some(day)), "a secret that ends in {day} days: {all:?}");
    }
    assert!(all.contains(&None), "a secret without an end");
    assert!(all.iter().flatten().any(|day| *day > 90_000), "a secret that ends in 2299");
    let keys: BTreeSet<Option<i64>> =
        page.value().iter().flat_map(|app| ends(app, "keyCredentials")).collect();
    assert!(keys.contains(&Some(1)) && keys.iter().flatten().any(|day| *day < 0));
    let some = |what: &str, fits: &dyn Fn(&Value) -> bool| {
        assert!(page.value().iter().any(fits), "{what}");
    };
    let redirects = |app: &Value| app["web"]["redirectUris"].to_string();
    some("nobody owns it", &|app| app["owners"] == json!([]));
    some("one owner", &|app| app["owners"].as_array().unwrap().len() == 1);
    some("two owners", &|app| app["owners"].as_array().unwrap().len() == 2);
    some("an owner who is switched off", &|app| app["owners"][0]["displayName"] == "Pavel Nov\u{E1}k");
    some("plain http", &|app| redirects(app).contains("\"http://maps."));
    some("a domain that is not ours", &|app| redirects(app).contains("azurewebsites"));
    some("multi-tenant", &|app| app["signInAudience"] == "AzureADMultipleOrgs" && redirects(app) == "[]");
    let asks = |app: &Value, api: &str| app["requiredResourceAccess"].to_string().contains(api);
    some("Azure AD Graph", &|app| asks(app, "00000002-0000-0000-c000-000000000000"));
    some("EWS at Exchange", &|app| asks(app, "dc890d15-9560-4a4c-9b7f-a736ec74ec40"));
    some("EWS at Graph", &|app| asks(app, "9769c687-087d-48ac-9cb3-c37dde652038"));
    some("a name that a spreadsheet would run", &|app| app["displayName"].as_str().unwrap().starts_with('='));
}
