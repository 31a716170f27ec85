//! Who has let an app act for them, and taking that back.

use app::App;
use clap::Args;
use contract::{
    AppError, ConnectedGrant, ConnectedPeople, ErrorCode, PlanRequest, RegistrationRef, RevokeWhose,
};

use super::exit::Ended;
use super::output::Output;
use super::registrations;
use super::tasks::How;

/// Who has let an app act for them.
#[derive(Debug, Args)]
pub(super) struct People {
    /// Client ID of the app.
    #[arg(long, value_name = "CLIENT_ID")]
    pub(super) app: String,
    /// Take back what this person allowed: a sign-in name, or an object ID for an account that is gone; may be given several times.
    #[arg(long, value_name = "PERSON")]
    pub(super) revoke: Vec<String>,
    /// Take back what everybody allowed, and what an admin allowed for everyone.
    #[arg(long, conflicts_with = "revoke")]
    pub(super) revoke_all: bool,
    #[command(flatten)]
    pub(super) how: How,
}

/// Lists them, or takes back.
pub(super) async fn people(app: &App, with: People, output: &Output) -> Result<Ended, AppError> {
    let app_id = with.app;
    if with.revoke_all {
        let request = PlanRequest::RevokeConsent { app_id, whose: RevokeWhose::All };
        return registrations::plan(app, request, &with.how, output).await;
    }
    let found = app.connected_people(RegistrationRef { app_id: app_id.clone() }).await?;
    if with.revoke.is_empty() {
        output.answer(&found, list);
        return Ok(Ended::Done);
    }
    let mut ids = Vec::new();
    for person in &with.revoke {
        ids.push(id_of(app, &found, person).await?);
    }
    let request = PlanRequest::RevokeConsent { app_id, whose: RevokeWhose::People { ids } };
    registrations::plan(app, request, &with.how, output).await
}

/// The object id that a sign-in name stands for. Not everybody is in the list where there are very many.
async fn id_of(app: &App, found: &ConnectedPeople, person: &str) -> Result<String, AppError> {
    let is = |upn: &Option<String>| upn.as_deref().is_some_and(|upn| upn.eq_ignore_ascii_case(person));
    if let Some(one) = found.people.iter().find(|one| is(&one.upn) || one.id == person) {
        return Ok(one.id.clone());
    }
    if !person.contains('@') {
        return Ok(person.to_owned());
    }
    let named = app.people_search(person).await?;
    let named = named.into_iter().find(|one| one.upn.eq_ignore_ascii_case(person)).map(|one| one.id);
    named.ok_or_else(|| {
        AppError::new(ErrorCode::NotFound).because(format!("Nobody here signs in as {person}."))
    })
}

fn list(found: &ConnectedPeople) -> String {
    let mut text = format!("{} ({})\n", found.app_name, found.app_id);
    if let Some(everyone) = &found.everyone {
        text += &format!("  An admin allowed for everyone: {}\n", scopes(everyone));
    }
    if found.people.is_empty() {
        text += "  Nobody has allowed it anything for themselves.\n";
    }
    for person in &found.people {
        let who = match (&person.upn, person.enabled) {
            (None, _) => format!("{} (the account is gone)", person.id),
            (Some(upn), Some(false)) => format!("{} <{upn}> (switched off)", person.name),
            (Some(upn), _) => format!("{} <{upn}>", person.name),
        };
        text += &format!("  {who}: {}\n", scopes(&person.grant));
    }
    if found.more {
        text += &format!("  There are more than these {}.\n", found.people.len());
    }
    text
}

fn scopes(grant: &ConnectedGrant) -> String {
    grant.scopes.join(", ")
}
