//! Files that people bring along.

use std::io::Read;
use std::path::Path;

use contract::{AppError, ErrorCode};

use crate::errors::Answer;

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

/// The text of a colleague's request file. It is judged when a plan is made from it.
///
/// # Errors
/// When the file cannot be read.
pub fn read_request_file(file: &Path) -> Result<String, AppError> {
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
