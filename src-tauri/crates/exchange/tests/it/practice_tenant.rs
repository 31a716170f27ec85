//! The practice tenant as the other side.
