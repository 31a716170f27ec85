//! The address of this computer on a registration, for the time of one sign-in.

use graph::resources::{ApplicationPatch, WebApplication};
use graph::{ApplicationId, GraphError, applications};

use crate::apply::events::{Hold, Progress};
use crate::apply::run::Running;
use crate::apply::stop::Stop;
use crate::plan::{Step, StepKind};
use crate::{Note, Phase, StepKey};

/// How often a read that still shows the old list is repeated.
const LOOKS: u32 = 8;

impl Running {
    pub(super) async fn open_loopback(&self, step: &Step, uri: &str) -> Result<(), Stop> {
        let Some(id) = self.application_of(step) else { return Err(Stop::StillSpreading) };
        let key = StepKey::of(&step.id);
        let mut web = self.web_of(&key, &id).await?;
        if web.redirect_uris.iter().any(|one| one == uri) {
            // Somebody added it since the plan was made: it is theirs, and stays.
            return Ok(());
        }
        web.redirect_uris.push(uri.to_owned());
        let note = Note::Loopback { id: id.clone(), uri: uri.to_owned() };
        self.change(key.clone(), note, applications::update(&id, &patch(web))).await?;
        for look in 0..LOOKS {
            if self.web_of(&key, &id).await?.redirect_uris.iter().any(|one| one == uri) {
                return self.verified(&step.id, Note::Plain).await;
            }
            self.hold(&step.id, Hold::Spreading, self.backoff(look)).await?;
        }
        Err(Stop::StillSpreading)
    }

    /// Whether an address was added, or may have been, and is not known to be gone.
    pub(super) fn is_open(&self) -> bool {
        self.plan.steps.iter().any(|step| self.opened(step).is_some())
    }

    fn opened<'a>(&self, step: &'a Step) -> Option<&'a str> {
        let StepKind::AddLoopback { uri } = &step.kind else { return None };
        let key = StepKey::of(&step.id);
        let facts = self.facts();
        (facts.first_intent(&key).is_some() && !facts.is_undone(&key)).then_some(uri.as_str())
    }

    /// Removes every address that this run added. Not stopped by cancelling: it is what cancelling asks for.
    pub(crate) async fn close_all(&self) -> Result<(), Stop> {
        let plan = std::sync::Arc::clone(&self.plan);
        for step in &plan.steps {
            if let (Some(uri), Some(id)) = (self.opened(step), self.application_of(step)) {
                self.close_loopback(step, uri, &id).await?;
            }
        }
        Ok(())
    }

    /// Takes this one address off and leaves whatever else is there, also what somebody added meanwhile.
    async fn close_loopback(&self, step: &Step, uri: &str, id: &ApplicationId) -> Result<(), Stop> {
        let key = StepKey::of(&step.id);
        let undo = StepKey::item(format!("undo:{}", step.id), "");
        self.write(vec![self.line(&undo, Phase::Intent, Note::Plain, None)]).await?;
        for look in 0..LOOKS {
            let mut web = match self.web_of(&key, id).await {
                Ok(web) => web,
                Err(Stop::Graph(error)) if matches!(*error, GraphError::NotFound(_)) => break,
                Err(stop) => return Err(stop),
            };
            let there = web.redirect_uris.iter().any(|one| one == uri);
            // A read may be older than the adding: only one that follows the removal counts.
            if !there && look > 0 {
                break;
            }
            if there {
                web.redirect_uris.retain(|one| one != uri);
                self.quietly(&key).send(applications::update(id, &patch(web))).await?;
            }
            if !there && !self.may_be_late(&key) {
                break;
            }
            self.worker.session.surroundings.rest(self.backoff(look)).await;
        }
        self.write(vec![self.line(&key, Phase::Undone, Note::Plain, None)]).await?;
        self.worker.observer.on(Progress::Undone { step: &step.id });
        Ok(())
    }

    /// Whether the adding is so recent that a read may not show it.
    fn may_be_late(&self, key: &StepKey) -> bool {
        let recent = jiff::SignedDuration::from_mins(10);
        self.facts().last_intent(&key.step).is_some_and(|at| self.now().duration_since(at) < recent)
    }

    fn application_of(&self, step: &Step) -> Option<ApplicationId> {
        Some(self.plan.registration(&step.registration)?.existing.as_ref()?.id.clone())
    }

    async fn web_of(&self, key: &StepKey, id: &ApplicationId) -> Result<WebApplication, Stop> {
        Ok(self.quietly(key).send(applications::get(id)).await?.web.unwrap_or_default())
    }

    /// Graph, also once the run was cancelled.
    fn quietly(&self, key: &StepKey) -> graph::GraphClient {
        let call = graph::Call { cancel: Default::default(), ..self.call(vec![key.step.clone()], None) };
        self.worker.session.graph.with_call(call)
    }
}

fn patch(web: WebApplication) -> ApplicationPatch {
    ApplicationPatch { web: Some(web), ..ApplicationPatch::default() }
}
