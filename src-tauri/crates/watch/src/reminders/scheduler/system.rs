//! The system that entries are written for.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Which system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Os {
    /// Linux and its kin, with systemd where there is one.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

/// What a program of the system said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// It ended with 0.
    pub success: bool,
    /// What it printed, on either way, cut to 2,000 characters.
    pub output: String,
}

/// The little that is asked of a system. Blocks.
pub trait System: Send + Sync {
    /// Which it is.
    fn os(&self) -> Os;

    /// Where the person's settings are: `~/.config`, `~/Library`; on Windows a folder of Gatehouse's own.
    fn folder(&self) -> &Path;

    /// Runs a program of the system; `None` where there is none of that name.
    fn run(&self, program: &str, arguments: &[&str]) -> Option<Ran>;
}

/// The computer that this runs on.
#[derive(Debug, Clone)]
pub struct ThisComputer {
    folder: PathBuf,
    path: Option<OsString>,
}

impl ThisComputer {
    /// With this folder for settings, see [`System::folder`].
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), path: None }
    }

    /// Looks for programs here instead of where `PATH` says.
    #[must_use]
    pub fn with_path(self, path: impl Into<OsString>) -> Self {
        Self { path: Some(path.into()), ..self }
    }
}

impl System for ThisComputer {
    fn os(&self) -> Os {
        if cfg!(windows) {
            Os::Windows
        } else if cfg!(target_os = "macos") {
            Os::MacOs
        } else {
            Os::Linux
        }
    }

    fn folder(&self) -> &Path {
        &self.folder
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Option<Ran> {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null());
        if let Some(path) = &self.path {
            command.env("PATH", path);
        }
        let output = command.output().ok()?;
        let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&output.stderr));
        Some(Ran { success: output.status.success(), output: text.chars().take(2_000).collect() })
    }
}
