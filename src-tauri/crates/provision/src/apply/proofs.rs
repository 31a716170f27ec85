//! P6: each chosen feature is tried with the new token. Proofs read ids only, never what is in a mailbox.

use blueprint::ProofKind;
use futures_util::future;
use graph::mail::Mailbox;
use graph::{
    Batch, BatchAnswers, Denial, GraphClient, GraphError, UserRef, calendar, directory, groups, mail, probes,
};
use jiff::SignedDuration;

use super::events::{Hold, Progress, ProofResult};
use super::run::{Course, Running};
use super::session::AppToken;
use super::stop::Stop;
use super::trials;
use crate::Note;
use crate::plan::{PlannedProof, Step, StepKind, Subject, is_delegated};

/// A mailbox may refuse for some moments after its permission was granted.
const REFUSED_TRIES: u32 = 4;

type Look = Box<dyn FnOnce(&BatchAnswers) -> Result<Option<String>, GraphError> + Send>;

impl Running {
    pub(super) async fn proofs(&self, course: &mut Course) -> Result<(), Stop> {
        let due = self.due(course, |kind| matches!(kind, StepKind::Prove));
        if matches!(self.plan.subject, Subject::MailboxAccess { .. }) {
            for (step, planned) in due {
                let results = self.prove_by_exchange(step, planned).await?;
                course.proofs.extend(results);
            }
            return Ok(());
        }
        let all = due.into_iter().filter_map(|(step, planned)| {
            let as_app = course.tokens.get(&step.registration).cloned();
            // What works for a signed-in person only is tried with the own account.
            let graph = as_app.as_ref().map(|token| token.graph.clone());
            let graph = graph.or_else(|| is_delegated(planned).then(|| self.worker.session.graph.clone()))?;
            Some((step, Prover { graph, as_person: as_app.is_none(), token: as_app }))
        });
        let all: Vec<_> = all.map(|(step, prover)| self.prove(step, prover)).collect();
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

    async fn prove(&self, step: &Step, prover: Prover) -> Result<Vec<(String, ProofResult)>, Stop> {
        let since = self.started(&step.id);
        let wanted: Vec<&PlannedProof> =
            self.plan.proofs.iter().filter(|proof| proof.registration == step.registration).collect();
        for proof in &wanted {
            self.worker.observer.on(Progress::Proving { proof: &proof.id });
        }
        if let (Some(limited), Some(planned), Some(token)) =
            (self.limit_of(&step.registration), self.plan.registration(&step.registration), &prover.token)
        {
            let results = self.prove_limited(step, planned, limited, token.clone(), wanted).await?;
            self.done(&step.id, since);
            return Ok(results);
        }
        let mut open = wanted;
        let mut results = Vec::new();
        for attempt in 1.. {
            let client = prover.graph.with_call(self.call(vec![step.id.clone()], None));
            let mut again = Vec::new();
            for (proof, result) in self.try_all(&client, &open).await {
                match result {
                    Err(error) if !prover.as_person && attempt < REFUSED_TRIES && may_change(&error) => {
                        again.push(proof);
                    }
                    Err(GraphError::Cancelled { .. }) => return Err(Stop::Cancelled),
                    Err(error) if prover.as_person && is_not_ours_to_try(&error) => {
                        let result = ProofResult::Unknown(BY_EACH_PERSON.to_owned());
                        results.push((proof.id.clone(), self.note_proof(proof, result).await?));
                    }
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
            ProofResult::Unknown(why) => (false, Some(why.clone())),
            ProofResult::Refused(_) => (false, None),
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
        let (alone, reading): (Vec<&PlannedProof>, Vec<&PlannedProof>) =
            proofs.iter().partition(|proof| trials::is_alone(proof.kind));
        let once = super::operation::guid(self.worker.session.surroundings.random_bits());
        let (now, once) = (self.now(), &once);
        let sent = future::join_all(
            alone
                .into_iter()
                .map(|proof| async move { (proof, trials::alone(client, proof, now, once).await) }),
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
        let mailbox = who.clone().map_or(Mailbox::Mine, Mailbox::Of);
        match (proof.kind, who) {
            (ProofKind::CalendarRead, _) => {
                let now = self.now();
                let week = now.checked_add(SignedDuration::from_hours(7 * 24)).unwrap_or(now);
                let slot = batch.add(calendar::probe_view(&mailbox, now, week));
                Some(Box::new(move |answers| {
                    answers
                        .take(slot)
                        .map(|page| Some(counted(page.value.len(), "an appointment", "this week")))
                }))
            }
            (ProofKind::MailRead, _) => {
                let slot = batch.add(mail::probe(&mailbox));
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
            // Without a mailbox to name: that one person can be read shows that people can.
            (ProofKind::UsersRead, None) => {
                let slot = batch.add(probes::people());
                Some(Box::new(move |answers| {
                    answers.take(slot).map(|page| Some(listed(page.value.len(), "a person")))
                }))
            }
            (ProofKind::GroupsRead, _) => {
                let slot = batch.add(groups::probe());
                Some(Box::new(move |answers| {
                    answers.take(slot).map(|page| Some(listed(page.value.len(), "a group")))
                }))
            }
            (ProofKind::ContactsRead, _) => {
                let slot = batch.add(probes::contacts(&mailbox));
                Some(Box::new(move |answers| {
                    answers
                        .take(slot)
                        .map(|page| Some(counted(page.value.len(), "a contact", "in the mailbox")))
                }))
            }
            (ProofKind::MailboxSettingsRead, _) => {
                let slot = batch.add(probes::mailbox_settings(&mailbox));
                Some(Box::new(move |answers| answers.take(slot).map(|()| Some("It answered.".to_owned()))))
            }
            (ProofKind::SitesRead, _) => {
                let slot = batch.add(probes::sites());
                Some(Box::new(move |answers| answers.take(slot).map(|_| Some("It answered.".to_owned()))))
            }
            _ => None,
        }
    }
}

/// Who tries: the app with its own token, or the signed-in person where the app works for people only.
struct Prover {
    graph: GraphClient,
    as_person: bool,
    token: Option<AppToken>,
}

/// Gatehouse asks the signed-in person for no more than its own tasks need, so it may not be able to try for an app.
const BY_EACH_PERSON: &str = "This works for each person who signs in. Gatehouse itself may not look there. Sign in with the app, \
                              here or in the product, to see it work.";

/// The signed-in person did not give Gatehouse this permission, which says nothing about the app.
fn is_not_ours_to_try(error: &GraphError) -> bool {
    matches!(
        error,
        GraphError::Forbidden { .. } | GraphError::NeedsInteraction { .. } | GraphError::Unauthorized(_)
    ) || matches!(error, GraphError::NoToken(graph::TokenRefusal::InteractionNeeded { .. }))
}

/// That one could be listed is enough.
fn listed(found: usize, one: &str) -> String {
    if found == 0 { format!("It answered, without {one}.") } else { format!("It answered with {one}.") }
}

/// The newest one is enough to know that there is one: nobody's mailbox is counted.
fn counted(found: usize, one: &str, place: &str) -> String {
    if found == 0 {
        format!("It answered, without {one} {place}.")
    } else {
        format!("It answered with {one} {place}.")
    }
}

/// A refusal that can turn into a yes by waiting: the permission is in the token, the mailbox has not heard of it.
fn may_change(error: &GraphError) -> bool {
    matches!(error, GraphError::Forbidden { denial: Denial::Mailbox | Denial::Privileges, .. })
}
