//! What an organisation forbids about secrets and certificates of apps.
//! <https://learn.microsoft.com/graph/api/resources/tenantappmanagementpolicy>,
//! <https://learn.microsoft.com/graph/api/resources/appmanagementpolicy>

use jiff::{SignedDuration, Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::open_enum::open_enum;

open_enum! {
    /// What a restriction is about.
    pub enum RestrictionType {
        /// No new client secrets.
        PasswordAddition = "passwordAddition",
        /// Client secrets live at most so long.
        PasswordLifetime = "passwordLifetime",
        /// No client secrets of one's own choosing (ours are always made by Microsoft).
        CustomPasswordAddition = "customPasswordAddition",
        /// No new symmetric keys.
        SymmetricKeyAddition = "symmetricKeyAddition",
        /// Symmetric keys live at most so long.
        SymmetricKeyLifetime = "symmetricKeyLifetime",
        /// Certificates live at most so long.
        AsymmetricKeyLifetime = "asymmetricKeyLifetime",
        /// Certificates only of trusted authorities.
        TrustedCertificateAuthority = "trustedCertificateAuthority",
    }
}

open_enum! {
    /// Whether a restriction holds.
    pub enum RestrictionState {
        /// It holds.
        Enabled = "enabled",
        /// It does not.
        Disabled = "disabled",
    }
}

/// One restriction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialRestriction {
    /// What it is about.
    pub restriction_type: RestrictionType,
    /// Whether it holds; when absent, it does.
    #[serde(default)]
    pub state: Option<RestrictionState>,
    /// Longest life, ISO 8601 (`P90D`).
    #[serde(default)]
    pub max_lifetime: Option<String>,
    /// Only apps registered after this instant are concerned.
    #[serde(default, deserialize_with = "crate::time::lenient")]
    pub restrict_for_apps_created_after_date_time: Option<Timestamp>,
}

/// Restrictions on credentials.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CredentialRestrictions {
    /// On client secrets.
    #[serde(deserialize_with = "crate::nullable::or_default")]
    pub password_credentials: Vec<CredentialRestriction>,
    /// On certificates.
    #[serde(deserialize_with = "crate::nullable::or_default")]
    pub key_credentials: Vec<CredentialRestriction>,
}

/// The policy for all apps (`applicationRestrictions`) or for those to which it is assigned (`restrictions`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AppManagementPolicy {
    /// Its id; all zeros when the organisation has none.
    pub id: Option<String>,
    /// Its name.
    pub display_name: Option<String>,
    /// Whether any of it holds.
    pub is_enabled: bool,
    /// For app registrations (policy of the whole organisation).
    pub application_restrictions: Option<CredentialRestrictions>,
    /// For enterprise apps (policy of the whole organisation).
    pub service_principal_restrictions: Option<CredentialRestrictions>,
    /// For the apps to which it is assigned (other policies). Replaces the organisation's.
    pub restrictions: Option<CredentialRestrictions>,
}

/// What the policy means for a client secret on an app registration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct PasswordRules {
    /// No client secret may be added.
    pub forbidden: bool,
    /// Longest allowed life, counted in days of 24 hours as Entra does.
    pub longest: Option<SignedDuration>,
}

/// What the policy means for a certificate on an app registration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct CertificateRules {
    /// Only certificates that an authority of the organisation's choice has signed: none made here.
    pub trusted_only: bool,
    /// Longest allowed life, counted in days of 24 hours as Entra does.
    pub longest: Option<SignedDuration>,
}

impl AppManagementPolicy {
    /// What holds for a certificate of an app registered at `created`. A life that cannot be read counts as no limit.
    #[must_use]
    pub fn certificate_rules(&self, created: Timestamp) -> CertificateRules {
        let mut rules = CertificateRules::default();
        for restriction in self.holding(created, |all| &all.key_credentials) {
            match restriction.restriction_type {
                RestrictionType::TrustedCertificateAuthority => rules.trusted_only = true,
                RestrictionType::AsymmetricKeyLifetime => {
                    rules.longest = shorter(rules.longest, restriction.max_lifetime.as_deref());
                }
                _ => {}
            }
        }
        rules
    }

    /// What holds for a client secret of an app registered at `created` (use now for one that is yet to be made).
    ///
    /// A life that cannot be read counts as no limit here; Entra then says so when the secret is made.
    #[must_use]
    pub fn password_rules(&self, created: Timestamp) -> PasswordRules {
        let mut rules = PasswordRules::default();
        for restriction in self.holding(created, |all| &all.password_credentials) {
            match restriction.restriction_type {
                RestrictionType::PasswordAddition => rules.forbidden = true,
                RestrictionType::PasswordLifetime => {
                    rules.longest = shorter(rules.longest, restriction.max_lifetime.as_deref());
                }
                _ => {}
            }
        }
        rules
    }

