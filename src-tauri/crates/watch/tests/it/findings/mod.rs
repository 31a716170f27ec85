//! What needs attention: the rules at their edges, their words, and the ledger.

mod addresses;
mod apps;
mod credentials;
mod gallery;
mod ledger;
mod practice;
mod properties;
mod reading_level;
mod rights;
mod secrets;
mod unknowns;
