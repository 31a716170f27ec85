//! What can be wrong with an account, found before anything is written.

use serde::{Deserialize, Serialize};

/// What is wrong, or to be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum AccountProblem {
    /// Its domain does not belong to the organisation.
    DomainNotVerified {
        /// Domains that do.
        verified: Vec<String>,
    },
    /// People of its domain sign in elsewhere: an account is made there.
    DomainFederated,
    /// It may not sign in.
    Disabled,
    /// It is a guest's.
    Guest,
    /// It has no mailbox, and the product needs one.
    NoMailbox,
    /// The organisation has no licence of this product.
    NoSuchLicence {
        /// Products that it has.
        there: Vec<String>,
    },
    /// All licences of this product are given out.
    NoLicenceLeft,
    /// Nobody said where it is used, and a licence needs that.
    NoCountry,
    /// Everybody is asked for a second proof at sign-in; a product cannot answer.
    SecondProof,
}

impl AccountProblem {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::DomainNotVerified { .. } => "account-domain-not-verified",
            Self::DomainFederated => "account-domain-federated",
            Self::Disabled => "account-disabled",
            Self::Guest => "account-guest",
            Self::NoMailbox => "account-no-mailbox",
            Self::NoSuchLicence { .. } => "account-no-such-licence",
            Self::NoLicenceLeft => "account-no-licence-left",
            Self::NoCountry => "account-no-country",
            Self::SecondProof => "account-second-proof",
        }
    }

    /// Title and sentence.
    pub(super) fn words(&self, address: &str, licence: Option<&str>) -> (&'static str, String) {
        let domain = address.rsplit('@').next().unwrap_or_default();
        let licence = licence.unwrap_or("this licence");
        match self {
            Self::DomainNotVerified { verified } => (
                "The address is on another domain",
                format!(
                    "“{domain}” does not belong to this organisation, so “{address}” cannot be made here. Use one of: {}.",
                    verified.join(", ")
                ),
            ),
            Self::DomainFederated => (
                "Accounts of this domain are made elsewhere",
                format!(
                    "People of “{domain}” sign in through a service of the organisation's own. Make the account there, or use an address \
                     on the domain that ends in onmicrosoft.com."
                ),
            ),
            Self::Disabled => (
                "The account may not sign in",
                format!(
                    "“{address}” is switched off. Switch it on in the admin center, or enter another one."
                ),
            ),
            Self::Guest => (
                "The account is a guest's",
                format!(
                    "“{address}” belongs to another organisation, and its password is not known here. Enter an account of this one."
                ),
            ),
            Self::NoMailbox => (
                "The account has no mailbox",
                format!(
                    "The product needs a mailbox, and “{address}” has none. Choose a licence with Exchange for it, or enter an account \
                     that has a mailbox."
                ),
            ),
            Self::NoSuchLicence { there } => (
                "The organisation does not have this licence",
                format!("There is no “{licence}” here. Choose one of: {}.", there.join(", ")),
            ),
            Self::NoLicenceLeft => (
                "No licence is left",
                format!(
                    "All licences of “{licence}” are given out. Take one from somebody who no longer needs it, or buy one."
                ),
            ),
            Self::NoCountry => (
                "The country is missing",
                format!(
                    "Microsoft asks where “{address}” is used before it gives a licence. Enter the country."
                ),
            ),
            Self::SecondProof => (
                "A second proof is asked for at sign-in",
                format!(
                    "The rules here ask everybody for a second proof at sign-in. A product that signs in as “{address}” cannot answer. \
                     Leave this account out of the rule, or use an app, which needs none."
                ),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_says_what_to_do_in_plain_words() {
        let all = [
            AccountProblem::DomainNotVerified { verified: vec!["contoso.example".into()] },
            AccountProblem::DomainFederated,
            AccountProblem::Disabled,
            AccountProblem::Guest,
            AccountProblem::NoMailbox,
            AccountProblem::NoSuchLicence { there: vec!["SPB".into()] },
            AccountProblem::NoLicenceLeft,
            AccountProblem::NoCountry,
            AccountProblem::SecondProof,
        ];
        let mut codes = std::collections::BTreeSet::new();
        for problem in all {
            let (title, why) = problem.words("sense@contoso.example", Some("EXCHANGESTANDARD"));
            assert!(!title.ends_with('.') && why.ends_with('.'), "{why}");
            assert!(why.split(". ").count() >= 2, "says what to do: {why}");
            assert!(codes.insert(problem.code()), "{}", problem.code());
        }
    }
}
