//! What a sign-in service says about itself (OpenID Connect Discovery 1.0), and what of it is believed.

use serde::Deserialize;
use url::Url;

use crate::cloud::Cloud;
use crate::error::AuthorityProblem;
use crate::ids::{Guid, TenantId};
use crate::tenant::{Tenant, is_personal};

/// Stands for the tenant's id in the issuer of `common` and `organizations`
/// (<https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer>).
const TENANT_PLACEHOLDER: &str = "{tenantid}";

/// The document as it comes.
#[derive(Debug, Deserialize)]
pub(crate) struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    device_authorization_endpoint: Option<String>,
    #[serde(default)]
    response_modes_supported: Option<Vec<String>>,
    #[serde(default)]
    code_challenge_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// The document after every check.
#[derive(Debug, Clone)]
pub(crate) struct Metadata {
    pub(crate) issuer: Issuer,
    pub(crate) authorization_endpoint: Url,
    pub(crate) token_endpoint: Url,
    pub(crate) jwks_uri: Url,
    pub(crate) device_authorization_endpoint: Option<Url>,
    pub(crate) response_mode: ResponseMode,
    pub(crate) promises_iss: bool,
}

/// How the answer comes through the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseMode {
    /// In a form that the browser posts: the code stays out of the address bar and the history.
    FormPost,
    /// In the address, for a service that offers nothing else.
    Query,
}

impl ResponseMode {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::FormPost => "form_post",
            Self::Query => "query",
        }
    }
}

/// The issuer: of one organisation, or a form with a place for its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Issuer(String);

impl Issuer {
    /// The issuer that tokens of `tenant` must carry.
    pub(crate) fn of(&self, tenant: &TenantId) -> String {
        self.0.replace(TENANT_PLACEHOLDER, tenant.as_str())
    }

    #[cfg(test)]
    pub(crate) fn any_of(form: &str) -> Self {
        Self(form.to_owned())
    }

    /// The organisation, when the issuer is of one.
    pub(crate) fn tenant_id(&self) -> Option<TenantId> {
        self.0.strip_suffix("/v2.0")?.rsplit('/').next()?.parse().ok()
    }

    /// Whether `iss` of an authorization answer (RFC 9207) names this issuer, whatever the organisation turns out to be.
    pub(crate) fn could_be(&self, iss: &str) -> bool {
        match self.0.split_once(TENANT_PLACEHOLDER) {
            None => iss == self.0,
            Some((before, after)) => {
                iss == self.0 || {
                    let id = iss.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
                    id.is_some_and(|id| id.parse::<Guid>().is_ok())
                }
            }
        }
    }
}

impl Document {
    /// Believes the document as far as it speaks for `cloud` and `tenant`.
    ///
    /// Entra does not publish `code_challenge_methods_supported`; Microsoft documents S256 for it. So an absent list is
    /// fine, and a list without S256 (or an empty one) is a refusal.
    pub(crate) fn check(self, cloud: &Cloud, tenant: &Tenant) -> Result<Metadata, AuthorityProblem> {
        check_issuer(&self.issuer, cloud, tenant)?;
        if self
            .code_challenge_methods_supported
            .is_some_and(|methods| !methods.iter().any(|method| method == "S256"))
        {
            return Err(AuthorityProblem::Pkce);
        }
        let endpoint = |text: &str| {
            let url = Url::parse(text).map_err(|_| AuthorityProblem::Endpoint)?;
            let bare = url.fragment().is_none() && url.password().is_none();
            if cloud.is_login(&url) && bare { Ok(url) } else { Err(AuthorityProblem::Endpoint) }
        };
        let posts =
            self.response_modes_supported.is_none_or(|modes| modes.iter().any(|mode| mode == "form_post"));
        Ok(Metadata {
            issuer: Issuer(self.issuer),
            authorization_endpoint: endpoint(&self.authorization_endpoint)?,
            token_endpoint: endpoint(&self.token_endpoint)?,
            jwks_uri: endpoint(&self.jwks_uri)?,
            device_authorization_endpoint: self
                .device_authorization_endpoint
                .as_deref()
                .map(endpoint)
                .transpose()?,
            response_mode: if posts { ResponseMode::FormPost } else { ResponseMode::Query },
            promises_iss: self.authorization_response_iss_parameter_supported,
        })
    }
}

