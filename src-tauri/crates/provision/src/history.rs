//! A run as its journal tells it: for showing runs of earlier days, and after a crash.

use std::time::Duration;

use crate::apply::{Facts, MadeRegistration};
use crate::plan::{Plan, Step, StepKind};
use crate::{Entry, Journal, JournalError, Note, Phase, RunEnd, RunId, RunRecord};

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Not begun.
    Waiting,
    /// Begun, and not known to be done.
    Begun,
    /// Done.
    Done {
        /// How long it took, as far as the journal tells.
        took: Duration,
    },
    /// Was already so.
    Already,
    /// For another person.
    NotByYou,
    /// Undone.
    Undone,
}

/// A run in full.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The run.
    pub record: RunRecord,
    /// Its plan, with the exact requests.
    pub plan: Plan,
    /// How each step stands, by id, in the plan's order.
    pub steps: Vec<(String, StepState)>,
    /// What exists because of it.
    pub made: Vec<MadeRegistration>,
    /// Proofs that were tried, by id: whether it worked, and what was seen. The last try counts.
    pub proofs: Vec<(String, bool, Option<String>)>,
    /// It can go on.
    pub can_resume: bool,
    /// It can be undone.
    pub can_undo: bool,
}

impl History {
    /// Reads a run.
    ///
    /// # Errors
    /// [`JournalError::UnreadableRun`] for one that a newer version wrote, and others.
    pub async fn of(journal: &Journal, run: &RunId) -> Result<Self, JournalError> {
        let record = journal.run(run).await?;
        let mut plan = record.plan()?;
        plan.preview();
        let entries = journal.entries(run).await?;
        let facts = Facts::replay(&plan, &entries);
        let steps = plan.steps.iter().map(|step| (step.id.clone(), state(step, &entries))).collect();
        let changed =
            plan.steps.iter().any(|step| step.writes() && can_be_undone(step) && facts.has_begun(&step.id));
        Ok(Self {
            steps,
            made: facts.made(&plan),
            proofs: proofs(&entries),
            can_resume: record.is_unfinished() && !matches!(record.end, Some(RunEnd::Undoing)),
            can_undo: changed && !matches!(record.end, Some(RunEnd::Undone)),
            record,
            plan,
        })
    }
}

/// A removed secret is gone for ever.
fn can_be_undone(step: &Step) -> bool {
    !matches!(step.kind, StepKind::RemoveCredential { .. }) || step.undo.is_some()
}

fn state(step: &Step, entries: &[Entry]) -> StepState {
    if step.already {
        return StepState::Already;
    }
    let of_step = || entries.iter().filter(|entry| entry.key.step == step.id);
    if of_step().any(|entry| entry.phase == Some(Phase::Undone)) {
        return StepState::Undone;
    }
    if step.not_by_you.is_some() {
        return StepState::NotByYou;
    }
    let begun = of_step().find(|entry| entry.phase == Some(Phase::Intent)).map(|entry| entry.at);
    let settles = |entry: &&Entry| {
        let settled = matches!(entry.phase, Some(Phase::Answered | Phase::Persisted | Phase::Verified));
        settled && !matches!(entry.note, Note::Refused { .. } | Note::SecretRemoved { .. })
    };
    let items: std::collections::BTreeSet<&str> = of_step()
        .filter(|entry| entry.phase == Some(Phase::Intent))
        .map(|entry| entry.key.item.as_str())
        .collect();
    let settled: Vec<&Entry> = of_step().filter(settles).collect();
    let all = items.iter().all(|item| settled.iter().any(|entry| entry.key.item == **item));
    match (settled.last(), all) {
        (Some(last), true) => {
            let took = begun.map(|begun| last.at.duration_since(begun)).unwrap_or_default();
            StepState::Done { took: Duration::try_from(took).unwrap_or_default() }
        }
        _ if begun.is_some() => StepState::Begun,
        _ => StepState::Waiting,
    }
}

fn proofs(entries: &[Entry]) -> Vec<(String, bool, Option<String>)> {
    let mut found: Vec<(String, bool, Option<String>)> = Vec::new();
    for entry in entries {
        if let Note::Proof { proved, seen } = &entry.note {
            found.retain(|(id, _, _)| *id != entry.key.item);
            found.push((entry.key.item.clone(), *proved, seen.clone()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::StepKey;
    use crate::plan::testing::plan;

    fn entry(second: i64, step: &str, item: &str, phase: Phase, note: Note) -> Entry {
        Entry {
            seq: second,
            key: StepKey::item(step, item),
            attempt: 1,
            phase: Some(phase),
            client_request_id: None,
            at: Timestamp::from_second(second).unwrap(),
            note,
        }
    }

    fn stands(step: &str, entries: &[Entry]) -> StepState {
        state(plan().step(step).unwrap(), entries)
    }

    #[test]
    fn a_step_is_done_when_each_of_its_requests_is() {
        let step = "grant:calendar:api";
        let mut entries = vec![
            entry(1, step, "one", Phase::Intent, Note::Plain),
            entry(1, step, "two", Phase::Intent, Note::Plain),
            entry(3, step, "one", Phase::Answered, Note::Plain),
        ];
        assert_eq!(stands(step, &[]), StepState::Waiting);
        assert_eq!(stands(step, &entries), StepState::Begun);
        entries.push(entry(4, step, "two", Phase::Answered, Note::Refused { code: "x".into() }));
        assert_eq!(stands(step, &entries), StepState::Begun, "a refusal settles nothing");
        entries.push(entry(6, step, "two", Phase::Answered, Note::Plain));
        assert_eq!(stands(step, &entries), StepState::Done { took: Duration::from_secs(5) });
        entries.push(entry(9, step, "two", Phase::Undone, Note::Plain));
        assert_eq!(stands(step, &entries), StepState::Undone);
    }

    #[test]
    fn a_check_is_done_when_it_was_verified() {
        let verified = entry(3, "read:calendar", "", Phase::Verified, Note::Plain);
        assert!(matches!(stands("read:calendar", &[verified]), StepState::Done { .. }));
    }

    #[test]
    fn the_last_try_of_a_proof_counts() {
        let tried = |second, proved| {
            entry(second, "prove:calendar", "proof:0", Phase::Verified, Note::Proof { proved, seen: None })
        };
        assert_eq!(proofs(&[tried(1, false), tried(2, true)]), [("proof:0".to_owned(), true, None)]);
    }
}
