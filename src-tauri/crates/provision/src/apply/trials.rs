//! Proofs that cannot share a round trip: each sends something once, or reads in two parts. What is made is removed before
//! the proof is over; what could not be removed is said.

use blueprint::ProofKind;
use graph::mail::Mailbox;
use graph::{GraphClient, GraphError, UserRef, mail, probes};
use jiff::{SignedDuration, Timestamp};

use crate::plan::PlannedProof;

/// Whether a proof of this kind goes by itself.
pub(super) fn is_alone(kind: ProofKind) -> bool {
    matches!(
        kind,
        ProofKind::MailSendSelf | ProofKind::MailWrite | ProofKind::CalendarWrite | ProofKind::ReportsRead
    )
}

/// Tries it; `once` names the sending, so that a repetition makes nothing twice.
pub(super) async fn alone(
    client: &GraphClient,
    proof: &PlannedProof,
    now: Timestamp,
    once: &str,
) -> Result<Option<String>, GraphError> {
    let who = proof.mailbox.clone().and_then(|address| UserRef::new(address).ok());
    match (proof.kind, who) {
        (ProofKind::ReportsRead, _) => report(client).await,
        (ProofKind::MailSendSelf, Some(who)) => {
            send_to_self(client, who, proof.mailbox.as_deref().unwrap_or_default()).await
        }
        (ProofKind::MailWrite, who) => draft(client, &who.map_or(Mailbox::Mine, Mailbox::Of)).await,
        (ProofKind::CalendarWrite, who) => {
            event(client, &who.map_or(Mailbox::Mine, Mailbox::Of), now, once).await
        }
        _ => Err(GraphError::Incomplete),
    }
}

const SUBJECT: &str = "Test of Gatehouse: removed at once";

async fn report(client: &GraphClient) -> Result<Option<String>, GraphError> {
    let report = client.usage_report().await?;
    let names = match report.shows_names {
        Some(true) => "It shows real names.",
        Some(false) => "It hides the names. After the setting was changed, Microsoft can take some time.",
        None => "There is nobody in it yet, so it cannot be seen whether it shows names.",
    };
    Ok(Some(format!("The usage report answered. {names}")))
}

async fn send_to_self(
    client: &GraphClient,
    who: UserRef,
    address: &str,
) -> Result<Option<String>, GraphError> {
    let subject = "Test message from Gatehouse";
    let text = "This message shows that sending works. You can delete it.";
    client.send(mail::send(&Mailbox::Of(who), address, subject, text)).await?;
    Ok(Some(format!("A test message was sent to {address}.")))
}

async fn draft(client: &GraphClient, mailbox: &Mailbox) -> Result<Option<String>, GraphError> {
    let made = client.send(probes::save_draft(mailbox, SUBJECT)).await?;
    let removed = match probes::remove_message(mailbox, &made.id) {
        Some(request) => client.send(request).await,
        None => Err(GraphError::Incomplete),
    };
    Ok(Some(outcome(&removed, "A draft was saved and removed again.", "a draft")))
}

async fn event(
    client: &GraphClient,
    mailbox: &Mailbox,
    now: Timestamp,
    once: &str,
) -> Result<Option<String>, GraphError> {
    // A day ahead, so that nobody sees it begin.
    let from = now.checked_add(SignedDuration::from_hours(24)).unwrap_or(now);
    let to = from.checked_add(SignedDuration::from_mins(15)).unwrap_or(from);
    let made = client.send(probes::add_event(mailbox, SUBJECT, from, to, once)).await?;
    let removed = match probes::remove_event(mailbox, &made.id) {
        Some(request) => client.send(request).await,
        None => Err(GraphError::Incomplete),
    };
    Ok(Some(outcome(&removed, "An event was added and removed again.", "an event")))
}

fn outcome(removed: &Result<(), GraphError>, fine: &str, what: &str) -> String {
    match removed {
        Ok(()) | Err(GraphError::NotFound(_)) => fine.to_owned(),
        Err(_) => format!(
            "It worked, but {what} with the subject “{SUBJECT}” could not be removed. You can delete it."
        ),
    }
}
