//! Making plans.

use std::collections::BTreeMap;

use blueprint::catalogue::EXCHANGE_ONLINE;
use blueprint::{PermissionKey, RegistrationSpec, Setup};
use graph::resources::Application;
use graph::{AppId, GraphError};
use uuid::Uuid;

use super::actual::{Actual, ActualRegistration};
use super::authority::{Authority, Role};
use super::compare::{Comparison, Goal};
use super::desired::{OURS, connector_tag, parse_unique_name};
use super::problem::{Blocks, Problem, ProblemKind};
use super::reads::{self, Wanted};
use super::{LimitWay, Organisation, Plan, PlannedProof, Subject, accounts, mailboxes, words};
use crate::RunId;
use crate::apply::Session;

/// What a set-up does with registrations that an earlier one made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Reuse {
    /// Takes over what Gatehouse made for the same connector, and brings it to the wanted state.
    #[default]
    Ours,
    /// Takes over exactly these, by the connector's key.
    These(BTreeMap<String, AppId>),
    /// Makes everything anew.
    Nothing,
}

/// Which permissions a plan grants to a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Grants {
    /// All that it requests.
    All,
    /// Those of these that it requests: a colleague's request never grants more than the registration itself asks for.
    Among(Vec<PermissionKey>),
    /// These, delegated ones, whether it lists them or not: an app may ask people for more than it lists
    /// (<https://learn.microsoft.com/entra/identity-platform/permissions-consent-overview>, incremental consent).
    Exactly(Vec<PermissionKey>),
}

impl Grants {
    fn resources(&self) -> Vec<Uuid> {
        match self {
            Self::Exactly(keys) => keys.iter().map(|key| key.resource).collect(),
            Self::All | Self::Among(_) => Vec::new(),
        }
    }
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Microsoft, or the way there, said no.
    #[error("the organisation could not be looked at")]
    Graph(#[from] GraphError),
    /// The signed-in person belongs to another organisation than the plan is for.
    #[error("another organisation is signed in than this is for")]
    OtherOrganisation {
        /// The organisation that it is for.
        wanted: String,
    },
    /// The organisation does not know this app.
    #[error("the organisation has no app with this client id")]
    NoSuchApp {
        /// The client id.
        app_id: String,
    },
    /// A client id that is none.
    #[error("this is not a client id")]
    NotAClientId,
    /// Exchange, or the way there, said no. [`ExchangeError::NeedsInteraction`](exchange::ExchangeError::NeedsInteraction)
    /// is the ordinary one: the permission for Exchange is asked for when a task first needs it.
    #[error("the mailboxes could not be looked at")]
    Exchange(#[from] exchange::ExchangeError),
}

/// Makes plans for one person in one organisation. Reads only.
#[derive(Debug, Clone)]
pub struct Planner<'a> {
    pub(super) session: &'a Session,
    pub(super) way: LimitWay,
}

impl<'a> Planner<'a> {
    /// For this session.
    #[must_use]
    pub fn new(session: &'a Session) -> Self {
        Self { session, way: LimitWay::default() }
    }

    /// The same, keeping apps to mailboxes this way where a set-up says so.
    #[must_use]
    pub fn limiting_by(self, way: LimitWay) -> Self {
        Self { way, ..self }
    }

    /// The organisation that plans are for.
    pub(crate) fn tenant(&self) -> &str {
        &self.session.tenant
    }

    /// Plans what a connector needs: one round trip where nothing is there yet, three where something is.
    ///
    /// # Errors
    /// [`PlanError`].
    pub async fn set_up(&self, setup: &Setup, reuse: &Reuse) -> Result<Plan, PlanError> {
        let subject = Subject::SetUp { connector: setup.connector.clone(), version: setup.version.clone() };
        let title = format!("Set up {}", setup.name);
        let run = RunId::from_random(self.session.surroundings.random_bits());
        let specs = &setup.registrations;
        self.registrations(run, subject, title, &setup.connector, specs, Some(setup), reuse).await
    }

    /// Plans the organisation's own Gatehouse registration.
    ///
    /// # Errors
    /// [`PlanError`].
    pub async fn own_registration(&self) -> Result<Plan, PlanError> {
        let spec = blueprint::own_registration();
        let title = "Set up Gatehouse for the organisation".to_owned();
        let run = RunId::from_random(self.session.surroundings.random_bits());
        self.registrations(run, Subject::OwnRegistration, title, OURS, &[spec], None, &Reuse::Ours).await
    }

