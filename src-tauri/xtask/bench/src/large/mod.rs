//! An organisation with 50,000 app registrations: what reading it takes, and how its list feels in the built app's window.

mod organisation;
mod page;
mod scan;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::Failure;
use crate::budget::{Line, median, quantile};
use crate::bus::Portal;
use crate::large::organisation::Organisation;
use crate::large::page::Page;
use crate::processes;
use crate::screen::Screen;
use crate::start::Computer;

const REGISTRATIONS: usize = 50_000;
/// Enough to scroll and search in. Opening a room for the first time takes time and memory whatever it lists: these tell how much.
const FEW: usize = 400;
/// How long a window rests before its memory is read.
const REST: Duration = Duration::from_secs(5);
const MEASURE: &str = include_str!("measure.js");

/// What reading takes, without a window; `programs` is the folder with the release build.
pub(crate) fn read(programs: &Path) -> Result<Vec<Line>, Failure> {
    scan::measure(&programs.join("examples/inventory_figures"), REGISTRATIONS)
}

/// How the list feels in the window, and what 50,000 in it weigh more than a few.
pub(crate) fn window(gatehouse: &Path, programs: &Path) -> Result<Vec<Line>, Failure> {
    let few = visit(gatehouse, programs, FEW)?;
    let many = visit(gatehouse, programs, REGISTRATIONS)?;
    report(&few, &many);
    let Visit { first_open, opens, scrolled, typed, .. } = &many;
    Ok(vec![
        Line::at_most("list opens the first time", "ms", median(first_open), 100.0),
        Line::at_most("list opens again", "ms", median(opens), 100.0),
        Line::at_most("frame at a jump, 95 %", "ms", quantile(&of(scrolled, "jumps"), 0.95), 33.4),
        Line::at_most("frame at a wheel, 95 %", "ms", quantile(&of(scrolled, "wheel"), 0.95), 33.4),
        Line::at_most("rows stand after a jump", "ms", quantile(&of(scrolled, "there"), 0.95), 100.0),
        Line::at_most("a letter holds the page, 95 %", "ms", quantile(&of(typed, "held"), 0.95), 16.0),
        Line::at_most("frame while typing, 95 %", "ms", quantile(&of(typed, "frames"), 0.95), 33.4),
        Line::difference("memory with the list", "MiB", mebibytes(many.before), mebibytes(many.after), 60.0),
        // Part of the list is in memory before it is opened: so also beside one of a few.
        Line::difference(
            "memory, beside a short list",
            "MiB",
            mebibytes(few.after),
            mebibytes(many.after),
            60.0,
        ),
    ])
}

/// What one organisation's list took.
struct Visit {
    first_open: Vec<f64>,
    opens: Vec<f64>,
    scrolled: Value,
    typed: Value,
    /// Bytes of memory, at Home and at the end.
    before: u64,
    after: u64,
}

/// Opens, scrolls and searches the list of an organisation with so many registrations.
fn visit(gatehouse: &Path, programs: &Path, registrations: usize) -> Result<Visit, Failure> {
    let screen = Screen::start()?;
    let computer = Computer::new(&screen, Portal::None)?;
    let home = Home { computer: &computer, folder: computer.folder().join("gatehouse") };
    home.unlock_keyring()?;
    let practice = home.folder.join("data/practice");
    let _organisation = Organisation::start(&programs.join("practice-tenant"), registrations, &practice)?;
    home.run(gatehouse, &["sign-in", "--practice", "--create-registration", "--yes"])?;
    home.run(gatehouse, &["inventory", "sync", "--practice"])?;

    let page = Page::open(gatehouse, |command| home.prepare(command))?;
    page.until("return document.querySelectorAll('nav a').length > 3")?;
    // Somebody who moves the pointer gets the other rooms' code.
    page.script("dispatchEvent(new PointerEvent('pointermove'))")?;
    std::thread::sleep(REST);
    let window = the_app(page.process(), gatehouse)?;
    let before = memory(window, &format!("{registrations}: at Home"))?;
    let first_open = figures(&page, "open", "open")?;
    let mut opens = Vec::new();
    for _ in 0..5 {
        figures(&page, "leave", "")?;
        opens.extend(figures(&page, "open", "open")?);
    }
    let scrolled = run(&page, "scroll")?;
    let typed = run(&page, "type")?;
    std::thread::sleep(REST);
    let after = memory(window, &format!("{registrations}: with the list, scrolled and searched"))?;
    Ok(Visit { first_open, opens, scrolled, typed, before, after })
}

