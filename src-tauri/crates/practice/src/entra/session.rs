//! The browser's memory of who signed in: one cookie.

use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};

use crate::serve::{Answer, Incoming};
use crate::tenant::Tenant;

/// Name of the cookie, as Entra calls it.
const NAME: &str = "ESTSAUTH";

/// The cookie that the browser sent.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'));
    all.find_map(|pair| pair.trim().strip_prefix(NAME)?.strip_prefix('='))
}

/// Object ids of those who are signed in in this browser, the latest last.
pub(crate) fn people(tenant: &Tenant, incoming: &Incoming) -> Vec<String> {
    let found = cookie(&incoming.headers).and_then(|cookie| {
        tenant.peek_ledger(|ledger| ledger.session(cookie).map(|session| session.people.clone()))
    });
    found.unwrap_or_default()
}

/// Gives the browser its cookie. Lax: an authorize request comes from another site, a form post from there gets no session.
pub(crate) fn set(answer: &mut Answer, value: &str) {
    append(answer, &format!("{NAME}={value}; Path=/; HttpOnly; SameSite=Lax"));
}

/// Takes it away.
pub(crate) fn clear(answer: &mut Answer) {
    append(answer, &format!("{NAME}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"));
}

fn append(answer: &mut Answer, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        answer.headers_mut().append(SET_COOKIE, value);
    }
}
