//! Refusals that a policy of the organisation is behind: Conditional Access, and a second factor that is wanted.

use super::error::{Code, Refusal};
use super::ledger::SignIn;
use crate::demands::{self, Demand, Standing};
use crate::reference;
use crate::tenant::Tenant;

/// Whether this person may sign in to this app at a page. A second factor is given there and then.
pub(crate) fn at_page(tenant: &Tenant, person: &str, client: &str) -> Result<(), Refusal> {
    match standing(tenant, person, client).iter().find_map(refused) {
        Some(refusal) => Err(refusal),
        None => Ok(()),
    }
}

/// Whether a sign-in of earlier still counts.
pub(crate) fn for_earlier(tenant: &Tenant, sign_in: &SignIn) -> Result<(), Refusal> {
    for own in standing(tenant, &sign_in.person, &sign_in.client) {
        if let Some(refusal) = refused(&own) {
            return Err(refusal);
        }
        if own.demand == Demand::Mfa && sign_in.at < own.since {
            let text = format!(
                "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '{}'.",
                reference::GRAPH
            );
            let refusal = Refusal::new(Code::InvalidGrant, 50_076, text).with_suberror("basic_action");
            return Err(Refusal { claims: Some(demands::claims()), ..refusal });
        }
    }
    Ok(())
}

fn standing(tenant: &Tenant, person: &str, client: &str) -> Vec<Standing> {
    tenant.peek_ledger(|ledger| {
        ledger.demands.iter().filter(|own| own.is_about(person, client)).cloned().collect()
    })
}

fn refused(standing: &Standing) -> Option<Refusal> {
    match standing.demand {
        Demand::Blocked => Some(
            Refusal::new(
                Code::InvalidGrant,
                53_003,
                "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
            )
            .with_suberror("message_only"),
        ),
        Demand::Device => {
            let text = "Device is not in required device state: {state}. Conditional Access policy requires a compliant device, and the device is not compliant. The user must enroll their device with an approved MDM provider like Intune.";
            Some(Refusal::new(Code::InvalidGrant, 53_000, text.replace("{state}", "compliant")).with_suberror("additional_action"))
        }
        _ => None,
    }
}
