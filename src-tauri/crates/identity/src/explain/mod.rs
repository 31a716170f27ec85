//! Everything that can go wrong, in plain words: what happened, why, and what to do.
//!
//! The words are ours. Microsoft's numbers choose among them and nothing else: no decision in the program hangs on a
//! number (<https://learn.microsoft.com/entra/identity-platform/reference-error-codes>).

mod class;
mod local;
mod table;

use url::Url;

use crate::aad_error::{AadError, OAuthError};

pub use local::error;

/// What to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What happened: the headline.
    pub what: String,
    /// Why, as far as it is known.
    pub why: String,
    /// What to do now.
    pub next: String,
    /// The same as a button, where a button can do it.
    pub action: Option<NextStep>,
    /// Microsoft's page on it, for the folded details.
    pub reference: Option<Url>,
}

/// What a button can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NextStep {
    /// Sign in once more.
    SignInAgain,
    /// Sign in and choose the account anew.
    ChooseAccount,
    /// Sign in and look at the permissions again.
    AgreeAgain,
    /// Make a message and a link for an admin.
    AskAdmin,
    /// The same again in a while.
    TryLater,
    /// Microsoft's page for a person's own sign-in methods.
    OpenSecurityInfo,
    /// Microsoft's page for a new password.
    OpenPasswordReset,
    /// Type the organisation again.
    CheckOrganisation,
    /// Choose the cloud again.
    CheckCloud,
    /// Type the client id again.
    CheckClientId,
    /// Make a new client secret.
    NewSecret,
    /// Type the client secret again.
    CheckSecret,
    /// Let Gatehouse put the registration right.
    RepairRegistration,
    /// Set up the organisation's own registration.
    UseOwnRegistration,
    /// Test the connection.
    CheckNetwork,
    /// Show how to set the clock.
    CheckClock,
    /// Unlock the keyring.
    Unlock,
    /// Copy the details for support.
    CopyDetails,
}

/// A set of words.
#[derive(Debug, Clone, Copy)]
struct Words {
    what: &'static str,
    why: &'static str,
    next: &'static str,
    action: Option<NextStep>,
}

impl Words {
    fn explanation(self, code: Option<u32>) -> Explanation {
        Explanation {
            what: self.what.to_owned(),
            why: self.why.to_owned(),
            next: self.next.to_owned(),
            action: self.action,
            reference: code.and_then(reference),
        }
    }
}

/// Explains what the sign-in service said: by the first number that has words of its own, then by the kind of number,
/// then by the OAuth error.
#[must_use]
pub fn explain(error: &AadError) -> Explanation {
    let of_code = |words: fn(u32) -> Option<Words>| {
        error.codes.iter().find_map(|code| words(*code).map(|words| words.explanation(Some(*code))))
    };
    of_code(table::words)
        .or_else(|| of_code(class::words))
        .unwrap_or_else(|| class::of_oauth(error.error).explanation(error.codes.first().copied()))
}

/// Explains a number alone, for a list of past failures.
#[must_use]
pub fn explain_code(code: u32) -> Explanation {
    explain(&AadError { codes: vec![code], ..AadError::bare(OAuthError::Unknown) })
}

fn reference(code: u32) -> Option<Url> {
    Url::parse(&format!("https://login.microsoftonline.com/error?code={code}")).ok()
}

#[cfg(test)]
mod tests;
