//! The record of a rotation and what it says.

use graph::KeyId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Evidence;
use super::evidence::{Meaning, meaning, use_of_old};
use crate::{CredentialSort, History, Plan, RunEnd, RunId, RunRecord, StepKind, Subject, UseOfOld};

/// A rotation, as it is kept. Names the run that made the new credential, and says what people told about it; everything
/// else is asked of the journal and of Microsoft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rotation {
    /// The run that made the new credential.
    pub id: RunId,
    /// Client id.
    pub app_id: String,
    /// The app's name.
    pub app_name: String,
    /// The set-up that it belongs to.
    #[serde(default)]
    pub connection: Option<String>,
    /// Ids of the credentials that are to go.
    pub old: Vec<KeyId>,
    /// What the new one is.
    pub sort: CredentialSort,
    /// When it began.
    pub started_at: Timestamp,
    /// When the person said that the product has the new one.
    #[serde(default)]
    pub handed_over_at: Option<Timestamp>,
    /// The last use of an old one, as last looked up, and when that was.
    #[serde(default)]
    pub looked_up: Option<(Evidence, Timestamp)>,
    /// The run that removes the old ones, once there is one.
    #[serde(default)]
    pub removal: Option<RunId>,
}

/// How a run of a rotation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RunStands {
    /// It is not finished.
    Unfinished,
    /// It did what it was to do.
    Done,
    /// It was undone.
    Undone,
}

impl RunStands {
    /// As the journal says. A run that stopped half-way is unfinished; so is one that was left for somebody else, and one
    /// that was kept as it was.
    #[must_use]
    pub fn of(record: &RunRecord) -> Self {
        match record.end {
            Some(RunEnd::Done) => Self::Done,
            Some(RunEnd::Undone) => Self::Undone,
            _ => Self::Unfinished,
        }
    }
}

/// What the journal says about the two runs of a rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RotationFacts {
    /// The run that made the new credential.
    pub renewal: RunStands,
    /// The run that removes the old ones; `None` while there is none.
    pub removal: Option<RunStands>,
}

/// How far a rotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RotationState {
    /// The new one is there and proved; the product does not have it yet.
    HandOver,
    /// The product has the new one; the old one still works and is watched.
    Watching,
    /// Nothing has used the old one since: it can go.
    Idle,
    /// The old one was used after the hand-over.
    StillUsed,
    /// The old one is removed.
    Done,
    /// The new one is gone again, the old one works.
    Undone,
}

impl Rotation {
    /// The rotation that a run began; `None` for a run of another kind.
    #[must_use]
    pub fn of(plan: &Plan, connection: Option<String>, now: Timestamp) -> Option<Self> {
        let Subject::RenewCredential { app_id, replaces } = &plan.subject else { return None };
        let app_name = plan.registration(app_id)?.display_name.clone();
        let is_secret = plan.steps.iter().any(|step| matches!(step.kind, StepKind::AddSecret));
        Some(Self {
            id: plan.run.clone(),
            app_id: app_id.clone(),
            app_name,
            connection,
            old: replaces.clone(),
            sort: if is_secret { CredentialSort::Secret } else { CredentialSort::Certificate },
            started_at: now,
            handed_over_at: None,
            looked_up: None,
            removal: None,
        })
    }

    /// The id of the credential that this rotation's run made, as its history tells.
    #[must_use]
    pub fn new_key(history: &History) -> Option<KeyId> {
        let made = history.made.first()?;
        let certificate = || made.certificate.as_ref().map(|one| one.key_id.clone());
        made.secret.as_ref().map(|one| one.key_id.clone()).or_else(certificate)
    }

    /// The person says that the product has the new credential. Said again, the later time counts: what was used before
    /// it says nothing any more.
    pub fn handed_over(&mut self, now: Timestamp) {
        self.handed_over_at = Some(now);
    }

    /// What was looked up about the old credentials.
    pub fn looked_up(&mut self, evidence: Evidence, now: Timestamp) {
        self.looked_up = Some((evidence, now));
    }

