//! One round on one way: claim what is due, carry it, write down what became of it.

use std::sync::Arc;

use net::call::Clock;

use super::{Channel, Delivered, Ledger, LedgerError, Moment, Reminder};

/// What a round did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Round {
    /// Another process has the turn; nothing was done.
    pub elsewhere: bool,
    /// Reminders that got through.
    pub carried: usize,
    /// Reminders that did not, and are tried again.
    pub failed: usize,
}

/// Reminds on one way. Call it for all ways at once: one that hangs does not hold the others.
///
/// # Errors
/// [`LedgerError`]; without a ledger nobody is reminded, because the next start would do it again.
pub async fn remind(
    ledger: &Ledger,
    channel: &dyn Channel,
    reminders: Arc<[Reminder]>,
    moment: &Moment,
    clock: &Clock,
) -> Result<Round, LedgerError> {
    let Some(turn) = ledger.turn(channel.kind()).await? else {
        return Ok(Round { elsewhere: true, ..Round::default() });
    };
    let mut round = Round::default();
    for bundle in turn.claim(reminders, moment).await? {
        let delivered = channel.deliver(&bundle).await;
        match &delivered {
            Delivered::Shown | Delivered::Accepted => round.carried += bundle.items.len(),
            Delivered::Failed { fault, .. } => {
                tracing::info!(channel = channel.kind().as_str(), %fault, "a reminder did not get through");
                round.failed += bundle.items.len();
            }
        }
        turn.settle(&bundle, &delivered, clock()).await?;
    }
    Ok(round)
}
