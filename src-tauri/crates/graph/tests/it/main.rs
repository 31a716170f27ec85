//! The client over real HTTP: faults of a server, hostile answers, retries, batches, pages.
// The lint knows test functions, not the servers and worlds that stand around them.
#![allow(clippy::unwrap_used, clippy::panic)]

mod bad_days;
mod batches;
mod challenges;
mod contract;
mod fault_server;
mod hostile;
mod openapi;
mod pages;
mod retries;
mod secrets;
mod world;
