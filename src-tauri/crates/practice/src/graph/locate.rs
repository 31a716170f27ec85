//! Finding the object that a path names.

use super::call::Call;
use super::error::{GraphError, Result};
use super::odata::lexer::is_guid;
use super::path::Key;
use crate::store::{Row, Table, Tables};

/// The table that a kind of directory object lives in.
pub(crate) fn table<'t>(tables: &'t Tables, kind: &str) -> Option<&'t Table> {
    Some(match kind {
        "application" => &tables.applications,
        "servicePrincipal" => &tables.service_principals,
        "user" => &tables.users,
        "group" => &tables.groups,
        _ => return None,
    })
}

/// The object id behind a key, if this replica knows the object.
///
/// # Errors
/// 400 for a malformed id, 404 for an object that is not there (or not there yet).
pub(crate) fn id(call: &Call<'_>, tables: &Tables, kind: &str, key: &Key) -> Result<String> {
    row(call, tables, kind, key).map(|row| row.text("id").to_owned())
}

/// The row behind a key, if this replica knows the object.
///
/// # Errors
/// As [`id`].
pub(crate) fn row<'t>(call: &Call<'_>, tables: &'t Tables, kind: &str, key: &Key) -> Result<&'t Row> {
    find(tables, kind, key)?
        .filter(|row| call.view.knows(row))
        .ok_or_else(|| GraphError::NotFound(key.value.clone()))
}

/// The row behind a key, whether or not a replica knows it already; soft-deleted ones are not found.
///
/// # Errors
/// 400 for a malformed id or a key that the type does not have.
pub(crate) fn find<'t>(tables: &'t Tables, kind: &str, key: &Key) -> Result<Option<&'t Row>> {
    let Some(table) = table(tables, kind) else { return Ok(None) };
    let live = |row: &&Row| row.deleted.is_none();
    let by = |property: &'static str| table.values().filter(live).find(|row| row.text(property) == key.value);
    let Some(property) = &key.property else {
        if kind == "user" {
            return Ok(tables.user(&key.value));
        }
        if !is_guid(&key.value) {
            return Err(GraphError::InvalidIdentifier(key.value.clone()));
        }
        return Ok(table.get(&key.value.to_ascii_lowercase()).filter(live));
    };
    match (kind, property.to_ascii_lowercase().as_str()) {
        ("application" | "servicePrincipal", "appid") => {
            if !is_guid(&key.value) {
                return Err(GraphError::InvalidReference("appId"));
            }
            let wanted = key.value.to_ascii_lowercase();
            Ok(table.values().filter(live).find(|row| row.text("appId") == wanted))
        }
        ("application" | "group", "uniquename") => Ok(by("uniqueName")),
        ("user", "userprincipalname") => Ok(tables.user(&key.value)),
        (_, "id") => Ok(table.get(&key.value.to_ascii_lowercase()).filter(live)),
        _ => Err(GraphError::DirectoryBadRequest(format!(
            "The property '{property}' is not an alternate key of the resource."
        ))),
    }
}
