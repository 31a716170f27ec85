//! The catalogue's text, which `build.rs` packed into the program.

use std::io::Read;
use std::sync::LazyLock;

use flate2::read::DeflateDecoder;

/// The lines of `permissions.tsv`, but for its remarks.
pub(super) fn permissions() -> impl Iterator<Item = &'static str> {
    static TEXT: LazyLock<String> =
        LazyLock::new(|| unpacked(include_bytes!(concat!(env!("OUT_DIR"), "/permissions.tsv"))));
    lines(&TEXT)
}

/// The lines of `words.txt`, but for its remarks.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    static TEXT: LazyLock<String> =
        LazyLock::new(|| unpacked(include_bytes!(concat!(env!("OUT_DIR"), "/words.txt"))));
    lines(&TEXT)
}

/// Tests hold that each file can be unpacked, so that nothing is lost here on a user.
fn unpacked(packed: &[u8]) -> String {
    let mut text = String::new();
    if DeflateDecoder::new(packed).read_to_string(&mut text).is_err() {
        text.clear();
    }
    // What was reserved while it grew.
    text.shrink_to_fit();
    text
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_files_are_the_files() {
        let plain = |text: &'static str| lines(text).collect::<Vec<_>>();
        assert_eq!(permissions().collect::<Vec<_>>(), plain(include_str!("permissions.tsv")));
        assert_eq!(words().collect::<Vec<_>>(), plain(include_str!("words.txt")));
        assert_eq!(unpacked(b"no such thing"), "");
    }
}
