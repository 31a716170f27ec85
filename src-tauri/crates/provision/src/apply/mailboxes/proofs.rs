//! Trying a limited app: a mailbox within answers, one outside is refused.
//!
//! Exchange is asked first: its test looks past the cache that an app's real calls meet. Where it says that all is well and
//! the real call does not agree yet, the cache is waited for. Each try keeps an old answer alive for another half hour
//! ("the cache of an app with no inbound calls is reset after 30 minutes"), so there are few of them.

use std::collections::BTreeMap;
use std::time::Duration;

use exchange::resources::InScope;
use exchange::{ExchangeClient, access_policies, authorization};
use graph::{Denial, GraphError};
use jiff::SignedDuration;

use super::super::events::{Hold, Progress, ProofResult};
use super::super::run::Running;
use super::super::session::AppToken;
use super::super::stop::Stop;
use crate::plan::{LimitWay, LimitedMailboxes, PlannedProof, Step, StepKind, identity};
use crate::{Note, PlannedRegistration};

/// Between two tries: a little longer than an idle app's cache lives.
const IDLE: Duration = Duration::from_secs(31 * 60);
/// Microsoft says two hours at most; a little more for clocks and for the last try.
const LONGEST: SignedDuration = SignedDuration::from_mins(2 * 60 + 35);

/// How often Exchange is asked until it agrees with itself.
const ASKED_TRIES: u32 = 5;

/// What Exchange's own test says of a mailbox: whether the app reaches it. `None` where it cannot say.
type Verdicts = BTreeMap<String, bool>;

impl Running {
    /// The limit of a registration, where this plan has one that is in force or was set by this run.
    pub(in crate::apply) fn limit_of(&self, registration: &str) -> Option<&LimitedMailboxes> {
        self.plan.steps.iter().find_map(|step| match &step.kind {
            StepKind::LimitMailboxes(limited) if step.registration == registration => {
                step.not_by_you.is_none().then_some(&**limited)
            }
            _ => None,
        })
    }

    pub(in crate::apply) async fn prove_limited(
        &self,
        step: &Step,
        planned: &PlannedRegistration,
        limited: &LimitedMailboxes,
        mut token: AppToken,
        proofs: Vec<&PlannedProof>,
    ) -> Result<Vec<(String, ProofResult)>, Stop> {
        let verdicts = self.verdicts(step, planned, limited.way, &proofs).await?;
        let begun = self.newest_change(&step.registration).unwrap_or_else(|| self.now());
        let (mut open, mut results) = (proofs, Vec::new());
        loop {
            let client = token.graph.with_call(self.call(vec![step.id.clone()], None));
            // Sending from somebody's mailbox is no test: there Exchange's word is the proof.
            let (asked, tried): (Vec<&PlannedProof>, Vec<&PlannedProof>) =
                open.into_iter().partition(|proof| proof.outside && is_sending(proof));
            for proof in asked {
                results.push((proof.id.clone(), self.judge_by_exchange(proof, &verdicts).await?));
            }
            let mut again = Vec::new();
            for (proof, result) in self.try_all(&client, &tried).await {
                if matches!(result, Err(GraphError::Cancelled { .. })) {
                    return Err(Stop::Cancelled);
                }
                if will_change(proof, &result, &verdicts) {
                    again.push(proof);
                } else {
                    results.push((proof.id.clone(), self.judge_limited(proof, result).await?));
                }
            }
            if again.is_empty() {
                break;
            }
            if self.now().duration_since(begun) >= LONGEST {
                for proof in again {
                    let why =
                        "Exchange has the limit, and does not act on it everywhere yet. Test again later.";
                    let result = ProofResult::Unknown(why.to_owned());
                    results.push((proof.id.clone(), self.note_proof(proof, result).await?));
                }
                break;
            }
            open = again;
            self.hold(&step.id, Hold::MailboxCache, IDLE).await?;
            token = self.sign_in_again(step, planned).await?.unwrap_or(token);
        }
        self.verified(&step.id, Note::Plain).await?;
        Ok(results)
    }

    /// Without a token of the app: Exchange's own test, which looks past the cache, is the proof.
    pub(in crate::apply) async fn prove_by_exchange(
        &self,
        step: &Step,
        planned: &PlannedRegistration,
    ) -> Result<Vec<(String, ProofResult)>, Stop> {
        let since = self.started(&step.id);
        let way = self.limit_of(&step.registration).map_or(LimitWay::Roles, |limited| limited.way);
        let mine = |proof: &&PlannedProof| proof.registration == step.registration;
        let proofs: Vec<&PlannedProof> = self.plan.proofs.iter().filter(mine).collect();
        for proof in &proofs {
            self.worker.observer.on(Progress::Proving { proof: &proof.id });
        }
        let mut verdicts = Verdicts::new();
        for attempt in 1..=ASKED_TRIES {
            verdicts = self.verdicts(step, planned, way, &proofs).await?;
            let as_it_should = |proof: &&PlannedProof| {
                let said = proof.mailbox.as_ref().and_then(|mailbox| verdicts.get(mailbox));
                said == Some(&!proof.outside)
            };
            if attempt == ASKED_TRIES || proofs.iter().all(as_it_should) {
                break;
            }
            self.hold(&step.id, Hold::Spreading, self.backoff(attempt)).await?;
        }
        let mut results = Vec::new();
        for proof in proofs {
            results.push((proof.id.clone(), self.judge_by_exchange(proof, &verdicts).await?));
        }
        self.verified(&step.id, Note::Plain).await?;
        self.done(&step.id, since);
        Ok(results)
    }

