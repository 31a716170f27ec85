//! A pretend organisation in a process of its own, which the app takes for the practice tenant of another Gatehouse.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::json;

use crate::Failure;

/// Who signs in: the practice tenant's Global Administrator.
pub(super) const PERSON: &str = "astrid.lindqvist@lindqvist-practice.example";

/// A running practice tenant.
pub(super) struct Organisation {
    tenant: Child,
    /// As long as it is locked, no Gatehouse starts a tenant of its own.
    _lock: File,
}

impl Organisation {
    /// Starts `program` with so many registrations and tells of it in `folder`, the practice folder of the app.
    pub(super) fn start(program: &Path, registrations: usize, folder: &Path) -> Result<Self, Failure> {
        std::fs::create_dir_all(folder)?;
        let lock = File::create(folder.join("practice.lock"))?;
        lock.lock()?;
        let mut tenant = Command::new(program)
            .args(["--applications", &registrations.to_string()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let mut line = String::new();
        if let Some(output) = tenant.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let organisation = Self { tenant, _lock: lock };
        let address = line.split_whitespace().nth(3).ok_or("the practice tenant did not start")?;
        let card = json!({
            "address": format!("{address}/"),
            "organisation": "A large organisation",
            "people": [["Astrid Lindqvist", PERSON, "Global Administrator"]],
        });
        std::fs::write(folder.join("practice.json"), card.to_string())?;
        Ok(organisation)
    }
}

impl Drop for Organisation {
    fn drop(&mut self) {
        let _ = self.tenant.kill();
        let _ = self.tenant.wait();
    }
}
