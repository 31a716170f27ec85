//! A file whose form is right, without the places of its parts. The types are read from this and not from the file itself:
//! JSON's values are read in many other places, and another reader for the same types would be 0.2 MB of program.

use serde_json::Value;
use toml::de::{DeTable, DeValue};

/// The table as JSON. What the format knows no field for (numbers with a fraction, dates) is left out as nothing.
pub(super) fn table(table: &DeTable<'_>) -> Value {
    table.iter().map(|(key, item)| (key.get_ref().to_string(), value(item.get_ref()))).collect()
}

fn value(of: &DeValue<'_>) -> Value {
    match of {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok().into(),
        DeValue::Boolean(flag) => Value::from(*flag),
        DeValue::Array(items) => items.iter().map(|item| value(item.get_ref())).collect(),
        DeValue::Table(inner) => table(inner),
        DeValue::Float(_) | DeValue::Datetime(_) => Value::Null,
    }
}
