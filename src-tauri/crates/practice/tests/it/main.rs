//! The practice tenant over real HTTP, seen from outside.
