//! The organisation as it is before anybody touches it.

use jiff::Timestamp;
use serde::Serialize;

use crate::options::Options;
use crate::random::guid_for;
use crate::store::Tables;

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

/// Id of the organisation.
pub(crate) fn tenant_id(seed: u64) -> String {
    guid_for(seed, "tenant")
}

/// Builds everything.
pub(crate) fn organisation(_options: &Options, _now: Timestamp) -> Tables {
    Tables::default()
}

/// Who can sign in.
pub(crate) fn people(_tables: &Tables) -> Vec<Person> {
    Vec::new()
}

/// Fills in what the state file leaves out.
pub(crate) fn restore_published_permissions(_tables: &mut Tables) {}