    /// Asks Exchange about every mailbox that will be tried.
    async fn verdicts(
        &self,
        step: &Step,
        planned: &PlannedRegistration,
        way: LimitWay,
        proofs: &[&PlannedProof],
    ) -> Result<Verdicts, Stop> {
        let mut verdicts = Verdicts::new();
        let Ok(exchange) = self.exchange_for(&step.id, None) else { return Ok(verdicts) };
        let (app_id, principal, _) = self.app_of(planned)?;
        for mailbox in proofs.iter().filter_map(|proof| proof.mailbox.clone()) {
            if verdicts.contains_key(&mailbox) {
                continue;
            }
            let said = match way {
                LimitWay::Roles => by_roles(&exchange, principal.as_str(), &mailbox).await,
                LimitWay::Policy => {
                    let test = access_policies::test(&identity(&mailbox), app_id.as_str());
                    exchange.invoke(test).await.ok().and_then(|test| test.is_granted())
                }
            };
            if let Some(said) = said {
                verdicts.insert(mailbox, said);
            }
        }
        Ok(verdicts)
    }

    async fn judge_limited(
        &self,
        proof: &PlannedProof,
        result: Result<Option<String>, GraphError>,
    ) -> Result<ProofResult, Stop> {
        if !proof.outside {
            return self.judge_proof(proof, result).await;
        }
        let mailbox = proof.mailbox.clone().unwrap_or_default();
        let result = match result {
            Err(GraphError::Forbidden { .. }) => ProofResult::Proved {
                seen: Some(format!("The way into {mailbox} was refused, as it should be.")),
            },
            Ok(_) => ProofResult::Refused(Box::new(Stop::ReachesOutside { mailbox })),
            Err(error) if error.is_transient() => {
                ProofResult::Unknown("Microsoft gave no answer. Try again later.".to_owned())
            }
            Err(error) => ProofResult::Refused(Box::new(error.into())),
        };
        self.note_proof(proof, result).await
    }

    async fn judge_by_exchange(
        &self,
        proof: &PlannedProof,
        verdicts: &Verdicts,
    ) -> Result<ProofResult, Stop> {
        let mailbox = proof.mailbox.clone().unwrap_or_default();
        let result = match verdicts.get(&mailbox) {
            Some(false) if proof.outside => ProofResult::Proved {
                seen: Some(if is_sending(proof) {
                    format!("Exchange says that {mailbox} is out of reach. No message was sent.")
                } else {
                    format!("Exchange says that {mailbox} is out of reach.")
                }),
            },
            Some(true) if proof.outside => ProofResult::Refused(Box::new(Stop::ReachesOutside { mailbox })),
            Some(true) => {
                ProofResult::Proved { seen: Some(format!("Exchange says that {mailbox} is in reach.")) }
            }
            Some(false) => ProofResult::Unknown(format!(
                "Exchange does not count {mailbox} as within the limit yet. Test it again later."
            )),
            None => ProofResult::Unknown("Exchange gave no answer. Try again later.".to_owned()),
        };
        self.note_proof(proof, result).await
    }
}

async fn by_roles(exchange: &ExchangeClient, principal: &str, mailbox: &str) -> Option<bool> {
    let test = authorization::test(&identity(principal), Some(&identity(mailbox)));
    let lines = exchange.invoke(test).await.ok()?;
    Some(lines.iter().any(|line| line.in_scope == InScope::Yes))
}

fn is_sending(proof: &PlannedProof) -> bool {
    proof.kind == blueprint::ProofKind::MailSendSelf
}

/// Whether a result that is not what it should be will become so by waiting, by Exchange's own word.
fn will_change(
    proof: &PlannedProof,
    result: &Result<Option<String>, GraphError>,
    verdicts: &Verdicts,
) -> bool {
    let said = proof.mailbox.as_ref().and_then(|mailbox| verdicts.get(mailbox));
    match result {
        Ok(_) => proof.outside && said == Some(&false),
        Err(GraphError::Forbidden { denial: Denial::Mailbox | Denial::Privileges, .. }) => {
            !proof.outside && said == Some(&true)
        }
        Err(_) => false,
    }
}