    /// How far it is. The same facts give the same state, in whatever order they came.
    #[must_use]
    pub fn state(&self, facts: RotationFacts) -> RotationState {
        match (facts.renewal, facts.removal) {
            (RunStands::Undone, _) => RotationState::Undone,
            (_, Some(RunStands::Done)) => RotationState::Done,
            _ => match (self.handed_over_at, self.meaning()) {
                (None, _) => RotationState::HandOver,
                (Some(_), Meaning::Idle) => RotationState::Idle,
                (Some(_), Meaning::StillUsed(_)) => RotationState::StillUsed,
                (Some(_), Meaning::Open) => RotationState::Watching,
            },
        }
    }

    /// What to tell [`Planner::finish_rotation`](crate::Planner::finish_rotation) about the old credentials.
    #[must_use]
    pub fn use_of_old(&self) -> UseOfOld {
        use_of_old(self.meaning())
    }

    fn meaning(&self) -> Meaning {
        match (self.handed_over_at, self.looked_up) {
            (Some(handed_over_at), Some((evidence, looked_at))) => {
                meaning(evidence, looked_at, handed_over_at)
            }
            _ => Meaning::Open,
        }
    }

    /// Whether its new credential can be taken back without asking further: as long as the product does not have it.
    #[must_use]
    pub fn is_undone_easily(&self, facts: RotationFacts) -> bool {
        self.state(facts) == RotationState::HandOver
    }

    /// What to do now, as a sentence.
    #[must_use]
    pub fn next(&self, facts: RotationFacts) -> String {
        let sort = self.sort.word();
        let app = &self.app_name;
        match self.state(facts) {
            RotationState::HandOver if facts.renewal == RunStands::Unfinished => {
                format!("The new {sort} of “{app}” is not finished. Go on with it, or undo it. The old one works.")
            }
            RotationState::HandOver => {
                format!("Enter the new {sort} in the product. The old one works until you remove it.")
            }
            RotationState::Watching => match self.looked_up {
                Some((Evidence::Unknown, _)) => {
                    "Gatehouse cannot tell whether the old one is still used. Remove it when you know that the product works with the new one."
                        .to_owned()
                }
                _ => "Nothing to do. Gatehouse watches whether the old one is still used; this takes about two days.".to_owned(),
            },
            RotationState::Idle if self.old.is_empty() => "Nothing to do.".to_owned(),
            RotationState::Idle => "Nothing uses the old one any more. Remove it.".to_owned(),
            RotationState::StillUsed => {
                "Something still uses the old one. Find out what it is, and give it the new one.".to_owned()
            }
            RotationState::Done => "Nothing to do. The old one is gone, and the new one works.".to_owned(),
            RotationState::Undone => "Nothing to do. The new one is gone, and the old one works.".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(hours: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + hours * 3600).unwrap()
    }

    fn rotation() -> Rotation {
        Rotation {
            id: RunId::from_random(1),
            app_id: "app".to_owned(),
            app_name: "Totalview".to_owned(),
            connection: None,
            old: vec![KeyId::new("old").unwrap()],
            sort: CredentialSort::Secret,
            started_at: hours(-10),
            handed_over_at: None,
            looked_up: None,
            removal: None,
        }
    }

    const MADE: RotationFacts = RotationFacts { renewal: RunStands::Done, removal: None };

    fn removal(stands: RunStands) -> RotationFacts {
        RotationFacts { removal: Some(stands), ..MADE }
    }

    #[test]
    fn the_way_of_a_rotation() {
        let mut one = rotation();
        assert_eq!(one.state(MADE), RotationState::HandOver);
        assert!(one.is_undone_easily(MADE));
        one.looked_up(Evidence::Used { at: hours(-1) }, hours(0));
        assert_eq!(one.state(MADE), RotationState::HandOver, "a look before the hand-over changes nothing");
        one.handed_over(hours(0));
        assert_eq!(one.state(MADE), RotationState::Watching);
        assert!(!one.is_undone_easily(MADE));
        one.looked_up(Evidence::Used { at: hours(30) }, hours(31));
        assert_eq!(one.state(MADE), RotationState::StillUsed);
        assert_eq!(one.use_of_old(), UseOfOld::StillUsed { at: hours(30) });
        one.handed_over(hours(32));
        assert_eq!(one.state(MADE), RotationState::Watching, "handed over again");
        one.looked_up(Evidence::Used { at: hours(30) }, hours(90));
        assert_eq!(one.state(MADE), RotationState::Idle);
        assert_eq!(one.use_of_old(), UseOfOld::Idle);
        assert_eq!(one.state(removal(RunStands::Unfinished)), RotationState::Idle);
        assert_eq!(one.state(removal(RunStands::Done)), RotationState::Done);
        assert_eq!(
            one.state(removal(RunStands::Undone)),
            RotationState::Idle,
            "undone, and can be done again"
        );
        let undone = RotationFacts { renewal: RunStands::Undone, removal: Some(RunStands::Undone) };
        assert_eq!(one.state(undone), RotationState::Undone);
    }

    #[test]
    fn without_evidence_it_is_said_and_left_to_the_person() {
        let mut one = rotation();
        one.handed_over(hours(0));
        one.looked_up(Evidence::Unknown, hours(10_000));
        assert_eq!(one.state(MADE), RotationState::Watching);
        assert_eq!(one.use_of_old(), UseOfOld::Unknown);
        assert!(one.next(MADE).contains("cannot tell"));
    }

    #[test]
    fn it_is_kept_and_read_back_and_fields_may_be_missing() {
        let mut one = rotation();
        one.handed_over(hours(1));
        one.looked_up(Evidence::NotSeen { since: hours(-700) }, hours(2));
        let text = serde_json::to_string(&one).unwrap();
        assert_eq!(serde_json::from_str::<Rotation>(&text).unwrap(), one);
        let old = r#"{"id":"00000000000000000000000000000001","appId":"app","appName":"Totalview","old":["old"],
            "sort":"secret","startedAt":"2026-01-01T00:00:00Z"}"#;
        assert!(serde_json::from_str::<Rotation>(old).unwrap().handed_over_at.is_none());
    }

