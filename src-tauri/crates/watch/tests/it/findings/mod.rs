//! What needs attention: the rules at their edges, their words, and the ledger.

mod apps;
mod gallery;
mod reading_level;