    /// The restrictions of one kind that hold for an app registered at `created`.
    fn holding(
        &self,
        created: Timestamp,
        kind: fn(&CredentialRestrictions) -> &Vec<CredentialRestriction>,
    ) -> impl Iterator<Item = &CredentialRestriction> {
        let restrictions = self.restrictions.as_ref().or(self.application_restrictions.as_ref());
        let all =
            restrictions.filter(|_| self.is_enabled).map(|all| kind(all).as_slice()).unwrap_or_default();
        all.iter().filter(move |restriction| {
            restriction.state != Some(RestrictionState::Disabled)
                && restriction.restrict_for_apps_created_after_date_time.is_none_or(|after| created >= after)
        })
    }
}

/// The shorter of two limits, where the second can be read.
fn shorter(one: Option<SignedDuration>, iso: Option<&str>) -> Option<SignedDuration> {
    match (one, iso.and_then(lifetime)) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn lifetime(iso: &str) -> Option<SignedDuration> {
    let span: Span = iso.parse().ok()?;
    // Months and years have no fixed length; the shortest is the safe reading of a limit.
    let days = i64::from(span.get_years()) * 365
        + i64::from(span.get_months()) * 28
        + i64::from(span.get_weeks()) * 7
        + i64::from(span.get_days());
    let time = span.years(0).months(0).weeks(0).days(0);
    SignedDuration::from_hours(days.checked_mul(24)?).checked_add(SignedDuration::try_from(time).ok()?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn policy(enabled: bool, restrictions: &serde_json::Value) -> AppManagementPolicy {
        serde_json::from_value(json!({
            "id": "d015220e-9789-4e8e-bbcc-270fe419229d", "isEnabled": enabled,
            "applicationRestrictions": {"passwordCredentials": restrictions, "keyCredentials": []},
        }))
        .unwrap()
    }

    #[test]
    fn a_lifetime_limit_holds_from_its_date_on() {
        let policy = policy(
            true,
            &json!([{"restrictionType": "passwordLifetime", "state": "enabled", "maxLifetime": "P90D",
                    "restrictForAppsCreatedAfterDateTime": "2026-01-01T00:00:00Z"}]),
        );
        assert_eq!(
            policy.password_rules(at("2026-11-20T00:00:00Z")).longest,
            Some(SignedDuration::from_hours(90 * 24))
        );
        assert_eq!(policy.password_rules(at("2025-11-20T00:00:00Z")), PasswordRules::default());
    }

    #[test]
    fn certificates_have_limits_of_their_own() {
        let policy: AppManagementPolicy = serde_json::from_value(json!({
            "isEnabled": true,
            "applicationRestrictions": {
                "passwordCredentials": [{"restrictionType": "passwordLifetime", "maxLifetime": "P10D"}],
                "keyCredentials": [
                    {"restrictionType": "asymmetricKeyLifetime", "maxLifetime": "P90D"},
                    {"restrictionType": "trustedCertificateAuthority", "restrictForAppsCreatedAfterDateTime": "2026-01-01T00:00:00Z"}
                ],
            },
        }))
        .unwrap();
        let newer = policy.certificate_rules(at("2026-11-20T00:00:00Z"));
        assert_eq!(newer.longest, Some(SignedDuration::from_hours(90 * 24)));
        assert!(newer.trusted_only);
        assert!(!policy.certificate_rules(at("2025-11-20T00:00:00Z")).trusted_only);
    }

    #[test]
    fn a_switched_off_restriction_or_policy_forbids_nothing() {
        let forbid = json!([{"restrictionType": "passwordAddition", "state": "disabled"}]);
        assert!(!policy(true, &forbid).password_rules(at("2026-11-20T00:00:00Z")).forbidden);
        let forbid = json!([{"restrictionType": "passwordAddition", "state": "enabled"}]);
        assert!(!policy(false, &forbid).password_rules(at("2026-11-20T00:00:00Z")).forbidden);
        assert!(policy(true, &forbid).password_rules(at("2026-11-20T00:00:00Z")).forbidden);
    }

    #[test]
    fn the_shortest_limit_wins_and_months_are_short() {
        let policy = policy(
            true,
            &json!([{"restrictionType": "passwordLifetime", "maxLifetime": "P1Y"},
                   {"restrictionType": "passwordLifetime", "maxLifetime": "P2M"},
                   {"restrictionType": "passwordLifetime", "maxLifetime": "whatever"},
                   {"restrictionType": "aNewOne"}]),
        );
        assert_eq!(
            policy.password_rules(at("2026-11-20T00:00:00Z")).longest,
            Some(SignedDuration::from_hours(56 * 24))
        );
    }
}
