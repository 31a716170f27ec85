//! Every app of the organisation, as last read.

mod export;
mod kept;
mod reading;

use std::collections::HashMap;

use contract::{
    AppDetail, AppError, ErrorCode, InventoryPage, InventoryQuery, NoteSubject, PersonView, RegistrationRef,
    SignInPurpose, Timeline, TimelineQuery, When,
};
use graph::AppId;
use tokio_util::sync::CancellationToken;
use watch::Known;
use watch::inventory::{Notes, Query, Store, View};

use crate::accounts::Account;
use crate::errors::{Answer, Explain, no_such};
use crate::space::OpenSpace;
use crate::{App, sign_in, view};

pub(crate) use kept::{Kept, off_thread};

impl App {
    /// A part of the inventory, as last read. Answers from this machine alone.
    pub async fn inventory_rows(&self, query: InventoryQuery) -> Answer<InventoryPage> {
        let space = self.space()?;
        let account = self.active(&space)?;
        let store = self.inventory(&space, account.key.tenant_id.as_str()).await?;
        let set_ups = self.set_ups_by_app(&space, &account)?;
        let seen = self.inventory_view(&space, &store, &set_ups)?;
        let (kept, wanted) = (store.clone(), view::inventory::query(&query));
        let page = off_thread(move || watch::inventory::query(&kept, &wanted, &seen)).await?;
        let no_last_sign_ins = no_last_sign_ins(&account, &page.rows);
        Ok(InventoryPage {
            offset: query.offset,
            total: view::inventory::number(page.total),
            known: view::inventory::number(page.known),
            facets: page.facets.iter().map(view::inventory::facet_count).collect(),
            rows: page
                .rows
                .into_iter()
                .map(|row| {
                    let connection = set_ups.get(&row.app_id).cloned();
                    view::inventory::row(row, connection)
                })
                .collect(),
            sync: self.freshness(&space, &store).await?,
            no_last_sign_ins,
        })
    }

    /// One app with its credentials: looked up now, or as last read where Microsoft cannot be asked.
    pub async fn inventory_app(&self, which: RegistrationRef) -> Answer<AppDetail> {
        let space = self.space()?;
        let account = self.active(&space)?;
        let store = self.inventory(&space, account.key.tenant_id.as_str()).await?;
        let app_id = which.app_id.trim().to_owned();
        let (app, at) = self.look_at_app(&space, &account, &store, &app_id).await?;
        self.app_detail(&space, &account, &store, &app, at).await
    }

    /// What ends when.
    pub async fn timeline(&self, query: TimelineQuery) -> Answer<Timeline> {
        let space = self.space()?;
        let account = self.active(&space)?;
        let from = query.from.as_deref().map(str::parse).transpose().map_err(|_| {
            AppError::new(ErrorCode::AnswersNeedAttention).because("A day is written 2026-12-31.")
        })?;
        let store = self.inventory(&space, account.key.tenant_id.as_str()).await?;
        let set_ups = self.set_ups_by_app(&space, &account)?;
        let seen = self.inventory_view(&space, &store, &set_ups)?;
        let wanted =
            Query { text: query.text, facets: view::inventory::facets(&query.facets), ..Query::default() };
        let months = query.months;
        let timeline =
            off_thread(move || watch::inventory::timeline(&store, from, months, &wanted, &seen)).await?;
        Ok(view::inventory::timeline(timeline, |app_id| set_ups.get(app_id).cloned()))
    }

    /// An app as it is now; as last read where Microsoft cannot be asked.
    async fn look_at_app(
        &self,
        space: &OpenSpace,
        account: &Account,
        store: &Store,
        app_id: &str,
    ) -> Answer<(watch::App, When)> {
        let looked = if account.covers(SignInPurpose::Inspect) {
            match self.session(space, account).await {
                Ok(session) => {
                    let asked = CancellationToken::new();
                    let id = AppId::new(app_id).map_err(|_| no_such("app"))?;
                    match watch::inventory::look_at(&session.graph, store, &id, &asked).await {
                        Ok(Some(app)) => Ok(app),
                        Ok(None) => Err(AppError::new(ErrorCode::NotFound)
                            .because("This organisation has no app with this client ID.")),
                        Err(error) => Err(error.explain()),
                    }
                }
                Err(error) => Err(error),
            }
        } else {
            Err(AppError::new(ErrorCode::SignInForMore)
                .because(sign_in::sentence(SignInPurpose::Inspect))
                .sign_in_for(SignInPurpose::Inspect))
        };
        let error = match looked {
            Ok(app) => return Ok((app, When(self.now()))),
            Err(error) if error.code == ErrorCode::NotFound => return Err(error),
            Err(error) => error,
        };
        let (kept, id) = (store.clone(), app_id.to_owned());
        let known =
            off_thread(move || Ok::<_, watch::inventory::StoreError>((kept.app(&id)?, kept.freshness()?)));
        match known.await? {
            (Some(app), freshness) => Ok((app, When(freshness.read_at.unwrap_or(self.now())))),
            (None, _) => Err(error),
        }
    }

