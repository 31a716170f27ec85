//! A large organisation.

use std::collections::BTreeSet;

use practice::Options;
use serde_json::Value;

use crate::graph_world::World;

/// 50,000 registrations are 51 pages of 999, as few requests as the limit allows; then one when nothing changed.
#[tokio::test]
async fn fifty_thousand_registrations_are_fifty_one_pages() {
    let world = World::with(Options { applications: 50_000, ..Options::default() }).await;
    let service = world.application_with(&["Application.Read.All"]).await;
    let since_now = service.get("/applications/delta?$deltatoken=latest").await.expect(200);
    let mut next = Some("/applications?$select=id,appId,displayName,passwordCredentials&$top=999".to_owned());
    let mut seen = BTreeSet::new();
    let mut ends: Vec<Option<String>> = Vec::new();
    let mut odd_names = 0;
    let mut pages = 0;
    while let Some(link) = next {
        let page = service.get(&link).await.expect(200);
        seen.extend(page.all("id").into_iter().map(str::to_owned));
        for own in page.value() {
            let held = own["passwordCredentials"].as_array().unwrap();
            ends.extend(held.iter().map(|one| one["endDateTime"].as_str().map(str::to_owned)));
            odd_names += usize::from(!own["displayName"].as_str().unwrap().is_ascii());
        }
        next = page.body["@odata.nextLink"].as_str().map(str::to_owned);
        pages += 1;
    }
    assert_eq!((pages, seen.len()), (51, 50_001), "the seeded ones and the caller's own");
    let counted = service.eventual().get("/applications/$count").await.expect(200);
    assert_eq!(counted.text, "50001");
    assert!(service.get(&since_now.text("@odata.deltaLink")).await.expect(200).value().is_empty());

    let mut by_day = std::collections::BTreeMap::<&str, usize>::new();
    for end in ends.iter().flatten() {
        *by_day.entry(&end[..10]).or_default() += 1;
    }
    assert!(by_day.values().any(|count| *count > 4_000), "thousands on one day");
    assert!(by_day.keys().any(|day| day.starts_with("2299")));
    assert!(ends.iter().filter(|end| end.is_none()).count() > 100);
    assert!(by_day.len() > 700, "spread over two years: {}", by_day.len());
    assert!(odd_names > 2_000, "{odd_names}");
}

/// What is not stored of the many is shown all the same.
#[tokio::test]
async fn one_of_the_many_looks_like_every_other() {
    let world = World::with(Options { applications: 400, ..Options::default() }).await;
    let admin = world.person_with(crate::graph_world::GLOBAL_ADMINISTRATOR, crate::graph_world::ADMIN).await;
    let page = admin.get("/applications?$top=999").await.expect(200);
    let of_the_many = |own: &&Value| {
        let name = own["displayName"].as_str().unwrap_or_default();
        name.starts_with("Yard ") && name.ends_with(|last: char| last.is_ascii_digit())
    };
    let last = page.value().iter().rfind(of_the_many).unwrap();
    let (made, _) = admin.application("Made now").await;
    let made = admin.get(&format!("/applications/{made}")).await.expect(200);
    let names = |own: &Value| own.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let mut here = names(&made.body);
    here.remove("@odata.context");
    assert_eq!(names(last), here);
    for settings in ["api", "web", "spa", "publicClient", "info", "parentalControlSettings"] {
        assert_eq!(last[settings], made.body[settings], "{settings}");
    }
    let path = format!("/applications/{}", last["id"].as_str().unwrap());
    let change = serde_json::json!({ "web": { "redirectUris": ["https://yard.example/cb"] } });
    admin.patch(&path, change).await.expect(204);
    let changed = admin.get(&path).await.expect(200);
    assert_eq!(changed.body["web"]["redirectUris"][0], "https://yard.example/cb");
    assert_eq!(changed.body["web"]["implicitGrantSettings"], made.body["web"]["implicitGrantSettings"]);
}
