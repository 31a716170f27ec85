//! Changing the certificates of a registration, which only go as a whole list.
//!
//! Each write is preceded by a read of the list as it is now, with nothing in between but the way to Microsoft: what
//! somebody else added since the plan was made is written back with the rest. An answer that was lost is settled by reading
//! again. What is written carries an id chosen here, so that a second write changes nothing.
//!
//! What remains: a certificate that somebody else adds within the one round trip between that read and the write is
//! overwritten. Graph documents no `If-Match` for registrations, so nothing can prevent it, and nothing shows it afterwards.

use std::time::Duration;

use graph::resources::{Application, KeyCredential};
use graph::{ApplicationId, Batch, GraphClient, GraphError, KeyId, Outcome, Request, certificates};
use jiff::{SignedDuration, Timestamp};

use crate::apply::events::Hold;
use crate::apply::run::Running;
use crate::apply::stop::{LONGEST_WAIT, Stop};

/// How often a list is read again that lacks what was there before: a replica may be behind.
const LOOKS: u32 = 4;

/// A change of the certificates of one registration.
#[derive(Debug, Clone)]
pub(crate) struct KeyChange {
    /// The step whose waits these are.
    pub(crate) step: String,
    /// The registration.
    pub(crate) id: ApplicationId,
    /// Its name.
    pub(crate) name: String,
    /// What comes.
    pub(crate) add: Vec<KeyCredential>,
    /// What goes, by id.
    pub(crate) remove: Vec<KeyId>,
    /// What goes, by a name that nobody else uses.
    pub(crate) remove_named: Option<String>,
    /// A secret or certificate that must be there, or nothing is written.
    pub(crate) must: Option<KeyId>,
    /// What was there when the plan was made. One that lacks now is looked for again before it counts as removed.
    pub(crate) seen: Vec<KeyId>,
}

/// What a read says.
#[derive(Debug, PartialEq)]
enum Decision {
    /// It is as wanted: an earlier try did it, or somebody else.
    AsWanted,
    /// It may be an old state.
    LookAgain,
    /// What must be there is not.
    NotThere,
    /// This is the list to write.
    Write(Vec<KeyCredential>),
}

impl KeyChange {
    fn goes(&self, held: &KeyCredential) -> bool {
        let by_id = held.key_id.as_ref().is_some_and(|id| self.remove.contains(id));
        by_id || (self.remove_named.is_some() && held.display_name == self.remove_named)
    }

    fn decide(&self, app: &Application, looks: u32) -> Decision {
        let held = &app.key_credentials;
        let certificate = |key: &KeyId| held.iter().any(|one| one.key_id.as_ref() == Some(key));
        let any =
            |key: &KeyId| certificate(key) || app.password_credentials.iter().any(|one| one.key_id == *key);
        if self.must.as_ref().is_some_and(|key| !any(key)) {
            return if looks < LOOKS { Decision::LookAgain } else { Decision::NotThere };
        }
        let missing: Vec<_> =
            self.add.iter().filter(|wanted| !held.iter().any(|one| is_same(one, wanted))).collect();
        if missing.is_empty() && !held.iter().any(|one| self.goes(one)) {
            return Decision::AsWanted;
        }
        if looks < LOOKS && self.seen.iter().any(|key| !self.remove.contains(key) && !certificate(key)) {
            return Decision::LookAgain;
        }
        let stays = held.iter().filter(|one| !self.goes(one));
        Decision::Write(stays.chain(missing).cloned().collect())
    }
}

/// By id, by our own name, or by the certificate itself.
fn is_same(held: &KeyCredential, wanted: &KeyCredential) -> bool {
    (held.key_id.is_some() && held.key_id == wanted.key_id)
        || (held.key.is_some() && held.key == wanted.key && held.usage == wanted.usage)
}

/// One change under way.
struct Open {
    at: usize,
    looks: u32,
}

