//! What vendors and colleagues send: fragments of manifests, names of permissions, requests to grant something.

use blueprint::PermissionKey;
use blueprint::manifest::{self, Difference, ManifestError};
use contract::{
    FileProblem, GrantRequestApp, GrantRequestView, ManifestEntry, ManifestReview, ManifestText,
    NameSuggestion,
};
use provision::{RequestFile, RequestedGrant};

use crate::errors::{Answer, OrExplain};
use crate::{App, names, registrations, view};

impl App {
    /// A manifest fragment with names for its ids, compared with a registration.
    pub async fn manifest_review(&self, manifest: ManifestText) -> Answer<ManifestReview> {
        let entries = match manifest::read(&manifest.text) {
            Ok(entries) => entries,
            Err(error) => return Ok(unreadable(&error)),
        };
        let mut keys: Vec<PermissionKey> = entries.iter().map(|entry| entry.key).collect();
        let there = match &manifest.app_id {
            Some(app_id) => {
                let app = registrations::by_client_id(&self.graph().await?, app_id).await?;
                Some(names::requested(&app))
            }
            None => None,
        };
        keys.extend(there.iter().flatten().copied());
        // Without anybody signed in, the catalogue alone has to do.
        let names = match self.graph().await {
            Ok(graph) => names::of(&graph, &keys).await?,
            Err(_) => names::Names::default(),
        };
        let difference = Difference::between(&entries, there.as_deref().unwrap_or_default());
        Ok(ManifestReview {
            entries: entries
                .iter()
                .map(|entry| ManifestEntry {
                    permission: names.words(entry.key),
                    known: names.knows(entry.key),
                    already: there.as_ref().map(|there| there.contains(&entry.key)),
                })
                .collect(),
            only_there: difference.only_there.iter().map(|entry| names.words(entry.key)).collect(),
            problems: Vec::new(),
            sentence: if there.is_some() { difference.sentence() } else { count(entries.len()) },
        })
    }

    /// What may be meant by a permission's name.
    #[expect(clippy::unused_async, reason = "a command like the others")]
    pub async fn permission_name_check(&self, written: &str) -> Answer<Vec<NameSuggestion>> {
        self.space()?;
        let written: String = written.trim().chars().take(120).collect();
        if written.is_empty() {
            return Ok(Vec::new());
        }
        let finding = blueprint::names::suggest(&written);
        Ok(finding
            .meant
            .iter()
            .map(|permission| NameSuggestion {
                written: finding.written.clone(),
                permission: view::permission::of(permission, ""),
                exact: finding.exact,
                sentence: finding.sentence.clone(),
            })
            .collect())
    }

    /// A colleague's request file in plain words.
    pub async fn grant_request_open(&self, text: &str) -> Answer<GrantRequestView> {
        let file = RequestFile::parse(text).or_explain()?;
        let active = self.space().and_then(|space| self.active(&space)).ok();
        let keys: Vec<PermissionKey> =
            file.apps.iter().flat_map(|app| &app.permissions).filter_map(key).collect();
        let here = active.is_some_and(|account| {
            file.is_for_any_organisation()
                || account.key.tenant_id.as_str().eq_ignore_ascii_case(&file.tenant_id)
        });
        let names = match self.graph().await {
            Ok(graph) if here => names::of(&graph, &keys).await?,
            _ => names::Names::default(),
        };
        Ok(GrantRequestView {
            tenant_id: file.tenant_id.clone(),
            tenant_name: file.tenant_name.clone(),
            requested_by: file.requested_by.clone(),
            this_organisation: here,
            apps: file
                .apps
                .iter()
                .map(|app| GrantRequestApp {
                    app_id: app.app_id.to_string(),
                    name: app.name.clone(),
                    permissions: app
                        .permissions
                        .iter()
                        .filter_map(|one| Some(names.words(key(one)?)))
                        .collect(),
                })
                .collect(),
        })
    }
}

/// The ids decide; the name that the asking person saw is never shown as if it were Microsoft's.
fn key(one: &RequestedGrant) -> Option<PermissionKey> {
    Some(PermissionKey { resource: one.resource.parse().ok()?, id: one.id.parse().ok()?, kind: one.kind })
}

fn count(permissions: usize) -> String {
    match permissions {
        1 => "There is one permission in the text.".to_owned(),
        count => format!("There are {count} permissions in the text."),
    }
}

fn unreadable(error: &ManifestError) -> ManifestReview {
    let field = match error {
        ManifestError::Shape { place, .. } => place.clone(),
        _ => String::new(),
    };
    ManifestReview {
        entries: Vec::new(),
        only_there: Vec::new(),
        problems: vec![FileProblem {
            line: error.line().and_then(|line| u32::try_from(line).ok()),
            field,
            sentence: error.to_string(),
        }],
        sentence: "The text cannot be used as it is.".to_owned(),
    }
}
