//! Microsoft's own clouds (<https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud>,
//! <https://learn.microsoft.com/graph/deployments>).

use url::Url;

use super::{Cloud, CloudId};

/// Host of sign-in, Graph and Exchange.
struct Hosts {
    login: &'static str,
    graph: &'static str,
    exchange: &'static str,
}

const GLOBAL: Hosts = Hosts {
    login: "login.microsoftonline.com",
    graph: "graph.microsoft.com",
    exchange: "outlook.office365.com",
};
const US_GOV: Hosts = Hosts {
    login: "login.microsoftonline.us",
    graph: "graph.microsoft.us",
    exchange: "outlook.office365.us",
};
const US_GOV_DOD: Hosts = Hosts {
    login: "login.microsoftonline.us",
    graph: "dod-graph.microsoft.us",
    exchange: "outlook-dod.office365.us",
};
const CHINA: Hosts = Hosts {
    login: "login.partner.microsoftonline.cn",
    graph: "microsoftgraph.chinacloudapi.cn",
    exchange: "partner.outlook.cn",
};

/// Every host above, and older names of them, which no custom cloud may use.
pub(super) const MICROSOFT: [&str; 15] = [
    GLOBAL.login,
    GLOBAL.graph,
    GLOBAL.exchange,
    US_GOV.login,
    US_GOV.graph,
    US_GOV.exchange,
    US_GOV_DOD.graph,
    US_GOV_DOD.exchange,
    CHINA.login,
    CHINA.graph,
    CHINA.exchange,
    "login.chinacloudapi.cn",
    "login.windows.net",
    "login.microsoft.com",
    "sts.windows.net",
];

impl Cloud {
    /// The worldwide cloud.
    #[must_use]
    pub fn global() -> Self {
        known(CloudId::Global, &GLOBAL)
    }

    /// The cloud with this id; `None` for a custom one, whose addresses are its own.
    #[must_use]
    pub fn microsoft(id: &CloudId) -> Option<Self> {
        let hosts = match id {
            CloudId::Global => &GLOBAL,
            CloudId::UsGov => &US_GOV,
            CloudId::UsGovDod => &US_GOV_DOD,
            CloudId::China => &CHINA,
            CloudId::Custom(_) => return None,
        };
        Some(known(id.clone(), hosts))
    }
}

#[expect(clippy::expect_used, reason = "the table above is fixed, and a test builds every row of it")]
fn known(id: CloudId, hosts: &Hosts) -> Cloud {
    let url = |host: &str| Url::parse(&format!("https://{host}/")).expect("a host name");
    Cloud {
        id,
        login: url(hosts.login),
        graph: url(hosts.graph),
        exchange: url(hosts.exchange),
        graph_resource: format!("https://{}", hosts.graph).into(),
        exchange_resource: format!("https://{}", hosts.exchange).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cloud_is_https_and_fenced_off() {
        for id in [CloudId::Global, CloudId::UsGov, CloudId::UsGovDod, CloudId::China] {
            let cloud = Cloud::microsoft(&id).unwrap();
            for url in [cloud.login(), cloud.graph(), cloud.exchange()] {
                assert_eq!(url.scheme(), "https");
                assert!(MICROSOFT.contains(&url.host_str().unwrap()), "{url} is open to custom clouds");
            }
        }
        assert_eq!(Cloud::microsoft(&CloudId::Custom("x".into())), None);
        assert_eq!(Cloud::global().graph_scope("User.Read"), "https://graph.microsoft.com/User.Read");
    }
}
