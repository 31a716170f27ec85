//! What people allowed an app: looked up, taken back, given again.

mod bad_days;
mod kill_points;
mod many;
mod reporting;
mod revoking;

use std::collections::{BTreeMap, BTreeSet};

use graph::{DirectoryObjectId, GrantId};
use practice::{Row, Tables};
use provision::{Finish, Finished, Plan, Planner, RunId, Whose};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::world::World;

/// An app of another organisation that the seed has people let act for them, beside what an admin allowed for everyone.
const VENDOR: &str = "Contoso Meetings";

/// An app, by both of its ids.
#[derive(Debug, Clone)]
pub(crate) struct Vendor {
    pub(crate) app_id: String,
    pub(crate) principal: String,
}

pub(crate) fn vendor(world: &World) -> Vendor {
    world.tenant.practice().tables(|tables| {
        let row = tables.service_principals.values().find(|row| row.text("displayName") == VENDOR).unwrap();
        Vendor { app_id: row.text("appId").to_owned(), principal: row.text("id").to_owned() }
    })
}

/// The object id of whoever signs in so.
pub(crate) fn person(world: &World, local: &str) -> DirectoryObjectId {
    let address = format!("{local}@lindqvist-practice.example");
    let id = world.tenant.practice().tables(|tables| tables.user(&address).unwrap().text("id").to_owned());
    DirectoryObjectId::new(id).unwrap()
}

/// What an app may do for whom: permissions by object id, `everyone` where it is for all.
pub(crate) type Allowed = BTreeMap<String, BTreeSet<String>>;

pub(crate) fn allowed(world: &World, vendor: &Vendor) -> Allowed {
    world.tenant.practice().tables(|tables| {
        let mut all = Allowed::new();
        for row in of(tables, vendor) {
            let whom =
                if row.text("consentType") == "AllPrincipals" { "everyone" } else { row.text("principalId") };
            let scopes = row.text("scope").split_whitespace().map(str::to_owned);
            all.entry(whom.to_owned()).or_default().extend(scopes);
        }
        all
    })
}

fn of<'t>(tables: &'t Tables, vendor: &'t Vendor) -> impl Iterator<Item = &'t Row> {
    tables.oauth2_permission_grants.values().filter(|row| row.text("clientId") == vendor.principal)
}

/// The id of a person's grant.
pub(crate) fn grant_of(world: &World, vendor: &Vendor, person: &str) -> GrantId {
    let id = world.tenant.practice().tables(|tables| {
        of(tables, vendor).find(|row| row.text("principalId") == person).unwrap().text("id").to_owned()
    });
    GrantId::new(id).unwrap()
}

/// So many more people allow the app something; they are nobody whom the directory knows.
pub(crate) fn many_allow(world: &World, vendor: &Vendor, people: usize) {
    world.tenant.practice().tables(|tables| {
        let like = of(tables, vendor).find(|row| row.text("consentType") == "Principal").unwrap().clone();
        for n in 0..people {
            let mut row = like.clone();
            let id = format!("many-{n:05}");
            row.body.insert("id".into(), json!(id));
            row.body.insert("principalId".into(), json!(format!("{n:08x}-1111-4111-8111-111111111111")));
            tables.oauth2_permission_grants.insert(id, row);
        }
    });
}

pub(crate) async fn plan(world: &World, vendor: &Vendor, whose: &Whose) -> Plan {
    let session = world.session().await;
    Planner::new(&session).revoke_consents(&vendor.app_id, whose).await.unwrap()
}

pub(crate) async fn done(world: &World, plan: Plan) -> Finished {
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    finished
}

pub(crate) async fn undone(world: &World, run: &RunId) -> Vec<String> {
    world.worker().await.undo(run, CancellationToken::new()).await.unwrap().remains
}
