//! When a question is asked.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// When a question is asked, where, and from when the knowledge is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// This computer's clock.
    pub now: Timestamp,
    /// The zone that the person lives in, at this moment.
    pub zone: TimeZone,
    /// When the organisation was last read, **by Microsoft's clock** (the `Date` of its answer), not by this computer's: it
    /// is what tells a clock that runs ahead or behind.
    pub known_at: Option<Timestamp>,
}

impl Moment {
    /// The best guess of the true time: it cannot be earlier than what Microsoft's clock once showed.
    #[must_use]
    pub fn effective(&self) -> Timestamp {
        self.known_at.map_or(self.now, |known| known.max(self.now))
    }
}
