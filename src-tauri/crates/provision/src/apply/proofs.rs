//! P6: each chosen feature is tried with the new token. Proofs read ids only, never what is in a mailbox.

use blueprint::ProofKind;
use futures_util::future;
use graph::mail::Mailbox;
use graph::{Batch, BatchAnswers, Denial, GraphClient, GraphError, UserRef, calendar, directory, mail};
use jiff::SignedDuration;

use super::events::{Hold, Progress, ProofResult};
use super::run::{Course, Running};
use super::session::AppToken;
use super::stop::Stop;
use crate::Note;
use crate::plan::{PlannedProof, Step, StepKind};

/// A mailbox may refuse for some moments after its permission was granted.
const REFUSED_TRIES: u32 = 4;

type Look = Box<dyn FnOnce(&BatchAnswers) -> Result<Option<String>, GraphError> + Send>;

impl Running {
    pub(super) async fn proofs(&self, course: &mut Course) -> Result<(), Stop> {
        let due = self.due(course, |kind| matches!(kind, StepKind::Prove));
        let all = due
            .into_iter()
            .filter_map(|(step, _)| Some((step, course.tokens.get(&step.registration)?.clone())));
        let all: Vec<_> = all.map(|(step, token)| self.prove(step, token)).collect();
        let results = future::join_all(all).await;
        for result in results {
            let results = result?;
            course.proofs.extend(results);
        }
        // What waits for somebody's grant was not tried, and is said so.
        for proof in &self.plan.proofs {
            if !course.proofs.iter().any(|(id, _)| *id == proof.id) {
                let why = "It could not be tried yet.".to_owned();
                course.proofs.push((proof.id.clone(), ProofResult::Unknown(why)));
            }
        }
        Ok(())
    }

    async fn prove(&self, step: &Step, token: AppToken) -> Result<Vec<(String, ProofResult)>, Stop> {
        let since = self.started(&step.id);
        let wanted: Vec<&PlannedProof> =
            self.plan.proofs.iter().filter(|proof| proof.registration == step.registration).collect();
        for proof in &wanted {
            self.worker.observer.on(Progress::Proving { proof: &proof.id });
        }
        if let (Some(limited), Some(planned)) =
            (self.limit_of(&step.registration), self.plan.registration(&step.registration))
        {
            let results = self.prove_limited(step, planned, limited, token, wanted).await?;
            self.done(&step.id, since);
            return Ok(results);
        }
        let mut open = wanted;
        let mut results = Vec::new();
        for attempt in 1.. {
            let client = token.graph.with_call(self.call(vec![step.id.clone()], None));
            let mut again = Vec::new();
            for (proof, result) in self.try_all(&client, &open).await {
                match result {
                    Err(error) if attempt < REFUSED_TRIES && may_change(&error) => again.push(proof),
                    Err(GraphError::Cancelled { .. }) => return Err(Stop::Cancelled),
                    other => results.push((proof.id.clone(), self.judge_proof(proof, other).await?)),
                }
            }
            if again.is_empty() {
                break;
            }
            open = again;
            self.hold(&step.id, Hold::Spreading, self.backoff(attempt)).await?;
        }
        self.verified(&step.id, Note::Plain).await?;
        self.done(&step.id, since);
        Ok(results)
    }

    pub(super) async fn judge_proof(
        &self,
        proof: &PlannedProof,
        result: Result<Option<String>, GraphError>,
    ) -> Result<ProofResult, Stop> {
        let result = match result {
            Ok(seen) => ProofResult::Proved { seen },
            Err(GraphError::Incomplete) => ProofResult::Unknown(
                "Gatehouse cannot try this by itself yet. Try it in the product.".to_owned(),
            ),
            Err(error) if error.is_transient() => {
                ProofResult::Unknown("Microsoft gave no answer. Try again later.".to_owned())
            }
            Err(error) => ProofResult::Refused(Box::new(error.into())),
        };
        self.note_proof(proof, result).await
    }

    /// Tells a result and writes it down.
    pub(super) async fn note_proof(
        &self,
        proof: &PlannedProof,
        result: ProofResult,
    ) -> Result<ProofResult, Stop> {
        self.worker.observer.on(Progress::Proof { proof: &proof.id, result: &result });
        let (proved, seen) = match &result {
            ProofResult::Proved { seen } => (true, seen.clone()),
            _ => (false, None),
        };
        let key = crate::StepKey::item(format!("prove:{}", proof.registration), &proof.id);
        let line = self.line(&key, crate::Phase::Verified, Note::Proof { proved, seen }, None);
        self.write(vec![line]).await?;
        Ok(result)
    }

