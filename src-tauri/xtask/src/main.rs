//! `cargo xtask …`: the project's own commands.

fn main() -> std::process::ExitCode {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/contract");
    match std::fs::create_dir_all(&dir).map_err(|e| e.to_string()).and_then(|()| contract::write_typescript(&dir).map_err(|e| e.to_string())) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(_) => std::process::ExitCode::FAILURE,
    }
}
