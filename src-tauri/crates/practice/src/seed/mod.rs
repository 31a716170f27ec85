//! The organisation as it is before anybody touches it: Lindqvist Logistics, a haulier that does not exist.
//!
//! Everything comes from the seed and the moment of the start, so two tenants of one seed have the same ids.

mod calendar;
mod contacts;
mod credentials;
mod directory;
mod exchange;
mod findings;
mod freight;
mod grants;
mod groups;
mod health;
mod mail;
mod mailboxes;
mod many;
mod names;
mod people;
mod personal;
mod photos;
mod policies;
mod registrations;
mod roles;
mod services;
mod sign_ins;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

pub use self::people::Person;
pub(crate) use self::people::{is_shared_mailbox, people};
pub(crate) use self::photos::Photo;
pub use self::policies::SelfConsent;
pub(crate) use self::policies::{self_consent, set_self_consent};
pub(crate) use self::services::{is_microsoft, microsoft_service_principal, restore_published_permissions};
use crate::directories::Kind;
use crate::options::Options;
use crate::random::guid_for;
use crate::store::{Row, Tables};
use crate::tenant::Tenant;

/// The domain that people sign in with. `.example` can never be registered (RFC 2606).
pub(crate) const DOMAIN: &str = "lindqvist-practice.example";
/// The domain that the organisation got when it was made.
pub(crate) const INITIAL_DOMAIN: &str = "lindqvistpractice.onmicrosoft.example";
/// A domain whose people sign in at a service of their own.
pub(crate) const FEDERATED_DOMAIN: &str = "lindqvist-ferries-practice.example";
/// Name of the organisation.
pub(crate) const ORGANISATION: &str = "Lindqvist Logistics (practice)";

/// What stands in for the name of an organisation where there is none.
pub(crate) const PERSONAL_ACCOUNTS: &str = "Personal accounts (practice)";
/// Where a guest keeps the object id of the account that it stands for.
pub(crate) const HOME_ACCOUNT: &str = "_homeAccount";
/// Where a guest keeps the id of the directory in which the account is at home.
pub(crate) const HOME_DIRECTORY: &str = "_homeDirectory";

/// How an organisation is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) name: &'static str,
    pub(crate) domain: &'static str,
    pub(crate) initial_domain: &'static str,
}

/// Lindqvist Logistics.
pub(crate) const MAIN: Place = Place { name: ORGANISATION, domain: DOMAIN, initial_domain: INITIAL_DOMAIN };

/// What the builders share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ground {
    pub(crate) seed: u64,
    pub(crate) now: Timestamp,
    pub(crate) place: Place,
}

impl Ground {
    /// For what comes into a directory later.
    pub(crate) fn of_tenant(tenant: &Tenant, now: Timestamp) -> Self {
        Self { seed: tenant.options.seed, now, place: MAIN }
    }

    /// The id that belongs to a thing of this organisation.
    pub(crate) fn id(&self, thing: &str) -> String {
        guid_for(self.seed, thing)
    }

    /// A moment `days` from now; negative is in the past.
    pub(crate) fn days(&self, days: i64) -> Timestamp {
        self.now + SignedDuration::from_hours(days * 24)
    }

    /// The same as Graph writes it.
    pub(crate) fn date(&self, days: i64) -> String {
        moment(self.days(days))
    }

    /// An object that was created `days` ago and has been at rest since.
    pub(crate) fn row(&self, days_ago: i64, body: Value) -> Row {
        let created = self.days(-days_ago);
        let mut body = object(body);
        body.entry("createdDateTime").or_insert_with(|| Value::String(moment(created)));
        Row { body, created, changed: created, before: None, deleted: None }
    }
}

/// A moment as Graph writes it: UTC, whole seconds.
pub(crate) fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The properties of a JSON object; empty for anything else.
pub(crate) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Id of the organisation.
pub(crate) fn tenant_id(seed: u64) -> String {
    guid_for(seed, "tenant")
}