    /// Everything that only reads goes together; a message is sent by itself, once.
    pub(super) async fn try_all<'a>(
        &self,
        client: &GraphClient,
        proofs: &[&'a PlannedProof],
    ) -> Vec<(&'a PlannedProof, Result<Option<String>, GraphError>)> {
        let (sending, reading): (Vec<&PlannedProof>, Vec<&PlannedProof>) =
            proofs.iter().partition(|proof| proof.kind == ProofKind::MailSendSelf);
        let sent = future::join_all(
            sending.into_iter().map(|proof| async move { (proof, send_to_self(client, proof).await) }),
        );
        let (mut results, read) = tokio::join!(sent, self.read_all(client, reading));
        results.extend(read);
        results
    }

    async fn read_all<'a>(
        &self,
        client: &GraphClient,
        proofs: Vec<&'a PlannedProof>,
    ) -> Vec<(&'a PlannedProof, Result<Option<String>, GraphError>)> {
        let mut batch = Batch::new();
        let looks: Vec<(&PlannedProof, Option<Look>)> =
            proofs.into_iter().map(|proof| (proof, self.look_at(proof, &mut batch))).collect();
        if batch.is_empty() {
            return looks.into_iter().map(|(proof, _)| (proof, Err(GraphError::Incomplete))).collect();
        }
        let answers = client.batch(batch).await;
        looks
            .into_iter()
            .map(|(proof, look)| (proof, look.map_or(Err(GraphError::Incomplete), |look| look(&answers))))
            .collect()
    }

    /// Adds the read that shows whether a feature works; `None` for one that cannot be tried by reading.
    fn look_at(&self, proof: &PlannedProof, batch: &mut Batch) -> Option<Look> {
        let who = proof.mailbox.as_ref().and_then(|address| UserRef::new(address.clone()).ok());
        match (proof.kind, who) {
            (ProofKind::CalendarRead, Some(who)) => {
                let now = self.now();
                let week = now.checked_add(SignedDuration::from_hours(7 * 24)).unwrap_or(now);
                let slot = batch.add(calendar::probe_view(&Mailbox::Of(who), now, week));
                Some(Box::new(move |answers| {
                    answers
                        .take(slot)
                        .map(|page| Some(counted(page.value.len(), "an appointment", "this week")))
                }))
            }
            (ProofKind::MailRead, Some(who)) => {
                let slot = batch.add(mail::probe(&Mailbox::Of(who)));
                Some(Box::new(move |answers| {
                    answers
                        .take(slot)
                        .map(|page| Some(counted(page.value.len(), "a message", "in the mailbox")))
                }))
            }
            (ProofKind::UsersRead, Some(who)) => {
                let slot = batch.add(directory::user(&who));
                Some(Box::new(move |answers| answers.take(slot).map(|user| user.display_name)))
            }
            (ProofKind::DirectoryRead, _) => {
                let slot = batch.add(directory::organization());
                Some(Box::new(move |answers| {
                    answers
                        .take(slot)
                        .map(|page| page.value.into_iter().next().and_then(|one| one.display_name))
                }))
            }
            _ => None,
        }
    }
}

/// The newest one is enough to know that there is one: nobody's mailbox is counted.
fn counted(found: usize, one: &str, place: &str) -> String {
    if found == 0 {
        format!("It answered, without {one} {place}.")
    } else {
        format!("It answered with {one} {place}.")
    }
}

async fn send_to_self(client: &GraphClient, proof: &PlannedProof) -> Result<Option<String>, GraphError> {
    let (Some(address), Some(Ok(who))) = (&proof.mailbox, proof.mailbox.clone().map(UserRef::new)) else {
        return Err(GraphError::Incomplete);
    };
    let subject = "Test message from Gatehouse";
    let text = "This message shows that sending works. You can delete it.";
    client.send(mail::send(&Mailbox::Of(who), address, subject, text)).await?;
    Ok(Some(format!("A test message was sent to {address}.")))
}

/// A refusal that can turn into a yes by waiting: the permission is in the token, the mailbox has not heard of it.
fn may_change(error: &GraphError) -> bool {
    matches!(error, GraphError::Forbidden { denial: Denial::Mailbox | Denial::Privileges, .. })
}
