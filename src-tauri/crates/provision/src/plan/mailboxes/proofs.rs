//! Trying a mailbox outside of the limit, which must be refused; and asking Exchange where there is no token to try with.

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

/// What Exchange is asked once the limit of an app that is there already has changed: its secret is not known here, so the
/// app cannot be tried itself.
pub(super) fn questions(
    inside: Option<String>,
    outside: Option<String>,
    registration: &str,
    group: &str,
) -> Vec<PlannedProof> {
    let question = |mailbox: String, outside: bool| PlannedProof {
        id: format!("asked:{}:{registration}", if outside { "outside" } else { "inside" }),
        registration: registration.to_owned(),
        group: group.to_owned(),
        kind: ProofKind::MailboxSettingsRead,
        sentence: if outside {
            format!("Ask Exchange about {mailbox}, which is outside of the limit and must be out of reach.")
        } else {
            format!("Ask Exchange about {mailbox}, which is within the limit and must be in reach.")
        },
        mailbox: Some(mailbox),
        outside,
    };
    let inside = inside.map(|one| question(one, false));
    inside.into_iter().chain(outside.map(|one| question(one, true))).collect()
}
