//! Plans, runs and their bad days, over real HTTP against the practice tenant, with a real journal and a real vault.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and prints what it counted"
)]

mod adopting;
#[cfg(unix)]
mod broken_disk;
mod budget;
mod checking;
mod clean;
mod consents;
mod faults_p5;
mod faults_people;
mod faults_transport;
mod grants;
mod guides;
mod hand_over;
mod journal;
mod kill_points;
mod killed_process;
mod mailboxes;
mod mutated;
mod other_apis;
mod preflight;
mod racing;
mod rotation;
mod rows;
mod setups;
mod simulator;
mod status;
mod tenant;
mod undoing;
mod watcher;
mod world;
