//! A run as the window shows it: fresh, at work, or as its journal tells it.

use contract::{ProofResult, ProofView, RunState, RunStep, RunSummary, RunView, StepState};
use provision::{History, Plan, RunEnd, RunRecord, Subject};

use crate::errors::Explain;

/// A run that has not begun.
pub(crate) fn fresh(plan: &Plan, summary: RunSummary) -> RunView {
    RunView {
        summary,
        steps: plan
            .steps
            .iter()
            .map(|step| RunStep {
                step: super::plan::step(step),
                state: if step.already {
                    StepState::Already
                } else if step.not_by_you.is_some() {
                    StepState::NotByYou
                } else {
                    StepState::Waiting
                },
                took_ms: None,
            })
            .collect(),
        proofs: proofs(plan),
        error: None,
        can_undo: false,
        can_resume: false,
        cannot_undo: plan.cannot_undo(),
        unsaved_secrets: Vec::new(),
        own_client_id: None,
    }
}

/// The proofs of a plan, none of them tried.
pub(crate) fn proofs(plan: &Plan) -> Vec<ProofView> {
    plan.proofs
        .iter()
        .map(|proof| ProofView {
            id: proof.id.clone(),
            sentence: proof.sentence.clone(),
            group: proof.group.clone(),
            result: ProofResult::Waiting,
            seen: None,
        })
        .collect()
}

/// A run as its journal tells it.
pub(crate) fn past(history: &History, summary: RunSummary) -> RunView {
    let mut view = fresh(&history.plan, summary);
    for row in &mut view.steps {
        let Some((_, state)) = history.steps.iter().find(|(id, _)| *id == row.step.id) else { continue };
        (row.state, row.took_ms) = match state {
            provision::StepState::Waiting => (StepState::Waiting, None),
            provision::StepState::Begun => (StepState::Failed, None),
            provision::StepState::Done { took } => {
                (StepState::Done, Some(u32::try_from(took.as_millis()).unwrap_or(u32::MAX)))
            }
            provision::StepState::Already => (StepState::Already, None),
            provision::StepState::NotByYou => (StepState::NotByYou, None),
            provision::StepState::Undone => (StepState::Undone, None),
        };
    }
    recall_proofs(&mut view.proofs, history);
    view.can_resume = history.can_resume;
    view.can_undo = history.can_undo;
    if history.plan.subject == Subject::OwnRegistration {
        view.own_client_id = history.made.first().map(|one| one.app_id.to_string());
    }
    view
}

/// The proofs as the journal remembers them: whether they succeeded, and what was seen.
pub(crate) fn recall_proofs(proofs: &mut [ProofView], history: &History) {
    for row in proofs {
        let Some((_, proved, seen)) = history.proofs.iter().find(|(id, _, _)| *id == row.id) else {
            continue;
        };
        (row.result, row.seen) = if *proved {
            (ProofResult::Proved, seen.clone())
        } else {
            // Why it could not be tried is remembered; why it was refused is known to the run alone.
            let why =
                seen.clone().unwrap_or_else(|| "The test did not succeed. Test again to see why.".to_owned());
            (ProofResult::Unknown { why }, None)
        };
    }
}

/// What the journal tells, with what only the run itself knew: reasons of refused proofs, and times.
pub(crate) fn merged(mut past: RunView, seen: &RunView) -> RunView {
    for row in &mut past.steps {
        if let Some(other) = seen.steps.iter().find(|other| other.step.id == row.step.id) {
            row.took_ms = other.took_ms.or(row.took_ms);
        }
    }
    for row in &mut past.proofs {
        if let Some(other) = seen.proofs.iter().find(|other| other.id == row.id)
            && matches!(
                other.result,
                ProofResult::Refused { .. } | ProofResult::Proved | ProofResult::Unknown { .. }
            )
        {
            row.result = other.result.clone();
            row.seen.clone_from(&other.seen);
        }
    }
    past
}

/// How a run stands when it is not at work here.
pub(crate) fn state(record: &RunRecord) -> RunState {
    match &record.end {
        Some(RunEnd::Done | RunEnd::Kept) => RunState::Done,
        Some(RunEnd::WaitingForOther) => RunState::WaitingForOther,
        Some(RunEnd::Undone) => RunState::Undone,
        Some(
            RunEnd::Cancelled
            | RunEnd::Parked { .. }
            | RunEnd::Stopped { .. }
            | RunEnd::Resumed
            | RunEnd::Undoing,
        )
        | None => RunState::Interrupted,
    }
}

/// How a proof went, and what was seen.
pub(crate) fn proof_result(result: &provision::ProofResult) -> (ProofResult, Option<String>) {
    match result {
        provision::ProofResult::Proved { seen } => (ProofResult::Proved, seen.clone()),
        provision::ProofResult::Refused(stop) => (ProofResult::Refused { error: stop.explain() }, None),
        provision::ProofResult::Unknown(why) => (ProofResult::Unknown { why: why.clone() }, None),
    }
}
