//! When and where to remind, as the person chose.

use serde::{Deserialize, Serialize};

/// Days before the end that are usual; 0 is the day itself.
pub const USUAL_DAYS: [u32; 6] = [60, 30, 14, 7, 1, 0];
/// More days ahead than this are not looked at: ten years.
pub const MOST_DAYS: u32 = 3_650;

/// When and where to remind. The fields are those of `contract::ReminderSettings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Days before the end; 0 is the day itself.
    pub days: Vec<u32>,
    /// Other days for some set-ups.
    pub per_connection: Vec<ConnectionDays>,
    /// Also for apps that were not set up here.
    pub all_apps: bool,
    /// On this desktop.
    pub notifications: bool,
    /// A symbol in the system's tray.
    pub tray: bool,
    /// Start with the system, in the background.
    pub autostart: bool,
    /// Have the system's scheduler look each day, though Gatehouse is closed.
    pub scheduled: bool,
    /// Events in an Outlook calendar.
    pub calendar: CalendarChoice,
    /// Messages to an address on the web. The address itself is sealed elsewhere.
    pub webhook: bool,
    /// A text file for Prometheus' node exporter; none for no file.
    pub metrics_file: Option<String>,
}

/// Other days for one set-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionDays {
    /// The set-up.
    pub connection_id: String,
    /// Days before the end.
    pub days: Vec<u32>,
}

/// Whose calendar gets events.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CalendarChoice {
    /// None.
    #[default]
    Off,
    /// The signed-in person's.
    Mine,
    /// Another mailbox that the person may write to.
    Shared {
        /// Its address.
        address: String,
    },
}

impl Default for Settings {
    /// The usual days, notifications on this desktop, and nothing that reaches outside.
    fn default() -> Self {
        Self {
            days: USUAL_DAYS.to_vec(),
            per_connection: Vec::new(),
            all_apps: true,
            notifications: true,
            tray: true,
            autostart: false,
            scheduled: false,
            calendar: CalendarChoice::Off,
            webhook: false,
            metrics_file: None,
        }
    }
}

impl Settings {
    /// The days that count for a set-up (or for none), each once, the farthest first.
    #[must_use]
    pub fn days_for(&self, connection: Option<&str>) -> Vec<u32> {
        let own = connection.and_then(|id| self.per_connection.iter().find(|own| own.connection_id == id));
        let mut days = own.map_or(&self.days, |own| &own.days).clone();
        days.retain(|day| *day <= MOST_DAYS);
        days.sort_unstable_by(|a, b| b.cmp(a));
        days.dedup();
        days
    }

    /// The most days before an end at which anything is reminded of.
    #[must_use]
    pub fn farthest(&self) -> u32 {
        let all = self.per_connection.iter().flat_map(|own| &own.days).chain(&self.days);
        all.copied().filter(|day| *day <= MOST_DAYS).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_sorted_once_each_and_bounded() {
        let settings = Settings { days: vec![7, 60, 7, 0, u32::MAX, 3_651], ..Settings::default() };
        assert_eq!(settings.days_for(None), [60, 7, 0]);
    }

    #[test]
    fn a_set_up_can_have_days_of_its_own_or_none_at_all() {
        let own = |id: &str, days: &[u32]| ConnectionDays { connection_id: id.into(), days: days.into() };
        let settings =
            Settings { per_connection: vec![own("a", &[90, 3]), own("b", &[])], ..Settings::default() };
        assert_eq!(settings.days_for(Some("a")), [90, 3]);
        assert_eq!(settings.days_for(Some("b")), [0_u32; 0]);
        assert_eq!(settings.days_for(Some("c")), USUAL_DAYS);
        assert_eq!(settings.farthest(), 90);
    }

    #[test]
    fn settings_of_an_older_version_are_read() {
        let read: Settings = serde_json::from_str(r#"{"days":[5],"calendar":{"kind":"mine"}}"#).unwrap();
        assert_eq!(read, Settings { days: vec![5], calendar: CalendarChoice::Mine, ..Settings::default() });
    }
}
