//! Plans: every change, before any of it is made.

use std::sync::Arc;

use blueprint::Setup;
use contract::{AppError, ErrorCode, MailboxAccessChoice, PlanRequest, PlanView, RedirectUri, SignInPurpose};
use graph::GraphClient;
use provision::{
    FragmentUse, IdentityAppAccess, JournalAccount, LimitWay, MailboxGoal, Plan, PlanError, Planner,
    RedirectChange, RequestFile, Reuse,
};

use crate::accounts::Account;
use crate::errors::{Answer, Explain, OrExplain, no_such};
use crate::host::OnHost;
use crate::rotations::RotationPart;
use crate::session::Session;
use crate::space::OpenSpace;
use crate::{App, drafts, held, registrations, sign_in, view};

/// A plan that was shown and can be run.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(crate) plan: Plan,
    pub(crate) account: Account,
    /// The answers that it came from, for a set-up.
    pub(crate) draft_id: Option<String>,
    pub(crate) setup: Option<Setup>,
    /// The rotation that it begins or ends.
    pub(crate) rotation: Option<RotationPart>,
    /// How many more there are of what was asked for than one plan takes.
    pub(crate) left: Option<u32>,
}

impl Prepared {
    /// One that belongs to no set-up and no rotation.
    pub(crate) fn of(plan: Plan, account: Account) -> Self {
        Self { plan, account, draft_id: None, setup: None, rotation: None, left: None }
    }
}

impl App {
    /// Makes a plan. Only reads.
    pub async fn plan_make(&self, request: PlanRequest) -> Answer<PlanView> {
        let space = self.space()?;
        let prepared = match request {
            PlanRequest::SetUp { draft_id } => self.plan_set_up(&space, &draft_id).await?,
            PlanRequest::OwnRegistration { account_id } => {
                let account = self.account(&space, &account_id)?;
                let session = self.work_session(&space, &account).await?;
                let mut plan = Planner::new(&session).own_registration().await.or_explain()?;
                // Microsoft's own client may not read policies. This plan makes no secret, and whether registering is
                // allowed shows at its first step, so not knowing is no news.
                plan.problems
                    .retain(|problem| !matches!(problem.kind, provision::ProblemKind::NotLookedUp { .. }));
                Prepared::of(plan, account)
            }
            PlanRequest::Grant { app_id } => {
                let account = self.able(&space, &[SignInPurpose::SetUp])?;
                let session = self.work_session(&space, &account).await?;
                let plan = Planner::new(&session).grant(app_id.trim()).await.or_explain()?;
                Prepared::of(plan, account)
            }
            PlanRequest::GrantRequest { text } => {
                let account = self.able(&space, &[SignInPurpose::SetUp])?;
                let request = RequestFile::parse(&text).or_explain()?;
                let session = self.work_session(&space, &account).await?;
                let plan = Planner::new(&session).grant_request(&request).await.or_explain()?;
                Prepared::of(plan, account)
            }
            PlanRequest::MailboxAccess { app_id, choice, migrate } => {
                let account = self.able(&space, &[SignInPurpose::SetUp, SignInPurpose::Mailboxes])?;
                let session = self.work_session(&space, &account).await?;
                let app_id = app_id.trim();
                let goal = mailbox_goal(&session, app_id, &choice, migrate).await?;
                let plan = Planner::new(&session).mailbox_access(app_id, &goal).await.or_explain()?;
                Prepared::of(plan, account)
            }
            PlanRequest::MergePermissions { app_id, text, replace } => {
                let account = self.able(&space, &[SignInPurpose::SetUp])?;
                let fragment = blueprint::manifest::read(&text)
                    .map_err(|error| AppError::new(ErrorCode::FileNotUsable).because(error.to_string()))?;
                let how = if replace { FragmentUse::Replace } else { FragmentUse::Merge };
                let session = self.work_session(&space, &account).await?;
                let planner = Planner::new(&session);
                let plan = planner.merge_permissions(app_id.trim(), &fragment, how).await.or_explain()?;
                Prepared::of(plan, account)
            }
            PlanRequest::ChangeRegistration { app_id, audience, redirects } => {
                let account = self.able(&space, &[SignInPurpose::SetUp])?;
                let audience = audience.map(view::audience::written);
                let plan = match redirects {
                    None => {
                        let session = self.work_session(&space, &account).await?;
                        Planner::new(&session)
                            .change_registration(app_id.trim(), audience, &[])
                            .await
                            .or_explain()?
                    }
                    Some(wanted) => self.plan_redirects(&space, &account, &app_id, audience, &wanted).await?,
                };
                Prepared::of(plan, account)
            }
            PlanRequest::ReportNames { show } => self.plan_report_names(&space, show).await?,
            PlanRequest::RenewCredential { app_id, replaces, new } => {
                self.plan_renewal(&space, app_id.trim(), &replaces, new).await?
            }
            PlanRequest::FinishRotation { rotation_id, anyway } => {
                self.plan_end_of_rotation(&space, &rotation_id, anyway.unwrap_or(false)).await?
            }
            PlanRequest::RevokeConsent { app_id, whose } => {
                self.plan_revocation(&space, app_id.trim(), whose).await?
            }
            PlanRequest::RemoveCredentials { credentials } => self.plan_removal(&space, &credentials).await?,
            PlanRequest::RemoveEnded { app_ids } => {
                self.plan_removal_of_ended(&space, app_ids.as_deref()).await?
            }
            PlanRequest::AddOwner { app_ids, person_id } => {
                self.plan_owner(&space, &app_ids, &person_id).await?
            }
            PlanRequest::AddTrust { app_id, trust } => self.plan_trust(&space, app_id.trim(), &trust).await?,
        };
        let mut shown = view::plan::view(&prepared.plan, prepared.account.view(&space));
        shown.left = prepared.left;
        let mut plans = held(&space.plans);
        // A plan made anew from the same answers takes the place of the older one.
        plans.retain(|_, older| older.draft_id.is_none() || older.draft_id != prepared.draft_id);
        plans.insert(shown.id.clone(), prepared);
        drop(plans);
        Ok(shown)
    }