    #[expect(clippy::too_many_arguments, reason = "one place, two callers")]
    async fn registrations(
        &self,
        run: RunId,
        subject: Subject,
        title: String,
        connector: &str,
        specs: &[RegistrationSpec],
        setup: Option<&Setup>,
        reuse: &Reuse,
    ) -> Result<Plan, PlanError> {
        let tag = connector_tag(connector);
        let mut resources = resources_of(specs);
        // Exchange's own older permissions open mailboxes too.
        if specs.iter().any(|spec| spec.mailbox_access.is_limited()) && !resources.contains(&EXCHANGE_ONLINE)
        {
            resources.push(EXCHANGE_ONLINE);
        }
        let wanted = Wanted {
            resources,
            tag: Some(&tag),
            names: specs.iter().map(|spec| spec.display_name.as_str()).collect(),
        };
        let actual = reads::look(&self.session.graph, &wanted).await?;
        self.check_organisation(&actual)?;
        let mut comparison = self.comparison(run, &actual);
        let ours = self.adopted(connector, specs, reuse, &actual, &mut comparison).await?;
        if let Some(setup) = setup {
            let seen = accounts::look(&self.session.graph, setup).await;
            comparison.account_steps(&setup.accounts, &seen)?;
            comparison.setting_steps(&setup.settings, &seen);
        }
        let mut proofs = setup.map(proofs).unwrap_or_default();
        for (position, spec) in specs.iter().enumerate() {
            let existing = ours.get(&spec.key);
            let limit = self.limit_of(&comparison, spec, position, &proofs, existing).await?;
            if let Some(limit) = &limit {
                proofs.extend(mailboxes::refusal(&limit.limited, &proofs, &spec.key, &spec.title));
            }
            let goal = Goal { connector, spec, proofs: &proofs, limit: limit.as_ref() };
            comparison.registration(&goal, existing, &*self.session.vault).await;
        }
        comparison.note_namesakes(&actual, &ours);
        Ok(self.finish(comparison, subject, title, &actual, proofs).await)
    }

    /// Plans to grant what this registration requests and does not have.
    ///
    /// # Errors
    /// [`PlanError`].
    pub async fn grant(&self, app_id: &str) -> Result<Plan, PlanError> {
        self.grants(vec![(parse(app_id)?, Grants::All)]).await
    }

    /// Plans to grant these for each app.
    pub(crate) async fn grants(&self, wanted: Vec<(AppId, Grants)>) -> Result<Plan, PlanError> {
        let mut found = Vec::new();
        for (app_id, which) in wanted {
            let registration = reads::by_app_id(&self.session.graph, &app_id)
                .await?
                .ok_or_else(|| PlanError::NoSuchApp { app_id: app_id.to_string() })?;
            found.push((app_id, registration, which));
        }
        let mut resources: Vec<Uuid> = found
            .iter()
            .flat_map(|(_, one, which)| requested_resources(one).into_iter().chain(which.resources()))
            .collect();
        resources.sort_unstable();
        resources.dedup();
        let none = Wanted { resources, tag: None, names: Vec::new() };
        let actual = reads::look(&self.session.graph, &none).await?;
        self.check_organisation(&actual)?;
        let run = RunId::from_random(self.session.surroundings.random_bits());
        let mut comparison = self.comparison(run, &actual);
        for (app_id, registration, which) in &found {
            comparison.grant_requested(app_id, registration, which);
        }
        let names: Vec<&str> = comparison.registrations.iter().map(|one| one.display_name.as_str()).collect();
        let ask = if names.len() == 1 { "asks" } else { "ask" };
        let title = format!("Grant what {} {ask} for", names.join(" and "));
        let app_ids = found.iter().map(|(app_id, _, _)| app_id.to_string()).collect();
        Ok(self.finish(comparison, Subject::Grant { app_ids }, title, &actual, Vec::new()).await)
    }

