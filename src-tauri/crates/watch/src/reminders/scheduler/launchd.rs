//! Agents of the person's own launchd, on macOS. (launchd.plist(5))

use std::fmt::Write as _;

use super::xml::escaped;
use super::{Entry, EntryError};
use crate::reminders::HOUR;

/// The label of the daily look; its file is `{label}.plist`.
pub const REMIND: &str = "app.gatehouse.remind";
/// The label of the start with the system.
pub const WINDOW: &str = "app.gatehouse.window";

/// Runs the program each day at nine. launchd makes up for a time that was slept through; a day on which the computer was
/// off is made up for when the person signs in.
///
/// # Errors
/// [`EntryError`].
pub fn remind(entry: &Entry) -> Result<String, EntryError> {
    let when = format!(
        "\t<key>StartCalendarInterval</key>\n\t<dict>\n\t\t<key>Hour</key>\n\t\t<integer>{HOUR}</integer>\n\
         \t\t<key>Minute</key>\n\t\t<integer>0</integer>\n\t</dict>\n"
    );
    agent(REMIND, entry, &when)
}

/// Opens the window when the person signs in.
///
/// # Errors
/// [`EntryError`].
pub fn window(entry: &Entry) -> Result<String, EntryError> {
    agent(WINDOW, entry, "")
}

fn agent(label: &str, entry: &Entry, when: &str) -> Result<String, EntryError> {
    let mut words = String::new();
    for word in entry.words()? {
        let _ = writeln!(words, "\t\t<string>{}</string>", escaped(word));
    }
    let mut environment = String::new();
    if !entry.environment.is_empty() {
        environment.push_str("\t<key>EnvironmentVariables</key>\n\t<dict>\n");
        for (name, value) in &entry.environment {
            let _ = writeln!(
                environment,
                "\t\t<key>{}</key>\n\t\t<string>{}</string>",
                escaped(name),
                escaped(value)
            );
        }
        environment.push_str("\t</dict>\n");
    }
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n<dict>\n\t<key>Label</key>\n\t<string>{label}</string>\n\
         \t<key>ProgramArguments</key>\n\t<array>\n{words}\t</array>\n{environment}{when}\
         \t<key>RunAtLoad</key>\n\t<true/>\n\t<key>ProcessType</key>\n\t<string>Background</string>\n</dict>\n</plist>\n"
    ))
}
