//! The list of permissions, read once when it is first needed.
//!
//! `permissions.tsv` is made from Microsoft's published lists in `reference/`; a test holds the two together. A row is
//! 100 bytes of unpacked text, and 96 bytes beside it.

use std::sync::OnceLock;

use uuid::Uuid;

use super::key::{AZURE_AD_GRAPH, EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use super::{Permission, PermissionKey, PermissionKind, packed, retired, risk, words};

/// An API in the catalogue.
pub(super) struct KnownResource {
    pub(super) app_id: Uuid,
    pub(super) name: &'static str,
    /// How `permissions.tsv` calls it.
    code: &'static str,
}

pub(super) const RESOURCES: [KnownResource; 3] = [
    KnownResource { app_id: MICROSOFT_GRAPH, name: "Microsoft Graph", code: "graph" },
    KnownResource { app_id: EXCHANGE_ONLINE, name: "Office 365 Exchange Online", code: "exchange" },
    KnownResource { app_id: AZURE_AD_GRAPH, name: "Azure AD Graph", code: "aad" },
];

/// One line of `permissions.tsv`.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) key: PermissionKey,
    pub(super) value: &'static str,
    /// Microsoft's own 1 (least) to 5 (most), where given.
    pub(super) level: Option<u8>,
    pub(super) admin: bool,
    /// On Azure AD Graph: the Microsoft Graph permission that replaces it. On Exchange: the protocol it belongs to.
    pub(super) extra: &'static str,
    pub(super) microsoft_name: &'static str,
}

impl Row {
    pub(super) fn resource_name(&self) -> &'static str {
        RESOURCES.iter().find(|known| known.app_id == self.key.resource).map_or("", |known| known.name)
    }

    pub(super) fn explain(&self) -> Permission {
        let words = words::of(self);
        let (risk, risk_reason) = risk::of(self, words.as_ref());
        Permission {
            key: self.key,
            value: self.value,
            resource_name: self.resource_name(),
            microsoft_name: self.microsoft_name,
            sentence: words::sentence(self, words.as_ref()),
            whose_data: words
                .as_ref()
                .map_or_else(|| words::WhoseData::guess(self), |words| words.whose_data),
            risk,
            risk_reason,
            admin_consent_required: self.admin,
            retired: retired::of(self),
        }
    }
}

/// All rows: API by API, by name, the live one of two equal names first.
pub(super) fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| packed::permissions().filter_map(read).collect())
}

/// The rows of one API.
pub(super) fn of(resource: Uuid) -> &'static [Row] {
    let rows = rows();
    let first = rows.iter().position(|row| row.key.resource == resource).unwrap_or(rows.len());
    let count = rows[first..].iter().take_while(|row| row.key.resource == resource).count();
    &rows[first..first + count]
}

fn read(line: &'static str) -> Option<Row> {
    let mut columns = line.split('\t');
    let code = columns.next()?;
    let resource = RESOURCES.iter().find(|known| known.code == code)?.app_id;
    let kind = match columns.next()? {
        "app" => PermissionKind::Application,
        "delegated" => PermissionKind::Delegated,
        _ => return None,
    };
    let value = columns.next()?;
    let id = Uuid::try_parse(columns.next()?).ok()?;
    let level = columns.next()?.parse().ok();
    let admin = columns.next()? == "admin";
    Some(Row {
        key: PermissionKey { resource, id, kind },
        value,
        level,
        admin,
        extra: columns.next()?,
        microsoft_name: columns.next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let lines = packed::permissions().count();
        assert_eq!(rows().len(), lines);
        assert_eq!(RESOURCES.iter().map(|known| of(known.app_id).len()).sum::<usize>(), lines);
    }
}
