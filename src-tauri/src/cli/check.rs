//! How things stand, for monitoring: one line with figures, and the exit code of a plugin
//! (<https://www.monitoring-plugins.org/doc/guidelines.html>).

use app::{App, Limits, Summary, Verdict};
use contract::AppError;

use super::exit::Ended;
use super::output::Output;
use super::upkeep::Check;

/// Looks, and says it in the way of a plugin. Whatever stands in the way is "not known", never "fine".
pub(super) async fn check(app: &App, with: &Check, output: &Output) -> Ended {
    let limits = Limits { warning: with.warning, critical: with.critical };
    match app.check(limits, with.metrics.as_deref()).await {
        Ok(summary) => {
            output.answer(&summary, |summary| line(summary, with));
            Ended::Monitoring(summary.verdict.exit_code())
        }
        Err(error) => {
            output.answer(&serde_json::json!({ "error": error }), |_| unknown(&error));
            Ended::Monitoring(Verdict::Unknown.exit_code())
        }
    }
}

/// What is said where nothing could be looked at.
fn unknown(error: &AppError) -> String {
    format!("GATEHOUSE UNKNOWN - {} {}", error.title, error.why)
}

fn line(summary: &Summary, with: &Check) -> String {
    let word = match summary.verdict {
        Verdict::Ok => "OK",
        Verdict::Warning => "WARNING",
        Verdict::Critical => "CRITICAL",
        Verdict::Unknown => "UNKNOWN",
    };
    let days = summary.next.iter().map(|one| one.days).find(|days| *days >= 0);
    let next =
        days.map(|days| format!(" 'next'={days};{}:;{}:", with.warning, with.critical)).unwrap_or_default();
    // What follows the first line is a plugin's long text.
    let gaps: String = summary.not_looked_at.iter().map(|sentence| format!("\n{sentence}")).collect();
    format!(
        "GATEHOUSE {word} - {} | 'ended'={} 'ending'={} 'credentials'={}{next}{gaps}",
        summary.sentence, summary.ended, summary.ending, summary.total
    )
}
