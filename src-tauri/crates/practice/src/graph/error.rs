//! What Graph answers when it refuses: status, code and text as Microsoft's service words them.
//!
//! Clients branch on `code`, and in a few documented cases on the text, so both are kept to the letter.

use http::StatusCode;
use serde_json::{Value, json};

use super::http::{GraphRequest, GraphResponse, error_body};
use crate::auth::Unauthenticated;
use crate::tenant::put;

/// A refusal. The `Display` text is the `error.message` on the wire.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum GraphError {
    #[error(transparent)]
    Unauthenticated(#[from] Unauthenticated),
    #[error("Insufficient privileges to complete the operation.")]
    Denied,
    #[error(
        "When using this permission, the backing application of the service principal being created must in the local tenant"
    )]
    BackingApplicationNotLocal,
    #[error("Access is denied. Check credentials and try again.")]
    MailboxDenied,
    /// An application access policy keeps the application out.
    #[error("Access to OData is disabled.")]
    ODataDisabled,
    #[error("/me request is only valid with delegated authentication flow.")]
    MeWithoutPerson,
    #[error(
        "Resource '{0}' does not exist or one of its queried reference-property objects are not present."
    )]
    NotFound(String),
    #[error("Resource not found for the segment '{0}'.")]
    UnknownSegment(String),
    #[error("Specified HTTP method is not allowed for the request target.")]
    MethodNotAllowed,
    #[error("The practice tenant does not play this operation.")]
    NotPlayed,
    #[error(
        "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format."
    )]
    UnreadableBody,
    #[error("The content encoding of the request is not supported.")]
    EncodedBody,
    #[error("Write requests (excluding DELETE) must contain the Content-Type header declaration.")]
    NoContentType,
    #[error("Invalid object identifier '{0}'.")]
    InvalidIdentifier(String),
    #[error(
        "Invalid value specified for object reference property '{0}'. Please ensure that this value has an appropriate syntax and length."
    )]
    InvalidReference(&'static str),
    #[error("Invalid property '{0}'.")]
    UnknownProperty(String),
    #[error("Property '{0}' is read-only and cannot be set.")]
    ReadOnlyProperty(String),
    #[error("Property cannot be updated: {0}")]
    ImmutableProperty(String),
    #[error("A value is required for property '{property}' of resource '{resource}'.")]
    MissingProperty { property: &'static str, resource: &'static str },
    #[error("Invalid value specified for property '{property}' of resource '{resource}'.")]
    InvalidValue { property: String, resource: &'static str },
    #[error("Another object with the same value for property {0} already exists.")]
    Conflict(&'static str),
    #[error(
        "The service principal cannot be created, updated, or restored because the service principal name {0} is already in use."
    )]
    ServicePrincipalNameInUse(String),
    #[error("The appId '{0}' of the service principal does not reference a valid application object.")]
    NoBackingApplication(String),
    #[error("Permission being assigned already exists on the object")]
    AppRoleAlreadyAssigned,
    #[error("Permission being assigned was not found on application '{0}'.")]
    AppRoleNotFound(String),
    #[error("Not a valid reference update.")]
    InvalidReferenceUpdate,
    #[error("Permission entry already exists.")]
    GrantAlreadyExists,
    #[error(
        "One or more added object references already exist for the following modified properties: '{0}'."
    )]
    ReferenceAlreadyExists(&'static str),
    #[error(
        "One or more removed object references do not exist for the following modified properties: '{0}'."
    )]
    ReferenceMissing(&'static str),
    #[error(
        "The directory object quota limit for the Principal has been exceeded. Please ask your administrator to increase the quota limit or delete objects to reduce the used quota."
    )]
    QuotaExceeded,
    #[error("Credential type not allowed as per assigned policy")]
    CredentialTypeNotAllowed,
    #[error("Credential lifetime exceeds the max value allowed as per assigned policy")]
    CredentialLifetimeTooLong,
    #[error("No password credential found with keyId.")]
    NoSuchCredential,
    #[error("No key credential found with keyId.")]
    NoSuchKey,
    /// The proof of possession of `addKey` and `removeKey`; Graph says this of it too.
    #[error("Access Token missing or malformed.")]
    ProofRejected,
    #[error("The certificate could not be made.")]
    Unmade,
    #[error(
        "Parsing OData Select and Expand failed: Could not find a property named '{property}' on type 'microsoft.graph.{kind}'."
    )]
    UnknownSelected { property: String, kind: String },
    #[error("Parsing OData Select and Expand failed: {0}")]
    UnreadableExpand(String),
    #[error("Invalid filter clause: {0}")]
    UnreadableFilter(String),
    #[error("Invalid $orderby: {0}")]
    UnreadableOrder(String),
    #[error("{0}")]
    UnsupportedQuery(String),
    #[error("Invalid page size specified: '{0}'. Must be between 1 and 999 inclusive.")]
    InvalidPageSize(String),
    #[error(
        "Invalid value '{value}' for {option} query option found. The {option} query option requires a non-negative integer value."
    )]
    InvalidNumber { option: &'static str, value: String },
    #[error("The query parameter '{0}' is not supported.")]
    UnknownOption(String),
    #[error("$count is not currently supported.")]
    CountNotSupported,
    #[error("Skip token is invalid or expired.")]
    InvalidSkipToken,
    /// A delta token is too old; the address starts anew.
    #[error(
        "The sync state generation is not found. The delta token is expired and data must be synchronized again."
    )]
    SyncStateNotFound(String),
    #[error("{0}")]
    BadRequest(String),
    #[error("{0}")]
    DirectoryBadRequest(String),
    #[error("The mailbox is either inactive, soft-deleted, or is hosted on-premise.")]
    NoMailbox,
    #[error("The requested user '{0}' is invalid.")]
    InvalidMailboxUser(String),
    #[error("The specified object was not found in the store.")]
    ItemNotFound,
    #[error("Id is malformed.")]
    MalformedItemId,
    #[error(
        "This request requires a time window specified by the query string parameters StartDateTime and EndDateTime."
    )]
    NoTimeWindow,
    #[error("{0}")]
    MailboxBadRequest(String),
    #[error("The property '{0}' does not support filtering.")]
    NotFilterable(String),
    #[error(
        "Your request can't be completed. The TransactionId specified in the request has already been used to create a different event."
    )]
    DuplicateTransaction,
    #[error("The restriction or sort order is too complex for this operation.")]
    InefficientFilter,
    /// A personal account asks the directory, which it does not have.
    #[error("Unable to find target address")]
    NotForPersonalAccounts,
    #[error("The photo wasn't found.")]
    NoPhoto,
    #[error("Neither tenant is B2C or tenant doesn't have premium license")]
    NoPremiumLicence,
    #[error("Failed to execute the request because a dependency failed.")]
    FailedDependency,
    #[error("{0}")]
    InvalidBatch(String),
}

