//! One start: from the moment at which the program is executed to the last change of its picture.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::Failure;
use crate::bus::{Bus, Portal};
use crate::processes;
use crate::screen::Screen;

/// When nothing was painted for so long, the window is as it will stay.
const QUIET: Duration = Duration::from_millis(800);
/// After this, a window does not come any more.
const PATIENCE: Duration = Duration::from_secs(60);

/// Folders, a session bus and a screen.
pub(crate) struct Computer<'screen> {
    screen: &'screen Screen,
    bus: Bus,
    folder: TempDir,
}

impl<'screen> Computer<'screen> {
    /// A computer without anything of ours on it.
    pub(crate) fn new(screen: &'screen Screen, portal: Portal) -> Result<Self, Failure> {
        let folder = TempDir::new()?;
        Ok(Self { screen, bus: Bus::start(folder.path(), portal)?, folder })
    }

    /// Starts a program and watches it paint.
    pub(crate) fn start(&self, program: &Path) -> Result<Started, Failure> {
        self.screen.forget_changes()?;
        let mut command = Command::new(program);
        self.prepare(&mut command);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let begun = Instant::now();
        let child = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let mut started = Started { child, first_paint: Duration::ZERO, settled: Duration::ZERO };
        match self.watch(begun) {
            Ok((first, last)) => {
                (started.first_paint, started.settled) = (first, last);
                Ok(started)
            }
            Err(error) => {
                started.end();
                Err(format!("{}: {error}", program.display()).into())
            }
        }
    }

    /// Puts a program on this computer: its screen, its bus, its folders.
    pub(crate) fn prepare(&self, command: &mut Command) {
        let home = self.folder.path();
        command
            .env("DISPLAY", &self.screen.name)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus.address)
            .env("HOME", home)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("GATEHOUSE_HOME");
        for (name, folder) in [
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_RUNTIME_DIR", "run"),
        ] {
            let folder = home.join(folder);
            // Where it cannot be made, the program says so.
            let _ = std::fs::create_dir_all(&folder);
            command.env(name, folder);
        }
    }

    /// Where everything of this computer lies.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn watch(&self, begun: Instant) -> Result<(Duration, Duration), Failure> {
        let first = loop {
            let change = self.screen.next_change(begun + PATIENCE)?.ok_or("no window appeared")?;
            if self.screen.shows_text()? {
                break change;
            }
        };
        let mut last = first;
        while let Some(change) = self.screen.next_change(last + QUIET)? {
            last = change;
        }
        Ok((first - begun, last - begun))
    }
}

/// A window that is up.
pub(crate) struct Started {
    child: Child,
    /// Until there was something to read.
    pub(crate) first_paint: Duration,
    /// Until the picture changed for the last time. What can be pressed is pressed through React's listeners, which are there
    /// before it is painted: so this is when the window can be used, at the latest.
    pub(crate) settled: Duration,
}

impl Started {
    /// Its processes.
    pub(crate) fn tree(&self) -> Result<Vec<u32>, Failure> {
        processes::tree(self.child.id())
    }

    /// Ends it, and waits until nothing of it is left.
    pub(crate) fn end(mut self) {
        let tree = self.tree().unwrap_or_default();
        for id in &tree {
            if let Some(id) = i32::try_from(*id).ok().and_then(Pid::from_raw) {
                let _ = kill_process(id, Signal::KILL);
            }
        }
        let _ = self.child.wait();
        let until = Instant::now() + Duration::from_secs(5);
        while !tree.iter().all(|id| processes::is_gone(*id)) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}
