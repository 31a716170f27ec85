//! The session that only looks: a refresh token in the vault under an address of its own, so that it goes when the wait ends
//! and no connection goes with it.

use std::sync::Arc;

use identity::{TokenProvider, TokenStore};
use vault::{RecordId, Vault};

use super::kept::{Asked, Person, Through};
use crate::errors::{Answer, OrExplain};
use crate::space::OpenSpace;
use crate::vault_tokens::{VaultTokens, watch_record};
use crate::{App, clouds};

/// What a sign-in asks for that shall only look: who it is, and to go on without asking again.
pub(super) const WHO: &str = "User.Read";

/// Nothing stays of the session that looks for this approval. A vault that cannot be opened still lets go of a record.
pub(super) async fn wipe(vault: &Vault, approval_id: &str) -> Answer<()> {
    let id = RecordId::new(watch_record(approval_id)).or_explain()?;
    vault.remove(&id).await.map(drop).or_explain()
}

impl App {
    /// The tokens of a wait, and where they are kept; nowhere of its own where it looks through a connection's session.
    pub(super) fn watch_provider(
        &self,
        space: &OpenSpace,
        asked: &Asked,
        person: &Person,
        through: Through,
    ) -> Answer<(Arc<TokenProvider>, Option<Arc<VaultTokens>>)> {
        if let (Through::Connection, Some(id)) = (through, &asked.request.connection_id) {
            let stored = self.personal_stored(space, id)?;
            return Ok((self.personal_session_as_it_is(space, &stored)?.provider, None));
        }
        let cloud = clouds::by_id(space, &asked.cloud)?;
        let authority = self.personal_authority(space, &cloud)?;
        let store = Arc::new(VaultTokens::of_watch(space.vault()?, &asked.id));
        let tokens = Arc::clone(&store) as Arc<dyn TokenStore>;
        let provider = TokenProvider::new(authority, asked.client_id()?, person.key.clone(), tokens);
        Ok((Arc::new(provider), Some(store)))
    }
}
