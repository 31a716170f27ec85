//! Setting up: answers, plan, run; and what can be done with runs.

use std::sync::{Arc, Mutex, PoisonError};

use app::{App, Observer};
use contract::{
    AppError, ConnectorView, ErrorCode, PlanRequest, PlanView, RunState, RunView, SetupDraft, StepState,
};

use super::arguments::{Grant, Setup};
use super::exit::Ended;
use super::output::{self, Output};
use super::words;

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
            permissions_on: switches(&connector, &with.permissions_on)?,
            mailbox_access: with.mailboxes.into_iter().collect(),
            audiences: with.audience.into_iter().collect(),
            ticks: Vec::new(),
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
    let plan = app.plan_make(PlanRequest::SetUp { draft_id: draft.id.clone() }).await;
    // The run keeps the answers that it needs; they are no half-filled wizard that somebody would come back to.
    app.draft_discard(&draft.id).await?;
    let plan = plan?;
    if with.plan {
        output.answer(&plan, output::plan);
        return Ok(if plan.can_run { Ended::Done } else { blocked(&plan) });
    }
    carry_out(app, &plan, with.yes, output).await
}

/// Permissions by key, or by name where only one of that name is off.
fn switches(connector: &ConnectorView, named: &[String]) -> Result<Vec<String>, AppError> {
    named
        .iter()
        .map(|name| {
            let found: Vec<&str> = connector
                .optional_permissions
                .iter()
                .filter(|one| one.permission.key == *name || one.permission.value.eq_ignore_ascii_case(name))
                .map(|one| one.permission.key.as_str())
                .collect();
            match found.as_slice() {
                [only] => Ok((*only).to_owned()),
                [] => Err(AppError::new(ErrorCode::AnswersNeedAttention)
                    .because(format!("“{name}” is not a permission that this connector leaves off."))),
                several => Err(AppError::new(ErrorCode::AnswersNeedAttention)
                    .because(format!("“{name}” can mean several: {}.", several.join(", ")))),
            }
        })
        .collect()
}

/// Grants what is requested and not granted yet.
pub(super) async fn grant(app: &App, with: Grant, output: &Output) -> Result<Ended, AppError> {
    let request = match (with.what.client_id, with.what.request) {
        (Some(app_id), _) => PlanRequest::Grant { app_id },
        (None, Some(file)) => PlanRequest::GrantRequest { text: app::read_text_file(&file)? },
        (None, None) => return Err(AppError::new(ErrorCode::AnswersNeedAttention)),
    };
    let plan = app.plan_make(request).await?;
    carry_out(app, &plan, with.yes, output).await
}

/// Shows a plan, asks, and carries it out.
pub(super) async fn carry_out(
    app: &App,
    plan: &PlanView,
    yes: bool,
    output: &Output,
) -> Result<Ended, AppError> {
    output.say(&output::plan(plan));
    if !plan.can_run {
        output.answer(plan, |_| String::new());
        return Ok(blocked(plan));
    }
    if !output.confirm("Go ahead?", yes).await {
        return Ok(Ended::Cancelled);
    }
    let run = app.run_start(&plan.id, progress()).await?;
    Ok(ended(&run, output))
}

/// How a command ends whose plan cannot be run.
pub(super) fn blocked(plan: &PlanView) -> Ended {
    let problem = plan.problems.iter().find(|problem| problem.blocks).or(plan.problems.first());
    problem.map_or(Ended::Failed, |problem| Ended::of(&AppError::new(problem.code)))
}

/// Says each step once, when it is done or when it has to wait.
pub(super) fn progress() -> Observer<RunView> {
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

/// What came of a run, said; and the code to leave with.
pub(super) fn ended(run: &RunView, output: &Output) -> Ended {
    output.answer(run, output::run);
    if let Some(error) = &run.error {
        output.say_error(error);
    }
    if run.summary.state == RunState::WaitingForOther
        && let Some(connection) = &run.summary.connection_id
    {
        output.say(&format!(
            "The rest is for another person: `gatehouse hand-over {connection} --save-request` writes the request."
        ));
    }
    if run.can_resume {
        let run = &run.summary.id;
        output.say(&format!("`gatehouse resume {run}` goes on, `gatehouse undo {run}` takes it back."));
    }
    Ended::of_run(run)
}

/// Runs, newest first.
pub(super) async fn runs(app: &App, output: &Output) -> Result<Ended, AppError> {
    output.answer(&app.runs().await?, |runs| {
        let line = |run: &contract::RunSummary| {
            let (began, state) = (words::moment(run.started_at), words::run(run.state));
            format!("{}  {began}  {}: {state}", run.id, run.title)
        };
        if runs.is_empty() {
            return "Nothing was changed yet.".to_owned();
        }
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
