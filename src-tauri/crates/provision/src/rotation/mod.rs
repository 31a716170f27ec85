//! A rotation: a new credential beside an old one, handed over, the old one watched and removed.
//!
//! The record holds nothing secret and makes no request: whoever keeps it asks the journal and Microsoft, and passes what
//! they say in. So the same record gives the same answer on every machine, whatever the order in which things were learnt.

mod evidence;
mod record;

pub use evidence::{Evidence, LOG_DELAY, QUIET};
pub use record::{Rotation, RotationFacts, RotationState, RunStands};
