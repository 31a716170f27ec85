//! One registration, ours or not: who may use it, and where people are sent back to.

use blueprint::SignInAudience;
use contract::{
    AppError, ErrorCode, PersonView, RedirectCheck, RedirectUri, RegistrationRef, RegistrationView, When,
};
use graph::resources::{Application, DirectoryObject};
use graph::{AppId, Batch, GraphClient};

use crate::connections::Stored;
use crate::errors::Answer;
use crate::space::OpenSpace;
use crate::{App, permissions, view};

impl App {
    /// Who may use a registration, where people are sent back to, who owns it.
    pub async fn registration_view(&self, which: RegistrationRef) -> Answer<RegistrationView> {
        let space = self.space()?;
        let account = self.active(&space)?;
        let graph = self.session(&space, &account).await?.graph.clone();
        let app = by_client_id(&graph, &which.app_id).await?;
        let mut batch = Batch::new();
        let owners = batch.add(graph::applications::owners(&app.id));
        let principal = batch.add(graph::service_principals::by_app_id(&app.app_id));
        let answers = graph.batch(batch).await;
        let audience = app.sign_in_audience.as_ref().and_then(view::audience::read);
        let redirects = view::redirect::of(&app);
        let (connection, expected) = self.expected(&space, account.key.tenant_id.as_str(), &app)?;
        Ok(RegistrationView {
            registration: permissions::summary(&app),
            tenant_id: account.key.tenant_id.to_string(),
            service_principal_id: answers.take(principal).ok().map(|found| found.id.to_string()),
            created_at: app.created_date_time.map(When),
            audience: audience.map(view::audience::shown),
            audience_sentence: audience.map_or_else(
                || "Microsoft gave account types that this version of Gatehouse does not know.".to_owned(),
                |audience| audience.sentence().to_owned(),
            ),
            audiences: OFFERED.iter().map(|one| view::audience::offer(*one, None)).collect(),
            expected_redirects: expected.iter().map(|one| check(one, &redirects)).collect(),
            redirects,
            owners: answers
                .take(owners)
                .map(|page| page.value.into_iter().map(person).collect())
                .unwrap_or_default(),
            connection_id: connection,
        })
    }

    /// The set-up that a registration belongs to, and the redirect addresses that it needs there.
    fn expected(
        &self,
        space: &OpenSpace,
        tenant: &str,
        app: &Application,
    ) -> Answer<(Option<String>, Vec<RedirectUri>)> {
        let set_ups = self.finished(space)?;
        let found = set_ups.iter().filter(|stored| stored.tenant_id == tenant).find_map(|stored| {
            let one = stored.registrations.iter().find(|one| one.app_id == app.app_id.as_str())?;
            Some((stored, one.key.as_str()))
        });
        Ok(match found {
            None => (None, Vec::new()),
            Some((stored, key)) => (Some(stored.id.clone()), needed(stored, key)),
        })
    }
}

/// Between these an app can be moved in place. What includes personal accounts is shown, and not offered.
const OFFERED: [SignInAudience; 2] = [SignInAudience::AzureAdMyOrg, SignInAudience::AzureAdMultipleOrgs];

fn needed(stored: &Stored, key: &str) -> Vec<RedirectUri> {
    let spec = stored.setup.registration(key);
    let uris = spec.map(|spec| spec.redirect_uris.as_slice()).unwrap_or_default();
    uris.iter()
        .map(|one| RedirectUri { platform: view::redirect::shown(one.platform), uri: one.uri.clone() })
        .collect()
}

/// Compared byte for byte, as Microsoft does when somebody signs in.
fn check(wanted: &RedirectUri, there: &[RedirectUri]) -> RedirectCheck {
    let present = there.contains(wanted);
    let sentence = if present {
        "It is there, letter for letter.".to_owned()
    } else if let Some(other) = there.iter().find(|one| one.uri == wanted.uri) {
        format!(
            "The address is there, but for {}. Microsoft treats the kinds apart.",
            view::redirect::words(other.platform)
        )
    } else if let Some(near) = there.iter().find(|one| is_near(&one.uri, &wanted.uri)) {
        format!("It is missing. “{}” looks like it, but Microsoft compares letter for letter.", near.uri)
    } else {
        "It is missing. Signing in to the product ends with an error page of Microsoft's.".to_owned()
    };
    RedirectCheck { redirect: wanted.clone(), present, sentence }
}

/// Differs in case, in a slash at the end, in the scheme or in space only.
fn is_near(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        let text = text.trim().trim_end_matches('/').to_ascii_lowercase();
        text.split_once("://").map_or(text.clone(), |(_, rest)| rest.to_owned())
    };
    plain(one) == plain(other)
}

fn person(owner: DirectoryObject) -> PersonView {
    PersonView {
        id: owner.id.to_string(),
        name: owner.display_name.unwrap_or_default(),
        mail: owner.mail,
        upn: owner.user_principal_name.unwrap_or_default(),
    }
}

/// A registration of the organisation, by its client id.
pub(crate) async fn by_client_id(graph: &GraphClient, app_id: &str) -> Answer<Application> {
    let app_id = client_id(app_id)?;
    graph.send(graph::applications::by_app_id(&app_id)).await.map_err(|error| match error {
        graph::GraphError::NotFound(_) => AppError::new(ErrorCode::NotFound)
            .because("This organisation has no app registration with this client ID."),
        other => crate::errors::words(&other),
    })
}

/// A client id as typed.
pub(crate) fn client_id(text: &str) -> Answer<AppId> {
    AppId::parse_guid(text.trim())
        .map_err(|_| AppError::new(ErrorCode::ClientNotFound).because("A client ID has the form of a GUID."))
}

#[cfg(test)]
mod tests {
    use contract::RedirectPlatform;

    use super::*;

    fn web(uri: &str) -> RedirectUri {
        RedirectUri { platform: RedirectPlatform::Web, uri: uri.to_owned() }
    }

    #[test]
    fn row_d1_a_redirect_address_is_compared_letter_for_letter() {
        let wanted = web("https://acme.sensehq.com/settings/calendar-sync/auth-result");
        assert!(check(&wanted, std::slice::from_ref(&wanted)).present);
        for near in [
            "https://acme.sensehq.com/settings/calendar-sync/auth-result/",
            "http://acme.sensehq.com/settings/calendar-sync/auth-result",
            "https://ACME.sensehq.com/settings/calendar-sync/auth-result",
        ] {
            let found = check(&wanted, &[web(near)]);
            assert!(!found.present && found.sentence.contains(near), "{}", found.sentence);
        }
        let spa = RedirectUri { platform: RedirectPlatform::Spa, ..wanted.clone() };
        assert!(check(&wanted, &[spa]).sentence.contains("page in the browser"));
        assert!(check(&wanted, &[web("https://example.com/")]).sentence.contains("missing"));
    }
}
