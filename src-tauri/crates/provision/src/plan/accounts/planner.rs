//! Looking at accounts, and the steps that they need.

use blueprint::{AccountSpec, SettingKind, Setup};
use graph::resources::{Account, ReportSettings, SecurityDefaults, SubscribedSku};
use graph::{Batch, GraphClient, GraphError, UserRef, licences, policies, reports, users};

use super::judge::Case;
use super::planned::{PlannedAccount, PlannedLicence};
use super::problem::AccountProblem;
use super::words;
use crate::plan::compare::Comparison;
use crate::plan::problem::{Problem, ProblemKind};
use crate::plan::step::StepKind;
use crate::plan::{MAY_GIVE_LICENCES, MAY_MAKE_ACCOUNTS};

/// What a plan about accounts and settings looks at besides everything else: one round trip, and none without them.
#[derive(Debug, Default)]
pub(in crate::plan) struct AccountsSeen {
    accounts: Vec<Option<Result<Option<Account>, GraphError>>>,
    subscribed: Option<Result<Vec<SubscribedSku>, GraphError>>,
    second_proof: Option<Result<SecurityDefaults, GraphError>>,
    pub(in crate::plan) report_settings: Option<Result<ReportSettings, GraphError>>,
}

/// Reads all of it.
pub(in crate::plan) async fn look(client: &GraphClient, setup: &Setup) -> AccountsSeen {
    let mut batch = Batch::new();
    let accounts: Vec<_> = setup
        .accounts
        .iter()
        .map(|spec| UserRef::new(spec.address.clone()).ok().map(|who| batch.add(users::account(&who))))
        .collect();
    let licences =
        setup.accounts.iter().any(|spec| spec.licence.is_some()).then(|| batch.add(licences::subscribed()));
    let second = (!setup.accounts.is_empty()).then(|| batch.add(policies::security_defaults()));
    let reports = setup
        .settings
        .iter()
        .any(|one| one.kind == SettingKind::ReportsShowNames)
        .then(|| batch.add(reports::settings()));
    if batch.is_empty() {
        return AccountsSeen::default();
    }
    let answers = client.batch(batch).await;
    AccountsSeen {
        accounts: accounts
            .into_iter()
            .map(|slot| {
                slot.map(|slot| match answers.take(slot) {
                    Ok(account) => Ok(Some(account)),
                    Err(GraphError::NotFound(_)) => Ok(None),
                    Err(error) => Err(error),
                })
            })
            .collect(),
        subscribed: licences.map(|slot| answers.take(slot).map(|page| page.value)),
        second_proof: second.map(|slot| answers.take(slot)),
        report_settings: reports.map(|slot| answers.take(slot)),
    }
}

impl Comparison<'_> {
    /// Adds the steps of all accounts. They come first: registrations may be proved on their mailboxes.
    pub(in crate::plan) fn account_steps(
        &mut self,
        specs: &[AccountSpec],
        seen: &AccountsSeen,
    ) -> Result<(), GraphError> {
        let subscribed = match &seen.subscribed {
            Some(Ok(list)) => Some(list.as_slice()),
            Some(Err(error)) => {
                self.not_looked_up("which licences the organisation has", error);
                None
            }
            None => None,
        };
        for (spec, found) in specs.iter().zip(&seen.accounts) {
            let existing = match found {
                Some(Ok(account)) => account.as_ref(),
                Some(Err(error)) => return Err(error.clone()),
                None => None,
            };
            self.account(&Case { spec, existing, organisation: &self.actual.organisation, subscribed });
            match &seen.second_proof {
                Some(Ok(rule)) if rule.is_enabled == Some(true) => {
                    self.account_problem(spec, AccountProblem::SecondProof, false);
                }
                Some(Err(error)) => {
                    self.not_looked_up("whether a second proof is asked for at sign-in", error);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn account(&mut self, case: &Case<'_>) {
        let spec = case.spec;
        for obstacle in case.obstacles() {
            self.account_problem(spec, obstacle, true);
        }
        let planned = PlannedAccount {
            key: spec.key.clone(),
            title: spec.title.clone(),
            address: spec.address.clone(),
            display_name: case
                .existing
                .and_then(|account| account.display_name.clone())
                .unwrap_or_else(|| spec.display_name.clone()),
            existing: case.existing.map(|account| account.id.clone()),
            country: case.country(),
        };
        let group = (format!("account:{}", spec.key), spec.title.clone());
        let (already, sentence) = match &planned.existing {
            Some(_) => (true, words::keep(&spec.address)),
            None => (false, words::make(&spec.address)),
        };
        let kind = StepKind::EnsureUser { account: spec.key.clone() };
        self.push_in(&group, planned.step(), kind, sentence, already);
        if !already && !self.authority.holds(MAY_MAKE_ACCOUNTS) {
            self.not_by_you(MAY_MAKE_ACCOUNTS, "Making an account");
        }
        let waits = self.licence(case, &group);
        if spec.needs_mailbox && waits {
            let kind = StepKind::AwaitMailbox { account: spec.key.clone() };
            self.push_in(&group, format!("mailbox:{}", spec.key), kind, words::mailbox(&spec.address), false);
        }
        self.accounts.push(planned);
    }

    /// Adds the step that gives a licence; whether a mailbox has to be waited for.
    fn licence(&mut self, case: &Case<'_>, group: &(String, String)) -> bool {
        let (Some(part), address) = (&case.spec.licence, &case.spec.address) else { return false };
        let sku = case.sku().map(|one| one.sku_id.clone()).unwrap_or_default();
        let already = !case.wants_licence();
        if already && !case.existing.is_some_and(|account| account.has_license(&sku)) {
            return false;
        }
        let placed = case.existing.is_some_and(|account| account.usage_location.is_some());
        // A new account says where it is used from the beginning.
        let country = case.existing.filter(|_| !placed).and_then(|_| case.country());
        let planned =
            PlannedLicence { account: case.spec.key.clone(), sku, part_number: part.clone(), country };
        let sentence =
            if already { words::keep_licence(address, part) } else { words::licence(address, part) };
        let id = format!("licence:{}", case.spec.key);
        self.push_in(group, id, StepKind::AssignLicence(planned), sentence, already);
        if !already && !self.authority.holds(MAY_GIVE_LICENCES) {
            self.not_by_you(MAY_GIVE_LICENCES, "Giving a licence");
        }
        !case.existing.is_some_and(Account::has_mailbox)
    }

    fn account_problem(&mut self, spec: &AccountSpec, problem: AccountProblem, blocks: bool) {
        let (title, why) = problem.words(&spec.address, spec.licence.as_deref());
        let kind = ProblemKind::Account { address: spec.address.clone(), problem };
        let problem = Problem::to_know(kind, title, why);
        self.problems.push(if blocks { problem.blocking() } else { problem });
    }

    pub(in crate::plan) fn not_looked_up(&mut self, what: &str, error: &GraphError) {
        let kind =
            ProblemKind::NotLookedUp { what: what.to_owned(), code: error.code().map(ToString::to_string) };
        if self.problems.iter().any(|one| one.kind == kind) {
            return;
        }
        let why =
            "Gatehouse goes on without knowing it. If it matters, Microsoft says so when the time comes.";
        self.problems.push(Problem::to_know(kind, format!("Could not look up {what}"), why));
    }
}
