//! The same sign-ins against the practice tenant: two sides that share no code and must agree.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use identity::{
    AccountKey, Authority, AuthorityProblem, ClientCredential, Cloud, IdentityError, InteractionReason,
    MemoryTokenStore, RedirectPath, Scopes, SignIn, SignInRequest, SignedIn, Tenant, TokenProvider,
    app_token, explain, first_party,
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

/// Somebody without any role.
const EMPLOYEE: &str = "erik.johansson@lindqvist-practice.example";

/// A practice tenant in which a session of the admin is open.
async fn practice() -> Practice {
    practice_of(ADMIN).await
}

async fn practice_of(upn: &str) -> Practice {
    let options = Options { sign_in_as: Some(upn.into()), ..Options::default() };
    let tenant = Arc::new(PracticeTenant::start(options).await.unwrap());
    let person = tenant.people().into_iter().find(|person| person.upn == upn).unwrap();
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

    /// Client id and secret of the first enabled app all of whose secrets end as `fits(end, now)` says.
    fn app_with_secret(&self, fits: impl Fn(&str, &str) -> bool) -> (String, String) {
        let now = self.tenant.clock().now().to_string();
        self.tenant.tables(|tables| {
            let enabled = |app_id: &str| {
                let service_principal = tables.service_principal_by_app_id(app_id);
                service_principal.is_some_and(|sp| sp.body["accountEnabled"] != false)
            };
            let found = tables.applications.values().find_map(|app| {
                let credentials = app.body["passwordCredentials"].as_array()?;
                let all_fit =
                    credentials.iter().all(|c| fits(c["endDateTime"].as_str().unwrap_or_default(), &now));
                if app.deleted.is_some() || !all_fit || !enabled(app.text("appId")) {
                    return None;
                }
                let secret = credentials.iter().find_map(|c| tables.secrets.get(c["keyId"].as_str()?))?;
                Some((app.text("appId").to_owned(), secret.value.clone()))
            });
            found.unwrap()
        })
    }

    /// Puts a certificate on a registration, past Graph.
    fn add_certificate(&self, app_id: &str, der: &[u8]) {
        let credential = json!([{
            "keyId": "dddddddd-2222-4333-8444-555555555555", "type": "AsymmetricX509Cert", "usage": "Verify",
            "startDateTime": "2020-01-01T00:00:00Z", "endDateTime": "2090-01-01T00:00:00Z", "key": STANDARD.encode(der),
        }]);
        self.tenant.tables(|tables| {
            let app = tables.applications.values_mut().find(|app| app.text("appId") == app_id).unwrap();
            app.body.insert("keyCredentials".into(), credential);
        });
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

/// Rank 3 of what stops people: only an admin may agree. The way back from that page names no reason; an admin is offered.
#[tokio::test]
async fn somebody_who_may_not_agree_is_sent_to_an_admin() {
    let practice = practice_of(EMPLOYEE).await;
    let client = first_party::GRAPH_COMMAND_LINE.parse().unwrap();
    let asked = SignInRequest::new(client, practice.tenant(), Scopes::parse("Application.ReadWrite.All"));
    let error = practice.sign_in(asked).await.unwrap_err();
    let IdentityError::Refused(refused) = &error else { panic!("{error:?}") };
    assert_eq!((refused.error, refused.codes.as_slice()), (identity::OAuthError::AccessDenied, &[][..]));
    assert!(explain::error(&error).next.contains("admin"), "{error:?}");
}

/// Rank 7: an address that is not registered leads to a page of Microsoft's, and the wait goes on until it is ended.
#[tokio::test]
async fn a_redirect_address_that_is_not_registered_never_comes_back() {
    let practice = practice().await;
    let request =
        SignInRequest { redirect_path: RedirectPath::parse("/not-registered").unwrap(), ..request() };
    let (browser, mut opened) = browsers::handed_over();
    let sign_in = SignIn::start(Arc::clone(&practice.authority), request, browser);
    let authorize = opened.recv().await.unwrap();
    let page = http().get(authorize).send().await.unwrap();
    assert!(page.status().as_u16() != 302 && page.headers().get("location").is_none());
    assert!(page.text().await.unwrap().contains("50011"));
    sign_in.handle.cancel();
    assert!(matches!(sign_in.outcome.await, Err(IdentityError::Cancelled)));
}

#[tokio::test]
async fn an_app_that_is_not_there_and_a_secret_that_has_run_out_are_told_apart() {
    let practice = practice().await;
    let scope = practice.authority.cloud().graph_scope(".default");
    let over = |end: &str, now: &str| end < now;
    let (client_id, value) = practice.app_with_secret(over);
    let ask = async |client_id: &str, secret: &str| {
        let credential = ClientCredential::secret(secret.into()).unwrap();
        let (authority, tenant) = (&practice.authority, practice.tenant());
        app_token(authority, &tenant, &client_id.parse().unwrap(), &credential, &scope).await.unwrap_err()
    };
    let error = ask(&client_id, &value).await;
    assert_eq!(explain::error(&error).action, Some(explain::NextStep::NewSecret), "{error:?}");
    let error = ask("dddddddd-0000-4333-8444-555555555555", "some~secret").await;
    assert_eq!(explain::error(&error).action, Some(explain::NextStep::CheckClientId), "{error:?}");
}

#[tokio::test]
async fn an_organisation_is_found_by_its_domain() {
    let practice = practice().await;
    let domain = Tenant::parse("lindqvist-practice.example").unwrap();
    assert_eq!(practice.authority.tenant_id(&domain).await.unwrap().as_str(), practice.tenant.tenant_id());
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
    let key = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap();
    let certificate = CertificateParams::new(vec!["app.example".into()]).unwrap().self_signed(&key).unwrap();
    let live = |end: &str, now: &str| end > now;
    let (client_id, secret) = practice.app_with_secret(live);
    practice.add_certificate(&client_id, certificate.der());
    let client_id = client_id.parse().unwrap();
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
