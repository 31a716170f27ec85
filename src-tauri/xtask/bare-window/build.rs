//! What every Tauri program has.

fn main() {
    tauri_build::build();
}
