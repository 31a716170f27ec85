//! The client over real HTTP: faults of a server, hostile answers, retries, batches, pages.
// The lint knows test functions, not the servers and worlds that stand around them.
#![allow(clippy::unwrap_used, clippy::panic)]

mod accounts;
mod bad_days;
mod batches;
mod challenges;
mod client;
mod contract;
mod exact_requests;
mod fault_server;
mod hostile;
mod large_tenant;
mod openapi;
mod outcomes;
mod pages;
mod practice_tenant;
mod resources;
mod retries;
mod secrets;
mod world;
