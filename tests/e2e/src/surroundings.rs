//! A computer of its own for each journey: folders, keyring, and a "browser" that notes what it was asked to open.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::session_bus::SessionBus;

/// Folders and programs of one journey.
pub(crate) struct Surroundings {
    home: TempDir,
    /// Where the session bus is, if it is not the journeys' common one.
    bus: Option<String>,
}

impl Surroundings {
    /// Fresh folders, and an unlocked keyring on the session bus.
    pub(crate) fn new() -> Self {
        Self::on(None)
    }

    /// The same on another session bus.
    pub(crate) fn on(bus: Option<&SessionBus>) -> Self {
        let bus = bus.map(|bus| bus.address.clone());
        unlock_keyring(bus.as_deref());
        let home = TempDir::new().unwrap();
        let note = home.path().join("browser");
        std::fs::write(
            &note,
            format!("#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{}'\n", home.path().join("opened").display()),
        )
        .unwrap();
        make_executable(&note);
        Self { home, bus }
    }

    /// Folder of the app's data, settings and downloads.
    pub(crate) fn home(&self) -> PathBuf {
        self.home.path().join("gatehouse")
    }

    /// What the app's environment must say.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let text = |path: PathBuf| path.to_string_lossy().into_owned();
        let mut environment = vec![
            ("GATEHOUSE_HOME", text(self.home())),
            ("BROWSER", text(self.home.path().join("browser"))),
            ("HOME", text(self.home.path().join("home"))),
            ("XDG_CACHE_HOME", text(self.home.path().join("cache"))),
            ("XDG_DATA_HOME", text(self.home.path().join("share"))),
            ("RUST_LOG", "trace".to_owned()),
            ("NO_AT_BRIDGE", "1".to_owned()),
            ("LIBGL_ALWAYS_SOFTWARE", "1".to_owned()),
        ];
        environment.extend(self.bus.clone().map(|bus| ("DBUS_SESSION_BUS_ADDRESS", bus)));
        environment
    }

    /// The address that the app asked the browser to open after `before` others.
    pub(crate) fn opened(&self, before: usize) -> Option<String> {
        let text = std::fs::read_to_string(self.home.path().join("opened")).ok()?;
        text.lines().nth(before).map(str::to_owned)
    }

    /// How many times the app opened the browser.
    pub(crate) fn times_opened(&self) -> usize {
        std::fs::read_to_string(self.home.path().join("opened")).map_or(0, |text| text.lines().count())
    }

    /// What the app saved last to the person's downloads, by a part of its name.
    pub(crate) fn saved(&self, part: &str) -> String {
        let folder = std::fs::read_dir(self.home().join("downloads")).unwrap();
        let mut files: Vec<PathBuf> = folder.flatten().map(|entry| entry.path()).collect();
        files.retain(|path| path.to_string_lossy().contains(part));
        let newest = files.iter().max_by_key(|path| path.metadata().and_then(|data| data.modified()).ok());
        std::fs::read_to_string(newest.expect("nothing was saved")).unwrap()
    }

    /// Every file below the journey's folders that holds `needle`.
    pub(crate) fn files_with(&self, needle: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        search(self.home.path(), needle.as_bytes(), &mut found);
        found
    }
}

fn search(folder: &Path, needle: &[u8], found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.is_symlink() {
            search(&path, needle, found);
        } else if std::fs::read(&path)
            .is_ok_and(|bytes| bytes.windows(needle.len()).any(|part| part == needle))
        {
            found.push(path);
        }
    }
}

/// The built binary of this workspace.
pub(crate) fn binary(name: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"), PathBuf::from);
    let path = target.join("debug").join(name);
    assert!(path.is_file(), "{} is missing: `cargo xtask test` builds it", path.display());
    path.canonicalize().unwrap()
}

/// A port that nothing listens on right now.
pub(crate) fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A program that ends with the journey.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn unlock_keyring(bus: Option<&str>) {
    use std::io::Write;
    assert!(
        std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some(),
        "no session bus: `cargo xtask test` starts one with dbus-run-session"
    );
    // A keyring of its own: the person's may exist, with another password.
    let home = std::env::temp_dir().join(format!("gatehouse-journeys-{}", std::process::id()));
    std::fs::create_dir_all(&home).unwrap();
    let mut daemon = Command::new("gnome-keyring-daemon");
    if let Some(bus) = bus {
        daemon.env("DBUS_SESSION_BUS_ADDRESS", bus);
    }
    let mut daemon = daemon
        .env("HOME", &home)
        .env("XDG_DATA_HOME", &home)
        .args(["--components=secrets", "--unlock", "--replace", "--daemonize"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("gnome-keyring is missing: `cargo xtask test` installs it");
    daemon.stdin.take().unwrap().write_all(b"journeys").unwrap();
    daemon.wait().unwrap();
}

fn make_executable(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).unwrap();
}
