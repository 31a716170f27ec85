//! What the rules know of the organisation besides its apps: looked up at each reading, and kept so that findings can be
//! judged again without Microsoft.

use graph::resources::AppManagementPolicy;
use graph::{GraphClient, GraphError};
use serde::{Deserialize, Serialize};
use watch::{Known, Unseen};

/// An organisation's policy and domains, as last looked up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Around {
    /// How the organisation limits the life of credentials.
    pub(crate) policy: Known<AppManagementPolicy>,
    /// Domains that it has proved to own.
    pub(crate) domains: Known<Vec<String>>,
}

impl Around {
    /// Asks Microsoft. What cannot be seen is written down as such.
    pub(super) async fn look(graph: &GraphClient) -> Self {
        let (policy, domains) = tokio::join!(
            graph.send(graph::policies::default_app_management()),
            graph.all(graph::directory::domains()),
        );
        Self {
            policy: seen(policy),
            domains: seen(domains.map(|all| {
                all.into_iter().filter(|one| one.is_verified).map(|one| one.id.to_string()).collect()
            })),
        }
    }

    /// What could not be seen now stays as it was seen before.
    pub(super) fn or(self, before: Self) -> Self {
        Self { policy: newer(self.policy, before.policy), domains: newer(self.domains, before.domains) }
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
        let before =
            Around { policy: Known::NotLooked, domains: Known::Seen(vec!["contoso.example".into()]) };
        let now =
            Around { policy: Known::Hidden(Unseen::NoAnswer), domains: Known::Hidden(Unseen::NoAnswer) };
        let both = now.or(before.clone());
        assert_eq!((both.policy, both.domains), (Known::Hidden(Unseen::NoAnswer), before.domains.clone()));
        let refused = Around { domains: Known::Hidden(Unseen::NotAllowed), ..Around::default() };
        assert_eq!(refused.or(before).domains, Known::Hidden(Unseen::NotAllowed));
    }
}
