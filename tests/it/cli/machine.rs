//! A computer: folders of its own, no keyring, and a person at its browser.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The passphrase that its vault is opened with.
const PASSPHRASE: &str = "correct horse battery staple";

/// A computer that Gatehouse runs on.
pub(crate) struct Machine {
    folder: TempDir,
    cloud: Cloud,
    person: String,
    does: &'static str,
    log: Option<&'static str>,
}

enum Cloud {
    Practice,
    File(PathBuf),
}

/// What a command answered.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Machine {
    /// One that practises.
    pub(crate) fn practising() -> Self {
        Self::with(Cloud::Practice)
    }

    /// One whose Microsoft is the one that this file describes.
    pub(crate) fn on(cloud_file: &Path) -> Self {
        Self::with(Cloud::File(cloud_file.to_owned()))
    }

    fn with(cloud: Cloud) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        Self { folder, cloud, person: upn("astrid.lindqvist"), does: "accept", log: None }
    }

    /// The same, with this person at the browser.
    pub(crate) fn of(mut self, name: &str) -> Self {
        self.person = upn(name);
        self
    }

    /// What the person does on the consent page from now on.
    pub(crate) fn person_does(&mut self, does: &'static str) {
        self.does = does;
    }

    /// Another person sits down.
    pub(crate) fn person_is(&mut self, name: &str) {
        self.person = upn(name);
    }

    /// `RUST_LOG` from now on.
    pub(crate) fn logs(&mut self, level: &'static str) {
        self.log = Some(level);
    }

    /// Another cloud file from now on, with the same home.
    pub(crate) fn moves_to(&mut self, cloud_file: &Path) {
        self.cloud = Cloud::File(cloud_file.to_owned());
    }

    /// `GATEHOUSE_HOME`.
    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// A file of this machine outside of Gatehouse's home.
    pub(crate) fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The folder of the present space.
    pub(crate) fn space(&self) -> PathBuf {
        let data = self.home().join("data");
        let mut found = std::fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().path());
        let space = found.next().unwrap();
        assert_eq!(found.next(), None, "one space is in use");
        space
    }

    /// What the person saw in the browser.
    pub(crate) fn seen(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("seen")).unwrap_or_default()
    }

    /// Runs a command with the passphrase, and waits for it.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        let passphrase = self.folder.path().join("passphrase");
        self.run_bare(&[&["--passphrase-file", passphrase.to_str().unwrap()], arguments].concat())
    }

    /// Runs a command that says itself how secrets are kept, and waits for it.
    pub(crate) fn run_bare(&self, arguments: &[&str]) -> Said {
        let output = self.command(arguments).output().unwrap();
        Said {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Starts a command and leaves it alone. Ended when dropped.
    pub(crate) fn start(&self, arguments: &[&str]) -> AtWork {
        let passphrase = self.folder.path().join("passphrase");
        let mut command =
            self.command(&[&["--passphrase-file", passphrase.to_str().unwrap()], arguments].concat());
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        AtWork(child)
    }

    /// A command that was not started yet.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gatehouse"));
        command.env_clear();
        for kept in ["PATH", "LD_LIBRARY_PATH", "TMPDIR"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        let person = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/cli/person.py");
        command
            .env("GATEHOUSE_HOME", self.home())
            .env("HOME", self.folder.path())
            .env("TZ", "UTC")
            // No keyring, wherever this runs.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .env("BROWSER", person)
            .env("PERSON", &self.person)
            .env("PERSON_DOES", self.does)
            .env("PERSON_SAW", self.folder.path().join("seen"))
            .stdin(Stdio::null());
        if let Some(level) = self.log {
            command.env("RUST_LOG", level);
        }
        match &self.cloud {
            Cloud::Practice => command.arg("--practice"),
            Cloud::File(file) => command.arg("--cloud-file").arg(file),
        };
        command.args(arguments);
        command
    }

    /// Signs in for set-ups, making the organisation's own registration.
    pub(crate) fn sign_in(&self) -> Said {
        self.run(&["sign-in", "--create-registration", "--yes"]).ends(0)
    }

    /// The main job with good answers.
    pub(crate) fn set_up(&self) -> Said {
        self.run(&["--json", "setup", "totalview", "--input", MAILBOX, "--input", SENDER, "--yes"])
    }

    /// The id of the one set-up there is.
    pub(crate) fn connection(&self) -> String {
        let all = self.run(&["--json", "status"]).ends(0).json();
        assert_eq!(all.as_array().unwrap().len(), 1, "{all}");
        all[0]["id"].as_str().unwrap().to_owned()
    }

    /// The state of the one set-up there is.
    pub(crate) fn state(&self) -> String {
        let all = self.run(&["--json", "status"]).ends(0).json();
        assert_eq!(all.as_array().unwrap().len(), 1, "{all}");
        all[0]["state"].as_str().unwrap().to_owned()
    }
}

/// Good answers for Totalview.
pub(crate) const MAILBOX: &str = "test-mailbox=noor.haddad@lindqvist-practice.example";
pub(crate) const SENDER: &str = "sender=svc-mail@lindqvist-practice.example";

/// Somebody's sign-in name in the practice organisation.
pub(crate) fn upn(name: &str) -> String {
    format!("{name}@lindqvist-practice.example")
}

impl Said {
    /// Asserts how it ended.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n--- out\n{}\n--- err\n{}", self.out, self.err);
        self
    }

    /// The answer, with `--json`.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    /// Everything it said.
    pub(crate) fn all(&self) -> String {
        format!("{}\n{}", self.out, self.err)
    }
}

/// A command that goes on by itself.
pub(crate) struct AtWork(pub(crate) Child);

impl AtWork {
    /// `kill -9`.
    pub(crate) fn is_killed(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// Ctrl-C; waits for the end and gives its code.
    pub(crate) fn is_interrupted(mut self) -> i32 {
        let id = self.0.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        self.0.wait().unwrap().code().unwrap_or(-1)
    }
}

impl AtWork {
    /// Whether it has ended by itself.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.0.try_wait().unwrap().is_some()
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
