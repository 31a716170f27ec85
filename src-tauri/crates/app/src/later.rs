//! What waits for a lower crate. Gone when the last of it has landed.

use contract::{
    AppError, AuthorizeRequest, AuthorizeStarted, CopyReceipt, ErrorCode, EwsReadiness, GroupView,
    LicenceView, MailboxAccessView, MailboxTest, MailboxTestResult, RegistrationRef, ReportSettingsView,
    SignInEvent,
};

use crate::errors::Answer;
use crate::{App, Observer};

pub(crate) fn later<T>() -> Answer<T> {
    Err(AppError::new(ErrorCode::Internal).because("This part is not built yet."))
}

macro_rules! later {
    ($($(#[doc = $doc:literal])+ $name:ident($($ty:ty),*) -> $result:ty;)+) => {
        #[expect(clippy::unused_async, reason = "waits for a lower crate")]
        impl App {
            $($(#[doc = $doc])+ pub async fn $name(&self, $(_: $ty),*) -> Answer<$result> { later() })+
        }
    };
}

later! {
    /// Groups by a part of their name or address.
    groups_search(&str) -> Vec<GroupView>;
    /// The organisation's licences.
    licences() -> Vec<LicenceView>;
    /// Whose mailboxes an app reaches.
    mailbox_access(RegistrationRef) -> MailboxAccessView;
    /// Asks Exchange whether an app reaches a mailbox.
    mailbox_access_test(MailboxTest) -> MailboxTestResult;
    /// Whether an app can still use Exchange Web Services.
    ews_readiness(RegistrationRef) -> EwsReadiness;
    /// Whether usage reports show people's names.
    report_settings() -> ReportSettingsView;
    /// Signs in through an app that was set up.
    authorize_start(AuthorizeRequest, Observer<SignInEvent>) -> AuthorizeStarted;
    /// Copies the token of such a sign-in.
    authorize_copy_token(&str) -> CopyReceipt;
}
