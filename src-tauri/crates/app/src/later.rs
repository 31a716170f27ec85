//! What waits for a lower crate. Gone when the last of it has landed.

use contract::{
    AppError, AuthorizeRequest, AuthorizeStarted, ConnectorDraft, ConnectorReview, ConnectorSummary,
    ConnectorText, CopyReceipt, ErrorCode, EwsReadiness, GrantRequestView, GroupView, ImportAccept,
    ImportText, LicenceView, MailboxAccessView, MailboxTest, MailboxTestResult, ManifestReview, ManifestText,
    NameSuggestion, RegistrationRef, RegistrationView, ReportSettingsView, SignInEvent,
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
    /// A connector file in plain words, before it can do anything.
    connector_review(ImportText) -> ConnectorReview;
    /// Takes in a connector file that was reviewed.
    connector_import(ImportAccept) -> ConnectorSummary;
    /// Saves a connector to the person's downloads; gives the path.
    connector_export(&str) -> String;
    /// Removes a connector that did not come with Gatehouse.
    connector_remove(&str) -> ();
    /// A connector made from a registration that exists, without its secrets.
    connector_from_registration(RegistrationRef) -> ConnectorText;
    /// A connector as it was built in the window, in plain words and as a file.
    connector_build(ConnectorDraft) -> ConnectorReview;
    /// Who may use a registration, where people are sent back to, who owns it.
    registration_view(RegistrationRef) -> RegistrationView;
    /// A manifest fragment with names for its ids, compared with a registration.
    manifest_review(ManifestText) -> ManifestReview;
    /// What may be meant by a permission's name.
    permission_name_check(&str) -> Vec<NameSuggestion>;
    /// A colleague's request file in plain words.
    grant_request_open(&str) -> GrantRequestView;
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
