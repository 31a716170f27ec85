//! What stands in the way of an account.

use graph::resources::{Account, Organization, SubscribedSku};

use blueprint::AccountSpec;

use super::problem::AccountProblem;

/// What one account needs, and what is there.
pub(super) struct Case<'a> {
    pub(super) spec: &'a AccountSpec,
    pub(super) existing: Option<&'a Account>,
    pub(super) organisation: &'a Organization,
    pub(super) subscribed: Option<&'a [SubscribedSku]>,
}

impl<'a> Case<'a> {
    /// Everything that keeps it from working.
    pub(super) fn obstacles(&self) -> Vec<AccountProblem> {
        let mut found = match self.existing {
            Some(account) => existing(account),
            None => self.domain().into_iter().collect(),
        };
        if self.wants_licence() {
            found.extend(self.licence());
        } else if self.spec.needs_mailbox && !self.existing.is_some_and(Account::has_mailbox) {
            found.push(AccountProblem::NoMailbox);
        }
        found
    }

    /// Whether a licence is to be given: to a new account, or to one that lacks the mailbox.
    pub(super) fn wants_licence(&self) -> bool {
        let needs_none = self.existing.is_some_and(|account| {
            account.has_mailbox() || self.sku().is_some_and(|sku| account.has_license(&sku.sku_id))
        });
        self.spec.licence.is_some() && !needs_none
    }

    /// The wanted product, as the organisation has it.
    pub(super) fn sku(&self) -> Option<&'a SubscribedSku> {
        let wanted = self.spec.licence.as_ref()?;
        self.subscribed?.iter().find(|one| one.sku_part_number.eq_ignore_ascii_case(wanted))
    }

    /// Where it is used: as said, else where the organisation is.
    pub(super) fn country(&self) -> Option<String> {
        let own = self.spec.country.clone().or_else(|| self.organisation.country_letter_code.clone());
        own.filter(|code| !code.is_empty()).map(|code| code.to_ascii_uppercase())
    }

    fn domain(&self) -> Option<AccountProblem> {
        let domain = self.spec.address.rsplit('@').next().unwrap_or_default();
        let domains = &self.organisation.verified_domains;
        match domains.iter().find(|one| one.name.eq_ignore_ascii_case(domain)) {
            None => Some(AccountProblem::DomainNotVerified {
                verified: domains.iter().map(|one| one.name.clone()).collect(),
            }),
            Some(one) if one.kind.as_deref() == Some("Federated") => Some(AccountProblem::DomainFederated),
            Some(_) => None,
        }
    }

    fn licence(&self) -> Vec<AccountProblem> {
        let Some(subscribed) = self.subscribed else { return Vec::new() };
        let mut found = Vec::new();
        match self.sku() {
            None => found.push(AccountProblem::NoSuchLicence {
                there: subscribed.iter().map(|one| one.sku_part_number.clone()).collect(),
            }),
            Some(sku) if sku.free() == Some(0) => found.push(AccountProblem::NoLicenceLeft),
            Some(_) => {}
        }
        let placed = self.existing.is_some_and(|account| account.usage_location.is_some());
        if !placed && self.country().is_none() {
            found.push(AccountProblem::NoCountry);
        }
        found
    }
}

fn existing(account: &Account) -> Vec<AccountProblem> {
    let mut found = Vec::new();
    if account.user_type.as_deref() == Some("Guest") {
        found.push(AccountProblem::Guest);
    }
    if account.account_enabled == Some(false) {
        found.push(AccountProblem::Disabled);
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn organisation(country: Option<&str>) -> Organization {
        serde_json::from_value(json!({
            "id": "t", "countryLetterCode": country,
            "verifiedDomains": [
                {"name": "contoso.example", "type": "Managed"}, {"name": "old.example", "type": "Federated"},
            ],
        }))
        .unwrap()
    }

    fn spec(address: &str, licence: Option<&str>, needs_mailbox: bool) -> AccountSpec {
        AccountSpec {
            key: "account".into(),
            title: "Account".into(),
            address: address.into(),
            display_name: "Account".into(),
            licence: licence.map(str::to_owned),
            country: None,
            needs_mailbox,
            why: String::new(),
        }
    }

    fn skus(free: i64) -> Vec<SubscribedSku> {
        let one = |part: &str, bought: i64| -> Value {
            json!({"skuId": part, "skuPartNumber": part, "consumedUnits": 5, "prepaidUnits": {"enabled": bought}})
        };
        serde_json::from_value(json!([one("SPB", 5 + free), one("E3", 5)])).unwrap()
    }

    fn judged(
        spec: &AccountSpec,
        existing: Option<Value>,
        free: i64,
        country: Option<&str>,
    ) -> Vec<&'static str> {
        let existing: Option<Account> = existing.map(|value| serde_json::from_value(value).unwrap());
        let (organisation, subscribed) = (organisation(country), skus(free));
        let case = Case {
            spec,
            existing: existing.as_ref(),
            organisation: &organisation,
            subscribed: Some(&subscribed),
        };
        case.obstacles().iter().map(AccountProblem::code).collect()
    }

    #[test]
    fn a_new_account_needs_a_domain_of_the_organisation_s_own() {
        assert!(judged(&spec("a@contoso.example", None, false), None, 1, None).is_empty());
        assert!(judged(&spec("a@CONTOSO.example", None, false), None, 1, None).is_empty());
        assert_eq!(
            judged(&spec("a@other.example", None, false), None, 1, None),
            ["account-domain-not-verified"]
        );
        assert_eq!(judged(&spec("a@old.example", None, false), None, 1, None), ["account-domain-federated"]);
    }

    #[test]
    fn a_licence_needs_a_product_a_free_seat_and_a_country() {
        let wanted = spec("a@contoso.example", Some("spb"), true);
        assert!(judged(&wanted, None, 1, Some("se")).is_empty());
        assert_eq!(judged(&wanted, None, 0, Some("se")), ["account-no-licence-left"]);
        assert_eq!(judged(&wanted, None, 1, None), ["account-no-country"]);
        let other = spec("a@contoso.example", Some("EXCHANGESTANDARD"), true);
        assert_eq!(judged(&other, None, 1, Some("se")), ["account-no-such-licence"]);
    }

    #[test]
    fn an_account_that_is_there_has_to_be_usable() {
        let with = |more: Value| {
            let mut account = json!({"id": "u", "accountEnabled": true, "mail": "a@contoso.example",
                "assignedPlans": [{"service": "exchange", "capabilityStatus": "Enabled"}]});
            account.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            Some(account)
        };
        let wanted = spec("a@contoso.example", Some("SPB"), true);
        assert!(
            judged(&wanted, with(json!({})), 0, None).is_empty(),
            "a mailbox is there: no licence is needed"
        );
        assert_eq!(judged(&wanted, with(json!({"accountEnabled": false})), 1, None), ["account-disabled"]);
        assert_eq!(judged(&wanted, with(json!({"userType": "Guest"})), 1, None), ["account-guest"]);
        let none = spec("a@contoso.example", None, true);
        assert_eq!(judged(&none, with(json!({"mail": null})), 1, None), ["account-no-mailbox"]);
        assert!(
            judged(&spec("a@contoso.example", None, false), with(json!({"mail": null})), 1, None).is_empty()
        );
    }
}
