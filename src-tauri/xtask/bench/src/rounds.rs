//! The rounds: starts in turn, then idle windows, then a portal that stays silent.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Failure;
use crate::budget::{Line, median, spread};
use crate::bus::Portal;
use crate::processes;
use crate::screen::Screen;
use crate::start::{Computer, Started};

/// Idle measurements of each window, which take long.
const IDLE_ROUNDS: usize = 3;
/// Starts beside a silent portal.
const SILENT_ROUNDS: usize = 3;
/// How long a window rests before it is measured, and how long it is watched.
const REST: Duration = Duration::from_secs(5);
const WATCH: Duration = Duration::from_secs(20);

/// One program with what was measured of it.
struct Window {
    program: PathBuf,
    first_paint: Vec<f64>,
    settled: Vec<f64>,
    memory: Vec<f64>,
    idle: Vec<f64>,
}

impl Window {
    fn new(program: &Path) -> Self {
        let program = program.to_owned();
        Self { program, first_paint: vec![], settled: vec![], memory: vec![], idle: vec![] }
    }

    fn note(&mut self, started: &Started) {
        self.first_paint.push(started.first_paint.as_secs_f64() * 1e3);
        self.settled.push(started.settled.as_secs_f64() * 1e3);
    }

    fn note_idle(&mut self, started: &Started) -> Result<(), Failure> {
        std::thread::sleep(REST);
        let tree = started.tree()?;
        let before = processes::cpu(&tree);
        std::thread::sleep(WATCH);
        let spent = processes::cpu(&tree).saturating_sub(before);
        self.idle.push(spent.as_secs_f64() / WATCH.as_secs_f64() * 100.0);
        self.memory.push(processes::memory(&tree)? as f64 / (1024.0 * 1024.0));
        Ok(())
    }

    fn size(&self) -> Result<f64, Failure> {
        Ok(std::fs::metadata(&self.program)?.len() as f64 / 1e6)
    }
}

/// Measures everything and puts it beside its budgets.
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
    for _ in 0..IDLE_ROUNDS {
        for window in &mut windows {
            let started = computer.start(&window.program)?;
            let noted = window.note_idle(&started);
            started.end();
            noted?;
        }
    }
    drop(computer);
    let silent = beside_a_silent_portal(&screen, gatehouse)?;
    let [bare, ours] = &windows;
    lines(bare, ours, silent)
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

fn lines(bare: &Window, ours: &Window, silent: f64) -> Result<Vec<Line>, Failure> {
    let painted = median(&bare.first_paint);
    Ok(vec![
        Line::ratio("first paint", "ms", painted, median(&ours.first_paint), 1.15),
        // Both beside the first paint of the bare window: it is usable as soon as it is there.
        Line::ratio("usable", "ms", painted, median(&ours.settled), 1.6),
        Line::difference("memory (PSS)", "MiB", median(&bare.memory), median(&ours.memory), 45.0),
        Line::difference("idle CPU", "%", median(&bare.idle), median(&ours.idle), 0.05),
        Line::at_most("binary", "MB", ours.size()?, 15.0),
        Line::at_most("first paint, silent portal", "s", silent, 2.0),
    ])
}
