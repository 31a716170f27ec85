//! The entries that start Gatehouse by themselves: each day through the system's scheduler (`gatehouse remind`), and with
//! the desktop session.
//!
//! The texts are pure functions ([`systemd`], [`launchd`], [`windows`], [`autostart`]), so that those of all systems are
//! tested on each. [`install`], [`remove`] and [`look`] act on the system at hand.

pub mod autostart;
mod entry;
pub mod launchd;
mod state;
mod system;
pub mod systemd;
pub mod windows;
mod xml;

use std::fs;
use std::path::{Path, PathBuf};

pub use entry::{Entry, EntryError};
pub use state::ScheduleState;
pub use system::{Os, Ran, System, ThisComputer};

/// Which of the two entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The daily look.
    Daily,
    /// The window, with the session.
    Session,
}

/// Why an entry could not be written or removed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// The entry cannot be written.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The file could not be written or removed.
    #[error("the entry of the system's scheduler could not be written")]
    File,
    /// The system refused; its own words, for details.
    #[error("the system did not take the entry")]
    Refused(String),
}

impl ScheduleError {
    /// What happened and what to do, for people.
    #[must_use]
    pub fn sentence(&self) -> &'static str {
        match self {
            Self::Entry(_) => {
                "Gatehouse is in a folder whose name the system cannot take. Move it to another folder, and switch this on again."
            }
            Self::File => {
                "The entry could not be written, so nothing was changed. Check that you may write to your own settings folder."
            }
            Self::Refused(_) => {
                "The system did not take the entry, so it does not start Gatehouse. The details have its own words."
            }
        }
    }
}

/// Writes the entry, switches it on, and says how it stands then. Done again, it changes nothing.
///
/// # Errors
/// [`ScheduleError`].
pub fn install(system: &dyn System, purpose: Purpose, entry: &Entry) -> Result<ScheduleState, ScheduleError> {
    for (path, bytes) in files(system, purpose, entry)? {
        write(&path, &bytes)?;
    }
    match (system.os(), purpose) {
        (Os::Linux, Purpose::Daily) => enable_timer(system)?,
        (Os::Linux, Purpose::Session) => {}
        (Os::MacOs, _) => {
            let path = agent_path(system, purpose).to_string_lossy().into_owned();
            let _ = system.run("launchctl", &["unload", &path]);
            ran(system.run("launchctl", &["load", "-w", &path]))?;
        }
        (Os::Windows, Purpose::Daily) => {
            let path = task_path(system).to_string_lossy().into_owned();
            ran(system.run("schtasks", &["/Create", "/TN", windows::TASK, "/XML", &path, "/F"]))?;
        }
        (Os::Windows, Purpose::Session) => {
            let value = windows::run_value(entry)?;
            let words =
                ["add", windows::RUN_KEY, "/v", windows::RUN_VALUE, "/t", "REG_SZ", "/d", &value, "/f"];
            ran(system.run("reg", &words))?;
        }
    }
    Ok(look(system, purpose, entry))
}

/// Switches the entry off and removes it. Where there is none, nothing happens.
///
/// # Errors
/// [`ScheduleError`].
pub fn remove(system: &dyn System, purpose: Purpose) -> Result<(), ScheduleError> {
    let gone: Vec<PathBuf> = match (system.os(), purpose) {
        (Os::Linux, Purpose::Daily) => {
            let _ = system.run("systemctl", &["--user", "disable", "--now", systemd::TIMER]);
            vec![wanted_path(system), unit(system, systemd::TIMER), unit(system, systemd::SERVICE)]
        }
        (Os::Linux, Purpose::Session) => vec![autostart_path(system)],
        (Os::MacOs, _) => {
            let path = agent_path(system, purpose);
            let _ = system.run("launchctl", &["unload", "-w", &path.to_string_lossy()]);
            vec![path]
        }
        (Os::Windows, Purpose::Daily) => {
            let _ = system.run("schtasks", &["/Delete", "/TN", windows::TASK, "/F"]);
            vec![task_path(system)]
        }
        (Os::Windows, Purpose::Session) => {
            let _ = system.run("reg", &["delete", windows::RUN_KEY, "/v", windows::RUN_VALUE, "/f"]);
            Vec::new()
        }
    };
    for path in gone {
        match fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(ScheduleError::File),
            _ => {}
        }
    }
    if (system.os(), purpose) == (Os::Linux, Purpose::Daily) {
        let _ = system.run("systemctl", &["--user", "daemon-reload"]);
    }
    Ok(())
}

