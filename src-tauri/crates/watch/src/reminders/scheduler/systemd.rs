//! A service and a timer of the person's own systemd. (systemd.service(5), systemd.timer(5), systemd.syntax(7))

use std::fmt::Write as _;

use super::{Entry, EntryError};
use crate::reminders::HOUR;

/// The file name of the service.
pub const SERVICE: &str = "gatehouse-remind.service";
/// The file name of the timer.
pub const TIMER: &str = "gatehouse-remind.timer";

/// Runs the program once.
///
/// # Errors
/// [`EntryError`].
pub fn service(entry: &Entry) -> Result<String, EntryError> {
    let mut words = entry.words()?;
    // systemd takes no quote and no backslash in the path of a program, but any text as an argument.
    if words[0].contains(['"', '\'', '\\']) {
        if words[0].contains('=') {
            return Err(EntryError::Unwritable); // `env` would take it for a variable.
        }
        words.insert(0, "/usr/bin/env");
    }
    let mut command = String::new();
    for (position, word) in words.iter().enumerate() {
        if position > 0 {
            command.push(' ');
        }
        // Variables are put into arguments, never into the program's own path.
        command.push_str(&quoted(word, position > 0));
    }
    let mut environment = String::new();
    for (name, value) in &entry.environment {
        let _ = writeln!(environment, "Environment={}", quoted(&format!("{name}={value}"), false));
    }
    Ok(format!(
        "[Unit]\nDescription=Gatehouse: reminders of secrets and certificates that end\n\n\
         [Service]\nType=oneshot\n{environment}ExecStart={command}\nTimeoutStartSec=10min\nNice=10\n"
    ))
}

/// Starts the service each day at nine, and after a day on which the computer was off.
#[must_use]
pub fn timer() -> String {
    format!(
        "[Unit]\nDescription=Gatehouse: look each day for secrets and certificates that end\n\n\
         [Timer]\nOnCalendar=*-*-* {HOUR:02}:00:00\nPersistent=true\nAccuracySec=1min\nUnit={SERVICE}\n\n\
         [Install]\nWantedBy=timers.target\n"
    )
}

/// One word: in double quotes, with C escapes, and with `%` (and `$`, where variables are looked for) doubled.
fn quoted(word: &str, variables: bool) -> String {
    let mut text = String::from("\"");
    for letter in word.chars() {
        match letter {
            '"' | '\\' => {
                text.push('\\');
                text.push(letter);
            }
            '%' => text.push_str("%%"),
            '$' if variables => text.push_str("$$"),
            letter => text.push(letter),
        }
    }
    text.push('"');
    text
}
