//! Words of the command line: dates and states as people say them.

use contract::{ConnectionState, PermissionKind, RedirectPlatform, RunState, Truth, When};
use jiff::tz::TimeZone;

/// A day, where this computer is: "2 Dec 2026".
pub(super) fn day(when: When) -> String {
    when.0.to_zoned(TimeZone::system()).strftime("%-d %b %Y").to_string()
}

/// A day and the time of day: "2 Dec 2026 14:05".
pub(super) fn moment(when: When) -> String {
    when.0.to_zoned(TimeZone::system()).strftime("%-d %b %Y %H:%M").to_string()
}

/// A clock that is wrong. `ahead` in seconds; negative when it is behind.
pub(super) fn clock(ahead: i64) -> String {
    let minutes = ahead.unsigned_abs() / 60;
    let how = if ahead > 0 { "ahead of" } else { "behind" };
    format!(
        "This computer's clock is {minutes} minutes {how} Microsoft's. Set it right: sign-ins and proofs depend on it."
    )
}

/// How a set-up stands.
pub(super) fn connection(state: ConnectionState) -> &'static str {
    match state {
        ConnectionState::Works => "works",
        ConnectionState::NotProved => "not proved yet",
        ConnectionState::WaitingForOther => "waits for another person",
        ConnectionState::Broken => "does not work",
    }
}

/// How a run stands.
pub(super) fn run(state: RunState) -> &'static str {
    match state {
        RunState::Running => "at work",
        RunState::Interrupted => "half done",
        RunState::WaitingForOther => "waits for another person",
        RunState::Done => "done",
        RunState::Undone => "undone",
        RunState::Undoing => "being undone",
    }
}

/// Application or delegated, in Microsoft's terms.
pub(super) fn permission(kind: PermissionKind) -> &'static str {
    match kind {
        PermissionKind::Application => "application permission",
        PermissionKind::Delegated => "delegated permission",
    }
}

/// The kind of app that waits at a redirect address.
pub(super) fn platform(platform: RedirectPlatform) -> &'static str {
    match platform {
        RedirectPlatform::Web => "web",
        RedirectPlatform::Spa => "spa",
        RedirectPlatform::Public => "public",
    }
}

/// A truth, with the reason where it is not known.
pub(super) fn truth(truth: &Truth) -> String {
    match truth {
        Truth::Yes => "yes".to_owned(),
        Truth::No => "no".to_owned(),
        Truth::Unknown { why } => format!("not known ({})", why.trim_end_matches('.')),
    }
}
