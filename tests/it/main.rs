//! Commands over `tauri::test` and the command line, in one binary.
