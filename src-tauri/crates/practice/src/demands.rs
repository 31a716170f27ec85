//! What Microsoft may suddenly want of a person, or refuse: for tests and for trying things out.
//!
//! Sources: "Microsoft Entra authentication and authorization error codes" (numbers and texts), "Microsoft identity platform
//! and OAuth 2.0 On-Behalf-Of flow" and "Claims challenges" (`claims` of an answer that multifactor authentication would
//! mend), MSAL's list of sub-errors (`basic_action`, `additional_action`, `message_only`).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::entra::{Ledger, new_sessions_from};
use crate::tenant::Tenant;

/// What is wanted of a person, or refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Demand {
    /// Conditional Access lets nobody in: AADSTS53003, at the page and for refresh tokens.
    Blocked,
    /// Conditional Access wants a device that is looked after: AADSTS53000, at the page and for refresh tokens.
    Device,
    /// A second factor is wanted: refresh tokens of earlier sign-ins get AADSTS50076 with `claims`; signing in again mends it.
    Mfa,
    /// The password was changed: AADSTS50173 for refresh tokens of earlier sign-ins.
    PasswordChanged,
    /// Nothing was used for 91 days: AADSTS700082 for the refresh tokens of now.
    Idle,
    /// The account is switched off: AADSTS50057.
    Disabled,
    /// All of it is over, and the account is switched on.
    Nothing,
}

/// A lasting demand.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Standing {
    /// Object id of the person.
    person: String,
    /// Client id, when only one app is meant.
    client: Option<String>,
    pub(crate) demand: Demand,
    /// Since when: a sign-in after it has met the demand for a second factor.
    pub(crate) since: Timestamp,
}

impl Standing {
    /// Whether it is about this person and app.
    pub(crate) fn is_about(&self, person: &str, client: &str) -> bool {
        self.person == person && self.client.as_deref().is_none_or(|own| own == client)
    }
}

/// Conditional Access policies that are behind a demand, as `claims` names them.
pub(crate) fn claims() -> String {
    json!({"access_token": {"capolids": {"essential": true, "values": ["6a3b5c1e-4c1d-4f6e-9a37-0c2f3b7d9e51"]}}}).to_string()
}

/// Arms or lifts a demand. Says whether there is such a person in this directory.
pub(crate) fn set(tenant: &Tenant, person: &str, client: Option<&str>, demand: Demand) -> bool {
    let Some(oid) = tenant.read(|tables| tables.user(person).map(|user| user.text("id").to_owned())) else {
        return false;
    };
    let now = tenant.clock.now();
    match demand {
        Demand::Blocked | Demand::Device | Demand::Mfa => {
            let client = client.map(str::to_owned);
            tenant.ledger().demands.push(Standing { person: oid, client, demand, since: now });
        }
        Demand::PasswordChanged => tenant.write(|tables| {
            if let Some(user) = tables.users.get_mut(&oid) {
                let at = crate::seed::moment(now);
                user.body.insert("lastPasswordChangeDateTime".into(), at.into());
                new_sessions_from(&mut user.body, now);
            }
        }),
        Demand::Idle => age(&mut tenant.ledger(), &oid),
        Demand::Disabled => enabled(tenant, &oid, false),
        Demand::Nothing => {
            tenant.ledger().demands.retain(|own| own.person != oid);
            enabled(tenant, &oid, true);
        }
    }
    true
}

fn age(ledger: &mut Ledger, person: &str) {
    ledger.age_refresh_tokens(person, SignedDuration::from_hours(91 * 24));
}

fn enabled(tenant: &Tenant, oid: &str, enabled: bool) {
    tenant.write(|tables| {
        if let Some(user) = tables.users.get_mut(oid) {
            user.body.insert("accountEnabled".into(), enabled.into());
        }
    });
}
