//! Many registrations: requests are counted. `examples/inventory_figures.rs` does the same, optimised, with fifty thousand.

use practice::Options;
use watch::inventory::{Query, query};

use super::stage::{ADMIN, Stage};
use super::view;

const LIST: &str = "/v1.0/applications";

#[tokio::test]
async fn many_registrations_take_one_request_for_each_page_and_then_one() {
    let stage = Stage::with(Options { applications: 5_000, ..Options::default() }, ADMIN).await;
    // Enterprise apps are another list; without them this test takes half the time.
    stage.tenant.tables(|tables| {
        tables.service_principals.retain(|_, row| row.text("appOwnerOrganizationId").starts_with("f8cdef31"));
    });
    assert_eq!(stage.registrations_alive(), 5_000);
    stage.sync().await;
    let asked = stage.asked(0);
    let other = asked.iter().position(|request| request.path.starts_with("/v1.0/servicePrincipals")).unwrap();
    assert_eq!(asked[..other].iter().filter(|request| request.path == LIST).count(), 6);
    assert_eq!(other, 7, "and one for the link to what changes");
    let page = query(&stage.store, &Query { limit: 100, ..Query::default() }, &view(stage.now())).unwrap();
    assert_eq!((page.known, page.rows.len()), (5_000, 100));

    let before = stage.count();
    assert!(!stage.sync().await.whole);
    let asked: Vec<_> = stage.asked(before).into_iter().map(|request| request.path).collect();
    assert_eq!(asked, ["/v1.0/applications/delta()", "/v1.0/servicePrincipals/delta()"]);
}
