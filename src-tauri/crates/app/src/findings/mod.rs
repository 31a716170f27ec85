//! What needs attention on the organisation's apps.

mod around;
mod gaps;
mod home;
mod judging;
mod ledger;
mod mailboxes;
mod offers;

use contract::{AppFinding, Changed, FindingsPage, FindingsQuery, IgnoreFinding, When};
use watch::findings::{Context, Ledger, Query};
use watch::inventory::Store;

use crate::errors::Answer;
use crate::inventory::off_thread;
use crate::space::OpenSpace;
use crate::{App, view};

pub(crate) use around::Around;

impl App {
    /// What needs attention on the organisation's apps, most pressing first. Answers from this machine alone.
    pub async fn findings(&self, query: FindingsQuery) -> Answer<FindingsPage> {
        let space = self.space()?;
        let account = self.active(&space)?;
        let store = self.inventory(&space, account.key.tenant_id.as_str()).await?;
        let context = self.judging(&space, &account, &store).await?;
        self.judge_again(&space, &store, &context).await?;
        let ledger = self.findings_ledger(&space, store.organisation()).await?;
        let wanted = Query {
            rule: query.rule.map(view::findings::rule_of),
            app_id: query.app_id,
            text: query.text,
            ignored: query.ignored,
            offset: query.offset,
            limit: query.limit,
        };
        let now = context.now;
        let page = off_thread(move || ledger.list(&wanted, now)).await?;
        let findings = self.shown(&store, page.findings, &context).await?;
        Ok(FindingsPage {
            findings,
            total: page.total,
            rules: page.rules.iter().map(view::findings::rule_count).collect(),
            ignored: page.ignored,
            gaps: self.gaps_of(&space, &account)?,
        })
    }

    /// Has their names ready for somebody who types. What goes wrong is told when they are asked for.
    pub async fn have_findings_ready(&self) {
        let Ok((_, ledger)) = self.active_ledger().await else { return };
        let _ = off_thread(move || ledger.have_ready()).await;
    }

    /// Stops showing a finding.
    pub async fn finding_ignore(&self, ignore: IgnoreFinding) -> Answer<()> {
        let (store, ledger) = self.active_ledger().await?;
        let now = self.now();
        let until = ignore.until.map(|When(until)| until);
        let health = off_thread(move || ledger.ignore(&ignore.id, &ignore.reason, until, now)).await?;
        self.take_in_health(&store, health.into_iter().collect()).await
    }

    /// Shows it again.
    pub async fn finding_show_again(&self, id: &str) -> Answer<()> {
        let (store, ledger) = self.active_ledger().await?;
        let (now, id) = (self.now(), id.to_owned());
        let health = off_thread(move || ledger.unignore(&id, now)).await?;
        self.take_in_health(&store, health.into_iter().collect()).await
    }

    /// The findings of one app, ignored ones too.
    pub(crate) async fn findings_of(
        &self,
        space: &OpenSpace,
        store: &Store,
        app: &watch::App,
        context: &Context,
    ) -> Answer<Vec<AppFinding>> {
        self.judge(space, store, vec![app.clone()], context).await?;
        let ledger = self.findings_ledger(space, store.organisation()).await?;
        let wanted =
            Query { app_id: Some(app.app_id.clone()), ignored: true, limit: 500, ..Query::default() };
        let now = context.now;
        let page = off_thread(move || ledger.list(&wanted, now)).await?;
        Ok(page.findings.into_iter().map(|one| view::findings::finding(one, Some(app), context)).collect())
    }

    async fn active_ledger(&self) -> Answer<(Store, Ledger)> {
        let space = self.space()?;
        let account = self.active(&space)?;
        let store = self.inventory(&space, account.key.tenant_id.as_str()).await?;
        let ledger = self.findings_ledger(&space, store.organisation()).await?;
        Ok((store, ledger))
    }

    async fn take_in_health(&self, store: &Store, health: Vec<watch::findings::Health>) -> Answer<()> {
        judging::set_health(store, health).await?;
        self.changed(Changed::Inventory);
        self.changed(Changed::Status);
        Ok(())
    }

    /// Findings with buttons that fit the app as it is.
    async fn shown(
        &self,
        store: &Store,
        found: Vec<watch::findings::Listed>,
        context: &Context,
    ) -> Answer<Vec<AppFinding>> {
        let (kept, context) = (store.clone(), context.clone());
        off_thread(move || {
            found
                .into_iter()
                .map(|one| {
                    let app = match one.finding.remedy.as_ref().and_then(|remedy| remedy.button.as_ref()) {
                        Some(_) => kept.app(&one.finding.app_id)?,
                        None => None,
                    };
                    Ok::<_, watch::inventory::StoreError>(view::findings::finding(
                        one,
                        app.as_ref(),
                        &context,
                    ))
                })
                .collect()
        })
        .await
    }
}
