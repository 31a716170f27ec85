//! Packs Microsoft's published lists, which are 1.7 MB of text, into a tenth of that.

use std::io::{Result, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde_json::{Map, Value, json};

/// What the practice tenant reads of `reference/`.
const FILES: [&str; 5] = [
    "first-party-preauth-scopes.json",
    "graph-path-permissions.json",
    "graph-permissions.json",
    "microsoft-apps.json",
    "other-api-permissions.json",
];

/// Microsoft's description of Graph. Whole, it is for holding the practice tenant against it.
const DESCRIPTION: &str = "graph-v1.0-subset.openapi.json";
/// What the description says of a property that `GET` leaves out; `src/graph/schema.rs` reads it.
const ONLY_SELECTED: [&str; 2] = ["Returned only on $select", "Returned only on `$select`"];

fn main() -> Result<()> {
    let reference = PathBuf::from(env("CARGO_MANIFEST_DIR")).join("../../../reference");
    for name in FILES {
        pack(name, &read(&reference, name)?)?;
    }
    let whole = read(&reference, DESCRIPTION)?;
    if !env("CARGO_FEATURE_CONTRACT_CHECK").is_empty() {
        pack(DESCRIPTION, &whole)?;
    }
    pack("types-and-paths.json", &serde_json::to_vec(&types_and_paths(&serde_json::from_slice(&whole)?))?)
}

fn read(reference: &Path, name: &str) -> Result<Vec<u8>> {
    let path = reference.join(name);
    println!("cargo:rerun-if-changed={}", path.display());
    std::fs::read(path)
}

/// Of the description: which types there are, with their properties, and which paths.
fn types_and_paths(description: &Value) -> Value {
    let paths: Map<String, Value> = description["paths"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(path, _)| (path.clone(), json!({})))
        .collect();
    json!({ "paths": paths, "components": { "schemas": without_prose(&description["components"]["schemas"]) } })
}

fn without_prose(value: &Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .filter_map(|(name, field)| match (name.as_str(), field) {
                    ("description", Value::String(text)) => {
                        let said = ONLY_SELECTED.iter().find(|words| text.contains(**words))?;
                        Some((name.clone(), Value::from(*said)))
                    }
                    ("title", Value::String(_)) => None,
                    _ => Some((name.clone(), without_prose(field))),
                })
                .collect(),
        ),
        Value::Array(items) => items.iter().map(without_prose).collect(),
        plain => plain.clone(),
    }
}

fn pack(name: &str, text: &[u8]) -> Result<()> {
    // Unpacking takes a while without optimisation, and every test would do it: there the files are only wrapped.
    let level = if env("PROFILE") == "release" { Compression::best() } else { Compression::none() };
    let mut packed = DeflateEncoder::new(Vec::new(), level);
    packed.write_all(text)?;
    std::fs::write(PathBuf::from(env("OUT_DIR")).join(name), packed.finish()?)
}

/// What Cargo tells a build script.
fn env(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}
