//! The connector format at its boundary: real files in, plain sentences and derived set-ups out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod answers;
mod builtin;
mod catalogue;
mod certero;
mod combinations;
mod custom;
mod ews;
mod exchange_account;
mod generated;
mod hostile;
mod malformed;
mod manifest;
mod mutated;
mod names;
mod overrides;
mod powershell;
mod reading_level;
mod schema;
mod scripts;
mod sense;
mod wants;
