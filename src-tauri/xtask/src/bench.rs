//! `cargo xtask bench`: what a set-up costs, counted on the practice tenant. Counts, not seconds: they are the same on every machine.

use crate::process::{Outcome, command, step};

/// Prints calls and sequential round trips of a clean set-up with its proof.
pub(crate) fn run() -> Outcome {
    step(
        "calls and round trips of a clean set-up with its proof (budget: 14 and 7)",
        &mut command(
            "cargo",
            &["nextest", "run", "-p", "provision", "--no-capture", "--cargo-quiet", "-E", "test(budget)"],
        ),
    )
}
