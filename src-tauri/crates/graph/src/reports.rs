//! Usage reports, and whether they show names.
//!
//! A report comes in two parts: Graph answers with a link that carries its own authorization for some minutes, and the
//! table lies behind it, on another host. That host never sees the token ([`GraphClient::usage_report`]).
//! <https://learn.microsoft.com/graph/api/reportroot-getoffice365activeuserdetail>

use net::call::{Outcome, Repeat};
use net::{NetError, body, host};
use reqwest::Method;
use serde::Serialize;
use url::Url;

use crate::client::GraphClient;
use crate::error::GraphError;
use crate::path::Path;
use crate::reply::{Reply, Unreadable, json, nothing};
use crate::request::Request;
use crate::resources::{ReportSettings, UsageReport};

/// Reads whether reports show names.
#[must_use]
pub fn settings() -> Request<ReportSettings> {
    Request::get(Path::new("admin").then("reportSettings"), json)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    display_concealed_names: bool,
}

/// Has all usage reports show real names, or made-up ones.
#[must_use]
pub fn conceal_names(conceal: bool) -> Request<()> {
    Request::new(Method::PATCH, Path::new("admin").then("reportSettings"), Repeat::Safe, nothing)
        .json(&Settings { display_concealed_names: conceal })
}

/// Where a report can be fetched, by whoever has the link. Not shown and not logged: it needs no token.
#[derive(Clone, PartialEq, Eq)]
pub struct ReportLink(Url);

impl std::fmt::Debug for ReportLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("ReportLink").field(&self.0.host_str().unwrap_or_default()).finish()
    }
}

/// Asks for the link to who used what in the last seven days.
#[must_use]
pub fn active_users() -> Request<ReportLink> {
    Request::get(Path::new("reports").then("getOffice365ActiveUserDetail(period='D7')"), link).redirecting()
}

fn link(reply: &Reply) -> Result<ReportLink, Unreadable> {
    let location = reply.headers.get("location").and_then(|value| value.to_str().ok());
    let url = location.and_then(|text| Url::parse(text).ok());
    match (reply.status, url) {
        (302, Some(url)) => Ok(ReportLink(url)),
        (other, _) => Err(Unreadable::Status(other)),
    }
}

/// Most of a report that is read, in bytes: a line for each person, and a large organisation has many.
const LIMIT: usize = 64 * 1024 * 1024;

impl GraphClient {
    /// Reads who used what in the last seven days, as far as to say whether names show. Nothing of it is kept.
    ///
    /// # Errors
    /// [`GraphError::ForeignLink`] when the link leads to a host that is not Microsoft's for reports, which is then not
    /// asked; else as [`GraphClient::send`]. In a batch the link cannot be asked for.
    pub async fn usage_report(&self) -> Result<UsageReport, GraphError> {
        let ReportLink(url) = self.send(active_users()).await?;
        if !self.may_fetch_report(&url) {
            return Err(GraphError::ForeignLink);
        }
        let refused = |fault| GraphError::Network { fault, outcome: Outcome::Refused };
        // Without the token, and without following another redirect: the client follows none.
        let fetch = async {
            let response = self.shared.http.get(url).send().await?;
            let status = response.status();
            if status.is_redirection() {
                return Ok(Err(GraphError::Redirected { status: status.as_u16() }));
            }
            let bytes = body::read_limited(response, LIMIT).await?;
            if !status.is_success() {
                return Ok(Err(refused(NetError::Other(net::Sent::Maybe))));
            }
            Ok::<_, NetError>(Ok(bytes))
        };
        let bytes = tokio::select! {
            biased;
            () = self.call().cancel.cancelled() => return Err(GraphError::Cancelled { outcome: Outcome::Refused }),
            fetched = fetch => fetched.map_err(refused)??,
        };
        UsageReport::of_csv(&String::from_utf8_lossy(&bytes)).ok_or_else(|| refused(NetError::WebPage))
    }

    /// Microsoft's hosts for reports (`reports.office.com`, `reportsweu.office.com`, …), and this very host, where both
    /// are served together.
    fn may_fetch_report(&self, url: &Url) -> bool {
        let microsofts = url.scheme() == "https"
            && url.port().is_none()
            && url.host_str().is_some_and(|host| {
                host.strip_suffix(".office.com")
                    .is_some_and(|name| name.starts_with("reports") && !name.contains('.'))
            });
        let plain = url.username().is_empty() && url.password().is_none();
        plain && (microsofts || host::same_origin(url, self.base()))
    }
}
