//! The credentials of an app as lists and the timeline need them, and their packed form in the file.

use jiff::Timestamp;

use crate::{Credential, CredentialKind};

/// When a credential ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) kind: CredentialKind,
    /// Milliseconds since 1970; none without an end.
    pub(crate) at: Option<i64>,
    pub(crate) key_id: Box<str>,
    pub(crate) name: Box<str>,
}

impl End {
    pub(crate) fn of(credential: &Credential) -> Self {
        let at = match credential.kind {
            CredentialKind::Federated => None,
            _ => credential.ends.map(Timestamp::as_millisecond),
        };
        Self {
            kind: credential.kind,
            at,
            key_id: credential.key_id.as_str().into(),
            name: credential.name.as_str().into(),
        }
    }
}

const KINDS: [CredentialKind; 4] = [
    CredentialKind::Secret,
    CredentialKind::Certificate,
    CredentialKind::SigningCertificate,
    CredentialKind::Federated,
];

/// Stands for "no end".
const NEVER: i64 = i64::MIN;

/// When a credential ends and what it is: all that narrowing and ordering look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Instant {
    pub(crate) kind: CredentialKind,
    at: i64,
}

impl Instant {
    /// Milliseconds since 1970; none without an end.
    pub(crate) fn at(self) -> Option<i64> {
        Some(self.at).filter(|at| *at != NEVER)
    }
}

impl From<&End> for Instant {
    fn from(end: &End) -> Self {
        Self { kind: end.kind, at: end.at.unwrap_or(NEVER) }
    }
}

/// Kind, end, and two texts with their lengths before them, for each.
pub(crate) fn pack(ends: &[End]) -> Vec<u8> {
    let mut packed = Vec::new();
    for end in ends {
        let kind = KINDS.iter().position(|kind| *kind == end.kind).unwrap_or_default();
        packed.push(u8::try_from(kind).unwrap_or_default());
        packed.extend(end.at.unwrap_or(NEVER).to_le_bytes());
        for text in [&end.key_id, &end.name] {
            let text = clipped(text);
            packed.extend(u16::try_from(text.len()).unwrap_or_default().to_le_bytes());
            packed.extend(text.as_bytes());
        }
    }
    packed
}

/// As much as its length can be said of.
fn clipped(text: &str) -> &str {
    &text[..text.floor_char_boundary(text.len().min(usize::from(u16::MAX)))]
}

/// `None` for what was not packed here.
pub(crate) fn unpack(packed: &[u8]) -> Option<Box<[End]>> {
    let mut ends = Vec::new();
    let text = |bytes: &[u8]| std::str::from_utf8(bytes).ok().map(Box::<str>::from);
    walk(packed, |Instant { kind, at }, key_id, name| {
        let at = Some(at).filter(|at| *at != NEVER);
        ends.push(End { kind, at, key_id: text(key_id)?, name: text(name)? });
        Some(())
    })?;
    Some(ends.into())
}

/// The same without the texts.
pub(crate) fn unpack_instants(packed: &[u8]) -> Option<Box<[Instant]>> {
    let mut instants = Vec::new();
    walk(packed, |instant, _, _| {
        instants.push(instant);
        Some(())
    })?;
    Some(instants.into())
}

fn walk(mut packed: &[u8], mut each: impl FnMut(Instant, &[u8], &[u8]) -> Option<()>) -> Option<()> {
    while !packed.is_empty() {
        let (kind, rest) = packed.split_first()?;
        let (at, rest) = rest.split_first_chunk::<8>()?;
        let (key_id, rest) = text(rest)?;
        let (name, rest) = text(rest)?;
        let kind = *KINDS.get(usize::from(*kind))?;
        each(Instant { kind, at: i64::from_le_bytes(*at) }, key_id, name)?;
        packed = rest;
    }
    Some(())
}

fn text(packed: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = packed.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_packed_is_unpacked(
            ends in prop::collection::vec((0usize..4, any::<Option<i64>>(), ".{0,40}", ".{0,40}"), 0..5)
        ) {
            let ends: Vec<End> = ends
                .into_iter()
                .map(|(kind, at, key_id, name)| End {
                    kind: KINDS[kind],
                    at: at.filter(|at| *at != NEVER),
                    key_id: key_id.into(),
                    name: name.into(),
                })
                .collect();
            let instants: Vec<Instant> = ends.iter().map(Instant::from).collect();
            prop_assert_eq!(unpack_instants(&pack(&ends)).unwrap().into_vec(), instants);
            prop_assert_eq!(unpack(&pack(&ends)).unwrap().into_vec(), ends);
        }

        #[test]
        fn anything_else_is_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = unpack(&bytes);
        }
    }

    #[test]
    fn a_text_beyond_all_measure_is_cut_and_nothing_after_it_is_lost() {
        let long = End { kind: KINDS[0], at: Some(1), key_id: "k".into(), name: "ä".repeat(60_000).into() };
        let short = End { kind: KINDS[3], at: None, key_id: "l".into(), name: "after".into() };
        let both = unpack(&pack(&[long, short.clone()])).unwrap();
        assert_eq!(both[1], short);
        assert!(both[0].name.len() <= usize::from(u16::MAX));
    }
}
