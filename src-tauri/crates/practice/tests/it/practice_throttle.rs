//! Throttling as clients meet it.

use serde_json::json;

use crate::support::{App, World};

#[tokio::test]
async fn an_application_with_personal_accounts_may_write_sixty_times_a_minute() {
    let world = World::new().await;
    let app = App::web(&world);
    app.set(&world, "signInAudience", json!("AzureADandPersonalMicrosoftAccount"));
    app.grant_role(&world, "Application.ReadWrite.All");
    let secret = app.secret(&world, -1, 30);
    let parameters = [
        ("grant_type", "client_credentials"),
        ("client_id", app.client.as_str()),
        ("client_secret", secret.as_str()),
        ("scope", "https://graph.microsoft.com/.default"),
    ];
    let token = world.token(&parameters).await.ok().text("access_token").to_owned();
    let write = async || {
        let url = world.url(&format!("v1.0/applications/{}", app.id));
        world.http.patch(url).bearer_auth(&token).json(&json!({"notes": "x"})).send().await.unwrap()
    };
    for _ in 0..60 {
        let answer = write().await;
        assert_eq!(answer.status(), 204);
        assert_eq!(answer.headers()["x-ms-resource-unit"], "1");
    }
    // The bucket fills while the test runs, so a few more may pass.
    let mut refused = write().await;
    for _ in 0..60 {
        if refused.status() == 429 {
            break;
        }
        refused = write().await;
    }
    assert_eq!(refused.status(), 429);
    assert!(refused.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap() >= 1);
    assert!(refused.headers()["x-ms-throttle-scope"].to_str().unwrap().contains(&app.client));
    let body: serde_json::Value = refused.json().await.unwrap();
    assert_eq!(body["error"]["code"], "TooManyRequests");
    world.wait(60);
    assert_eq!(write().await.status(), 204);
}