impl Running {
    /// Makes these changes side by side, one registration each. The results are in the order of the changes.
    pub(crate) async fn change_keys(&self, changes: &[KeyChange]) -> Vec<Result<(), Stop>> {
        let begun = self.now();
        let mut results: Vec<Result<(), Stop>> = changes.iter().map(|_| Err(Stop::StillSpreading)).collect();
        let mut open: Vec<Open> = (0..changes.len()).map(|at| Open { at, looks: 0 }).collect();
        let mut waits = 0;
        while !open.is_empty() {
            if self.cancel.is_cancelled() {
                open.iter().for_each(|one| results[one.at] = Err(Stop::Cancelled));
                break;
            }
            let mut held: Option<(Hold, Duration)> = None;
            let writes = self.read_lists(changes, &mut open, &mut results, &mut held).await;
            self.write_lists(changes, writes, &mut open, &mut results, &mut held).await;
            let Some((why, time)) = held else { continue };
            let time = if time.is_zero() { self.backoff(waits) } else { time };
            waits += 1;
            let span = SignedDuration::try_from(time).unwrap_or(SignedDuration::MAX);
            let next = self.now().checked_add(span).unwrap_or(Timestamp::MAX);
            if next.duration_since(begun) >= LONGEST_WAIT {
                let stop =
                    if why == Hold::Throttled { Stop::Parked { until: next } } else { Stop::StillSpreading };
                open.iter().for_each(|one| results[one.at] = Err(stop.clone()));
                break;
            }
            let step = open.first().map(|one| changes[one.at].step.clone()).unwrap_or_default();
            if let Err(stop) = self.hold(&step, why, time).await {
                open.iter().for_each(|one| results[one.at] = Err(stop.clone()));
                break;
            }
        }
        results
    }

    /// Reads the lists of all that are open; gives back what is to be written.
    async fn read_lists(
        &self,
        changes: &[KeyChange],
        open: &mut Vec<Open>,
        results: &mut [Result<(), Stop>],
        held: &mut Option<(Hold, Duration)>,
    ) -> Vec<(usize, Vec<KeyCredential>)> {
        let requests = open.iter().map(|one| certificates::all(&changes[one.at].id)).collect();
        let answers = together(&self.client_for(changes, open), requests).await;
        let mut writes = Vec::new();
        let mut left = Vec::new();
        for (mut one, answer) in open.drain(..).zip(answers) {
            let change = &changes[one.at];
            match answer {
                Ok(app) => match change.decide(&app, one.looks) {
                    Decision::AsWanted => results[one.at] = Ok(()),
                    Decision::NotThere => results[one.at] = Err(not_there(change)),
                    Decision::LookAgain => {
                        one.looks += 1;
                        held.get_or_insert((Hold::Spreading, Duration::ZERO));
                        left.push(one);
                    }
                    Decision::Write(list) => {
                        writes.push((one.at, list));
                        left.push(one);
                    }
                },
                Err(GraphError::NotFound(_)) => {
                    let what = vec![format!("The app registration “{}” is gone.", change.name)];
                    results[one.at] = Err(Stop::Drift { what });
                }
                Err(error) => results[one.at] = Err(error.into()),
            }
        }
        *open = left;
        writes
    }

    async fn write_lists(
        &self,
        changes: &[KeyChange],
        writes: Vec<(usize, Vec<KeyCredential>)>,
        open: &mut Vec<Open>,
        results: &mut [Result<(), Stop>],
        held: &mut Option<(Hold, Duration)>,
    ) {
        if writes.is_empty() {
            return;
        }
        let requests =
            writes.iter().map(|(at, list)| certificates::replace(&changes[*at].id, list)).collect();
        let answers = together(&self.client_for(changes, open), requests).await;
        for ((at, _), answer) in writes.into_iter().zip(answers) {
            let result = match answer {
                Ok(()) => Ok(()),
                Err(error) => match self.worth_another_try(error) {
                    Ok(again) => {
                        held.get_or_insert(again);
                        continue;
                    }
                    Err(stop) => Err(stop),
                },
            };
            results[at] = result;
            open.retain(|one| one.at != at);
        }
    }

    /// What may have been done, and what passes by itself, is looked at again.
    fn worth_another_try(&self, error: GraphError) -> Result<(Hold, Duration), Stop> {
        let wait = error.retry_after(self.now()).unwrap_or_default();
        match &error {
            GraphError::Cancelled { .. } => Err(Stop::Cancelled),
            GraphError::Throttled { .. } => Ok((Hold::Throttled, wait)),
            GraphError::Conflict(_) => Ok((Hold::Conflict, wait)),
            GraphError::NotYetReplicated(_) => Ok((Hold::Spreading, wait)),
            GraphError::Unavailable { .. } => Ok((Hold::Unavailable, wait)),
            _ if matches!(error.outcome(), Outcome::Ambiguous | Outcome::Applied) || error.is_transient() => {
                Ok((Hold::Network, wait))
            }
            _ => Err(error.into()),
        }
    }

