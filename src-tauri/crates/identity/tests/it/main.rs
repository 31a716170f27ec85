//! Signing in over real HTTP: raw sockets against the listener, a hostile sign-in service against the client.

#![allow(clippy::unwrap_used, reason = "a helper of a test that cannot go on must fail it")]

mod authority;
mod browsers;
mod clock;
mod device_code;
mod hostile_authority;
mod jws;
mod listener;
mod logs;
mod practice_tenant;
mod raw;
mod renewal;
mod sign_in;
#[cfg(target_os = "linux")]
mod system_browser;
mod tls;