    pub(super) fn comparison<'b>(&self, run: RunId, actual: &'b Actual) -> Comparison<'b> {
        let authority = Authority::new(actual.roles.as_deref().ok(), actual.authorization.as_ref().ok());
        Comparison::new(
            run,
            self.session.account.clone(),
            self.session.tenant.clone(),
            self.session.surroundings.now(),
            actual,
            authority,
        )
    }

    pub(super) fn check_organisation(&self, actual: &Actual) -> Result<(), PlanError> {
        if actual.organisation.id.as_str() == self.session.tenant {
            return Ok(());
        }
        Err(PlanError::OtherOrganisation { wanted: self.session.tenant.clone() })
    }

    /// The registrations to take over, by key, with what hangs on them.
    async fn adopted(
        &self,
        connector: &str,
        specs: &[RegistrationSpec],
        reuse: &Reuse,
        actual: &Actual,
        comparison: &mut Comparison<'_>,
    ) -> Result<BTreeMap<String, ActualRegistration>, PlanError> {
        let mut chosen: Vec<(String, Application)> = Vec::new();
        match reuse {
            Reuse::Nothing => {}
            Reuse::These(ids) => {
                for (key, app_id) in ids {
                    let found =
                        reads::by_app_id(&self.session.graph, app_id).await?.and_then(|one| one.application);
                    let app = found.ok_or_else(|| PlanError::NoSuchApp { app_id: app_id.to_string() })?;
                    chosen.push((key.clone(), app));
                }
            }
            Reuse::Ours => {
                let tagged = actual.tagged.as_deref().unwrap_or_default();
                for spec in specs {
                    chosen.extend(
                        comparison
                            .newest_of_ours(connector, &spec.key, tagged)
                            .map(|app| (spec.key.clone(), app)),
                    );
                }
            }
        }
        if chosen.is_empty() {
            return Ok(BTreeMap::new());
        }
        let (keys, apps): (Vec<_>, Vec<_>) = chosen.into_iter().unzip();
        let details = reads::details(&self.session.graph, apps).await?;
        Ok(keys.into_iter().zip(details).collect())
    }

    pub(super) async fn finish(
        &self,
        mut comparison: Comparison<'_>,
        subject: Subject,
        title: String,
        actual: &Actual,
        proofs: Vec<PlannedProof>,
    ) -> Plan {
        let missing: Vec<Role> = comparison.roles_needed();
        if !missing.is_empty() {
            let people = reads::people_with(&self.session.graph, &missing).await;
            comparison.name_people(&people);
        }
        comparison.note_failed_look_ups();
        let organisation = &actual.organisation;
        let mut plan = Plan {
            run: comparison.run.clone(),
            subject,
            title,
            organisation: Organisation {
                id: organisation.id.to_string(),
                name: organisation.display_name.clone().unwrap_or_else(|| organisation.id.to_string()),
                default_domain: organisation.default_domain().map(str::to_owned),
                initial_domain: organisation.initial_domain().map(str::to_owned),
            },
            account: self.session.account.clone(),
            made_at: self.session.surroundings.now(),
            roles: comparison.authority.names.clone(),
            seen: actual.tagged.iter().flatten().map(|app| app.id.clone()).collect(),
            registrations: comparison.registrations,
            accounts: comparison.accounts,
            steps: comparison.steps,
            proofs,
            problems: comparison.problems,
        };
        plan.preview();
        plan
    }
}

/// The name of the run that an application of ours names, for this registration.
pub(super) fn run_of(app: &Application, connector: &str, key: &str) -> Option<RunId> {
    parse_unique_name(app.unique_name.as_deref()?, connector, key)
}

pub(super) fn parse(app_id: &str) -> Result<AppId, PlanError> {
    AppId::parse_guid(app_id).map_err(|_| PlanError::NotAClientId)
}

fn resources_of(specs: &[RegistrationSpec]) -> Vec<Uuid> {
    let mut all: Vec<Uuid> = specs
        .iter()
        .flat_map(|spec| {
            let needed = spec.permissions.iter().map(|need| need.resource.app_id);
            needed.chain(spec.removes.iter().map(|removal| removal.resource.app_id))
        })
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

pub(crate) fn requested_resources(registration: &ActualRegistration) -> Vec<Uuid> {
    registration
        .application
        .iter()
        .flat_map(|app| &app.required_resource_access)
        .filter_map(|required| required.resource_app_id.as_str().parse().ok())
        .collect()
}

/// What shows that each feature of a set-up works.
pub(crate) fn proofs(setup: &Setup) -> Vec<PlannedProof> {
    let group = |key: &str| setup.registration(key).map_or_else(|| key.to_owned(), |one| one.title.clone());
    setup
        .proofs
        .iter()
        .enumerate()
        .map(|(n, proof)| PlannedProof {
            id: format!("proof:{n}"),
            registration: proof.registration.clone(),
            group: group(&proof.registration),
            kind: proof.kind,
            mailbox: proof.mailbox.clone(),
            sentence: words::proof(proof.kind, proof.mailbox.as_deref()),
            outside: false,
        })
        .collect()
}

impl Problem {
    pub(crate) fn to_know(kind: ProblemKind, title: impl Into<String>, why: impl Into<String>) -> Self {
        Self { kind, blocks: Blocks::Nothing, title: title.into(), why: why.into(), people: Vec::new() }
    }

    pub(crate) fn blocking(mut self) -> Self {
        self.blocks = Blocks::Everything;
        self
    }
}
