//! The client over real HTTP: exact requests, pages, faults of a server, hostile answers, and the practice tenant.
// The lint knows test functions, not the servers and worlds that stand around them.
#![allow(clippy::unwrap_used, clippy::panic)]

mod exact_requests;
mod faults;
mod hostile;
mod pages;
mod practice_tenant;
mod resources;
mod server;
mod world;
