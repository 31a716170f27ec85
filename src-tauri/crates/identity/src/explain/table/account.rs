//! The account itself.

use super::{Entry, Words};
use crate::explain::NextStep;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        codes: &[50020, 16000, 16003, 90072],
        words: Words {
            what: "This account is not a member of the organisation",
            why: "It is an account of another organisation, or a personal one. It was not invited here.",
            next: "Sign in with an account of this organisation, or ask its admin to invite this one as a guest.",
            action: Some(NextStep::ChooseAccount),
        },
    },
    Entry {
        codes: &[50034, 51004, 50014, 50197, 90125],
        words: Words {
            what: "Microsoft does not know this account here",
            why: "The name may have a typing slip, or the account belongs to another organisation.",
            next: "Check the name and the organisation, then sign in again.",
            action: Some(NextStep::ChooseAccount),
        },
    },
    Entry {
        codes: &[50126, 50056, 50064],
        words: Words {
            what: "The name or the password was not right",
            why: "Microsoft compared them and found no match.",
            next: "Sign in again. If the password is lost, reset it on Microsoft's page.",
            action: Some(NextStep::SignInAgain),
        },
    },
    Entry {
        codes: &[50053],
        words: Words {
            what: "The account is locked for a while",
            why: "There were too many tries with a wrong password, or they came from an address that Microsoft distrusts.",
            next: "Wait about half an hour, then sign in again. An admin can also lift the lock.",
            action: Some(NextStep::TryLater),
        },
    },
    Entry {
        codes: &[50055, 50144, 50142, 50137, 50135, 50125],
        words: Words {
            what: "The password has to be changed first",
            why: "It has run out, or the organisation asks for a new one for safety.",
            next: "Set a new password on Microsoft's page, then sign in again.",
            action: Some(NextStep::OpenPasswordReset),
        },
    },
    Entry {
        codes: &[50057],
        words: Words {
            what: "The account is switched off",
            why: "An admin of the organisation has blocked it from signing in.",
            next: "Ask an admin to switch it on, or sign in with another account.",
            action: Some(NextStep::AskAdmin),
        },
    },
    Entry {
        codes: &[50105],
        words: Words {
            what: "This account may not use the app",
            why: "The organisation lets only chosen people use it, and this account is not one of them.",
            next: "Ask an admin to add the account under \u{201c}Users and groups\u{201d} of the enterprise app.",
            action: Some(NextStep::AskAdmin),
        },
    },
    Entry {
        codes: &[53011, 530034],
        words: Words {
            what: "Microsoft has blocked this account for now",
            why: "Its home organisation sees a risk, such as a sign-in from an unusual place.",
            next: "Ask an admin of the account's own organisation to look at the risk and clear it.",
            action: Some(NextStep::AskAdmin),
        },
    },
    Entry {
        codes: &[500200, 500207, 500208, 90027],
        words: Words {
            what: "A personal account cannot be used here",
            why: "Gatehouse works on an organisation's Microsoft 365, and a personal account has none.",
            next: "Sign in with a work or school account.",
            action: Some(NextStep::ChooseAccount),
        },
    },
];
