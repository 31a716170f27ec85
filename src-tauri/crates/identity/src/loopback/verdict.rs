//! Whether a request is the answer that is waited for. A pure function: the whole of the listener's judgement.

use secrecy::SecretString;
use url::Url;
use url::form_urlencoded;
use zeroize::Zeroizing;

use crate::aad_error::AadError;
use crate::metadata::ResponseMode;
use crate::transaction::State;

use super::reply::{ARRIVED_PATH, Reply};
use super::request::Request;

/// What the answer must be like.
#[derive(Debug)]
pub(crate) struct Expected {
    pub(crate) state: State,
    pub(crate) mode: ResponseMode,
    /// The path of the redirect address, as it is registered.
    pub(crate) path: String,
    /// The sign-in page's own origin, the only other site that may post here.
    pub(crate) login_origin: String,
    pub(crate) port: u16,
}

impl Expected {
    pub(crate) fn new(state: State, mode: ResponseMode, path: &str, login: &Url, port: u16) -> Self {
        let path = if path.is_empty() { "/" } else { path };
        Self { state, mode, path: path.to_owned(), login_origin: login.origin().ascii_serialization(), port }
    }

    /// For the `Allow` header.
    pub(super) fn method(&self) -> &'static str {
        match self.mode {
            ResponseMode::FormPost => "POST",
            ResponseMode::Query => "GET",
        }
    }
}

/// The answer: `state` has been checked, `iss` has not.
#[derive(Debug)]
pub(crate) struct Callback {
    pub(crate) outcome: Result<SecretString, AadError>,
    pub(crate) iss: Option<String>,
}

/// What to do with a request.
#[derive(Debug)]
pub(super) enum Verdict {
    Answer(Reply),
    Accept(Box<Callback>),
}

/// Judges a request. `state` comes before everything that the request says; whatever fails leaves the wait as it was.
pub(super) fn judge(request: &Request, expected: &Expected) -> Verdict {
    if request.path == ARRIVED_PATH && expected.mode == ResponseMode::Query && request.method == "GET" {
        return Verdict::Answer(Reply::Arrived);
    }
    if request.path != expected.path {
        return Verdict::Answer(Reply::NotFound);
    }
    if !is_for_us(request.host.as_deref(), expected.port) {
        return Verdict::Answer(Reply::NotOurs);
    }
    let parameters = match (request.method.as_str(), expected.mode) {
        ("POST", ResponseMode::FormPost) => {
            let from = request.origin.as_deref();
            if from.is_some_and(|origin| origin != "null" && origin != expected.login_origin) {
                return Verdict::Answer(Reply::ForeignOrigin);
            }
            if !is_form(request.content_type.as_deref()) {
                return Verdict::Answer(Reply::NotOurs);
            }
            Parameters::read(&request.body)
        }
        ("GET", ResponseMode::Query) => match &request.query {
            Some(query) => Parameters::read(query.as_bytes()),
            None => return Verdict::Answer(Reply::Waiting),
        },
        ("GET", ResponseMode::FormPost) => {
            let query = request.query.as_ref().map(|query| Parameters::read(query.as_bytes()));
            let answers = query.is_some_and(|query| query.has("code") || query.has("error"));
            return Verdict::Answer(if answers { Reply::WrongWay } else { Reply::Waiting });
        }
        _ => return Verdict::Answer(Reply::NotAllowed),
    };
    answer(&parameters, expected)
}

fn answer(parameters: &Parameters, expected: &Expected) -> Verdict {
    if !parameters.single("state").is_some_and(|state| expected.state.matches(state)) {
        return Verdict::Answer(Reply::NotOurs);
    }
    if parameters.any_twice() {
        return Verdict::Answer(Reply::NotOurs);
    }
    let text = |name: &str| parameters.single(name).map(ToOwned::to_owned);
    let outcome = match (parameters.single("code"), parameters.single("error")) {
        (Some(code), None) if !code.is_empty() => Ok(SecretString::from(code)),
        (None, Some(error)) if !error.is_empty() => {
            Err(AadError::from_redirect(error, text("error_subcode"), text("error_description")))
        }
        _ => return Verdict::Answer(Reply::NotOurs),
    };
    Verdict::Accept(Box::new(Callback { outcome, iss: text("iss") }))
}

/// Only names that cannot be pointed here from outside: a page of a rebound domain carries that domain as `Host`.
fn is_for_us(host: Option<&str>, port: u16) -> bool {
    let Some((name, given)) = host.and_then(|host| host.rsplit_once(':')) else { return false };
    given == port.to_string()
        && ["localhost", "127.0.0.1", "[::1]"].contains(&name.to_ascii_lowercase().as_str())
}