    fn client_for(&self, changes: &[KeyChange], open: &[Open]) -> GraphClient {
        let steps = open.iter().map(|one| changes[one.at].step.clone()).collect();
        self.worker.session.graph.with_call(self.call(steps, None))
    }
}

fn not_there(change: &KeyChange) -> Stop {
    let what = format!("The new credential of “{}” is not there any more. Nothing was removed.", change.name);
    Stop::Drift { what: vec![what] }
}

/// One request goes by itself, several go in one batch.
pub(super) async fn together<T>(
    client: &GraphClient,
    mut requests: Vec<Request<T>>,
) -> Vec<Result<T, GraphError>> {
    if requests.len() < 2 {
        return match requests.pop() {
            Some(only) => vec![client.send(only).await],
            None => Vec::new(),
        };
    }
    let mut batch = Batch::new();
    let slots: Vec<_> = requests.into_iter().map(|request| batch.add(request)).collect();
    let answers = client.batch(batch).await;
    slots.into_iter().map(|slot| answers.take(slot)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn app(keys: &[&str], secrets: &[&str]) -> Application {
        let named = |id: &&str| json!({"keyId": id, "displayName": format!("name of {id}"), "key": format!("key of {id}")});
        serde_json::from_value(json!({
            "id": "a", "appId": "b",
            "keyCredentials": keys.iter().map(named).collect::<Vec<_>>(),
            "passwordCredentials": secrets.iter().map(|id| json!({"keyId": id})).collect::<Vec<_>>(),
        }))
        .unwrap()
    }

    fn key(id: &str) -> KeyId {
        KeyId::new(id).unwrap()
    }

    fn change(add: &[&str], remove: &[&str]) -> KeyChange {
        KeyChange {
            step: "s".to_owned(),
            id: ApplicationId::new("a").unwrap(),
            name: "App".to_owned(),
            add: app(add, &[]).key_credentials,
            remove: remove.iter().map(|id| key(id)).collect(),
            remove_named: None,
            must: None,
            seen: Vec::new(),
        }
    }

    fn ids(decision: Decision) -> Vec<String> {
        let Decision::Write(list) = decision else { panic!("{decision:?}") };
        list.iter().map(|one| one.key_id.as_ref().unwrap().to_string()).collect()
    }

    #[test]
    fn whatever_is_there_now_goes_back_with_the_change() {
        let grown = app(&["old", "a colleague's"], &[]);
        assert_eq!(ids(change(&["new"], &[]).decide(&grown, 0)), ["old", "a colleague's", "new"]);
        assert_eq!(ids(change(&[], &["old"]).decide(&grown, 0)), ["a colleague's"]);
        assert_eq!(ids(change(&[], &["old"]).decide(&app(&["old"], &[]), 0)), Vec::<String>::new());
    }

    #[test]
    fn what_an_earlier_try_did_is_not_done_again() {
        assert_eq!(change(&["new"], &["old"]).decide(&app(&["new"], &[]), 0), Decision::AsWanted);
        let mut renumbered = app(&["other id"], &[]);
        renumbered.key_credentials[0].key = Some("key of new".to_owned());
        assert_eq!(change(&["new"], &[]).decide(&renumbered, 0), Decision::AsWanted, "the same certificate");
    }

    #[test]
    fn nothing_goes_while_what_must_be_there_is_not() {
        let mut removal = change(&[], &["old"]);
        removal.must = Some(key("new"));
        assert_eq!(removal.decide(&app(&["old"], &[]), 0), Decision::LookAgain);
        assert_eq!(removal.decide(&app(&["old"], &[]), LOOKS), Decision::NotThere);
        assert_eq!(ids(removal.decide(&app(&["old", "new"], &[]), 0)), ["new"]);
        assert_eq!(
            ids(removal.decide(&app(&["old"], &["new"]), 0)),
            Vec::<String>::new(),
            "a secret will do"
        );
    }

    #[test]
    fn an_old_list_is_read_again_and_believed_in_the_end() {
        let mut addition = change(&["new"], &[]);
        addition.seen = vec![key("old"), key("older")];
        assert_eq!(addition.decide(&app(&["old"], &[]), 0), Decision::LookAgain);
        assert_eq!(ids(addition.decide(&app(&["old"], &[]), LOOKS)), ["old", "new"], "somebody removed it");
    }

    #[test]
    fn ours_is_found_by_its_name_too() {
        let mut removal = change(&[], &[]);
        removal.remove_named = Some("name of renumbered".to_owned());
        assert_eq!(ids(removal.decide(&app(&["old", "renumbered"], &[]), 0)), ["old"]);
    }
}
