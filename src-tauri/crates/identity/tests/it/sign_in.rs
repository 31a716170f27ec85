//! A whole sign-in: what is sent, what comes back, and who it must be.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use identity::{
    AccountKey, Claims, IdentityError, Interaction, InteractionReason, Prompt, Scopes, SignIn,
    SignInProgress, SignInRequest, SignedIn, Tenant,
};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::authority::{self, ANN, BEN, Behaviour, CLIENT, FakeAuthority, OTHER_TENANT, TENANT, query};
use crate::browsers;
use crate::raw::answer_yes;

pub(crate) fn request() -> SignInRequest {
    SignInRequest::new(CLIENT.parse().unwrap(), Tenant::Organizations, Scopes::parse("User.Read"))
}

pub(crate) fn account(tenant: &str, person: &str) -> AccountKey {
    AccountKey { tenant_id: tenant.parse().unwrap(), object_id: person.parse().unwrap() }
}

/// Runs a sign-in in which the person says yes; with the address that the browser was sent to.
pub(crate) async fn run(
    authority: &FakeAuthority,
    request: SignInRequest,
) -> (Url, Result<SignedIn, IdentityError>) {
    let (browser, mut opened) = browsers::handed_over();
    let sign_in = SignIn::start(authority.client(), request, browser);
    let authorize = opened.recv().await.unwrap();
    authority.visited(&authorize);
    answer_yes(&authorize).await;
    (authorize, sign_in.outcome.await)
}

#[tokio::test]
async fn a_sign_in_brings_the_person_and_the_tokens() {
    let authority = authority::start(Behaviour::default()).await;
    let (authorize, outcome) = run(&authority, request()).await;
    let signed_in = outcome.unwrap();
    assert_eq!(signed_in.account, account(TENANT, ANN));
    assert_eq!(signed_in.upn.as_deref(), Some("ann@contoso.example"));
    assert_eq!(signed_in.tokens.access.expose(), "access-1");
    assert!(signed_in.tokens.access.scopes().contains("User.Read"));
    assert!(
        !format!("{signed_in:?}").contains("access-1") && !format!("{signed_in:?}").contains("refresh-1")
    );

    // O2, O3: PKCE with S256 of the verifier that is sent with the code; the same redirect address both times.
    let sent = &authority.token_requests()[0];
    assert_eq!(query(&authorize, "code_challenge_method"), "S256");
    assert_eq!(
        query(&authorize, "code_challenge"),
        URL_SAFE_NO_PAD.encode(Sha256::digest(&sent["code_verifier"]))
    );
    assert_eq!(query(&authorize, "redirect_uri"), sent["redirect_uri"]);
    assert!(!sent["redirect_uri"].ends_with('/'), "as it is registered: {}", sent["redirect_uri"]);
    assert_eq!((sent["grant_type"].as_str(), sent["code"].as_str()), ("authorization_code", "the-code"));
    assert!(!sent.contains_key("client_secret"), "a public client has none");
    for parameter in ["state", "nonce"] {
        assert_eq!(query(&authorize, parameter).len(), 43);
    }
    assert_eq!(query(&authorize, "prompt"), "select_account");
    assert_eq!(query(&authorize, "scope"), "User.Read openid profile offline_access");
    assert!(query(&authorize, "claims").contains("cp1"));
}

#[tokio::test]
async fn a_web_app_proves_itself_beside_the_person_and_its_secret_shows_nowhere() {
    let authority = authority::start(Behaviour::default()).await;
    let secret = identity::ClientSecret::new("canary~secret".into()).unwrap();
    let (client, tenant) = (CLIENT.parse().unwrap(), Tenant::parse(TENANT).unwrap());
    let request = SignInRequest::as_app(client, tenant, Scopes::parse("User.Read"), secret);
    assert!(!format!("{request:?}").contains("canary"));
    let (authorize, outcome) = run(&authority, request).await;
    let signed_in = outcome.unwrap();
    assert!(!authorize.as_str().contains("canary"), "the browser never carries it");
    assert_eq!(query(&authorize, "prompt"), "consent", "the person sees what the app asks for");
    let sent = &authority.token_requests()[0];
    assert_eq!(sent["client_secret"], "canary~secret");
    assert!(sent.contains_key("code_verifier"), "a secret does not take the place of PKCE");
    assert!(!format!("{signed_in:?}").contains("canary"));
}

#[test]
fn a_secret_s_id_is_never_taken_for_a_web_app_s_secret() {
    let id = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
    assert!(matches!(identity::ClientSecret::new(id.into()), Err(IdentityError::SecretIdPasted)));
}

#[tokio::test]
async fn a_web_app_s_sign_in_that_is_cancelled_sends_no_secret() {
    let authority = authority::start(Behaviour::default()).await;
    let secret = identity::ClientSecret::new("canary~secret".into()).unwrap();
    let (client, tenant) = (CLIENT.parse().unwrap(), Tenant::parse(TENANT).unwrap());
    let request = SignInRequest::as_app(client, tenant, Scopes::parse("User.Read"), secret);
    let (browser, mut opened) = browsers::handed_over();
    let sign_in = SignIn::start(authority.client(), request, browser);
    opened.recv().await.unwrap();
    sign_in.handle.cancel();
    assert!(matches!(sign_in.outcome.await, Err(IdentityError::Cancelled)));
    assert!(authority.token_requests().is_empty());
}