impl GraphError {
    /// The HTTP status and the `error.code` that Microsoft's service pairs with this refusal.
    pub(crate) fn status_and_code(&self) -> (StatusCode, &'static str) {
        use GraphError as E;
        match self {
            E::Unauthenticated(_) => (StatusCode::UNAUTHORIZED, "InvalidAuthenticationToken"),
            E::ProofRejected => (StatusCode::UNAUTHORIZED, "Authentication_MissingOrMalformed"),
            E::NotForPersonalAccounts => (StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError"),
            E::Unmade => (StatusCode::INTERNAL_SERVER_ERROR, "Service_InternalServerError"),
            E::Denied | E::BackingApplicationNotLocal => {
                (StatusCode::FORBIDDEN, "Authorization_RequestDenied")
            }
            E::QuotaExceeded => (StatusCode::FORBIDDEN, "Directory_QuotaExceeded"),
            E::MailboxDenied | E::ODataDisabled => (StatusCode::FORBIDDEN, "ErrorAccessDenied"),
            E::NoPremiumLicence => {
                (StatusCode::FORBIDDEN, "Authentication_RequestFromNonPremiumTenantOrB2CTenant")
            }
            E::NotFound(_) => (StatusCode::NOT_FOUND, "Request_ResourceNotFound"),
            E::NoMailbox => (StatusCode::NOT_FOUND, "MailboxNotEnabledForRESTAPI"),
            E::InvalidMailboxUser(_) => (StatusCode::NOT_FOUND, "ErrorInvalidUser"),
            E::ItemNotFound => (StatusCode::NOT_FOUND, "ErrorItemNotFound"),
            E::NoPhoto => (StatusCode::NOT_FOUND, "ImageNotFound"),
            E::EncodedBody => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "Request_BadRequest"),
            E::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "Request_BadRequest"),
            E::NotPlayed => (StatusCode::NOT_IMPLEMENTED, "NotImplemented"),
            E::GrantAlreadyExists | E::ServicePrincipalNameInUse(_) => {
                (StatusCode::CONFLICT, "Request_MultipleObjectsWithSameKeyValue")
            }
            E::FailedDependency => (StatusCode::FAILED_DEPENDENCY, "FailedDependency"),
            E::CredentialTypeNotAllowed => {
                (StatusCode::BAD_REQUEST, "CredentialTypeNotAllowedAsPerAppPolicy")
            }
            E::CredentialLifetimeTooLong => {
                (StatusCode::BAD_REQUEST, "CredentialInvalidLifetimeAsPerAppPolicy")
            }
            E::UnsupportedQuery(_) | E::InvalidPageSize(_) => {
                (StatusCode::BAD_REQUEST, "Request_UnsupportedQuery")
            }
            E::SyncStateNotFound(_) => (StatusCode::GONE, "syncStateNotFound"),
            E::InvalidSkipToken => (StatusCode::BAD_REQUEST, "Directory_ExpiredPageToken"),
            E::MalformedItemId => (StatusCode::BAD_REQUEST, "ErrorInvalidIdMalformed"),
            E::NoTimeWindow => (StatusCode::BAD_REQUEST, "ErrorInvalidParameter"),
            E::MailboxBadRequest(_) => (StatusCode::BAD_REQUEST, "ErrorInvalidRequest"),
            E::NotFilterable(_) => (StatusCode::BAD_REQUEST, "ErrorInvalidProperty"),
            E::DuplicateTransaction => (StatusCode::CONFLICT, "ErrorDuplicateTransactionId"),
            E::InefficientFilter => (StatusCode::BAD_REQUEST, "InefficientFilter"),
            E::UnknownSegment(_)
            | E::UnreadableBody
            | E::NoContentType
            | E::MeWithoutPerson
            | E::UnknownSelected { .. }
            | E::UnreadableExpand(_)
            | E::UnreadableFilter(_)
            | E::UnreadableOrder(_)
            | E::InvalidNumber { .. }
            | E::UnknownOption(_)
            | E::BadRequest(_)
            | E::InvalidBatch(_) => (StatusCode::BAD_REQUEST, "BadRequest"),
            _ => (StatusCode::BAD_REQUEST, "Request_BadRequest"),
        }
    }

    /// `error.details`, where Graph gives the finer code.
    fn details(&self) -> Option<Value> {
        let (code, target) = match self {
            Self::Conflict(property) => ("ObjectConflict", *property),
            Self::NoBackingApplication(_) => ("NoBackingApplicationObject", "appId"),
            Self::MissingProperty { property, .. } => ("MissingValue", *property),
            Self::AppRoleAlreadyAssigned => ("InvalidUpdate", ""),
            _ => return None,
        };
        let mut detail = json!({ "code": code, "message": self.to_string() });
        if !target.is_empty() {
            detail["target"] = target.into();
        }
        Some(json!([detail]))
    }

    /// The answer that carries this refusal.
    pub(crate) fn answer(&self, request: &GraphRequest) -> GraphResponse {
        let (status, code) = self.status_and_code();
        let mut body = error_body(request, code, &self.to_string());
        if let Some(details) = self.details() {
            body["error"]["details"] = details;
        }
        let mut response = GraphResponse::json(status, body);
        if let Self::SyncStateNotFound(location) = self {
            put(&mut response.headers, "location", location);
        }
        response
    }
}

/// What every operation gives.
pub(crate) type Result<T> = std::result::Result<T, GraphError>;
