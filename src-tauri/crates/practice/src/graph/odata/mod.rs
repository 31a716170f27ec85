//! OData as Graph speaks it: `$filter`, `$select`, `$expand`, `$orderby`, `$search`, paging.

pub(crate) mod evaluate;
pub(crate) mod filter;
pub(crate) mod lexer;
pub(crate) mod options;
pub(crate) mod order;
pub(crate) mod rules;
pub(crate) mod search;
