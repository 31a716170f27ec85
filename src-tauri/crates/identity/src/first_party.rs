//! Microsoft's own clients with which an organisation without a registration can make its first step.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::ids::{ClientId, Guid};

/// One of Microsoft's own public clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstPartyClient {
    /// Its client id.
    pub client_id: ClientId,
    /// The name under which it shows in the organisation's sign-in log.
    pub name: String,
    /// What it carries on Graph without anybody being asked; an outside measurement, not Microsoft's word.
    pub graph: Vec<String>,
    /// The same on Exchange Online.
    pub exchange: Vec<String>,
}

/// Microsoft Azure CLI.
pub const AZURE_CLI: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
/// Microsoft Azure PowerShell.
pub const AZURE_POWERSHELL: &str = "1950a258-227b-4e31-a9cf-717495945fc2";
/// Microsoft Graph Command Line Tools: asks for consent like any other app, and shares it with every tool that uses it.
pub const GRAPH_COMMAND_LINE: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

#[derive(Deserialize)]
struct File {
    clients: std::collections::BTreeMap<Guid, Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    graph: Option<Vec<String>>,
    #[serde(rename = "exchangeOnline")]
    exchange: Option<Vec<String>>,
    redirect_uris: Vec<String>,
}

/// The clients that can sign in with `http://localhost`, from `reference/first-party-preauth-scopes.json`.
#[must_use]
pub fn clients() -> &'static [FirstPartyClient] {
    static CLIENTS: LazyLock<Vec<FirstPartyClient>> = LazyLock::new(|| {
        let file = include_str!("../../../../reference/first-party-preauth-scopes.json");
        // A test reads the file; a broken one would be found before it ships.
        let clients = serde_json::from_str::<File>(file).map(|file| file.clients).unwrap_or_default();
        clients
            .into_iter()
            .filter(|(_, entry)| entry.redirect_uris.iter().any(|uri| uri == "http://localhost"))
            .map(|(client_id, entry)| FirstPartyClient {
                client_id,
                name: entry.name,
                graph: entry.graph.unwrap_or_default(),
                exchange: entry.exchange.unwrap_or_default(),
            })
            .collect()
    });
    &CLIENTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bootstrap_clients_can_make_a_registration_and_consent_it() {
        for id in [AZURE_CLI, AZURE_POWERSHELL] {
            let client = clients().iter().find(|client| client.client_id.as_str() == id).unwrap();
            for needed in [
                "Application.ReadWrite.All",
                "AppRoleAssignment.ReadWrite.All",
                "DelegatedPermissionGrant.ReadWrite.All",
            ] {
                assert!(client.graph.iter().any(|scope| scope == needed), "{} lacks {needed}", client.name);
            }
        }
        assert!(GRAPH_COMMAND_LINE.parse::<Guid>().is_ok());
    }
}
