//! When to remind, and how.
