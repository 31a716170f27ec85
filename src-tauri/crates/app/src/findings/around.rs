//! What the rules know of the organisation besides its apps: looked up at each reading, and kept so that findings can be
//! judged again without Microsoft.

use blueprint::ews;
use graph::GraphError;
use graph::resources::AppManagementPolicy;
use serde::{Deserialize, Serialize};
use watch::findings::Context;
use watch::inventory::Store;
use watch::{Known, Unseen};

use super::{mailboxes, offers};
use crate::errors::Answer;
use crate::session::Session;

/// What an organisation says about itself, as last looked up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Around {
    /// How the organisation limits the life of credentials.
    pub(crate) policy: Known<AppManagementPolicy>,
    /// Domains that it has proved to own.
    pub(crate) domains: Known<Vec<String>>,
    /// What Exchange limits.
    mailboxes: Known<mailboxes::Limits>,
    /// What it has decided about Exchange Web Services.
    ews: Known<ews::Policy>,
    /// Names of permissions that the catalogue does not know.
    names: Vec<offers::Named>,
}

impl Around {
    /// Asks Microsoft about the organisation, and about what its apps ask for. What cannot be seen is written down as such.
    pub(super) async fn look(session: &Session, store: &Store) -> Answer<Self> {
        let (graph, apis) = (&session.graph, offers::apis(store).await?);
        let (policy, domains, (mailboxes, ews), names) = tokio::join!(
            graph.send(graph::policies::default_app_management()),
            graph.all(graph::directory::domains()),
            mailboxes::look(session.exchange.as_ref()),
            offers::look(graph, apis),
        );
        let verified = domains
            .map(|all| all.into_iter().filter(|one| one.is_verified).map(|one| one.id.to_string()).collect());
        Ok(Self { policy: seen(policy), domains: seen(verified), mailboxes, ews, names })
    }

    /// What could not be seen now stays as it was seen before.
    pub(super) fn or(self, before: Self) -> Self {
        Self {
            policy: newer(self.policy, before.policy),
            domains: newer(self.domains, before.domains),
            mailboxes: newer(self.mailboxes, before.mailboxes),
            ews: newer(self.ews, before.ews),
            names: offers::newer(self.names, before.names),
        }
    }

    /// Tells the rules.
    pub(super) fn into_context(self, context: &mut Context) {
        context.policy = self.policy;
        context.domains = self.domains;
        context.mailboxes = self.mailboxes;
        context.ews = self.ews;
        for (key, name) in self.names {
            context.permissions.add(key, name);
        }
    }
}

fn newer<T>(now: Known<T>, before: Known<T>) -> Known<T> {
    match (&now, &before) {
        (Known::Hidden(Unseen::NoAnswer), Known::Seen(_)) => before,
        _ => now,
    }
}

fn seen<T>(asked: Result<T, GraphError>) -> Known<T> {
    match asked {
        Ok(found) => Known::Seen(found),
        Err(error) if error.refusal().is_some() && !error.is_transient() => Known::Hidden(Unseen::NotAllowed),
        Err(_) => Known::Hidden(Unseen::NoAnswer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_that_got_no_answer_does_not_forget_what_was_seen() {
        let before = Around { domains: Known::Seen(vec!["contoso.example".into()]), ..Around::default() };
        let now = Around {
            policy: Known::Hidden(Unseen::NoAnswer),
            domains: Known::Hidden(Unseen::NoAnswer),
            ..Around::default()
        };
        let both = now.or(before.clone());
        assert_eq!((both.policy, both.domains), (Known::Hidden(Unseen::NoAnswer), before.domains.clone()));
        let refused = Around { domains: Known::Hidden(Unseen::NotAllowed), ..Around::default() };
        assert_eq!(refused.or(before).domains, Known::Hidden(Unseen::NotAllowed));
    }
}
