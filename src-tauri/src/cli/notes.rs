//! What people write about apps and set-ups.

use std::io::Read as _;

use app::App;
use contract::{AppError, ErrorCode, NoteView, SaveNote};

use super::exit::Ended;
use super::output::Output;
use super::upkeep::Notes;
use super::words;

/// More than any note may have.
const LONGEST: u64 = 64 * 1024;

/// Lists, writes or takes away.
pub(super) async fn notes(app: &App, action: Notes, output: &Output) -> Result<Ended, AppError> {
    let all = match action {
        Notes::List { about } => app.notes(about.subject()).await?,
        Notes::Write { about, text, note, anyway } => {
            let text = if text == "-" { standard_input()? } else { text };
            app.note_save(SaveNote { subject: about.subject(), id: note, text, anyway }).await?
        }
        Notes::Remove { about, note } => {
            let subject = about.subject();
            let away = SaveNote { subject, id: Some(note), text: String::new(), anyway: false };
            app.note_save(away).await?
        }
    };
    output.answer(&all, |all| {
        if all.is_empty() { "There are no notes.".to_owned() } else { all.iter().map(line).collect() }
    });
    Ok(Ended::Done)
}

/// A note, with who wrote it and when.
pub(super) fn line(note: &NoteView) -> String {
    let warning = if note.looks_secret { " It looks like a secret, and is not handed on." } else { "" };
    let text = note.text.replace('\n', "\n    ");
    format!("  note [{}] by {}, {}:{warning}\n    {text}\n", note.id, note.by, words::day(note.at))
}

fn standard_input() -> Result<String, AppError> {
    let mut text = String::new();
    std::io::stdin()
        .take(LONGEST)
        .read_to_string(&mut text)
        .map_err(|_| AppError::new(ErrorCode::FileNotUsable).because("Standard input could not be read."))?;
    Ok(text)
}
