//! `cargo xtask bench`: what a set-up costs, counted and timed on the practice tenant, and what Gatehouse's window costs beside
//! a bare one that was built just before with the same profile. Ratios, because seconds are another computer's.

use crate::process::{Failure, Outcome, command, step, target};
use crate::{packages, ui};

/// Everything that is measured; fails when a budget is missed, after all of it was printed.
pub(crate) fn run(args: &[String]) -> Outcome {
    packages::ensure_for_tests()?;
    ui::build()?;
    let set_up = set_up();
    let window = window(args);
    match (set_up, window) {
        (Ok(()), Ok(())) => Ok(()),
        (Err(one), Err(other)) => Err(Failure(format!("{one}\n{other}"))),
        (Err(failure), Ok(())) | (Ok(()), Err(failure)) => Err(failure),
    }
}

fn set_up() -> Outcome {
    step(
        "calls, round trips and time of a clean set-up with its proof (budgets: 14 calls, 7 round trips, 0.9 s at 100 ms each)",
        &mut command(
            "cargo",
            &[
                "nextest",
                "run",
                "--release",
                "-p",
                "provision",
                "--no-capture",
                "--cargo-quiet",
                "--run-ignored",
                "all",
                "-E",
                "test(budget)",
            ],
        ),
    )
}

fn window(args: &[String]) -> Outcome {
    // One after the other: built together, they would share more than two programs of two people do.
    for package in ["bare-window", "gatehouse"] {
        step(
            &format!("build {package}"),
            &mut command("cargo", &["build", "--release", "--package", package]),
        )?;
    }
    let built = |name: &str| target().join("release").join(name).to_string_lossy().into_owned();
    let mut bench = command("cargo", &["run", "--quiet", "--package", "bench", "--"]);
    bench.args([built("bare-window"), built("gatehouse")]).args(args);
    step("the window beside a bare one", &mut bench)
}
