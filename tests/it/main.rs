//! The shell's own tests, in one binary: the commands that the window may call, over `tauri::test`, and the command line,
//! as the real program, against a practice tenant on this computer and a person who plays the browser.

mod cli;
mod shell;