/// How the entry stands. Changes nothing.
#[must_use]
pub fn look(system: &dyn System, purpose: Purpose, entry: &Entry) -> ScheduleState {
    let success = |ran: Option<Ran>| ran.is_some_and(|ran| ran.success);
    if (system.os(), purpose) == (Os::Windows, Purpose::Session) {
        let found = system.run("reg", &["query", windows::RUN_KEY, "/v", windows::RUN_VALUE]);
        return match (found, windows::run_value(entry)) {
            (Some(ran), Ok(value)) if ran.success && ran.output.contains(&value) => ScheduleState::Active,
            (Some(ran), _) if ran.success => ScheduleState::Other,
            _ => ScheduleState::Absent,
        };
    }
    let Ok(files) = files(system, purpose, entry) else { return ScheduleState::Absent };
    let there = files.iter().filter(|(path, _)| path.exists()).count();
    if there == 0 {
        return ScheduleState::Absent;
    }
    if files.iter().any(|(path, bytes)| fs::read(path).ok().as_ref() != Some(bytes)) {
        return ScheduleState::Other;
    }
    let active = match (system.os(), purpose) {
        (Os::Linux, Purpose::Daily) => {
            success(system.run("systemctl", &["--user", "--quiet", "is-active", systemd::TIMER]))
        }
        (Os::Linux, Purpose::Session) => true,
        (Os::MacOs, Purpose::Daily) => success(system.run("launchctl", &["list", launchd::REMIND])),
        (Os::MacOs, Purpose::Session) => success(system.run("launchctl", &["list", launchd::WINDOW])),
        (Os::Windows, _) => success(system.run("schtasks", &["/Query", "/TN", windows::TASK])),
    };
    if active { ScheduleState::Active } else { ScheduleState::Waiting }
}

/// The files of an entry, and what is in them.
fn files(
    system: &dyn System,
    purpose: Purpose,
    entry: &Entry,
) -> Result<Vec<(PathBuf, Vec<u8>)>, EntryError> {
    Ok(match (system.os(), purpose) {
        (Os::Linux, Purpose::Daily) => vec![
            (unit(system, systemd::SERVICE), systemd::service(entry)?.into_bytes()),
            (unit(system, systemd::TIMER), systemd::timer().into_bytes()),
        ],
        (Os::Linux, Purpose::Session) => {
            vec![(autostart_path(system), autostart::desktop_entry(entry)?.into_bytes())]
        }
        (Os::MacOs, Purpose::Daily) => {
            vec![(agent_path(system, purpose), launchd::remind(entry)?.into_bytes())]
        }
        (Os::MacOs, Purpose::Session) => {
            vec![(agent_path(system, purpose), launchd::window(entry)?.into_bytes())]
        }
        (Os::Windows, Purpose::Daily) => vec![(task_path(system), utf16(&windows::task(entry)?))],
        (Os::Windows, Purpose::Session) => Vec::new(),
    })
}

/// Switches the timer on: through the person's systemd, or, where none runs, by the link that it will find at the next
/// sign-in.
fn enable_timer(system: &dyn System) -> Result<(), ScheduleError> {
    let reloaded = system.run("systemctl", &["--user", "daemon-reload"]).is_some_and(|ran| ran.success);
    if reloaded {
        return ran(system.run("systemctl", &["--user", "enable", "--now", systemd::TIMER]));
    }
    let link = wanted_path(system);
    if link.symlink_metadata().is_ok() {
        return Ok(());
    }
    make_folder_of(&link)?;
    #[cfg(unix)]
    std::os::unix::fs::symlink(unit(system, systemd::TIMER), &link).map_err(|_| ScheduleError::File)?;
    Ok(())
}

fn unit(system: &dyn System, name: &str) -> PathBuf {
    system.folder().join("systemd/user").join(name)
}

fn wanted_path(system: &dyn System) -> PathBuf {
    system.folder().join("systemd/user/timers.target.wants").join(systemd::TIMER)
}

fn autostart_path(system: &dyn System) -> PathBuf {
    system.folder().join("autostart").join(autostart::FILE)
}

fn agent_path(system: &dyn System, purpose: Purpose) -> PathBuf {
    let label = if purpose == Purpose::Daily { launchd::REMIND } else { launchd::WINDOW };
    system.folder().join("LaunchAgents").join(format!("{label}.plist"))
}

fn task_path(system: &dyn System) -> PathBuf {
    system.folder().join("gatehouse-remind.xml")
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn ran(ran: Option<Ran>) -> Result<(), ScheduleError> {
    match ran {
        Some(ran) if ran.success => Ok(()),
        Some(ran) => Err(ScheduleError::Refused(ran.output)),
        None => Err(ScheduleError::Refused(String::new())),
    }
}

/// Whole or not at all: a scheduler can read at any moment.
fn write(path: &Path, bytes: &[u8]) -> Result<(), ScheduleError> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    make_folder_of(path)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let fresh = path.with_file_name(name);
    fs::write(&fresh, bytes).and_then(|()| fs::rename(&fresh, path)).map_err(|_| ScheduleError::File)
}

fn make_folder_of(path: &Path) -> Result<(), ScheduleError> {
    fs::create_dir_all(path.parent().unwrap_or(path)).map_err(|_| ScheduleError::File)
}