/// Builds everything.
pub(crate) fn organisation(options: &Options, now: Timestamp) -> Tables {
    let ground = Ground { seed: options.seed, now, place: MAIN };
    let mut tables = Tables::default();
    directory::add(&ground, &mut tables);
    people::add(&ground, &mut tables);
    photos::add(ground.seed, &mut tables);
    roles::add(&ground, &mut tables);
    groups::add(&ground, &mut tables);
    services::add(&ground, &mut tables);
    policies::add(&ground, &mut tables);
    registrations::add(&ground, options.applications, &mut tables);
    sign_ins::add(&ground, &mut tables);
    mailboxes::add(&ground, &mut tables);
    exchange::add(&ground, &mut tables);
    tables
}

/// A directory beside the main organisation, as it begins.
pub(crate) struct Other {
    pub(crate) kind: Kind,
    pub(crate) seed: u64,
    pub(crate) tenant_id: String,
    pub(crate) tables: Tables,
}

/// The directories beside the main organisation.
pub(crate) fn others(seed: u64, now: Timestamp) -> Vec<Other> {
    vec![freight::organisation(seed, now), personal::directory(seed, now)]
}

/// The domain that people sign in with.
pub(crate) fn default_domain(tables: &Tables) -> String {
    let default = tables.domains.values().find(|row| row.body.get("isDefault") == Some(&Value::Bool(true)));
    default.map(|row| row.text("id").to_owned()).unwrap_or_default()
}

/// Domains that were shown to belong to the organisation and whose people sign in here.
pub(crate) fn verified_domains(tables: &Tables) -> Vec<String> {
    let managed = |row: &&Row| {
        row.body.get("isVerified") == Some(&Value::Bool(true)) && row.text("authenticationType") == "Managed"
    };
    tables.domains.values().filter(managed).map(|row| row.text("id").to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeded(seed: u64, applications: usize) -> Tables {
        let options = Options { seed, applications, ..Options::default() };
        organisation(&options, "2026-11-20T10:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_seed_gives_the_same_organisation() {
        let ids = |tables: &Tables| -> Vec<String> {
            tables
                .users
                .keys()
                .chain(tables.applications.keys())
                .chain(tables.service_principals.keys())
                .cloned()
                .collect()
        };
        assert_eq!(ids(&seeded(1, 40)), ids(&seeded(1, 40)));
        assert_ne!(ids(&seeded(1, 40)), ids(&seeded(2, 40)));
    }

    #[test]
    fn as_many_registrations_as_asked_for() {
        for count in [0, 5, 40, 300] {
            let tables = seeded(1, count);
            assert_eq!(tables.applications.values().filter(|row| row.deleted.is_none()).count(), count);
        }
    }

    #[test]
    fn every_reference_leads_to_an_object() {
        let tables = seeded(1, 40);
        let known = |id: &str| {
            tables.users.contains_key(id)
                || tables.service_principals.contains_key(id)
                || tables.groups.contains_key(id)
        };
        for assignment in tables.role_assignments.values() {
            assert!(known(assignment.text("principalId")), "{assignment:?}");
            assert!(
                tables.role_definitions.contains_key(assignment.text("roleDefinitionId")),
                "{assignment:?}"
            );
        }
        for grant in tables.app_role_assignments.values() {
            assert!(known(grant.text("principalId")) && known(grant.text("resourceId")), "{grant:?}");
            let resource = &tables.service_principals[grant.text("resourceId")];
            let roles = resource.body["appRoles"].as_array().unwrap();
            assert!(roles.iter().any(|role| role["id"] == grant.body["appRoleId"]), "{grant:?}");
        }
        for grant in tables.oauth2_permission_grants.values() {
            assert!(known(grant.text("clientId")) && known(grant.text("resourceId")), "{grant:?}");
        }
        for (key_id, secret) in &tables.secrets {
            let owner = tables.applications.get(&secret.owner);
            let owner = owner.unwrap_or_else(|| &tables.service_principals[&secret.owner]);
            let credentials = owner.body["passwordCredentials"].as_array().unwrap();
            assert!(credentials.iter().any(|one| one["keyId"] == key_id.as_str()));
        }
    }
}
