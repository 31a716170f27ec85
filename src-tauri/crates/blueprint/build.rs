//! Packs the catalogue of permissions, 250 KB of text, into a quarter of that.

use std::io::{Result, Write};
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::DeflateEncoder;

fn main() -> Result<()> {
    let catalogue = PathBuf::from(env("CARGO_MANIFEST_DIR")).join("src/catalogue");
    let out = PathBuf::from(env("OUT_DIR"));
    // Unpacking takes a while without optimisation, and every test would do it: there the files are only wrapped.
    let level = if env("PROFILE") == "release" { Compression::best() } else { Compression::none() };
    for name in ["permissions.tsv", "words.txt"] {
        let path = catalogue.join(name);
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
