//! A custom cloud that an admin described in a file.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use serde::Deserialize;

use super::custom::Reach;
use super::{Cloud, CloudError};

/// Larger than any honest file.
const LARGEST: u64 = 64 * 1024;

/// The file's form: `{"name": "…", "login": "https://…", "graph": "https://…", "exchange": "https://…"}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    name: String,
    login: String,
    graph: String,
    exchange: String,
}

impl Cloud {
    /// Reads a custom cloud from a file that an admin installed: on Unix nobody but its owner may be able to change it.
    ///
    /// # Errors
    /// [`CloudError`], with line and column for a file of another form.
    pub fn from_file(path: &Path) -> Result<Self, CloudError> {
        let mut file = File::open(path).map_err(CloudError::File)?;
        vouched_for(&file)?;
        let mut text = String::new();
        file.by_ref().take(LARGEST).read_to_string(&mut text).map_err(CloudError::File)?;
        let described: Description = serde_json::from_str(&text)
            .map_err(|error| CloudError::FileForm { line: error.line(), column: error.column() })?;
        Self::custom(
            &described.name,
            &described.login,
            &described.graph,
            &described.exchange,
            Reach::AnyHttps,
        )
    }
}

#[cfg(unix)]
fn vouched_for(file: &File) -> Result<(), CloudError> {
    use std::os::unix::fs::MetadataExt as _;
    const WRITABLE_BY_OTHERS: u32 = 0o022;
    let mode = file.metadata().map_err(CloudError::File)?.mode();
    if mode & WRITABLE_BY_OTHERS == 0 { Ok(()) } else { Err(CloudError::FileOpenToAll) }
}

#[cfg(not(unix))]
fn vouched_for(_: &File) -> Result<(), CloudError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn file(directory: &Path, content: &str) -> PathBuf {
        let path = directory.join("cloud.json");
        std::fs::write(&path, content).unwrap();
        path
    }

    #[test]
    fn a_described_cloud_is_read() {
        let directory = tempfile::tempdir().unwrap();
        let path = file(
            directory.path(),
            r#"{"name":"lab","login":"https://login.lab.example","graph":"https://graph.lab.example","exchange":"https://ex.lab.example"}"#,
        );
        let cloud = Cloud::from_file(&path).unwrap();
        assert!(cloud.is_custom());
        assert_eq!(cloud.login().as_str(), "https://login.lab.example/");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let directory = tempfile::tempdir().unwrap();
        let path = file(directory.path(), "{\n  \"nam\": \"lab\"}");
        assert!(matches!(Cloud::from_file(&path), Err(CloudError::FileForm { line: 2, column: 7 })));
        assert!(matches!(Cloud::from_file(&directory.path().join("none")), Err(CloudError::File(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_anybody_may_change_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let directory = tempfile::tempdir().unwrap();
        let path = file(directory.path(), "{}");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666)).unwrap();
        assert!(matches!(Cloud::from_file(&path), Err(CloudError::FileOpenToAll)));
    }
}
