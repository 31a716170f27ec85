//! The practice tenant as the other side: an app limited to a group and set free again, and who may not.

use std::sync::Arc;

use async_trait::async_trait;
use exchange::opath::Filter;
use exchange::resources::{AccessRight, InScope};
use exchange::{
    Anchor, ExchangeClient, ExchangeError, access_policies, assignments, authorization, groups, organization,
    recipients, scopes, service_principals,
};
use net::call::{AccessToken, ClaimsChallenge, TokenRefusal, TokenSource};
use practice::{Options, PracticeTenant};
use serde_json::Value;

use crate::world::{http, named};

/// Microsoft's own client for Exchange, which needs no consent there.
const EXCHANGE_POWERSHELL: &str = "fb78d390-0c51-40cd-8e17-fdbfab77341b";
const GROUP: &str = "calendar-connector-scope@lindqvist-practice.example";
const INSIDE: &str = "erik.johansson@lindqvist-practice.example";
const OUTSIDE: &str = "noor.haddad@lindqvist-practice.example";

struct OneToken(AccessToken);

#[async_trait]
impl TokenSource for OneToken {
    async fn token(&self, _: &[&str], _: Option<&ClaimsChallenge>) -> Result<AccessToken, TokenRefusal> {
        Ok(self.0.clone())
    }
}

async fn tenant(person: &str) -> (PracticeTenant, ExchangeClient) {
    let sign_in_as = Some(format!("{person}@lindqvist-practice.example"));
    let practice =
        PracticeTenant::start(Options { sign_in_as, applications: 12, ..Options::default() }).await.unwrap();
    let client = client(&practice).await;
    (practice, client)
}

/// Signs in as the person for whom the tenant was started.
async fn client(practice: &PracticeTenant) -> ExchangeClient {
    let login = practice.base_url().join(&format!("{}/oauth2/v2.0/", practice.tenant_id())).unwrap();
    let mut url = login.join("authorize").unwrap();
    url.query_pairs_mut()
        .append_pair("client_id", EXCHANGE_POWERSHELL)
        .append_pair("response_type", "code")
        .append_pair("redirect_uri", "http://localhost")
        .append_pair("scope", "https://outlook.office365.com/.default");
    let answer = http().get(url).send().await.unwrap();
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    let back = url::Url::parse(&location).unwrap();
    let code = back.query_pairs().find(|(name, _)| name == "code").unwrap_or_else(|| panic!("{back}")).1;
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", EXCHANGE_POWERSHELL),
        ("redirect_uri", "http://localhost"),
        ("code", &code),
    ];
    let answer = http().post(login.join("token").unwrap()).form(&form).send().await.unwrap();
    let body: Value = answer.json().await.unwrap();
    let token = body["access_token"].as_str().unwrap_or_else(|| panic!("{body}"));
    let tokens = Arc::new(OneToken(AccessToken::new(token.to_owned())));
    // The tenant is asked for tokens once, so one moment will do.
    let now = practice.clock().now();
    ExchangeClient::new(
        http(),
        practice.base_url().join("exchange/").unwrap(),
        practice.tenant_id(),
        &Anchor::Organisation,
        ["x"],
        tokens,
        Arc::new(move || now),
    )
    .unwrap()
}

fn app(practice: &PracticeTenant) -> (String, String) {
    practice.tables(|tables| {
        let row = tables
            .service_principals
            .values()
            .find(|row| {
                row.text("servicePrincipalType") == "Application"
                    && !tables.exchange.service_principals.contains_key(row.text("id"))
            })
            .unwrap();
        (row.text("appId").to_owned(), row.text("id").to_owned())
    })
}

