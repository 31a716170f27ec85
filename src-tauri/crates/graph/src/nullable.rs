//! `null` where Graph promises a collection or a flag.

use serde::{Deserialize, Deserializer};

/// Reads `null` as the empty value.
pub(crate) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    from: D,
) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(from)?.unwrap_or_default())
}
