//! A change of mailbox access is not felt at once: when a set-up is tested again by itself.

use contract::{Retest, When};
use jiff::{SignedDuration, Timestamp};
use provision::{Finish, Finished, History, Plan, StepKind, Subject};
use serde::{Deserialize, Serialize};

use super::Stored;
use crate::App;
use crate::errors::Answer;
use crate::space::OpenSpace;

/// A little longer than Exchange remembers what it told an app that then rests.
const IDLE: SignedDuration = SignedDuration::from_mins(31);
/// Microsoft says two hours at most ("RBAC for Applications in Exchange Online"); a little more for clocks and the last try.
const LONGEST: SignedDuration = SignedDuration::from_mins(2 * 60 + 35);
const WHY: &str = "Exchange knows whose mailboxes the app may open. The app itself can need up to two hours to feel a change.";

/// A clock that runs since a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Clock {
    next: When,
    until: When,
}

impl Clock {
    fn started(now: Timestamp) -> Self {
        Self { next: When(now + IDLE), until: When(now + LONGEST) }
    }

    /// A test has just been made. It ends the clock when it has seen a mailbox refused, or when Microsoft's time is up.
    fn tested(self, settled: bool, now: Timestamp) -> Option<Self> {
        (!settled && now < self.until.0).then(|| Self { next: When(now + IDLE), ..self })
    }

    /// As the window shows it. One whose time passed while nobody looked is due at once, once.
    pub(super) fn view(self) -> Retest {
        Retest { at: self.next, until: self.until, why: WHY.to_owned() }
    }
}

impl Stored {
    /// What a test means for the clock: a mailbox outside of the limit that is refused shows that the change is felt.
    pub(super) fn note_tested(&mut self, now: Timestamp) {
        let refused_outside =
            self.proofs.iter().any(|proof| proof.id.starts_with("proof:outside:") && super::is_proved(proof));
        let settled = refused_outside && self.proofs.iter().all(super::is_proved);
        self.retest = self.retest.and_then(|clock| clock.tested(settled, now));
    }

    /// Its own run has set a limit that was not felt everywhere when the run ended.
    pub(super) fn note_limited(&mut self, plan: &Plan, finished: Option<&Finished>, now: Timestamp) {
        let limits = plan.steps.iter().any(|step| {
            matches!(step.kind, StepKind::LimitMailboxes(_)) && !step.already && step.not_by_you.is_none()
        });
        let done = finished.is_some_and(|finished| finished.finish == Finish::Done);
        self.retest =
            (limits && done && !self.proofs.iter().all(super::is_proved)).then(|| Clock::started(now));
    }
}

impl App {
    /// A run has changed whose mailboxes an app reaches: the set-ups that use the app are tested again.
    pub(crate) fn start_clocks(&self, space: &OpenSpace, history: &History) -> Answer<()> {
        let Subject::MailboxAccess { app_id } = &history.plan.subject else { return Ok(()) };
        if history.plan.is_settled() || history.record.is_unfinished() {
            return Ok(());
        }
        for stored in self.finished(space)? {
            if stored.registrations.iter().any(|one| one.app_id == *app_id) {
                self.amend(space, &stored.id, |stored| {
                    stored.retest = Some(Clock::started(self.now()));
                    Ok(())
                })?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_ticks_until_the_change_is_felt_or_microsoft_s_time_is_up() {
        let start = Timestamp::UNIX_EPOCH;
        let clock = Clock::started(start);
        assert_eq!(clock.view().at, When(start + SignedDuration::from_mins(31)));
        assert_eq!(clock.tested(true, start + IDLE), None, "felt");
        let mut now = start;
        let mut ticking = Some(clock);
        let mut tests = 0;
        while let Some(clock) = ticking {
            now = clock.view().at.0;
            ticking = clock.tested(false, now);
            tests += 1;
        }
        assert_eq!(tests, 5, "every 31 minutes within 155");
        assert!(now >= start + LONGEST);
    }
}
