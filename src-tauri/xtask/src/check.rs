//! `cargo xtask check`: everything that is quick to check, before each commit.

use crate::process::{Failure, Outcome, command, root, step};
use crate::{generate, packages, test, ui};

/// Longest file allowed, in lines.
const LONGEST: usize = 600;

/// Format, lints, types, licences, quick tests, generated files.
pub(crate) fn run() -> Outcome {
    packages::ensure_for_window()?;
    packages::ensure_cargo_tool("cargo-nextest", "0.9")?;
    packages::ensure_cargo_tool("cargo-deny", "0.20")?;
    step("format of the Rust code", &mut command("cargo", &["fmt", "--all", "--check"]))?;
    generate::check()?;
    file_lengths()?;
    ui::build()?; // the shell embeds the page, so it must exist before anything of the shell is compiled
    step("format and lints of the page", &mut ui::npm(&["run", "--silent", "lint"]))?;
    step("types of the page", &mut ui::npm(&["run", "--silent", "typecheck"]))?;
    // A screen's tests draw it, which is not quick: `cargo xtask test` runs them.
    step(
        "quick tests of the page",
        &mut ui::npm(&["run", "--silent", "test", "--", "--exclude", "**/*.test.tsx"]),
    )?;
    step(
        "lints of the Rust code",
        &mut command("cargo", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]),
    )?;
    // What other systems need is looked at too, so it must be here.
    step("fetch what is linked elsewhere", &mut command("cargo", &["fetch", "--locked", "--quiet"]))?;
    step(
        "dependencies",
        &mut command("cargo", &["deny", "--offline", "check", "bans", "licenses", "sources"]),
    )?;
    step("quick tests", test::of_crates().args(["--lib", "--cargo-quiet"]))
}

fn file_lengths() -> Outcome {
    let listed = command("git", &["ls-files", "*.rs", "*.ts", "*.tsx", "*.py", "*.mjs"]).output()?;
    let too_long: Vec<String> = String::from_utf8_lossy(&listed.stdout)
        .lines()
        .filter(|path| !path.contains("/contract/types.ts"))
        .filter_map(|path| {
            let lines = std::fs::read_to_string(root().join(path)).ok()?.lines().count();
            (lines > LONGEST).then(|| format!("{path}: {lines} lines"))
        })
        .collect();
    if too_long.is_empty() {
        Ok(())
    } else {
        Err(Failure(format!(
            "A file has one reason to exist and at most {LONGEST} lines:\n  {}",
            too_long.join("\n  ")
        )))
    }
}
