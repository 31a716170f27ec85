//! `bench BARE GATEHOUSE [ROUNDS]`: starts both windows in turn on a screen and a session bus of their own, watches what is
//! painted, and prints medians beside the budgets. Linux only: it reads pixels from X11 and memory from `/proc`.

#[cfg(target_os = "linux")]
mod budget;
#[cfg(target_os = "linux")]
mod bus;
#[cfg(target_os = "linux")]
mod processes;
#[cfg(target_os = "linux")]
mod rounds;
#[cfg(target_os = "linux")]
mod screen;
#[cfg(target_os = "linux")]
mod start;

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
    let [bare, gatehouse, rest @ ..] = arguments.as_slice() else {
        eprintln!("bench BARE GATEHOUSE [ROUNDS]");
        return ExitCode::from(2);
    };
    let rounds = rest.first().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS);
    match rounds::measure(bare.as_ref(), gatehouse.as_ref(), rounds) {
        Ok(lines) => {
            for line in &lines {
                println!("{line}");
            }
            let missed = lines.iter().filter(|line| !line.kept()).count();
            println!("{} of {} budgets kept", lines.len() - missed, lines.len());
            if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_os = "linux"))]
#[expect(clippy::print_stderr, reason = "a command-line program")]
fn main() -> ExitCode {
    eprintln!("The start of the window is measured on Linux only.");
    ExitCode::FAILURE
}
