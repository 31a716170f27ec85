//! Secrets and certificates of apps.

use super::{Entry, Words};
use crate::explain::NextStep;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        codes: &[7000215, 70002],
        words: Words {
            what: "Microsoft did not accept the client secret",
            why: "It may be the secret's ID instead of its Value, be cut short, or be so new that it is still spreading.",
            next: "If it is new, wait a minute. If not, paste the Value again or make a new secret.",
            action: Some(NextStep::CheckSecret),
        },
    },
    Entry {
        codes: &[7000222],
        words: Words {
            what: "The client secret has run out",
            why: "Every secret has an end date, and this one has passed.",
            next: "Make a new secret and give it to the product that uses it.",
            action: Some(NextStep::NewSecret),
        },
    },
    Entry {
        codes: &[700024],
        words: Words {
            what: "This computer's clock does not agree with Microsoft's",
            why: "The app signs with the date and time, and by Microsoft's clock that was the past or the future.",
            next: "Set the clock, then try again.",
            action: Some(NextStep::CheckClock),
        },
    },
    Entry {
        codes: &[700027, 50012, 50013, 50027, 50048, 500133, 700021, 700023, 900384],
        words: Words {
            what: "Microsoft did not accept the app's certificate",
            why: "The certificate may not be on the registration, may have run out, or this computer's clock is wrong.",
            next: "Check the date and time of this computer, then the certificate on the registration.",
            action: Some(NextStep::CheckClock),
        },
    },
];
