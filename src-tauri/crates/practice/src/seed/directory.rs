//! The organisation object and its domains.

use serde_json::json;

use super::{DOMAIN, FEDERATED_DOMAIN, Ground, INITIAL_DOMAIN, ORGANISATION, tenant_id};
use crate::store::Tables;

pub(crate) fn add(ground: &Ground, tables: &mut Tables) {
    let id = tenant_id(ground.seed);
    let organization = json!({
        "id": id,
        "displayName": ORGANISATION,
        "tenantType": "AAD",
        "countryLetterCode": "SE",
        "preferredLanguage": "en",
        "city": "Göteborg",
        "street": "Packhusplatsen 2",
        "postalCode": "411 13",
        "state": null,
        "country": null,
        "businessPhones": ["+46 31 555 01 00"],
        "technicalNotificationMails": [format!("it@{DOMAIN}")],
        "marketingNotificationEmails": [],
        "securityComplianceNotificationMails": [],
        "securityComplianceNotificationPhones": [],
        "onPremisesSyncEnabled": null,
        "assignedPlans": [
            plan(ground, "exchange", "9aaf7827-d63c-4b61-89c3-182f06f82e5c"),
            plan(ground, "AADPremiumService", "41781fb2-bc02-4b7c-bd55-b576c07bb09d"),
        ],
        "provisionedPlans": [],
        "verifiedDomains": [
            {"capabilities": "Email, OfficeCommunicationsOnline", "isDefault": true, "isInitial": false, "name": DOMAIN, "type": "Managed"},
            {"capabilities": "Email, OfficeCommunicationsOnline", "isDefault": false, "isInitial": true, "name": INITIAL_DOMAIN, "type": "Managed"},
            {"capabilities": "Email, OfficeCommunicationsOnline", "isDefault": false, "isInitial": false, "name": FEDERATED_DOMAIN, "type": "Federated"},
        ],
    });
    tables.organization.insert(id, ground.row(2_400, organization));
    domain(ground, tables, DOMAIN, true, false, true);
    domain(ground, tables, INITIAL_DOMAIN, false, true, true);
    domain(ground, tables, "lindqvist-trucks-practice.example", false, false, false);
    domain(ground, tables, FEDERATED_DOMAIN, false, false, true);
    if let Some(row) = tables.domains.get_mut(FEDERATED_DOMAIN) {
        row.body.insert("authenticationType".into(), json!("Federated"));
    }
}

pub(super) fn plan(ground: &Ground, service: &str, id: &str) -> serde_json::Value {
    json!({"assignedDateTime": ground.date(-700), "capabilityStatus": "Enabled", "service": service, "servicePlanId": id})
}

pub(super) fn domain(
    ground: &Ground,
    tables: &mut Tables,
    name: &str,
    default: bool,
    initial: bool,
    verified: bool,
) {
    let domain = json!({
        "id": name,
        "authenticationType": "Managed",
        "availabilityStatus": null,
        "isAdminManaged": true,
        "isDefault": default,
        "isInitial": initial,
        "isRoot": true,
        "isVerified": verified,
        "supportedServices": if verified { json!(["Email", "OfficeCommunicationsOnline"]) } else { json!([]) },
        "passwordValidityPeriodInDays": 2_147_483_647,
        "passwordNotificationWindowInDays": 14,
        "model": null,
        "state": null,
    });
    let mut row = ground.row(2_400, domain);
    row.body.remove("createdDateTime");
    tables.domains.insert(name.to_owned(), row);
}
