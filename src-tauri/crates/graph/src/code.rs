//! Error codes of Graph. Programs are told to depend on these and never on messages
//! (<https://learn.microsoft.com/graph/errors>).

use crate::open_enum::open_enum;

open_enum! {
    /// `error.code` of a refused request.
    pub enum GraphErrorCode {
        /// Role or permission missing; the code does not say which.
        AuthorizationRequestDenied = "Authorization_RequestDenied",
        /// The signed-in account is not known in this organisation.
        AuthorizationIdentityNotFound = "Authorization_IdentityNotFound",
        /// No such object, or it has not spread yet.
        ResourceNotFound = "Request_ResourceNotFound",
        /// Something about the request; also "already exists" and some replication errors.
        BadRequest = "Request_BadRequest",
        /// The query needs other options.
        UnsupportedQuery = "Request_UnsupportedQuery",
        /// An object with this key exists.
        MultipleObjectsWithSameKeyValue = "Request_MultipleObjectsWithSameKeyValue",
        /// Two writers at once: wait and repeat.
        ConcurrencyViolation = "Directory_ConcurrencyViolation",
        /// The person's (250) or the directory's number of objects is used up.
        QuotaExceeded = "Directory_QuotaExceeded",
        /// The token is not accepted.
        InvalidAuthenticationToken = "InvalidAuthenticationToken",
        /// Too many requests.
        TooManyRequests = "TooManyRequests",
        /// Too many requests, as mail and files say it.
        ActivityLimitReached = "activityLimitReached",
        /// Too many requests, as mailboxes say it.
        ApplicationThrottled = "ApplicationThrottled",
        /// The mailbox is not open to this app.
        ErrorAccessDenied = "ErrorAccessDenied",
        /// Nothing there, as mailboxes say it.
        ErrorItemNotFound = "ErrorItemNotFound",
        /// No such person or mailbox, as mailboxes say it.
        ErrorInvalidUser = "ErrorInvalidUser",
        /// The person has no mailbox in the cloud.
        MailboxNotEnabled = "MailboxNotEnabledForRESTAPI",
        /// No such thing, as other services say it.
        ItemNotFound = "itemNotFound",
        /// No such person or mailbox.
        OtherResourceNotFound = "ResourceNotFound",
        /// Not allowed, as other services say it.
        AccessDenied = "accessDenied",
        /// The organisation forbids this kind of credential.
        CredentialTypeForbidden = "CredentialTypeNotAllowedAsPerAppPolicy",
        /// The organisation forbids a credential that lives so long.
        CredentialLifetimeForbidden = "CredentialInvalidLifetimeAsPerAppPolicy",
        /// The organisation forbids this `signInAudience`.
        SignInAudienceForbidden = "SignInAudienceNotAllowedAsPerAppPolicy",
        /// Paused for a moment.
        ServiceNotAvailable = "serviceNotAvailable",
        /// Not specified by the server.
        UnknownError = "UnknownError",
    }
}
