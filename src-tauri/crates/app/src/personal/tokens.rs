//! The session of a connection: its own record in the vault, so that ending it ends nothing else.

use std::sync::Arc;

use contract::{AppError, ErrorCode};
use graph::GraphClient;
use identity::{Cloud, TokenProvider};

use super::features;
use super::stored::Stored;
use crate::errors::Answer;
use crate::session::Tokens;
use crate::space::OpenSpace;
use crate::vault_tokens::VaultTokens;
use crate::{App, clouds};

/// A connection at work. Made for one task and dropped after it: between tasks no token of it is in memory, and another
/// Gatehouse of the same person finds the newest one in the vault.
pub(crate) struct Session {
    pub(crate) cloud: Cloud,
    pub(crate) provider: Arc<TokenProvider>,
    pub(crate) graph: GraphClient,
}

impl App {
    /// The session of a connection, once the vault that holds it is open.
    pub(crate) async fn personal_session(&self, space: &OpenSpace, stored: &Stored) -> Answer<Session> {
        space.open_vault().await?;
        self.personal_session_as_it_is(space, stored)
    }

    /// The session of a connection, whether the vault is open or not.
    pub(crate) fn personal_session_as_it_is(&self, space: &OpenSpace, stored: &Stored) -> Answer<Session> {
        let cloud = clouds::by_id(space, &stored.cloud)?;
        let provider = Arc::new(TokenProvider::new(
            self.personal_authority(space, &cloud)?,
            stored.client_id.clone(),
            stored.key.clone(),
            Arc::new(VaultTokens::of_connections(space.vault()?)),
        ));
        let asked = features::asked(&cloud, &stored.features);
        let graph = GraphClient::new(
            self.personal_http(space)?,
            cloud.graph().clone(),
            Tokens::of(&provider),
            self.clock(),
        )
        .map_err(|_| AppError::new(ErrorCode::AuthorityUnusable))?
        .with_scopes(asked.iter());
        Ok(Session { cloud, provider, graph })
    }
}
