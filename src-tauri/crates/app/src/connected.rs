//! Who in the organisation has let an app act for them, and taking that back.

use blueprint::{PermissionKind, catalogue};
use contract::{
    ConnectedGrant, ConnectedPeople, ConnectedPerson, PermissionWords, RegistrationRef, RevokeWhose,
    SignInPurpose, When,
};
use graph::DirectoryObjectId;
use provision::{ApiConsent, PersonConsent, Planner, Whose};

use crate::errors::{Answer, OrExplain, no_such};
use crate::plans::Prepared;
use crate::space::OpenSpace;
use crate::{App, view};

impl App {
    /// Who has let an app act for them.
    pub async fn connected_people(&self, which: RegistrationRef) -> Answer<ConnectedPeople> {
        let space = self.space()?;
        let account = self.able(&space, &[SignInPurpose::Inspect])?;
        let graph = self.session(&space, &account).await?.graph.clone();
        let report = provision::consent_report(&graph, which.app_id.trim(), self.now()).await.or_explain()?;
        let everyone = (!report.everyone.is_empty()).then(|| grant(&report.everyone));
        Ok(ConnectedPeople {
            app_name: report.display_name,
            app_id: report.app_id.to_string(),
            everyone,
            people: report.people.into_iter().map(person).collect(),
            more: report.more,
            looked_at: When(report.at),
        })
    }

    /// A plan to take back what was allowed an app.
    pub(crate) async fn plan_revocation(
        &self,
        space: &OpenSpace,
        app_id: &str,
        whose: RevokeWhose,
    ) -> Answer<Prepared> {
        let account = self.able(space, &[SignInPurpose::SetUp])?;
        let whose = match whose {
            RevokeWhose::All => Whose::All,
            RevokeWhose::People { ids } => Whose::People(
                ids.into_iter()
                    .map(|id| DirectoryObjectId::new(id.trim().to_owned()).map_err(|_| no_such("person")))
                    .collect::<Answer<_>>()?,
            ),
        };
        let session = self.work_session(space, &account).await?;
        let plan = Planner::new(&session).revoke_consents(app_id, &whose).await.or_explain()?;
        Ok(Prepared::of(plan, account))
    }
}

fn person(one: PersonConsent) -> ConnectedPerson {
    ConnectedPerson {
        id: one.id.to_string(),
        name: one.name.unwrap_or_else(|| one.id.to_string()),
        upn: one.sign_in_name,
        enabled: one.enabled,
        grant: grant(&one.consents),
    }
}

fn grant(consents: &[ApiConsent]) -> ConnectedGrant {
    let all = || consents.iter().flat_map(|api| api.scopes.iter().map(move |scope| (api, scope.as_str())));
    ConnectedGrant {
        permissions: all().map(|(api, scope)| words(api, scope)).collect(),
        scopes: all().map(|(api, scope)| name(api, scope)).collect(),
    }
}

/// Microsoft's name, with the API where it is not Microsoft Graph.
fn name(api: &ApiConsent, scope: &str) -> String {
    if api.resource == Some(catalogue::MICROSOFT_GRAPH) {
        scope.to_owned()
    } else {
        format!("{scope} ({})", api.resource_name)
    }
}

fn words(api: &ApiConsent, scope: &str) -> PermissionWords {
    let known = api.resource.and_then(|resource| catalogue::find(resource, scope, PermissionKind::Delegated));
    match known {
        Some(permission) => view::permission::of(&permission, ""),
        None => {
            let resource = api.resource.map_or_else(|| api.resource_name.clone(), |id| id.to_string());
            let key = format!("{resource}/{scope}/{}", PermissionKind::Delegated);
            view::permission::unknown(key, scope, &api.resource_name, PermissionKind::Delegated, "")
        }
    }
}
