//! The app registration, the organisation and the cloud.

use super::{Entry, Words};
use crate::explain::NextStep;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        codes: &[700016, 700011, 90099],
        words: Words {
            what: "The organisation does not know this app",
            why: "The client ID may be of another organisation. Or the app is new and still spreading.",
            next: "If it is new, wait a minute. If not, check the client id and the organisation.",
            action: Some(NextStep::CheckClientId),
        },
    },
    Entry {
        codes: &[7000112, 70001, 1000031],
        words: Words {
            what: "The app is switched off",
            why: "An admin or Microsoft has switched it off.",
            next: "Ask an admin to switch it on again.",
            action: Some(NextStep::AskAdmin),
        },
    },
    Entry {
        codes: &[50194, 9001023, 90124, 90130],
        words: Words {
            what: "The sign-in has to name the organisation",
            why: "The app belongs to one organisation only, and the sign-in was open to all.",
            next: "Enter the organisation's domain or id, then sign in again.",
            action: Some(NextStep::CheckOrganisation),
        },
    },
    Entry {
        codes: &[650059],
        words: Words {
            what: "The app belongs to another organisation",
            why: "Its registration is for the organisation that made it, and for no other.",
            next: "Use the registration of this organisation, or sign in to the one that owns it.",
            action: Some(NextStep::CheckClientId),
        },
    },
    Entry {
        codes: &[90002, 50128, 50059, 90019, 50029],
        words: Words {
            what: "There is no such organisation",
            why: "The domain or id has a typing slip, or belongs to another Microsoft cloud.",
            next: "Check the organisation, then the cloud.",
            action: Some(NextStep::CheckOrganisation),
        },
    },
    Entry {
        codes: &[90038, 90051, 90043, 50049, 900382, 900432, 1000104],
        words: Words {
            what: "The organisation is in another Microsoft cloud",
            why: "Microsoft runs separate clouds for the world, for the US government and for China.",
            next: "Choose the other cloud, then sign in again.",
            action: Some(NextStep::CheckCloud),
        },
    },
    Entry {
        codes: &[50011, 70004, 900971],
        words: Words {
            what: "The registration does not let Gatehouse have the answer",
            why: "The address http://localhost is missing under \u{201c}Mobile and desktop applications\u{201d}.",
            next: "Let Gatehouse add it, or ask the person who made the registration.",
            action: Some(NextStep::RepairRegistration),
        },
    },
    Entry {
        codes: &[700025],
        words: Words {
            what: "This app signs in without a secret",
            why: "Its registration is of the kind that runs on people's computers, and such apps have no secret.",
            next: "Take the secret out, or use a registration that has one.",
            action: Some(NextStep::CheckClientId),
        },
    },
    Entry {
        codes: &[7000218],
        words: Words {
            what: "The registration does not allow sign-in from a desktop app",
            why: "It expects a secret, because \u{201c}Allow public client flows\u{201d} is off or its address is under \u{201c}Web\u{201d}.",
            next: "Let Gatehouse put the registration right.",
            action: Some(NextStep::RepairRegistration),
        },
    },
    Entry {
        codes: &[500011, 650052, 650054, 50001],
        words: Words {
            what: "The organisation does not have the service that is asked for",
            why: "It may not be part of the organisation's subscription, or has never been used.",
            next: "Ask an admin whether the service, for example Exchange Online, is in use.",
            action: Some(NextStep::AskAdmin),
        },
    },
    Entry {
        codes: &[7000114, 700054, 700030],
        words: Words {
            what: "The registration lacks a setting that this sign-in needs",
            why: "One of its switches is off, or its certificate is for another name.",
            next: "Let Gatehouse look at the registration and put it right.",
            action: Some(NextStep::RepairRegistration),
        },
    },
];
