//! The client against real servers on loopback: TLS, proxies, sizes, silence.

mod bodies;
mod failures;
mod proxies;
mod server;
mod tls;
