//! Use-cases of Gatehouse over a small Host trait.
