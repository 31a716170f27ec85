//! Whose mailboxes an app reaches: shown, tried, and as a script.

mod judgement;

use blueprint::scripts::{self, LimitedApp};
use blueprint::{MailboxAccess, PermissionKey, PermissionKind, catalogue};
use contract::{
    AccessPolicyView, AppError, ErrorCode, MailboxAccessView, MailboxTest, MailboxTestResult, MailboxWay,
    RegistrationRef, RegistrationSummary, ScriptView, SignInPurpose, Truth, When,
};
use exchange::resources::InScope;
use exchange::{ExchangeClient, ExchangeError, Identity};
use provision::{MailboxPolicy, MailboxReport};

use crate::App;
use crate::errors::{Answer, Explain, OrExplain};
use crate::session::Session;
use crate::view;

/// How long Microsoft takes until an app feels a change ("RBAC for Applications in Exchange Online", cache).
const DELAY: &str =
    "Exchange says what is set now. The app itself can need from 30 minutes to two hours to feel a change.";

impl App {
    /// Whose mailboxes an app reaches.
    pub async fn mailbox_access(&self, which: RegistrationRef) -> Answer<MailboxAccessView> {
        let report = self.mailbox_report(&which.app_id).await?;
        Ok(MailboxAccessView {
            registration: RegistrationSummary {
                object_id: None,
                app_id: report.app_id.to_string(),
                name: report.display_name.clone(),
                next_expiry: None,
            },
            sentence: judgement::sentence(&report),
            reach: judgement::reach(&report),
            means: judgement::means(&report),
            union_trap: judgement::trap(&report),
            policies: report.policies.iter().map(policy).collect(),
            can_migrate: report.policies.iter().any(|one| !one.denies && !one.all_apps),
            problems: report.problems.iter().map(view::plan::problem).collect(),
            script: self.script(&report),
            at: When(report.at),
        })
    }

    /// Asks Exchange whether an app reaches a mailbox.
    pub async fn mailbox_access_test(&self, test: MailboxTest) -> Answer<MailboxTestResult> {
        let (_, exchange) = self.exchange().await?;
        let mailbox = test.mailbox.trim();
        let address = Identity::new(mailbox).map_err(|_| not_a_mailbox())?;
        let recipient = exchange.find(exchange::recipients::get(&address)).await.or_explain()?;
        if !recipient.is_some_and(|found| found.has_mailbox()) {
            return Err(not_a_mailbox());
        }
        let report = self.mailbox_report(&test.app_id).await?;
        let mut ways = Vec::new();
        if !report.granted.is_empty() {
            let asked = exchange::access_policies::test(&address, report.app_id.as_str());
            let (open, sentence) = by_policy(exchange.invoke(asked).await, report.policies.is_empty());
            ways.extend(report.granted.iter().map(|name| MailboxWay {
                name: name.clone(),
                open: open.clone(),
                sentence: sentence.clone(),
            }));
        }
        ways.extend(by_roles(&exchange, &report, &address).await?);
        let name = &report.display_name;
        let (reached, sentence) = if ways.iter().any(|way| way.open == Truth::Yes) {
            (Truth::Yes, format!("{name} can open the mailbox of {mailbox}."))
        } else if let Some(unknown) = ways.iter().find(|way| matches!(way.open, Truth::Unknown { .. })) {
            (unknown.open.clone(), format!("Whether {name} can open the mailbox of {mailbox} is not known."))
        } else {
            (Truth::No, format!("{name} cannot open the mailbox of {mailbox}."))
        };
        Ok(MailboxTestResult {
            mailbox: mailbox.to_owned(),
            reached,
            sentence,
            ways,
            delay: Some(DELAY.to_owned()),
            at: When(self.now()),
        })
    }

    async fn mailbox_report(&self, app_id: &str) -> Answer<MailboxReport> {
        let space = self.space()?;
        let account = self.able(&space, &[SignInPurpose::Mailboxes])?;
        let session = self.work_session(&space, &account).await?;
        provision::mailbox_access_report(&session, app_id.trim()).await.or_explain()
    }

    /// The active person's session, and Exchange in their name.
    pub(crate) async fn exchange(&self) -> Answer<(std::sync::Arc<Session>, ExchangeClient)> {
        let space = self.space()?;
        let account = self.able(&space, &[SignInPurpose::Mailboxes])?;
        let session = self.session(&space, &account).await?;
        let exchange = session
            .exchange
            .clone()
            .ok_or_else(|| AppError::new(ErrorCode::SignInForMore).sign_in_for(SignInPurpose::Mailboxes))?;
        Ok((session, exchange))
    }

