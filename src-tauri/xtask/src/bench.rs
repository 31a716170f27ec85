//! `cargo xtask bench`: what a set-up costs, counted and timed on the practice tenant; what Gatehouse's window costs beside a bare
//! one that was built just before with the same profile; how an organisation with 50,000 registrations feels. Ratios, because
//! seconds are another computer's.

use crate::process::{Failure, Outcome, command, step, target};
use crate::{packages, ship, ui};

/// The parts, in their order.
const PARTS: &[&str] = &["set-up", "start", "memory", "large"];

/// Measures what is asked for, or everything; fails when a budget is missed, after all of it was printed.
pub(crate) fn run(args: &[String]) -> Outcome {
    let (rounds, parts): (Vec<&str>, Vec<&str>) =
        args.iter().map(String::as_str).partition(|arg| arg.parse::<usize>().is_ok());
    if let Some(unknown) = parts.iter().find(|part| !PARTS.contains(part)) {
        return Err(Failure(format!("There is no part “{unknown}”. There are: {}.", PARTS.join(", "))));
    }
    let parts = if parts.is_empty() { PARTS.to_vec() } else { parts };
    packages::ensure_for_tests()?;
    let mut failures = Vec::new();
    if parts.contains(&"set-up") {
        failures.extend(set_up().err());
    }
    let of_the_window: Vec<&str> = parts.into_iter().filter(|part| *part != "set-up").collect();
    if !of_the_window.is_empty() {
        ui::build()?;
        failures.extend(window(&of_the_window, &rounds).err());
    }
    if failures.is_empty() {
        return Ok(());
    }
    Err(Failure(failures.into_iter().map(|failure| failure.to_string()).collect::<Vec<_>>().join("\n")))
}

fn set_up() -> Outcome {
    step(
        "calls, round trips and time of a clean set-up with its proof (budgets: 14 calls, 7 round trips, 0.9 s at 100 ms each)",
        &mut ship::optimised(&[
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
        ]),
    )
}

fn window(parts: &[&str], rounds: &[&str]) -> Outcome {
    let build = |what: &str, of: &[&str]| {
        step(&format!("build {what}"), ship::optimised(&["build", "--release", "--package"]).args(of))
    };
    // One after the other: built together, they would share more than two programs of two people do.
    build("a bare window", &["bare-window"])?;
    ship::program()?;
    if parts.contains(&"large") {
        build("the practice tenant", &["practice", "--bin", "practice-tenant"])?;
        build("what reads a large organisation", &["watch", "--example", "inventory_figures"])?;
    }
    let mut bench = command("cargo", &["run", "--quiet", "--package", "bench", "--"]);
    bench.arg(target().join("release")).args(parts).args(rounds);
    step(&format!("measure: {}", parts.join(", ")), &mut bench)
}
