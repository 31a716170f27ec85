//! Usage reports: a redirect to a file, with names as the settings say.

use serde_json::json;

use crate::graph_world::{ADMIN, GLOBAL_ADMINISTRATOR, Reply, World};

const REPORT: &str = "/reports/getOffice365ActiveUserDetail(period='D7')";

/// Follows the link without a token, as a client must.
async fn download(world: &World, redirect: &Reply) -> Reply {
    world.send(reqwest::Method::GET, redirect.header("location"), &[], None).await
}

#[tokio::test]
async fn names_are_hidden_until_an_administrator_shows_them() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let app = world.application_with(&["Reports.Read.All"]).await;
    let before = world.tenant.snapshot();
    assert_eq!(admin.get("/admin/reportSettings").await.expect(200).body["displayConcealedNames"], true);
    let hidden = download(&world, &app.get(REPORT).await.expect(302)).await.expect(200);
    assert!(hidden.text.starts_with("\u{feff}Report Refresh Date,User Principal Name,"), "{}", hidden.text);
    assert!(!hidden.text.contains(GLOBAL_ADMINISTRATOR) && hidden.text.lines().count() > 40);
    admin.patch("/admin/reportSettings", json!({ "displayConcealedNames": false })).await.expect(204);
    let shown = download(&world, &app.get(REPORT).await.expect(302)).await.expect(200);
    assert!(shown.text.contains(GLOBAL_ADMINISTRATOR), "{}", shown.text);
    assert_eq!(shown.text.lines().count(), hidden.text.lines().count());
    admin.patch("/admin/reportSettings", json!({ "displayConcealedNames": true })).await.expect(204);
    assert_eq!(practice::differences(&before, &world.tenant.snapshot()), []);
}

#[tokio::test]
async fn every_row_has_every_column() {
    let world = World::start().await;
    let app = world.application_with(&["Reports.Read.All"]).await;
    for report in ["getOffice365ActiveUserDetail", "getMailboxUsageDetail", "getEmailActivityUserDetail"] {
        let redirect = app.get(&format!("/reports/{report}(period='D30')")).await.expect(302);
        assert_eq!(redirect.text, "");
        let file = download(&world, &redirect).await.expect(200);
        let columns: Vec<usize> = file.text.lines().map(|line| line.split(',').count()).collect();
        assert!(
            columns.len() > 30 && columns.iter().all(|count| *count == columns[0]),
            "{report}: {columns:?}"
        );
    }
}

#[tokio::test]
async fn links_are_short_lived_and_take_no_token() {
    let world = World::start().await;
    let app = world.application_with(&["Reports.Read.All"]).await;
    let redirect = app.get(REPORT).await.expect(302);
    let link = redirect.header("location").to_owned();
    app.get(&link).await.expect(400);
    let forged = link.replace("token=", "token=x");
    world.send(reqwest::Method::GET, &forged, &[], None).await.expect(403);
    world.tenant.clock().advance(jiff::SignedDuration::from_mins(6));
    download(&world, &redirect).await.expect(403);
}

#[tokio::test]
async fn periods_and_days_are_checked_and_the_permission_too() {
    let world = World::start().await;
    let app = world.application_with(&["Reports.Read.All"]).await;
    let today = world.tenant.clock().now();
    let day =
        |days: i64| (today - jiff::SignedDuration::from_hours(24 * days)).strftime("%Y-%m-%d").to_string();
    for (arguments, status) in [
        ("period='D180'".to_owned(), 302),
        ("period='D8'".to_owned(), 400),
        (format!("date={}", day(3)), 302),
        (format!("date={}", day(40)), 400),
    ] {
        app.get(&format!("/reports/getOffice365ActiveUserDetail({arguments})")).await.expect(status);
    }
    world.application_with(&["User.Read.All"]).await.get(REPORT).await.expect(403);
}
