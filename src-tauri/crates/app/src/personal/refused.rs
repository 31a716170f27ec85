//! Why nobody, or somebody else, came back from the browser, in words.

use contract::{AccountKind, Action, AppError, ErrorCode, PersonalRequest};
use identity::{IdentityError, WrongAccount};

use super::stored::Stored;
use crate::App;
use crate::errors::Explain;
use crate::space::OpenSpace;

/// A personal account at an address, or with an app, that is for organisations
/// (<https://learn.microsoft.com/entra/identity-platform/reference-error-codes>).
const PERSONAL_REFUSED: [u32; 3] = [500_200, 500_207, 500_208];
/// An account that is no guest of the organisation (as above).
const NO_MEMBER: u32 = 50_020;
/// What came back from the browser was given out by another organisation than the one that was asked (as above).
pub(super) const OF_ANOTHER_TENANT: u32 = 700_005;
/// An app that is not known there, or not to personal accounts (as above).
const NO_SUCH_APP: u32 = 700_016;

impl App {
    /// Somebody else came back from the browser than was meant.
    pub(super) fn wrong_account(
        &self,
        space: &OpenSpace,
        before: Option<&Stored>,
        wrong: &WrongAccount,
    ) -> AppError {
        let elsewhere =
            wrong.expected.as_ref().is_some_and(|meant| meant.tenant_id != wrong.actual.tenant_id);
        let code = if elsewhere { ErrorCode::WrongOrganisation } else { ErrorCode::WrongAccount };
        let mut error = AppError::new(code);
        error.action = Some(Action::ChooseAccount);
        let Some(stored) = before else { return error };
        let came = wrong.actual_name.as_deref().unwrap_or("Another account");
        let same_name = came.eq_ignore_ascii_case(&stored.upn);
        if same_name && !elsewhere {
            return made_anew(error, stored);
        }
        let from = match self.name_of_organisation(space, &wrong.actual) {
            _ if !elsewhere => String::new(),
            Some(name) => format!(" of {name}"),
            None => " of another organisation".to_owned(),
        };
        error.title = format!("{came}{from} signed in");
        if same_name {
            return error
                .because(format!(
                    "This connection belongs to {} in {}, so nothing was changed.",
                    stored.upn, stored.tenant_name
                ))
                .advise(format!(
                    "Try again with the account of {}. It has the same name.",
                    stored.tenant_name
                ));
        }
        error
            .because(format!(
                "This connection belongs to {} ({}) in {}, so nothing was changed.",
                stored.name, stored.upn, stored.tenant_name
            ))
            .advise(format!(
                "Try again and choose {}. A private window helps if the browser insists on the other account.",
                stored.upn
            ))
    }

    /// What an organisation is called, if anybody of it was ever here.
    fn name_of_organisation(&self, space: &OpenSpace, key: &identity::AccountKey) -> Option<String> {
        if identity::is_personal(&key.tenant_id) {
            return Some("a personal account".to_owned());
        }
        let of_connection = || {
            let all = self.personal_all(space).into_iter();
            all.filter(|stored| stored.key.tenant_id == key.tenant_id).map(|stored| stored.tenant_name).next()
        };
        let of_account = || {
            let all = self.accounts(space).into_iter();
            all.filter(|account| account.key.tenant_id == key.tenant_id)
                .map(|account| account.tenant_name)
                .next()
        };
        of_connection().or_else(of_account)
    }

    /// Microsoft's page ended without a sign-in.
    pub(crate) fn refused_in_browser(&self, request: &PersonalRequest, error: &IdentityError) -> AppError {
        let mut shown = error.explain();
        let IdentityError::Refused(refusal) = error else { return shown };
        let is = |codes: &[u32]| refusal.codes.iter().any(|code| codes.contains(code));
        let about_personal = refusal.description.as_deref().is_some_and(names_personal_accounts);
        if is(&PERSONAL_REFUSED) || (is(&[NO_MEMBER]) && about_personal) {
            return personal_refused(shown);
        }
        if is(&[NO_SUCH_APP]) && request.accounts == AccountKind::Personal {
            return not_for_personal(shown);
        }
        if refusal.error != identity::OAuthError::AccessDenied || shown.code != ErrorCode::ConsentDeclined {
            return shown;
        }
        // The way back from the page "Need admin approval" carries no reason. Nor does the way back from choosing an
        // account; but who meant that has lost nothing, and whoever saw that page finds a way on.
        if refusal.codes.is_empty() && request.accounts != AccountKind::Personal {
            let mut approval = AppError::new(ErrorCode::AdminApprovalNeeded)
                .because("Microsoft's page was left without an answer. If it said that an admin must agree, this is the way.");
            approval.support = shown.support;
            return approval;
        }
        shown.why = "“Cancel” was chosen on Microsoft's page. Or the page said that an admin must agree first: Microsoft does \
                     not tell Gatehouse which."
            .to_owned();
        shown.next = "Try again and agree. If the page asks for an admin, ask yours.".to_owned();
        shown
    }
}

/// The account of this name is not the one that was connected: an account that is deleted and made again, or a guest who is
/// invited again, is somebody else to Microsoft.
fn made_anew(mut error: AppError, stored: &Stored) -> AppError {
    error.title = format!("{} is a new account now", stored.upn);
    error.action = None;
    error
        .because(format!(
            "The account that was connected in {} has the same name, but it was removed and made anew. So nothing was changed.",
            stored.tenant_name
        ))
        .advise("Disconnect this connection, then connect once more.")
}

/// Somebody of another organisation came back. Microsoft does not say who.
pub(super) fn of_another_organisation(stored: &Stored) -> AppError {
    let mut error = AppError::new(ErrorCode::WrongOrganisation);
    "An account of another organisation signed in".clone_into(&mut error.title);
    error.action = Some(Action::ChooseAccount);
    error
        .because(format!(
            "This connection belongs to {} ({}) in {}, so nothing was changed.",
            stored.name, stored.upn, stored.tenant_name
        ))
        .advise(format!("Try again and choose {} of {}.", stored.upn, stored.tenant_name))
}

/// A personal account where only those of organisations may go.
fn personal_refused(mut shown: AppError) -> AppError {
    shown.code = ErrorCode::WrongAccount;
    "This is a personal account".clone_into(&mut shown.title);
    shown.action = Some(Action::ChooseAccount);
    shown
        .because("Here only work and school accounts may go: you chose that, or the product is made for them alone.")
        .advise(
            "If you have a work or school account, use that. If not, choose personal accounts and try again. If Microsoft \
             still says no, the product is not for personal accounts.",
        )
}

/// An app that its maker did not open to personal accounts.
fn not_for_personal(mut shown: AppError) -> AppError {
    "This product is not open to personal accounts".clone_into(&mut shown.title);
    shown
        .because("Microsoft knows no app with this client ID that personal accounts may use.")
        .advise("Connect a work or school account. If you have none, ask the maker of the product.")
}

/// Microsoft names where an account is from by its host, `live.com` for personal ones.
fn names_personal_accounts(description: &str) -> bool {
    description.contains("'live.com'")
}
