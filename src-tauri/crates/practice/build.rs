//! Packs Microsoft's published lists, which are 1.7 MB of text, into a tenth of that.

use std::io::{Result, Write};
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// What the practice tenant reads of `reference/`.
const FILES: [&str; 6] = [
    "first-party-preauth-scopes.json",
    "graph-path-permissions.json",
    "graph-permissions.json",
    "graph-v1.0-subset.openapi.json",
    "microsoft-apps.json",
    "other-api-permissions.json",
];

fn main() -> Result<()> {
    let reference = PathBuf::from(env("CARGO_MANIFEST_DIR")).join("../../../reference");
    let out = PathBuf::from(env("OUT_DIR"));
    // Unpacking takes a while without optimisation, and every test would do it: there the files are only wrapped.
    let level = if env("PROFILE") == "release" { Compression::best() } else { Compression::none() };
    for name in FILES {
        let path = reference.join(name);
        println!("cargo:rerun-if-changed={}", path.display());
        let mut packed = DeflateEncoder::new(Vec::new(), level);
        packed.write_all(&std::fs::read(path)?)?;
        std::fs::write(out.join(name), packed.finish()?)?;
    }
    Ok(())
}

/// What Cargo tells a build script.
fn env(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}
