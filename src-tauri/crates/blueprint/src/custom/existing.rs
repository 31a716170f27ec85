//! A connector from a registration that exists.

use uuid::Uuid;

use super::draft::{Draft, DraftPermission};
use crate::catalogue::{self, PermissionKey};
use crate::connector::{Connector, SignInAudience};
use crate::reader::BlueprintError;
use crate::setup::{RedirectUri, redirect, text_shape};

/// A registration as it was read from the organisation. There is no place in it for a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExistingRegistration {
    /// Its display name.
    pub display_name: String,
    /// Which accounts may sign in; none for a value that nobody here knows.
    pub audience: Option<SignInAudience>,
    /// Where Microsoft sends people back to.
    pub redirects: Vec<RedirectUri>,
    /// What it asks for.
    pub permissions: Vec<ExistingPermission>,
    /// How many client secrets it has.
    pub secrets: usize,
    /// How many certificates it has.
    pub certificates: usize,
}

/// A permission that a registration asks for, with the names that the organisation's own apps gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExistingPermission {
    /// Which permission.
    pub key: PermissionKey,
    /// What the API is called in the organisation; none where it has no app there.
    pub resource_name: Option<String>,
    /// What the permission is called; none where nobody knows it.
    pub value: Option<String>,
}

/// What became of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromRegistration {
    /// The connector.
    pub connector: Connector,
    /// What was left out, one sentence each.
    pub left_out: Vec<String>,
}

/// Makes a connector that gives another organisation the same app: name, account types, addresses and permissions.
/// Secrets and certificates stay behind; a set-up makes new ones.
///
/// # Errors
/// What keeps the registration from being a connector, which is told like a mistake in a file.
pub fn from_registration(existing: &ExistingRegistration) -> Result<FromRegistration, BlueprintError> {
    let mut left_out = secrets_left_behind(existing);
    let mut permissions: Vec<DraftPermission> = Vec::new();
    for one in &existing.permissions {
        match permission(one) {
            Some(found) if !permissions.iter().any(|other| is_same(other, &found)) => permissions.push(found),
            Some(_) => {}
            None => left_out.push(format!(
                "The permission {} of {}: it has no name that a connector could use.",
                one.key.id,
                resource_name(one)
            )),
        }
    }
    let mut redirects = Vec::new();
    for one in &existing.redirects {
        if one.uri.contains(['{', '}']) || redirect::check(&one.uri, one.platform).is_err() {
            left_out
                .push(format!("The return address {}: a connector cannot hold it.", shown(&one.uri, 256)));
        } else if !redirects.contains(one) {
            redirects.push(one.clone());
        }
    }
    let audience = existing.audience.unwrap_or_else(|| {
        left_out.push(
            "The account types: Gatehouse does not know them, so it says “this organisation only”."
                .to_owned(),
        );
        SignInAudience::AzureAdMyOrg
    });
    let mailbox_limit = permissions.iter().any(|one| {
        let resource = catalogue::resource(&one.resource, None);
        let found = resource.and_then(|it| catalogue::find(it.app_id, &one.value, one.kind));
        found.is_some_and(|found| catalogue::exchange_role_for(found.key).is_some())
    });
    let name = shown(&existing.display_name, 80);
    let name = if name.is_empty() { "App".to_owned() } else { name };
    let draft = Draft {
        id: String::new(),
        vendor: "Not stated".to_owned(),
        summary: format!("Made from the app registration “{name}”."),
        guide: None,
        display_name: name.clone(),
        name,
        audience,
        redirects,
        permissions,
        secret_months: (existing.secrets > 0 || existing.certificates > 0).then_some(12),
        mailbox_limit,
    };
    Ok(FromRegistration { connector: draft.connector()?, left_out })
}

fn secrets_left_behind(existing: &ExistingRegistration) -> Vec<String> {
    let count = |number: usize, one: &str, many: &str| match number {
        0 => None,
        1 => Some(format!("one {one}")),
        _ => Some(format!("{number} {many}")),
    };
    let secrets = count(existing.secrets, "client secret", "client secrets");
    let certificates = count(existing.certificates, "certificate", "certificates");
    let what: Vec<String> = secrets.into_iter().chain(certificates).collect();
    if what.is_empty() {
        return Vec::new();
    }
    vec![format!("Secrets: {}. A set-up with the connector makes a new secret.", what.join(" and "))]
}

fn permission(one: &ExistingPermission) -> Option<DraftPermission> {
    let known = catalogue::get(one.key);
    let value = known.as_ref().map(|known| known.value.to_owned()).or_else(|| one.value.clone())?;
    let fits = (1..=120).contains(&value.len())
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b));
    // Where the catalogue is complete, a name that it does not have would be refused.
    if !fits || (known.is_none() && catalogue::is_complete(one.key.resource)) {
        return None;
    }
    let title =
        known.map_or("It was on the app registration.".to_owned(), |known| known.sentence.into_owned());
    Some(DraftPermission {
        resource: one.key.resource.to_string(),
        resource_name: Some(resource_name(one)),
        value,
        kind: one.key.kind,
        why: shown(&title, 400),
    })
}

fn is_same(left: &DraftPermission, right: &DraftPermission) -> bool {
    (&left.resource, &left.value, left.kind) == (&right.resource, &right.value, right.kind)
}

fn resource_name(one: &ExistingPermission) -> String {
    let id = |resource: Uuid| resource.to_string();
    let named = one.resource_name.as_deref().map(|name| shown(name, 80)).filter(|name| !name.is_empty());
    catalogue::name_of_resource(one.key.resource)
        .map(str::to_owned)
        .or(named)
        .unwrap_or_else(|| id(one.key.resource))
}

/// A text from the organisation, made fit for a connector: one line, nothing hidden, no gaps, not endless.
fn shown(text: &str, max: usize) -> String {
    let plain: String = text
        .chars()
        .filter(|c| !text_shape::is_hidden(*c))
        .map(|c| match c {
            '{' => '(',
            '}' => ')',
            _ => c,
        })
        .collect();
    let mut tidy: String = plain.trim().chars().take(max).collect();
    tidy.truncate(tidy.trim_end().len());
    // A name that deceives is no reason to keep the app from being read: it is spelled out.
    if text_shape::look_alike(&tidy).is_some() {
        tidy = tidy.chars().filter(char::is_ascii).take(max).collect::<String>().trim().to_owned();
    }
    tidy
}
