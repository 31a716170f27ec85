//! One journaled request, and several of them sent together.

use async_trait::async_trait;
use graph::{Batch, BatchAnswers, Call, GraphClient, GraphError, Request};
use jiff::Timestamp;

use super::checkpoint::Checkpoint;
use super::run::Running;
use super::stop::{LONGEST_WAIT, Stop};
use super::waits::Waits;
use crate::journal::Line;
use crate::{Note, Phase, StepKey};

/// What an answer means.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer {
    /// It is done; this is to be written down.
    Done(Note),
    /// It was there already; it has to be looked up to know its ids.
    Existed,
}

pub(super) type Take = Box<dyn FnOnce(&BatchAnswers) -> Result<Answer, GraphError> + Send>;

/// A request whose intent and outcome are journaled. Every one can be sent again without making anything twice.
#[async_trait]
pub(super) trait Operation: Send + Sync {
    fn key(&self) -> &StepKey;
    /// What is written down before it is sent.
    fn intent(&self) -> Note;
    fn add(&self, batch: &mut Batch) -> Take;
    async fn send(&self, client: &GraphClient) -> Result<Answer, GraphError>;
}

pub(super) struct Typed<T, R> {
    pub(super) key: StepKey,
    pub(super) intent: Note,
    pub(super) request: Request<T>,
    pub(super) read: R,
}

pub(super) fn operation<T, R>(key: StepKey, request: Request<T>, read: R) -> Box<dyn Operation>
where
    T: Send + 'static,
    R: Fn(T) -> Answer + Clone + Send + Sync + 'static,
{
    Box::new(Typed { key, intent: Note::Plain, request, read })
}

#[async_trait]
impl<T, R> Operation for Typed<T, R>
where
    T: Send + 'static,
    R: Fn(T) -> Answer + Clone + Send + Sync + 'static,
{
    fn key(&self) -> &StepKey {
        &self.key
    }

    fn intent(&self) -> Note {
        self.intent.clone()
    }

    fn add(&self, batch: &mut Batch) -> Take {
        let (slot, read) = (batch.add(self.request.clone()), self.read.clone());
        Box::new(move |answers| answers.take(slot).map(read))
    }

    async fn send(&self, client: &GraphClient) -> Result<Answer, GraphError> {
        client.send(self.request.clone()).await.map(&self.read)
    }
}

pub(super) type Outcome = (StepKey, Result<Answer, GraphError>);

impl Running {
    /// Rules for calls about these steps.
    pub(super) fn call(&self, steps: Vec<String>, fresh_since: Option<Timestamp>) -> Call {
        let now = self.now();
        Call {
            deadline: Some(now.checked_add(LONGEST_WAIT).unwrap_or(now)),
            cancel: self.cancel.clone(),
            observer: Some(Waits::new(self.worker.observer.clone(), steps)),
            fresh_since,
            ..Call::default()
        }
    }

    /// Writes the intents down, sends all in one round trip, and gives back every answer. Answers that are final are
    /// written down before this returns; those that say "it existed" are for the caller to look up.
    pub(super) async fn perform(
        &self,
        operations: Vec<Box<dyn Operation>>,
        fresh_since: Option<Timestamp>,
    ) -> Result<Vec<Outcome>, Stop> {
        if operations.is_empty() {
            return Ok(Vec::new());
        }
        for one in &operations {
            self.reached(Checkpoint::BeforeIntent, one.key()).await;
        }
        let id = guid(self.worker.session.surroundings.random_bits());
        let intents = operations
            .iter()
            .map(|one| self.line(one.key(), Phase::Intent, one.intent(), Some(&id)))
            .collect();
        self.write(intents).await?;
        for one in &operations {
            self.reached(Checkpoint::AfterIntent, one.key()).await;
        }
        let steps = operations.iter().map(|one| one.key().step.clone()).collect();
        let call = Call { client_request_id: Some(id), ..self.call(steps, fresh_since) };
        let client = self.worker.session.graph.with_call(call);
        let outcomes = send(&client, &operations).await;
        for (key, _) in &outcomes {
            self.reached(Checkpoint::Sent, key).await;
        }
        for (key, _) in &outcomes {
            self.reached(Checkpoint::Answered, key).await;
        }
        let mut lines = Vec::new();
        for (key, result) in &outcomes {
            match result {
                Ok(Answer::Done(note)) => lines.push(self.line(key, Phase::Answered, note.clone(), None)),
                Ok(Answer::Existed) | Err(GraphError::AlreadyExists(_)) => {}
                Err(error) if error.outcome().may_have_applied() => {}
                Err(error) => {
                    let code = error.code().map_or_else(|| "no-answer".to_owned(), ToString::to_string);
                    lines.push(self.line(key, Phase::Answered, Note::Refused { code }, None));
                }
            }
        }
        self.write(lines).await?;
        for (key, _) in &outcomes {
            self.reached(Checkpoint::Persisted, key).await;
        }
        Ok(outcomes)
    }

    /// Writes one answer down that had to be looked up.
    pub(crate) async fn settle(&self, key: &StepKey, note: Note) -> Result<(), Stop> {
        self.write(vec![self.line(key, Phase::Answered, note, None)]).await
    }

    pub(crate) fn line(
        &self,
        key: &StepKey,
        phase: Phase,
        note: Note,
        client_request_id: Option<&str>,
    ) -> Line {
        let attempt = self.attempt(key, phase);
        Line {
            key: key.clone(),
            attempt,
            phase,
            client_request_id: client_request_id.map(str::to_owned),
            at: self.now(),
            note,
        }
    }
}

/// One request goes by itself, several go in one batch.
async fn send(client: &GraphClient, operations: &[Box<dyn Operation>]) -> Vec<Outcome> {
    if let [only] = operations {
        return vec![(only.key().clone(), only.send(client).await)];
    }
    let mut batch = Batch::new();
    let takes: Vec<_> = operations.iter().map(|one| (one.key().clone(), one.add(&mut batch))).collect();
    let answers = client.batch(batch).await;
    takes.into_iter().map(|(key, take)| (key, take(&answers))).collect()
}

/// Random bits in the form that Graph takes for `client-request-id`.
pub(in crate::apply) fn guid(bits: u128) -> String {
    let hex = format!("{bits:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
