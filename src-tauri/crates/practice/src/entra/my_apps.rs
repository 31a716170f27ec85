//! Where a person sees what apps may do, and takes back what the person allowed: My Apps, and for personal accounts the
//! page at `account.live.com/consent/Manage`.
//!
//! Sources: "Edit or revoke application permissions in the My Apps portal" (support.microsoft.com), of which the upper part
//! is what the person agreed to and the lower part what an administrator agreed to for everyone: the latter cannot be taken
//! back here. A refresh token is refused from then on (AADSTS65001, `consent_required`); access tokens that were given out run
//! on until they end ("Refresh tokens in the Microsoft identity platform"; microsoft-authentication-library-for-android#1037).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::consent::{self, Item};
use super::flow::{self, Flow, Purpose};
use super::form::Form;
use super::{account, authority::Authority, pages, respond, session};
use crate::serve::{Answer, Incoming};
use crate::store::{Row, Tables};
use crate::tenant::Tenant;

/// One app and what it may do for this person.
#[derive(Debug, Default)]
pub(crate) struct Allowed {
    /// Client id.
    pub(crate) app_id: String,
    pub(crate) name: String,
    pub(crate) publisher: String,
    /// What the person agreed to.
    pub(crate) by_person: Vec<Item>,
    /// What an administrator agreed to for everyone.
    pub(crate) by_admin: Vec<Item>,
}

/// `GET` and `POST /myapps`: the list; without a session, or with `switch`, the account picker first.
pub(crate) fn show(tenant: &Tenant, incoming: &Incoming) -> Answer {
    let form = Form::of_body(incoming);
    match person(tenant, incoming, form.get("person")).filter(|_| form.get("switch").is_none()) {
        Some((home, person)) => list(&home, &person, None),
        None => {
            let flow = Flow::new(tenant, Purpose::MyApps, Authority::Common);
            flow::begin(tenant, incoming, flow, Some("select_account"), None)
        }
    }
}

/// The picker was answered: to the list, by an address that can be opened again.
pub(crate) fn signed_in() -> Answer {
    respond::redirect("/myapps")
}

/// `POST /myapps/revoke`: takes back everything that the person allowed one app.
pub(crate) fn revoke(tenant: &Tenant, incoming: &Incoming) -> Answer {
    let form = Form::of_body(incoming);
    let person = person(tenant, incoming, form.get("person"));
    let (Some((home, person)), Some(app), true) =
        (person, form.get("app"), flow::is_own_page(tenant, incoming))
    else {
        return show(tenant, incoming);
    };
    let taken = home.write(|tables| {
        let principal = tables.service_principal_by_app_id(app)?;
        let (id, name) = (principal.text("id").to_owned(), principal.text("displayName").to_owned());
        tables
            .oauth2_permission_grants
            .retain(|_, grant| !(grant.text("clientId") == id && is_of(grant, &person)));
        Some(name)
    });
    list(&home, &person, taken.as_deref())
}

fn list(tenant: &Tenant, person: &str, taken: Option<&str>) -> Answer {
    let (upn, allowed) = tenant.read(|tables| {
        let upn = tables.user(person).map(|user| user.text("userPrincipalName").to_owned());
        (upn.unwrap_or_default(), allowed(tables, person))
    });
    pages::my_apps(tenant, person, &upn, &allowed, taken)
}

/// Who looks, and where that account is at home: the one named, if signed in in this browser, or who signed in there last.
fn person(tenant: &Tenant, incoming: &Incoming, named: Option<&str>) -> Option<(Arc<Tenant>, String)> {
    let account = match (&tenant.options.sign_in_as, named) {
        (Some(upn), _) => account::find(tenant, upn)?,
        (None, Some(named)) => session::people(tenant, incoming).into_iter().find(|own| own == named)?,
        (None, None) => session::people(tenant, incoming).pop()?,
    };
    Some((account::home(tenant, &account)?, account))
}

/// A grant that this person gave.
fn is_of(grant: &Row, person: &str) -> bool {
    grant.text("consentType") == "Principal" && grant.text("principalId") == person
}

/// Apps with a grant of the person or of everyone, those of the person first, by name.
fn allowed(tables: &Tables, person: &str) -> Vec<Allowed> {
    let mut found: BTreeMap<String, Allowed> = BTreeMap::new();
    for grant in tables.oauth2_permission_grants.values().filter(|grant| grant.deleted.is_none()) {
        let everyone = grant.text("consentType") == "AllPrincipals";
        let Some(principal) = tables
            .service_principals
            .get(grant.text("clientId"))
            .filter(|row| row.deleted.is_none() && (everyone || is_of(grant, person)))
        else {
            continue;
        };
        let entry = found.entry(principal.text("id").to_owned()).or_insert_with(|| Allowed {
            app_id: principal.text("appId").to_owned(),
            name: principal.text("displayName").to_owned(),
            publisher: principal.text("publisherName").to_owned(),
            ..Allowed::default()
        });
        let items = grant
            .text("scope")
            .split_whitespace()
            .map(|scope| consent::item(tables, grant.text("resourceId"), scope));
        if everyone { entry.by_admin.extend(items) } else { entry.by_person.extend(items) }
    }
    let mut all: Vec<_> = found.into_values().collect();
    all.sort_by_key(|app| (app.by_person.is_empty(), app.name.to_lowercase()));
    all
}
