//! Planning that an app trusts an outside service, so that it needs no secret there.
//!
//! Limits: "Important considerations and restrictions for federated identity credentials"
//! (<https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations>).

use graph::resources::{ApplicationPatch, FederatedIdentityCredential};
use graph::{ApplicationId, Request, federated, inventory};
use serde::{Deserialize, Serialize};
use url::Url;

use super::problem::{TrustField, problem};
use super::{CredentialProblem, trust_words as words};
use crate::plan::changes::nothing;
use crate::plan::compare::Comparison;
use crate::plan::planner::{PlanError, Planner, parse};
use crate::plan::problem::{Problem, ProblemKind};
use crate::plan::step::StepKind;
use crate::plan::{Plan, Subject, reads, words as general};

/// So many may one app have.
const MOST: usize = 20;
/// The longest issuer, subject and audience, in characters.
const LONGEST: usize = 600;

/// An outside identity that may act as an app. Nothing in it is secret, and nothing ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Trust {
    /// Its name: 3 to 120 letters, digits, dashes and underscores. Cannot be changed later.
    pub name: String,
    /// Who vouches: the address that stands as `iss` in its tokens.
    pub issuer: String,
    /// For whom: what stands as `sub` in its tokens, letter for letter.
    pub subject: String,
    /// What its tokens are for: `aud`. [`federated::AUDIENCE`] as a rule.
    pub audience: String,
}

impl Trust {
    /// One that is there; none when Microsoft leaves out what it needs to be made again.
    pub(crate) fn of(there: &FederatedIdentityCredential) -> Option<Self> {
        Some(Self {
            name: there.name.clone()?,
            issuer: there.issuer.clone()?,
            subject: there.subject.clone()?,
            audience: there.audiences.first()?.clone(),
        })
    }

    /// Whether that one is this one.
    pub(crate) fn is(&self, there: &FederatedIdentityCredential) -> bool {
        self.trusts_the_same(there) && there.name.as_ref() == Some(&self.name)
    }

    fn trusts_the_same(&self, there: &FederatedIdentityCredential) -> bool {
        (there.issuer.as_ref(), there.subject.as_ref()) == (Some(&self.issuer), Some(&self.subject))
    }

    pub(crate) fn request(&self, id: &ApplicationId) -> Request<FederatedIdentityCredential> {
        federated::add(id, &self.name, &self.issuer, &self.subject, &self.audience)
    }

    /// What Microsoft would refuse, or take and never match.
    fn flaw(&self) -> Option<TrustField> {
        let fits = |text: &str| !text.is_empty() && text.trim() == text && text.chars().count() <= LONGEST;
        let letter = |one: char| one.is_ascii_alphanumeric() || one == '-' || one == '_';
        let name = &self.name;
        if !(3..=120).contains(&name.chars().count())
            || !name.chars().all(letter)
            || !name.starts_with(|one: char| one.is_ascii_alphanumeric())
        {
            return Some(TrustField::Name);
        }
        // Tokens are checked against keys that lie at this address.
        let is_address = Url::parse(&self.issuer).is_ok_and(|url| url.scheme() == "https" && url.has_host());
        if !fits(&self.issuer) || !is_address {
            return Some(TrustField::Issuer);
        }
        if !fits(&self.subject) || self.subject.contains('*') {
            return Some(TrustField::Subject);
        }
        (!fits(&self.audience)).then_some(TrustField::Audience)
    }
}

impl Planner<'_> {
    /// Plans that an app trusts an outside service. One round trip more than a look at the app.
    ///
    /// # Errors
    /// [`PlanError`].
    pub async fn add_trust(&self, app_id: &str, trust: Trust) -> Result<Plan, PlanError> {
        let app_id = parse(app_id)?;
        let (existing, app) = self.one(&app_id).await?;
        let there = self.session.graph.send(inventory::federated_credentials(&app.id)).await?.value;
        let actual = reads::look(&self.session.graph, &nothing()).await?;
        self.check_organisation(&actual)?;
        let mut comparison = self.comparison(self.new_run(), &actual);
        comparison.registered(&app_id, &existing, &app, ApplicationPatch::default());
        let name = app.display_name.clone().unwrap_or_else(|| app_id.to_string());
        let already = comparison.trust_problems(&name, &trust, &there);
        let words = if already { words::already(&name, &trust) } else { words::add(&name, &trust) };
        comparison.push("trust", StepKind::AddTrust(Box::new(trust)), words, already);
        if !already {
            comparison.by_owner_or_admin(&existing);
            comparison.push("read", StepKind::ReadBack, general::read_back(), false);
        }
        let subject = Subject::AddTrust { app_id: app_id.to_string() };
        let title = format!("Let {name} trust an outside service");
        Ok(self.finish(comparison, subject, title, &actual, Vec::new()).await)
    }
}

