//! Reads the organisation and keeps what was read.
