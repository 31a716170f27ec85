//! What of it stands on Home: only a count, since the list has a place of its own. What presses is said by the set-ups, the
//! rotations and the reminders themselves.

use contract::{Finding, FindingTarget, Severity};
use watch::findings::Query;

use crate::App;
use crate::inventory::off_thread;
use crate::space::OpenSpace;

impl App {
    /// One line for everything that the apps of the organisation need. Reads this machine only; before the first reading
    /// there is nothing to say.
    pub(crate) async fn app_findings(&self, space: &OpenSpace) -> Option<Finding> {
        let account = self.active(space).ok()?;
        let organisation = account.key.tenant_id.to_string();
        if !space.folder.join("findings.db").is_file() {
            return None;
        }
        let ledger = self.findings_ledger(space, &organisation).await.ok()?;
        let now = self.now();
        let page = off_thread(move || ledger.list(&Query::default(), now)).await.ok()?;
        let of = |severity| -> u32 {
            page.rules.iter().filter(|one| one.severity == severity).map(|one| one.count).sum()
        };
        let (critical, warning) =
            (of(watch::findings::Severity::Critical), of(watch::findings::Severity::Warning));
        let (severity, title) = match (critical, warning) {
            (0, 0) => return None,
            (0, 1) => (Severity::Info, "One thing about your apps wants a look.".to_owned()),
            (0, warning) => (Severity::Info, format!("{warning} things about your apps want a look.")),
            (1, 0) => (Severity::Warning, "One thing about your apps needs attention.".to_owned()),
            (critical, warning) => {
                (Severity::Warning, format!("{} things about your apps need attention.", critical + warning))
            }
        };
        Some(Finding {
            id: "apps".to_owned(),
            severity,
            title,
            why: "Secrets that end, apps without an owner, and permissions that nobody needs.".to_owned(),
            button: "Show them".to_owned(),
            target: FindingTarget::Findings,
        })
    }
}
