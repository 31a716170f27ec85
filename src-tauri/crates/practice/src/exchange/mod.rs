//! Exchange Online: the admin endpoint that runs cmdlets, and what it decides about mailboxes.
//!
//! The endpoint is not documented; what is written here is what public clients of it send and were answered:
//! `POST /adminapi/{beta|v1.0}/{tenant}/InvokeCommand`, answered at `<base>/adminapi` and at `<base>/exchange/adminapi`.
//! A cmdlet that does not exist, or not for this caller, is answered 403 with a body of NUL bytes; `$batch` takes ten.

pub(crate) mod access;
mod batch;
mod caller;
mod catalogue;
pub(crate) mod cmdlets;
mod invocation;
mod opath;
mod organisation;
mod paging;
pub(crate) mod recipients;
mod refusal;
pub(crate) mod roles;

use axum::body::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use self::caller::Turned;
use self::catalogue::Run;
use self::invocation::Invocation;
pub use self::organisation::ExchangeOrganisation;
pub(crate) use self::organisation::{Knowledge, live, retire, revise};
use crate::auth::Caller;
use crate::entra::authority_is_own;
use crate::provisioning;
use crate::serve::{Answer, Incoming};
use crate::tenant::{Tenant, put};

/// What stands in for a body that says nothing.
const NUL_BYTES: [u8; 64] = [0; 64];

/// What follows `/adminapi`, and what stands before it.
pub(crate) fn admin_path(path: &str) -> Option<(&'static str, &str)> {
    ["/adminapi", "/exchange/adminapi"].into_iter().find_map(|prefix| {
        let rest = path.strip_prefix(prefix)?;
        rest.starts_with('/').then_some((prefix, rest))
    })
}

/// The answer to one cmdlet.
pub(crate) enum Reply {
    Json(StatusCode, Value),
    /// There is no such cmdlet for this caller.
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Command {
    cmdlet_input: CmdletInput,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CmdletInput {
    cmdlet_name: String,
    #[serde(default)]
    parameters: Option<Map<String, Value>>,
}

/// What all cmdlets of one HTTP request share.
pub(crate) struct Session<'a> {
    pub(crate) tenant: &'a Tenant,
    pub(crate) caller: &'a Caller,
    /// `http://…/adminapi/beta/{tenant}`, as the client called it.
    pub(crate) address: String,
}

/// Answers one request below `/adminapi`.
pub(crate) fn handle(tenant: &Tenant, incoming: &Incoming, prefix: &str, path: &str) -> Answer {
    provisioning::settle(tenant);
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let [version, organisation, operation] = segments[..] else {
        return error(StatusCode::NOT_FOUND, "ResourceNotFound", "Resource not found for the segment.");
    };
    if !["beta", "v1.0"].contains(&version) {
        return error(StatusCode::NOT_FOUND, "ResourceNotFound", "The API version isn't supported.");
    }
    if incoming.method != Method::POST {
        return error(
            StatusCode::METHOD_NOT_ALLOWED,
            "MethodNotAllowed",
            "The requested resource doesn't support the method.",
        );
    }
    let caller = match caller::authenticate(tenant, incoming) {
        Ok(caller) => caller,
        Err(turned) => return turn_away(tenant, turned),
    };
    if !authority_is_own(tenant, organisation) {
        return turn_away(tenant, Turned::NoRole);
    }
    let address = format!("{}{prefix}/{version}/{organisation}", base(tenant, prefix));
    let session = Session { tenant, caller: &caller, address };
    match operation {
        "InvokeCommand" => sent(session.invoke(incoming.query.as_deref(), &incoming.headers, &incoming.body)),
        "$batch" | "%24batch" => batch::answer(&session, incoming),
        other => error(
            StatusCode::NOT_FOUND,
            "ResourceNotFound",
            &format!("Resource not found for the segment '{other}'."),
        ),
    }
}

/// The address that `@odata.nextLink` begins with.
fn base(tenant: &Tenant, prefix: &str) -> String {
    match &tenant.options.advertise_exchange {
        Some(url) if !prefix.starts_with("/exchange") => url.as_str().trim_end_matches('/').to_owned(),
        _ => tenant.base_url.as_str().trim_end_matches('/').to_owned(),
    }
}

impl Session<'_> {
    /// Runs one cmdlet.
    pub(crate) fn invoke(&self, query: Option<&str>, headers: &HeaderMap, body: &[u8]) -> Reply {
        let Ok(Command { cmdlet_input: CmdletInput { cmdlet_name, parameters } }) =
            serde_json::from_slice(body)
        else {
            return Reply::Json(
                StatusCode::BAD_REQUEST,
                refusal::body("BadRequest", "The request body isn't a valid cmdlet input.", None),
            );
        };
        let known = catalogue::find(&cmdlet_name).filter(|cmdlet| caller::has(self.caller, cmdlet.duty));
        let Some(cmdlet) = known else { return Reply::Unknown };
        let invocation = match Invocation::new(self.tenant, cmdlet, parameters.unwrap_or_default()) {
            Ok(invocation) => invocation,
            Err(error) => return Reply::Json(error.status(), error.body()),
        };
        let page = match paging::Page::asked(query, headers, body, invocation.now()) {
            Ok(page) => page,
            Err(text) => {
                return Reply::Json(StatusCode::BAD_REQUEST, refusal::body("BadRequest", &text, None));
            }
        };
        let outcome = match cmdlet.run {
            Run::Look(look) => self.tenant.read(|tables| look(&invocation, tables)),
            Run::Change(change) => self.tenant.write(|tables| change(&invocation, tables)),
        };
        match outcome {
            Ok(objects) => {
                Reply::Json(StatusCode::OK, self.result(&page, objects, invocation.warnings(), body))
            }
            Err(error) => Reply::Json(error.status(), error.body()),
        }
    }

