//! Delegated permissions as they are asked for and granted.

use std::collections::BTreeSet;
use std::fmt;

/// Asked for with every sign-in: to learn who signed in, and to be able to renew without asking again.
pub(crate) const SIGN_IN: [&str; 3] = ["openid", "profile", "offline_access"];

/// The prefix that a Graph permission may or may not carry; without any prefix it is Graph's.
const GRAPH: &str = "https://graph.microsoft.com/";

/// A set of permissions, for example `User.Read` or `https://outlook.office365.com/Exchange.Manage`.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Scopes(BTreeSet<String>);

impl Scopes {
    /// No permission at all.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads a space-separated list (RFC 6749 section 3.3).
    #[must_use]
    pub fn parse(list: &str) -> Self {
        list.split_ascii_whitespace().collect()
    }

    /// Both together.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0).cloned().collect())
    }

    /// Each permission as it was given.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `permission` is among them; Graph's prefix and letter case do not matter.
    #[must_use]
    pub fn contains(&self, permission: &str) -> bool {
        let wanted = canonical(permission);
        self.0.iter().any(|scope| canonical(scope) == wanted)
    }

    /// Whether all of `other` are among them. Those of sign-in itself are left out: they never appear in a grant.
    #[must_use]
    pub fn cover(&self, other: &Self) -> bool {
        other.iter().filter(|scope| !SIGN_IN.contains(scope)).all(|scope| self.contains(scope))
    }

    /// The API that they belong to; a token is for one API only.
    pub(crate) fn resource(&self) -> String {
        self.0
            .iter()
            .filter(|scope| !SIGN_IN.contains(&scope.as_str()))
            .map(|scope| resource_of(scope))
            .next()
            .unwrap_or_default()
    }

    /// The `scope` parameter of a sign-in or renewal.
    pub(crate) fn parameter(&self) -> String {
        let mut all: Vec<&str> = self.iter().filter(|scope| !SIGN_IN.contains(scope)).collect();
        all.extend(SIGN_IN);
        all.join(" ")
    }
}

impl<S: Into<String>> FromIterator<S> for Scopes {
    fn from_iter<I: IntoIterator<Item = S>>(scopes: I) -> Self {
        Self(scopes.into_iter().map(Into::into).filter(|scope| !scope.is_empty()).collect())
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(String::as_str).collect::<Vec<_>>().join(" "))
    }
}

impl fmt::Debug for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scopes({self})")
    }
}

fn canonical(scope: &str) -> String {
    let lower = scope.to_ascii_lowercase();
    lower.strip_prefix(GRAPH).map(str::to_owned).unwrap_or(lower)
}

fn resource_of(scope: &str) -> String {
    let scope = canonical(scope);
    scope.rsplit_once('/').map(|(resource, _)| resource.to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graph_is_meant_with_and_without_its_prefix() {
        let granted = Scopes::parse("https://graph.microsoft.com/User.Read mail.read openid");
        assert!(granted.cover(&Scopes::parse("User.Read Mail.Read offline_access")));
        assert!(!granted.cover(&Scopes::parse("User.Read.All")));
        assert!(granted.cover(&Scopes::none()));
    }

    #[test]
    fn a_token_is_for_one_api() {
        assert_eq!(
            Scopes::parse("User.Read").resource(),
            Scopes::parse("https://graph.microsoft.com/Mail.Read").resource()
        );
        let exchange = Scopes::parse("https://outlook.office365.com/Exchange.Manage offline_access");
        assert_eq!(exchange.resource(), "https://outlook.office365.com");
    }

    #[test]
    fn sign_in_scopes_are_added_once() {
        assert_eq!(Scopes::parse("openid User.Read").parameter(), "User.Read openid profile offline_access");
    }
}
