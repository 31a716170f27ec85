//! The first answer to the window.

use contract::{
    AppError, AppStatus, Changed, ErrorCode, Finding, FindingTarget, Settings, SetupDraft, Severity, Space,
    VaultStatus,
};

use crate::connections::Stored;
use crate::documents::Kind;
use crate::errors::{Answer, Explain};
use crate::space::OpenSpace;
use crate::space::Place;
use crate::{App, Observer, clouds, held, settings, vault};

impl App {
    /// The first answer to the window; never waits for the keyring or the network.
    pub async fn app_status(&self) -> Answer<AppStatus> {
        if let Some(space) = self.at_start() {
            return Box::pin(self.space_enter(space)).await;
        }
        let version = self.0.options.version.clone();
        let Ok(space) = self.space() else {
            return Ok(AppStatus {
                version,
                space: None,
                practice: None,
                vault: VaultStatus::NotOpened,
                accounts: Vec::new(),
                active_account: None,
                unfinished_runs: Vec::new(),
                drafts: Vec::new(),
                findings: Vec::new(),
                clock_ahead_seconds: None,
                storage_problem: None,
            });
        };
        let accounts = self.accounts(&space).iter().map(|account| account.view(&space)).collect();
        let drafts = self.drafts(&space);
        let unfinished_runs = self.unfinished_runs(&space).await;
        let vault = space
            .vault()
            .map_or_else(|error| VaultStatus::Failed { error }, |vault| vault::shown(vault.status()));
        Ok(AppStatus {
            version,
            space: Some(space.space),
            practice: space.practice.as_ref().map(crate::space::Practice::view),
            findings: self.home(&space, &vault, &unfinished_runs).await,
            vault,
            accounts,
            active_account: self.active(&space).ok().map(|account| account.id()),
            unfinished_runs,
            drafts,
            clock_ahead_seconds: space.clock_ahead_seconds(),
            storage_problem: space.problem.clone(),
        })
    }

    /// The space to go back to at the first question of a window: the one that was asked for, if somebody has been there.
    /// Whoever has not sees Welcome first.
    fn at_start(&self) -> Option<Space> {
        let asked = held(&self.0.enter).take()?;
        let been_there = Place::of(&self.0.options.data, asked, None).folder.join("gatehouse.db").is_file();
        been_there.then_some(asked)
    }

    /// Subscribes a window to changes.
    pub async fn app_changes(&self, observer: Observer<Changed>) -> Answer<()> {
        held(&self.0.watchers).push(observer);
        Ok(())
    }

    /// Settings of this machine.
    pub async fn settings_get(&self) -> Answer<Settings> {
        Ok(settings::read(&self.0.options.config))
    }

    /// Saves settings of this machine.
    pub async fn settings_set(&self, wanted: Settings) -> Answer<Settings> {
        settings::write(&self.0.options.config, wanted).map_err(|error| error.explain())
    }

    /// Opens a web page that Gatehouse itself offered.
    pub async fn link_open(&self, link: &str) -> Answer<()> {
        let not_offered = || {
            AppError::new(ErrorCode::NoSuchThing)
                .because("Gatehouse opens only pages that it offered itself.")
        };
        let page =
            url::Url::parse(link).ok().filter(|page| self.offered(link, page)).ok_or_else(not_offered)?;
        let browser = self.0.options.host.browser();
        let opened = tokio::task::spawn_blocking(move || browser.open(&page)).await;
        if matches!(opened, Ok(Ok(()))) { Ok(()) } else { Err(AppError::new(ErrorCode::BrowserNotOpened)) }
    }

