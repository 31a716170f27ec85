//! What Microsoft may suddenly want of a person, or refuse: at the page, and for refresh tokens.

use practice::Demand;
use serde_json::json;

use crate::support::{App, TokenAnswer, World, authorize, redeem, tokens_of, upn};

async fn refresh(world: &World, app: &App, tokens: &TokenAnswer) -> TokenAnswer {
    let token = tokens.text("refresh_token");
    world
        .token(&[("grant_type", "refresh_token"), ("client_id", &app.client), ("refresh_token", token)])
        .await
}

/// Opens the sign-in page as Noor, with the account picker.
async fn sign_in(world: &World, app: &App) -> crate::support::Page {
    world.browser().sign_in(&authorize(world, app, &[]), "noor.haddad").await
}

#[tokio::test]
async fn each_demand_has_its_answer_for_a_refresh_token() {
    let world = World::new().await;
    let app = App::native(&world);
    for (demand, number, suberror) in [
        (Demand::Blocked, 53_003, Some("message_only")),
        (Demand::Device, 53_000, Some("additional_action")),
        (Demand::Mfa, 50_076, Some("basic_action")),
        (Demand::PasswordChanged, 50_173, None),
        (Demand::Idle, 700_082, None),
        (Demand::Disabled, 50_057, None),
    ] {
        let tokens = tokens_of(&world, &app, "noor.haddad", &[]).await;
        world.wait(5);
        assert!(world.tenant.demand(&upn("noor.haddad"), None, demand));
        let refused = refresh(&world, &app, &tokens).await;
        refused.refused(400, "invalid_grant", number);
        assert_eq!(refused.body["suberror"].as_str(), suberror, "{demand:?}");
        assert_eq!(refused.body["claims"].is_string(), demand == Demand::Mfa, "{demand:?}");
        assert!(world.tenant.demand(&upn("noor.haddad"), None, Demand::Nothing));
        world.wait(5);
    }
    assert!(!world.tenant.demand("nobody@nowhere.example", None, Demand::Mfa));
}

#[tokio::test]
async fn a_second_factor_is_given_by_signing_in_again_and_a_block_is_not_lifted_by_it() {
    let world = World::new().await;
    let app = App::native(&world);
    let before = tokens_of(&world, &app, "noor.haddad", &[]).await;
    world.wait(5);
    world.tenant.demand(&upn("noor.haddad"), None, Demand::Mfa);
    world.wait(5);
    let after = redeem(&world, &app, &sign_in(&world, &app).await.code()).await.ok();
    refresh(&world, &app, &after).await.ok();
    refresh(&world, &app, &before).await.refused(400, "invalid_grant", 50_076);
    world.tenant.demand(&upn("noor.haddad"), None, Demand::Blocked);
    sign_in(&world, &app).await.shows(53_003);
    world.tenant.demand(&upn("noor.haddad"), None, Demand::Nothing);
    refresh(&world, &app, &before).await.ok();
}

#[tokio::test]
async fn a_demand_can_be_about_one_app_and_comes_by_the_switch_too() {
    let world = World::new().await;
    let (app, other) = (App::native(&world), App::native(&world));
    let [one, two] = [
        tokens_of(&world, &app, "noor.haddad", &[]).await,
        tokens_of(&world, &other, "noor.haddad", &[]).await,
    ];
    let ask = async |body: serde_json::Value| {
        world.http.post(world.url("_practice/demands")).json(&body).send().await.unwrap().status().as_u16()
    };
    assert_eq!(
        ask(json!({"person": upn("noor.haddad"), "client": app.client, "demand": "device"})).await,
        200
    );
    refresh(&world, &app, &one).await.refused(400, "invalid_grant", 53_000);
    refresh(&world, &other, &two).await.ok();
    assert_eq!(ask(json!({"person": "nobody", "demand": "mfa"})).await, 404);
    assert_eq!(ask(json!({"person": upn("noor.haddad"), "demand": "something"})).await, 400);
}
