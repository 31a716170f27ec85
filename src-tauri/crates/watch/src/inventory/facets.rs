//! Properties by which the inventory can be narrowed, each value a bit of a row.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::calendar::{day, days_after, first_instant};
use super::index::Entry;
use super::index::ends::Instant;
use super::kind::AppKind;
use crate::CredentialKind;
use crate::findings::Severity;

/// When a credential ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ends {
    /// It has ended.
    Expired,
    /// It ends within seven days: today, or on one of the next seven by the machine's calendar.
    Within7,
    /// Within 30.
    Within30,
    /// Within 90.
    Within90,
    /// Later than that.
    Later,
    /// It has no end, or none that is known.
    NoEnd,
    /// The app has no credential.
    None,
}

/// Who set an app up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SetUpBy {
    /// Gatehouse, on this machine.
    Gatehouse,
    /// Others.
    Other,
}

/// A value of a property. Two values of one property widen, two properties narrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// One of the app's credentials ends then.
    Ends(Ends),
    /// What kind of app.
    Kind(AppKind),
    /// The app has a credential of this kind.
    Credential(CredentialKind),
    /// Who may sign in, by Microsoft's value of `signInAudience`.
    Audience(&'static str),
    /// The worst finding; none when nothing needs attention.
    Health(Option<Severity>),
    /// Who set it up.
    SetUpBy(SetUpBy),
}

/// Every value of every property, in the order in which they are counted.
pub const FACETS: [Facet; 26] = [
    Facet::Ends(Ends::Expired),
    Facet::Ends(Ends::Within7),
    Facet::Ends(Ends::Within30),
    Facet::Ends(Ends::Within90),
    Facet::Ends(Ends::Later),
    Facet::Ends(Ends::NoEnd),
    Facet::Ends(Ends::None),
    Facet::Kind(AppKind::Registration),
    Facet::Kind(AppKind::EnterpriseApp),
    Facet::Kind(AppKind::Microsoft),
    Facet::Kind(AppKind::ManagedIdentity),
    Facet::Kind(AppKind::Unknown),
    Facet::Credential(CredentialKind::Secret),
    Facet::Credential(CredentialKind::Certificate),
    Facet::Credential(CredentialKind::SigningCertificate),
    Facet::Credential(CredentialKind::Federated),
    Facet::Audience(AUDIENCES[0]),
    Facet::Audience(AUDIENCES[1]),
    Facet::Audience(AUDIENCES[2]),
    Facet::Audience(AUDIENCES[3]),
    Facet::Health(Some(Severity::Critical)),
    Facet::Health(Some(Severity::Warning)),
    Facet::Health(Some(Severity::Info)),
    Facet::Health(None),
    Facet::SetUpBy(SetUpBy::Gatehouse),
    Facet::SetUpBy(SetUpBy::Other),
];

impl Facet {
    /// The property and the value as they are named outside: `("ends", "expired")`.
    #[must_use]
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Ends(ends) => (
                "ends",
                match ends {
                    Ends::Expired => "expired",
                    Ends::Within7 => "7",
                    Ends::Within30 => "30",
                    Ends::Within90 => "90",
                    Ends::Later => "later",
                    Ends::NoEnd => "noEnd",
                    Ends::None => "none",
                },
            ),
            Self::Kind(kind) => ("kind", kind.name()),
            Self::Credential(kind) => ("credential", credential_name(kind)),
            Self::Audience(audience) => ("audience", audience),
            Self::Health(worst) => ("health", health_name(worst)),
            Self::SetUpBy(SetUpBy::Gatehouse) => ("setUpBy", "gatehouse"),
            Self::SetUpBy(SetUpBy::Other) => ("setUpBy", "other"),
        }
    }

    /// The value of these names.
    #[must_use]
    pub fn named(facet: &str, value: &str) -> Option<Self> {
        FACETS.into_iter().find(|known| known.names() == (facet, value))
    }
}

/// As the facet `credential` names it.
pub(super) fn credential_name(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::Secret => "secret",
        CredentialKind::Certificate => "certificate",
        CredentialKind::SigningCertificate => "signingCertificate",
        CredentialKind::Federated => "federated",
    }
}

/// As the facet `health` names it.
pub(super) fn health_name(worst: Option<Severity>) -> &'static str {
    match worst {
        Some(Severity::Critical) => "critical",
        Some(Severity::Warning) => "warning",
        Some(Severity::Info) => "info",
        None => "fine",
    }
}

/// Values of `signInAudience`, in the order of their facets.
const AUDIENCES: [&str; 4] =
    ["AzureADMyOrg", "AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount", "PersonalMicrosoftAccount"];

/// The number of a value of `signInAudience`.
pub(super) fn audience_number(audience: &str) -> Option<u8> {
    (0..).zip(AUDIENCES).find(|(_, known)| *known == audience).map(|(number, _)| number)
}

/// A set of values, a bit for each in the order of [`FACETS`].
pub(super) type Bits = u32;

fn bit(facet: Facet) -> Bits {
    FACETS.iter().position(|known| *known == facet).map_or(0, |at| 1 << at)
}

/// Tells the values of rows, for one moment.
pub(super) struct Judge<'v> {
    now: i64,
    /// First instants of the days after 7, 30 and 90 days.
    limits: [i64; 3],
    ours: &'v HashSet<String>,
    kinds: [Bits; 5],
}

