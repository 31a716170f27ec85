//! The course of a sign-in.

use super::{Entry, Words};
use crate::explain::NextStep;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        codes: &[50173, 50132, 50133],
        words: Words {
            what: "The kept sign-in has ended",
            why: "The password was changed, or somebody ended all sessions of this account.",
            next: "Sign in again. Nothing that was set up is lost.",
            action: Some(NextStep::SignInAgain),
        },
    },
    Entry {
        codes: &[70008, 700082, 700084, 70000, 50085, 50089],
        words: Words {
            what: "The kept sign-in has run out",
            why: "Microsoft ends a sign-in that was not used for a long time.",
            next: "Sign in again. Nothing that was set up is lost.",
            action: Some(NextStep::SignInAgain),
        },
    },
    Entry {
        codes: &[54005],
        words: Words {
            what: "The answer of this sign-in was used before",
            why: "The browser sent it twice, for example after \u{201c}Reload\u{201d}.",
            next: "Start the sign-in again.",
            action: Some(NextStep::SignInAgain),
        },
    },
    Entry {
        codes: &[50058, 50143, 16001, 16002, 160021, 50196, 50199, 50140, 90056],
        words: Words {
            what: "The sign-in in the browser came to a stop",
            why: "The browser has more than one session, or was interrupted on the way.",
            next: "Start again and choose the account. A private window helps if it stops once more.",
            action: Some(NextStep::ChooseAccount),
        },
    },
    Entry {
        codes: &[700005],
        words: Words {
            what: "The answer is for another organisation",
            why: "The account signed in to one organisation, and the sign-in was started for another.",
            next: "Start again and choose the account of the right organisation.",
            action: Some(NextStep::ChooseAccount),
        },
    },
    Entry {
        codes: &[70016],
        words: Words {
            what: "Microsoft still waits for the code to be entered",
            why: "The page on the other device is not finished yet.",
            next: "Enter the code there. Gatehouse goes on by itself.",
            action: None,
        },
    },
    Entry {
        codes: &[70018, 90119],
        words: Words {
            what: "That code was not right",
            why: "The code on the other device has a typing slip, or is an old one.",
            next: "Start again and enter the new code.",
            action: Some(NextStep::SignInAgain),
        },
    },
    Entry {
        codes: &[70019],
        words: Words {
            what: "The code has run out",
            why: "A code is good for about fifteen minutes.",
            next: "Start again and enter the new code.",
            action: Some(NextStep::SignInAgain),
        },
    },
    Entry {
        codes: &[50033, 50087, 90024, 90033, 90090, 90091, 90055, 50000, 50086, 90036, 90092],
        words: Words {
            what: "Microsoft's sign-in service has a problem at the moment",
            why: "It says so itself. Nothing is wrong on this side.",
            next: "Try again in a few minutes.",
            action: Some(NextStep::TryLater),
        },
    },
    Entry {
        codes: &[50147, 50148, 50149, 501481, 501491],
        words: Words {
            what: "The sign-in did not fit together",
            why: "The start and the end of the sign-in do not belong to each other, so Microsoft stopped it.",
            next: "Start again. If it happens once more, copy the details for support.",
            action: Some(NextStep::SignInAgain),
        },
    },
    Entry {
        codes: &[50017, 50008, 20001, 20012, 20033, 40008, 40009, 40010, 40015, 50107],
        words: Words {
            what: "The organisation's own sign-in service did not answer as it should",
            why: "The organisation lets another service check passwords, and Microsoft could not use its answer.",
            next: "Ask an admin to look at the federation with that service.",
            action: Some(NextStep::AskAdmin),
        },
    },
];
