//! A session bus of its own, so that neither the desktop's portal nor its keyring has a part in what is measured.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::Failure;

/// What there is of a desktop portal.
#[derive(Clone, Copy)]
pub(crate) enum Portal {
    /// Nothing has its name.
    None,
    /// The bus starts one, and it never says a word.
    Silent,
}

/// A running bus.
pub(crate) struct Bus {
    daemon: Child,
    /// For `DBUS_SESSION_BUS_ADDRESS`.
    pub(crate) address: String,
}

impl Bus {
    /// Starts one whose files lie in `folder`.
    pub(crate) fn start(folder: &Path, portal: Portal) -> Result<Self, Failure> {
        let services = folder.join("services");
        std::fs::create_dir_all(&services)?;
        if let Portal::Silent = portal {
            std::fs::write(
                services.join("portal.service"),
                "[D-BUS Service]\nName=org.freedesktop.portal.Desktop\nExec=/bin/sleep 600\n",
            )?;
        }
        let settings = folder.join("bus.conf");
        std::fs::write(
            &settings,
            format!(
                "<busconfig><type>session</type><listen>unix:dir={}</listen><servicedir>{}</servicedir>\
                 <policy context=\"default\"><allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow own=\"*\"/>\
                 </policy></busconfig>",
                folder.display(),
                services.display()
            ),
        )?;
        let mut daemon = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", settings.display()))
            .args(["--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("dbus-daemon did not start: {error}"))?;
        let mut address = String::new();
        if let Some(output) = daemon.stdout.take() {
            BufReader::new(output).read_line(&mut address)?;
        }
        Ok(Self { daemon, address: address.trim().to_owned() })
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