    /// A plan after which a registration has these redirect addresses and no others.
    pub(crate) async fn plan_redirects(
        &self,
        space: &OpenSpace,
        account: &Account,
        app_id: &str,
        audience: Option<graph::resources::SignInAudience>,
        wanted: &[RedirectUri],
    ) -> Answer<Plan> {
        let session = self.work_session(space, account).await?;
        let there = view::redirect::of(&registrations::by_client_id(&session.graph, app_id).await?);
        let change = |one: &RedirectUri, remove| RedirectChange {
            platform: view::redirect::chosen(one.platform),
            uri: one.uri.clone(),
            remove,
        };
        let gone = there.iter().filter(|one| !wanted.contains(one)).map(|one| change(one, true));
        let new = wanted.iter().filter(|one| !there.contains(one)).map(|one| change(one, false));
        let changes: Vec<RedirectChange> = gone.chain(new).collect();
        Planner::new(&session).change_registration(app_id.trim(), audience, &changes).await.or_explain()
    }

    async fn plan_set_up(&self, space: &OpenSpace, draft_id: &str) -> Answer<Prepared> {
        let draft = self.draft(space, draft_id)?;
        let account = self.account(space, &draft.account_id)?;
        check_scopes(&account, &[SignInPurpose::SetUp])?;
        let setup = drafts::setup(space, &draft)?.map_err(|issues| {
            let mut error = AppError::new(ErrorCode::AnswersNeedAttention);
            error.issues = issues;
            error
        })?;
        check_scopes(&account, &purposes(&setup))?;
        let session = self.work_session(space, &account).await?;
        let plan = Planner::new(&session).set_up(&setup, &Reuse::Ours).await.or_explain()?;
        Ok(Prepared { draft_id: Some(draft.id), setup: Some(setup), ..Prepared::of(plan, account) })
    }

    /// The active account, if its session carries what these purposes need.
    pub(crate) fn able(&self, space: &OpenSpace, purposes: &[SignInPurpose]) -> Answer<Account> {
        let account = self.active(space)?;
        check_scopes(&account, purposes)?;
        Ok(account)
    }

