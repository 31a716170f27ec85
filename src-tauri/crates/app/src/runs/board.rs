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
        let changed = {
            let mut view = held(&self.view);
            let Some(at) = view.steps.iter().position(|row| row.step.id == step) else { return };
            let news = is_news(&view, at, &state);
            let pauses = is_held(&state) || is_held(&view.steps[at].state) && state == StepState::Active;
            let row = &mut view.steps[at];
            row.state = state;
            row.took_ms = took_ms.or(row.took_ms);
            // Each step begins and ends: two changes. Between them it may pause any number of times.
            let enough = if view.steps.len() > MANY { 2 * view.steps.len() / MANY } else { 1 };
            let counted = usize::from(!pauses || enough == 1);
            if self.unsent.fetch_add(counted, Ordering::Relaxed) + counted < enough && !news {
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

/// Whether a person has to see this now; the end of the run sends the rest. Steps that go on side by side are held, or fail,
/// for one reason: the first says it, and the last that goes on says that it is over.
fn is_news(view: &RunView, at: usize, next: &StepState) -> bool {
    let states = || view.steps.iter().map(|row| &row.state);
    match next {
        StepState::Held { why, .. } => {
            !states().any(|state| matches!(state, StepState::Held { why: said, .. } if said == why))
        }
        StepState::Active => {
            is_held(&view.steps[at].state) && states().filter(|one| is_held(one)).count() == 1
        }
        StepState::Failed => !states().any(|state| *state == StepState::Failed),
        _ => false,
    }
}

fn is_held(state: &StepState) -> bool {
    matches!(state, StepState::Held { .. })
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

    /// A board, and how often its view was sent.
    fn counted(steps: usize) -> (Board, Arc<AtomicUsize>) {
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        let observer = Arc::new(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
        });
        (Board::new(view(steps), observer), count)
    }

    fn held_for(why: &str) -> StepState {
        StepState::Held { why: why.to_owned(), until: When(jiff::Timestamp::UNIX_EPOCH) }
    }

    /// How often the whole view is sent while every step begins and ends.
    fn sent(steps: usize) -> usize {
        let (board, count) = counted(steps);
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
        let (board, count) = counted(500);
        board.set("3", StepState::Active, None);
        assert_eq!(count.load(Ordering::Relaxed), 1, "the beginning alone");
        board.set("3", StepState::Failed, None);
        assert_eq!(count.load(Ordering::Relaxed), 2);
        board.set("4", held_for("Microsoft asked to slow down."), None);
        assert_eq!(count.load(Ordering::Relaxed), 3);
        board.set("5", held_for("The connection was lost."), None);
        assert_eq!(count.load(Ordering::Relaxed), 4, "for another reason");
        // One goes on while another is held, then both have.
        board.set("4", StepState::Active, None);
        assert_eq!(count.load(Ordering::Relaxed), 4);
        board.set("5", StepState::Active, None);
        assert_eq!(count.load(Ordering::Relaxed), 5);
        board.set("4", held_for("Microsoft asked to slow down."), None);
        assert_eq!(count.load(Ordering::Relaxed), 6, "held once more");
    }

    #[test]
    fn hundreds_that_are_held_or_fail_together_say_so_once() {
        let (board, count) = counted(500);
        for _ in 0..20 {
            for n in 0..500 {
                board.set(&n.to_string(), held_for("Microsoft asked to slow down."), None);
            }
            for n in 0..500 {
                board.set(&n.to_string(), StepState::Active, None);
            }
        }
        assert_eq!(count.load(Ordering::Relaxed), 1 + 2 * 20, "that it is held, and that it goes on");
        for n in 0..500 {
            board.set(&n.to_string(), StepState::Failed, None);
        }
        assert_eq!(count.load(Ordering::Relaxed), 41 + 1 + 49, "the first, and then one in ten");
    }
}