const EXPIRED: Bits = 1;
const WITHIN: [Bits; 3] = [1 << 1, 1 << 2, 1 << 3];
const LATER: Bits = 1 << 4;
const NO_END: Bits = 1 << 5;
const NONE: Bits = 1 << 6;
/// First bits of the other properties.
const CREDENTIAL: u32 = 12;
const AUDIENCE: u32 = 16;
const HEALTH: u32 = 20;
const OURS: Bits = 1 << 24;
const OTHER: Bits = 1 << 25;

impl<'v> Judge<'v> {
    pub(super) fn new(now: Timestamp, zone: &TimeZone, ours: &'v HashSet<String>) -> Self {
        let today = day(now, zone);
        Self {
            now: now.as_millisecond(),
            limits: [8, 31, 91].map(|days| first_instant(days_after(today, days), zone)),
            ours,
            kinds: AppKind::ALL.map(|kind| bit(Facet::Kind(kind))),
        }
    }

    /// Values of one credential, of the properties `ends` and `credential`.
    pub(super) fn of_end(&self, end: Instant) -> Bits {
        let kind = match end.kind {
            CredentialKind::Secret => 0,
            CredentialKind::Certificate => 1,
            CredentialKind::SigningCertificate => 2,
            CredentialKind::Federated => 3,
        };
        let ends = match end.at() {
            None => NO_END,
            Some(at) if at <= self.now => EXPIRED,
            Some(at) => {
                let mut bits = 0;
                for (limit, within) in self.limits.iter().zip(WITHIN) {
                    if at < *limit {
                        bits |= within;
                    }
                }
                if bits == 0 { LATER } else { bits }
            }
        };
        ends | 1 << (CREDENTIAL + kind)
    }

    pub(super) fn of(&self, entry: &Entry) -> Bits {
        let mut bits = entry.credentials.iter().fold(0, |bits, end| bits | self.of_end(*end));
        if entry.credentials.is_empty() {
            bits |= NONE;
        }
        bits |= self.kinds[usize::from(entry.kind.number())];
        bits |= entry.audience.map_or(0, |number| 1 << (AUDIENCE + u32::from(number)));
        bits |= match entry.health {
            Some(Severity::Critical) => 1 << HEALTH,
            Some(Severity::Warning) => 1 << (HEALTH + 1),
            Some(Severity::Info) => 1 << (HEALTH + 2),
            None => 1 << (HEALTH + 3),
        };
        bits | if !self.ours.is_empty() && self.ours.contains(entry.app_id()) { OURS } else { OTHER }
    }
}

/// Values that a search asks for, property by property.
pub(super) struct Wanted {
    /// One set for each property that narrows.
    groups: Vec<Bits>,
}

impl Wanted {
    pub(super) fn new(facets: &[Facet]) -> Self {
        let mut groups: Vec<(&str, Bits)> = Vec::new();
        for facet in facets {
            let name = facet.names().0;
            match groups.iter_mut().find(|(known, _)| *known == name) {
                Some((_, bits)) => *bits |= bit(*facet),
                None => groups.push((name, bit(*facet))),
            }
        }
        Self { groups: groups.into_iter().map(|(_, bits)| bits).collect() }
    }

    /// Which properties do not fit, as their number and the first of them.
    pub(super) fn misses(&self, bits: Bits) -> (usize, Option<usize>) {
        let mut missed = self.groups.iter().enumerate().filter(|(_, group)| *group & bits == 0);
        let first = missed.next().map(|(at, _)| at);
        (usize::from(first.is_some()) + missed.count(), first)
    }

    /// Whether a single credential is one that is asked for, as far as `ends` and `credential` are.
    pub(super) fn holds(&self, end: Bits) -> bool {
        const OF_CREDENTIALS: Bits = 0x7f | 0xf << CREDENTIAL;
        self.groups.iter().all(|group| group & OF_CREDENTIALS == 0 || group & end != 0)
    }

    /// All values of one narrowing property, also those that were not asked for.
    pub(super) fn whole(&self, group: usize) -> Bits {
        let Some(first) = FACETS.iter().find(|facet| self.groups[group] & bit(**facet) != 0) else {
            return 0;
        };
        let name = first.names().0;
        FACETS.iter().filter(|facet| facet.names().0 == name).fold(0, |bits, facet| bits | bit(*facet))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_are_in_the_order_of_the_values() {
        for (facet, expected) in [
            (Facet::Ends(Ends::Expired), EXPIRED),
            (Facet::Ends(Ends::Within7), WITHIN[0]),
            (Facet::Ends(Ends::Later), LATER),
            (Facet::Ends(Ends::NoEnd), NO_END),
            (Facet::Ends(Ends::None), NONE),
            (Facet::Credential(CredentialKind::Secret), 1 << CREDENTIAL),
            (Facet::Audience("AzureADMyOrg"), 1 << AUDIENCE),
            (Facet::Health(Some(Severity::Critical)), 1 << HEALTH),
            (Facet::SetUpBy(SetUpBy::Gatehouse), OURS),
            (Facet::SetUpBy(SetUpBy::Other), OTHER),
        ] {
            assert_eq!(bit(facet), expected, "{facet:?}");
        }
    }

    #[test]
    fn every_value_is_found_by_its_names() {
        for facet in FACETS {
            let (name, value) = facet.names();
            assert_eq!(Facet::named(name, value), Some(facet));
        }
        assert_eq!(Facet::named("ends", "soon"), None);
    }
}
