//! Connectors: what there is, and what was brought in.

use std::path::Path;

use app::App;
use contract::{
    AppError, ConnectorOrigin, ConnectorReview, ConnectorSummary, ConnectorView, ErrorCode, ImportAccept,
    ImportText, InputKind, RegistrationRef,
};

use super::exit::Ended;
use super::output::Output;
use super::tasks::Connectors;

/// Checks a connector file, with the place of every mistake.
pub(super) fn check(file: &Path, output: &Output) -> Result<Ended, AppError> {
    let problems = app::check_connector_file(file)?;
    output.answer(&problems, |problems| {
        if problems.is_empty() { "This connector can be used.".to_owned() } else { problems.join("\n") }
    });
    Ok(if problems.is_empty() { Ended::Done } else { Ended::Failed })
}

/// What was asked of the connectors.
pub(super) async fn connectors(
    app: &App,
    id: Option<String>,
    action: Option<Connectors>,
    output: &Output,
) -> Result<Ended, AppError> {
    match (id, action) {
        (Some(connector), _) | (None, Some(Connectors::Show { connector })) => {
            output.answer(&app.connector(&connector).await?, questions);
        }
        (None, None | Some(Connectors::List)) => {
            output
                .answer(&app.connectors().await?, |all| all.iter().map(line).collect::<Vec<_>>().join("\n"));
        }
        (None, Some(Connectors::Review { file })) => return review(app, &file, output).await,
        (None, Some(Connectors::Import { file, permissions_on, yes })) => {
            return import(app, &file, permissions_on, yes, output).await;
        }
        (None, Some(Connectors::Export { connector })) => {
            let file = app.connector_export(&connector).await?;
            output.answer(&serde_json::json!({ "file": file }), |_| file.clone());
        }
        (None, Some(Connectors::Remove { connector })) => {
            app.connector_remove(&connector).await?;
            output.answer(&serde_json::json!({ "removed": connector }), |_| {
                "Removed. What was set up with it stays.".to_owned()
            });
        }
        (None, Some(Connectors::FromRegistration { client_id })) => {
            let made = app.connector_from_registration(RegistrationRef { app_id: client_id }).await?;
            for one in &made.left_out {
                output.say(&format!("Left out: {one}"));
            }
            output.answer(&made, |made| made.text.clone());
        }
    }
    Ok(Ended::Done)
}

async fn review(app: &App, file: &Path, output: &Output) -> Result<Ended, AppError> {
    let review = app.connector_review(text_of(file)?).await?;
    output.answer(&review, describe);
    Ok(if review.can_import { Ended::Done } else { Ended::Failed })
}

async fn import(
    app: &App,
    file: &Path,
    permissions_on: Vec<String>,
    yes: bool,
    output: &Output,
) -> Result<Ended, AppError> {
    let import = text_of(file)?;
    let text = import.text.clone();
    let review = app.connector_review(import).await?;
    output.say(&describe(&review));
    if !review.can_import {
        return Err(AppError::new(ErrorCode::FileNotUsable));
    }
    let known = |name: &String| {
        let named = |one: &&contract::OptionalPermission| {
            one.permission.key == *name || one.permission.value.eq_ignore_ascii_case(name)
        };
        let found = review.permissions.iter().find(named).map(|one| one.permission.key.clone());
        found.ok_or_else(|| {
            AppError::new(ErrorCode::AnswersNeedAttention)
                .because(format!("This connector does not ask for the permission “{name}”."))
        })
    };
    let permissions_on = permissions_on.iter().map(known).collect::<Result<Vec<_>, _>>()?;
    if !output.confirm("Take it in?", yes).await {
        return Ok(Ended::Cancelled);
    }
    let taken_in = app.connector_import(ImportAccept { text, permissions_on }).await?;
    output.answer(&taken_in, line);
    Ok(Ended::Done)
}

fn text_of(file: &Path) -> Result<ImportText, AppError> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(ImportText { file_name: name, text: app::read_text_file(file)? })
}

fn line(one: &ConnectorSummary) -> String {
    let origin = if one.origin == ConnectorOrigin::Custom { "  (custom)" } else { "" };
    format!("{}  {}: {}{origin}", one.id, one.name, one.summary)
}

fn describe(review: &ConnectorReview) -> String {
    if !review.can_import {
        let mut text = "This file cannot be used.\n".to_owned();
        for problem in &review.problems {
            let place = problem.line.map(|line| format!("line {line}, ")).unwrap_or_default();
            text += &format!("  {place}{}: {}\n", problem.field, problem.sentence);
        }
        return text;
    }
    let mut text = format!("{} ({})\n", review.name, review.vendor);
    for sentence in &review.sentences {
        text += &format!("  - {sentence}\n");
    }
    text += "\nPermissions\n";
    for one in &review.permissions {
        let (permission, mark) = (&one.permission, if one.default_on { "on" } else { "off" });
        text +=
            &format!("  [{mark}] {} ({}, {})\n", permission.sentence, permission.value, permission.resource);
        if let Some(why) = &one.why_off {
            text += &format!("        {why}\n");
        }
    }
    for warning in &review.warnings {
        text += &format!("\n! {warning}\n");
    }
    if let Some(other) = &review.replaces {
        text += &format!("\nIt takes the place of {other}.\n");
    }
    text
}

fn questions(connector: &ConnectorView) -> String {
    let mut text = format!("{}\n{}\n", connector.summary.name, connector.summary.purpose);
    if let Some(legacy) = &connector.summary.legacy {
        text += &format!("{legacy}\n");
    }
    text += "\nFeatures (--feature)\n";
    for feature in &connector.features {
        let note = match (&feature.unavailable, feature.default_on) {
            (Some(why), _) => format!(" (not possible: {why})"),
            (None, true) => " (on by default)".to_owned(),
            (None, false) => String::new(),
        };
        text += &format!("  {}  {}: {}{note}\n", feature.id, feature.name, feature.sentence);
    }
    text += "\nAnswers (--input id=value)\n";
    for input in &connector.inputs {
        let needed = if input.required { "" } else { " (may be left out)" };
        text += &format!("  {}  {} {}{needed}\n", input.id, input.label, input.help);
        if let InputKind::Choice { options } = &input.kind {
            for option in options {
                text += &format!("      {}: {}\n", option.value, option.label);
            }
        }
    }
    if !connector.mailbox_limits.is_empty() {
        text += "\nWhose mailboxes (--mailboxes key=group:address)\n";
        for limit in &connector.mailbox_limits {
            let advice = if limit.recommended { " (recommended)" } else { "" };
            text += &format!("  {}  {}{advice}: {}\n", limit.registration, limit.title, limit.group_note);
        }
    }
    if !connector.optional_permissions.is_empty() {
        text += "\nOff to begin with (--permission-on name)\n";
        for one in &connector.optional_permissions {
            let why = one.why_off.as_deref().unwrap_or_default();
            text += &format!("  {} of {}: {why}\n", one.permission.value, one.permission.resource);
        }
    }
    if !connector.audiences.is_empty() {
        text += "\nAccounts that may sign in (--audience key=single|multi)\n";
        for choice in &connector.audiences {
            for offer in &choice.offers {
                let note = offer.note.as_deref().unwrap_or_default();
                text += &format!("  {}  {} {note}\n", choice.registration, offer.sentence);
            }
        }
    }
    text
}
