//! Words for the numbers that people meet.

mod account;
mod app;
mod consent;
mod flow;
mod policy;
mod secret;

use super::Words;

/// Numbers that share their words.
struct Entry {
    codes: &'static [u32],
    words: Words,
}

fn entries() -> impl Iterator<Item = &'static Entry> {
    [account::ENTRIES, app::ENTRIES, consent::ENTRIES, flow::ENTRIES, policy::ENTRIES, secret::ENTRIES]
        .into_iter()
        .flatten()
}

pub(super) fn words(code: u32) -> Option<Words> {
    entries().find(|entry| entry.codes.contains(&code)).map(|entry| entry.words)
}

#[cfg(test)]
pub(super) fn codes() -> Vec<u32> {
    entries().flat_map(|entry| entry.codes).copied().collect()
}

#[cfg(test)]
pub(super) fn all() -> Vec<(&'static [u32], Words)> {
    entries().map(|entry| (entry.codes, entry.words)).collect()
}
