//! What the program frees is wiped. The allocator belongs to the library that the program is made of, so it is this test's too.

use std::fs::File;
use std::os::unix::fs::FileExt as _;

/// Small enough that freed memory stays with the process, where it can be looked at.
const LENGTH: usize = 16 << 10;
const SECRET: u8 = 0xa5;

/// Somebody who can read the memory of the process. Has what it needs beforehand: nothing is to take the place of what
/// was freed.
struct Reader {
    memory: File,
    there: Vec<u8>,
}

impl Reader {
    fn new() -> Self {
        Self { memory: File::open("/proc/self/mem").unwrap(), there: vec![0; LENGTH] }
    }

    /// How much of a secret lies at an address.
    fn finds_at(&mut self, address: usize) -> usize {
        self.there.fill(0);
        // Memory that was given back to the system cannot be read.
        let _ = self.memory.read_exact_at(&mut self.there, address as u64);
        self.there.iter().filter(|byte| **byte == SECRET).count()
    }
}

#[test]
fn what_is_freed_is_wiped() {
    let mut reader = Reader::new();
    let secret = vec![SECRET; LENGTH];
    let address = secret.as_ptr().addr();
    assert_eq!(reader.finds_at(address), LENGTH);
    drop(secret);
    assert!(reader.finds_at(address) < 64, "what was freed can be read");
}

#[test]
fn what_grows_leaves_no_copy_behind() {
    let mut reader = Reader::new();
    let mut secret = vec![SECRET; LENGTH];
    let address = secret.as_ptr().addr();
    // What stands behind it keeps it from growing where it is.
    let behind = vec![1_u8; LENGTH];
    secret.reserve_exact(LENGTH);
    assert_ne!(secret.as_ptr().addr(), address, "it was moved");
    assert!(reader.finds_at(address) < 64, "the place that it left can be read");
    drop(behind);
}
