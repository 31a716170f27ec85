//! The inventory as a file for others.

mod cells;
mod csv;
mod json;

pub use self::cells::original;
pub use self::csv::{COLUMNS, export_csv};
pub use self::json::export_json;
