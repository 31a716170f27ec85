//! Many requests in one round trip.
//! <https://learn.microsoft.com/graph/json-batching>

mod run;
mod wire;

use std::fmt;

use crate::client::{GraphClient, read};
use crate::error::GraphError;
use crate::reply::{Decode, Reply};
use crate::request::Request;
use net::call::Repeat;

/// Most members of one `$batch`.
pub(crate) const LARGEST: usize = 20;

/// Requests to be sent together. More than twenty are split into several `$batch` calls.
///
/// Members run in any order unless one is added [after](Self::add_after) another. A member that is throttled or meets an
/// unavailable server is sent again by itself, as its [`Repeat`] allows. The whole call is repeated only when that is
/// safe for every member: keep a request that duplicates (a mail) out of a batch with others.
#[derive(Default)]
pub struct Batch {
    pub(crate) members: Vec<Member>,
}

pub(crate) struct Member {
    /// `None` when the request cannot be sent in a batch.
    pub(crate) request: Option<wire::Request>,
    pub(crate) repeat: Repeat,
    pub(crate) shape: String,
    pub(crate) is_write: bool,
    pub(crate) after: Option<usize>,
}

/// The place of one member's answer.
pub struct Slot<T> {
    pub(crate) index: usize,
    decode: Decode<T>,
}

impl<T> fmt::Debug for Slot<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Slot({})", self.index)
    }
}

impl Batch {
    /// An empty batch.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of members.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is nothing to send.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Adds a request. A request whose answer holds a secret is not sent: its result is
    /// [`GraphError::Incomplete`].
    pub fn add<T>(&mut self, request: Request<T>) -> Slot<T> {
        self.push(request, None)
    }

    /// Adds a request that runs only once `before` has succeeded; else its result is [`GraphError::DependencyFailed`].
    /// Graph takes three patterns: no dependencies, each on the one before, or all on one.
    pub fn add_after<T, B>(&mut self, before: &Slot<B>, request: Request<T>) -> Slot<T> {
        self.push(request, Some(before.index))
    }

    fn push<T>(&mut self, request: Request<T>, after: Option<usize>) -> Slot<T> {
        let index = self.members.len();
        let (repeat, shape, is_write, decode) =
            (request.repeat, request.shape(), request.is_write(), request.decode);
        let sendable = request.is_complete() && !request.secret && !request.redirects && !request.beta;
        let request = sendable.then(|| wire::Request::new(index, request));
        self.members.push(Member { request, repeat, shape, is_write, after });
        Slot { index, decode }
    }

    pub(crate) async fn run(self, client: &GraphClient) -> BatchAnswers {
        run::run(self.members, client).await
    }
}

/// The answers of a batch, each behind its [`Slot`].
#[derive(Debug)]
pub struct BatchAnswers {
    pub(crate) answers: Vec<Answer>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) shape: String,
    pub(crate) is_write: bool,
    pub(crate) result: Result<Reply, GraphError>,
}

impl BatchAnswers {
    /// The answer of one member.
    ///
    /// # Errors
    /// [`GraphError`] of this member alone, or of the whole call when that failed.
    #[allow(clippy::needless_pass_by_value)] // A slot is used once.
    pub fn take<T>(&self, slot: Slot<T>) -> Result<T, GraphError> {
        // A slot of another batch has no answer here.
        let answer = self.answers.get(slot.index).ok_or(GraphError::Incomplete)?;
        let reply = answer.result.as_ref().map_err(Clone::clone)?;
        read(reply, slot.decode, &answer.shape, answer.is_write)
    }
}
