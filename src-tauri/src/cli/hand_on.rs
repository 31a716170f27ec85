//! A file for a colleague.

use app::App;
use contract::{AppError, HandedOn};

use super::exit::Ended;
use super::output::Output;
use super::upkeep::HandOn;
use super::words;

/// Saves, opens or takes over a file.
pub(super) async fn hand_on(app: &App, action: HandOn, output: &Output) -> Result<Ended, AppError> {
    match action {
        HandOn::Save => {
            let saved = app.hand_on_save().await?;
            if saved.held_back > 0 {
                output.say(&format!(
                    "{} of the notes look like a secret and are not in the file.",
                    saved.held_back
                ));
            }
            output.answer(&serde_json::json!({ "file": saved.path, "heldBack": saved.held_back }), |_| {
                saved.path.clone()
            });
        }
        HandOn::Open { file } => {
            output.answer(&app.hand_on_open(&app::read_text_file(&file)?).await?, describe);
        }
        HandOn::Accept { file, yes } => {
            let text = app::read_text_file(&file)?;
            output.say(&describe(&app.hand_on_open(&text).await?));
            if !output.confirm("Take it over?", yes).await {
                return Ok(Ended::Cancelled);
            }
            output.answer(&app.hand_on_accept(&text).await?, |_| "Taken over.".to_owned());
        }
    }
    Ok(Ended::Done)
}

fn describe(file: &HandedOn) -> String {
    let mut text =
        format!("{} handed this on for {}, on {}.\n", file.by, file.tenant_name, words::day(file.made_at));
    for name in &file.connections {
        text += &format!("  - {name}\n");
    }
    for note in &file.notes {
        text += &format!("  note: {note}\n");
    }
    if let Some(problem) = &file.problem {
        text += &format!("! {} {}\n", problem.title, problem.why);
    }
    text
}
