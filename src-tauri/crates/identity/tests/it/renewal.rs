//! Renewing without asking, and knowing when to ask.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use axum::response::IntoResponse;
use identity::{
    Challenge, Claims, IdentityError, InteractionReason, MemoryTokenStore, RefreshKey, Scopes, StoreError,
    TokenProvider, TokenStore,
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::authority::{self, ANN, Behaviour, CLIENT, FakeAuthority, TENANT, refusal, tokens};
use crate::sign_in::{account, request, run};

fn provider(authority: &FakeAuthority, store: Arc<dyn TokenStore>) -> TokenProvider {
    TokenProvider::new(authority.client(), CLIENT.parse().unwrap(), account(TENANT, ANN), store)
}

async fn signed_in(authority: &FakeAuthority, store: Arc<dyn TokenStore>) -> TokenProvider {
    let provider = provider(authority, store);
    let (_, outcome) = run(authority, request()).await;
    provider.adopt(outcome.unwrap().tokens).await.unwrap();
    provider
}

fn user_read() -> Scopes {
    Scopes::parse("User.Read")
}

/// Answers renewals with `answer`, and everything before with tokens.
fn refusing_renewals(error: &'static str, suberror: &'static str, code: u32) -> Behaviour {
    Behaviour { token: Some(Box::new(move |_| refusal(error, suberror, code))), ..Behaviour::default() }
}

async fn kept(store: &MemoryTokenStore, provider: &TokenProvider) -> Option<String> {
    store.load(provider.key()).await.unwrap().map(|token| token.expose_secret().to_owned())
}

async fn with_stored_token(behaviour: Behaviour) -> (FakeAuthority, Arc<MemoryTokenStore>, TokenProvider) {
    let authority = authority::start(behaviour).await;
    let store = Arc::new(MemoryTokenStore::default());
    let provider = provider(&authority, store.clone());
    store.save(provider.key(), &"refresh-0".into()).await.unwrap();
    (authority, store, provider)
}

/// Row 16, O12 and attack 29: renewed ahead of its end, and the refresh token before it is gone from the store.
#[tokio::test]
async fn a_token_is_used_until_shortly_before_its_end_and_then_replaced() {
    let authority = authority::start(Behaviour::default()).await;
    let store = Arc::new(MemoryTokenStore::default());
    let provider = signed_in(&authority, store.clone()).await;
    assert_eq!(kept(&store, &provider).await.as_deref(), Some("refresh-1"));
    authority.clock.forward(3600 - 301);
    assert_eq!(provider.token(&user_read(), None).await.unwrap().expose(), "access-1");
    authority.clock.forward(2);
    assert_eq!(provider.token(&user_read(), None).await.unwrap().expose(), "access-2");
    let renewal = &authority.token_requests()[1];
    assert_eq!(
        (renewal["grant_type"].as_str(), renewal["refresh_token"].as_str()),
        ("refresh_token", "refresh-1")
    );
    assert!(renewal["claims"].contains("cp1"));
    assert_eq!(kept(&store, &provider).await.as_deref(), Some("refresh-2"), "and only that");
    // The next renewal uses the new one, never the old.
    authority.clock.forward(3600);
    provider.token(&user_read(), None).await.unwrap();
    assert_eq!(authority.token_requests()[2]["refresh_token"], "refresh-2");
}

#[tokio::test]
async fn many_callers_share_one_renewal() {
    let (authority, _, provider) = with_stored_token(Behaviour::default()).await;
    let provider = Arc::new(provider);
    let callers: Vec<_> = (0..20)
        .map(|_| {
            let provider = Arc::clone(&provider);
            tokio::spawn(async move { provider.token(&user_read(), None).await.unwrap().expose().to_owned() })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap(), "access-1");
    }
    assert_eq!(authority.token_requests().len(), 1);
}

#[tokio::test]
async fn more_permissions_and_other_apis_get_their_own_tokens() {
    let (authority, _, provider) = with_stored_token(Behaviour::default()).await;
    provider.token(&user_read(), None).await.unwrap();
    let more = provider.token(&Scopes::parse("Mail.Read"), None).await.unwrap();
    assert!(
        more.scopes().contains("User.Read") && more.scopes().contains("Mail.Read"),
        "both, or callers would alternate"
    );
    provider.token(&user_read(), None).await.unwrap();
    assert_eq!(authority.token_requests().len(), 2);
    let exchange = Scopes::parse("https://outlook.office365.com/Exchange.Manage");
    provider.token(&exchange, None).await.unwrap();
    provider.token(&user_read(), None).await.unwrap();
    let sent = authority.token_requests();
    assert_eq!(sent.len(), 3, "each API keeps its own");
    assert!(!sent[2]["scope"].contains("User.Read"), "a token is for one API: {}", sent[2]["scope"]);
}

#[tokio::test]
async fn after_a_grant_the_next_token_is_fresh() {
    let (authority, _, provider) = with_stored_token(Behaviour::default()).await;
    provider.token(&user_read(), None).await.unwrap();
    provider.forget_access_tokens().await;
    assert_eq!(provider.token(&user_read(), None).await.unwrap().expose(), "access-2");
    assert_eq!(authority.token_requests().len(), 2);
}

/// Row 17 and the consent trap: a renewal cannot obtain consent, and must not lose the sign-in over it.
#[tokio::test]
async fn missing_consent_asks_the_person_and_keeps_the_sign_in() {
    let (_authority, store, provider) =
        with_stored_token(refusing_renewals("invalid_grant", "consent_required", 65001)).await;
    let error = provider.token(&user_read(), None).await.unwrap_err();
    let IdentityError::NeedsInteraction(interaction) = &error else { panic!("{error:?}") };
    assert_eq!(interaction.reason, InteractionReason::Consent);
    assert_eq!(kept(&store, &provider).await.as_deref(), Some("refresh-0"));
    assert!(identity::explain::error(&error).what.contains("agreed"));
}

#[tokio::test]
async fn a_dead_refresh_token_is_deleted_and_a_doubtful_one_is_not() {
    let (_authority, store, provider) =
        with_stored_token(refusing_renewals("invalid_grant", "bad_token", 50173)).await;
    let error = provider.token(&user_read(), None).await.unwrap_err();
    assert!(
        matches!(&error, IdentityError::NeedsInteraction(i) if i.reason == InteractionReason::Renew),
        "{error:?}"
    );
    assert_eq!(kept(&store, &provider).await, None);
    let again = provider.token(&user_read(), None).await.unwrap_err();
    assert!(matches!(again, IdentityError::NeedsInteraction(i) if i.reason == InteractionReason::SignedOut));

    let (_authority, store, provider) =
        with_stored_token(refusing_renewals("interaction_required", "basic_action", 50076)).await;
    let error = provider.token(&user_read(), None).await.unwrap_err();
    assert!(matches!(error, IdentityError::NeedsInteraction(_)), "{error:?}");
    assert_eq!(kept(&store, &provider).await.as_deref(), Some("refresh-0"));
}

/// A passing failure is no reason to ask anybody.
#[tokio::test]
async fn a_passing_failure_is_passed_on_as_such() {
    let (_authority, store, provider) =
        with_stored_token(refusing_renewals("temporarily_unavailable", "", 90033)).await;
    let error = provider.token(&user_read(), None).await.unwrap_err();
    assert!(matches!(&error, IdentityError::Refused(error) if error.error.is_passing()), "{error:?}");
    assert_eq!(kept(&store, &provider).await.as_deref(), Some("refresh-0"));
}

#[tokio::test]
async fn without_a_sign_in_nothing_is_sent() {
    let authority = authority::start(Behaviour::default()).await;
    let provider = provider(&authority, Arc::new(MemoryTokenStore::default()));
    let error = provider.token(&user_read(), None).await.unwrap_err();
    assert!(matches!(error, IdentityError::NeedsInteraction(i) if i.reason == InteractionReason::SignedOut));
    assert!(authority.token_requests().is_empty());
}

/// Row 18, O14 and attack 28: once silently, once by a person, then an end.
#[tokio::test]
async fn a_claims_challenge_is_tried_silently_then_by_a_person_then_given_up() {
    let (authority, _, provider) = with_stored_token(Behaviour::default()).await;
    let claims = Claims::from_json(r#"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#).unwrap();
    let first = provider.token(&user_read(), None).await.unwrap();

    let challenge = Challenge::new(claims.clone(), &first);
    let second = provider.token(&user_read(), Some(&challenge)).await.unwrap();
    assert_eq!(second.expose(), "access-2");
    assert!(authority.token_requests()[1]["claims"].contains("essential"));
    // Another caller with the same rejected token gets the renewed one; no try is used up.
    assert_eq!(provider.token(&user_read(), Some(&challenge)).await.unwrap().expose(), "access-2");

    let challenge = Challenge::new(claims.clone(), &second);
    let error = provider.token(&user_read(), Some(&challenge)).await.unwrap_err();
    let IdentityError::NeedsInteraction(interaction) = error else { panic!("{error:?}") };
    assert_eq!(
        (interaction.reason, interaction.claims),
        (InteractionReason::Challenge, Some(claims.clone()))
    );
    assert_eq!(authority.token_requests().len(), 2, "no second silent try");

    let (_, outcome) = run(&authority, request()).await;
    provider.adopt(outcome.unwrap().tokens).await.unwrap();
    let third = provider.token(&user_read(), None).await.unwrap();
    let challenge = Challenge::new(claims, &third);
    for _ in 0..3 {
        let error = provider.token(&user_read(), Some(&challenge)).await.unwrap_err();
        assert!(matches!(error, IdentityError::ChallengeRepeated), "{error:?}");
    }
    assert_eq!(authority.token_requests().len(), 3);
}

/// Attack 42: nothing is kept after signing out.
#[tokio::test]
async fn signing_out_forgets_everything() {
    let (authority, store, provider) = with_stored_token(Behaviour::default()).await;
    provider.token(&user_read(), None).await.unwrap();
    provider.sign_out().await.unwrap();
    assert_eq!(kept(&store, &provider).await, None);
    let error = provider.token(&user_read(), None).await.unwrap_err();
    assert!(matches!(error, IdentityError::NeedsInteraction(i) if i.reason == InteractionReason::SignedOut));
    assert_eq!(authority.token_requests().len(), 1);
}

/// A store that works until it is told not to.
#[derive(Default)]
struct Fickle {
    inner: MemoryTokenStore,
    broken: AtomicBool,
}

#[async_trait]
impl TokenStore for Fickle {
    async fn load(&self, key: &RefreshKey) -> Result<Option<SecretString>, StoreError> {
        self.inner.load(key).await
    }
    async fn save(&self, key: &RefreshKey, token: &SecretString) -> Result<(), StoreError> {
        if self.broken.load(Ordering::SeqCst) {
            Err(StoreError::Locked)
        } else {
            self.inner.save(key, token).await
        }
    }
    async fn remove(&self, key: &RefreshKey) -> Result<(), StoreError> {
        self.inner.remove(key).await
    }
}

#[tokio::test]
async fn a_store_that_fails_costs_no_token() {
    let authority = authority::start(Behaviour::default()).await;
    let store = Arc::new(Fickle::default());
    let provider = signed_in(&authority, store.clone()).await;
    store.broken.store(true, Ordering::SeqCst);
    for _ in 0..2 {
        authority.clock.forward(3600);
        provider.token(&user_read(), None).await.unwrap();
    }
    assert_eq!(authority.token_requests()[2]["refresh_token"], "refresh-2", "the newest one, from memory");
    let (_, outcome) = run(&authority, request()).await;
    let told = provider.adopt(outcome.unwrap().tokens).await;
    assert!(
        matches!(told, Err(IdentityError::Store(StoreError::Locked))),
        "a sign-in that will not last is told"
    );
    provider.token(&user_read(), None).await.unwrap();
}

/// Attack 66: the practice tenant's sign-in is never offered to another cloud, nor another's to it.
#[tokio::test]
async fn clouds_do_not_share_sign_ins() {
    let (practice, store, at_practice) = with_stored_token(Behaviour::default()).await;
    let base = format!("http://{}", practice.address);
    let other = identity::Cloud::on_this_computer("other", &format!("{base}/login"), &base, &base).unwrap();
    let http = net::http::client(&net::http::ClientOptions::new("test")).unwrap();
    let authority = identity::Authority::new(other, http, practice.clock.as_clock());
    let elsewhere = TokenProvider::new(authority, CLIENT.parse().unwrap(), account(TENANT, ANN), store);
    let error = elsewhere.token(&user_read(), None).await.unwrap_err();
    assert!(matches!(error, IdentityError::NeedsInteraction(i) if i.reason == InteractionReason::SignedOut));
    assert!(practice.token_requests().is_empty());
    at_practice.token(&user_read(), None).await.unwrap();
}

/// Row 33: without a network nothing is lost, and the next try works.
#[tokio::test]
async fn an_outage_costs_nothing_but_time() {
    let failures = std::sync::atomic::AtomicUsize::new(2);
    let behaviour = Behaviour {
        token: Some(Box::new(move |form| {
            if failures.load(Ordering::SeqCst) > 0 {
                failures.fetch_sub(1, Ordering::SeqCst);
                return (axum::http::StatusCode::BAD_GATEWAY, "<html>gateway").into_response();
            }
            axum::Json(tokens(7, &form["scope"], None)).into_response()
        })),
        ..Behaviour::default()
    };
    let (_authority, store, provider) = with_stored_token(behaviour).await;
    for _ in 0..2 {
        let error = provider.token(&user_read(), None).await.unwrap_err();
        assert!(matches!(error, IdentityError::Net(net::NetError::WebPage)), "{error:?}");
        assert_eq!(kept(&store, &provider).await.as_deref(), Some("refresh-0"));
    }
    assert_eq!(provider.token(&user_read(), None).await.unwrap().expose(), "access-7");
    assert_eq!(kept(&store, &provider).await.as_deref(), Some("refresh-7"));
}

/// The scope list of a grant is what counts, not what was asked for; asking again for what was not given is not a loop.
#[tokio::test]
async fn a_permission_that_was_not_given_shows_and_is_not_asked_for_again_and_again() {
    let behaviour = Behaviour {
        token: Some(Box::new(|_| axum::Json(tokens(1, "User.Read", None)).into_response())),
        ..Behaviour::default()
    };
    let (authority, _, provider) = with_stored_token(behaviour).await;
    let both = Scopes::parse("User.Read Mail.Send");
    for _ in 0..3 {
        let token = provider.token(&both, None).await.unwrap();
        assert!(!token.scopes().cover(&both) && token.scopes().contains("User.Read"));
    }
    assert_eq!(authority.token_requests().len(), 1);
}

/// An access token that came without a new refresh token leaves the one before in place.
#[tokio::test]
async fn a_renewal_without_a_new_refresh_token_keeps_the_old() {
    let behaviour = Behaviour {
        token: Some(Box::new(|form| {
            let mut body = tokens(1, &form["scope"], None);
            body["refresh_token"] = serde_json::Value::Null;
            axum::Json(body).into_response()
        })),
        ..Behaviour::default()
    };
    let (_authority, store, provider) = with_stored_token(behaviour).await;
    provider.token(&user_read(), None).await.unwrap();
    assert_eq!(kept(&store, &provider).await.as_deref(), Some("refresh-0"));
}

/// A store into which another program puts a newer session after the first look.
#[derive(Default)]
struct Shared {
    looked: AtomicBool,
    removed: AtomicBool,
}

#[async_trait]
impl TokenStore for Shared {
    async fn load(&self, _: &RefreshKey) -> Result<Option<SecretString>, StoreError> {
        let newer = self.looked.swap(true, Ordering::SeqCst);
        Ok(Some(SecretString::from(if newer { "of-another-program" } else { "refresh-0" })))
    }
    async fn save(&self, _: &RefreshKey, _: &SecretString) -> Result<(), StoreError> {
        Ok(())
    }
    async fn remove(&self, _: &RefreshKey) -> Result<(), StoreError> {
        self.removed.store(true, Ordering::SeqCst);
        Ok(())
    }
}

/// Another program of the same person has signed in anew: its session is used, and not deleted with the old one.
#[tokio::test]
async fn a_newer_session_of_the_same_person_is_used() {
    let old_is_dead = |form: &authority::Form| match form["refresh_token"].as_str() {
        "refresh-0" => refusal("invalid_grant", "bad_token", 50173),
        _ => axum::Json(tokens(1, "User.Read", None)).into_response(),
    };
    let behaviour = Behaviour { token: Some(Box::new(old_is_dead)), ..Behaviour::default() };
    let authority = authority::start(behaviour).await;
    let store = Arc::new(Shared::default());
    provider(&authority, store.clone()).token(&user_read(), None).await.unwrap();
    let sent: Vec<_> = authority.token_requests().iter().map(|form| form["refresh_token"].clone()).collect();
    assert_eq!(sent, ["refresh-0", "of-another-program"]);
    assert!(!store.removed.load(Ordering::SeqCst));
}
