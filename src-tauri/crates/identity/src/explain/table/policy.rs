//! What the organisation asks of a sign-in.

use super::{Entry, Words};
use crate::explain::NextStep;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        codes: &[50076, 50074, 50078, 50158],
        words: Words {
            what: "A second proof is needed",
            why: "The organisation asks for more than a password, such as a tap in the Authenticator app.",
            next: "Sign in again in the browser and follow Microsoft's steps.",
            action: Some(NextStep::SignInAgain),
        },
    },
    Entry {
        codes: &[50079, 50072, 53004, 53010],
        words: Words {
            what: "A second way to sign in has to be set up first",
            why: "The organisation asks for one, and this account has none yet.",
            next: "Set it up on Microsoft's page, then sign in again. In some places this works only inside the office.",
            action: Some(NextStep::OpenSecurityInfo),
        },
    },
    Entry {
        codes: &[50088],
        words: Words {
            what: "Microsoft sends no more codes for now",
            why: "Too many text messages or calls were sent in a short time.",
            next: "Wait a few minutes, or use the Authenticator app, then sign in again.",
            action: Some(NextStep::TryLater),
        },
    },
    Entry {
        codes: &[53003, 530032, 50131],
        words: Words {
            what: "The organisation's rules do not allow this sign-in",
            why: "A Conditional Access rule looks at the app, the place, the device or the person, and said no.",
            next: "Ask an admin which rule it was. The sign-in log shows it under \u{201c}Conditional Access\u{201d}.",
            action: Some(NextStep::AskAdmin),
        },
    },
    Entry {
        codes: &[53000, 53001, 50097, 50129, 50155, 50187],
        words: Words {
            what: "The organisation wants a computer that it manages",
            why: "A rule lets you sign in only from devices that your organisation knows.",
            next: "Use Gatehouse on a computer of the organisation, or ask an admin about the rule.",
            action: Some(NextStep::AskAdmin),
        },
    },
    Entry {
        codes: &[50005],
        words: Words {
            what: "The organisation does not allow this kind of device",
            why: "A rule of the organisation leaves out this operating system.",
            next: "Use a device that the rule allows, or ask an admin about it.",
            action: Some(NextStep::AskAdmin),
        },
    },
    Entry {
        codes: &[53002, 50127],
        words: Words {
            what: "The organisation allows only certain apps",
            why: "A Conditional Access rule names the apps that may sign in, and this one is not on its list.",
            next: "Ask an admin whether Gatehouse can be allowed.",
            action: Some(NextStep::AskAdmin),
        },
    },
    Entry {
        codes: &[530035],
        words: Words {
            what: "The \u{201c}security defaults\u{201d} do not allow this sign-in",
            why: "They block ways of signing in that Microsoft no longer finds safe.",
            next: "Sign in through the browser. If that was the browser, ask an admin.",
            action: Some(NextStep::SignInAgain),
        },
    },
    Entry {
        codes: &[70043],
        words: Words {
            what: "The organisation asks to sign in again from time to time",
            why: "That time is up.",
            next: "Sign in again. Nothing that was set up is lost.",
            action: Some(NextStep::SignInAgain),
        },
    },
    Entry {
        codes: &[50002, 500021, 500022],
        words: Words {
            what: "This network does not let people sign in to that organisation",
            why: "The company that runs this network allows only some organisations.",
            next: "Ask the people who run the network, or use another network.",
            action: Some(NextStep::AskAdmin),
        },
    },
    Entry {
        codes: &[500212, 500213],
        words: Words {
            what: "The two organisations do not let their people visit each other",
            why: "A rule for guests, of the home organisation or of this one, says no.",
            next: "Sign in with an account of this organisation, or ask an admin about the rule for guests.",
            action: Some(NextStep::ChooseAccount),
        },
    },
    Entry {
        codes: &[50015, 54000],
        words: Words {
            what: "The account belongs to a minor",
            why: "The law asks for a parent's or guardian's consent first.",
            next: "Sign in with another account.",
            action: Some(NextStep::ChooseAccount),
        },
    },
];
