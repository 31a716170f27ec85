//! A large organisation.

use practice::Options;

use crate::graph_world::World;

/// 50,000 registrations are 51 pages of 999, as few requests as the limit allows.
#[tokio::test]
async fn fifty_thousand_registrations_are_fifty_one_pages() {
    let world = World::with(Options { applications: 50_000, ..Options::default() }).await;
    let service = world.application_with(&["Application.Read.All"]).await;
    let mut next = Some("/applications?$select=id,appId,displayName,passwordCredentials&$top=999".to_owned());
    let mut seen = std::collections::BTreeSet::new();
    let mut pages = 0;
    while let Some(link) = next {
        let page = service.get(&link).await.expect(200);
        seen.extend(page.all("id").into_iter().map(str::to_owned));
        next = page.body["@odata.nextLink"].as_str().map(str::to_owned);
        pages += 1;
    }
    assert_eq!((pages, seen.len()), (51, 50_001), "the seeded ones and the caller's own");
    let counted = service.eventual().get("/applications/$count").await.expect(200);
    assert_eq!(counted.text, "50001");
}
