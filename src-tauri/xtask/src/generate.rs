//! The TypeScript of the contract: written, or compared with what is there.

use std::path::Path;

use crate::process::{Failure, Outcome, root};

/// Writes it where the page imports it from.
pub(crate) fn write() -> Outcome {
    write_to(&root().join("ui/src/contract"))
}

/// Fails when what is there differs from what would be written.
pub(crate) fn check() -> Outcome {
    let fresh = crate::process::target().join("contract-typescript");
    write_to(&fresh)?;
    for file in ["types.ts", "commands.ts"] {
        if std::fs::read(fresh.join(file))? != std::fs::read(root().join("ui/src/contract").join(file))? {
            return Err(Failure(format!(
                "ui/src/contract/{file} is out of date: run `cargo xtask generate`."
            )));
        }
    }
    Ok(())
}

fn write_to(dir: &Path) -> Outcome {
    // ts-rs merges into existing files: start from nothing, so that removed types go.
    if dir.exists() {
        std::fs::remove_dir_all(dir)?;
    }
    std::fs::create_dir_all(dir)?;
    contract::write_typescript(dir).map_err(|error| Failure(error.to_string()))
}
