//! A person's own connections: an account of the person's own, an app, and what the app may do with the account.
//!
//! `features.rs` says what each feature asks for; `connect.rs` brings a session home and `refused.rs` says why none came;
//! `check.rs` looks whether it still works and `prove.rs` what with; `stored.rs` is what is remembered, `tokens.rs` where
//! its session lies, `line.rs` the way to Microsoft, and `shown.rs` what the window shows.

mod change;
mod check;
mod connect;
mod disconnect;
pub(crate) mod features;
mod hand_out;
mod line;
mod prove;
mod refused;
mod shown;
mod stored;
mod tokens;

use contract::{Finding, FindingTarget, PersonalConnection, Severity};

use crate::App;
use crate::errors::Answer;
use crate::space::OpenSpace;

pub(crate) use line::Line;
pub(crate) use stored::{Seen, Standing, Stored};

impl App {
    /// The person's own connections, as last seen.
    pub async fn personal_connections(&self) -> Answer<Vec<PersonalConnection>> {
        let space = self.space()?;
        Ok(self.personal_all(&space).iter().map(|stored| self.personal_view(&space, stored)).collect())
    }

    /// One of them, as last seen.
    pub async fn personal_connection(&self, id: &str) -> Answer<PersonalConnection> {
        let space = self.space()?;
        let stored = self.personal_stored(&space, id)?;
        Ok(self.personal_view(&space, &stored))
    }

    /// Connections that need their person.
    pub(crate) fn personal_findings(&self, space: &OpenSpace) -> Vec<Finding> {
        let needs_person = |stored: &Stored| matches!(stored.standing, Standing::Reconnect { .. });
        let finding = |stored: Stored| Finding {
            id: format!("personal-{}", stored.id),
            severity: Severity::Warning,
            title: format!("{} can no longer work with the account {}.", stored.product, stored.upn),
            why: match &stored.standing {
                Standing::Reconnect { error } => error.why.clone(),
                _ => String::new(),
            },
            button: "Look at it".to_owned(),
            target: FindingTarget::Personal { connection_id: stored.id },
        };
        self.personal_all(space).into_iter().filter(needs_person).map(finding).collect()
    }
}
