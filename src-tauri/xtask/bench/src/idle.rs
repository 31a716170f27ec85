//! Windows that nobody uses: their memory and their computing.

use std::path::Path;
use std::time::Duration;

use crate::Failure;
use crate::budget::{Line, median};
use crate::bus::Portal;
use crate::processes;
use crate::screen::Screen;
use crate::start::{Computer, Started};

/// Measurements of each window, in turn.
const ROUNDS: usize = 3;
/// How long a window rests before it is measured, and how long it is watched.
const REST: Duration = Duration::from_secs(5);
const WATCH: Duration = Duration::from_secs(20);

/// What was measured of one window.
#[derive(Default)]
struct Window {
    memory: Vec<f64>,
    computing: Vec<f64>,
}

impl Window {
    fn note(&mut self, started: &Started) -> Result<(), Failure> {
        std::thread::sleep(REST);
        let tree = started.tree()?;
        let before = processes::cpu(&tree);
        std::thread::sleep(WATCH);
        let spent = processes::cpu(&tree).saturating_sub(before);
        self.computing.push(spent.as_secs_f64() / WATCH.as_secs_f64() * 100.0);
        self.memory.push(processes::memory(&tree)? as f64 / (1024.0 * 1024.0));
        Ok(())
    }
}

/// Measures both windows and puts ours beside the bare one.
pub(crate) fn measure(bare: &Path, gatehouse: &Path) -> Result<Vec<Line>, Failure> {
    let screen = Screen::start()?;
    let computer = Computer::new(&screen, Portal::None)?;
    let mut windows = [(bare, Window::default()), (gatehouse, Window::default())];
    for _ in 0..ROUNDS {
        for (program, window) in &mut windows {
            let started = computer.start(program)?;
            let noted = window.note(&started);
            if noted.is_ok() {
                processes::print_memory(&name_of(program), &started.tree()?)?;
            }
            started.end();
            noted?;
        }
    }
    let [(_, bare), (_, ours)] = &windows;
    Ok(vec![
        Line::difference("memory (PSS)", "MiB", median(&bare.memory), median(&ours.memory), 45.0),
        Line::difference("idle CPU", "%", median(&bare.computing), median(&ours.computing), 0.05),
    ])
}

fn name_of(program: &Path) -> String {
    program.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
