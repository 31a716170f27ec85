//! Giving again what was taken back: the same permissions on the same API for the same person.

use graph::resources::OAuth2PermissionGrant;
use graph::{Batch, GraphError, ServicePrincipalId, UserRef, directory, grants, service_principals};

use crate::apply::{Progress, Running, Stop};
use crate::plan::{DelegatedConsent, HeldConsent, Step, StepKind, is_for, person};
use crate::{Note, Phase, StepKey};

/// Grants that are given again together.
const AT_ONCE: usize = 100;

/// One to give again.
#[derive(Clone)]
struct Taken<'a> {
    step: &'a Step,
    key: StepKey,
    client: &'a ServicePrincipalId,
    held: &'a HeldConsent,
}

/// What came of giving one again.
enum Given {
    Again,
    /// The account is not there any more.
    NobodyThere,
    /// The app is not there any more.
    NoApp,
}

impl Running {
    /// Gives again what this run took back. What could not be given again is said.
    pub(super) async fn undo_consents(&self) -> Result<Vec<String>, Stop> {
        let plan = std::sync::Arc::clone(&self.plan);
        let taken: Vec<Taken<'_>> = plan.steps.iter().flat_map(|step| self.taken_by(step)).collect();
        let (mut nobody, mut no_app) = (0, false);
        for some in taken.chunks(AT_ONCE) {
            for given in self.give_again(some).await? {
                match given {
                    Given::Again => {}
                    Given::NobodyThere => nobody += 1,
                    Given::NoApp => no_app = true,
                }
            }
        }
        let mut remains = Vec::new();
        if no_app {
            remains.push("The app is not there any more, so nothing was given again.".to_owned());
        }
        match nobody {
            0 => {}
            1 => {
                remains.push("One account is not there any more. Nothing was given again for it.".to_owned());
            }
            many => {
                remains.push(format!(
                    "{many} accounts are not there any more. Nothing was given again for them."
                ));
            }
        }
        Ok(remains)
    }

    /// What a step took back, or may have: all that was begun, but what somebody else had taken back before.
    fn taken_by<'a>(&self, step: &'a Step) -> Vec<Taken<'a>> {
        let StepKind::RevokeConsents { client, consents } = &step.kind else { return Vec::new() };
        let facts = self.facts();
        let all = consents.iter().map(|held| {
            let key = StepKey::item(&step.id, held.id.as_str());
            Taken { step, key, client, held }
        });
        all.filter(|one| {
            let theirs = matches!(facts.settled(&one.key), Some(Note::ConsentRevoked { ours: false, .. }));
            facts.first_intent(&one.key).is_some() && !facts.is_undone(&one.key) && !theirs
        })
        .collect()
    }

    async fn give_again(&self, some: &[Taken<'_>]) -> Result<Vec<Given>, Stop> {
        let Some(first) = some.first() else { return Ok(Vec::new()) };
        let undo = |key: &StepKey| StepKey::item(format!("undo:{}", key.step), key.item.clone());
        let intents = some.iter().map(|one| self.line(&undo(&one.key), Phase::Intent, Note::Plain, None));
        self.write(intents.collect()).await?;
        let mut batch = Batch::new();
        let slots: Vec<_> = some.iter().map(|one| batch.add(one.request())).collect();
        let answers = self.graph_for(&first.key).batch(batch).await;
        let mut there: Option<Vec<OAuth2PermissionGrant>> = None;
        let (mut given, mut undone, mut failure) = (Vec::new(), Vec::new(), None);
        for (one, slot) in some.iter().zip(slots) {
            let result = match answers.take(slot) {
                Ok(_) => Ok(Given::Again),
                Err(GraphError::AlreadyExists(_)) => self.complete(one, &mut there).await,
                Err(error @ (GraphError::NotFound(_) | GraphError::Refused(_))) => {
                    self.why_refused(one, error).await
                }
                Err(error) => Err(error.into()),
            };
            match result {
                Ok(result) => {
                    given.push(result);
                    undone.push(one);
                }
                Err(stop) => {
                    failure.get_or_insert(stop);
                }
            }
        }
        let lines = undone.iter().map(|one| self.line(&one.key, Phase::Undone, Note::Plain, None));
        self.write(lines.collect()).await?;
        let mut told: Vec<&str> = undone.iter().map(|one| one.step.id.as_str()).collect();
        told.dedup();
        for step in told {
            self.worker().observer.on(Progress::Undone { step });
        }
        failure.map_or(Ok(given), Err)
    }

    /// It was allowed again meanwhile, or an earlier try has done it: what is missing of it is added.
    async fn complete(
        &self,
        one: &Taken<'_>,
        there: &mut Option<Vec<OAuth2PermissionGrant>>,
    ) -> Result<Given, Stop> {
        let graph = self.graph_for(&one.key);
        let all = match there {
            Some(all) => all,
            None => there.insert(graph.all(grants::delegated_to(one.client)).await?),
        };
        let found = all
            .iter()
            .find(|grant| grant.resource_id == one.held.resource_id && is_for(grant, &one.held.consent));
        if let Some(found) = found
            && let Some(whole) = found.merged_with(one.held.scopes.iter().map(String::as_str))
        {
            graph.send(grants::change_delegated(&found.id, &whole)).await?;
        }
        Ok(Given::Again)
    }

    /// Nothing can be given to, or for, what is gone.
    async fn why_refused(&self, one: &Taken<'_>, error: GraphError) -> Result<Given, Stop> {
        let graph = self.graph_for(&one.key);
        if let DelegatedConsent::Person(id) = &one.held.consent
            && let Ok(who) = UserRef::new(id.clone())
            && matches!(graph.send(directory::user(&who)).await, Err(GraphError::NotFound(_)))
        {
            return Ok(Given::NobodyThere);
        }
        match graph.send(service_principals::get(one.client)).await {
            Err(GraphError::NotFound(_)) => Ok(Given::NoApp),
            _ => Err(error.into()),
        }
    }
}

impl Taken<'_> {
    fn request(&self) -> graph::Request<OAuth2PermissionGrant> {
        let scopes: Vec<&str> = self.held.scopes.iter().map(String::as_str).collect();
        let whom = person(&self.held.consent);
        grants::grant_delegated(self.client, &self.held.resource_id, whom.as_ref(), &scopes)
    }
}