#[tokio::test]
async fn row_a10_an_app_is_limited_to_a_group_and_set_free_again() {
    let (practice, exchange) = tenant("ingrid.solberg").await;
    let (app_id, id) = app(&practice);
    let (principal, scope, name) = (named(&id), named("Test scope"), named("Test role"));
    let config = exchange.invoke(organization::config()).await.unwrap();
    assert_eq!(config.is_dehydrated, Some(false));
    let group = exchange.invoke(recipients::get(&named(GROUP))).await.unwrap();
    assert!(group.is_group());
    let place = group.distinguished_name.unwrap();
    assert!(
        exchange.invoke(groups::members(&named(&place))).await.unwrap().iter().any(|one| one.is_at(INSIDE))
    );

    assert_eq!(exchange.find(service_principals::get(&principal)).await, Ok(None));
    let made = exchange.invoke(service_principals::create(&app_id, &id, "Test")).await.unwrap();
    assert_eq!(made.enterprise_app(), Some(id.as_str()));
    let twice = exchange.invoke(service_principals::create(&app_id, &id, "Test")).await;
    assert!(matches!(twice, Err(ExchangeError::AlreadyExists(_))), "{twice:?}");
    exchange.invoke(scopes::create(&scope, &Filter::member_of(&place))).await.unwrap();
    let role = assignments::create(&name, &principal, "Application Calendars.Read", Some(&scope));
    exchange.invoke(role).await.unwrap();
    let held = exchange.invoke(assignments::of_app(&principal)).await.unwrap();
    assert_eq!(held[0].custom_resource_scope.as_deref(), Some("Test scope"));
    assert!(!held[0].is_organisation_wide());

    for (mailbox, expected) in [(INSIDE, InScope::Yes), (OUTSIDE, InScope::No)] {
        let lines = exchange.invoke(authorization::test(&principal, Some(&named(mailbox)))).await.unwrap();
        assert_eq!(lines[0].in_scope, expected, "{mailbox}");
        assert_eq!(lines[0].granted_permissions, ["Calendars.Read"]);
    }
    let used = exchange.invoke(scopes::remove(&scope)).await;
    assert!(matches!(used, Err(ExchangeError::Refused(_))), "{used:?}");
    exchange.invoke(assignments::remove(&name)).await.unwrap();
    exchange.invoke(scopes::remove(&scope)).await.unwrap();
    exchange.invoke(service_principals::remove(&principal)).await.unwrap();
    assert_eq!(exchange.find(scopes::get(&scope)).await, Ok(None));
    assert_eq!(exchange.find(assignments::get(&name)).await, Ok(None));
}

#[tokio::test]
async fn groups_and_policies_are_made_and_removed() {
    let (practice, exchange) = tenant("ingrid.solberg").await;
    let (app_id, _) = app(&practice);
    let alias = named("gatehouse-test");
    let made = exchange
        .invoke(groups::create(&named("Test group"), "gatehouse-test", "Test", &[named(INSIDE)]))
        .await;
    assert!(made.unwrap().is_mail_enabled_security_group());
    exchange.invoke(groups::add_member(&alias, &named(OUTSIDE))).await.unwrap();
    let twice = exchange.invoke(groups::add_member(&alias, &named(OUTSIDE))).await;
    assert!(matches!(twice, Err(ExchangeError::AlreadyExists(_))), "{twice:?}");
    assert_eq!(exchange.invoke(groups::members(&alias)).await.unwrap().len(), 2);
    exchange.invoke(groups::remove_member(&alias, &named(OUTSIDE))).await.unwrap();
    let twice = exchange.invoke(groups::remove_member(&alias, &named(OUTSIDE))).await;
    assert!(matches!(twice, Err(ExchangeError::NotFound(_))), "{twice:?}");

    let policy = access_policies::create(&app_id, &alias, AccessRight::Restrict, "x");
    let policy = exchange.invoke(policy).await.unwrap();
    for (mailbox, granted) in [(INSIDE, true), (OUTSIDE, false)] {
        let test = exchange.invoke(access_policies::test(&named(mailbox), &app_id)).await.unwrap();
        assert_eq!(test.is_granted(), Some(granted), "{mailbox}");
    }
    assert!(exchange.invoke(access_policies::list()).await.unwrap().iter().any(|one| one.is_for(&app_id)));
    exchange.invoke(access_policies::remove(&named(&policy.identity))).await.unwrap();
    exchange.invoke(groups::remove(&alias)).await.unwrap();
    assert_eq!(exchange.find(groups::get(&alias)).await, Ok(None));
}

#[tokio::test]
async fn somebody_without_a_role_is_told_so_and_an_unknown_name_is_no_object() {
    let (_practice, exchange) = tenant("noor.haddad").await;
    let refused = exchange.invoke(scopes::list()).await.unwrap_err();
    let ExchangeError::Forbidden(refusal) = &refused else { panic!("{refused:?}") };
    assert!(refusal.message.contains("management roles"), "the reason is in x-ms-diagnostics: {refusal:?}");
    let (_practice, exchange) = tenant("ingrid.solberg").await;
    assert_eq!(exchange.find(recipients::get(&named("nobody@lindqvist-practice.example"))).await, Ok(None));
}