fn is_form(content_type: Option<&str>) -> bool {
    let media_type = content_type.and_then(|text| text.split(';').next()).unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

struct Parameters(Vec<(String, Zeroizing<String>)>);

impl Parameters {
    fn read(encoded: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(encoded);
        Self(pairs.map(|(name, value)| (name.into_owned(), Zeroizing::new(value.into_owned()))).collect())
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(given, _)| given == name)
    }

    /// The value, if the name is there exactly once.
    fn single(&self, name: &str) -> Option<&str> {
        let mut values = self.0.iter().filter(|(given, _)| given == name);
        let (_, first) = values.next()?;
        if values.next().is_some() { None } else { Some(first) }
    }

    fn any_twice(&self) -> bool {
        let mut names: Vec<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.windows(2).any(|pair| pair[0] == pair[1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use secrecy::ExposeSecret as _;

    fn expected(mode: ResponseMode) -> Expected {
        let login = Url::parse("https://login.microsoftonline.com/x").unwrap();
        Expected::new(State::of("right"), mode, "", &login, 4711)
    }

    fn post(body: &str) -> Request {
        Request {
            method: "POST".into(),
            path: "/".into(),
            query: None,
            host: Some("localhost:4711".into()),
            origin: Some("https://login.microsoftonline.com".into()),
            content_type: Some("application/x-www-form-urlencoded".into()),
            body: Zeroizing::new(body.as_bytes().to_vec()),
        }
    }

    fn reply(request: &Request) -> Reply {
        match judge(request, &expected(ResponseMode::FormPost)) {
            Verdict::Answer(reply) => reply,
            Verdict::Accept(callback) => panic!("accepted {callback:?}"),
        }
    }

    #[test]
    fn the_true_answer_is_accepted_from_the_sign_in_page_or_nowhere() {
        for origin in [Some("https://login.microsoftonline.com"), Some("null"), None] {
            let request =
                Request { origin: origin.map(Into::into), ..post("code=C&state=right&session_state=x") };
            let Verdict::Accept(callback) = judge(&request, &expected(ResponseMode::FormPost)) else {
                panic!()
            };
            assert_eq!(callback.outcome.as_ref().unwrap().expose_secret(), "C");
            assert!(!format!("{callback:?}").contains("\"C\""));
        }
    }

    /// Attacks 3, 4, 5 and 9, and names given twice.
    #[test]
    fn everything_else_leaves_the_wait_as_it_was() {
        for body in [
            "",
            "code=C",
            "code=C&state=",
            "code=C&state=wrong",
            "error=access_denied",
            "error=access_denied&state=wrong",
            "code=C&state=right&state=right",
            "code=C&state=wrong&state=right",
            "code=C&code=D&state=right",
            "code=C&error=x&state=right",
            "state=right",
            "code=&state=right",
            "error=&state=right",
            "state=right&x=1&x=1&code=C",
            "code=C&STATE=right",
        ] {
            assert_eq!(reply(&post(body)), Reply::NotOurs, "{body}");
        }
        let good = "code=C&state=right";
        for origin in [
            "https://evil.example",
            "http://login.microsoftonline.com",
            "https://login.microsoftonline.com:444",
            "",
        ] {
            assert_eq!(
                reply(&Request { origin: Some(origin.into()), ..post(good) }),
                Reply::ForeignOrigin,
                "{origin}"
            );
        }
        for host in [
            None,
            Some("localhost"),
            Some("localhost:4712"),
            Some("evil.example:4711"),
            Some("localhost.evil.example:4711"),
        ] {
            assert_eq!(
                reply(&Request { host: host.map(Into::into), ..post(good) }),
                Reply::NotOurs,
                "{host:?}"
            );
        }
        for kind in [None, Some("text/plain"), Some("application/json"), Some("multipart/form-data")] {
            assert_eq!(
                reply(&Request { content_type: kind.map(Into::into), ..post(good) }),
                Reply::NotOurs,
                "{kind:?}"
            );
        }
    }

    /// Attack 7.
    #[test]
    fn other_paths_and_methods_are_told_so() {
        for path in ["/favicon.ico", "/callback", "//", "/.", "/arrived", "*", ""] {
            assert_eq!(
                reply(&Request { path: path.into(), ..post("code=C&state=right") }),
                Reply::NotFound,
                "{path}"
            );
        }
        for method in ["HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "post"] {
            assert_eq!(
                reply(&Request { method: method.into(), ..post("code=C&state=right") }),
                Reply::NotAllowed,
                "{method}"
            );
        }
        let get = |query: Option<&str>| Request {
            method: "GET".into(),
            query: query.map(|q| Zeroizing::new(q.to_owned())),
            ..post("")
        };
        assert_eq!(reply(&get(None)), Reply::Waiting);
        assert_eq!(reply(&get(Some("code=C&state=right"))), Reply::WrongWay);
        assert_eq!(reply(&get(Some("error=x"))), Reply::WrongWay);
    }

    #[test]
    fn a_no_is_an_answer_too_when_the_state_is_right() {
        let request =
            post("error=access_denied&error_description=AADSTS65004%3A+x&state=right&iss=https%3A%2F%2Fl");
        let Verdict::Accept(callback) = judge(&request, &expected(ResponseMode::FormPost)) else { panic!() };
        assert_eq!(callback.outcome.unwrap_err().codes, [65004]);
        assert_eq!(callback.iss.as_deref(), Some("https://l"));
    }

    #[test]
    fn a_service_that_can_only_answer_in_the_address_may() {
        let get = |path: &str, query: Option<&str>| Request {
            method: "GET".into(),
            path: path.into(),
            query: query.map(|q| Zeroizing::new(q.to_owned())),
            ..post("")
        };
        let judged = |request: &Request| judge(request, &expected(ResponseMode::Query));
        assert!(matches!(judged(&get("/", Some("code=C&state=right"))), Verdict::Accept(_)));
        assert!(matches!(judged(&get("/", Some("code=C&state=wrong"))), Verdict::Answer(Reply::NotOurs)));
        assert!(matches!(judged(&get("/arrived", None)), Verdict::Answer(Reply::Arrived)));
        assert!(matches!(judged(&post("code=C&state=right")), Verdict::Answer(Reply::NotAllowed)));
    }

    proptest! {
        #[test]
        fn nothing_without_the_state_is_accepted(body in "[a-z=&%0-9]{0,80}") {
            let verdict = judge(&post(&body), &expected(ResponseMode::FormPost));
            prop_assert!(matches!(verdict, Verdict::Answer(_)));
        }
    }
}
