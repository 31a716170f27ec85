//! The client against real servers on loopback: TLS, proxies, sizes, silence.

#![allow(clippy::unwrap_used, reason = "a helper of a test that cannot go on must fail it")]

mod bodies;
mod failures;
mod proxies;
mod server;
mod tls;