#[tokio::test]
async fn hints_prompts_and_claims_reach_the_sign_in_page() {
    let authority = authority::start(Behaviour::default()).await;
    let request = SignInRequest {
        login_hint: Some("ann@contoso.example".into()),
        prompt: Prompt::Consent,
        claims: Some(
            Claims::from_json(r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#).unwrap(),
        ),
        ..request()
    };
    let (authorize, outcome) = run(&authority, request).await;
    outcome.unwrap();
    assert_eq!(query(&authorize, "login_hint"), "ann@contoso.example");
    assert_eq!(query(&authorize, "prompt"), "consent");
    let claims = query(&authorize, "claims");
    assert!(claims.contains("acrs") && claims.contains("cp1"), "{claims}");
}

#[tokio::test]
async fn somebody_else_is_told_apart_by_person_and_by_organisation() {
    let authority = authority::start(Behaviour::default()).await;
    let again = |account| SignInRequest {
        tenant: Tenant::Organizations,
        ..SignInRequest::again(CLIENT.parse().unwrap(), account, Scopes::parse("User.Read"))
    };
    let (_, outcome) = run(&authority, again(account(TENANT, BEN))).await;
    let Err(IdentityError::WrongAccount(wrong)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(
        (wrong.actual, wrong.actual_name.as_deref()),
        (account(TENANT, ANN), Some("ann@contoso.example"))
    );
    let (_, outcome) = run(&authority, again(account(OTHER_TENANT, ANN))).await;
    assert!(matches!(outcome, Err(IdentityError::WrongTenant(_))), "{outcome:?}");
    let (_, outcome) = run(&authority, again(account(TENANT, ANN))).await;
    outcome.unwrap();
}

#[tokio::test]
async fn what_a_renewal_lacks_is_what_the_sign_in_asks_for() {
    let authority = authority::start(Behaviour::default()).await;
    let claims = Claims::from_json(r#"{"access_token":{"acrs":{"value":"c1"}}}"#).unwrap();
    let interaction = Interaction { reason: InteractionReason::Consent, claims: Some(claims), error: None };
    let (client, scopes) = (CLIENT.parse().unwrap(), Scopes::parse("Mail.Send"));
    let request = SignInRequest::to_settle(&interaction, client, account(TENANT, ANN), scopes);
    let (authorize, outcome) = run(&authority, request).await;
    outcome.unwrap();
    assert_eq!(query(&authorize, "prompt"), "consent");
    assert!(query(&authorize, "claims").contains("acrs") && query(&authorize, "scope").contains("Mail.Send"));
    assert!(authorize.path().contains(TENANT), "to the account's own organisation");
}

#[tokio::test]
async fn a_clock_that_is_off_is_noticed() {
    let authority = authority::start(Behaviour::default()).await;
    let client = authority.client();
    assert_eq!(client.clock_skew(), None);
    client.tenant_id(&Tenant::parse("contoso.example").unwrap()).await.unwrap();
    assert_eq!(client.clock_skew().unwrap().as_mins(), 10);
}

#[tokio::test]
async fn without_a_browser_the_address_can_be_copied() {
    let authority = authority::start(Behaviour::default()).await;
    let mut sign_in = SignIn::start(authority.client(), request(), Arc::new(browsers::NoBrowser));
    assert_eq!(sign_in.progress.recv().await, Some(SignInProgress::Preparing));
    assert_eq!(sign_in.progress.recv().await, Some(SignInProgress::InBrowser));
    assert_eq!(sign_in.progress.recv().await, Some(SignInProgress::NoBrowser));
    let authorize = sign_in.handle.authorize_url().unwrap();
    authority.visited(&authorize);
    answer_yes(&authorize).await;
    assert_eq!(sign_in.progress.recv().await, Some(SignInProgress::Finishing));
    sign_in.outcome.await.unwrap();
}

#[tokio::test]
async fn opening_again_opens_the_same_sign_in() {
    let authority = authority::start(Behaviour::default()).await;
    let (browser, mut opened) = browsers::handed_over();
    let sign_in = SignIn::start(authority.client(), request(), browser);
    let first = opened.recv().await.unwrap();
    sign_in.handle.open_again().await;
    assert_eq!(opened.recv().await.unwrap(), first);
    sign_in.handle.cancel();
    assert!(matches!(sign_in.outcome.await, Err(IdentityError::Cancelled)));
    assert!(authority.token_requests().is_empty());
}

#[tokio::test]
async fn cancelling_before_anything_was_reached_ends_it_too() {
    // A service that accepts connections and never answers.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", silent.local_addr().unwrap());
    let cloud = identity::Cloud::on_this_computer("silent", &base, &base, &base).unwrap();
    let http = net::http::client(&net::http::ClientOptions::new("test")).unwrap();
    let authority = identity::Authority::new(cloud, http, crate::clock::TestClock::new().as_clock());
    let (browser, mut opened) = browsers::handed_over();
    let sign_in = SignIn::start(authority, request(), browser);
    assert!(sign_in.handle.authorize_url().is_none());
    sign_in.handle.cancel();
    assert!(matches!(sign_in.outcome.await, Err(IdentityError::Cancelled)));
    assert!(opened.try_recv().is_err(), "no browser was opened");
}

#[tokio::test]
async fn a_sign_in_by_domain_learns_the_organisations_id() {
    let authority = authority::start(Behaviour::default()).await;
    let tenant = Tenant::parse("contoso.example").unwrap();
    assert_eq!(authority.client().tenant_id(&tenant).await.unwrap().as_str(), TENANT);
    let (_, outcome) = run(&authority, SignInRequest { tenant, ..request() }).await;
    assert_eq!(outcome.unwrap().account.tenant_id.as_str(), TENANT);
}
