//! The one thread that talks to the keyring. Others ask and wait for a while; whoever stops waiting leaves the question
//! with the thread, which may be stuck in a prompt for minutes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use super::SecretStore;
use crate::error::VaultError;

/// How long anyone waits for the keyring, all calls of one question together.
pub(crate) const PATIENCE: Duration = Duration::from_secs(3);

type Question = Box<dyn FnOnce(&dyn SecretStore) + Send>;

/// The keyring did not answer in time, or did not answer the last question and is therefore not asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotAnswering;

/// A handle on the thread. The thread ends when the handle is dropped and the last question is answered.
pub(crate) struct KeyringThread {
    questions: mpsc::Sender<Question>,
    asked: AtomicU64,
    answered: Arc<AtomicU64>,
    /// The newest question that somebody gave up on. Until it is answered, the breaker is open: nobody waits again.
    given_up: AtomicU64,
    patience: Duration,
}

impl KeyringThread {
    /// Starts the thread.
    pub(crate) fn start(store: Arc<dyn SecretStore>, patience: Duration) -> Result<Self, VaultError> {
        let (questions, inbox) = mpsc::channel::<Question>();
        let answered = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&answered);
        std::thread::Builder::new()
            .name("vault-keyring".to_owned())
            .spawn(move || {
                for question in inbox {
                    question(&*store);
                    count.fetch_add(1, Ordering::SeqCst);
                }
            })
            .map_err(|_| VaultError::Interrupted)?;
        Ok(Self { questions, asked: AtomicU64::new(0), answered, given_up: AtomicU64::new(0), patience })
    }

    /// Whether a question is open that somebody gave up waiting for, as with a prompt that is still on the screen.
    pub(crate) fn is_stuck(&self) -> bool {
        self.given_up.load(Ordering::SeqCst) > self.answered.load(Ordering::SeqCst)
    }

    /// Asks, and waits for the answer for at most [`PATIENCE`]. Blocks the calling thread.
    pub(crate) fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn SecretStore) -> T + Send + 'static,
    ) -> Result<T, NotAnswering> {
        if self.is_stuck() {
            return Err(NotAnswering);
        }
        let (reply, answer) = mpsc::sync_channel(1);
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let sent = self.questions.send(Box::new(move |store| {
            // Nobody may be listening any more.
            let _ = reply.send(question(store));
        }));
        sent.map_err(|_| NotAnswering)?;
        answer.recv_timeout(self.patience).map_err(|error| {
            if error == RecvTimeoutError::Timeout {
                self.given_up.fetch_max(number, Ordering::SeqCst);
            }
            NotAnswering
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::keyring::testing::MemoryKeyring;

    const SHORT: Duration = Duration::from_millis(20);

    fn thread(patience: Duration) -> KeyringThread {
        KeyringThread::start(Arc::new(MemoryKeyring::new()), patience).unwrap()
    }

    #[test]
    fn questions_are_answered_in_order_on_one_thread() {
        let thread = thread(PATIENCE);
        let first = thread.ask(|_| std::thread::current().id()).unwrap();
        assert_eq!(thread.ask(|_| std::thread::current().id()), Ok(first));
        assert_ne!(first, std::thread::current().id());
    }

    #[test]
    fn a_stuck_question_opens_the_breaker_until_it_is_answered() {
        let thread = thread(SHORT);
        let (let_go, stuck) = channel::<()>();
        let (done, is_done) = channel::<()>();
        let given_up = thread.ask(move |_| {
            stuck.recv().unwrap();
            done.send(()).unwrap();
        });
        assert_eq!(given_up, Err(NotAnswering));

        // Were the second question sent, this would deadlock: the breaker answers without asking.
        assert_eq!(thread.ask(|_| unreachable!("the breaker is open")), Err::<(), _>(NotAnswering));

        let_go.send(()).unwrap();
        is_done.recv().unwrap();
        // The count is raised just after the answer; ask until it is seen.
        let answer = std::iter::repeat_with(|| thread.ask(|_| 7)).find(Result::is_ok);
        assert_eq!(answer, Some(Ok(7)));
    }
}