    fn result(
        &self,
        page: &paging::Page,
        objects: Vec<Value>,
        mut warnings: Vec<String>,
        body: &[u8],
    ) -> Value {
        let next = page.next(objects.len(), body);
        if next.is_some() {
            warnings.push("There are more results available than are currently displayed. To view them, follow the next link.".to_owned());
        }
        let mut result = json!({
            "@odata.context": format!("{}/$metadata#Collection(Exchange.GenericHashTable)", self.address),
            "adminapi.warnings@odata.type": "#Collection(String)",
            "@adminapi.warnings": warnings,
            "value": page.of(objects),
        });
        if let Some(token) = next {
            result["@odata.nextLink"] = format!("{}/InvokeCommand?%24skiptoken={token}", self.address).into();
        }
        result
    }
}

fn sent(reply: Reply) -> Answer {
    match reply {
        Reply::Json(status, body) => json_answer(status, &body),
        Reply::Unknown => {
            let mut answer = Answer::new(Bytes::from_static(&NUL_BYTES));
            *answer.status_mut() = StatusCode::FORBIDDEN;
            put(answer.headers_mut(), "content-type", "application/json");
            answer
        }
    }
}

/// 401 or 403 without a body; why stands in `x-ms-diagnostics`.
fn turn_away(tenant: &Tenant, turned: Turned) -> Answer {
    let mut answer = Answer::default();
    let (status, number, category) = match turned {
        Turned::Unauthenticated(_) => (StatusCode::UNAUTHORIZED, 2_000_001, "invalid_token"),
        Turned::NoPermission => (StatusCode::UNAUTHORIZED, 2_000_008, "invalid_grant"),
        Turned::NoRole => (StatusCode::FORBIDDEN, 2_000_012, "access_denied"),
    };
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    put(headers, "x-ms-diagnostics", &format!(r#"{number};reason="{turned}";error_category="{category}""#));
    if status == StatusCode::UNAUTHORIZED {
        let challenge = format!(
            r#"Bearer client_id="{}", trusted_issuers="00000001-0000-0000-c000-000000000000@*", token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="{}/common/oauth2/authorize", error="invalid_token""#,
            crate::reference::EXCHANGE,
            tenant.login_base(),
        );
        put(headers, "www-authenticate", &challenge);
    }
    answer
}

fn error(status: StatusCode, code: &str, message: &str) -> Answer {
    json_answer(status, &refusal::body(code, message, None))
}

fn json_answer(status: StatusCode, body: &Value) -> Answer {
    let mut answer = Answer::new(Bytes::from(body.to_string()));
    *answer.status_mut() = status;
    put(
        answer.headers_mut(),
        "content-type",
        "application/json; odata.metadata=minimal; odata.streaming=true",
    );
    answer
}

#[cfg(test)]
mod tests {
    use super::admin_path;

    #[test]
    fn the_endpoint_has_two_addresses() {
        assert_eq!(
            admin_path("/adminapi/beta/x/InvokeCommand"),
            Some(("/adminapi", "/beta/x/InvokeCommand"))
        );
        assert_eq!(admin_path("/exchange/adminapi/beta"), Some(("/exchange/adminapi", "/beta")));
        assert_eq!(admin_path("/adminapis/beta"), None);
        assert_eq!(admin_path("/v1.0/me"), None);
    }
}
