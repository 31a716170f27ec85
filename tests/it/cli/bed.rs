//! A practice tenant that the test holds in its hands, and the file that tells Gatehouse to use it instead of Microsoft.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use practice::{FaultsFile, Options, PracticeTenant, RecordedRequest, Tables};
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::wire::Wire;

/// The tenant, the threads that it runs on, and its address card.
pub(crate) struct Bed {
    tenant: PracticeTenant,
    _runtime: Runtime,
    folder: TempDir,
    /// What passed over the wire, where it was listened to.
    pub(crate) wire: Option<Wire>,
}

impl Bed {
    /// A fresh organisation. Nobody waits there: a test types its commands faster than a person, and would pay for it with
    /// the seconds that Microsoft makes one wait.
    pub(crate) fn new() -> Self {
        Self::with(Options { throttled: false, ..Options::default() }, None)
    }

    /// A fresh organisation that refuses what comes too fast.
    pub(crate) fn throttled() -> Self {
        Self::with(Options::default(), None)
    }

    /// A fresh organisation, and every byte between it and Gatehouse is heard.
    pub(crate) fn heard() -> Self {
        let wire = Wire::new();
        let front = url(wire.port());
        let options = Options {
            advertise_login: Some(front.parse().unwrap()),
            advertise_graph: Some(front.parse().unwrap()),
            advertise_exchange: Some(front.parse().unwrap()),
            ..Options::default()
        };
        Self::with(options, Some(wire))
    }

    fn with(options: Options, wire: Option<Wire>) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let tenant = runtime.block_on(PracticeTenant::start(options)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let port = match &wire {
            Some(wire) => {
                wire.leads_to(tenant.address());
                wire.port()
            }
            None => tenant.address().port(),
        };
        std::fs::write(folder.path().join("cloud.json"), card("bed", &url(port))).unwrap();
        Self { tenant, _runtime: runtime, folder, wire }
    }

    /// For `--cloud-file`.
    pub(crate) fn cloud_file(&self) -> PathBuf {
        self.folder.path().join("cloud.json")
    }

    /// Id of the organisation.
    pub(crate) fn id(&self) -> &str {
        self.tenant.tenant_id()
    }

    /// Looks into the organisation, past all checks.
    pub(crate) fn look<R>(&self, look: impl FnOnce(&mut Tables) -> R) -> R {
        self.tenant.tables(look)
    }

