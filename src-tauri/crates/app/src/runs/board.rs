//! Where a run at work is drawn: the whole view, changed step by step and sent on each time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use contract::{ProofResult, RunView, StepState, When};
use provision::{Progress, UnsavedSecret};

use crate::errors::Explain;
use crate::{Observer, held, view};

/// A view is sent whole. One of more steps than this is not sent for each of them, but a hundred times and a few.
const MANY: usize = 100;

/// The view of a run at work.
pub(crate) struct Board {
    view: Mutex<RunView>,
    /// Changes since it was sent.
    unsent: AtomicUsize,
    unsaved: Mutex<Vec<Arc<UnsavedSecret>>>,
    observer: Observer<RunView>,
}

impl Board {
    pub(crate) fn new(view: RunView, observer: Observer<RunView>) -> Self {
        observer(view.clone());
        Self { view: Mutex::new(view), unsent: AtomicUsize::new(0), unsaved: Mutex::default(), observer }
    }

    /// As it stands.
    pub(crate) fn view(&self) -> RunView {
        held(&self.view).clone()
    }

    /// A secret that could not be kept.
    pub(crate) fn unsaved(&self, key_id: &str) -> Option<Arc<UnsavedSecret>> {
        held(&self.unsaved).iter().find(|secret| secret.key_id.as_str() == key_id).cloned()
    }

    /// The last word.
    pub(crate) fn rest(&self, view: RunView) {
        *held(&self.view) = view.clone();
        (self.observer)(view);
    }

    fn set(&self, step: &str, state: StepState, took_ms: Option<u32>) {
        // What a person has to see is sent at once; the end of the run sends the rest.
        let at_once = matches!(state, StepState::Held { .. } | StepState::Failed);
        let changed = {
            let mut view = held(&self.view);
            if let Some(row) = view.steps.iter_mut().find(|row| row.step.id == step) {
                row.state = state;
                row.took_ms = took_ms.or(row.took_ms);
            }
            // Each step begins and ends: two changes.
            let enough = if view.steps.len() > MANY { 2 * view.steps.len() / MANY } else { 1 };
            if self.unsent.fetch_add(1, Ordering::Relaxed) + 1 < enough && !at_once {
                return;
            }
            self.unsent.store(0, Ordering::Relaxed);
            view.clone()
        };
        (self.observer)(changed);
    }

    fn set_proof(&self, proof: &str, result: ProofResult, seen: Option<String>) {
        let changed = {
            let mut view = held(&self.view);
            if let Some(row) = view.proofs.iter_mut().find(|row| row.id == proof) {
                row.result = result;
                row.seen = seen;
            }
            view.clone()
        };
        (self.observer)(changed);
    }

    fn keep_unsaved(&self, secret: &Arc<UnsavedSecret>) {
        held(&self.unsaved).push(Arc::clone(secret));
        let changed = {
            let mut view = held(&self.view);
            view.unsaved_secrets = held(&self.unsaved)
                .iter()
                .map(|secret| contract::UnsavedSecret {
                    key_id: secret.key_id.to_string(),
                    group: secret.registration.clone(),
                    error: secret.why.explain(),
                })
                .collect();
            view.clone()
        };
        (self.observer)(changed);
    }
}

impl provision::Observer for Board {
    fn on(&self, progress: Progress<'_>) {
        match progress {
            Progress::Started { step } | Progress::GoesOn { step } => self.set(step, StepState::Active, None),
            Progress::Held { step, why, until } => {
                self.set(step, StepState::Held { why: why.sentence().to_owned(), until: When(until) }, None);
            }
            Progress::Done { step, took } => {
                self.set(step, StepState::Done, Some(u32::try_from(took.as_millis()).unwrap_or(u32::MAX)));
            }
            Progress::Failed { step, .. } => self.set(step, StepState::Failed, None),
            Progress::Undone { step } => self.set(step, StepState::Undone, None),
            Progress::Proving { proof } => self.set_proof(proof, ProofResult::Active, None),
            Progress::Proof { proof, result } => {
                let (result, seen) = view::run::proof_result(result);
                self.set_proof(proof, result, seen);
            }
            Progress::SecretUnsaved { secret } => self.keep_unsaved(secret),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use contract::{PlanStep, RunState, RunStep, RunSummary};

    use super::*;

    fn view(steps: usize) -> RunView {
        let step = |n: usize| RunStep {
            step: PlanStep {
                id: n.to_string(),
                sentence: String::new(),
                done_sentence: String::new(),
                group: String::new(),
                writes: true,
                requests: Vec::new(),
                undo: None,
                already: false,
                not_by_you: None,
            },
            state: StepState::Waiting,
            took_ms: None,
        };
        RunView {
            summary: RunSummary {
                id: String::new(),
                title: String::new(),
                tenant_name: String::new(),
                by: String::new(),
                started_at: When(jiff::Timestamp::UNIX_EPOCH),
                state: RunState::Running,
                connection_id: None,
            },
            steps: (0..steps).map(step).collect(),
            proofs: Vec::new(),
            error: None,
            can_undo: false,
            can_resume: false,
            cannot_undo: Vec::new(),
            unsaved_secrets: Vec::new(),
            own_client_id: None,
        }
    }

    /// How often the whole view is sent while every step begins and ends.
    fn sent(steps: usize) -> usize {
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        let board = Board::new(
            view(steps),
            Arc::new(move |_| {
                counted.fetch_add(1, Ordering::Relaxed);
            }),
        );
        for n in 0..steps {
            board.set(&n.to_string(), StepState::Active, None);
            board.set(&n.to_string(), StepState::Done, Some(1));
        }
        assert!(board.view().steps.iter().all(|one| one.state == StepState::Done));
        count.load(Ordering::Relaxed)
    }

    #[test]
    fn a_view_of_few_steps_is_sent_at_each_change_and_one_of_many_about_a_hundred_times() {
        assert_eq!(sent(10), 21);
        assert!((90..=120).contains(&sent(500)), "{}", sent(500));
        assert!((90..=120).contains(&sent(5_000)), "{}", sent(5_000));
    }

    #[test]
    fn what_a_person_has_to_see_does_not_wait() {
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        let board = Board::new(
            view(500),
            Arc::new(move |_| {
                counted.fetch_add(1, Ordering::Relaxed);
            }),
        );
        board.set("3", StepState::Active, None);
        assert_eq!(count.load(Ordering::Relaxed), 1, "the beginning alone");
        board.set("3", StepState::Failed, None);
        assert_eq!(count.load(Ordering::Relaxed), 2);
    }
}
