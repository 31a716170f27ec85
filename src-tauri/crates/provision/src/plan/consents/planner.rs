//! Planning to take back what people, or an admin for everyone, allowed an app.

use std::collections::{BTreeMap, BTreeSet};

use graph::resources::OAuth2PermissionGrant;
use graph::{DirectoryObjectId, ServicePrincipalId, grants};
use sha2::{Digest, Sha256};

use super::{HeldConsent, words};
use crate::consents::{accounts, find, person_of};
use crate::plan::authority::MAY_GRANT_DELEGATED;
use crate::plan::changes::nothing;
use crate::plan::compare::Comparison;
use crate::plan::planner::{PlanError, Planner};
use crate::plan::problem::{Problem, ProblemKind};
use crate::plan::reads;
use crate::plan::step::StepKind;
use crate::plan::words::Words;
use crate::plan::{DelegatedConsent, Plan, Subject};

/// Up to so many people, each has a step of their own.
const NAMED: usize = 50;
/// Above that, so many share one.
const TOGETHER: usize = 100;

/// Whose consents to take back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Those of these people.
    People(Vec<DirectoryObjectId>),
    /// Those of all people, and what an admin allowed for everyone.
    All,
}

/// The grants in question.
#[derive(Default)]
struct Held {
    everyone: Vec<OAuth2PermissionGrant>,
    /// In the order in which Microsoft lists them; for chosen people in the order in which they were named.
    people: Vec<(DirectoryObjectId, Vec<OAuth2PermissionGrant>)>,
}

impl Planner<'_> {
    /// Plans to take back what was allowed an app. Undoing gives it again as it was.
    ///
    /// # Errors
    /// [`PlanError`].
    pub async fn revoke_consents(&self, app_id: &str, whose: &Whose) -> Result<Plan, PlanError> {
        let client = &self.session.graph;
        let app = find(client, app_id).await?;
        let actual = reads::look(client, &nothing()).await?;
        self.check_organisation(&actual)?;
        let mut comparison = self.comparison(self.new_run(), &actual);
        let group = (app.app_id.to_string(), app.name.clone());
        let held = match &app.principal {
            Some(principal) => held(client.all(grants::delegated_to(principal)).await?, whose),
            None => Held::default(),
        };
        match (&app.principal, whose) {
            (Some(principal), _) => {
                let names = self.names(&held).await?;
                let mut steps =
                    Steps { comparison: &mut comparison, group: &group, principal, names: &names };
                steps.add(&held, whose);
            }
            (None, Whose::All | Whose::People(_)) => comparison.nothing_allowed(&group),
        }
        if comparison.steps.iter().any(|step| !step.already) {
            comparison.say_of_consents(&app.name, whose, !held.everyone.is_empty());
            if let Some(principal) = &app.principal
                && client.send(grants::app_roles_of(principal)).await.is_ok_and(|page| !page.value.is_empty())
            {
                comparison.say(words::acts_by_itself(&app.name));
            }
        }
        let title = match (whose, held.people.as_slice()) {
            (Whose::All, _) => format!("Take back what was allowed {}", app.name),
            (Whose::People(_), [_]) => format!("Take back what one person allowed {}", app.name),
            (Whose::People(ids), _) => format!("Take back what {} people allowed {}", ids.len(), app.name),
        };
        let all = matches!(whose, Whose::All);
        let subject = Subject::RevokeConsents { app_id: app.app_id.to_string(), all };
        Ok(self.finish(comparison, subject, title, &actual, Vec::new()).await)
    }

    /// Names of few people; many are counted.
    async fn names(&self, held: &Held) -> Result<BTreeMap<String, String>, PlanError> {
        if held.people.len() > NAMED {
            return Ok(BTreeMap::new());
        }
        let ids: Vec<_> = held.people.iter().map(|(id, _)| id.clone()).collect();
        let found = accounts(&self.session.graph, &ids).await?;
        Ok(found
            .into_iter()
            .filter_map(|(id, user)| Some((id, user.display_name.or(user.user_principal_name)?)))
            .collect())
    }
}

/// Sorts out whose grants they are. Chosen people without any stay in the list, with nothing.
fn held(all: Vec<OAuth2PermissionGrant>, whose: &Whose) -> Held {
    let mut held = Held::default();
    let mut places: BTreeMap<DirectoryObjectId, usize> = BTreeMap::new();
    if let Whose::People(ids) = whose {
        let mut seen = BTreeSet::new();
        for id in ids.iter().filter(|id| seen.insert((*id).clone())) {
            places.insert(id.clone(), held.people.len());
            held.people.push((id.clone(), Vec::new()));
        }
    }
    for grant in all {
        let Some(person) = person_of(&grant) else {
            held.everyone.push(grant);
            continue;
        };
        match (places.get(&person), whose) {
            (Some(place), _) => held.people[*place].1.push(grant),
            (None, Whose::All) => {
                places.insert(person.clone(), held.people.len());
                held.people.push((person, vec![grant]));
            }
            (None, Whose::People(_)) => {}
        }
    }
    held
}

