//! What sign-ins leave behind.

use serde::{Deserialize, Serialize};

/// Codes, refresh tokens, sessions.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Ledger {}
