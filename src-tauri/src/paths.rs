//! Where this machine keeps things for Gatehouse.

use std::path::PathBuf;

/// Folders of the app; `GATEHOUSE_HOME` puts all of them under one folder (tests, portable use).
#[derive(Debug, Clone)]
pub(crate) struct Paths {
    /// Data: database, journal, vault.
    pub(crate) data: PathBuf,
    /// Settings.
    pub(crate) config: PathBuf,
    /// Where files for the person go.
    pub(crate) downloads: PathBuf,
}

impl Paths {
    /// The folders of the person who runs this.
    pub(crate) fn of_this_person() -> Self {
        let home = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        if let Some(all) = home("GATEHOUSE_HOME") {
            return Self {
                data: all.join("data"),
                config: all.join("config"),
                downloads: all.join("downloads"),
            };
        }
        let person =
            home(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).unwrap_or_else(std::env::temp_dir);
        let (data, config) = if cfg!(windows) {
            let local = home("LOCALAPPDATA").unwrap_or_else(|| person.join("AppData/Local"));
            (local.clone(), local)
        } else if cfg!(target_os = "macos") {
            (person.join("Library/Application Support"), person.join("Library/Application Support"))
        } else {
            (
                home("XDG_DATA_HOME").unwrap_or_else(|| person.join(".local/share")),
                home("XDG_CONFIG_HOME").unwrap_or_else(|| person.join(".config")),
            )
        };
        let downloads = home("XDG_DOWNLOAD_DIR").unwrap_or_else(|| person.join("Downloads"));
        Self { data: data.join("gatehouse"), config: config.join("gatehouse"), downloads }
    }
}

/// Where the system looks for what it shall start: `~/.config`, `~/Library`; on Windows a folder of our own.
pub(crate) fn of_system() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        Some(Paths::of_this_person().config)
    } else if cfg!(target_os = "macos") {
        Some(named("HOME")?.join("Library"))
    } else {
        named("XDG_CONFIG_HOME").or_else(|| Some(named("HOME")?.join(".config")))
    }
}
