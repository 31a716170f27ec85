//! The connectors: those that came with Gatehouse, and those that were built here or brought in.

use std::borrow::Cow;

use blueprint::{Connector, builtin};
use contract::{AppError, ConnectorOrigin, ConnectorSummary, ConnectorView, ErrorCode};
use serde::{Deserialize, Serialize};

use crate::App;
use crate::connections::Stored;
use crate::documents::Kind;
use crate::errors::{Answer, OrExplain, no_such};
use crate::space::OpenSpace;
use crate::view;

/// A connector that did not come with Gatehouse, as remembered: its file, and nothing that was derived from it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Custom {
    pub(crate) id: String,
    pub(crate) text: String,
}

/// A connector and where it came from.
pub(crate) struct Found {
    pub(crate) connector: Cow<'static, Connector>,
    pub(crate) origin: ConnectorOrigin,
}

impl App {
    /// The connectors.
    pub async fn connectors(&self) -> Answer<Vec<ConnectorSummary>> {
        let space = self.space()?;
        let connections = self.finished(&space)?;
        Ok(all(&space)?
            .iter()
            .map(|one| {
                let count = count(&connections, &one.connector.id);
                view::connector::summary(&one.connector, one.origin, count)
            })
            .collect())
    }

    /// One connector with its questions.
    pub async fn connector(&self, id: &str) -> Answer<ConnectorView> {
        let space = self.space()?;
        let found = find(&space, id)?;
        let count = count(&self.finished(&space)?, id);
        Ok(view::connector::full(&found.connector, found.origin, count))
    }
}

/// A connector by its id.
pub(crate) fn find(space: &OpenSpace, id: &str) -> Answer<Found> {
    if let Some(connector) = came_along()?.iter().find(|connector| connector.id == id) {
        return Ok(Found { connector: Cow::Borrowed(connector), origin: ConnectorOrigin::Builtin });
    }
    let custom: Option<Custom> = space.documents.get(Kind::Connector, id).or_explain()?;
    custom.as_ref().and_then(read).ok_or_else(|| no_such("connector"))
}

/// Every connector: those that came with Gatehouse first.
pub(crate) fn all(space: &OpenSpace) -> Answer<Vec<Found>> {
    let builtin = came_along()?
        .iter()
        .map(|one| Found { connector: Cow::Borrowed(one), origin: ConnectorOrigin::Builtin });
    let custom: Vec<Custom> = space.documents.list(Kind::Connector).or_explain()?;
    let mut custom: Vec<Found> = custom.iter().filter_map(read).collect();
    custom.sort_by_key(|one| one.connector.name.to_lowercase());
    Ok(builtin.chain(custom).collect())
}

/// The connectors that came with Gatehouse.
pub(crate) fn came_along() -> Answer<&'static [Connector]> {
    builtin::all().map_err(|_| AppError::new(ErrorCode::Internal))
}

/// One that this version cannot read any more is left out, and logged.
fn read(custom: &Custom) -> Option<Found> {
    match Connector::parse(&custom.id, &custom.text) {
        Ok(connector) => Some(Found { connector: Cow::Owned(connector), origin: ConnectorOrigin::Custom }),
        Err(_) => {
            tracing::warn!(id = custom.id, "a connector of another version was left out");
            None
        }
    }
}

pub(crate) fn count(connections: &[Stored], connector: &str) -> u32 {
    u32::try_from(connections.iter().filter(|one| one.connector_id == connector).count()).unwrap_or(u32::MAX)
}
