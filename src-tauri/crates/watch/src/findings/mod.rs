//! What needs attention.
