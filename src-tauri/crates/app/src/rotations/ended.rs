//! What has ended and has something newer in its place: removed in bulk, so many with one plan, until nothing is left.

use std::collections::{HashMap, HashSet};

use contract::{AppError, ErrorCode, SignInPurpose};
use graph::KeyId;
use provision::{CredentialOf, Planner};
use watch::findings::{Query, RemedyAction, Rule};

use crate::errors::{Answer, OrExplain};
use crate::inventory::off_thread;
use crate::plans::Prepared;
use crate::space::OpenSpace;
use crate::{App, held};

/// Credentials of one plan. A person can still look through it, and its run is drawn without a pause. The credentials of
/// one app stay together, so that a plan may hold a few more.
pub(crate) const MOST: usize = 500;
/// Findings that are asked for at a time.
const PORTION: u32 = 500;

impl App {
    /// A plan for the first of what has ended; it knows how many are left for the next one.
    pub(crate) async fn plan_removal_of_ended(
        &self,
        space: &OpenSpace,
        app_ids: Option<&[String]>,
    ) -> Answer<Prepared> {
        let account = self.able(space, &[SignInPurpose::SetUp])?;
        let ended = self.ended(space, account.key.tenant_id.as_str(), app_ids).await?;
        let (some, rest) = first(ended);
        if some.is_empty() {
            return Err(AppError::new(ErrorCode::NoSuchThing)
                .because("Nothing is left that has ended and has something newer in its place.")
                .advise("Look again at the apps, so that Gatehouse knows the newest state."));
        }
        let session = self.work_session(space, &account).await?;
        let plan = Planner::new(&session).remove_credentials(&some).await.or_explain()?;
        let left = (rest > 0).then(|| u32::try_from(rest).unwrap_or(u32::MAX));
        Ok(Prepared { left, ..Prepared::of(plan, account) })
    }

    /// What has ended, app by app, as last judged; what somebody chose not to see is left alone.
    async fn ended(
        &self,
        space: &OpenSpace,
        tenant: &str,
        app_ids: Option<&[String]>,
    ) -> Answer<Vec<(String, Vec<KeyId>)>> {
        let ledger = self.findings_ledger(space, tenant).await?;
        let wanted: Option<HashSet<String>> =
            app_ids.map(|ids| ids.iter().map(|id| id.trim().to_lowercase()).collect());
        let now = self.now();
        let removed = held(&space.removed).clone();
        off_thread(move || {
            let (mut all, mut place) = (Vec::new(), HashMap::new());
            let mut offset = 0;
            loop {
                let rule = Some(Rule::ExpiredLeftBehind);
                let page = ledger.list(&Query { rule, offset, limit: PORTION, ..Query::default() }, now)?;
                if page.findings.is_empty() {
                    return Ok::<_, watch::findings::LedgerError>(all);
                }
                offset += PORTION;
                for listed in page.findings {
                    let finding = listed.finding;
                    if wanted.as_ref().is_some_and(|ids| !ids.contains(&finding.app_id.to_lowercase())) {
                        continue;
                    }
                    let action = finding.remedy.and_then(|remedy| remedy.button).map(|button| button.action);
                    let Some(RemedyAction::RemoveCredentials { key_ids }) = action else { continue };
                    // What is read may lag behind what was removed just now.
                    let still = key_ids.into_iter().filter(|key| !removed.contains(key));
                    let keys: Vec<KeyId> = still.filter_map(|key| KeyId::new(key).ok()).collect();
                    if keys.is_empty() {
                        continue;
                    }
                    let at = *place.entry(finding.app_id.clone()).or_insert_with(|| {
                        all.push((finding.app_id.clone(), Vec::new()));
                        all.len() - 1
                    });
                    all[at].1.extend(keys);
                }
            }
        })
        .await
    }
}

/// The first of them, app by app, and how many credentials are left.
fn first(ended: Vec<(String, Vec<KeyId>)>) -> (Vec<CredentialOf>, usize) {
    let (mut some, mut left) = (Vec::new(), 0);
    for (app_id, keys) in ended {
        if !some.is_empty() && some.len() + keys.len() > MOST {
            left += keys.len();
            continue;
        }
        some.extend(keys.into_iter().map(|key_id| CredentialOf { app_id: app_id.clone(), key_id }));
    }
    (some, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app(name: &str, keys: usize) -> (String, Vec<KeyId>) {
        let key = |n: usize| KeyId::new(format!("{name}-{n}")).unwrap();
        (name.to_owned(), (0..keys).map(key).collect())
    }

    #[test]
    fn one_plan_takes_so_many_and_no_app_is_torn_apart() {
        let (some, left) = first((0..300).map(|n| app(&format!("a{n}"), 3)).collect());
        assert_eq!((some.len(), left), (498, 402));
        let (some, left) = first(vec![app("a", 2), app("b", MOST), app("c", 1)]);
        assert_eq!((some.len(), left), (3, MOST), "a smaller one goes before one that does not fit");
        let (some, left) = first(vec![app("a", MOST + 7), app("b", 1)]);
        assert_eq!((some.len(), left), (MOST + 7, 1), "an app with very many goes alone");
        assert_eq!(first(Vec::new()), (Vec::new(), 0));
    }
}
