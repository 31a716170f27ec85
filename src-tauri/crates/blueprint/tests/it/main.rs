//! The connector format at its boundary: real files in, plain sentences and derived set-ups out.

mod generated;
