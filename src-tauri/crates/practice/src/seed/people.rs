//! Who works at Lindqvist Logistics.

use serde::Serialize;
use serde_json::{Value, json};

use super::{DOMAIN, Ground, HOME_ACCOUNT, HOME_DIRECTORY, freight};
use crate::random::Random;
use crate::store::{Row, Tables};

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Full name.
    pub display_name: String,
    /// User principal name: what is typed to sign in.
    pub upn: String,
    /// Object id.
    pub oid: String,
    /// What the person is here for, in words: a directory role, "Guest", "Disabled" or a job title.
    pub role: String,
}

/// One of the cast: given name, surname, job, department.
struct Part(&'static str, &'static str, &'static str, &'static str);

/// Those whom tests and newcomers sign in as. Roles are given in `roles.rs`.
const CAST: [Part; 10] = [
    Part("Astrid", "Lindqvist", "Chief Information Officer", "IT"),
    Part("Marcus", "Öberg", "Identity Lead", "IT"),
    Part("Chiara", "Bianchi", "Cloud Engineer", "IT"),
    Part("Tomás", "Herrera", "Application Owner", "IT"),
    Part("Ingrid", "Solberg", "Messaging Engineer", "IT"),
    Part("Yusuf", "Demir", "Service Desk Lead", "IT"),
    Part("Hannah", "Weiss", "Internal Auditor", "Finance"),
    Part("Priya", "Raman", "Platform Engineer", "IT"),
    Part("Noor", "Haddad", "Dispatch Planner", "Operations"),
    Part("Erik", "Johansson", "Account Executive", "Sales"),
];

const GIVEN: [&str; 24] = [
    "Anna", "Bram", "Carmen", "David", "Elif", "Finn", "Greta", "Hugo", "Ines", "Jonas", "Karin", "Liam",
    "Maja", "Nils", "Olga", "Peter", "Rosa", "Sven", "Tilda", "Ugo", "Vera", "Wim", "Ylva", "Zoe",
];
const SURNAMES: [&str; 20] = [
    "Andersson",
    "Berg",
    "Costa",
    "Dahl",
    "Ekström",
    "Ferrari",
    "Gustafsson",
    "Holm",
    "Ivanov",
    "Jansen",
    "Kowalski",
    "Lund",
    "Moreau",
    "Nyström",
    "Olsen",
    "Petit",
    "Richter",
    "Santos",
    "Thomsen",
    "Virtanen",
];
const JOBS: [(&str, &str); 8] = [
    ("Account Executive", "Sales"),
    ("Customs Specialist", "Operations"),
    ("Dispatch Planner", "Operations"),
    ("Driver Coordinator", "Operations"),
    ("Payroll Specialist", "Finance"),
    ("Warehouse Manager", "Warehouse"),
    ("Marketing Manager", "Sales"),
    ("HR Partner", "People"),
];
/// How many colleagues besides the cast.
const COLLEAGUES: usize = 30;
/// Licence "Microsoft 365 Business Premium" and its Exchange plan.
const SKU: &str = "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46";
const EXCHANGE_PLAN: &str = "9aaf7827-d63c-4b61-89c3-182f06f82e5c";

/// What makes one user different from the next.
pub(super) struct Account<'a> {
    pub(super) upn: String,
    name: String,
    given: Option<&'a str>,
    surname: Option<&'a str>,
    job: Option<&'a str>,
    department: Option<&'a str>,
    enabled: bool,
    guest_of: Option<&'a str>,
    licensed: bool,
}

