//! What needs attention on the organisation's apps.

use contract::{AppError, ErrorCode, FindingsPage, FindingsQuery, IgnoreFinding};

use crate::App;
use crate::errors::Answer;

impl App {
    /// What needs attention on the organisation's apps.
    pub async fn findings(&self, _query: FindingsQuery) -> Answer<FindingsPage> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// Stops showing a finding.
    pub async fn finding_ignore(&self, _ignore: IgnoreFinding) -> Answer<()> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// Shows it again.
    pub async fn finding_show_again(&self, _id: &str) -> Answer<()> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }
}
