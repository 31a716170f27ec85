//! An observer that remembers.

use std::sync::{Arc, Mutex};

use provision::{Hold, Observer, Progress, ProofResult, UnsavedSecret};

/// What a run told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    Started(String),
    Held(String, Hold),
    Done(String),
    Failed(String),
    Undone(String),
    Proved(String, bool),
    Unsaved(String),
}

type OnHold = Box<dyn Fn(&Hold) + Send>;

#[derive(Default)]
pub(crate) struct Watcher {
    told: Mutex<Vec<Told>>,
    unsaved: Mutex<Vec<Arc<UnsavedSecret>>>,
    on_hold: Mutex<Option<OnHold>>,
}

impl Watcher {
    pub(crate) fn told(&self) -> Vec<Told> {
        self.told.lock().unwrap().clone()
    }

    pub(crate) fn holds(&self) -> Vec<Hold> {
        self.told()
            .into_iter()
            .filter_map(|one| if let Told::Held(_, why) = one { Some(why) } else { None })
            .collect()
    }

    pub(crate) fn unsaved(&self) -> Vec<Arc<UnsavedSecret>> {
        self.unsaved.lock().unwrap().clone()
    }

    /// Calls this whenever a step waits.
    pub(crate) fn on_hold(&self, call: impl Fn(&Hold) + Send + 'static) {
        *self.on_hold.lock().unwrap() = Some(Box::new(call));
    }
}

impl Observer for Watcher {
    fn on(&self, progress: Progress<'_>) {
        let told = match progress {
            Progress::Started { step } => Told::Started(step.to_owned()),
            Progress::Held { step, why, .. } => {
                if let Some(call) = &*self.on_hold.lock().unwrap() {
                    call(&why);
                }
                Told::Held(step.to_owned(), why)
            }
            Progress::Done { step, .. } => Told::Done(step.to_owned()),
            Progress::Failed { step, .. } => Told::Failed(step.to_owned()),
            Progress::Undone { step } => Told::Undone(step.to_owned()),
            Progress::Proof { proof, result } => {
                Told::Proved(proof.to_owned(), matches!(result, ProofResult::Proved { .. }))
            }
            Progress::SecretUnsaved { secret } => {
                self.unsaved.lock().unwrap().push(secret.clone());
                Told::Unsaved(secret.registration.clone())
            }
            Progress::GoesOn { .. } | Progress::Proving { .. } => return,
        };
        self.told.lock().unwrap().push(told);
    }
}