    /// What `provision` works with, in this person's name.
    pub(crate) async fn work_session(
        &self,
        space: &OpenSpace,
        account: &Account,
    ) -> Answer<provision::Session> {
        let session = self.session(space, account).await?;
        Ok(provision::Session {
            graph: session.graph.clone(),
            exchange: session.exchange.clone(),
            tenant: account.key.tenant_id.to_string(),
            account: JournalAccount { id: account.key.object_id.to_string(), name: account.name.clone() },
            apps: Arc::new(self.app_access(space, &session)),
            vault: Arc::new(space.vault()?.clone()),
            surroundings: Arc::new(OnHost::new(Arc::clone(&self.0.options.host))),
            app_version: self.0.options.version.clone(),
        })
    }

    /// Signing in as an app, with Graph clients that share the connections of the person's own.
    fn app_access(&self, space: &OpenSpace, session: &Session) -> IdentityAppAccess {
        let (http, base, clock) =
            (space.http.clone(), session.authority.cloud().graph().clone(), self.clock());
        let template = session.graph.clone();
        IdentityAppAccess::new(Arc::clone(&session.authority), move |tokens| {
            // The base was accepted for the person's own client, so it is here.
            GraphClient::new(http.clone(), base.clone(), tokens, Arc::clone(&clock))
                .unwrap_or_else(|_| template.clone())
        })
    }

    /// A plan that was shown.
    pub(crate) fn prepared(&self, space: &OpenSpace, id: &str) -> Answer<Prepared> {
        held(&space.plans).get(id).cloned().ok_or_else(|| no_such("plan"))
    }
}

/// A session that was asked for less has to be widened first: the window then shows why, and opens the browser.
pub(crate) fn check_scopes(account: &Account, purposes: &[SignInPurpose]) -> Answer<()> {
    if account.bootstrap {
        return Ok(());
    }
    match purposes.iter().find(|purpose| !account.covers(**purpose)) {
        None => Ok(()),
        Some(missing) => Err(AppError::new(ErrorCode::SignInForMore)
            .because(sign_in::sentence(*missing))
            .sign_in_for(*missing)),
    }
}

/// What is to become of an app's access. An organisation that limits this app by a policy goes on doing so, until the
/// policy is given up for roles.
async fn mailbox_goal(
    session: &provision::Session,
    app_id: &str,
    choice: &MailboxAccessChoice,
    migrate: bool,
) -> Answer<MailboxGoal> {
    if migrate {
        return Ok(MailboxGoal::MigratePolicies);
    }
    let report = provision::mailbox_access_report(session, app_id).await.or_explain()?;
    let by_policy = report.roles.is_empty() && report.policies.iter().any(|one| !one.denies && !one.all_apps);
    let way = if by_policy { LimitWay::Policy } else { LimitWay::Roles };
    Ok(MailboxGoal::Limit { access: drafts::mailbox_access(choice), way })
}

/// What a set-up needs a session for.
fn purposes(setup: &Setup) -> Vec<SignInPurpose> {
    let limited = setup.registrations.iter().any(|one| one.mailbox_access.is_limited());
    let asked = [
        (SignInPurpose::SetUp, true),
        (SignInPurpose::Mailboxes, limited),
        (SignInPurpose::People, !setup.accounts.is_empty()),
        (SignInPurpose::Reports, !setup.settings.is_empty()),
    ];
    asked.into_iter().filter(|(_, needed)| *needed).map(|(purpose, _)| purpose).collect()
}

impl Explain for PlanError {
    fn explain(&self) -> AppError {
        match self {
            Self::Graph(error) => error.explain(),
            Self::Exchange(exchange::ExchangeError::NeedsInteraction { .. }) => {
                AppError::new(ErrorCode::SignInForMore)
                    .because(sign_in::sentence(SignInPurpose::Mailboxes))
                    .sign_in_for(SignInPurpose::Mailboxes)
            }
            Self::Exchange(error) => error.explain(),
            Self::OtherOrganisation { .. } => AppError::new(ErrorCode::WrongOrganisation),
            Self::NoSuchApp { .. } => AppError::new(ErrorCode::NotFound)
                .because("This organisation has no app with this client ID."),
            Self::NotAClientId => {
                AppError::new(ErrorCode::ClientNotFound).because("A client ID has the form of a GUID.")
            }
        }
    }
}

impl Explain for provision::RequestFileError {
    fn explain(&self) -> AppError {
        AppError::new(ErrorCode::FileNotUsable).because(format!("{self}."))
    }
}