impl Comparison<'_> {
    /// What stands in the way, or follows. Whether the app trusts this already.
    fn trust_problems(&mut self, app: &str, trust: &Trust, there: &[FederatedIdentityCredential]) -> bool {
        if let Some(field) = trust.flaw() {
            let (title, why) = words::flaw(field);
            self.problems
                .push(problem(app, CredentialProblem::TrustUnusable { field }, title, why).blocking());
            return false;
        }
        if let Some(same) = there.iter().find(|one| trust.trusts_the_same(one)) {
            let why = words::trusted_as(app, same.name.as_deref().unwrap_or_default());
            let kind = CredentialProblem::TrustAlready;
            self.problems.push(problem(app, kind, "The app trusts this already", why));
            return true;
        }
        if there.iter().any(|one| one.name.as_ref() == Some(&trust.name)) {
            let why = words::name_taken(app, &trust.name);
            let kind = CredentialProblem::TrustNameTaken;
            self.problems.push(problem(app, kind, "This name is taken", why).blocking());
        }
        if there.len() >= MOST {
            let kind = CredentialProblem::TrustsFull;
            self.problems
                .push(problem(app, kind, "There is no room for another", words::full(app)).blocking());
        }
        let what = words::consequence(app);
        let kind = ProblemKind::Consequence { what: what.clone() };
        self.problems.push(Problem::to_know(kind, "Gatehouse cannot try it", what));
        false
    }

    /// Adds the step that ends a trust. Whatever uses it stops.
    pub(super) fn end_of_trust(&mut self, app: &str, there: &FederatedIdentityCredential, trust: Trust) {
        let owner = self.registrations.last().map(|one| one.key.clone()).unwrap_or_default();
        let why = words::still_trusted(app, &trust);
        let kind = CredentialProblem::StillWorks {
            key: graph::KeyId::new(there.id.as_str()).unwrap_or_else(|_| graph::KeyId::placeholder("trust")),
            ends: None,
        };
        self.problems.push(problem(app, kind, "It still works", why));
        let words = words::remove(app, &trust);
        let kind = StepKind::RemoveTrust { id: there.id.clone(), trust: Box::new(trust) };
        self.push_as(format!("remove:{owner}:{}", there.id), kind, words, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trust(name: &str, issuer: &str, subject: &str, audience: &str) -> Trust {
        let [name, issuer, subject, audience] = [name, issuer, subject, audience].map(str::to_owned);
        Trust { name, issuer, subject, audience }
    }

    #[test]
    fn what_microsoft_would_refuse_is_found_before() {
        let (issuer, subject) =
            ("https://token.actions.githubusercontent.com", "repo:a/b:ref:refs/heads/main");
        let long = format!("https://{}", "a".repeat(600));
        for (case, flaw) in [
            (trust("github-main", issuer, subject, federated::AUDIENCE), None),
            (trust("gh", issuer, subject, federated::AUDIENCE), Some(TrustField::Name)),
            (trust("-main", issuer, subject, federated::AUDIENCE), Some(TrustField::Name)),
            (trust("main branch", issuer, subject, federated::AUDIENCE), Some(TrustField::Name)),
            (trust("größe", issuer, subject, federated::AUDIENCE), Some(TrustField::Name)),
            (trust(&"a".repeat(121), issuer, subject, federated::AUDIENCE), Some(TrustField::Name)),
            (trust("main", "http://example.com", subject, federated::AUDIENCE), Some(TrustField::Issuer)),
            (trust("main", " https://example.com", subject, federated::AUDIENCE), Some(TrustField::Issuer)),
            (trust("main", &long, subject, federated::AUDIENCE), Some(TrustField::Issuer)),
            (trust("main", issuer, "", federated::AUDIENCE), Some(TrustField::Subject)),
            (trust("main", issuer, "repo:a/*", federated::AUDIENCE), Some(TrustField::Subject)),
            (trust("main", issuer, subject, ""), Some(TrustField::Audience)),
        ] {
            assert_eq!(case.flaw(), flaw, "{case:?}");
        }
    }
}
