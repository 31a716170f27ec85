//! Trying a mailbox outside of the limit, which must be refused.

use blueprint::ProofKind;

use super::LimitedMailboxes;
use crate::PlannedProof;

/// What reads ids and nothing else, so that it may be tried on somebody's mailbox.
const HARMLESS: [ProofKind; 4] =
    [ProofKind::CalendarRead, ProofKind::MailRead, ProofKind::ContactsRead, ProofKind::MailboxSettingsRead];

/// One more proof for a limited registration. Where the app can only send, Exchange is asked and nothing is sent.
pub(in crate::plan) fn refusal(
    limited: &LimitedMailboxes,
    proofs: &[PlannedProof],
    registration: &str,
    group: &str,
) -> Option<PlannedProof> {
    let outside = limited.outside.clone()?;
    let own = || proofs.iter().filter(|proof| proof.registration == registration && proof.mailbox.is_some());
    let harmless = own().find(|proof| HARMLESS.contains(&proof.kind));
    let kind = harmless.or_else(|| own().next())?.kind;
    Some(PlannedProof {
        id: format!("proof:outside:{registration}"),
        registration: registration.to_owned(),
        group: group.to_owned(),
        kind,
        sentence: format!("Try {outside}, which is outside of the limit and must be refused."),
        mailbox: Some(outside),
        outside: true,
    })
}
