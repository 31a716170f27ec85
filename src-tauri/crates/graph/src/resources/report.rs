//! Usage reports.
//! <https://learn.microsoft.com/graph/api/resources/adminreportsettings>

use serde::{Deserialize, Serialize};

/// Settings of all usage reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportSettings {
    /// Names of people, groups and sites are replaced by made-up ones, in every report.
    #[serde(default)]
    pub display_concealed_names: Option<bool>,
}

/// What a usage report shows, as far as a proof looks: nothing of it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageReport {
    /// Lines besides the heading.
    pub rows: usize,
    /// Whether the names in it are real; `None` when there is no line to tell by.
    pub shows_names: Option<bool>,
}

/// Most lines that are looked at.
const LINES: usize = 1_000;

impl UsageReport {
    /// Reads the table: names are user principal names, with an `@`, or made-up ones without.
    pub(crate) fn of_csv(text: &str) -> Option<Self> {
        let mut lines = text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty());
        let heading = fields(lines.next()?);
        let column = heading.iter().position(|name| name.eq_ignore_ascii_case("User Principal Name"))?;
        let (mut rows, mut shown, mut hidden) = (0, 0, 0);
        for line in lines {
            rows += 1;
            if rows > LINES {
                continue;
            }
            match fields(line).get(column).map(String::as_str) {
                Some(name) if name.contains('@') => shown += 1,
                Some(name) if !name.is_empty() => hidden += 1,
                _ => {}
            }
        }
        Some(Self { rows, shows_names: (shown + hidden > 0).then_some(shown > 0) })
    }
}

/// The fields of one line of RFC 4180 text.
fn fields(line: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                if let Some(last) = all.last_mut() {
                    last.push('"');
                }
            }
            '"' => quoted = !quoted,
            ',' if !quoted => all.push(String::new()),
            _ => {
                if let Some(last) = all.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADING: &str = "\u{feff}Report Refresh Date,User Principal Name,Display Name\n";

    #[test]
    fn names_are_told_from_made_up_ones() {
        let shown = format!("{HEADING}2026-11-18,ann@contoso.example,\"Ann, of Sales\"\n");
        assert_eq!(UsageReport::of_csv(&shown), Some(UsageReport { rows: 1, shows_names: Some(true) }));
        let hidden = format!("{HEADING}2026-11-18,0F3A,77AB\n2026-11-18,11,22\n");
        assert_eq!(UsageReport::of_csv(&hidden), Some(UsageReport { rows: 2, shows_names: Some(false) }));
    }

    #[test]
    fn an_empty_report_says_nothing_and_another_file_is_no_report() {
        assert_eq!(UsageReport::of_csv(HEADING), Some(UsageReport { rows: 0, shows_names: None }));
        for other in ["", "<html>", "{\"error\":{}}", "a,b\n1,2"] {
            assert_eq!(UsageReport::of_csv(other), None, "{other}");
        }
    }

    #[test]
    fn a_field_may_hold_commas_and_quotes() {
        assert_eq!(fields("a,\"b, \"\"c\"\"\",,d"), ["a", "b, \"c\"", "", "d"]);
    }
}
