//! What Exchange limits, for all apps of the organisation at once: four questions, however many apps there are.

use std::collections::{BTreeMap, HashMap};

use blueprint::catalogue::retired_exchange_role;
use blueprint::ews;
use exchange::resources::{AccessRight, ApplicationAccessPolicy, RoleAssignment, ServicePrincipal};
use exchange::{
    ExchangeClient, ExchangeError, access_policies, assignments, organization, service_principals,
};
use watch::findings::MailboxLimits;
use watch::{Known, Unseen};

/// What every role for apps begins with.
const FOR_APPS: &str = "Application ";

/// Limits by client id.
pub(super) type Limits = BTreeMap<String, MailboxLimits>;

/// Asks Exchange: its limits, and what the organisation has decided about Exchange Web Services. Nobody has looked where the
/// session was not asked for Exchange.
pub(super) async fn look(exchange: Option<&ExchangeClient>) -> (Known<Limits>, Known<ews::Policy>) {
    let Some(exchange) = exchange else { return (Known::NotLooked, Known::NotLooked) };
    let limits = async {
        let (pointers, roles, policies) = tokio::try_join!(
            exchange.invoke(service_principals::list()),
            exchange.invoke(assignments::list()),
            exchange.invoke(access_policies::list()),
        )?;
        Ok(limits(&pointers, &roles, &policies))
    };
    let (limits, config) = tokio::join!(limits, exchange.invoke(organization::ews_policy()));
    let decided = config.map(|config| ews::Policy {
        enabled: config.ews_enabled,
        allowed_apps: config.ews_allowed_app_ids.iter().filter_map(|id| id.parse().ok()).collect(),
    });
    (seen(limits), seen(decided))
}

fn seen<T>(asked: Result<T, ExchangeError>) -> Known<T> {
    match asked {
        Ok(found) => Known::Seen(found),
        Err(ExchangeError::Forbidden(_) | ExchangeError::Unauthorized(_)) => {
            Known::Hidden(Unseen::NotAllowed)
        }
        Err(_) => Known::Hidden(Unseen::NoAnswer),
    }
}

/// Roles go by Exchange's pointer to the app, policies by its client id.
fn limits(
    pointers: &[ServicePrincipal],
    roles: &[RoleAssignment],
    policies: &[ApplicationAccessPolicy],
) -> Limits {
    let mut app_of = HashMap::new();
    for pointer in pointers {
        let Some(app_id) = pointer.app_id.as_deref() else { continue };
        for name in [pointer.object_id.as_deref(), pointer.service_id.as_deref(), Some(app_id)] {
            app_of.extend(name.map(|name| (name.to_ascii_lowercase(), app_id.to_ascii_lowercase())));
        }
    }
    let mut limits = Limits::new();
    for given in roles.iter().filter(|given| given.enabled != Some(false)) {
        let names = [given.app.as_deref(), given.role_assignee_name.as_deref()];
        let app = names.into_iter().flatten().find_map(|name| app_of.get(&name.to_ascii_lowercase()));
        let (Some(app), Some(role)) = (app, given.role.as_deref().filter(|role| opens_mailboxes(role)))
        else {
            continue;
        };
        let of = limits.entry(app.clone()).or_default();
        let list = if given.is_organisation_wide() { &mut of.wide_roles } else { &mut of.limited_roles };
        if !list.iter().any(|one| one == role) {
            list.push(role.to_owned());
        }
    }
    for of in limits.values_mut() {
        of.limited_roles.sort();
        of.wide_roles.sort();
    }
    for policy in policies {
        let Some(app) = policy.app_id.as_deref().map(str::to_ascii_lowercase) else { continue };
        match policy.access_right {
            AccessRight::Restrict => limits.entry(app).or_default().restricted_by_policy = true,
            AccessRight::Deny => {
                let group = policy.scope_name.clone().or_else(|| policy.scope_identity.clone());
                let closed = &mut limits.entry(app).or_default().closed_by_policy;
                closed.push(group.unwrap_or_else(|| "a group".to_owned()));
                closed.sort();
                closed.dedup();
            }
            // One of a kind that is not known here says nothing that could be told.
            AccessRight::Other => {}
        }
    }
    limits
}

fn opens_mailboxes(role: &str) -> bool {
    role.starts_with(FOR_APPS) || retired_exchange_role(role).is_some()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use watch::findings::EVERY_APP;

    use super::*;

    fn read<T: serde::de::DeserializeOwned>(rows: Value) -> Vec<T> {
        serde_json::from_value(rows).unwrap_or_default()
    }

    #[test]
    fn a_role_belongs_to_the_app_that_exchange_points_to() {
        let pointers =
            read(json!([{ "AppId": "AAAA", "ObjectId": "o-1" }, { "AppId": "bbbb", "ServiceId": "o-2" }]));
        let roles = read(json!([
            { "Name": "1", "Role": "Application Mail.Read", "App": "O-1", "CustomResourceScope": "Sales" },
            { "Name": "2", "Role": "Application Mail.Read", "App": "o-1", "RecipientGroupScope": "Sales" },
            { "Name": "3", "Role": "Application Mail.Send", "RoleAssigneeName": "o-2" },
            { "Name": "4", "Role": "Application Calendars.Read", "App": "o-2", "Enabled": false },
            { "Name": "5", "Role": "View-Only Configuration", "App": "o-2" },
            { "Name": "6", "Role": "Mail Recipients", "RoleAssigneeName": "Organization Management" },
        ]));
        let all = limits(&pointers, &roles, &[]);
        let of = |app: &str| all.get(app).cloned().unwrap_or_default();
        assert_eq!(
            (of("aaaa").limited_roles, of("aaaa").wide_roles),
            (vec!["Application Mail.Read".to_owned()], vec![])
        );
        assert_eq!(
            (of("bbbb").limited_roles, of("bbbb").wide_roles),
            (vec![], vec!["Application Mail.Send".to_owned()])
        );
        assert_eq!(all.len(), 2, "people are no apps");
    }

    #[test]
    fn a_policy_belongs_to_its_app_or_to_every_app() {
        let policy = |app: &str, right: &str| json!({ "Identity": "x", "AppId": app, "AccessRight": right });
        let rows =
            json!([policy("AAAA", "RestrictAccess"), policy("*", "RestrictAccess"), policy("cccc", "Other")]);
        let all = limits(&[], &[], &read(rows));
        let apps: Vec<&str> = all.keys().map(String::as_str).collect();
        assert_eq!(apps, [EVERY_APP, "aaaa"]);
        assert!(all.values().all(|one| one.restricted_by_policy && one.closed_by_policy.is_empty()));
    }

    #[test]
    fn a_policy_that_denies_closes_a_group_and_limits_to_nothing() {
        let policy = |group: &str| json!({ "Identity": group, "AppId": "AAAA", "AccessRight": "DenyAccess", "ScopeName": group });
        let all = limits(&[], &[], &read(json!([policy("Legal"), policy("Board"), policy("Legal")])));
        let of = all.get("aaaa").cloned().unwrap_or_default();
        assert!(!of.restricted_by_policy);
        assert_eq!(of.closed_by_policy, ["Board", "Legal"]);
    }
}
