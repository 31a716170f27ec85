//! A session bus of a journey's own, with a desktop portal that is started and never says a word.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::surroundings::Running;

/// A running bus.
pub(crate) struct SessionBus {
    /// For `DBUS_SESSION_BUS_ADDRESS`.
    pub(crate) address: String,
    _daemon: Running,
    _folder: TempDir,
}

impl SessionBus {
    /// Starts one.
    pub(crate) fn with_a_silent_portal() -> Self {
        let folder = TempDir::new().unwrap();
        let service = "[D-BUS Service]\nName=org.freedesktop.portal.Desktop\nExec=/bin/sleep 600\n";
        std::fs::write(folder.path().join("portal.service"), service).unwrap();
        let settings = folder.path().join("bus.conf");
        let place = folder.path().display();
        std::fs::write(
            &settings,
            format!(
                "<busconfig><type>session</type><listen>unix:dir={place}</listen><servicedir>{place}</servicedir>\
                 <policy context=\"default\"><allow send_destination=\"*\"/><allow receive_sender=\"*\"/>\
                 <allow own=\"*\"/></policy></busconfig>"
            ),
        )
        .unwrap();
        let mut daemon = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", settings.display()))
            .args(["--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is missing: `cargo xtask test` installs it");
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { address: address.trim().to_owned(), _daemon: Running(daemon), _folder: folder }
    }
}
