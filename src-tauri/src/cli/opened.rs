//! What the system starts the program with when somebody opens an invitation: a link of ours, or a file by its name.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use app::App;

/// An invitation that somebody opened outside of Gatehouse. Good or bad: the window says which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Opened {
    /// Its link.
    Link(String),
    /// Its file.
    File(PathBuf),
}

impl Opened {
    /// The first argument of a start, as the system gives it. Desktops of Linux give a file as an address (`file:`), and
    /// other systems as a path; `folder` is where the start was made, for a path that begins there.
    pub(crate) fn of(argument: &OsStr, folder: &Path) -> Option<Self> {
        if let Some(text) = argument.to_str() {
            if app::is_invitation_link(text) {
                return Some(Self::Link(text.to_owned()));
            }
            if text.contains("://") {
                return path_of(text).filter(|path| app::is_invitation_file(path)).map(Self::File);
            }
        }
        let path = Path::new(argument);
        app::is_invitation_file(path).then(|| Self::File(folder.join(path)))
    }

    /// Hands it to the window, which asks for it once.
    pub(crate) fn arrive(&self, app: &App) {
        match self {
            Self::Link(link) => app.invitation_arrived(link),
            Self::File(path) => app.invitation_file_arrived(path),
        }
    }
}

/// The path in an address of a file on this computer.
fn path_of(text: &str) -> Option<PathBuf> {
    let address = tauri::Url::parse(text).ok().filter(|address| address.scheme() == "file")?;
    address.to_file_path().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(argument: &str) -> Option<Opened> {
        Opened::of(OsStr::new(argument), Path::new("/home/ann/Downloads"))
    }

    #[test]
    fn links_are_told_by_their_scheme_and_files_by_their_name() {
        let link = "gatehouse://connect?v=1";
        assert_eq!(of(link), Some(Opened::Link(link.to_owned())));
        let file = |path: &str| Some(Opened::File(PathBuf::from(path)));
        assert_eq!(of("/tmp/a b.gatehouse-invitation"), file("/tmp/a b.gatehouse-invitation"));
        assert_eq!(of("b.gatehouse-invitation"), file("/home/ann/Downloads/b.gatehouse-invitation"));
        #[cfg(unix)]
        assert_eq!(of("file:///tmp/a%20b.Gatehouse-Invitation"), file("/tmp/a b.Gatehouse-Invitation"));
        for none in [
            "",
            "accounts",
            "--practice",
            "/etc/passwd",
            "gatehouse-invitation",
            "https://evil.example/x.gatehouse-invitation/",
            "file:///etc/passwd",
            "file:///tmp/x.gatehouse-invitation%00/../y",
        ] {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
