//! Judging what was read: in portions, so that tens of thousands of apps need little memory.

use std::collections::{BTreeMap, HashSet};

use watch::findings::{Connection, Context, GapCounts, Health, Ledger, Waiting};
use watch::inventory::{Store, StoreError};

use super::Around;
use crate::App;
use crate::accounts::Account;
use crate::documents::Kind;
use crate::errors::{Answer, Explain, OrExplain};
use crate::inventory::off_thread;
use crate::space::OpenSpace;

/// Apps that are judged at a time.
const PORTION: usize = 4_000;

impl App {
    /// Judges the whole inventory after a reading, with what the organisation says about itself.
    pub(crate) async fn judge_inventory(
        &self,
        space: &OpenSpace,
        account: &Account,
        store: &Store,
    ) -> Answer<()> {
        let session = self.session(space, account).await?;
        let before: Option<Around> = space.documents.get(Kind::Around, store.organisation()).or_explain()?;
        let around = Box::pin(Around::look(&session, store)).await?.or(before.unwrap_or_default());
        space.documents.put(Kind::Around, store.organisation(), &around, self.now()).or_explain()?;
        let context = self.judging(space, account, store).await?;
        self.judge_all(space, store, &context).await
    }

    /// Judges again what time alone has changed since the last time.
    pub(super) async fn judge_again(
        &self,
        space: &OpenSpace,
        store: &Store,
        context: &Context,
    ) -> Answer<()> {
        let ledger = self.findings_ledger(space, store.organisation()).await?;
        let asked = context.clone();
        match off_thread(move || ledger.waiting(&asked)).await? {
            Waiting::All => self.judge_all(space, store, context).await,
            Waiting::Apps(ids) if ids.is_empty() => Ok(()),
            Waiting::Apps(ids) => {
                let kept = store.clone();
                let apps = off_thread(move || {
                    let all: Result<Vec<_>, StoreError> = ids.iter().map(|id| kept.app(id)).collect();
                    Ok::<_, StoreError>(all?.into_iter().flatten().collect())
                });
                let apps = apps.await?;
                self.judge(space, store, apps, context).await
            }
        }
    }

    /// Judges these apps.
    pub(super) async fn judge(
        &self,
        space: &OpenSpace,
        store: &Store,
        apps: Vec<watch::App>,
        context: &Context,
    ) -> Answer<()> {
        let ledger = self.findings_ledger(space, store.organisation()).await?;
        let context = context.clone();
        let judged = off_thread(move || ledger.judge(&apps, &context)).await?;
        set_health(store, judged.health).await
    }

    async fn judge_all(&self, space: &OpenSpace, store: &Store, context: &Context) -> Answer<()> {
        let ledger = self.findings_ledger(space, store.organisation()).await?;
        let (kept, context) = (store.clone(), context.clone());
        let (health, gaps) = off_thread(move || judge_in_portions(&kept, &ledger, &context)).await?;
        self.keep_gaps(space, store.organisation(), &gaps)?;
        set_health(store, health).await
    }

    /// What the rules know besides the apps.
    pub(crate) async fn judging(
        &self,
        space: &OpenSpace,
        account: &Account,
        store: &Store,
    ) -> Answer<Context> {
        let around: Around =
            space.documents.get(Kind::Around, store.organisation()).or_explain()?.unwrap_or_default();
        let mut context = Context::new(self.now(), self.0.options.host.zone());
        around.into_context(&mut context);
        let tenant = account.key.tenant_id.as_str();
        let mut connections = BTreeMap::new();
        for stored in self.finished(space)?.into_iter().filter(|stored| stored.tenant_id == tenant) {
            for one in &stored.registrations {
                if let Some(spec) = stored.setup.registration(&one.key) {
                    let (id, name, spec) = (stored.id.clone(), stored.connector_name.clone(), spec.clone());
                    connections.insert(one.app_id.clone(), Connection { id, name, spec });
                }
            }
        }
        context.connections = connections;
        Ok(context)
    }
}

/// Why a portion could not be judged.
#[derive(Debug, thiserror::Error)]
enum JudgeError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Ledger(#[from] watch::findings::LedgerError),
}

impl Explain for JudgeError {
    fn explain(&self) -> contract::AppError {
        match self {
            Self::Store(error) => error.explain(),
            Self::Ledger(error) => error.explain(),
        }
    }
}

fn judge_in_portions(
    store: &Store,
    ledger: &Ledger,
    context: &Context,
) -> Result<(Vec<Health>, GapCounts), JudgeError> {
    let (mut health, mut portion, mut present) = (Vec::new(), Vec::new(), HashSet::new());
    let mut gaps = GapCounts::default();
    let mut failed = None;
    store.each(|app| {
        present.insert(app.app_id.clone());
        portion.push(app);
        if portion.len() >= PORTION && failed.is_none() {
            gaps.add(&portion, context);
            match ledger.judge(portion.drain(..), context) {
                Ok(judged) => health.extend(judged.health),
                Err(error) => failed = Some(error),
            }
        }
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    gaps.add(&portion, context);
    health.extend(ledger.judge(portion, context)?.health);
    ledger.keep_only(&present, context.now)?;
    Ok((health, gaps))
}

/// Writes into the inventory how its apps are.
pub(super) async fn set_health(store: &Store, health: Vec<Health>) -> Answer<()> {
    if health.is_empty() {
        return Ok(());
    }
    let store = store.clone();
    off_thread(move || {
        let of: Vec<_> = health
            .into_iter()
            .map(|one| (one.app_id, watch::inventory::Health { worst: one.worst, findings: one.findings }))
            .collect();
        store.set_health(&of)
    })
    .await
}
