//! Of Microsoft's list of numbers only the kinds go into the program; its sentences are for whoever writes ours.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::PathBuf;

use serde::Deserialize;

/// `reference/aadsts.json`.
#[derive(Deserialize)]
struct File {
    codes: BTreeMap<u32, Known>,
}

#[derive(Deserialize)]
struct Known {
    class: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("../../../reference/aadsts.json");
    println!("cargo:rerun-if-changed={}", path.display());
    let file: File = serde_json::from_slice(&std::fs::read(path)?)?;
    let mut lines = String::new();
    for (code, known) in file.codes {
        if let Some(class) = known.class {
            writeln!(lines, "{code} {class}")?;
        }
    }
    std::fs::write(PathBuf::from(std::env::var("OUT_DIR")?).join("classes.txt"), lines)?;
    Ok(())
}
