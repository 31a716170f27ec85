//! Running other programs, from the project's root, with their output shown.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

/// Why a task stopped; the text says what to do.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

pub(crate) type Outcome = Result<(), Failure>;

/// The project's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Where Cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A command in the project's root.
pub(crate) fn command(program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(root());
    command
}

/// Says what is about to happen, does it, says how long it took, and fails with the name of what failed.
#[expect(clippy::print_stdout, reason = "a command-line program")]
pub(crate) fn step(title: &str, command: &mut Command) -> Outcome {
    println!("\n==> {title}");
    let began = Instant::now();
    let status = command.status();
    println!("    {title}: {} s", began.elapsed().as_secs());
    over(title, status)
}

/// Whether a program is on the PATH.
pub(crate) fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|paths| std::env::split_paths(&paths).any(|dir| dir.join(program).is_file()))
}

/// Whether a command succeeds, quietly.
pub(crate) fn succeeds(program: &str, args: &[&str]) -> bool {
    command(program, args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Like [`step`], for steps that run beside others: what it prints comes in one piece when it is over.
#[expect(clippy::print_stdout, reason = "a command-line program")]
pub(crate) fn step_beside(title: &str, command: &mut Command) -> Outcome {
    let began = Instant::now();
    // A file, since a pipe would also wait for whatever the command leaves running.
    let path = target().join(title.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-"));
    let log = std::fs::File::create(&path)?;
    let status = command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).status();
    let printed = std::fs::read(&path)?;
    std::fs::remove_file(&path)?;
    let seconds = began.elapsed().as_secs();
    println!("\n==> {title}\n{}    {title}: {seconds} s", String::from_utf8_lossy(&printed));
    over(title, status)
}

fn over(title: &str, status: std::io::Result<ExitStatus>) -> Outcome {
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure(format!("`{title}` did not succeed ({status})."))),
        Err(error) => Err(Failure(format!("`{title}` did not start: {error}."))),
    }
}
