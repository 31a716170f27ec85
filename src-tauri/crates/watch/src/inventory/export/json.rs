//! The inventory as JSON: an array of apps, as the model has them.

use std::collections::HashSet;
use std::io::Write;

use crate::inventory::query::{Query, View, app_ids};
use crate::inventory::{ExportError, Store};

/// Writes all apps that answer a query, in its order, as one JSON array with an app on each line ([`App`](crate::App));
/// says how many. `only` as in [`export_csv`](super::export_csv). Nothing secret is in it.
///
/// # Errors
/// [`ExportError`]; what was written until then is not complete.
pub fn export_json(
    store: &Store,
    query: &Query,
    only: Option<&HashSet<String>>,
    view: &View,
    to: &mut impl Write,
) -> Result<u64, ExportError> {
    let mut apps = 0;
    to.write_all(b"[")?;
    for app_id in app_ids(store, query, only, view)? {
        let Some(app) = store.app(&app_id)? else { continue };
        to.write_all(if apps == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *to, &app).map_err(std::io::Error::from)?;
        apps += 1;
    }
    to.write_all(b"\n]\n")?;
    to.flush()?;
    Ok(apps)
}
