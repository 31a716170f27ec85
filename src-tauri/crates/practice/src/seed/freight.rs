//! A second organisation behind the same listener: Harborfreight Forwarders, a customer of Lindqvist Logistics that does not
//! exist either. It was set up lately, so its people meet the consent policy that Microsoft recommends.

use jiff::Timestamp;
use serde_json::json;

use super::policies::{SelfConsent, set_self_consent};
use super::{
    Ground, Other, Place, directory, mailboxes, people, photos, policies, registrations, roles, services,
    tenant_id,
};
use crate::directories::Kind;
use crate::random::guid_for;
use crate::store::Tables;

const PLACE: Place = Place {
    name: "Harborfreight Forwarders (practice)",
    domain: "harborfreight.example",
    initial_domain: "harborfreight.onmicrosoft.example",
};
/// Given name, surname, job, department.
const CAST: [(&str, &str, &str, &str); 15] = [
    ("Eleanor", "Marsh", "Chief Operating Officer", "Management"),
    ("Gareth", "Pugh", "IT Manager", "IT"),
    ("Sam", "Whitfield", "Consultant", "Projects"),
    ("Aisha", "Bello", "Freight Broker", "Operations"),
    ("Callum", "Reid", "Freight Broker", "Operations"),
    ("Dorota", "Nowak", "Accounts Clerk", "Finance"),
    ("Emeka", "Obi", "Driver Liaison", "Operations"),
    ("Freya", "Hughes", "Sales Manager", "Sales"),
    ("George", "Baxter", "Customs Clerk", "Operations"),
    ("Imogen", "Clarke", "Office Manager", "Management"),
    ("Jamal", "Khan", "Dispatcher", "Operations"),
    ("Kirsty", "Munro", "Dispatcher", "Operations"),
    ("Lewis", "Price", "Warehouse Lead", "Warehouse"),
    ("Maeve", "Doyle", "HR Partner", "People"),
    ("Oscar", "Lund", "Trainee", "Operations"),
];
/// Local part of the address and the role that is active.
const HOLDERS: [(&str, &str); 2] = [
    ("eleanor.marsh", "62e90394-69f5-4237-9190-012177145e10"),
    ("gareth.pugh", "158c047a-c907-4556-b7ef-446551a6b5f7"),
];
/// Registrations of its own: name and redirect address.
const REGISTRATIONS: [(&str, &str); 2] = [
    ("Freight Portal", "https://portal.harborfreight.example/signin"),
    ("Quote Desk", "https://quotes.harborfreight.example/callback"),
];
/// Who is a guest at Lindqvist Logistics.
const GUEST: &str = "sam.whitfield@harborfreight.example";

/// Its ids come from a seed of its own, so that nothing has the same id in two directories.
const fn own_seed(seed: u64) -> u64 {
    seed.wrapping_add(0x4861_7262)
}

/// Directory and object id of the account that is a guest of the main organisation with this seed.
pub(super) fn home_of_guest(main: u64) -> (String, String) {
    let seed = own_seed(main);
    (tenant_id(seed), guid_for(seed, &format!("user:{GUEST}")))
}

/// Builds it beside a main organisation with this seed.
pub(super) fn organisation(main: u64, now: Timestamp) -> Other {
    let seed = own_seed(main);
    let ground = Ground { seed, now, place: PLACE };
    let mut tables = Tables::default();
    facts(&ground, &mut tables);
    for (given, surname, job, department) in CAST {
        let upn = people::address_at(given, surname, PLACE.domain);
        people::add_one(&ground, &mut tables, &people::colleague(given, surname, job, department, &upn));
    }
    photos::add(seed, &mut tables);
    roles::add(&ground, &mut tables);
    for (local, role) in HOLDERS {
        roles::assign(&ground, &mut tables, &format!("{local}@{}", PLACE.domain), role);
    }
    services::add(&ground, &mut tables);
    policies::add(&ground, &mut tables);
    set_self_consent(&mut tables, SelfConsent::Recommended);
    for (name, redirect) in REGISTRATIONS {
        registration(&ground, &mut tables, name, redirect);
    }
    mailboxes::add(&ground, &mut tables);
    Other { kind: Kind::Organisation, seed, tenant_id: tenant_id(seed), tables }
}

fn facts(ground: &Ground, tables: &mut Tables) {
    let id = tenant_id(ground.seed);
    let domains = [(PLACE.domain, true), (PLACE.initial_domain, false)];
    let verified: Vec<_> = domains
        .iter()
        .map(|(name, default)| {
            json!({"capabilities": "Email, OfficeCommunicationsOnline", "isDefault": default, "isInitial": !default, "name": name, "type": "Managed"})
        })
        .collect();
    let organization = json!({
        "id": id,
        "displayName": PLACE.name,
        "tenantType": "AAD",
        "countryLetterCode": "GB",
        "preferredLanguage": "en",
        "city": "Hull",
        "street": "Albert Dock 7",
        "postalCode": "HU1 2DQ",
        "state": null,
        "country": null,
        "businessPhones": ["+44 1482 555 010"],
        "technicalNotificationMails": [format!("it@{}", PLACE.domain)],
        "marketingNotificationEmails": [],
        "securityComplianceNotificationMails": [],
        "securityComplianceNotificationPhones": [],
        "onPremisesSyncEnabled": null,
        "assignedPlans": [directory::plan(ground, "exchange", "9aaf7827-d63c-4b61-89c3-182f06f82e5c")],
        "provisionedPlans": [],
        "verifiedDomains": verified,
    });
    tables.organization.insert(id, ground.row(400, organization));
    for (name, default) in domains {
        directory::domain(ground, tables, name, default, !default, true);
    }
}

fn registration(ground: &Ground, tables: &mut Tables, name: &str, redirect: &str) {
    let [id, app_id, enterprise] =
        ["object", "client", "enterprise"].map(|part| ground.id(&format!("{name}:{part}")));
    let mut body = registrations::skeleton(name, &id, &app_id, "AzureADMyOrg");
    body["publisherDomain"] = json!(PLACE.domain);
    body["web"]["redirectUris"] = json!([redirect]);
    tables.applications.insert(id, ground.row(200, body));
    let row =
        registrations::service_principal(ground, &enterprise, &app_id, name, &tenant_id(ground.seed), 200);
    tables.service_principals.insert(enterprise, row);
}
