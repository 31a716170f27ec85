//! Data files that `build.rs` packed into the program.

use std::io::Read;

use flate2::read::DeflateDecoder;
use serde::Deserialize;

/// A packed file of `reference/`.
macro_rules! packed {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name))
    };
}
pub(crate) use packed;

/// Unpacks and reads a file. Tests hold that each can be read, so `None` cannot reach a user.
pub(crate) fn read<T: for<'a> Deserialize<'a>>(packed: &[u8]) -> Option<T> {
    let mut text = Vec::new();
    DeflateDecoder::new(packed).read_to_end(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_file_is_the_file() -> Result<(), Box<dyn std::error::Error>> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../reference/microsoft-apps.json");
        let original: serde_json::Value = serde_json::from_slice(&std::fs::read(path)?)?;
        assert_eq!(read(packed!("microsoft-apps.json")), Some(original));
        assert_eq!(read::<serde_json::Value>(b"no such thing"), None);
        Ok(())
    }
}
