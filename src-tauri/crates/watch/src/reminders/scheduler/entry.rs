//! What is to be started, and what cannot be written into a system's file.

use std::path::{Path, PathBuf};

/// A program with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The program, by its whole path.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Set for it, for example `GATEHOUSE_HOME`. Never anything secret: these files can be read.
    pub environment: Vec<(String, String)>,
}

/// Why an entry cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// The path of the program does not begin at the root.
    #[error("the program is not named by its whole path")]
    NotAbsolute,
    /// The system's file has no way to write this name (a line end, bytes that are no text, a variable of Windows).
    #[error("the name of the program or folder has a character that the system's scheduler cannot take")]
    Unwritable,
}

impl Entry {
    /// The program and its arguments as text, checked for what no system's file can hold.
    pub(super) fn words(&self) -> Result<Vec<&str>, EntryError> {
        let program = self.program.to_str().ok_or(EntryError::Unwritable)?;
        if !is_absolute(program) {
            return Err(EntryError::NotAbsolute);
        }
        let mut words = vec![program];
        words.extend(self.arguments.iter().map(String::as_str));
        let named = self.environment.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]);
        if words.iter().copied().chain(named).any(|word| word.chars().any(char::is_control)) {
            return Err(EntryError::Unwritable);
        }
        Ok(words)
    }
}

/// By the rules of either system: the texts of all are made, and tested, on each.
fn is_absolute(program: &str) -> bool {
    let bytes = program.as_bytes();
    let drive = bytes.len() > 3 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' && bytes[2] == b'\\';
    Path::new(program).is_absolute() || program.starts_with('/') || program.starts_with("\\\\") || drive
}
