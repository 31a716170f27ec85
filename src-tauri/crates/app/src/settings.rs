//! Settings of this machine, in a small JSON file.

use std::path::Path;

use contract::Settings;

/// Reads the settings; a missing or damaged file means the defaults.
pub(crate) fn read(folder: &Path) -> Settings {
    std::fs::read(folder.join("settings.json"))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .map(sensible)
        .unwrap_or_default()
}

/// Writes the settings beside the old ones and then puts them in their place.
pub(crate) fn write(folder: &Path, settings: Settings) -> std::io::Result<Settings> {
    let settings = sensible(settings);
    std::fs::create_dir_all(folder)?;
    let fresh = folder.join("settings.json.new");
    std::fs::write(&fresh, serde_json::to_vec_pretty(&settings)?)?;
    std::fs::rename(&fresh, folder.join("settings.json"))?;
    Ok(settings)
}

/// The clipboard is cleared after 10 to 120 seconds, never later.
fn sensible(mut settings: Settings) -> Settings {
    settings.clipboard_seconds = settings.clipboard_seconds.clamp(10, 120);
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_kept_and_kept_sensible() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read(dir.path()), Settings::default());
        let wanted = Settings { theme: contract::Theme::Dark, clipboard_seconds: 100_000 };
        let written = write(dir.path(), wanted).unwrap();
        assert_eq!(written.clipboard_seconds, 120);
        assert_eq!(read(dir.path()), written);
    }

    #[test]
    fn a_damaged_file_means_the_defaults() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("settings.json"), "{").unwrap();
        assert_eq!(read(dir.path()), Settings::default());
    }
}
