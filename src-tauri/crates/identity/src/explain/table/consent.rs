//! Agreeing to what an app may do.

use super::{Entry, Words};
use crate::explain::NextStep;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        codes: &[65001],
        words: Words {
            what: "Nobody has agreed yet to what the app may do",
            why: "The app asks for permissions that neither this person nor an admin has granted.",
            next: "Look at the permissions and agree to them.",
            action: Some(NextStep::AgreeAgain),
        },
    },
    Entry {
        codes: &[65004],
        words: Words {
            what: "The permissions were not agreed to",
            why: "\u{201c}Cancel\u{201d} was chosen on Microsoft's page, so nothing was granted.",
            next: "Go back and agree, or leave it: nothing has changed.",
            action: Some(NextStep::AgreeAgain),
        },
    },
    Entry {
        codes: &[90094, 90095],
        words: Words {
            what: "An admin has to agree first",
            why: "In this organisation people cannot agree to these permissions by themselves.",
            next: "Send an admin the link that Gatehouse makes for this. It shows what is asked for.",
            action: Some(NextStep::AskAdmin),
        },
    },
    Entry {
        codes: &[65002],
        words: Words {
            what: "Microsoft's own app may not ask for this",
            why: "The sign-in goes through an app of Microsoft's, and Microsoft fixes what that app can ask for.",
            next: "Set up the organisation's own registration, which can.",
            action: Some(NextStep::UseOwnRegistration),
        },
    },
    Entry {
        codes: &[65005, 650056, 650057],
        words: Words {
            what: "The registration does not list what the app asks for",
            why: "A permission that it needs is not in the app registration, or was never granted.",
            next: "Let Gatehouse add it, or ask an admin to.",
            action: Some(NextStep::RepairRegistration),
        },
    },
    Entry {
        codes: &[50150],
        words: Words {
            what: "Microsoft no longer finds the agreement",
            why: "Somebody has taken back what was agreed to, or the app was set up anew.",
            next: "Sign in again and agree once more.",
            action: Some(NextStep::AgreeAgain),
        },
    },
];
