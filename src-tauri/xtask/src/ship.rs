//! The optimised build, and what is left out of it. On Linux alone, where it is measured.

use std::path::PathBuf;
use std::process::Command;

use crate::process::{Outcome, command, root, step, target};
use crate::ui;

/// Parts of SQLite that nothing here uses, 270 KB of code; the rest behaves as in every other build.
const SQLITE: &str = "-USQLITE_ENABLE_FTS3 -USQLITE_ENABLE_FTS3_PARENTHESIS -USQLITE_ENABLE_FTS5 -USQLITE_ENABLE_RTREE \
    -USQLITE_ENABLE_STAT4 -USQLITE_ENABLE_DBSTAT_VTAB -USQLITE_ENABLE_LOAD_EXTENSION -DSQLITE_OMIT_LOAD_EXTENSION \
    -USQLITE_SOUNDEX -USQLITE_ENABLE_API_ARMOR -USQLITE_ENABLE_COLUMN_METADATA -DSQLITE_OMIT_DEPRECATED \
    -DSQLITE_OMIT_SHARED_CACHE -DSQLITE_OMIT_PROGRESS_CALLBACK -DSQLITE_OMIT_JSON";

/// Parts of functions that are the same stand once: 4 % less code. Off by default on this processor only because it
/// costs a jump. Looking again at what came of it, five times, is another 2 %.
const OUTLINER: [&str; 3] =
    ["--", "-C", "llvm-args=-enable-machine-outliner=always -machine-outliner-reruns=5"];

/// `cargo xtask build`: the page and the program as they ship.
pub(crate) fn run() -> Outcome {
    ui::build()?;
    program()
}

/// The program as it ships, `target/release/gatehouse`.
pub(crate) fn program() -> Outcome {
    let mut build = optimised(&["rustc", "--release", "--package", "gatehouse", "--bin", "gatehouse"]);
    if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        build.args(OUTLINER);
    }
    step(&format!("build {}", target().join("release/gatehouse").display()), &mut build)
}

/// Cargo, told what to leave out. Every optimised build is made this way, so that none undoes the other's.
pub(crate) fn optimised(args: &[&str]) -> Command {
    let mut cargo = command("cargo", args);
    if cfg!(target_os = "linux") {
        // Tauri leaves out its own commands that our capabilities do not allow: 700 KB. It looks for them beside a
        // `tauri.conf.json`, and ours lies elsewhere: `src-tauri/shipped` brings both together.
        cargo.env("REMOVE_UNUSED_COMMANDS", root().join("src-tauri/shipped")).env("LIBSQLITE3_FLAGS", SQLITE);
    }
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags().join("\u{1f}"));
    cargo
}

/// Names of files say nothing of the computer that built the program, and are short. A program that aborts on a panic
/// never unwinds.
fn flags() -> Vec<String> {
    let sources = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .map(|cargo| cargo.join("registry/src"));
    let registries = sources.and_then(|folder| std::fs::read_dir(folder).ok());
    let registries = registries.into_iter().flatten().flatten().map(|registry| registry.path());
    let remapped = registries.chain([root()]).map(|path| format!("--remap-path-prefix={}/=", path.display()));
    remapped.chain(["-Cforce-unwind-tables=no".into()]).collect()
}
