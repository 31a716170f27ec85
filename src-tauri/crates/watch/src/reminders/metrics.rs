//! A text file for the textfile collector of Prometheus' node exporter.
//! <https://prometheus.io/docs/instrumenting/exposition_formats/>

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use super::{ChannelFault, ChannelRecord, Moment, Watched, noun};

/// Credentials that have a line of their own, the first to end; the rest is a number. A monitoring system suffers from more.
pub const MOST_SERIES: usize = 5_000;

/// The text: when each credential ends, when the organisation was last read, and whether reminders get through.
#[must_use]
pub fn text(credentials: &[Arc<Watched>], channels: &[ChannelRecord], moment: &Moment) -> String {
    let mut sorted: Vec<&Arc<Watched>> = credentials.iter().collect();
    sorted.sort_by_cached_key(|own| (own.ends, own.key()));
    let mut out = String::new();
    family(&mut out, "gatehouse_credential_end_timestamp_seconds", "When a secret or certificate ends.");
    for own in sorted.iter().take(MOST_SERIES) {
        let labels = labels(&[
            ("tenant", &own.tenant),
            ("app_id", &own.app_id),
            ("app", own.app()),
            ("kind", noun(own.kind)),
            ("credential", &own.name),
            ("key_id", &own.key_id),
        ]);
        let _ = writeln!(out, "gatehouse_credential_end_timestamp_seconds{labels} {}", own.ends.as_second());
    }
    family(&mut out, "gatehouse_credentials_not_listed", "Credentials without a line of their own.");
    let _ = writeln!(out, "gatehouse_credentials_not_listed {}", sorted.len().saturating_sub(MOST_SERIES));
    family(
        &mut out,
        "gatehouse_credentials_ending",
        "Credentials that end within so many days, or have ended.",
    );
    let now = moment.effective();
    for days in [0, 1, 7, 14, 30, 60] {
        let limit = now.as_second() + i64::from(days) * 86_400;
        let count = sorted.iter().take_while(|own| own.ends.as_second() <= limit).count();
        let _ = writeln!(out, "gatehouse_credentials_ending{{within_days=\"{days}\"}} {count}");
    }
    if let Some(known) = moment.known_at {
        family(&mut out, "gatehouse_read_timestamp_seconds", "When the organisation was last read.");
        let _ = writeln!(out, "gatehouse_read_timestamp_seconds {}", known.as_second());
    }
    family(&mut out, "gatehouse_written_timestamp_seconds", "When this file was written.");
    let _ = writeln!(out, "gatehouse_written_timestamp_seconds {}", moment.now.as_second());
    family(&mut out, "gatehouse_reminders_blocked", "1 where reminders do not get through on this way.");
    for channel in channels {
        let labels = labels(&[("channel", channel.channel.as_str())]);
        let _ = writeln!(out, "gatehouse_reminders_blocked{labels} {}", u8::from(channel.fault.is_some()));
    }
    out
}

/// Writes the file whole or not at all: the collector may read at any moment. Others may read it (0644).
///
/// # Errors
/// [`ChannelFault::File`], also for a name that does not end in `.prom`, which the collector would not read.
pub fn write(path: &Path, text: &str) -> Result<(), ChannelFault> {
    if path.extension().is_none_or(|end| end != "prom") {
        return Err(ChannelFault::File);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    // Not `.prom`, so that the collector passes it by; ours alone by the process id.
    name.push(format!(".{}.new", std::process::id()));
    let fresh = path.with_file_name(name);
    let written = write_fresh(&fresh, text).and_then(|()| std::fs::rename(&fresh, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&fresh);
    }
    written.map_err(|_| ChannelFault::File)
}

fn write_fresh(fresh: &Path, text: &str) -> std::io::Result<()> {
    let _ = std::fs::remove_file(fresh);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o644);
    let mut file = options.open(fresh)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn family(out: &mut String, name: &str, help: &str) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} gauge");
}

fn labels(pairs: &[(&str, &str)]) -> String {
    let mut text = String::from("{");
    for (position, (name, value)) in pairs.iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        let _ = write!(text, "{name}=\"");
        for letter in value.chars() {
            match letter {
                '\\' => text.push_str("\\\\"),
                '"' => text.push_str("\\\""),
                '\n' => text.push_str("\\n"),
                letter if letter.is_control() => text.push(' '),
                letter => text.push(letter),
            }
        }
        text.push('"');
    }
    text.push('}');
    text
}
