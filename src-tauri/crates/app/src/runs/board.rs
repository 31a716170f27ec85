//! Where a run at work is drawn: the whole view, changed step by step and sent on each time.

use std::sync::{Arc, Mutex};

use contract::{ProofResult, RunView, StepState, When};
use provision::{Progress, UnsavedSecret};

use crate::errors::Explain;
use crate::{Observer, held, view};

/// The view of a run at work.
pub(crate) struct Board {
    view: Mutex<RunView>,
    unsaved: Mutex<Vec<Arc<UnsavedSecret>>>,
    observer: Observer<RunView>,
}

impl Board {
    pub(crate) fn new(view: RunView, observer: Observer<RunView>) -> Self {
        observer(view.clone());
        Self { view: Mutex::new(view), unsaved: Mutex::default(), observer }
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
            if let Some(row) = view.steps.iter_mut().find(|row| row.step.id == step) {
                row.state = state;
                row.took_ms = took_ms.or(row.took_ms);
            }
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
