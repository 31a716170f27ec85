//! The use-cases, as the window calls them: with a clock, a clipboard, a keyring and a person that the test holds in its
//! hands, against a practice tenant over real HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "a test that cannot go on has failed"
)]

mod world;

/// As in the program (`src-tauri/src/lib.rs`): what is freed is wiped. `personal/memory.rs` looks whether that is enough.
#[global_allocator]
static WIPES: zeroizing_alloc::ZeroAlloc<std::alloc::System> = zeroizing_alloc::ZeroAlloc(std::alloc::System);

mod accounts;
mod approvals;
mod bulk;
mod closed_vault;
mod connected;
mod connections;
mod databases;
mod findings;
mod hand_on;
mod hand_over;
mod honest;
mod invitations;
mod notes;
mod personal;
mod reminders;
mod rotations;
mod runs;
mod spaces;
