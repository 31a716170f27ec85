//! Time, passed in.

use std::sync::Arc;

use jiff::Timestamp;

/// Tells the time. Production hands in the system's; a test hands in its own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
