//! Permissions by their ids and names, fast enough to ask millions of times.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use blueprint::catalogue::{self, AZURE_AD_GRAPH, EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use blueprint::{PermissionKey, PermissionKind, Risk};
use uuid::Uuid;

use crate::{Granted, Requested};

/// What the rules need to know of a permission in the catalogue.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: PermissionKey,
    pub(super) value: &'static str,
    pub(super) risk: Risk,
    pub(super) risk_reason: String,
    pub(super) sentence: String,
    /// Only an admin can grant it.
    pub(super) admin: bool,
    pub(super) retired: Option<catalogue::Retirement>,
    /// The role in Exchange that gives the same for some mailboxes.
    pub(super) exchange_role: Option<&'static str>,
}

struct Index {
    entries: Vec<Entry>,
    by_id: HashMap<PermissionKey, usize>,
    by_name: HashMap<(Uuid, PermissionKind, &'static str), usize>,
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Index { entries: Vec::new(), by_id: HashMap::new(), by_name: HashMap::new() };
        for permission in
            [MICROSOFT_GRAPH, EXCHANGE_ONLINE, AZURE_AD_GRAPH].into_iter().flat_map(catalogue::all)
        {
            let at = index.entries.len();
            // The live one of two equal names comes first and stays.
            index.by_id.entry(permission.key).or_insert(at);
            index
                .by_name
                .entry((permission.key.resource, permission.key.kind, permission.value))
                .or_insert(at);
            index.entries.push(Entry {
                key: permission.key,
                value: permission.value,
                risk: permission.risk,
                risk_reason: permission.risk_reason.into_owned(),
                sentence: permission.sentence.into_owned(),
                admin: permission.admin_consent_required,
                exchange_role: catalogue::exchange_role_for(permission.key),
                retired: permission.retired,
            });
        }
        index
    })
}

/// Names of permissions that the catalogue does not know: those of the organisation's own APIs and of other vendors'.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permissions {
    by_id: BTreeMap<PermissionKey, String>,
}

impl Permissions {
    /// Adds what an API of the organisation says about one of its permissions.
    pub fn add(&mut self, key: PermissionKey, name: String) {
        self.by_id.insert(key, name);
    }

    /// The name of a requested permission, where anybody knows it.
    pub(super) fn name(&self, wanted: &Requested) -> Option<&str> {
        let key = key_of(wanted)?;
        match entry(key) {
            Some(entry) => Some(entry.value),
            None => self.by_id.get(&key).map(String::as_str),
        }
    }
}

/// The catalogue's entry for a permission.
pub(super) fn entry(key: PermissionKey) -> Option<&'static Entry> {
    let index = index();
    index.by_id.get(&key).and_then(|at| index.entries.get(*at))
}

/// The catalogue's entry for a permission of this name.
pub(super) fn entry_by_name(resource: Uuid, kind: PermissionKind, name: &str) -> Option<&'static Entry> {
    let index = index();
    index.by_name.get(&(resource, kind, name)).and_then(|at| index.entries.get(*at))
}

/// The identity of a requested permission; none where an id is no id.
pub(super) fn key_of(wanted: &Requested) -> Option<PermissionKey> {
    Some(PermissionKey {
        resource: Uuid::try_parse(&wanted.resource).ok()?,
        id: Uuid::try_parse(&wanted.id).ok()?,
        kind: kind(wanted.application),
    })
}

/// The catalogue's entry for a requested permission.
pub(super) fn requested(wanted: &Requested) -> Option<&'static Entry> {
    entry(key_of(wanted)?)
}

/// The catalogue's entry for a granted permission: a role by its id, a scope by its name.
pub(super) fn granted(grant: &Granted) -> Option<&'static Entry> {
    let resource = Uuid::try_parse(grant.resource.as_deref()?).ok()?;
    if grant.application {
        let id = Uuid::try_parse(&grant.permission).ok()?;
        return entry(PermissionKey { resource, id, kind: PermissionKind::Application });
    }
    entry_by_name(resource, PermissionKind::Delegated, &grant.permission)
}

pub(super) fn kind(application: bool) -> PermissionKind {
    if application { PermissionKind::Application } else { PermissionKind::Delegated }
}
