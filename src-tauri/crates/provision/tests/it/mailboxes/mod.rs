//! Whose mailboxes an app reaches: limits, proofs, traps and policies, against the practice tenant's Exchange.

mod bad_input;
mod delays;
mod limits;
mod people;
mod policies;
mod report;

use blueprint::{MailboxAccess, Setup};
use practice::RecordedRequest;
use provision::{Finished, Plan, ProofResult};
use tokio_util::sync::CancellationToken;

use crate::setups::MAILBOX;
use crate::world::World;

/// A mail-enabled security group whose members are the people of Sales.
pub(super) const GROUP: &str = "calendar-connector-scope@lindqvist-practice.example";
/// Somebody of Sales besides [`MAILBOX`] does not matter; this person is of IT, outside of the group.
pub(super) const OUTSIDE: &str = "astrid.lindqvist@lindqvist-practice.example";

/// Cirrus Insight's service account, limited so.
pub(super) fn cirrus(access: MailboxAccess) -> Setup {
    let connector = blueprint::builtin::find("cirrus-insight").unwrap();
    let mut choices = connector.default_choices();
    choices.inputs.insert("test-mailbox".to_owned(), MAILBOX.to_owned());
    choices.inputs.insert("domains".to_owned(), "lindqvist-practice.example".to_owned());
    choices.mailbox_access.insert("service-account".to_owned(), access);
    connector.setup(&choices).unwrap()
}

/// Totalview with these features, each limited so.
pub(crate) fn totalview(features: &[&str], access: &MailboxAccess) -> Setup {
    let connector = blueprint::builtin::find("totalview").unwrap();
    let mut choices = connector.default_choices();
    choices.features = features.iter().map(|one| (*one).to_owned()).collect();
    for feature in features {
        choices.mailbox_access.insert((*feature).to_owned(), access.clone());
    }
    if features.contains(&"calendar") {
        choices.inputs.insert("test-mailbox".to_owned(), MAILBOX.to_owned());
    }
    if features.contains(&"email") {
        choices.inputs.insert("sender".to_owned(), MAILBOX.to_owned());
    }
    connector.setup(&choices).unwrap()
}

pub(super) fn group() -> MailboxAccess {
    MailboxAccess::Group(GROUP.to_owned())
}

pub(crate) fn people(addresses: &[&str]) -> MailboxAccess {
    MailboxAccess::People(addresses.iter().map(|one| (*one).to_owned()).collect())
}

pub(super) async fn run(world: &World, plan: Plan) -> Finished {
    world.worker().await.execute(plan, CancellationToken::new()).await.unwrap()
}

pub(super) fn proof<'a>(finished: &'a Finished, id: &str) -> &'a ProofResult {
    let found = finished.proofs.iter().find(|(own, _)| own == id);
    &found.unwrap_or_else(|| panic!("no proof {id}: {:?}", finished.proofs)).1
}

/// Exchange was asked about a mailbox within and one outside, and both are as they should be.
pub(super) fn asked_and_proved(finished: &Finished) {
    for side in ["inside", "outside"] {
        let found = finished.proofs.iter().find(|(id, _)| id.starts_with(&format!("asked:{side}")));
        assert!(matches!(found, Some((_, ProofResult::Proved { .. }))), "{side}: {:?}", finished.proofs);
    }
}

/// Whether a request of Exchange changes something.
fn is_command(request: &RecordedRequest) -> bool {
    let body = format!("{:?}", request.body);
    request.path.contains("/adminapi/")
        && ["New-", "Set-", "Remove-", "Add-"].iter().any(|verb| body.contains(verb))
}

/// Writes since the mark, in Graph and in Exchange. Token requests are none, and a batch is one when a member writes.
pub(super) fn writes_since(world: &World, mark: usize) -> Vec<String> {
    let requests = world.requests_since(mark);
    let writes = requests.iter().filter(|request| {
        let batch = format!("{:?}", request.body);
        let batch_writes =
            ["POST", "PATCH", "DELETE"].iter().any(|verb| batch.contains(&format!("\"{verb}\"")));
        let of_graph = request.method != "GET" && request.path.starts_with("/v1.0");
        is_command(request) || (of_graph && (!request.path.ends_with("$batch") || batch_writes))
    });
    writes.map(|request| format!("{} {}", request.method, request.path)).collect()
}

/// Permissions of an app that Entra grants, by name.
pub(super) fn granted(world: &World, app_id: &str) -> Vec<String> {
    world.tenant.practice().tables(|tables| {
        let principal = tables.service_principal_by_app_id(app_id).unwrap().text("id").to_owned();
        let held = tables.app_role_assignments.values().filter(|row| row.text("principalId") == principal);
        let mut names: Vec<String> = held
            .map(|row| {
                let api = &tables.service_principals[row.text("resourceId")];
                let roles = api.body["appRoles"].as_array().unwrap();
                let role = roles.iter().find(|one| one["id"] == row.text("appRoleId")).unwrap();
                role["value"].as_str().unwrap().to_owned()
            })
            .collect();
        names.sort();
        names
    })
}

/// Roles of an app in Exchange with the scope that limits each.
pub(super) fn roles(world: &World, app_id: &str) -> Vec<(String, String)> {
    world.tenant.practice().tables(|tables| {
        let principal = tables.service_principal_by_app_id(app_id).unwrap().text("id").to_owned();
        let rows = tables.exchange.role_assignments.values();
        let held = rows.filter(|row| row.deleted.is_none() && row.text("App") == principal);
        let mut roles: Vec<(String, String)> = held
            .map(|row| (row.text("Role").to_owned(), row.text("CustomResourceScope").to_owned()))
            .collect();
        roles.sort();
        roles
    })
}
