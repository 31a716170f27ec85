//! One app before the rules, and how they write down what they find.

use jiff::Timestamp;

use super::days::Days;
use super::finding::{self, Finding, Remedy, RemedyAction, RemedyButton};
use super::{Connection, Context, Rule, Severity, words};
use crate::{App, Known, LastUse};

/// Organisations in which Microsoft registers its own apps: its services, its company, its tools.
const MICROSOFT: [&str; 3] = [
    "f8cdef31-a31e-4b4a-93e4-5f571e91255a",
    "72f988bf-86f1-41af-91ab-2d7cd011db47",
    "cdc5aeea-15c5-4db6-b079-fcadd2505dc2",
];

/// Who looks after an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// Registered in this organisation.
    Ours,
    /// Registered by somebody else, and used here.
    Elsewhere,
    /// Microsoft's own.
    Microsoft,
    /// An identity that Azure looks after.
    ManagedIdentity,
}

/// One app before the rules.
#[derive(Debug)]
pub(super) struct Case<'a> {
    pub(super) app: &'a App,
    pub(super) context: &'a Context,
    pub(super) days: &'a Days<'a>,
    pub(super) whose: Whose,
    /// Why nobody can sign in with the app, as a sentence.
    pub(super) off: Option<&'static str>,
    /// The set-up made here that the app belongs to.
    pub(super) connection: Option<&'a Connection>,
}

impl<'a> Case<'a> {
    pub(super) fn of(app: &'a App, context: &'a Context, days: &'a Days<'a>) -> Self {
        let principal = app.enterprise_app.as_ref();
        let managed = principal.and_then(|one| one.kind.as_deref()) == Some("ManagedIdentity");
        let owner = principal.and_then(|one| one.owner_organisation.as_deref());
        let whose = match owner {
            _ if managed => Whose::ManagedIdentity,
            _ if app.registration.is_some() => Whose::Ours,
            Some(owner) if MICROSOFT.iter().any(|known| owner.eq_ignore_ascii_case(known)) => {
                Whose::Microsoft
            }
            _ => Whose::Elsewhere,
        };
        let off = if app.registration.as_ref().is_some_and(|one| one.disabled_by_microsoft) {
            Some("Microsoft has switched the app off.")
        } else if principal.and_then(|one| one.enabled) == Some(false) {
            Some("The app is switched off, so nobody can sign in with it now.")
        } else {
            None
        };
        let connection = context.connections.get(&app.app_id);
        Self { app, context, days, whose, off, connection }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.context.now
    }

    /// Begins a finding. `about` tells findings of one rule on one app apart.
    pub(super) fn finding(&self, rule: Rule, about: &str, severity: Severity, title: String) -> Draft {
        let name = words::short(self.app.name.trim());
        Draft {
            off: self.off,
            finding: Finding {
                id: finding::id(rule, &self.app.app_id, about),
                rule,
                severity,
                app_id: self.app.app_id.clone(),
                app_name: if name.is_empty() { self.app.app_id.clone() } else { name },
                title,
                why: String::new(),
                evidence: Vec::new(),
                remedy: None,
                at: None,
                counts_days: false,
            },
        }
    }

    /// When the app last signed in, as a sentence; says so where it is not known.
    pub(super) fn last_sign_in(&self) -> String {
        match &self.app.last_sign_in {
            Known::Seen(LastUse::At { at }) => {
                format!("Microsoft last saw the app sign in on {}.", self.days.day(*at))
            }
            Known::Seen(LastUse::NotSince { since }) => {
                format!("Microsoft has not seen the app sign in since {}.", self.days.day(*since))
            }
            Known::NotLooked | Known::Hidden(_) => {
                "Whether anything still uses the app is not known.".to_owned()
            }
        }
    }
}

/// A finding that is being written.
#[derive(Debug)]
pub(super) struct Draft {
    finding: Finding,
    off: Option<&'static str>,
}

impl Draft {
    /// Why it matters.
    pub(super) fn why(mut self, sentence: impl Into<String>) -> Self {
        self.finding.why = sentence.into();
        self
    }

    /// Something that was seen.
    pub(super) fn seen(mut self, sentence: impl Into<String>) -> Self {
        self.finding.evidence.push(sentence.into());
        self
    }

    /// The instant that it is about.
    pub(super) fn at(mut self, at: Option<Timestamp>) -> Self {
        self.finding.at = at;
        self
    }

    /// Its sentences count days from now.
    pub(super) fn counts_days(mut self) -> Self {
        self.finding.counts_days = true;
        self
    }

    /// What to do, with a button.
    pub(super) fn remedy(mut self, sentence: impl Into<String>, label: &str, action: RemedyAction) -> Self {
        let button = Some(RemedyButton { label: label.to_owned(), action });
        self.finding.remedy = Some(Remedy { sentence: sentence.into(), button });
        self
    }

    /// What to do, where the app itself is the place for it.
    pub(super) fn look(self, sentence: impl Into<String>) -> Self {
        self.remedy(sentence, "Open the app", RemedyAction::OpenApp)
    }

    /// The finding. One on an app that is switched off is no more than good to know.
    pub(super) fn done(mut self) -> Finding {
        if let Some(off) = self.off {
            self.finding.severity = Severity::Info;
            self.finding.evidence.push(off.to_owned());
        }
        self.finding
    }
}
