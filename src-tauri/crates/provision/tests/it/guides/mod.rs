//! What the guides ask for beside app registrations: accounts, licences, settings, changes, tokens.

mod accounts;
mod authorize;
mod bad_days;
mod changes;
mod connectors;
mod consent;
mod reports;

use std::collections::BTreeMap;

use blueprint::Setup;
use practice::Row;
use provision::{Finish, Finished, Plan};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::setups::picture;
use crate::tenant::Tenant;
use crate::world::World;

pub(crate) const NEW: &str = "sense.sync@lindqvist-practice.example";

/// A connector with its default choices and these answers.
pub(crate) fn connector(id: &str, answers: &[(&str, &str)]) -> Setup {
    let connector = blueprint::builtin::find(id).unwrap();
    let mut choices = connector.default_choices();
    for (input, answer) in answers {
        choices.inputs.insert((*input).to_owned(), (*answer).to_owned());
    }
    connector.setup(&choices).unwrap_or_else(|issues| panic!("{issues:?}"))
}

/// Sense with an account of its own, that gets a licence.
pub(crate) fn sense(account: &str, licence: &str) -> Setup {
    let mut answers = vec![("agency", "acme-staffing"), ("account", account), ("country", "SE")];
    if !licence.is_empty() {
        answers.push(("licence", licence));
    }
    connector("sense", &answers)
}

/// Sense's account alone, with a mailbox to wait for.
pub(crate) fn account_only(address: &str, licence: Option<&str>) -> Setup {
    let mut setup = sense(address, licence.unwrap_or_default());
    setup.registrations.clear();
    setup.proofs.clear();
    setup.accounts[0].needs_mailbox = licence.is_some();
    setup
}

pub(crate) fn certero(kind: &str) -> Setup {
    connector("certero", &[("kind", kind), ("tenant-name", "lindqvist-practice.example")])
}

pub(crate) async fn run(world: &World, plan: Plan) -> Finished {
    world.worker().await.execute(plan, CancellationToken::new()).await.unwrap()
}

pub(crate) async fn done(world: &World, setup: &Setup) -> (provision::RunId, Finished) {
    let plan = world.plan(setup).await;
    assert!(plan.can_run(), "{:#?}", plan.problems);
    let id = plan.run.clone();
    let finished = run(world, plan).await;
    assert!(
        matches!(finished.finish, Finish::Done | Finish::NotProved),
        "{:#?} {:#?}",
        finished.finish,
        finished.proofs
    );
    (id, finished)
}

/// Everything in the directory that a run could touch: applications and what hangs on them, people, settings.
pub(crate) fn everything(tenant: &Tenant) -> Value {
    let people = tenant.practice().tables(|tables| {
        let alive: BTreeMap<String, Value> = tables
            .users
            .iter()
            .filter(|(_, row)| row.deleted.is_none())
            .map(|(id, row)| (id.clone(), Value::Object(row.body.clone())))
            .collect();
        let conceals = tables
            .policies
            .get("reportSettings")
            .is_none_or(|row| row.body["displayConcealedNames"] != false);
        json!({"users": alive, "conceals": conceals})
    });
    json!({"applications": picture(tenant), "people": people})
}

/// The person with this address, as the tenant has it.
pub(crate) fn person(tenant: &Tenant, address: &str) -> Option<Row> {
    tenant.practice().tables(|tables| tables.user(address).filter(|row| row.deleted.is_none()).cloned())
}

/// Requests since the mark that write something in the directory.
pub(crate) fn writes_since(world: &World, mark: usize) -> Vec<String> {
    let mut writes = Vec::new();
    for one in world.requests_since(mark) {
        if one.path.ends_with("/$batch") {
            for member in one.body.unwrap()["requests"].as_array().unwrap() {
                if member["method"] != "GET" {
                    writes.push(member.to_string());
                }
            }
        } else if one.method != "GET" && !one.path.ends_with("/token") && !one.path.contains("InvokeCommand")
        {
            writes.push(format!("{} {}", one.method, one.path));
        }
    }
    writes
}
