//! Distribution groups and mail-enabled security groups: the ones that Graph shows and cannot change.

use serde_json::{Value, json};

use super::super::invocation::{Invocation, Outcome};
use super::super::recipients::{self, Kind, Recipient};
use super::super::refusal::CmdletError;
use super::recipients::query;
use crate::random;
use crate::seed::moment;
use crate::store::{Row, Tables};

const fn is_group(one: &Recipient<'_>) -> bool {
    matches!(one.kind, Kind::SecurityGroup | Kind::DistributionGroup)
}

/// `Get-DistributionGroup`.
pub(crate) fn get(invocation: &Invocation<'_>, tables: &Tables) -> Outcome {
    query(invocation, tables, is_group)
}

/// The object id and name of the group that `-Identity` names.
fn group(invocation: &Invocation<'_>, tables: &Tables) -> Result<(String, String), CmdletError> {
    let identity = invocation.text("Identity")?;
    let found = recipients::one(tables, &identity, is_group)?;
    Ok((found.id().to_owned(), found.name().to_owned()))
}

/// `New-DistributionGroup`; with `-Type Security` it can be what a role is limited to.
pub(crate) fn new(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    let name = invocation.text("Name")?;
    if name.chars().count() > 64 {
        return Err(CmdletError::InvalidValue {
            parameter: "Name",
            value: name,
            reason: "The length must be between 1 and 64.".into(),
        });
    }
    let kind = invocation.text("Type")?;
    let security = match kind.to_ascii_lowercase().as_str() {
        "" | "distribution" => false,
        "security" => true,
        _ => {
            return Err(CmdletError::WrongType {
                parameter: "Type".into(),
                value: kind,
                wanted: "Microsoft.Exchange.Data.Directory.Recipient.GroupType",
            });
        }
    };
    let alias = match invocation.text("Alias")?.as_str() {
        "" => name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')).collect(),
        given => given.to_owned(),
    };
    if alias.is_empty() || alias.contains([' ', '@', ',']) {
        return Err(CmdletError::InvalidValue {
            parameter: "Alias",
            value: alias,
            reason: "It contains characters that an alias can't have.".into(),
        });
    }
    let domain = default_domain(tables);
    let address = match invocation.text("PrimarySmtpAddress")?.as_str() {
        "" => format!("{alias}@{domain}"),
        given => given.to_owned(),
    };
    let accepted = tables.domains.values().any(|row| {
        row.body.get("isVerified") == Some(&Value::Bool(true))
            && address.rsplit_once('@').is_some_and(|(_, own)| own.eq_ignore_ascii_case(row.text("id")))
    });
    if !accepted {
        return Err(CmdletError::InvalidValue {
            parameter: "PrimarySmtpAddress",
            value: address,
            reason: "You can't use the domain because it's not an accepted domain for your organization."
                .into(),
        });
    }
    for taken in [&name, &alias, &address] {
        if !recipients::meant(tables, taken).is_empty() {
            return Err(CmdletError::AlreadyExists(taken.clone()));
        }
    }
    let mut members = Vec::new();
    for member in invocation.list("Members")? {
        let found = recipients::one(tables, &member, |_| true)?;
        members.push(found.id().to_owned());
    }
    if invocation.is_rehearsal() {
        return Ok(vec![]);
    }
    let now = invocation.now();
    let id = random::fresh_guid();
    let display = match invocation.text("DisplayName")?.as_str() {
        "" => name.clone(),
        given => given.to_owned(),
    };
    let notes = invocation.text(if invocation.given("Notes") { "Notes" } else { "Description" })?;
    let body = json!({
        "id": id, "displayName": display, "description": if notes.is_empty() { Value::Null } else { notes.into() },
        "mailEnabled": true, "mailNickname": alias, "mail": address, "proxyAddresses": [format!("SMTP:{address}")],
        "securityEnabled": security, "groupTypes": [], "visibility": null, "isAssignableToRole": null,
        "createdDateTime": moment(now), "renewedDateTime": moment(now), "deletedDateTime": null,
    });
    let body = body.as_object().cloned().unwrap_or_default();
    tables.groups.insert(id.clone(), Row { body, created: now, changed: now, before: None, deleted: None });
    tables.members.insert(id.clone(), members);
    let made = tables.groups.get(&id).and_then(recipients::of_group);
    Ok(made.map(|group| group.shown(tables)).into_iter().collect())
}

fn default_domain(tables: &Tables) -> String {
    let default = tables.domains.values().find(|row| row.body.get("isDefault") == Some(&Value::Bool(true)));
    default.map(|row| row.text("id").to_owned()).unwrap_or_default()
}

/// `Remove-DistributionGroup`: gone at once, there is no recycle bin for these.
pub(crate) fn remove(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    let (id, _) = group(invocation, tables)?;
    if !invocation.is_rehearsal() {
        tables.groups.shift_remove(&id);
        tables.members.remove(&id);
        tables.owners.remove(&id);
        for members in tables.members.values_mut() {
            members.retain(|member| *member != id);
        }
    }
    Ok(vec![])
}

/// `Get-DistributionGroupMember`: direct members.
pub(crate) fn members(invocation: &Invocation<'_>, tables: &Tables) -> Outcome {
    let (id, _) = group(invocation, tables)?;
    let inside = tables.members.get(&id).map_or(&[][..], Vec::as_slice);
    let found = recipients::all(tables).filter(|one| inside.iter().any(|own| own == one.id()));
    Ok(found.map(|one| one.shown(tables)).collect())
}

fn member(invocation: &Invocation<'_>, tables: &Tables) -> Result<(String, String), CmdletError> {
    let named = invocation.text("Member")?;
    let found = recipients::one(tables, &named, |_| true)?;
    Ok((found.id().to_owned(), found.name().to_owned()))
}

/// `Add-DistributionGroupMember`.
pub(crate) fn add_member(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    let ((id, group), (own, name)) = (group(invocation, tables)?, member(invocation, tables)?);
    let list = tables.members.entry(id).or_default();
    if list.contains(&own) {
        return Err(CmdletError::MemberAlreadyExists { member: name, group });
    }
    if !invocation.is_rehearsal() {
        list.push(own);
    }
    Ok(vec![])
}

/// `Remove-DistributionGroupMember`.
pub(crate) fn remove_member(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    let ((id, group), (own, name)) = (group(invocation, tables)?, member(invocation, tables)?);
    let list = tables.members.entry(id).or_default();
    if !list.contains(&own) {
        return Err(CmdletError::MemberNotFound { member: name, group });
    }
    if !invocation.is_rehearsal() {
        list.retain(|one| *one != own);
    }
    Ok(vec![])
}
