//! Microsoft's clouds, and custom ones: which hosts belong together, and where a token may go.

mod custom;
mod file;
mod table;

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::tenant::Tenant;

/// Which cloud. Tokens and registrations of one mean nothing in another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CloudId {
    /// The worldwide service, also used by US GCC.
    Global,
    /// US Government L4 (GCC High).
    UsGov,
    /// US Government L5 (DoD).
    UsGovDod,
    /// Operated by 21Vianet in China.
    China,
    /// One that somebody set up: the practice tenant, or a test bed.
    Custom(Box<str>),
}

/// A cloud's addresses. Every address ends with a slash and may carry a path before it, so that one host can serve all.
#[derive(Clone, PartialEq, Eq)]
pub struct Cloud {
    id: CloudId,
    login: Url,
    graph: Url,
    exchange: Url,
    graph_resource: Box<str>,
    exchange_resource: Box<str>,
}

/// Why a cloud's description was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CloudError {
    /// An address cannot be read.
    #[error("the {what} address cannot be read")]
    Address {
        /// Which of the addresses: `login`, `graph` or `exchange`.
        what: &'static str,
    },
    /// Without a file that an admin installed, a custom cloud lives on this computer.
    #[error("the {what} address must be on this computer (localhost or 127.0.0.1)")]
    NotLoopback {
        /// Which of the addresses.
        what: &'static str,
    },
    /// Only `https`, or `http` to this computer.
    #[error("the {what} address must start with https")]
    NotHttps {
        /// Which of the addresses.
        what: &'static str,
    },
    /// A custom cloud that borrows a host of a real one could carry real tokens away.
    #[error("the {what} address belongs to one of Microsoft's own clouds")]
    BelongsToMicrosoft {
        /// Which of the addresses.
        what: &'static str,
    },
    /// The address carries a user name, a query or a fragment.
    #[error("the {what} address holds more than a host and a path")]
    Extra {
        /// Which of the addresses.
        what: &'static str,
    },
    /// The file cannot be read.
    #[error("the cloud file could not be read")]
    File(#[source] std::io::Error),
    /// Others than its owner may change the file, so it is not something that an admin vouches for.
    #[error("the cloud file may be changed by everybody on this computer")]
    FileOpenToAll,
    /// The file is not of the documented form.
    #[error("the cloud file is not of the expected form (line {line}, column {column})")]
    FileForm {
        /// Where it stops making sense, from 1.
        line: usize,
        /// Where in that line, from 1.
        column: usize,
    },
}

impl Cloud {
    /// Which cloud this is.
    #[must_use]
    pub fn id(&self) -> &CloudId {
        &self.id
    }

    /// Where people sign in.
    #[must_use]
    pub fn login(&self) -> &Url {
        &self.login
    }

    /// The root of Microsoft Graph, without a version: `<graph>v1.0/me`.
    #[must_use]
    pub fn graph(&self) -> &Url {
        &self.graph
    }

    /// The root of Exchange Online.
    #[must_use]
    pub fn exchange(&self) -> &Url {
        &self.exchange
    }

    /// The scope for a Graph permission, for example `https://graph.microsoft.com/User.Read`; `.default` for all that
    /// the registration asks for.
    #[must_use]
    pub fn graph_scope(&self, permission: &str) -> String {
        format!("{}/{permission}", self.graph_resource)
    }

    /// The scope for an Exchange Online permission.
    #[must_use]
    pub fn exchange_scope(&self, permission: &str) -> String {
        format!("{}/{permission}", self.exchange_resource)
    }

    /// `<login>/<tenant>/<path>`.
    #[must_use]
    pub fn login_endpoint(&self, tenant: &Tenant, path: &str) -> Url {
        under(&self.login, &format!("{tenant}/{path}"))
    }

    /// Whether `url` is part of the sign-in service of this cloud.
    #[must_use]
    pub fn is_login(&self, url: &Url) -> bool {
        covers(&self.login, url)
    }

    /// Whether a token of this cloud may be sent to `url`: same scheme, host and port as, and a path below, its Graph
    /// or its Exchange (`trust.md` O10).
    #[must_use]
    pub fn may_receive_token(&self, url: &Url) -> bool {
        covers(&self.graph, url) || covers(&self.exchange, url)
    }

    /// Whether this is not one of Microsoft's.
    #[must_use]
    pub fn is_custom(&self) -> bool {
        matches!(self.id, CloudId::Custom(_))
    }
}

impl fmt::Debug for Cloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cloud")
            .field("id", &self.id)
            .field("login", &self.login.as_str())
            .finish_non_exhaustive()
    }
}

/// `base` with `path` appended. `base` ends with a slash and `path` holds no `?`, `#` or `..`: both by construction.
fn under(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", base.path()));
    url
}

fn covers(base: &Url, url: &Url) -> bool {
    net::host::same_origin(base, url) && url.path().starts_with(base.path()) && url.username().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_token_goes_only_to_its_own_cloud() {
        let global = Cloud::global();
        assert!(global.may_receive_token(&url("https://graph.microsoft.com/v1.0/me")));
        assert!(global.may_receive_token(&url("https://outlook.office365.com/adminapi/beta/x")));
        for no in [
            "http://graph.microsoft.com/v1.0/me",
            "https://graph.microsoft.com:8443/v1.0/me",
            "https://graph.microsoft.com.evil.example/",
            "https://graph.microsoft.com@evil.example/",
            "https://evil@graph.microsoft.com/",
            "https://graph.microsoft.us/v1.0/me",
            "https://login.microsoftonline.com/common",
            "http://127.0.0.1:8080/graph/v1.0/me",
        ] {
            assert!(!global.may_receive_token(&url(no)), "{no}");
        }
    }

    #[test]
    fn a_path_before_the_root_is_part_of_it() {
        let base = "http://127.0.0.1:9/";
        let cloud = Cloud::on_this_computer(
            "practice",
            &format!("{base}login"),
            &format!("{base}graph"),
            &format!("{base}ex/"),
        )
        .unwrap();
        assert!(cloud.may_receive_token(&url("http://127.0.0.1:9/graph/v1.0/me")));
        for no in [
            "http://127.0.0.1:9/login/x",
            "http://127.0.0.1:9/graphs/v1.0/me",
            "http://127.0.0.1:9/graph/../login/",
        ] {
            assert!(!cloud.may_receive_token(&url(no)), "{no}");
        }
        let endpoint = cloud.login_endpoint(&Tenant::Organizations, "oauth2/v2.0/token");
        assert_eq!(endpoint.as_str(), "http://127.0.0.1:9/login/organizations/oauth2/v2.0/token");
    }
}
