//! Finished set-ups: how they stand, proving them again, handing them over.

use app::App;
use contract::{AppError, ConnectionSummary, ConnectionView, HandOverFieldRef, ProofResult};

use super::arguments::HandOver;
use super::exit::Ended;
use super::output::{self, Output};
use super::words;

/// All set-ups, or one in full.
pub(super) async fn status(
    app: &App,
    connection: Option<String>,
    output: &Output,
) -> Result<Ended, AppError> {
    match connection {
        Some(id) => output.answer(&app.connection(&id).await?, describe),
        None => output.answer(&app.connections().await?, |all| {
            if all.is_empty() {
                return "Nothing is set up yet. `gatehouse connectors` shows what can be.".to_owned();
            }
            all.iter().map(line).collect::<Vec<_>>().join("\n")
        }),
    }
    Ok(Ended::Done)
}

fn line(connection: &ConnectionSummary) -> String {
    let expiry = connection
        .next_expiry
        .map(|when| format!(", next secret ends {}", words::day(when)))
        .unwrap_or_default();
    format!(
        "{}  {} in {}: {}{expiry}",
        connection.id,
        connection.connector_name,
        connection.tenant_name,
        words::connection(connection.state)
    )
}

fn describe(connection: &ConnectionView) -> String {
    let mut text = format!("{}\n", line(&connection.summary));
    for section in &connection.hand_over.sections {
        text += &format!("\n{}\n", section.title);
        if !section.place.is_empty() {
            text += &format!("  {}\n", section.place.join(" > "));
        }
        for field in &section.fields {
            let value = field.value.as_deref().unwrap_or("(secret)");
            text += &format!("  {}: {value}  [{}]\n", field.label, field.id);
        }
    }
    text += &format!("\n{}", output::proofs(&connection.proofs));
    let open: Vec<_> = connection.follow_ups.iter().filter(|one| !one.done).collect();
    if !open.is_empty() {
        text += "\nStill to do by hand\n";
        for one in open {
            text += &format!("  - {}\n", one.follow_up.sentence);
            if let Some(script) = &one.script {
                text += &format!("\n{}\n{}\n\n{}\n", script.title, script.note, script.text);
            }
        }
    }
    if let Some(request) = &connection.grant_request {
        text += "\nSomeone else has to grant a part\n";
        for person in &request.people {
            text += &format!("  - {person}\n");
        }
        text += &format!(
            "  `gatehouse hand-over {} --save-request` writes the request.\n",
            connection.summary.id
        );
    }
    text
}

/// Proves a set-up again.
pub(super) async fn test(app: &App, connection: &str, output: &Output) -> Result<Ended, AppError> {
    let view = app.connection_test(connection).await?;
    let all = view.proofs.iter().all(|proof| proof.result == ProofResult::Proved);
    output.answer(&view.proofs, |proofs| output::proofs(proofs));
    Ok(if all { Ended::Done } else { Ended::NotProved })
}

/// The vendor's form; or one secret, asked for by name; or the request file for a colleague.
pub(super) async fn hand_over(app: &App, with: HandOver, output: &Output) -> Result<Ended, AppError> {
    if let Some(field_id) = with.show_secret {
        let secret =
            app.hand_over_reveal(HandOverFieldRef { connection_id: with.connection, field_id }).await?;
        output.answer(&secret, |secret| secret.value.clone());
    } else if with.save_request {
        let file = app.grant_request_save(&with.connection).await?;
        output.answer(&serde_json::json!({ "file": file }), |_| file.clone());
    } else {
        output.answer(&app.connection(&with.connection).await?, describe);
    }
    Ok(Ended::Done)
}
