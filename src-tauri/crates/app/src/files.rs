//! Files that people bring along.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use contract::{AppError, ErrorCode};

use crate::errors::{Answer, OrExplain};

/// Longest file that is read.
const LONGEST: u64 = blueprint::MAX_FILE_BYTES as u64;

/// What is wrong with a connector file, one sentence for each mistake, with its place. Empty when it can be used.
///
/// # Errors
/// When the file cannot be read.
pub fn check_connector_file(file: &Path) -> Result<Vec<String>, AppError> {
    let text = read(file)?;
    let name = file.file_name().map_or_else(|| "connector".into(), |name| name.to_string_lossy());
    match blueprint::Connector::parse(&name, &text) {
        Ok(_) => Ok(Vec::new()),
        Err(error) => Ok(error.problems.iter().map(|problem| format!("{name}:{problem}")).collect()),
    }
}

/// The text of a file that a person brought: a request, a connector, a fragment. Who uses it judges it.
///
/// # Errors
/// When the file cannot be read.
pub fn read_text_file(file: &Path) -> Result<String, AppError> {
    read(file)
}

fn read(file: &Path) -> Answer<String> {
    let unreadable = |error: std::io::Error| {
        AppError::new(ErrorCode::FileNotUsable)
            .because(format!("{} could not be read: {error}.", file.display()))
            .advise("Check the file's name and rights.")
    };
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .and_then(|opened| opened.take(LONGEST + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    if bytes.len() as u64 > LONGEST {
        return Err(AppError::new(ErrorCode::FileNotUsable).because("The file is too long."));
    }
    String::from_utf8(bytes)
        .map_err(|_| AppError::new(ErrorCode::FileNotUsable).because("The file is not text."))
}

/// Saves a file in the person's downloads; gives its path.
pub(crate) fn save_for_person(downloads: &Path, name: &str, content: &[u8]) -> Answer<String> {
    std::fs::create_dir_all(downloads).or_explain()?;
    let file = save_beside(&downloads.join(name), content).or_explain()?;
    Ok(file.to_string_lossy().into_owned())
}

/// Writes a new file, under the same name with a number where one exists already: nothing of the person's is overwritten.
fn save_beside(wanted: &Path, content: &[u8]) -> std::io::Result<PathBuf> {
    let name = wanted.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let others = (2..1000).map(|number| wanted.with_file_name(format!("{number}-{name}")));
    for path in std::iter::once(wanted.to_owned()).chain(others) {
        match std::fs::File::create_new(&path) {
            Ok(mut file) => {
                file.write_all(content)?;
                return Ok(path);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(std::io::ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_persons_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let wanted = folder.path().join("request.json");
        let saved: Vec<_> =
            (0..3).map(|number| save_beside(&wanted, format!("{number}").as_bytes()).unwrap()).collect();
        let names: Vec<_> = saved.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["request.json", "2-request.json", "3-request.json"]);
        assert_eq!(std::fs::read(&wanted).unwrap(), b"0");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_the_file_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (wanted, elsewhere) = (folder.path().join("request.json"), folder.path().join("elsewhere"));
        std::os::unix::fs::symlink(&elsewhere, &wanted).unwrap();
        assert_eq!(save_beside(&wanted, b"x").unwrap(), folder.path().join("2-request.json"));
        assert!(!elsewhere.exists());
    }
}
