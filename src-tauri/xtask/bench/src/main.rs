//! `bench PROGRAMS [PART]... [ROUNDS]`: measures the release build in the folder PROGRAMS on a screen and a session bus of their
//! own, and prints figures beside their budgets. Linux only: it reads pixels from X11 and memory from `/proc`.

#[cfg(target_os = "linux")]
mod budget;
#[cfg(target_os = "linux")]
mod bus;
#[cfg(target_os = "linux")]
mod idle;
#[cfg(target_os = "linux")]
mod large;
#[cfg(target_os = "linux")]
mod processes;
#[cfg(target_os = "linux")]
mod screen;
#[cfg(target_os = "linux")]
mod start;
#[cfg(target_os = "linux")]
mod starts;

use std::process::ExitCode;

/// What can go wrong here is told, not handled.
#[cfg(target_os = "linux")]
type Failure = Box<dyn std::error::Error>;

/// Starts of each window.
#[cfg(target_os = "linux")]
const ROUNDS: usize = 15;

#[cfg(target_os = "linux")]
#[expect(clippy::print_stderr, clippy::print_stdout, reason = "a command-line program")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((programs, wanted)) = arguments.split_first() else {
        eprintln!("bench PROGRAMS [PART]... [ROUNDS]");
        return ExitCode::from(2);
    };
    let programs = std::path::Path::new(programs);
    let rounds = wanted.iter().find_map(|text| text.parse().ok()).unwrap_or(ROUNDS);
    let (bare, gatehouse) = (programs.join("bare-window"), programs.join("gatehouse"));
    let wants = |part: &str| wanted.iter().any(|name| name == part);
    let mut failed = false;
    let mut lines = Vec::new();
    let mut take = |part: Result<Vec<budget::Line>, Failure>| match part {
        Ok(figures) => lines.extend(figures),
        // What one part cannot measure does not keep the others from it.
        Err(error) => {
            eprintln!("{error}");
            failed = true;
        }
    };
    if wants("start") {
        take(starts::measure(&bare, &gatehouse, rounds));
    }
    if wants("memory") {
        take(idle::measure(&bare, &gatehouse));
    }
    if wants("large") {
        take(large::read(programs));
        take(large::window(&gatehouse, programs));
    }
    for line in &lines {
        println!("{line}");
    }
    let missed = lines.iter().filter(|line| !line.kept()).count();
    println!("{} of {} budgets kept; load {}", lines.len() - missed, lines.len(), load());
    if missed == 0 && !failed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// How busy the computer was in the last one, five and fifteen minutes: a figure says nothing without it.
#[cfg(target_os = "linux")]
fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').take(3).collect::<Vec<_>>().join(" ")
}

#[cfg(not(target_os = "linux"))]
#[expect(clippy::print_stderr, reason = "a command-line program")]
fn main() -> ExitCode {
    eprintln!("The start of the window is measured on Linux only.");
    ExitCode::FAILURE
}