pub(crate) fn add(ground: &Ground, tables: &mut Tables) {
    for Part(given, surname, job, department) in CAST {
        add_one(ground, tables, &colleague(given, surname, job, department, &address(given, surname)));
    }
    let mut pavel = colleague("Pavel", "Novák", "Warehouse Manager", "Warehouse", &address("Pavel", "Novák"));
    pavel.enabled = false;
    add_one(ground, tables, &pavel);
    let mut lena =
        colleague("Lena", "Fischer", "Forklift Operator", "Warehouse", &address("Lena", "Fischer"));
    lena.licensed = false;
    add_one(ground, tables, &lena);
    add_one(
        ground,
        tables,
        &Account {
            upn: guest_upn(ground),
            guest_of: Some("sam.whitfield@harborfreight.example"),
            licensed: false,
            ..colleague("Sam", "Whitfield", "Consultant", "External", "")
        },
    );
    // The same person as at home, where the account is: an object of its own, with an id of its own.
    let (directory, account) = freight::home_of_guest(ground.seed);
    let guest = ground.id(&format!("user:{}", guest_upn(ground)));
    if let Some(row) = tables.users.get_mut(&guest) {
        row.body.insert(HOME_DIRECTORY.into(), json!(directory));
        row.body.insert(HOME_ACCOUNT.into(), json!(account));
    }
    for (local, name, licensed) in [
        ("svc-calendar", "Calendar service account", true),
        ("svc-mail", "Mail service account", true),
        ("emergency-access", "Emergency access", false),
    ] {
        let upn = format!("{local}@{DOMAIN}");
        add_one(
            ground,
            tables,
            &Account {
                upn,
                name: name.into(),
                given: None,
                surname: None,
                job: None,
                department: None,
                enabled: true,
                guest_of: None,
                licensed,
            },
        );
    }
    let mut random = Random::for_purpose(ground.seed, "colleagues");
    let mut added = 0;
    while added < COLLEAGUES {
        let (Some(given), Some(surname), Some((job, department))) =
            (random.pick(&GIVEN), random.pick(&SURNAMES), random.pick(&JOBS))
        else {
            return;
        };
        let upn = address(given, surname);
        if tables.user(&upn).is_none() {
            add_one(ground, tables, &colleague(given, surname, job, department, &upn));
            added += 1;
        }
    }
    add_shared_mailbox(ground, tables);
}

/// The name under which a guest is kept.
fn guest_upn(ground: &Ground) -> String {
    format!("sam.whitfield_harborfreight.example#EXT#@{}", ground.place.initial_domain)
}

pub(super) fn colleague<'a>(
    given: &'a str,
    surname: &'a str,
    job: &'a str,
    department: &'a str,
    upn: &str,
) -> Account<'a> {
    Account {
        upn: upn.to_owned(),
        name: format!("{given} {surname}"),
        given: Some(given),
        surname: Some(surname),
        job: Some(job),
        department: Some(department),
        enabled: true,
        guest_of: None,
        licensed: true,
    }
}

/// A mailbox that nobody signs in to: local part, name, and who opens it.
const SHARED: (&str, &str, [&str; 4]) = (
    "it-operations",
    "IT Operations",
    ["astrid.lindqvist", "tomas.herrera", "chiara.bianchi", "priya.raman"],
);

fn add_shared_mailbox(ground: &Ground, tables: &mut Tables) {
    let (local, name, members) = SHARED;
    let upn = format!("{local}@{DOMAIN}");
    let account = Account {
        upn: upn.clone(),
        name: name.into(),
        given: None,
        surname: None,
        job: None,
        department: None,
        enabled: false,
        guest_of: None,
        licensed: false,
    };
    add_one(ground, tables, &account);
    let members: Vec<String> = members
        .iter()
        .filter_map(|local| tables.user(&format!("{local}@{DOMAIN}")))
        .map(|user| user.text("id").to_owned())
        .collect();
    let id = ground.id(&format!("user:{upn}"));
    if let Some(row) = tables.users.get_mut(&id) {
        row.body.insert("mail".into(), json!(upn));
        row.body.insert("proxyAddresses".into(), json!([format!("SMTP:{upn}")]));
        row.body.insert(SHARED_WITH.into(), json!(members));
        row.body.insert(IS_SHARED.into(), json!(true));
    }
}

/// `tomas.herrera@…`: mail addresses are ASCII.
fn address(given: &str, surname: &str) -> String {
    address_at(given, surname, DOMAIN)
}

/// The same at another domain.
pub(super) fn address_at(given: &str, surname: &str, domain: &str) -> String {
    let plain = |name: &str| -> String {
        name.to_lowercase()
            .chars()
            .map(|c| match c {
                'á' | 'å' | 'ä' => 'a',
                'é' => 'e',
                'ó' | 'ö' | 'ø' => 'o',
                other => other,
            })
            .collect()
    };
    format!("{}.{}@{domain}", plain(given), plain(surname))
}