    #[test]
    fn every_state_has_a_sentence_that_is_plain() {
        let mut one = rotation();
        let mut all =
            vec![one.next(MADE), one.next(RotationFacts { renewal: RunStands::Unfinished, ..MADE })];
        one.handed_over(hours(0));
        for (evidence, at) in [
            (Evidence::Unknown, 1),
            (Evidence::Used { at: hours(-1) }, 1),
            (Evidence::Used { at: hours(-1) }, 100),
            (Evidence::Used { at: hours(9) }, 10),
        ] {
            one.looked_up(evidence, hours(at));
            all.push(one.next(MADE));
        }
        all.push(one.next(removal(RunStands::Done)));
        all.push(one.next(RotationFacts { renewal: RunStands::Undone, removal: None }));
        for sentence in &all {
            assert!(sentence.ends_with('.') && !sentence.to_lowercase().contains("please"), "{sentence}");
        }
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 8, "{all:#?}");
    }

    #[test]
    fn a_run_that_stopped_anywhere_is_unfinished() {
        let record = |end| RunRecord {
            id: RunId::from_random(1),
            format: 1,
            app_version: String::new(),
            title: String::new(),
            tenant: String::new(),
            tenant_name: String::new(),
            account: crate::JournalAccount { id: String::new(), name: String::new() },
            created: Timestamp::UNIX_EPOCH,
            plan_json: String::new(),
            plan_hash: String::new(),
            end,
        };
        assert_eq!(RunStands::of(&record(Some(RunEnd::Done))), RunStands::Done);
        assert_eq!(RunStands::of(&record(Some(RunEnd::Undone))), RunStands::Undone);
        for end in [None, Some(RunEnd::Cancelled), Some(RunEnd::Undoing), Some(RunEnd::Kept)] {
            assert_eq!(RunStands::of(&record(end)), RunStands::Unfinished);
        }
    }
}