/// `<login><id or placeholder>/v2.0`, with the id that was asked for where one was.
fn check_issuer(issuer: &str, cloud: &Cloud, tenant: &Tenant) -> Result<(), AuthorityProblem> {
    let segment = issuer
        .strip_prefix(cloud.login().as_str())
        .and_then(|rest| rest.strip_suffix("/v2.0"))
        .ok_or(AuthorityProblem::Issuer)?;
    let fits = match (tenant, segment.parse::<Guid>()) {
        (Tenant::Id(wanted), Ok(id)) => *wanted == id,
        (Tenant::Id(_), Err(_)) => false,
        (Tenant::Domain(_), found) => found.is_ok(),
        (Tenant::Common | Tenant::Organizations, _) => segment == TENANT_PLACEHOLDER,
        (Tenant::Consumers, found) => found.is_ok_and(|id| is_personal(&id)),
    };
    if fits { Ok(()) } else { Err(AuthorityProblem::Issuer) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const TENANT: &str = "11111111-2222-4333-8444-555555555555";

    fn document(change: impl FnOnce(&mut Value)) -> Document {
        let base = "https://login.microsoftonline.com";
        let mut document = json!({
            "issuer": format!("{base}/{TENANT}/v2.0"),
            "authorization_endpoint": format!("{base}/{TENANT}/oauth2/v2.0/authorize"),
            "token_endpoint": format!("{base}/{TENANT}/oauth2/v2.0/token"),
            "jwks_uri": format!("{base}/{TENANT}/discovery/v2.0/keys"),
            "response_modes_supported": ["query", "fragment", "form_post"],
        });
        change(&mut document);
        serde_json::from_value(document).unwrap()
    }

    fn check(tenant: &str, change: impl FnOnce(&mut Value)) -> Result<Metadata, AuthorityProblem> {
        document(change).check(&Cloud::global(), &Tenant::parse(tenant).unwrap())
    }

    #[test]
    fn microsofts_own_document_passes() {
        let metadata = check(TENANT, |_| {}).unwrap();
        assert_eq!(metadata.response_mode, ResponseMode::FormPost);
        assert!(check("contoso.com", |_| {}).is_ok(), "a domain learns its id here");
        let template = "https://login.microsoftonline.com/{tenantid}/v2.0";
        let common = check("organizations", |d| d["issuer"] = template.into()).unwrap();
        let id: Guid = TENANT.parse().unwrap();
        assert_eq!(common.issuer.of(&id), format!("https://login.microsoftonline.com/{TENANT}/v2.0"));
    }

    /// Attacks 13 and 16.
    #[test]
    fn a_document_that_leads_elsewhere_is_refused() {
        use AuthorityProblem::{Endpoint, Issuer, Pkce};
        type Change = fn(&mut Value);
        let cases: [(Change, AuthorityProblem); 11] = [
            (
                |d| d["issuer"] = "https://evil.example/11111111-2222-4333-8444-555555555555/v2.0".into(),
                Issuer,
            ),
            (|d| d["issuer"] = "https://login.microsoftonline.com/{tenantid}/v2.0".into(), Issuer),
            (
                |d| {
                    d["issuer"] =
                        "https://login.microsoftonline.com/99999999-2222-4333-8444-555555555555/v2.0".into();
                },
                Issuer,
            ),
            (
                |d| {
                    d["issuer"] =
                        "https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0/".into();
                },
                Issuer,
            ),
            (|d| d["token_endpoint"] = "https://evil.example/token".into(), Endpoint),
            (|d| d["token_endpoint"] = "http://login.microsoftonline.com/t".into(), Endpoint),
            (
                |d| d["authorization_endpoint"] = "https://login.microsoftonline.com.evil.example/".into(),
                Endpoint,
            ),
            (|d| d["jwks_uri"] = "file:///etc/passwd".into(), Endpoint),
            (|d| d["jwks_uri"] = "https://graph.microsoft.com/keys".into(), Endpoint),
            (|d| d["code_challenge_methods_supported"] = json!(["plain"]), Pkce),
            (|d| d["code_challenge_methods_supported"] = json!([]), Pkce),
        ];
        for (change, why) in cases {
            assert_eq!(check(TENANT, change).unwrap_err(), why);
        }
        assert!(check(TENANT, |d| d["code_challenge_methods_supported"] = json!(["plain", "S256"])).is_ok());
    }

    #[test]
    fn personal_accounts_have_one_issuer() {
        let consumers = |segment: &str| {
            let issuer = format!("https://login.microsoftonline.com/{segment}/v2.0");
            document(|d| d["issuer"] = issuer.into()).check(&Cloud::global(), &Tenant::Consumers)
        };
        assert!(consumers("9188040d-6c67-4c5b-b112-36a304b66dad").is_ok());
        for other in [TENANT, "consumers", "{tenantid}"] {
            assert_eq!(consumers(other).unwrap_err(), AuthorityProblem::Issuer, "{other}");
        }
    }

    #[test]
    fn the_iss_of_an_answer_is_compared_exactly() {
        let one = Issuer(format!("https://l.example/{TENANT}/v2.0"));
        assert!(one.could_be(&format!("https://l.example/{TENANT}/v2.0")));
        assert!(!one.could_be(&format!("https://l.example/{TENANT}/v2.0/")));
        let any = Issuer("https://l.example/{tenantid}/v2.0".into());
        assert!(any.could_be(&format!("https://l.example/{TENANT}/v2.0")));
        assert!(!any.could_be("https://l.example/x/v2.0"));
        assert!(!any.could_be(&format!("https://evil.example/{TENANT}/v2.0")));
    }

    #[test]
    fn a_service_without_form_post_is_asked_for_a_query() {
        let metadata = check(TENANT, |d| d["response_modes_supported"] = json!(["query"])).unwrap();
        assert_eq!(metadata.response_mode, ResponseMode::Query);
    }
}
