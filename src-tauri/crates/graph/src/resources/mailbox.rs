//! Mail and calendars: only as much of them as a proof or a picture of one's own account needs.
//! <https://learn.microsoft.com/graph/api/resources/event>, <https://learn.microsoft.com/graph/api/resources/message>

use serde::{Deserialize, Serialize};

/// A local time with its zone (`dateTimeTimeZone`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventTime {
    /// `2026-11-20T09:00:00.0000000`, without an offset.
    pub date_time: String,
    /// `UTC` unless asked otherwise.
    #[serde(default)]
    pub time_zone: Option<String>,
}

/// An entry of a calendar. A probe reads its id alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Its id.
    pub id: String,
    /// What it is about.
    #[serde(default)]
    pub subject: Option<String>,
    /// When it begins.
    #[serde(default)]
    pub start: Option<EventTime>,
    /// When it ends.
    #[serde(default)]
    pub end: Option<EventTime>,
    /// Whether it is about days, whatever the time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_all_day: Option<bool>,
}

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Calendar {
    /// Its id.
    pub id: String,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// Whether the app may write to it.
    #[serde(default)]
    pub can_edit: Option<bool>,
}

/// A mail. A probe reads its id alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its id.
    pub id: String,
    /// What it is about.
    #[serde(default)]
    pub subject: Option<String>,
}

/// A folder of mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MailFolder {
    /// Its id.
    pub id: String,
    /// Its name.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Number of mails.
    #[serde(default)]
    pub total_item_count: Option<i64>,
    /// Number of those that nobody has read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread_item_count: Option<i64>,
}

/// Somebody in the address book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Its id.
    pub id: String,
    /// The name.
    #[serde(default)]
    pub display_name: Option<String>,
}
