//! Setting up: answers, plan, run; and what can be done with runs.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use app::{App, Observer};
use contract::{
    AppError, ConnectorView, ErrorCode, PlanRequest, PlanView, RunState, RunView, SetupDraft, StepState,
};

use super::arguments::{Grant, Setup};
use super::exit::Ended;
use super::output::{self, Output};

/// Checks a connector file, with the place of every mistake.
pub(super) fn check_connector(file: &Path, output: &Output) -> Result<Ended, AppError> {
    let problems = app::check_connector_file(file)?;
    output.answer(&problems, |problems| {
        if problems.is_empty() { "This connector can be used.".to_owned() } else { problems.join("\n") }
    });
    Ok(if problems.is_empty() { Ended::Done } else { Ended::Failed })
}

/// The connectors, or one with its questions.
pub(super) async fn connectors(app: &App, id: Option<String>, output: &Output) -> Result<Ended, AppError> {
    match id {
        Some(id) => output.answer(&app.connector(&id).await?, questions),
        None => output.answer(&app.connectors().await?, |all| {
            all.iter()
                .map(|one| format!("{}  {}: {}", one.id, one.name, one.summary))
                .collect::<Vec<_>>()
                .join("\n")
        }),
    }
    Ok(Ended::Done)
}

fn questions(connector: &ConnectorView) -> String {
    let mut text =
        format!("{}\n{}\n\nFeatures (--feature)\n", connector.summary.name, connector.summary.purpose);
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
    }
    text
}

/// Sets up a connector.
pub(super) async fn set_up(app: &App, with: Setup, output: &Output) -> Result<Ended, AppError> {
    let account = app.active_account()?;
    let connector = app.connector(&with.connector).await?;
    let features = if with.features.is_empty() {
        connector
            .features
            .iter()
            .filter(|f| f.default_on && f.unavailable.is_none())
            .map(|f| f.id.clone())
            .collect()
    } else {
        with.features
    };
    let mut inputs: std::collections::BTreeMap<String, String> = connector
        .inputs
        .iter()
        .filter_map(|input| Some((input.id.clone(), input.default.clone()?)))
        .collect();
    inputs.extend(with.inputs);
    let draft = app
        .draft_save(SetupDraft {
            id: String::new(),
            connector_id: connector.summary.id.clone(),
            connector_name: connector.summary.name.clone(),
            account_id: account.id,
            features,
            inputs,
            lifetime_months: with.months.unwrap_or(connector.suggested_lifetime_months),
            step: "plan".to_owned(),
            saved_at: None,
        })
        .await?;
    let issues = app.draft_check(&draft.id).await?;
    if !issues.is_empty() {
        app.draft_discard(&draft.id).await?;
        let mut error = AppError::new(ErrorCode::AnswersNeedAttention);
        error.issues = issues;
        return Err(error);
    }
    let made = app.plan_make(PlanRequest::SetUp { draft_id: draft.id.clone() }).await;
    let plan = match made {
        Ok(plan) if !with.plan => plan,
        other => {
            app.draft_discard(&draft.id).await?;
            output.answer(&other?, output::plan);
            return Ok(Ended::Done);
        }
    };
    carry_out(app, &plan, with.yes, output).await
}

/// Grants what is requested and not granted yet.
pub(super) async fn grant(app: &App, with: Grant, output: &Output) -> Result<Ended, AppError> {
    let request = match (with.what.client_id, with.what.request) {
        (Some(app_id), _) => PlanRequest::Grant { app_id },
        (None, Some(file)) => PlanRequest::GrantRequest { text: app::read_request_file(&file)? },
        (None, None) => return Err(AppError::new(ErrorCode::AnswersNeedAttention)),
    };
    let plan = app.plan_make(request).await?;
    carry_out(app, &plan, with.yes, output).await
}

async fn carry_out(app: &App, plan: &PlanView, yes: bool, output: &Output) -> Result<Ended, AppError> {
    output.say(&output::plan(plan));
    if !plan.can_run {
        output.answer(plan, |_| String::new());
        return Ok(plan
            .problems
            .first()
            .map_or(Ended::Failed, |problem| Ended::of(&AppError::new(problem.code))));
    }
    if !output.confirm("Go ahead?", yes) {
        return Ok(Ended::Cancelled);
    }
    let run = app.run_start(&plan.id, progress()).await?;
    Ok(ended(&run, output))
}

/// Says each step once, when it is done or when it has to wait.
fn progress() -> Observer<RunView> {
    let said = Mutex::new(std::collections::BTreeSet::new());
    Arc::new(move |run: RunView| {
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        for step in &run.steps {
            let sentence = match &step.state {
                StepState::Done => step.step.done_sentence.clone(),
                StepState::Held { why, .. } => format!("{} {why}", step.step.sentence),
                _ => continue,
            };
            if said.insert(format!("{}{sentence}", step.step.id)) {
                Output::new(false).say(&sentence);
            }
        }
    })
}

fn ended(run: &RunView, output: &Output) -> Ended {
    output.answer(run, output::run);
    if let Some(error) = &run.error {
        output.say(&format!("{}\n  {}\n  {}", error.title, error.why, error.next));
    }
    if run.summary.state == RunState::WaitingForOther {
        output.say("The rest is for another person: `gatehouse hand-over <set-up> --save-request` writes the request.");
    }
    Ended::of_run(run.summary.state, run.error.as_ref())
}

/// Runs, newest first.
pub(super) async fn runs(app: &App, output: &Output) -> Result<Ended, AppError> {
    output.answer(&app.runs().await?, |runs| {
        let line = |run: &contract::RunSummary| {
            format!("{}  {} {:?}: {}", run.id, run.started_at.0, run.state, run.title)
        };
        runs.iter().map(line).collect::<Vec<_>>().join("\n")
    });
    Ok(Ended::Done)
}

/// Goes on with a run.
pub(super) async fn resume(app: &App, run: &str, output: &Output) -> Result<Ended, AppError> {
    Ok(ended(&app.run_resume(run, progress()).await?, output))
}

/// Undoes a run.
pub(super) async fn undo(app: &App, run: &str, output: &Output) -> Result<Ended, AppError> {
    Ok(ended(&app.run_undo(run, progress()).await?, output))
}
