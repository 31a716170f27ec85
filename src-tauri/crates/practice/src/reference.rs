//! Microsoft's own data, as published (see `reference/SOURCES.md`): permissions, well-known applications, error texts.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::packed::{self, packed};

/// One permission that a resource publishes.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Permission {
    pub(crate) id: String,
    pub(crate) value: String,
    #[serde(rename = "type")]
    pub(crate) kind: PermissionKind,
    pub(crate) display_name: String,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) user_display_name: Option<String>,
    #[serde(default)]
    pub(crate) user_description: Option<String>,
    /// Absent in the lists of other resources, where all but sign-in permissions need an admin.
    #[serde(default = "yes")]
    pub(crate) admin_consent_required: bool,
    #[serde(default = "yes")]
    pub(crate) is_enabled: bool,
}

const fn yes() -> bool {
    true
}

/// Application permission or delegated permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum PermissionKind {
    /// An app role.
    Application,
    /// An OAuth 2 scope.
    Delegated,
}

/// A resource other than Microsoft Graph and what it publishes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Resource {
    pub(crate) permissions: Vec<Permission>,
}

/// A Microsoft client that gets scopes without any consent.
#[derive(Debug, Deserialize)]
pub(crate) struct FirstParty {
    pub(crate) redirect_uris: Vec<String>,
    /// `None`: this client may not ask Graph for anything.
    pub(crate) graph: Option<Vec<String>>,
    #[serde(rename = "exchangeOnline")]
    pub(crate) exchange_online: Option<Vec<String>>,
}

/// A well-known Microsoft application.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WellKnown {
    pub(crate) app_id: String,
    pub(crate) display_name: String,
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) owner_tenant: Option<String>,
}

#[derive(Deserialize)]
struct GraphFile {
    permissions: Vec<Permission>,
}
#[derive(Deserialize)]
struct ResourcesFile {
    resources: BTreeMap<String, Resource>,
}
#[derive(Deserialize)]
struct ClientsFile {
    clients: BTreeMap<String, FirstParty>,
}
#[derive(Deserialize)]
struct AppsFile {
    core: Vec<WellKnown>,
}

/// Client id of Microsoft Graph.
pub(crate) const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
/// Hosts of Microsoft Graph in the clouds; they name the resource in scopes and audiences.
pub(crate) const GRAPH_HOSTS: [&str; 4] = [
    "graph.microsoft.com",
    "graph.microsoft.us",
    "dod-graph.microsoft.us",
    "microsoftgraph.chinacloudapi.cn",
];
/// Client id of Office 365 Exchange Online.
pub(crate) const EXCHANGE: &str = "00000002-0000-0ff1-ce00-000000000000";
/// Hosts that name Exchange Online in scopes and audiences.
pub(crate) const EXCHANGE_HOSTS: [&str; 5] = [
    "outlook.office365.com",
    "outlook.office.com",
    "ps.outlook.com",
    "outlook.office365.us",
    "partner.outlook.cn",
];
/// Client id of Microsoft Graph Command Line Tools, a client with ordinary consent.
pub(crate) const GRAPH_COMMAND_LINE: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
/// Client id of the retired Azure AD Graph.
pub(crate) const AAD_GRAPH: &str = "00000002-0000-0000-c000-000000000000";
/// Client id of Azure Resource Manager.
pub(crate) const AZURE_RESOURCE_MANAGER: &str = "797f4846-ba00-4fd7-ba43-dac1f8f63013";
/// Microsoft's own tenant, owner of most first-party applications.
pub(crate) const MICROSOFT_TENANT: &str = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

/// What Microsoft Graph publishes: about 1,500 permissions.
pub(crate) fn graph_permissions() -> &'static [Permission] {
    static CELL: OnceLock<Vec<Permission>> = OnceLock::new();
    CELL.get_or_init(|| {
        packed::read::<GraphFile>(packed!("graph-permissions.json"))
            .map(|file| file.permissions)
            .unwrap_or_default()
    })
}

/// What other resources publish, by their client id.
pub(crate) fn other_resources() -> &'static BTreeMap<String, Resource> {
    static CELL: OnceLock<BTreeMap<String, Resource>> = OnceLock::new();
    CELL.get_or_init(|| {
        packed::read::<ResourcesFile>(packed!("other-api-permissions.json"))
            .map(|file| file.resources)
            .unwrap_or_default()
    })
}

/// Microsoft clients that are pre-authorised, by their client id.
pub(crate) fn first_party() -> &'static BTreeMap<String, FirstParty> {
    static CELL: OnceLock<BTreeMap<String, FirstParty>> = OnceLock::new();
    CELL.get_or_init(|| {
        packed::read::<ClientsFile>(packed!("first-party-preauth-scopes.json"))
            .map(|file| file.clients)
            .unwrap_or_default()
    })
}

/// Well-known Microsoft applications, picked by hand.
pub(crate) fn well_known() -> &'static [WellKnown] {
    static CELL: OnceLock<Vec<WellKnown>> = OnceLock::new();
    CELL.get_or_init(|| {
        packed::read::<AppsFile>(packed!("microsoft-apps.json")).map(|file| file.core).unwrap_or_default()
    })
}

/// Which permission each Graph path needs, as Microsoft publishes it (`paths` -> method -> schemes).
pub(crate) fn graph_path_permissions() -> &'static serde_json::Value {
    static CELL: OnceLock<serde_json::Value> = OnceLock::new();
    CELL.get_or_init(|| packed::read(packed!("graph-path-permissions.json")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_data_file_parses() {
        assert!(graph_permissions().len() > 1_500);
        assert!(other_resources().contains_key(EXCHANGE));
        assert!(first_party().contains_key("04b07795-8ddb-461a-bbee-02f9e1bf7b46"));
        assert!(well_known().iter().any(|app| app.app_id == GRAPH));
        assert!(graph_path_permissions()["paths"].is_object());
    }
}
