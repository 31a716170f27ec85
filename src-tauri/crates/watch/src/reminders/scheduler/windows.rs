//! A task of Windows' Task Scheduler, and the start with the system.
//! <https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema>

use super::xml::escaped;
use super::{Entry, EntryError};
use crate::reminders::HOUR;

/// The name of the task.
pub const TASK: &str = "\\Gatehouse\\Remind";
/// The registry key whose values are started with the person's session.
pub const RUN_KEY: &str = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run";
/// The name of the value there.
pub const RUN_VALUE: &str = "Gatehouse";

/// Runs the program each day at nine as the person, and as soon as possible after a day on which the computer was off; on
/// battery too. The file must be written as UTF-16 with a byte order mark: `schtasks` reads no other.
///
/// # Errors
/// [`EntryError`]; [`EntryError::Unwritable`] also for what Windows would take for a variable (`%NAME%`), which cannot be
/// written otherwise, and for an environment, which a task cannot have.
pub fn task(entry: &Entry) -> Result<String, EntryError> {
    let words = checked(entry)?;
    let (program, arguments) = words.split_first().ok_or(EntryError::Unwritable)?;
    let arguments: Vec<String> = arguments.iter().map(|word| quoted(word)).collect();
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n\
         <Task version=\"1.2\" xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">\r\n\
         <RegistrationInfo><Description>Gatehouse looks each day for secrets and certificates that end.</Description></RegistrationInfo>\r\n\
         <Triggers><CalendarTrigger><StartBoundary>2026-01-01T{HOUR:02}:00:00</StartBoundary><Enabled>true</Enabled>\
         <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger></Triggers>\r\n\
         <Principals><Principal id=\"Author\"><LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal></Principals>\r\n\
         <Settings><MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>\
         <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries><StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>\
         <StartWhenAvailable>true</StartWhenAvailable><ExecutionTimeLimit>PT10M</ExecutionTimeLimit><Enabled>true</Enabled></Settings>\r\n\
         <Actions Context=\"Author\"><Exec><Command>{}</Command><Arguments>{}</Arguments></Exec></Actions>\r\n</Task>\r\n",
        escaped(program),
        escaped(&arguments.join(" ")),
    ))
}

/// The command line for the registry: what [`RUN_VALUE`] holds.
///
/// # Errors
/// As [`task`].
pub fn run_value(entry: &Entry) -> Result<String, EntryError> {
    Ok(checked(entry)?.into_iter().map(quoted).collect::<Vec<_>>().join(" "))
}

fn checked(entry: &Entry) -> Result<Vec<&str>, EntryError> {
    let words = entry.words()?;
    // One percent sign stands for itself; two enclose a variable's name.
    let expands = words.iter().any(|word| word.matches('%').count() > 1);
    if expands || !entry.environment.is_empty() {
        return Err(EntryError::Unwritable);
    }
    Ok(words)
}

/// One argument as `CommandLineToArgvW` takes it apart: backslashes double before a quote, and only there.
/// <https://learn.microsoft.com/windows/win32/api/shellapi/nf-shellapi-commandlinetoargvw>
pub(super) fn quoted(word: &str) -> String {
    let mut text = String::from("\"");
    let mut backslashes = 0;
    for letter in word.chars() {
        match letter {
            '\\' => backslashes += 1,
            '"' => {
                text.push_str(&"\\".repeat(backslashes + 1));
                backslashes = 0;
            }
            _ => backslashes = 0,
        }
        text.push(letter);
    }
    text.push_str(&"\\".repeat(backslashes));
    text.push('"');
    text
}