struct Steps<'a, 'b> {
    comparison: &'a mut Comparison<'b>,
    group: &'a (String, String),
    principal: &'a ServicePrincipalId,
    names: &'a BTreeMap<String, String>,
}

impl Steps<'_, '_> {
    fn add(&mut self, held: &Held, whose: &Whose) {
        let app = self.group.1.clone();
        if *whose == Whose::All && !held.everyone.is_empty() {
            let scopes = scopes(&held.everyone);
            self.step("everyone", &held.everyone, words::of_everyone(&app, &scopes));
        }
        let (without, with): (Vec<_>, Vec<_>) = held.people.iter().partition(|(_, all)| all.is_empty());
        if held.people.len() <= NAMED {
            for (id, all) in with {
                self.step(id.as_str(), all, words::of_person(&app, &self.name(id), &scopes(all)));
            }
            for (id, _) in without {
                self.step(id.as_str(), &[], words::nothing_of(&app, &self.name(id)));
            }
        } else {
            for some in with.chunks(TOGETHER) {
                let all: Vec<_> = some.iter().flat_map(|(_, all)| all).cloned().collect();
                self.step(&digest(&all), &all, words::of_many(&app, some.len()));
            }
            if !without.is_empty() {
                self.step("nothing", &[], words::nothing_of_many(&app, without.len()));
            }
        }
        if self.comparison.steps.is_empty() {
            self.comparison.nothing_allowed(self.group);
        }
        if self.comparison.steps.iter().any(|step| !step.already) {
            let kind = StepKind::ReadConsents { client: self.principal.clone() };
            self.comparison.push_in(self.group, "read-consents".to_owned(), kind, words::read(), false);
        }
    }

    fn step(&mut self, id: &str, all: &[OAuth2PermissionGrant], words: Words) {
        let consents: Vec<HeldConsent> = all.iter().map(consent).collect();
        let already = consents.is_empty();
        let kind = StepKind::RevokeConsents { client: self.principal.clone(), consents };
        self.comparison.push_in(self.group, format!("revoke:{id}"), kind, words, already);
    }

    fn name(&self, id: &DirectoryObjectId) -> String {
        self.names.get(id.as_str()).cloned().unwrap_or_else(|| format!("a deleted account ({id})"))
    }
}

impl Comparison<'_> {
    fn nothing_allowed(&mut self, group: &(String, String)) {
        let client = ServicePrincipalId::placeholder("none");
        let kind = StepKind::RevokeConsents { client, consents: Vec::new() };
        self.push_in(group, "revoke:nothing".to_owned(), kind, words::nothing(&group.1), true);
    }

    fn say_of_consents(&mut self, app: &str, whose: &Whose, everyone: bool) {
        if !self.authority.holds(MAY_GRANT_DELEGATED) {
            self.only_by(MAY_GRANT_DELEGATED, "You cannot take this back", "Taking back what others allowed");
        }
        if everyone && *whose != Whose::All {
            self.say(words::still_for_everyone(app));
        }
        self.say(words::not_at_once(app));
        let rules = self.actual.authorization.as_ref().ok();
        if let Some(may) = rules.and_then(|one| one.default_user_role_permissions.may_consent_for_self()) {
            self.say(words::can_come_back(app, may));
        }
    }

    fn say(&mut self, (title, why): (String, String)) {
        self.problems.push(Problem::to_know(ProblemKind::Consequence { what: why.clone() }, title, why));
    }
}

fn consent(grant: &OAuth2PermissionGrant) -> HeldConsent {
    HeldConsent {
        id: grant.id.clone(),
        resource_id: grant.resource_id.clone(),
        consent: person_of(grant)
            .map_or(DelegatedConsent::Everybody, |id| DelegatedConsent::Person(id.to_string())),
        scopes: grant.scopes().map(str::to_owned).collect(),
    }
}

fn scopes(all: &[OAuth2PermissionGrant]) -> Vec<&str> {
    all.iter().flat_map(OAuth2PermissionGrant::scopes).collect()
}

/// A name for a step of many: the same grants have the same.
fn digest(all: &[OAuth2PermissionGrant]) -> String {
    let mut digest = Sha256::new();
    for grant in all {
        digest.update(grant.id.as_str());
        digest.update("\n");
    }
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
