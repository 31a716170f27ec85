//! What the practice tenant holds, read from the file in which it keeps itself.

use serde_json::Value;

use crate::surroundings::Surroundings;

/// The tenant as last saved: it saves before it answers.
pub(crate) struct TenantFile(Value);

impl TenantFile {
    /// Reads it.
    pub(crate) fn read(surroundings: &Surroundings) -> Self {
        let text = std::fs::read_to_string(surroundings.home().join("data/practice/tenant.json")).unwrap();
        Self(serde_json::from_str(&text).unwrap())
    }

    /// How many app registrations have this name and are not deleted.
    pub(crate) fn registrations_named(&self, name: &str) -> usize {
        self.applications().filter(|row| row["body"]["displayName"] == name).count()
    }

    /// Values of the client secrets of registrations whose name begins so.
    pub(crate) fn secrets_of(&self, beginning: &str) -> Vec<String> {
        let owners: Vec<&str> = self
            .applications()
            .filter(|row| row["body"]["displayName"].as_str().is_some_and(|name| name.starts_with(beginning)))
            .filter_map(|row| row["body"]["id"].as_str())
            .collect();
        let secrets = self.tables()["secrets"].as_object().unwrap().values();
        secrets
            .filter(|secret| secret["owner"].as_str().is_some_and(|owner| owners.contains(&owner)))
            .filter_map(|secret| secret["value"].as_str().map(str::to_owned))
            .collect()
    }

    /// Client id of the registration with this name.
    pub(crate) fn client_id_of(&self, name: &str) -> String {
        let row = self.applications().find(|row| row["body"]["displayName"] == name).expect("no such app");
        row["body"]["appId"].as_str().unwrap().to_owned()
    }

    fn applications(&self) -> impl Iterator<Item = &Value> {
        let rows = self.tables()["applications"].as_object().unwrap().values();
        rows.filter(|row| row["deleted"].is_null())
    }

    fn tables(&self) -> &Value {
        &self.0["tables"]
    }
}
