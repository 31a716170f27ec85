//! Permissions of any registration, ours or not.

use contract::{PermissionReport, RegistrationRef, RegistrationSummary, When};
use graph::AppId;
use graph::resources::Application;

use crate::App;
use crate::errors::{Answer, OrExplain};
use crate::view;

impl App {
    /// Registrations by a part of their name, or by client id. Without words: the first page of all.
    pub async fn registrations_search(&self, words: &str) -> Answer<Vec<RegistrationSummary>> {
        let graph = self.graph().await?;
        let words = words.trim();
        if let Ok(app_id) = AppId::parse_guid(words) {
            return match graph.send(graph::applications::by_app_id(&app_id)).await {
                Ok(app) => Ok(vec![summary(&app)]),
                Err(graph::GraphError::NotFound(_)) => Ok(Vec::new()),
                Err(error) => Err(error).or_explain(),
            };
        }
        let request =
            if words.is_empty() { graph::applications::list() } else { graph::applications::search(words) };
        let page = graph.send(request).await.or_explain()?;
        let mut found: Vec<RegistrationSummary> = page.value.iter().map(summary).collect();
        found.sort_by_key(|one| one.name.to_lowercase());
        Ok(found)
    }

    /// The three truths of one registration.
    pub async fn permission_report(&self, which: RegistrationRef) -> Answer<PermissionReport> {
        let space = self.space()?;
        let account = self.active(&space)?;
        let session = self.work_session(&space, &account).await?;
        let report = provision::permission_report(&session, which.app_id.trim(), None).await.or_explain()?;
        Ok(PermissionReport {
            registration: RegistrationSummary {
                object_id: report.object_id.as_ref().map(ToString::to_string),
                app_id: report.app_id.to_string(),
                name: report.display_name.clone(),
                next_expiry: report.next_expiry.map(When),
            },
            service_principal_id: report.service_principal.as_ref().map(ToString::to_string),
            permissions: report.permissions.iter().map(view::truths::status).collect(),
            can_grant_more: report.can_grant_more,
            problems: report.problems.iter().map(view::plan::problem).collect(),
            at: When(report.at),
        })
    }
}

pub(crate) fn summary(app: &Application) -> RegistrationSummary {
    let secrets = app.password_credentials.iter().filter_map(|one| one.end_date_time);
    let certificates = app.key_credentials.iter().filter_map(|one| one.end_date_time);
    RegistrationSummary {
        object_id: Some(app.id.to_string()),
        app_id: app.app_id.to_string(),
        name: app.display_name.clone().unwrap_or_else(|| app.app_id.to_string()),
        next_expiry: secrets.chain(certificates).min().map(When),
    }
}
