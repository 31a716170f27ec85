//! The ways in which a reminder reaches somebody, and what can go wrong on them.

use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::Bundle;

/// A way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ChannelKind {
    /// A notification on this desktop.
    Desktop,
    /// A symbol in the tray.
    Tray,
    /// The system's scheduler.
    Schedule,
    /// An event in an Outlook calendar.
    Calendar,
    /// A message to an address on the web.
    Webhook,
    /// A text file for Prometheus.
    Metrics,
}

impl ChannelKind {
    /// The name under which it is kept.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Tray => "tray",
            Self::Schedule => "schedule",
            Self::Calendar => "calendar",
            Self::Webhook => "webhook",
            Self::Metrics => "metrics",
        }
    }
}

/// Carries reminders to people.
#[async_trait]
pub trait Channel: Send + Sync {
    /// Which way it is.
    fn kind(&self) -> ChannelKind;

    /// Carries one bundle, and says what became of it. It is called once for a bundle unless it fails; it does not wait
    /// longer than half a minute.
    async fn deliver(&self, bundle: &Bundle) -> Delivered;
}

/// What became of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivered {
    /// It was seen to arrive (the notification service shows it).
    Shown,
    /// The other side took it; whether somebody saw it cannot be told.
    Accepted,
    /// It did not get through.
    Failed {
        /// Why.
        fault: ChannelFault,
        /// How long the other side asked to wait.
        wait: Option<Duration>,
    },
}

/// Why a way does not work. Addresses are never part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ChannelFault {
    /// No network, or nobody answers there.
    #[error("the other side could not be reached")]
    Unreachable,
    /// No answer came in time; the reminder may have arrived all the same.
    #[error("the other side did not answer in time")]
    Slow,
    /// It asks to be asked less often.
    #[error("the other side is busy")]
    Busy,
    /// It is not well (5xx).
    #[error("the other side had a problem")]
    Unwell {
        /// HTTP status.
        status: u16,
    },
    /// It does not take the message.
    #[error("the other side did not take the message")]
    Refused {
        /// HTTP status.
        status: u16,
    },
    /// There is nothing at the address any more (404, 410).
    #[error("there is nothing at this address")]
    Gone,
    /// The address is not one that may be used.
    #[error("the address cannot be used")]
    BadAddress,
    /// Someone has to sign in first.
    #[error("someone has to sign in")]
    SignIn,
    /// The mailbox may not be written to by this person or app.
    #[error("the calendar may not be written to")]
    NotAllowed,
    /// There is no such mailbox, or it has no calendar.
    #[error("there is no such mailbox")]
    NoMailbox,
    /// Nothing on this computer shows notifications.
    #[error("nothing on this computer shows notifications")]
    NoDaemon,
    /// A file could not be written.
    #[error("the file could not be written")]
    File,
    /// Anything else.
    #[error("the reminder could not be passed on")]
    Other,
}

impl ChannelFault {
    /// What happened, why, and what to do, for people.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Unreachable => "The address could not be reached. Check the network; Gatehouse tries again by itself.".into(),
            Self::Slow => "No answer came in time, so the message may or may not have arrived. Gatehouse tries again by itself.".into(),
            Self::Busy => "The other side asked for a pause. Gatehouse tries again by itself.".into(),
            Self::Unwell { status } => {
                format!("The other side has a problem of its own (status {status}). Gatehouse tries again by itself.")
            }
            Self::Refused { status } => format!(
                "The other side did not take the message (status {status}). Make a new address there and enter it in Settings."
            ),
            Self::Gone => "There is nothing at this address any more, so messages go nowhere. Make a new address there and enter it in Settings.".into(),
            Self::BadAddress => "The address must begin with https, so that messages travel safely. Enter another one in Settings.".into(),
            Self::SignIn => "Gatehouse is signed out, so the calendar could not be opened. Sign in, and the events follow.".into(),
            Self::NotAllowed => "You may not write to this calendar. Ask its owner to share it with you, or choose another one in Settings.".into(),
            Self::NoMailbox => "There is no mailbox at this address, or it was deleted. Choose another calendar in Settings.".into(),
            Self::NoDaemon => "Nothing on this computer shows notifications, so reminders wait in the Gatehouse window.".into(),
            Self::File => "The file could not be written. Check that its folder exists and that you may write there.".into(),
            Self::Other => "The reminder could not be passed on. Gatehouse tries again by itself.".into(),
        }
    }

    /// Whether it may pass without anybody doing anything.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Unreachable | Self::Slow | Self::Busy | Self::Unwell { .. } | Self::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_says_what_to_do_in_plain_words() {
        let all = [
            ChannelFault::Unreachable,
            ChannelFault::Slow,
            ChannelFault::Busy,
            ChannelFault::Unwell { status: 503 },
            ChannelFault::Refused { status: 400 },
            ChannelFault::Gone,
            ChannelFault::BadAddress,
            ChannelFault::SignIn,
            ChannelFault::NotAllowed,
            ChannelFault::NoMailbox,
            ChannelFault::NoDaemon,
            ChannelFault::File,
            ChannelFault::Other,
        ];
        for fault in all {
            let text = fault.sentence();
            assert!(text.ends_with('.') && text.len() > 40, "{text}");
            let low = text.to_lowercase();
            for word in ["please", "invalid", "error", "daemon", "webhook"] {
                assert!(!low.contains(word), "{word}: {text}");
            }
            let kept = serde_json::to_string(&fault).unwrap();
            assert_eq!(serde_json::from_str::<ChannelFault>(&kept).unwrap(), fault);
        }
    }
}
