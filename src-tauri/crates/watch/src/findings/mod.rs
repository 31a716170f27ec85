//! What needs attention: the rules, their words, and a ledger of what they found.
//!
//! [`judge`] looks at one app and knows nothing else than its [`Context`]; what could not be looked at makes no finding, but
//! stands in [`gaps`]. [`Ledger`] keeps findings on this machine with what people chose to ignore, and judges again only what
//! has changed. [`secret_match`] says which secret somebody pasted, and [`drift`] compares an app with its connector.

mod case;
mod context;
mod days;
mod finding;
mod gaps;
mod ledger;
mod permissions;
mod rule;
mod rules;
mod secret_match;
mod words;

pub use context::{Connection, Context, EVERY_APP, MailboxLimits, Thresholds};
pub use finding::{Finding, Remedy, RemedyAction, RemedyButton};
pub use gaps::{Gap, GapCounts, Subject, gaps};
pub use ledger::{
    Health, IgnoreError, Ignored, Judged, Ledger, LedgerError, Listed, Page, Query, RuleCount, Waiting,
};
pub use permissions::Permissions;
pub use rule::{Rule, Severity};
pub use rules::drift::{Difference, drift};
pub use rules::lookalike::looks_like;
pub use secret_match::{Certainty, Match, Matched, same_secret, secret_match};

use std::collections::HashSet;

use crate::App;
use case::Case;
use days::Days;

/// Everything that needs attention on an app, the most pressing first.
///
/// What is not known makes no finding; [`gaps`] lists it.
#[must_use]
pub fn judge(app: &App, context: &Context) -> Vec<Finding> {
    let days = Days::of(context);
    let mut found = Vec::new();
    rules::judge(&Case::of(app, context, &days), &mut found);
    found.sort_by(|one, other| {
        let key = |finding: &Finding| (std::cmp::Reverse(finding.severity), finding.at.is_none(), finding.at);
        key(one).cmp(&key(other)).then_with(|| one.id.cmp(&other.id))
    });
    // Two credentials of one key id are one to whoever reads.
    let mut seen = HashSet::new();
    found.retain(|finding| seen.insert(finding.id.clone()));
    found
}
