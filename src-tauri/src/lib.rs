//! The desktop shell: a window, the commands it may call, and the headless command line. Everything else is in `app`.

mod background;
mod cli;
mod commands;
mod desktop;
#[cfg(target_os = "linux")]
mod graphics;
mod log;
mod paths;
#[cfg(target_os = "linux")]
mod portal;
mod window;

use std::process::ExitCode;

/// What is freed is wiped, whichever library held it: a token or a secret ends with its use (SECURITY.md, docs/performance.md).
#[global_allocator]
static WIPES: zeroizing_alloc::ZeroAlloc<std::alloc::System> = zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// Starts the window or the command line, whichever was asked for.
pub fn main() -> ExitCode {
    // A system that refuses loses nothing but this extra protection.
    let _ = vault::harden_process();
    log::begin();
    match cli::parse() {
        cli::Asked::Window(start) => window::open(&start, None),
        cli::Asked::Invitation(opened) => window::open(&cli::Start::default(), Some(&opened)),
        cli::Asked::Headless(work) => cli::run(work),
    }
}

pub use commands::{handler, names};

/// Settings, capabilities and the built page, as `tauri.conf.json` names them.
pub fn context<R: tauri::Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}
