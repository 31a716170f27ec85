//! What the wizard offers from the organisation: domains and people.

use contract::{DomainView, PersonView};

use crate::App;
use crate::errors::{Answer, OrExplain};

/// How many people a search shows.
const PEOPLE: u16 = 8;

impl App {
    /// The organisation's domains.
    pub async fn domains(&self) -> Answer<Vec<DomainView>> {
        let domains = self.graph().await?.all(graph::directory::domains()).await.or_explain()?;
        Ok(domains
            .into_iter()
            .map(|domain| DomainView {
                name: domain.id.to_string(),
                is_default: domain.is_default,
                is_initial: domain.is_initial,
                is_verified: domain.is_verified,
            })
            .collect())
    }

    /// People by a part of their name or address.
    pub async fn people_search(&self, beginning: &str) -> Answer<Vec<PersonView>> {
        let beginning = beginning.trim();
        if beginning.chars().count() < 2 {
            return Ok(Vec::new());
        }
        let page =
            self.graph().await?.send(graph::directory::find_users(beginning, PEOPLE)).await.or_explain()?;
        Ok(page
            .value
            .into_iter()
            .map(|user| PersonView {
                id: user.id.to_string(),
                name: user.display_name.unwrap_or_default(),
                mail: user.mail,
                upn: user.user_principal_name.unwrap_or_default(),
            })
            .collect())
    }
}
