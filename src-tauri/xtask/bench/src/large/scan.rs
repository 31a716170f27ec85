//! What reading the organisation takes, without a window: what `inventory_figures` of the crate `watch` prints.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use crate::Failure;
use crate::budget::Line;

/// One round trip, in milliseconds.
const LATENCY: usize = 100;

/// Runs the example against `registrations` and puts its figures beside their budgets.
#[expect(clippy::print_stdout, reason = "a command-line program")]
pub(super) fn measure(example: &Path, registrations: usize) -> Result<Vec<Line>, Failure> {
    let output = Command::new(example)
        .args([registrations.to_string(), LATENCY.to_string(), "1".to_owned()])
        .output()
        .map_err(|error| format!("{}: {error}", example.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    print!("{text}");
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let said: HashMap<&str, &str> = text.lines().filter_map(|line| line.split_once('\t')).collect();
    let figure = |name: &str, place: usize| said.get(name).and_then(|words| number(words, place));
    let known = |name: &str, place: usize| figure(name, place).unwrap_or(f64::NAN);
    let again = said.get("requests of a second scan").map_or(f64::NAN, |list| {
        list.split('"').filter(|part| part.contains("/applications")).count() as f64
    });
    Ok(vec![
        Line::at_most("list requests", "", known("list requests", 0), (registrations.div_ceil(999)) as f64),
        Line::at_most("requests for the list, again", "", again, 1.0),
        // The first page takes its round trip, and what this computer needs for it.
        Line::at_most("first rows", "ms", known("first rows", 0), 2.5 * LATENCY as f64),
        Line::ratio(
            "first rows, the same requests",
            "ms",
            known("first rows", 1),
            known("first rows", 0),
            1.5,
        ),
        Line::ratio("first scan", "ms", known("first scan", 1), known("first scan", 0), 1.5),
        Line::at_most("filter, 95 %", "ms", known("filter", 1), 16.0),
        Line::at_most("open from the disk, no window", "ms", known("open", 0), 100.0),
    ])
}

/// The number at this place among those in a text. "95 %" is a name, not a figure.
fn number(text: &str, place: usize) -> Option<f64> {
    let text = text.replace("95 %", "");
    let mut numbers = text
        .split(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .filter_map(|word| word.parse().ok());
    numbers.nth(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_in_what_is_said() {
        assert_eq!(number("51", 0), Some(51.0));
        assert_eq!(number("1640 ms, bare loop 1500 ms, ratio 1.09", 1), Some(1500.0));
        assert_eq!(number("median 0.1 ms, 95 % 1.4 ms, worst 6.9 ms", 1), Some(1.4));
        assert_eq!(number("none", 0), None);
    }
}