pub(super) fn add_one(ground: &Ground, tables: &mut Tables, account: &Account<'_>) {
    let id = ground.id(&format!("user:{}", account.upn));
    let mut random = Random::for_purpose(ground.seed, &account.upn);
    let age = 200 + i64::try_from(random.below(1_500)).unwrap_or(0);
    let mail = match (account.guest_of, account.licensed) {
        (Some(home), _) => json!(home),
        (None, true) => json!(account.upn),
        (None, false) => Value::Null,
    };
    let nickname = account.upn.split('@').next().unwrap_or_default().replace("#EXT#", "");
    let licences = if account.licensed { json!([{"disabledPlans": [], "skuId": SKU}]) } else { json!([]) };
    let plans = if account.licensed {
        json!([{"assignedDateTime": ground.date(-age), "capabilityStatus": "Enabled", "service": "exchange", "servicePlanId": EXCHANGE_PLAN}])
    } else {
        json!([])
    };
    let addresses = match &mail {
        Value::String(mail) => json!([format!("SMTP:{mail}")]),
        _ => json!([]),
    };
    let body = json!({
        "id": id,
        "displayName": account.name,
        "givenName": account.given,
        "surname": account.surname,
        "jobTitle": account.job,
        "department": account.department,
        "companyName": if account.guest_of.is_some() { Value::Null } else { json!(ground.place.name) },
        "userPrincipalName": account.upn,
        "mail": mail,
        "mailNickname": nickname,
        "proxyAddresses": addresses,
        "otherMails": account.guest_of.map_or_else(|| json!([]), |home| json!([home])),
        "businessPhones": if account.given.is_some() { json!([format!("+46 31 555 {:02} {:02}", random.below(100), random.below(100))]) } else { json!([]) },
        "mobilePhone": null,
        "officeLocation": account.department.map(|_| if random.below(2) == 0 { "Göteborg" } else { "Hamburg" }),
        "preferredLanguage": "en-GB",
        "usageLocation": "SE",
        "accountEnabled": account.enabled,
        "userType": if account.guest_of.is_some() { "Guest" } else { "Member" },
        "externalUserState": account.guest_of.map(|_| "Accepted"),
        "creationType": account.guest_of.map(|_| "Invitation"),
        "assignedLicenses": licences,
        "assignedPlans": plans,
        "identities": [{"signInType": "userPrincipalName", "issuer": ground.place.initial_domain, "issuerAssignedId": account.upn}],
        "signInSessionsValidFromDateTime": ground.date(-age),
        "lastPasswordChangeDateTime": ground.date(-age),
    });
    tables.users.insert(id, ground.row(age, body));
}

/// Marks an account that is nothing but a mailbox for several people.
const IS_SHARED: &str = "_isSharedMailbox";
/// Object ids of those who may open somebody else's mailbox.
const SHARED_WITH: &str = "_mailboxSharedWith";

/// Whether nobody signs in to this account: it is a mailbox for several people, and needs no licence.
pub(crate) fn is_shared_mailbox(user: &Row) -> bool {
    user.body.get(IS_SHARED) == Some(&Value::Bool(true))
}

/// Whether an account can hold a mailbox.
pub(crate) fn is_licensed(user: &Row) -> bool {
    user.body.get("assignedLicenses").and_then(Value::as_array).is_some_and(|licences| !licences.is_empty())
}

/// Who can sign in, in the order of the account picker: those with a role first.
pub(crate) fn people(tables: &Tables) -> Vec<Person> {
    let mut people: Vec<_> = tables
        .users
        .values()
        .filter(|user| user.deleted.is_none() && !is_shared_mailbox(user))
        .map(|user| Person {
            display_name: user.text("displayName").to_owned(),
            upn: user.text("userPrincipalName").to_owned(),
            oid: user.text("id").to_owned(),
            role: role_in_words(tables, user),
        })
        .collect();
    people.sort_by_key(|person| tables.active_roles(&person.oid).is_empty());
    people
}

fn role_in_words(tables: &Tables, user: &Row) -> String {
    let name_of = |id: &str| tables.role_definitions.get(id).map(|role| role.text("displayName").to_owned());
    let held: Vec<_> = tables.active_roles(user.text("id")).iter().filter_map(|id| name_of(id)).collect();
    if user.body.get("accountEnabled") == Some(&Value::Bool(false)) {
        return "Disabled".into();
    }
    if !held.is_empty() {
        return held.join(", ");
    }
    let eligible = tables.role_eligibilities.values().find(|row| row.text("principalId") == user.text("id"));
    if let Some(name) = eligible.and_then(|row| name_of(row.text("roleDefinitionId"))) {
        return format!("{name} (eligible, not active)");
    }
    if user.text("userType") == "Guest" {
        return "Guest".into();
    }
    match user.text("jobTitle") {
        "" if user.body.contains_key("assignedLicenses") => "Service account".into(),
        "" => "Personal account".into(),
        title => title.to_owned(),
    }
}
