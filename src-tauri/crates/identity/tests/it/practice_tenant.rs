//! The same sign-ins against the practice tenant: two sides that share no code and must agree.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use identity::{
    AccountKey, Authority, AuthorityProblem, ClientCredential, Cloud, IdentityError, InteractionReason,
    MemoryTokenStore, Scopes, SignIn, SignInRequest, SignedIn, Tenant, TokenProvider, app_token, explain,
    first_party,
};
use practice::{Options, Person, PracticeTenant};
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256};
use secrecy::SecretSlice;
use serde_json::json;
use url::Url;
use url::form_urlencoded::Serializer;

use crate::browsers;

struct Practice {
    tenant: Arc<PracticeTenant>,
    authority: Arc<Authority>,
    person: Person,
}

/// The Global Administrator of the practice organisation.
const ADMIN: &str = "astrid.lindqvist@lindqvist-practice.example";

/// A practice tenant in which a session of the admin is open.
async fn practice() -> Practice {
    let options = Options { sign_in_as: Some(ADMIN.into()), ..Options::default() };
    let tenant = Arc::new(PracticeTenant::start(options).await.unwrap());
    let person = tenant.people().into_iter().find(|person| person.upn == ADMIN).unwrap();
    let base = tenant.base_url().to_string();
    let cloud = Cloud::on_this_computer("practice", &base, &base, &base).unwrap();
    let clock = Arc::clone(&tenant);
    let authority = Authority::new(cloud, http(), Arc::new(move || clock.clock().now()));
    Practice { tenant, authority, person }
}

fn http() -> reqwest::Client {
    net::http::client(&net::http::ClientOptions::new("test")).unwrap()
}

fn request() -> SignInRequest {
    let client = first_party::AZURE_CLI.parse().unwrap();
    let scopes = Scopes::parse("https://graph.microsoft.com/Application.ReadWrite.All");
    SignInRequest::new(client, Tenant::Organizations, scopes)
}

impl Practice {
    fn tenant(&self) -> Tenant {
        Tenant::parse(self.tenant.tenant_id()).unwrap()
    }

    fn account(&self, person: &Person) -> AccountKey {
        AccountKey {
            tenant_id: self.tenant.tenant_id().parse().unwrap(),
            object_id: person.oid.parse().unwrap(),
        }
    }

    /// Signs in with a browser that has a session: it opens the page and sends the form that comes back.
    async fn sign_in(&self, request: SignInRequest) -> Result<SignedIn, IdentityError> {
        let (browser, mut opened) = browsers::handed_over();
        let sign_in = SignIn::start(Arc::clone(&self.authority), request, browser);
        let authorize = opened.recv().await.unwrap();
        let page = http().get(authorize.clone()).send().await.unwrap().text().await.unwrap();
        let answer = post_form(&page, &authorize).await;
        assert!(answer.starts_with("<!doctype html>"), "{answer}");
        sign_in.outcome.await
    }
}

/// What a browser does with a page that holds one form.
async fn post_form(page: &str, from: &Url) -> String {
    let attribute = |tag: &str, name: &str| {
        let value = tag.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap();
        value.replace("&amp;", "&").replace("&#x2F;", "/").replace("&#39;", "'").replace("&quot;", "\"")
    };
    let action = attribute(page.split("<form").nth(1).unwrap(), "action");
    let fields = page.split("<input").skip(1).map(|tag| (attribute(tag, "name"), attribute(tag, "value")));
    let body = Serializer::new(String::new()).extend_pairs(fields).finish();
    let sent = http()
        .post(action)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", from.origin().ascii_serialization())
        .body(body)
        .send();
    sent.await.unwrap().text().await.unwrap()
}

#[tokio::test]
async fn a_person_signs_in_and_is_renewed_for_another_api() {
    let practice = practice().await;
    let signed_in = practice.sign_in(request()).await.unwrap();
    assert_eq!(signed_in.account, practice.account(&practice.person));
    assert_eq!(signed_in.upn.as_deref(), Some(practice.person.upn.as_str()));
    assert!(signed_in.tokens.access.scopes().contains("Application.ReadWrite.All"));

    let store = Arc::new(MemoryTokenStore::default());
    let client = first_party::AZURE_CLI.parse().unwrap();
    let provider =
        TokenProvider::new(Arc::clone(&practice.authority), client, signed_in.account.clone(), store.clone());
    let first = signed_in.tokens.access.expose().to_owned();
    provider.adopt(signed_in.tokens).await.unwrap();
    let scopes = request().scopes;
    assert!(provider.token(&scopes, None).await.unwrap().expose() == first, "from memory");
    // A client that understands claims challenges gets tokens that live for about a day.
    practice.tenant.clock().advance(jiff::SignedDuration::from_hours(29));
    let renewed = provider.token(&scopes, None).await.unwrap();
    assert!(renewed.expose() != first, "renewed");
}

