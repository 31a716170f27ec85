//! The sign-in that asks only who the person is, so that Gatehouse can look by itself.

use std::sync::Arc;

use contract::{Changed, ErrorCode, SignInEvent, SignInStarted};
use identity::{IdentityError, Scopes, SignInRequest, SignedIn};

use super::kept::{Asked, Person, Through, Watch};
use super::look::Seen;
use super::session::WHO;
use crate::documents::Kind;
use crate::errors::{Answer, OrExplain};
use crate::sign_in::ended;
use crate::space::OpenSpace;
use crate::{App, Observer, clouds};

impl App {
    /// Starts a sign-in that asks only who the person is, so that Gatehouse can look by itself.
    pub async fn approval_watch(&self, id: &str, observer: Observer<SignInEvent>) -> Answer<SignInStarted> {
        let space = self.space()?;
        let asked = self.approval_asked(&space, id)?;
        // Told before the browser opens: a session that cannot be kept would be lost on the way back.
        space.open_vault().await?;
        let cloud = clouds::by_id(&space, &asked.cloud)?;
        let who = std::iter::once(cloud.graph_scope(WHO)).collect::<Scopes>();
        let mut request = SignInRequest::new(asked.client_id()?, asked.tenant(), who);
        request.login_hint = asked.request.login_hint.clone().filter(|hint| !hint.trim().is_empty());
        request.expected = asked.person.as_ref().map(|person| person.key.clone());
        let authority = self.personal_authority(&space, &cloud)?;
        let app = self.clone();
        Ok(self.browse(authority, request, observer, async move |outcome| {
            app.watch_began(&space, &asked.id, outcome).await.unwrap_or_else(ended)
        }))
    }

    /// What the sign-in brought; the first look follows at once.
    async fn watch_began(
        &self,
        space: &Arc<OpenSpace>,
        id: &str,
        outcome: Result<SignedIn, IdentityError>,
    ) -> Answer<SignInEvent> {
        let signed_in = match outcome {
            Ok(signed_in) => signed_in,
            Err(error) => {
                // The page for admins is told apart from a mere Cancel as it is when connecting.
                let told = self.refused_in_browser(&self.approval_asked(space, id)?.request, &error);
                if told.code != ErrorCode::AdminApprovalNeeded {
                    return Err(told);
                }
                // Not even that without an admin: then there is nothing to look with.
                self.amend_asked(space, id, |asked| asked.watch = Watch::Cannot)?;
                return Ok(SignInEvent::NeedsApproval {
                    approval: self.approval_asked(space, id)?.view(space)?,
                });
            }
        };
        let now = self.now();
        let upn = signed_in.upn.unwrap_or_default();
        let person = Person {
            key: signed_in.account,
            name: signed_in.name.unwrap_or_else(|| upn.clone()),
            upn,
            tenant_name: None,
        };
        let asked = self.approval_asked(space, id)?;
        let (provider, _) = self.watch_provider(space, &asked, &person, Through::Own)?;
        provider.adopt(signed_in.tokens).await.or_explain()?;
        self.amend_asked(space, id, |asked| {
            asked.person = Some(person);
            asked.watch = Watch::Looking { through: Through::Own, since: now, last_at: None, next_at: now };
        })?;
        let seen = self.look_for_approval(space, id).await;
        self.0.look_again.notify_one();
        match seen {
            Ok(Seen::Granted(connection)) => Ok(SignInEvent::Connected { connection: *connection }),
            // Whatever kept the first look from an answer, the next one comes by itself.
            Ok(Seen::NotYet) | Err(_) => {
                Ok(SignInEvent::NeedsApproval { approval: self.approval_asked(space, id)?.view(space)? })
            }
        }
    }

    fn amend_asked(&self, space: &OpenSpace, id: &str, change: impl FnOnce(&mut Asked)) -> Answer<()> {
        space.documents.amend(Kind::Approval, id, self.now(), change).or_explain()?;
        self.changed(Changed::Personal);
        Ok(())
    }
}
