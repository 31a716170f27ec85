//! The connectors that come with Gatehouse.

use std::sync::OnceLock;

use crate::{BlueprintError, Connector};

/// Name and text of each file.
const FILES: [(&str, &str); 5] = [
    ("cirrus-insight.toml", include_str!("../connectors/cirrus-insight.toml")),
    ("totalview.toml", include_str!("../connectors/totalview.toml")),
    ("sense.toml", include_str!("../connectors/sense.toml")),
    ("certero.toml", include_str!("../connectors/certero.toml")),
    ("cirrus-insight-exchange.toml", include_str!("../connectors/cirrus-insight-exchange.toml")),
];

/// The built-in connectors, in the order of the gallery; read once, when first asked for.
///
/// # Errors
/// When a file that was compiled in cannot be read, which the tests of this crate rule out.
pub fn all() -> Result<&'static [Connector], BlueprintError> {
    static ALL: OnceLock<Result<Vec<Connector>, BlueprintError>> = OnceLock::new();
    ALL.get_or_init(|| FILES.iter().map(|(name, text)| Connector::parse(name, text)).collect())
        .as_deref()
        .map_err(Clone::clone)
}

/// The built-in connector with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Connector> {
    all().ok()?.iter().find(|connector| connector.id == id)
}

/// The files themselves, as examples for authors: name and text.
#[must_use]
pub fn files() -> &'static [(&'static str, &'static str)] {
    &FILES
}