    /// The same by hand. Where no limit is known, it names a group that is to be filled in.
    fn script(&self, report: &MailboxReport) -> ScriptView {
        let id = |text: &str| text.parse().unwrap_or_default();
        let (access, note) = match self.chosen_access(report.app_id.as_str()) {
            Some(access) => (access, ""),
            None => (
                MailboxAccess::Group("group@example.com".to_owned()),
                " Put your own group in the place of group@example.com.",
            ),
        };
        let limited = LimitedApp {
            name: report.display_name.clone(),
            client_id: id(report.app_id.as_str()),
            service_principal_id: report
                .service_principal
                .as_ref()
                .map_or_else(Default::default, |one| id(one.as_str())),
            permissions: permissions(report),
            access,
            inside: None,
        };
        ScriptView {
            title: "Limit whose mailboxes the app can open, by hand".to_owned(),
            note: format!(
                "Run it in PowerShell 7, as an Exchange Administrator who may also grant permissions.{note}"
            ),
            text: scripts::application_roles(&limited),
        }
    }

    /// The limit that the set-up of this app was made with.
    fn chosen_access(&self, app_id: &str) -> Option<MailboxAccess> {
        let space = self.space().ok()?;
        let stored = self.finished(&space).ok()?;
        stored.iter().find_map(|stored| {
            let one = stored.registrations.iter().find(|one| one.app_id == app_id)?;
            let access = stored.setup.registration(&one.key)?.mailbox_access.clone();
            access.is_limited().then_some(access)
        })
    }
}

/// What the policies say of one mailbox.
fn by_policy(tested: Result<exchange::resources::PolicyTest, ExchangeError>, none: bool) -> (Truth, String) {
    match tested.map(|test| test.is_granted()) {
        Ok(Some(true)) if none => {
            (Truth::Yes, "Granted for the whole organisation, and no policy limits it.".to_owned())
        }
        Ok(Some(true)) => (Truth::Yes, "The access policies allow this mailbox.".to_owned()),
        Ok(Some(false)) => (Truth::No, "The access policies keep this mailbox closed.".to_owned()),
        Ok(None) => unknown("Exchange gave an answer that Gatehouse does not know."),
        Err(error) => unknown(&error.explain().why),
    }
}

async fn by_roles(
    exchange: &ExchangeClient,
    report: &MailboxReport,
    mailbox: &Identity,
) -> Answer<Vec<MailboxWay>> {
    let Some(principal) = report.service_principal.as_ref().filter(|_| !report.roles.is_empty()) else {
        return Ok(Vec::new());
    };
    let app = Identity::new(principal.as_str()).map_err(|_| AppError::new(ErrorCode::Internal))?;
    let lines = exchange.find(exchange::authorization::test(&app, Some(mailbox))).await.or_explain()?;
    Ok(lines
        .unwrap_or_default()
        .into_iter()
        .map(|line| {
            let (open, sentence) = match line.in_scope {
                InScope::Yes => (Truth::Yes, "The mailbox is within the limit of this role.".to_owned()),
                InScope::No => (Truth::No, "The mailbox is outside the limit of this role.".to_owned()),
                InScope::Unknown => unknown("Exchange did not say whether the mailbox is within the limit."),
            };
            MailboxWay { name: line.role_name.unwrap_or_default(), open, sentence }
        })
        .collect())
}

fn unknown(why: &str) -> (Truth, String) {
    (Truth::Unknown { why: why.to_owned() }, why.to_owned())
}

fn not_a_mailbox() -> AppError {
    AppError::new(ErrorCode::MailboxNotFound)
        .because("This address has no mailbox in Exchange Online.")
        .advise("Check the spelling, or take another mailbox.")
}

fn policy(policy: &MailboxPolicy) -> AccessPolicyView {
    let (scope, denies) = (policy.group.clone(), policy.denies);
    let who = if policy.all_apps { "Every app" } else { "The app" };
    AccessPolicyView {
        sentence: if denies {
            format!("{who} is kept out of the mailboxes of “{scope}”.")
        } else {
            format!("{who} reaches the members of “{scope}” and nobody else.")
        },
        identity: scope.clone(),
        denies,
        scope,
        description: Some(policy.description.trim().to_owned()).filter(|words| !words.is_empty()),
    }
}

/// The permissions on mailboxes that the app has, from Entra or by roles.
fn permissions(report: &MailboxReport) -> Vec<PermissionKey> {
    let by_roles = report.roles.iter().map(|role| role.role.trim_start_matches("Application "));
    let names = report.granted.iter().map(String::as_str).chain(by_roles);
    let mut keys = Vec::new();
    for name in names {
        let of = |api| catalogue::find(api, name, PermissionKind::Application).map(|known| known.key);
        let mut limited = [catalogue::MICROSOFT_GRAPH, catalogue::EXCHANGE_ONLINE].into_iter().filter_map(of);
        let found = limited.find(|key| catalogue::exchange_role_for(*key).is_some());
        keys.extend(found.filter(|key| !keys.contains(key)));
    }
    keys
}