    async fn app_detail(
        &self,
        space: &OpenSpace,
        account: &Account,
        store: &Store,
        app: &watch::App,
        at: When,
    ) -> Answer<AppDetail> {
        let set_ups = self.set_ups_by_app(space, account)?;
        let wanted = Query { text: app.app_id.clone(), limit: 50, ..Query::default() };
        let (kept, seen) = (store.clone(), self.inventory_view(space, store, &set_ups)?);
        let page = off_thread(move || watch::inventory::query(&kept, &wanted, &seen)).await?;
        let row = page.rows.into_iter().find(|row| row.app_id == app.app_id).ok_or_else(|| no_such("app"))?;
        let context = self.judging(space, account, store).await?;
        let stored = self.kept_keys(space).await;
        let rotating = self.rotating(space).await;
        let (now, zone) = (self.now(), self.0.options.host.zone());
        let mut credentials: Vec<_> = app
            .credentials
            .iter()
            .map(|one| {
                let in_vault = stored.contains(&one.key_id);
                view::inventory::credential(one, now, &zone, in_vault, rotating.get(&one.key_id).cloned())
            })
            .collect();
        credentials.sort_by_key(|one| (one.ends_at.is_none(), one.ends_at));
        Ok(AppDetail {
            row: view::inventory::row(row, set_ups.get(&app.app_id).cloned()),
            credentials,
            owners: match &app.owners {
                Known::Seen(owners) => Some(owners.iter().map(owner).collect()),
                Known::NotLooked | Known::Hidden(_) => None,
            },
            findings: self.findings_of(space, store, app, &context).await?,
            policy: view::findings::policy(&context),
            instead_of_secrets: view::findings::instead_of_secrets(app, &context),
            notes: self.note_views(
                space,
                account.key.tenant_id.to_string(),
                NoteSubject::App { app_id: app.app_id.clone() },
            )?,
            at,
        })
    }

    /// The set-up that each app of an organisation belongs to, by client id.
    pub(crate) fn set_ups_by_app(
        &self,
        space: &OpenSpace,
        account: &Account,
    ) -> Answer<HashMap<String, String>> {
        let tenant = account.key.tenant_id.as_str();
        let all = self.finished(space)?.into_iter().filter(|stored| stored.tenant_id == tenant);
        Ok(all
            .flat_map(|stored| {
                let id = stored.id;
                stored.registrations.into_iter().map(move |one| (one.app_id, id.clone()))
            })
            .collect())
    }

    /// From where the inventory is looked at.
    fn inventory_view(
        &self,
        space: &OpenSpace,
        store: &Store,
        set_ups: &HashMap<String, String>,
    ) -> Answer<View> {
        Ok(View {
            now: self.now(),
            zone: self.0.options.host.zone(),
            ours: set_ups.keys().cloned().collect(),
            notes: Notes::new(self.words_about_apps(space, store.organisation())?),
        })
    }
}

fn owner(owner: &watch::Owner) -> PersonView {
    PersonView {
        id: owner.id.clone(),
        name: owner.name.clone(),
        upn: owner.upn.clone().unwrap_or_default(),
        mail: None,
    }
}

/// Why last sign-ins are not known, where one sentence says it for all rows.
fn no_last_sign_ins(account: &Account, rows: &[watch::inventory::Row]) -> Option<AppError> {
    if rows.is_empty() || rows.iter().any(|row| matches!(row.last_sign_in, Known::Seen(_))) {
        return None;
    }
    if !account.covers(SignInPurpose::SignIns) {
        return Some(
            AppError::new(ErrorCode::SignInForMore)
                .because("When apps last signed in is not known, because this session may not read it.")
                .sign_in_for(SignInPurpose::SignIns),
        );
    }
    let why = rows.iter().find_map(|row| match &row.last_sign_in {
        Known::Hidden(why) => Some(view::inventory::unseen(*why)),
        Known::NotLooked | Known::Seen(_) => None,
    })?;
    Some(AppError::new(ErrorCode::GraphRefused).because(why))
}
