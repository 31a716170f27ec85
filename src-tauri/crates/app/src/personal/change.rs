//! Fewer features for a connection.

use contract::{AppError, Changed, DropFeatures, ErrorCode, PersonalConnection};

use super::check::{self, Depth};
use crate::App;
use crate::errors::{Answer, no_such};

impl App {
    /// Fewer features. From now on less is asked for; what still stands at Microsoft is said.
    pub async fn personal_drop(&self, drop: DropFeatures) -> Answer<PersonalConnection> {
        let space = self.space()?;
        let before = self.personal_stored(&space, &drop.connection_id)?;
        let stays = |feature: &contract::PersonalFeature| !drop.features.contains(feature);
        if !before.features.iter().any(stays) {
            return Err(AppError::new(ErrorCode::AnswersNeedAttention)
                .because("Nothing would be left of the connection.")
                .advise("Disconnect instead."));
        }
        let dropped = self.amend_personal(&space, &before.id, |stored| {
            let kept: Vec<_> = stored.features.iter().copied().filter(stays).collect();
            stored.is_for(&kept);
        })?;
        let mut stored = dropped.ok_or_else(|| no_such("connection"))?;
        // What still stands shows in the next token.
        match self.personal_session(&space, &stored).await {
            Ok(session) => {
                let look = self.look(&space, &stored, &session, Depth::Session).await;
                stored = self.keep_look(&space, &stored, &session, look).await?;
            }
            Err(error) if check::is_of_vault(error.code) => {}
            Err(error) => return Err(error),
        }
        self.changed(Changed::Personal);
        Ok(self.personal_view(&space, &stored))
    }
}
