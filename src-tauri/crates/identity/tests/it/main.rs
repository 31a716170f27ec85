//! Signing in over real HTTP: raw sockets against the listener, a hostile sign-in service against the client.

#![allow(clippy::unwrap_used, reason = "a helper of a test that cannot go on must fail it")]
#![allow(clippy::await_holding_invalid_type, reason = "the secrets here are made up")]

mod authority;
mod browsers;
mod clock;
mod device_code;
mod hostile_authority;
mod jws;
mod listener;
mod raw;
mod renewal;
mod sign_in;
