//! Fragments of app manifests: the list `requiredResourceAccess` that vendors print in their guides.
//!
//! [`read`] takes what people paste: the list itself, the field with its name in front, or a whole manifest of either
//! shape (the portal's and Microsoft Graph's hold this list in the same form), with comments and stray commas. Ids get
//! names from the catalogue; an id that it does not know is kept and marked, never dropped.

mod difference;
mod lenient;

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use thiserror::Error;
use uuid::Uuid;

use crate::catalogue::{self, Permission, PermissionKey, PermissionKind, Retirement, Risk};
pub use difference::Difference;

/// Longest text that is looked at, in bytes.
pub const MAX_BYTES: usize = 256 * 1024;
/// Most permissions that are taken from one text. Microsoft allows 400 on a registration, over all APIs.
pub const MAX_PERMISSIONS: usize = 1_000;

/// A permission of a fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which permission.
    pub key: PermissionKey,
    /// What the API is called, where the catalogue knows it.
    pub resource_name: Option<&'static str>,
    /// What the permission means, where the catalogue knows it. The organisation's own apps may know more.
    pub permission: Option<Permission>,
}

impl Entry {
    /// The entry for a permission, named from the catalogue.
    #[must_use]
    pub fn of(key: PermissionKey) -> Self {
        let permission = catalogue::get(key);
        Self { key, resource_name: catalogue::name_of_resource(key.resource), permission }
    }

    /// Its name, or its id where nobody here knows it.
    #[must_use]
    pub fn name(&self) -> String {
        self.permission.as_ref().map_or_else(|| self.key.id.to_string(), |known| known.value.to_owned())
    }

    /// How much harm it could do. An unknown one counts as high: nobody has judged it.
    #[must_use]
    pub fn risk(&self) -> Risk {
        self.permission.as_ref().map_or(Risk::High, |known| known.risk)
    }

    /// Set when Microsoft has switched it off, or is going to. True of a whole API too.
    #[must_use]
    pub fn retired(&self) -> Option<Retirement> {
        let known = self.permission.as_ref().and_then(|known| known.retired.clone());
        known.or_else(|| catalogue::retired_resource(self.key.resource))
    }
}

/// What is wrong with a pasted text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ManifestError {
    /// More than is looked at.
    #[error(
        "The text has {bytes} bytes. {MAX_BYTES} is the most that can be read. Paste only the part that begins with “requiredResourceAccess”."
    )]
    TooLarge {
        /// How many bytes there are.
        bytes: usize,
    },
    /// Nothing in it.
    #[error(
        "There is nothing in it. Paste the part of the vendor's guide that begins with “requiredResourceAccess”."
    )]
    Empty,
    /// Not JSON, even with all the patience.
    #[error(
        "The text cannot be read from line {line}, column {column} on. Compare it with the vendor's guide: a bracket or a quote may be missing."
    )]
    NotJson {
        /// Line, counted from 1.
        line: usize,
        /// Column, counted from 1.
        column: usize,
    },
    /// JSON, but without the list.
    #[error("There is no list of permissions in it. It should have a part called “requiredResourceAccess”.")]
    NoList,
    /// A part of the list has another shape.
    #[error("The part {place} is not as it should be: {reason}.")]
    Shape {
        /// Where, as in `requiredResourceAccess[0].resourceAccess[2].id`.
        place: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// More permissions than are taken.
    #[error("There are more than {MAX_PERMISSIONS} permissions in it. No app can have that many.")]
    TooMany,
}

impl ManifestError {
    /// The line that it is about, counted from 1, where there is one.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::NotJson { line, .. } => Some(*line),
            _ => None,
        }
    }
}

/// Reads a fragment: its permissions in their order, each once.
///
/// # Errors
/// What is wrong with the text, and where. Nothing is taken from a text that is wrong in one place.
pub fn read(text: &str) -> Result<Vec<Entry>, ManifestError> {
    if text.len() > MAX_BYTES {
        return Err(ManifestError::TooLarge { bytes: text.len() });
    }
    let tidy = lenient::json(text);
    if tidy.trim().is_empty() {
        return Err(ManifestError::Empty);
    }
    let value: Value = serde_json::from_str(&tidy)
        .map_err(|error| ManifestError::NotJson { line: error.line(), column: error.column() })?;
    let list = list_in(&value).ok_or(ManifestError::NoList)?;
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for (at, api) in list.iter().enumerate() {
        for key in of_api(api, &format!("requiredResourceAccess[{at}]"))? {
            if seen.insert(key) {
                if entries.len() == MAX_PERMISSIONS {
                    return Err(ManifestError::TooMany);
                }
                entries.push(Entry::of(key));
            }
        }
    }
    Ok(entries)
}

/// The list, wherever it is: by itself, one API by itself, or in a manifest.
fn list_in(value: &Value) -> Option<Vec<&Value>> {
    match value {
        Value::Array(list) => Some(list.iter().collect()),
        Value::Object(map) => match field(map, "requiredResourceAccess") {
            Some(Value::Array(list)) => Some(list.iter().collect()),
            Some(_) => None,
            None if field(map, "resourceAccess").is_some() => Some(vec![value]),
            None => None,
        },
        _ => None,
    }
}

fn of_api(api: &Value, place: &str) -> Result<Vec<PermissionKey>, ManifestError> {
    let wrong = |place: String, reason| ManifestError::Shape { place, reason };
    let Value::Object(map) = api else {
        return Err(wrong(place.to_owned(), "it should stand in braces"));
    };
    let id_place = format!("{place}.resourceAppId");
    let resource = guid(field(map, "resourceAppId")).ok_or_else(|| wrong(id_place, NOT_A_GUID))?;
    let list_place = format!("{place}.resourceAccess");
    let Some(Value::Array(list)) = field(map, "resourceAccess") else {
        return Err(wrong(list_place, "it should be a list in square brackets"));
    };
    let mut keys = Vec::with_capacity(list.len().min(MAX_PERMISSIONS));
    for (at, access) in list.iter().enumerate() {
        let place = format!("{list_place}[{at}]");
        let Value::Object(access) = access else {
            return Err(wrong(place, "it should stand in braces"));
        };
        let id = guid(field(access, "id")).ok_or_else(|| wrong(format!("{place}.id"), NOT_A_GUID))?;
        let kinds = kinds(field(access, "type"))
            .ok_or_else(|| wrong(format!("{place}.type"), "it should be “Scope” or “Role”"))?;
        keys.extend(kinds.iter().map(|kind| PermissionKey { resource, id, kind: *kind }));
    }
    Ok(keys)
}

const NOT_A_GUID: &str = "it should be an id of the form 00000000-0000-0000-0000-000000000000";

fn guid(value: Option<&Value>) -> Option<Uuid> {
    let text = value?.as_str()?.trim();
    (text.len() == 36).then(|| Uuid::try_parse(text).ok()).flatten()
}

/// `Scope` and `Role`, in any case; older manifests also write both in one entry.
fn kinds(value: Option<&Value>) -> Option<Vec<PermissionKind>> {
    let each = value?.as_str()?.split(',').map(|word| match word.trim().to_ascii_lowercase().as_str() {
        "scope" => Some(PermissionKind::Delegated),
        "role" => Some(PermissionKind::Application),
        _ => None,
    });
    each.collect()
}

/// A field by its name. Some guides change the case of the first letter.
fn field<'v>(map: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    map.get(name)
        .or_else(|| map.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}
