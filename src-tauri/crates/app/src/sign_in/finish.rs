//! After the browser came back: keep the session, learn the organisation's name and the person's roles.

use std::sync::Arc;

use contract::{AccountView, Changed, OrganisationClient};
use graph::{Batch, directory, roles};
use identity::SignedIn;

use super::Intent;
use crate::accounts::Account;
use crate::documents::Kind;
use crate::errors::{Answer, Explain, OrExplain};
use crate::session::Session;
use crate::space::OpenSpace;
use crate::{App, clouds, held};

impl App {
    pub(super) async fn take_in(
        &self,
        space: &OpenSpace,
        intent: &Intent,
        signed_in: SignedIn,
    ) -> Answer<AccountView> {
        let upn = signed_in.upn.clone().unwrap_or_default();
        let mut account = Account {
            cloud: intent.cloud.clone(),
            client_id: intent.client_id.clone(),
            key: signed_in.account.clone(),
            tenant_name: signed_in.account.tenant_id.to_string(),
            name: signed_in.name.clone().unwrap_or_else(|| upn.clone()),
            upn,
            roles: None,
            scopes: intent.scopes.to_string(),
            signed_in_at: self.now(),
            bootstrap: intent.bootstrap,
            needs_sign_in: false,
        };
        let id = account.id();
        // An earlier session of the same person keeps its connections; it only gets the new tokens.
        let session = match held(&space.sessions).get(&id).cloned() {
            Some(session) => session,
            None => Arc::new(self.new_session(space, account.clone())?),
        };
        session.provider.adopt(signed_in.tokens).await.or_explain()?;
        look_around(&session, &mut account).await;
        let renewed = Session {
            account: account.clone(),
            authority: Arc::clone(&session.authority),
            provider: Arc::clone(&session.provider),
            exchange: self.new_exchange(space, &account, session.authority.cloud(), &session.provider)?,
            graph: session.graph.clone().with_scopes(intent.graph.iter()),
        };
        held(&space.sessions).insert(id.clone(), Arc::new(renewed));
        self.remember(space, &account)?;
        if !account.bootstrap {
            self.remember_client(space, &account)?;
            self.forget_bootstrap(space, &account).await;
        }
        self.remember_active(space, &id)?;
        self.changed(Changed::Status);
        Ok(account.view(space))
    }

    fn remember_client(&self, space: &OpenSpace, account: &Account) -> Answer<()> {
        let client = OrganisationClient {
            cloud: clouds::shown(&account.cloud),
            tenant_id: account.key.tenant_id.to_string(),
            tenant_name: account.tenant_name.clone(),
            client_id: account.client_id.to_string(),
        };
        let id = format!("{}.{}", client.tenant_id, client.client_id);
        space.documents.put(Kind::OrganisationClient, &id, &client, self.now()).or_explain()
    }

    /// The session through Microsoft's own client has done its work.
    async fn forget_bootstrap(&self, space: &OpenSpace, account: &Account) {
        let spent: Vec<_> = held(&space.sessions)
            .iter()
            .filter(|(_, session)| {
                session.account.bootstrap && session.account.key.tenant_id == account.key.tenant_id
            })
            .map(|(id, session)| (id.clone(), Arc::clone(session)))
            .collect();
        for (id, session) in spent {
            if let Err(error) = session.forget().await {
                tracing::warn!(code = ?error.explain().code, "a spent session was not forgotten");
            }
            held(&space.sessions).remove(&id);
        }
    }
}

/// The organisation's name and the person's active roles, in one round trip. What cannot be seen stays unknown.
async fn look_around(session: &Session, account: &mut Account) {
    let mut batch = Batch::new();
    let organisation = batch.add(directory::organization());
    let mine = batch.add(roles::mine());
    let answers = session.graph.batch(batch).await;
    if let Ok(page) = answers.take(organisation)
        && let Some(name) = page.value.into_iter().next().and_then(|organisation| organisation.display_name)
    {
        account.tenant_name = name;
    }
    if let Ok(page) = answers.take(mine) {
        account.roles = Some(
            page.value
                .into_iter()
                .filter_map(|role| Some((role.display_name?, role.role_template_id?.to_string())))
                .collect(),
        );
    }
}
