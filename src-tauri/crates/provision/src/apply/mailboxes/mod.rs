//! Keeping an app to some mailboxes: in Exchange, journaled like everything else.

mod deed;
mod limit;
mod policies;
mod proofs;
mod read_back;

pub(crate) use policies::is_same;
