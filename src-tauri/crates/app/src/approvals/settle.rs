//! A wait that ended another way: the person tried again in the browser, and it worked.

use super::kept::{Asked, Watch};
use super::look::turn_file;
use super::session;
use crate::App;
use crate::documents::Kind;
use crate::errors::{Answer, OrExplain};
use crate::personal::{Standing, Stored, features};
use crate::space::OpenSpace;

impl App {
    /// Ends the waits whose wish has become a connection since.
    pub(super) async fn settle_approvals(&self, space: &OpenSpace) -> Answer<()> {
        let connections = self.personal_all(space);
        for asked in self.all_asked(space)?.into_iter().filter(Asked::waits) {
            // More for a connection that was ended: there is nothing left to be widened.
            let widens = asked.request.connection_id.as_ref();
            if widens.is_some_and(|id| connections.iter().all(|one| one.id != *id)) {
                self.drop_approval(space, &asked.id)?;
                continue;
            }
            let Some(connection) = connections.iter().find(|one| fulfils(one, &asked)) else { continue };
            self.settle_approval(space, &asked.id, &connection.id).await?;
        }
        Ok(())
    }

    /// Nothing is remembered of it.
    pub(super) fn drop_approval(&self, space: &OpenSpace, id: &str) -> Answer<()> {
        space.documents.remove(Kind::Approval, id).or_explain()?;
        // Whoever waits for its turn finds that there is nothing to look after.
        let _ = std::fs::remove_file(turn_file(space, id));
        Ok(())
    }

    /// The wait is over. First what was kept to look with goes: cut short in between, there is nothing left that looks.
    pub(super) async fn settle_approval(&self, space: &OpenSpace, id: &str, connection: &str) -> Answer<()> {
        if let Err(error) = session::wipe(space.vault()?, id).await {
            tracing::warn!(code = ?error.code, "a session that only looked was not wiped");
        }
        let granted = Watch::Granted { connection_id: connection.to_owned() };
        let settle = |one: &mut Asked| one.watch = granted;
        space.documents.amend(Kind::Approval, id, self.now(), settle).or_explain()?;
        Ok(())
    }
}

/// Whether a connection is what somebody waits for.
fn fulfils(connection: &Stored, asked: &Asked) -> bool {
    let same = match (&asked.request.connection_id, &asked.person) {
        (Some(id), _) => connection.id == *id,
        (None, Some(person)) => connection.key == person.key,
        (None, None) => true,
    };
    let wanted = features::chosen(&asked.request.features);
    same && connection.client_id.as_str().eq_ignore_ascii_case(&asked.request.client_id)
        && connection.cloud == asked.cloud
        && connection.standing == Standing::Works
        && connection.last_used_at.is_some_and(|used| used >= asked.asked_at)
        && wanted.iter().all(|feature| connection.features.contains(feature))
}