    /// Pages that may be opened: a vendor's guide, a follow-up's page, Microsoft's own pages, and the practice tenant's.
    fn offered(&self, link: &str, url: &url::Url) -> bool {
        let plain = url.username().is_empty() && url.password().is_none();
        let connectors = self.space().and_then(|space| crate::connectors::all(&space)).unwrap_or_default();
        let from_connector = connectors.iter().map(|found| &found.connector).any(|connector| {
            connector.guide.as_deref() == Some(link)
                || connector.follow_ups.iter().any(|one| one.link.as_deref() == Some(link))
        });
        let microsoft = [
            "entra.microsoft.com",
            "login.microsoftonline.com",
            "learn.microsoft.com",
            "myapplications.microsoft.com",
            "myapps.microsoft.com",
            "account.live.com",
        ];
        let known_host =
            url.scheme() == "https" && url.host_str().is_some_and(|host| microsoft.contains(&host));
        let own_cloud = self.space().ok().is_some_and(|space| {
            let of_account = || clouds::by_id(&space, &self.active(&space).ok()?.cloud).ok();
            // A person without any account of the organisation has the space's cloud all the same.
            space.only_cloud.clone().or_else(of_account).is_some_and(|cloud| cloud.is_login(url))
        });
        plain && (from_connector || known_host || own_cloud)
    }

    /// Wizards that were left before anything began: once a run of theirs has, the run is what to go on with.
    fn drafts(&self, space: &OpenSpace) -> Vec<SetupDraft> {
        let drafts: Vec<SetupDraft> = space.documents.list(Kind::Draft).unwrap_or_default();
        let begun: Vec<Stored> = space.documents.list(Kind::Connection).unwrap_or_default();
        drafts
            .into_iter()
            .filter(|draft| !begun.iter().any(|one| one.draft_id.as_deref() == Some(&draft.id)))
            .collect()
    }
}

impl App {
    /// What needs the person, most pressing first. Of the organisation's apps, one line.
    async fn home(
        &self,
        space: &OpenSpace,
        vault: &VaultStatus,
        unfinished: &[contract::RunSummary],
    ) -> Vec<Finding> {
        let mut all = findings(self, space, vault, unfinished);
        all.extend(self.rotation_findings(space).await);
        let missed = self.missed_reminders(space).await;
        if missed > 0 {
            all.push(Finding {
                id: "reminders".to_owned(),
                severity: Severity::Warning,
                title: if missed == 1 {
                    "A reminder was missed.".to_owned()
                } else {
                    format!("{missed} reminders were missed.")
                },
                why: "They were due while nothing on this computer could remind.".to_owned(),
                button: "Show them".to_owned(),
                target: FindingTarget::Reminders,
            });
        }
        all.extend(self.app_findings(space).await);
        all.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        all
    }
}

fn findings(
    app: &App,
    space: &OpenSpace,
    vault: &VaultStatus,
    unfinished: &[contract::RunSummary],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if matches!(vault, VaultStatus::KeyLost { .. } | VaultStatus::Failed { .. } | VaultStatus::NotAnswering) {
        findings.push(Finding {
            id: "vault".to_owned(),
            severity: Severity::Critical,
            title: "Saved secrets cannot be opened.".to_owned(),
            why: "Until then, nobody can be signed in and no secret can be handed over.".to_owned(),
            button: "Look at it".to_owned(),
            target: FindingTarget::Vault,
        });
    }
    for run in unfinished {
        findings.push(Finding {
            id: format!("run-{}", run.id),
            severity: Severity::Warning,
            title: format!("“{}” is half done.", run.title),
            why: "It stopped before the end. You can go on, or undo it.".to_owned(),
            button: "Go on".to_owned(),
            target: FindingTarget::Run { run_id: run.id.clone() },
        });
    }
    findings.extend(app.connection_findings(space));
    findings.extend(app.personal_findings(space));
    for account in app.accounts(space).iter().filter(|account| account.needs_sign_in) {
        findings.push(Finding {
            id: format!("sign-in-{}", account.id()),
            severity: Severity::Warning,
            title: format!("{} has to sign in again.", account.upn),
            why: "Microsoft no longer accepts the kept session.".to_owned(),
            button: "Sign in".to_owned(),
            target: FindingTarget::SignIn { account_id: account.id() },
        });
    }
    findings
}
