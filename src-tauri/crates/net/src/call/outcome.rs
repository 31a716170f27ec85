//! What a failed write may have done.

use crate::NetError;

/// What a failed write may have done: decides whether it may simply be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The request did not reach the service.
    NotSent,
    /// It changed nothing: the service said no, or it was only a read.
    Refused,
    /// Nobody knows: it was sent and no clear answer came. Read before doing it again.
    Ambiguous,
    /// The service answered that it did it, and its answer could not be read.
    Applied,
}

impl Outcome {
    /// Whether the write may be in effect.
    #[must_use]
    pub fn may_have_applied(self) -> bool {
        matches!(self, Self::Ambiguous | Self::Applied)
    }

    /// Of a request that was cut short after it was sent, or whose answer says nothing.
    #[must_use]
    pub fn unknown(is_write: bool) -> Self {
        if is_write { Self::Ambiguous } else { Self::Refused }
    }

    /// Of a request that this fault ended.
    #[must_use]
    pub fn of(fault: &NetError, is_write: bool) -> Self {
        if fault.is_before_send() { Self::NotSent } else { Self::unknown(is_write) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sent;

    #[test]
    fn only_an_unclear_or_unread_answer_may_have_applied() {
        assert!(Outcome::Ambiguous.may_have_applied() && Outcome::Applied.may_have_applied());
        assert!(!Outcome::NotSent.may_have_applied() && !Outcome::Refused.may_have_applied());
    }

    #[test]
    fn a_read_that_was_cut_short_changed_nothing() {
        assert_eq!(Outcome::of(&NetError::Reset(Sent::Maybe), true), Outcome::Ambiguous);
        assert_eq!(Outcome::of(&NetError::Reset(Sent::Maybe), false), Outcome::Refused);
        assert_eq!(Outcome::of(&NetError::Offline, true), Outcome::NotSent);
    }
}
