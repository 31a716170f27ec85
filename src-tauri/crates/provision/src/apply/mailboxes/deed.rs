//! One journaled command of Exchange.

use exchange::{Command, ExchangeClient, ExchangeError};
use jiff::Timestamp;

use super::super::checkpoint::Checkpoint;
use super::super::operation::guid;
use super::super::run::Running;
use super::super::stop::Stop;
use crate::{ExchangeDeed, Note, Phase, StepKey};

/// What came of a command.
pub(super) enum Came<T> {
    /// This is what it gave.
    Made(T),
    /// It was so already.
    Existed,
    /// An earlier try of this run settled it.
    Settled,
}

impl Running {
    /// Exchange for these steps, telling its waits.
    pub(crate) fn exchange_for(
        &self,
        step: &str,
        fresh_since: Option<Timestamp>,
    ) -> Result<ExchangeClient, Stop> {
        let exchange = self.worker.session.exchange.as_ref();
        let exchange = exchange.ok_or(Stop::SignInNeeded { claims: None })?;
        Ok(exchange.with_call(self.call(vec![step.to_owned()], fresh_since)))
    }

    /// Writes the intent down, sends it, and writes down what came of it. `ours` says whether "it is so already" can only
    /// be this run's own doing (its name holds the run's random bits). Sent again after a cut, it makes nothing twice.
    pub(super) async fn deed<T>(
        &self,
        exchange: &ExchangeClient,
        key: &StepKey,
        deed: ExchangeDeed,
        ours: bool,
        command: Command<T>,
    ) -> Result<Came<T>, Stop> {
        if self.facts().is_answered(key) {
            return Ok(Came::Settled);
        }
        let again = self.facts().first_intent(key).is_some();
        self.reached(Checkpoint::BeforeIntent, key).await;
        let id = guid(self.worker.session.surroundings.random_bits());
        let intent = Note::Exchange { deed: deed.clone(), ours: true };
        self.write(vec![self.line(key, Phase::Intent, intent, Some(&id))]).await?;
        self.reached(Checkpoint::AfterIntent, key).await;
        let call = graph::Call { client_request_id: Some(id), ..exchange.call().clone() };
        let result = exchange.with_call(call).invoke(command).await;
        self.reached(Checkpoint::Sent, key).await;
        self.reached(Checkpoint::Answered, key).await;
        let came = match result {
            Ok(made) => {
                self.settle(key, Note::Exchange { deed, ours: true }).await?;
                Came::Made(made)
            }
            // A repeated try finds what the first one made; so does a repetition inside the client.
            Err(ExchangeError::AlreadyExists(_)) => {
                self.settle(key, Note::Exchange { deed, ours: ours || again }).await?;
                Came::Existed
            }
            // What is to go is gone.
            Err(ExchangeError::NotFound(_)) if is_removal(&deed) => {
                self.settle(key, Note::Exchange { deed, ours: again }).await?;
                Came::Existed
            }
            Err(error) => {
                if !error.outcome().may_have_applied() {
                    let code = error.code().unwrap_or("no-answer").to_owned();
                    self.settle(key, Note::Refused { code }).await?;
                }
                return Err(error.into());
            }
        };
        self.reached(Checkpoint::Persisted, key).await;
        Ok(came)
    }
}

fn is_removal(deed: &ExchangeDeed) -> bool {
    matches!(
        deed,
        ExchangeDeed::MemberRemoved { .. }
            | ExchangeDeed::RoleTaken { .. }
            | ExchangeDeed::PolicyRemoved { .. }
    )
}
