//! From the errors of the lower crates to the closed codes and words of the contract.

mod exchange;
mod graph;
mod identity;
mod net;
mod provision;
mod storage;
mod vault;

use contract::{AppError, ErrorCode};

/// What every use-case answers.
pub(crate) type Answer<T> = Result<T, AppError>;

/// Turns an error of a lower crate into one that can be shown.
pub(crate) trait Explain {
    /// The same, ready to be shown.
    fn explain(&self) -> AppError;
}

/// `?` for errors that have words.
pub(crate) trait OrExplain<T> {
    /// The value, or the error in words.
    fn or_explain(self) -> Answer<T>;
}

impl<T, E: Explain> OrExplain<T> for Result<T, E> {
    fn or_explain(self) -> Answer<T> {
        self.map_err(|error| error.explain())
    }
}

/// An error in words.
pub(crate) fn words(error: &impl Explain) -> AppError {
    error.explain()
}

/// Something that was asked for does not exist here.
pub(crate) fn no_such(what: &str) -> AppError {
    AppError::new(ErrorCode::NoSuchThing).because(format!("Gatehouse does not know this {what}."))
}

/// Nobody is signed in, or the session is gone.
pub(crate) fn sign_in_needed() -> AppError {
    AppError::new(ErrorCode::SignInNeeded)
}

/// Ids for support from what a server sent.
pub(crate) fn support(
    code: Option<String>,
    text: Option<String>,
    ids: Option<&::net::RequestIds>,
) -> contract::Support {
    contract::Support {
        microsoft_code: code,
        microsoft_text: text,
        request_id: ids.and_then(|ids| ids.request_id.clone()),
        client_request_id: ids.and_then(|ids| ids.client_request_id.clone()),
        at: ids.and_then(|ids| ids.date.clone()),
    }
}
