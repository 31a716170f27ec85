//! Starts of both windows in turn, then beside a portal that stays silent.

use std::path::{Path, PathBuf};

use crate::Failure;
use crate::budget::{Line, median, spread};
use crate::bus::Portal;
use crate::screen::Screen;
use crate::start::{Computer, Started};

/// Starts beside a silent portal.
const SILENT_ROUNDS: usize = 3;

/// One program with what was measured of it.
struct Window {
    program: PathBuf,
    first_paint: Vec<f64>,
    settled: Vec<f64>,
}

impl Window {
    fn new(program: &Path) -> Self {
        Self { program: program.to_owned(), first_paint: vec![], settled: vec![] }
    }

    fn note(&mut self, started: &Started) {
        self.first_paint.push(started.first_paint.as_secs_f64() * 1e3);
        self.settled.push(started.settled.as_secs_f64() * 1e3);
    }

    fn size(&self) -> Result<f64, Failure> {
        Ok(std::fs::metadata(&self.program)?.len() as f64 / 1e6)
    }
}

/// Measures the starts and puts them beside their budgets; and how large the program is.
pub(crate) fn measure(bare: &Path, gatehouse: &Path, rounds: usize) -> Result<Vec<Line>, Failure> {
    let screen = Screen::start()?;
    let mut windows = [Window::new(bare), Window::new(gatehouse)];
    let computer = Computer::new(&screen, Portal::None)?;
    for window in &windows {
        computer.start(&window.program)?.end(); // the first start fills caches
    }
    for _ in 0..rounds {
        for window in &mut windows {
            let started = computer.start(&window.program)?;
            window.note(&started);
            started.end();
        }
    }
    print_starts(&windows, rounds);
    drop(computer);
    let silent = beside_a_silent_portal(&screen, gatehouse)?;
    let [bare, ours] = &windows;
    let painted = median(&bare.first_paint);
    Ok(vec![
        Line::ratio("first paint", "ms", painted, median(&ours.first_paint), 1.15),
        // Both beside the first paint of the bare window: it is usable as soon as it is there.
        Line::ratio("usable", "ms", painted, median(&ours.settled), 1.6),
        Line::at_most("first paint, silent portal", "s", silent, 2.0),
        Line::at_most("binary", "MB", ours.size()?, 15.0),
    ])
}

fn beside_a_silent_portal(screen: &Screen, gatehouse: &Path) -> Result<f64, Failure> {
    let computer = Computer::new(screen, Portal::Silent)?;
    let mut seconds = Vec::new();
    for _ in 0..SILENT_ROUNDS {
        let started = computer.start(gatehouse)?;
        seconds.push(started.first_paint.as_secs_f64());
        started.end();
    }
    Ok(median(&seconds))
}

#[expect(clippy::print_stdout, reason = "a command-line program")]
fn print_starts(windows: &[Window], rounds: usize) {
    println!("medians of {rounds} starts each, in turn; tenth to ninetieth percentile in brackets:");
    for window in windows {
        let (first, settled) = (spread(&window.first_paint), spread(&window.settled));
        let name = window.program.file_name().unwrap_or_default().to_string_lossy();
        println!("  {name}: first paint {first}, last change of the picture {settled}");
    }
}
