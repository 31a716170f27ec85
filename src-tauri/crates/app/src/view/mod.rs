//! From what the lower crates know to what the window shows.

pub(crate) mod advice;
pub(crate) mod audience;
pub(crate) mod connector;
pub(crate) mod findings;
pub(crate) mod grant_request;
pub(crate) mod inventory;
pub(crate) mod permission;
pub(crate) mod plan;
pub(crate) mod redirect;
pub(crate) mod review;
pub(crate) mod run;
pub(crate) mod script;
pub(crate) mod truths;
