//! `practice-tenant`: the practice tenant as a program of its own.
fn main() {}