#[tokio::test]
async fn a_permission_that_nobody_agreed_to_needs_a_person() {
    let practice = practice().await;
    let client: identity::ClientId = first_party::GRAPH_COMMAND_LINE.parse().unwrap();
    let asked = SignInRequest::new(client.clone(), practice.tenant(), Scopes::parse("User.Read"));
    let signed_in = practice.sign_in(asked).await.unwrap();
    let store = Arc::new(MemoryTokenStore::default());
    let provider =
        TokenProvider::new(Arc::clone(&practice.authority), client, signed_in.account.clone(), store);
    provider.adopt(signed_in.tokens).await.unwrap();
    let error = provider.token(&Scopes::parse("Mail.Send"), None).await.unwrap_err();
    let IdentityError::NeedsInteraction(interaction) = error else { panic!("{error:?}") };
    assert_eq!(interaction.reason, InteractionReason::Consent);
    provider.token(&Scopes::parse("User.Read"), None).await.unwrap();
}

#[tokio::test]
async fn the_wrong_person_is_told_apart() {
    let practice = practice().await;
    let somebody_else = practice.tenant.people().into_iter().find(|p| p.oid != practice.person.oid).unwrap();
    let expected = practice.account(&somebody_else);
    let outcome = practice.sign_in(SignInRequest { expected: Some(expected), ..request() }).await;
    let Err(IdentityError::WrongAccount(wrong)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(wrong.actual_name.as_deref(), Some(practice.person.upn.as_str()));
}

#[tokio::test]
async fn an_organisation_that_does_not_exist_is_said_so_before_any_browser() {
    let practice = practice().await;
    let tenant = Tenant::parse("no-such-organisation.example").unwrap();
    let (browser, mut opened) = browsers::handed_over();
    let request = SignInRequest { tenant, ..request() };
    let error = SignIn::start(Arc::clone(&practice.authority), request, browser).outcome.await.unwrap_err();
    assert!(opened.try_recv().is_err());
    let explained = explain::error(&error);
    assert_eq!(explained.action, Some(explain::NextStep::CheckOrganisation), "{error:?}");
    let is_known = matches!(&error, IdentityError::Refused(e) if e.codes == [90002])
        || matches!(error, IdentityError::Authority(AuthorityProblem::NoSuchTenant));
    assert!(is_known, "{error:?}");
}

#[tokio::test]
async fn an_app_proves_itself_by_secret_and_by_certificate() {
    let practice = practice().await;
    let now = practice.tenant.clock().now();
    let key = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap();
    let certificate = CertificateParams::new(vec!["app.example".into()]).unwrap().self_signed(&key).unwrap();
    // An app with a live secret, to which a certificate is added past Graph.
    let (client_id, secret) = practice.tenant.tables(|tables| {
        let (key_id, secret) = tables
            .secrets
            .iter()
            .find(|(key_id, secret)| {
                let Some(app) = tables.applications.get(&secret.owner) else { return false };
                let credential = app.body["passwordCredentials"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .find(|c| c["keyId"] == key_id.as_str());
                let lives =
                    credential.is_some_and(|c| c["endDateTime"].as_str().unwrap() > now.to_string().as_str());
                lives
                    && tables
                        .service_principal_by_app_id(app.text("appId"))
                        .is_some_and(|sp| sp.body["accountEnabled"] != false)
            })
            .map(|(key_id, secret)| (key_id.clone(), secret.clone()))
            .unwrap();
        assert!(!key_id.is_empty());
        let app = tables.applications.get_mut(&secret.owner).unwrap();
        app.body.insert("keyCredentials".into(), json!([{
            "keyId": "dddddddd-2222-4333-8444-555555555555", "type": "AsymmetricX509Cert", "usage": "Verify",
            "startDateTime": "2020-01-01T00:00:00Z", "endDateTime": "2090-01-01T00:00:00Z",
            "key": STANDARD.encode(certificate.der()),
        }]));
        (app.text("appId").parse().unwrap(), secret.value)
    });
    let scope = practice.authority.cloud().graph_scope(".default");
    let by = async |credential: &ClientCredential| {
        app_token(&practice.authority, &practice.tenant(), &client_id, credential, &scope).await
    };
    let by_secret = by(&ClientCredential::secret(secret.into()).unwrap()).await.unwrap();
    let key = SecretSlice::from(key.serialize_der());
    let by_certificate = by(&ClientCredential::certificate(certificate.der(), &key).unwrap()).await.unwrap();
    assert_eq!(by_secret.roles, by_certificate.roles);

    let refused = by(&ClientCredential::secret("not~the~secret".into()).unwrap()).await.unwrap_err();
    assert_eq!(explain::error(&refused).action, Some(explain::NextStep::CheckSecret), "{refused:?}");
}
