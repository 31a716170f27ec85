//! Clouds that are not Microsoft's: on this computer, or vouched for by an admin.

use url::Url;

use super::{Cloud, CloudError, CloudId, table};

/// The resource names that tokens are asked for: a simulated cloud goes by Microsoft's own, so that unmodified
/// clients work against it.
const GRAPH_RESOURCE: &str = "https://graph.microsoft.com";
const EXCHANGE_RESOURCE: &str = "https://outlook.office365.com";

/// Which addresses are accepted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    ThisComputer,
    AnyHttps,
}

impl Cloud {
    /// A cloud on this computer, such as the practice tenant. `http` is fine there: it never leaves the machine.
    ///
    /// # Errors
    /// [`CloudError`] for an address that cannot be read or is elsewhere.
    pub fn on_this_computer(
        name: &str,
        login: &str,
        graph: &str,
        exchange: &str,
    ) -> Result<Self, CloudError> {
        Self::custom(name, login, graph, exchange, Reach::ThisComputer)
    }

    pub(super) fn custom(
        name: &str,
        login: &str,
        graph: &str,
        exchange: &str,
        reach: Reach,
    ) -> Result<Self, CloudError> {
        Ok(Self {
            id: CloudId::Custom(name.into()),
            login: address("login", login, reach)?,
            graph: address("graph", graph, reach)?,
            exchange: address("exchange", exchange, reach)?,
            graph_resource: GRAPH_RESOURCE.into(),
            exchange_resource: EXCHANGE_RESOURCE.into(),
        })
    }
}

fn address(what: &'static str, text: &str, reach: Reach) -> Result<Url, CloudError> {
    let mut url = Url::parse(text).map_err(|_| CloudError::Address { what })?;
    let Some(host) = url.host_str() else { return Err(CloudError::Address { what }) };
    if table::MICROSOFT.contains(&host.trim_end_matches('.')) {
        return Err(CloudError::BelongsToMicrosoft { what });
    }
    let loopback = net::host::is_loopback(&url);
    match (url.scheme(), loopback) {
        ("http" | "https", true) => {}
        ("https", false) if reach == Reach::AnyHttps => {}
        ("https" | "http", false) if reach == Reach::ThisComputer => {
            return Err(CloudError::NotLoopback { what });
        }
        _ => return Err(CloudError::NotHttps { what }),
    }
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if !bare {
        return Err(CloudError::Extra { what });
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn login(text: &str, reach: Reach) -> Result<Url, CloudError> {
        address("login", text, reach)
    }

    #[test]
    fn this_computer_means_this_computer() {
        for fine in ["http://localhost:1", "http://127.0.0.1:1/x", "https://[::1]:1/"] {
            assert!(login(fine, Reach::ThisComputer).unwrap().path().ends_with('/'));
        }
        for elsewhere in ["https://login.example", "http://10.0.0.1", "http://localhost.evil.example"] {
            assert!(
                matches!(login(elsewhere, Reach::ThisComputer), Err(CloudError::NotLoopback { .. })),
                "{elsewhere}"
            );
        }
    }

    /// Attack 21 for whole addresses, and attack 66: nothing mixes a real cloud with another.
    #[test]
    fn hostile_addresses_are_refused() {
        for reach in [Reach::ThisComputer, Reach::AnyHttps] {
            for bad in [
                "",
                "\";calc",
                "--flag",
                "file:///etc/passwd",
                "smb://localhost/",
                "javascript:alert(1)",
                "//x",
            ] {
                assert!(login(bad, reach).is_err(), "{bad}");
            }
            for extra in ["http://u:p@localhost/", "http://localhost/?x", "http://localhost/#x"] {
                assert!(matches!(login(extra, reach), Err(CloudError::Extra { .. })), "{extra}");
            }
            for microsoft in [
                "https://login.microsoftonline.com",
                "https://GRAPH.microsoft.com./x",
                "https://sts.windows.net",
            ] {
                assert!(
                    matches!(login(microsoft, reach), Err(CloudError::BelongsToMicrosoft { .. })),
                    "{microsoft}"
                );
            }
        }
        assert!(matches!(login("http://login.example", Reach::AnyHttps), Err(CloudError::NotHttps { .. })));
        assert!(login("https://login.example", Reach::AnyHttps).is_ok());
    }
}
