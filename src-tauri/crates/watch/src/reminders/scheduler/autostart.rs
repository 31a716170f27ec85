//! The start with a desktop session on Linux. (Desktop Application Autostart Specification, Desktop Entry Specification)

use super::{Entry, EntryError};

/// The file's name in `~/.config/autostart`.
pub const FILE: &str = "gatehouse.desktop";

/// Opens the window in the background when the person signs in.
///
/// # Errors
/// [`EntryError`].
pub fn desktop_entry(entry: &Entry) -> Result<String, EntryError> {
    let mut words: Vec<String> = Vec::new();
    if !entry.environment.is_empty() {
        words.push("env".into());
        words.extend(entry.environment.iter().map(|(name, value)| quoted(&format!("{name}={value}"))));
    }
    // A program whose path holds `=` could not be told from a variable.
    if !words.is_empty() && entry.program.to_string_lossy().contains('=') {
        return Err(EntryError::Unwritable);
    }
    words.extend(entry.words()?.into_iter().map(quoted));
    // The value is a string first: its backslashes are doubled once more.
    let exec = words.join(" ").replace('\\', "\\\\");
    Ok(format!(
        "[Desktop Entry]\nType=Application\nVersion=1.0\nName=Gatehouse\n\
         Comment=Reminds of secrets and certificates that end\nExec={exec}\nTerminal=false\nNoDisplay=true\n\
         X-GNOME-Autostart-enabled=true\n"
    ))
}

/// One argument of `Exec`: in double quotes, with the four letters escaped that mean something there, and `%` doubled.
fn quoted(word: &str) -> String {
    let mut text = String::from("\"");
    for letter in word.chars() {
        match letter {
            '"' | '`' | '$' | '\\' => {
                text.push('\\');
                text.push(letter);
            }
            '%' => text.push_str("%%"),
            letter => text.push(letter),
        }
    }
    text.push('"');
    text
}
