//! The connectors.

use blueprint::{Connector, builtin};
use contract::{AppError, ConnectorSummary, ConnectorView, ErrorCode};

use crate::App;
use crate::connections::Stored;
use crate::errors::{Answer, no_such};
use crate::view;

impl App {
    /// The connectors.
    pub async fn connectors(&self) -> Answer<Vec<ConnectorSummary>> {
        let connections = self.finished(&*self.space()?)?;
        Ok(all()?.iter().map(|one| view::connector::summary(one, count(&connections, &one.id))).collect())
    }

    /// One connector with its questions.
    pub async fn connector(&self, id: &str) -> Answer<ConnectorView> {
        let connector = find(id)?;
        Ok(view::connector::full(connector, count(&self.finished(&*self.space()?)?, id)))
    }
}

/// A connector by its id.
pub(crate) fn find(id: &str) -> Answer<&'static Connector> {
    all()?.iter().find(|connector| connector.id == id).ok_or_else(|| no_such("connector"))
}

fn all() -> Answer<&'static [Connector]> {
    builtin::all().map_err(|_| AppError::new(ErrorCode::Internal))
}

fn count(connections: &[Stored], connector: &str) -> u32 {
    u32::try_from(connections.iter().filter(|one| one.connector_id == connector).count()).unwrap_or(u32::MAX)
}
