//! `cargo xtask …`: the project's own commands. `run` and `test` do all the set-up they need.

mod bench;
mod check;
mod generate;
mod packages;
mod process;
mod run;
mod ship;
mod test;
mod ui;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask run [-- ARGS]   set up what is missing, build, and open Gatehouse on the practice tenant
cargo xtask test            set up what the tests need, and run all of them
cargo xtask check           format, lints, types, licences, quick tests, generated files: before each commit
cargo xtask build           the program as it ships, in target/release
cargo xtask bench [PART]... [ROUNDS]
                            what is measured beside its budget: set-up, start, memory, large (or all); fails where one is missed
cargo xtask generate        write the TypeScript of the contract
";

#[expect(clippy::print_stderr, clippy::print_stdout, reason = "a command-line program")]
fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let result = match args.next().as_deref() {
        Some("run") => run::run(&args.skip_while(|arg| arg == "--").collect::<Vec<_>>()),
        Some("test") => test::run(),
        Some("check") => check::run(),
        Some("build") => ship::run(),
        Some("bench") => bench::run(&args.collect::<Vec<_>>()),
        Some("generate") => generate::write(),
        _ => {
            print!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}
