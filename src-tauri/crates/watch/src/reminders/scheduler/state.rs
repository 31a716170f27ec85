//! How an entry stands, in words.

use super::Purpose;

/// How an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScheduleState {
    /// There is none.
    Absent,
    /// There is one, of another place or version of Gatehouse: write it anew.
    Other,
    /// It is written, and nothing that would start it runs now: it counts from the next sign-in.
    Waiting,
    /// It is written and switched on.
    Active,
}

impl ScheduleState {
    /// The state as a sentence.
    #[must_use]
    pub fn sentence(self, purpose: Purpose) -> &'static str {
        match (self, purpose) {
            (Self::Absent, Purpose::Daily) => "The system does not look by itself.",
            (Self::Absent, Purpose::Session) => "Gatehouse does not start by itself.",
            (Self::Other, _) => {
                "The system starts a Gatehouse in another place. Switch this on again to mend it."
            }
            (Self::Waiting, _) => {
                "This is written down, but nothing on this computer starts such entries now. It counts from your next sign-in."
            }
            (Self::Active, Purpose::Daily) => {
                "The system looks each day at 09:00, or as soon as the computer is on."
            }
            (Self::Active, Purpose::Session) => "Gatehouse starts when you sign in to this computer.",
        }
    }
}
