//! Memory and time of a program with everything that it started: a web view has processes of its own.

use std::path::PathBuf;
use std::time::Duration;

use crate::Failure;

/// The process and its descendants.
pub(crate) fn tree(root: u32) -> Result<Vec<u32>, Failure> {
    let mut parents = Vec::new();
    for entry in std::fs::read_dir("/proc")?.flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // The name in the second field may hold anything, brackets too: what follows its end is the state and the parent.
        let parent = stat.rsplit_once(") ").and_then(|(_, rest)| rest.split(' ').nth(1)?.parse::<u32>().ok());
        parents.extend(parent.map(|parent| (id, parent)));
    }
    let mut tree = vec![root];
    let mut next = 0;
    while let Some(&parent) = tree.get(next) {
        tree.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(id, _)| *id));
        next += 1;
    }
    Ok(tree)
}

/// Their share of memory in bytes (PSS): what they share with others counts in proportion.
///
/// # Errors
/// Gatehouse hides its memory from other programs of the same person, so only root can read it.
pub(crate) fn memory(tree: &[u32]) -> Result<u64, Failure> {
    let mut total = 0;
    for id in tree {
        let rollup = std::fs::read_to_string(place(*id, "smaps_rollup"))
            .map_err(|error| format!("the memory of a window cannot be read (run this as root): {error}"))?;
        let pss = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
        let kib: u64 = pss.and_then(|text| text.split_whitespace().next()?.parse().ok()).unwrap_or_default();
        total += kib * 1024;
    }
    Ok(total)
}

/// Which process has how much: where to look when the sum grew.
#[expect(clippy::print_stdout, reason = "a command-line program")]
pub(crate) fn print_memory(title: &str, tree: &[u32]) -> Result<(), Failure> {
    let mut parts = Vec::new();
    for id in tree {
        let program = program(*id).unwrap_or_default();
        let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
        parts.push(format!("{name} {:.1}", memory(&[*id])? as f64 / (1024.0 * 1024.0)));
    }
    println!("{title}: MiB of each process: {}", parts.join(", "));
    Ok(())
}

/// The time that their threads have computed so far.
pub(crate) fn cpu(tree: &[u32]) -> Duration {
    let threads =
        tree.iter().flat_map(|id| std::fs::read_dir(place(*id, "task")).into_iter().flatten().flatten());
    let nanoseconds = threads.filter_map(|thread| {
        let text = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(nanoseconds.sum())
}

/// The program that a process runs.
pub(crate) fn program(id: u32) -> Option<PathBuf> {
    std::fs::read_link(place(id, "exe")).ok()
}

/// Whether the process has ended.
pub(crate) fn is_gone(id: u32) -> bool {
    std::fs::read_to_string(place(id, "stat")).map_or(true, |stat| stat.contains(") Z "))
}

fn place(id: u32, file: &str) -> PathBuf {
    PathBuf::from(format!("/proc/{id}/{file}"))
}
