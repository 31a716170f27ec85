//! A session of its own for one test: a bus, a home, and whatever keyring daemon the test wants.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use vault::{KeyringBackend, Vault, VaultStatus};

use crate::support::{again, open_with, role, settled, succeed};

pub(super) const PASSWORD: &str = "the login password";

/// What the bus can start when somebody calls it.
#[derive(Default)]
pub(super) struct Services(Vec<(&'static str, String)>);

impl Services {
    /// A name that `program`, run by `sh`, is started for.
    pub(super) fn with(mut self, name: &'static str, program: &str) -> Self {
        self.0.push((name, program.to_owned()));
        self
    }
}

/// Runs `act` in a child of this test that lives in a session of its own.
pub(super) fn in_session(test: &str, services: &Services, act: impl AsyncFnOnce(&Path)) {
    if let Some(home) = role() {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        return runtime.block_on(act(Path::new(&home)));
    }
    let home = tempfile::tempdir().unwrap();
    let configuration = write_configuration(home.path(), services);
    let mut command = Command::new(program("dbus-run-session", "dbus"));
    command.arg("--config-file").arg(configuration).arg("--");
    succeed(&mut isolated(command, &again(test, home.path().to_str().unwrap()), home.path()));
}

/// Runs `act` in a child that has a home of its own and no bus at all.
pub(super) fn without_a_bus(test: &str, act: impl AsyncFnOnce(&Path)) {
    if let Some(home) = role() {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        return runtime.block_on(act(Path::new(&home)));
    }
    let home = tempfile::tempdir().unwrap();
    succeed(&mut isolated(Command::new("env"), &again(test, home.path().to_str().unwrap()), home.path()));
}

/// A vault with the system's keyring, after its first look.
pub(super) async fn open_real(home: &Path) -> Vault {
    let vault = open_with(home, KeyringBackend::System);
    settled(&vault).await;
    vault
}

/// The first status that `wanted` accepts.
pub(super) async fn status(vault: &Vault, wanted: impl Fn(VaultStatus) -> bool) -> VaultStatus {
    *vault.watch().wait_for(|status| wanted(*status)).await.unwrap()
}

/// gnome-keyring, ended when this is dropped.
pub(super) struct Daemon(Child);

impl Daemon {
    /// Starts it and waits until it owns its name. With a password it makes or unlocks the login keyring.
    pub(super) fn start(password: Option<&str>) -> Self {
        let mut command = Command::new(program("gnome-keyring-daemon", "gnome-keyring"));
        command.args(["--foreground", "--components=secrets"]);
        if password.is_some() {
            command.arg("--unlock");
        }
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(password.unwrap_or_default().as_bytes()).unwrap();
        drop(stdin);
        wait_for_owner(true);
        Self(child)
    }

    /// Ends it and waits until its name is free.
    pub(super) fn stop(self) {
        drop(self);
        wait_for_owner(false);
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Unlocks the login keyring without a prompt, as the person's login does.
pub(super) fn unlock_elsewhere() {
    use zbus::blocking::Proxy;
    use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};
    const SERVICE: &str = "org.freedesktop.secrets";
    const ROOT: &str = "/org/freedesktop/secrets";
    let bus = bus();
    let service = Proxy::new(&bus, SERVICE, ROOT, "org.freedesktop.Secret.Service").unwrap();
    let (_, session): (OwnedValue, OwnedObjectPath) =
        service.call("OpenSession", &("plain", Value::from(""))).unwrap();
    let collection: OwnedObjectPath = service.call("ReadAlias", &"default").unwrap();
    let interface = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface";
    let secret = (session, Vec::<u8>::new(), PASSWORD.as_bytes(), "text/plain");
    Proxy::new(&bus, SERVICE, ROOT, interface)
        .unwrap()
        .call::<_, _, ()>("UnlockWithMasterPassword", &(collection, secret))
        .unwrap();
}

/// A login keyring with the vault's key and one record, locked again: what a restart of the machine leaves.
pub(super) async fn leave_a_locked_keyring(home: &Path) -> Daemon {
    let daemon = Daemon::start(Some(PASSWORD));
    let vault = open_real(home).await;
    crate::support::put(&vault, "a", "sealed before").await;
    drop(vault);
    daemon.stop();
    Daemon::start(None)
}

/// The session bus, for tests that take a part in it.
pub(super) fn bus() -> zbus::blocking::Connection {
    zbus::blocking::Connection::session().unwrap()
}

/// Waits for the bus to say so, not for time to pass.
fn wait_for_owner(owned: bool) {
    use zbus::blocking::fdo::DBusProxy;
    let bus = bus();
    let proxy = DBusProxy::new(&bus).unwrap();
    let changes = proxy.receive_name_owner_changed_with_args(&[(0, "org.freedesktop.secrets")]).unwrap();
    if proxy.name_has_owner("org.freedesktop.secrets".try_into().unwrap()).unwrap() == owned {
        return;
    }
    for change in changes {
        if change.args().unwrap().new_owner().is_some() == owned {
            return;
        }
    }
}

/// Gives the child's own arguments to `outer`, and a world without the person's display, bus and files.
fn isolated(mut outer: Command, inner: &Command, home: &Path) -> Command {
    let runtime = home.join("run");
    std::fs::create_dir_all(&runtime).unwrap();
    std::fs::set_permissions(&runtime, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    outer.arg(inner.get_program()).args(inner.get_args()).env_clear();
    outer.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    outer.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
    outer.env("HOME", home).env("XDG_RUNTIME_DIR", runtime);
    for (name, folder) in [
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("TMPDIR", "tmp"),
    ] {
        std::fs::create_dir_all(home.join(folder)).unwrap();
        outer.env(name, home.join(folder));
    }
    outer
}

fn write_configuration(home: &Path, services: &Services) -> PathBuf {
    let folder = home.join("services");
    std::fs::create_dir(&folder).unwrap();
    for (name, program) in &services.0 {
        let service = format!("[D-BUS Service]\nName={name}\nExec=/bin/sh -c \"{program}\"\n");
        std::fs::write(folder.join(format!("{name}.service")), service).unwrap();
    }
    let configuration = home.join("bus.conf");
    let text = format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<servicedir>{}</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"#,
        folder.display()
    );
    std::fs::write(&configuration, text).unwrap();
    configuration
}

/// A program that the tests need. Where it is missing the test fails and says which package brings it.
fn program(name: &str, package: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| {
            panic!("{name} is missing: install the package {package} (`cargo xtask test` does)")
        })
}