/// Where the app lives, and what it finds around it.
struct Home<'a> {
    computer: &'a Computer<'a>,
    folder: PathBuf,
}

impl Home<'_> {
    /// The surroundings of the app. Its browser is the one of the command line's tests: it signs in as it is told.
    fn prepare(&self, command: &mut Command) {
        self.computer.prepare(command);
        let browser = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/it/cli/person.py");
        command
            .env("GATEHOUSE_HOME", &self.folder)
            .env("BROWSER", browser)
            .env("PERSON", organisation::PERSON)
            .env("NO_AT_BRIDGE", "1");
    }

    fn unlock_keyring(&self) -> Result<(), Failure> {
        let mut command = Command::new("gnome-keyring-daemon");
        self.prepare(&mut command);
        let mut daemon = command
            .args(["--components=secrets", "--unlock", "--foreground"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("gnome-keyring-daemon did not start: {error}"))?;
        if let Some(mut password) = daemon.stdin.take() {
            std::io::Write::write_all(&mut password, b"bench")?;
        }
        // It ends with the session bus.
        std::thread::sleep(Duration::from_secs(1));
        Ok(())
    }

    fn run(&self, gatehouse: &Path, arguments: &[&str]) -> Result<(), Failure> {
        let mut command = Command::new(gatehouse);
        self.prepare(&mut command);
        let output = command.args(arguments).stdin(Stdio::null()).output()?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!("gatehouse {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr)).into())
    }
}

fn memory(window: u32, when: &str) -> Result<u64, Failure> {
    let tree = processes::tree(window)?;
    processes::print_memory(when, &tree)?;
    processes::memory(&tree)
}

/// The app's own process below the driver.
fn the_app(driver: u32, gatehouse: &Path) -> Result<u32, Failure> {
    let tree = processes::tree(driver)?;
    let is_app = |id: &&u32| processes::program(**id).is_some_and(|program| program == gatehouse);
    tree.iter().find(is_app).copied().ok_or_else(|| "the window has no process".into())
}

fn run(page: &Page, what: &str) -> Result<Value, Failure> {
    let answer = page.slow_script(MEASURE, what)?;
    match answer["failure"].as_str() {
        Some(failure) => Err(format!("{what}: {failure}").into()),
        None => Ok(answer),
    }
}

fn figures(page: &Page, what: &str, name: &str) -> Result<Vec<f64>, Failure> {
    Ok(of(&run(page, what)?, name))
}

fn of(answer: &Value, name: &str) -> Vec<f64> {
    let list = answer[name].as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_f64).collect()
}

fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}

#[expect(clippy::print_stdout, reason = "a command-line program")]
fn report(few: &Visit, many: &Visit) {
    let Visit { scrolled, typed, .. } = many;
    let [short, long] = [few, many].map(|visit| median(&visit.first_open));
    println!("list opens the first time: {short:.0} ms with {FEW}, {long:.0} ms with {REGISTRATIONS}");
    println!("milliseconds in the window: median, 95 %, worst");
    for (answer, name) in [
        (scrolled, "jumps"),
        (scrolled, "wheel"),
        (scrolled, "there"),
        (typed, "held"),
        (typed, "frames"),
        (typed, "answered"),
    ] {
        let all = of(answer, name);
        let [half, most, worst] = [0.5, 0.95, 1.0].map(|share| quantile(&all, share));
        println!("  {name:<10} {half:.1} {most:.1} {worst:.1}   ({} times)", all.len());
    }
    println!("  elements in the page: {:.0}", median(&of(scrolled, "nodes")));
}