    /// What was received.
    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        self.tenant.requests()
    }

    /// Requests that change the directory, since the first `seen`.
    pub(crate) fn writes_since(&self, seen: usize) -> Vec<String> {
        self.requests()
            .iter()
            .skip(seen)
            .filter(|request| request.method != "GET" && request.path.starts_with("/v1.0"))
            .filter(|request| !request.path.ends_with("/$batch"))
            .map(|request| format!("{} {}", request.method, request.path))
            .collect()
    }

    /// From now on, this goes wrong.
    pub(crate) fn goes_wrong(&self, faults: Value) {
        let file: FaultsFile = serde_json::from_value(serde_json::json!({ "faults": faults })).unwrap();
        self.tenant.faults().apply(file);
    }

    /// How often something has gone wrong since all went well.
    pub(crate) fn mishaps(&self) -> u64 {
        self.tenant.faults().fired()
    }

    /// Moves Microsoft's clock.
    pub(crate) fn clock_is_ahead(&self, by: jiff::SignedDuration) {
        self.tenant.clock().advance(by);
    }

    /// From now on, nothing goes wrong.
    pub(crate) fn goes_well(&self) {
        self.tenant.faults().clear();
    }

    /// Waits until something is true of the organisation.
    pub(crate) fn until(&self, what: &str, mut is_so: impl FnMut(&Self) -> bool) {
        let begun = Instant::now();
        while !is_so(self) {
            assert!(begun.elapsed() < Duration::from_secs(100), "{what} did not happen");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Registrations with this name that are not deleted: client id, and how many secrets each has.
    pub(crate) fn registrations(&self, name: &str) -> Vec<(String, usize)> {
        self.look(|tables| {
            let named = tables.applications.values().filter(|row| row.deleted.is_none());
            named
                .filter(|row| row.text("displayName") == name)
                .map(|row| {
                    let secrets = row.body.get("passwordCredentials").and_then(Value::as_array);
                    (row.text("appId").to_owned(), secrets.map_or(0, Vec::len))
                })
                .collect()
        })
    }

    /// Client id of the one registration whose name begins so.
    #[track_caller]
    pub(crate) fn client_id_that_begins_with(&self, name: &str) -> String {
        let found: Vec<String> = self.look(|tables| {
            let live = tables.applications.values().filter(|row| row.deleted.is_none());
            live.filter(|row| row.text("displayName").starts_with(name))
                .map(|row| row.text("appId").to_owned())
                .collect()
        });
        assert_eq!(found.len(), 1, "{name}");
        found[0].clone()
    }

    /// Whether there is an account of this name.
    pub(crate) fn has_account(&self, upn: &str) -> bool {
        self.look(|tables| {
            tables.users.values().any(|row| row.deleted.is_none() && row.text("userPrincipalName") == upn)
        })
    }

    /// Whether it has a mailbox.
    pub(crate) fn has_mailbox(&self, upn: &str) -> bool {
        self.look(|tables| {
            let user = tables
                .users
                .values()
                .find(|row| row.deleted.is_none() && row.text("userPrincipalName") == upn);
            user.is_some_and(|row| tables.mailboxes.get(row.text("id")).is_some())
        })
    }

    /// Somebody grants an app a permission of Microsoft Graph for the whole organisation, past Gatehouse.
    pub(crate) fn grants_for_everybody(&self, app_id: &str, permission: &str) {
        self.look(|tables| {
            let id_of = |tables: &Tables, app: &str| {
                let all = tables.service_principals.values();
                all.filter(|row| row.deleted.is_none())
                    .find(|row| row.text("appId") == app)
                    .map(|row| row.text("id").to_owned())
                    .unwrap()
            };
            let (principal, graph) =
                (id_of(tables, app_id), id_of(tables, "00000003-0000-0000-c000-000000000000"));
            let roles = tables.service_principals[&graph].body["appRoles"].as_array().unwrap();
            let role = roles.iter().find(|role| role["value"] == permission).unwrap()["id"].clone();
            let mut planted = tables.app_role_assignments.values().next().unwrap().clone();
            let id = "planted-by-somebody-else-0123456789abcdefgh".to_owned();
            for (name, value) in [
                ("id", serde_json::json!(id)),
                ("principalId", serde_json::json!(principal)),
                ("resourceId", serde_json::json!(graph)),
                ("appRoleId", role),
            ] {
                planted.body.insert(name.to_owned(), value);
            }
            tables.app_role_assignments.insert(id, planted);
        });
    }

    /// Asserts that the organisation is what it was.
    #[track_caller]
    pub(crate) fn is_as(&self, before: &BTreeMap<String, String>) {
        let now = self.state();
        let differ: Vec<_> = before
            .keys()
            .chain(now.keys())
            .filter(|what| before.get(*what) != now.get(*what))
            .map(|what| format!("{what}\n  was {:?}\n  is {:?}", before.get(what), now.get(what)))
            .collect();
        assert!(differ.is_empty(), "{}", differ.join("\n"));
    }

    /// Everything that a set-up could leave behind, but for what Microsoft keeps by itself (recycle bin, sent mail).
    pub(crate) fn state(&self) -> BTreeMap<String, String> {
        self.look(|tables| {
            let mut state = BTreeMap::new();
            let all = [
                ("application", &tables.applications),
                ("service principal", &tables.service_principals),
                ("app role assignment", &tables.app_role_assignments),
                ("delegated grant", &tables.oauth2_permission_grants),
                ("group", &tables.groups),
                ("user", &tables.users),
                ("role assignment", &tables.role_assignments),
            ];
            for (what, table) in all {
                // What was granted to an app in the recycle bin lies there with it.
                let in_bin = |row: &practice::Row| {
                    let app = [row.text("principalId"), row.text("clientId")];
                    app.iter()
                        .any(|id| tables.service_principals.get(*id).is_some_and(|app| app.deleted.is_some()))
                };
                for (id, row) in table.iter().filter(|(_, row)| row.deleted.is_none() && !in_bin(row)) {
                    state.insert(format!("{what} {id}"), what_it_is(row));
                }
            }
            let exchange = [
                ("pointer to an app", &tables.exchange.service_principals),
                ("scope", &tables.exchange.management_scopes),
                ("role in Exchange", &tables.exchange.role_assignments),
                ("access policy", &tables.exchange.access_policies),
                ("policy", &tables.policies),
            ];
            for (what, table) in exchange {
                for (id, row) in table.iter().filter(|(_, row)| row.deleted.is_none()) {
                    state.insert(format!("{what} {id}"), what_it_is(row));
                }
            }
            for (group, members) in &tables.members {
                let mut members = members.clone();
                members.sort();
                state.insert(format!("members of {group}"), members.join(" "));
            }
            let secrets = tables.secrets.iter().filter(|(_, secret)| {
                tables.applications.get(&secret.owner).is_some_and(|owner| owner.deleted.is_none())
            });
            state.extend(secrets.map(|(id, secret)| (format!("secret {id}"), secret.owner.clone())));
            state
        })
    }
}

/// What an object is; when it was changed is no part of it.
fn what_it_is(row: &practice::Row) -> String {
    let mut body = row.body.clone();
    body.remove("_changes");
    Value::Object(body).to_string()
}

/// `http://localhost:PORT/`
fn url(port: u16) -> String {
    format!("http://localhost:{port}/")
}

/// A cloud file.
pub(crate) fn card(name: &str, base: &str) -> String {
    serde_json::json!({ "name": name, "login": base, "graph": base, "exchange": base }).to_string()
}
