//! What a cmdlet answers when it refuses, in the shape of the admin endpoint.
//!
//! `error.message` is always the same; what happened stands in `error.details`, as `code|exception type|text`.

use http::StatusCode;
use serde_json::{Value, json};

use super::recipients::DOMAIN_CONTROLLER;

/// A refusal. The `Display` text is the last part of the message on the wire.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CmdletError {
    #[error(
        "The operation couldn't be performed because object '{0}' couldn't be found on '{DOMAIN_CONTROLLER}'."
    )]
    NotFound(String),
    #[error("The operation couldn't be performed because '{0}' matches multiple entries.")]
    Ambiguous(String),
    #[error(
        "The command you tried to run isn't currently allowed in your organization. To run this command, you first need to run the command: Enable-OrganizationCustomization."
    )]
    Dehydrated,
    #[error("This operation is not required. Organization is already enabled for customization.")]
    CustomizedAlready,
    #[error("The object '{0}' already exists.")]
    AlreadyExists(String),
    #[error("A parameter cannot be found that matches parameter name '{0}'.")]
    UnknownParameter(String),
    #[error("Cannot process command because of one or more missing mandatory parameters: {0}.")]
    MissingParameter(&'static str),
    #[error(
        "Cannot process argument transformation on parameter '{parameter}'. Cannot convert value \"{value}\" to type \"{wanted}\"."
    )]
    WrongType { parameter: String, value: String, wanted: &'static str },
    #[error("Parameter set cannot be resolved using the specified named parameters.")]
    ParameterSet,
    #[error("Invalid filter syntax. {0}")]
    InvalidFilter(String),
    #[error(
        "The management scope '{0}' can't be removed because it's in use by one or more role assignments."
    )]
    ScopeInUse(String),
    #[error("The service principal '{0}' can't be removed because it has one or more role assignments.")]
    PrincipalInUse(String),
    #[error(
        "The role '{0}' has been retired in Exchange Online. New role assignments with it aren't allowed."
    )]
    RoleRetired(String),
    #[error("The role '{0}' can't be assigned to an application.")]
    RoleNotForApplications(String),
    #[error("The value '{value}' of the parameter '{parameter}' isn't valid. {reason}")]
    InvalidValue { parameter: &'static str, value: String, reason: String },
    #[error(
        "The recipient '{0}' isn't a security principal. Specify a mail-enabled security group, a mailbox or a mail user."
    )]
    NotASecurityPrincipal(String),
    #[error("The recipient \"{member}\" is already a member of the group \"{group}\".")]
    MemberAlreadyExists { member: String, group: String },
    #[error("The recipient \"{member}\" isn't a member of the group \"{group}\".")]
    MemberNotFound { member: String, group: String },
}

impl CmdletError {
    /// The code before the first bar, and the type of the exception.
    fn kind(&self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound(_) => {
                ("Ex6F9304", "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException")
            }
            Self::Ambiguous(_) => {
                ("", "Microsoft.Exchange.Configuration.Tasks.ManagementObjectAmbiguousException")
            }
            Self::Dehydrated => {
                ("", "Microsoft.Exchange.Configuration.Tasks.InvalidOperationInDehydratedContextException")
            }
            Self::AlreadyExists(_) => {
                ("Ex6B6894", "Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException")
            }
            Self::UnknownParameter(_) | Self::MissingParameter(_) | Self::ParameterSet => {
                ("", "System.Management.Automation.ParameterBindingException")
            }
            Self::WrongType { .. } => {
                ("", "System.Management.Automation.ParameterBindingArgumentTransformationException")
            }
            Self::InvalidFilter(_) => ("", "System.Management.Automation.PSArgumentException"),
            Self::MemberAlreadyExists { .. } => {
                ("", "Microsoft.Exchange.Management.Tasks.MemberAlreadyExistsException")
            }
            Self::MemberNotFound { .. } => {
                ("", "Microsoft.Exchange.Management.Tasks.MemberNotFoundException")
            }
            _ => ("", "Microsoft.Exchange.Configuration.Tasks.TaskException"),
        }
    }

    /// 404 for what is not there, 400 for the rest.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// The body that carries the refusal.
    pub(crate) fn body(&self) -> Value {
        let (code, exception) = self.kind();
        let outer = if self.status() == StatusCode::NOT_FOUND { "NotFound" } else { "BadRequest" };
        body(outer, "Error executing cmdlet", Some(&format!("{code}|{exception}|{self}")))
    }
}

/// An error of the endpoint; `detail` is what the cmdlet said.
pub(crate) fn body(code: &str, message: &str, detail: Option<&str>) -> Value {
    let details: Vec<Value> =
        detail.map(|text| json!({ "code": "Client", "target": "", "message": text })).into_iter().collect();
    json!({
        "error": {
            "code": code,
            "message": message,
            "details": details,
            "innererror": {
                "message": message,
                "type": "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
                "stacktrace": "",
                "internalexception": {
                    "message": "Exception of type 'Microsoft.Exchange.Management.PSDirectInvoke.DirectInvokeCmdletExecutionException' was thrown.",
                    "type": "Microsoft.Exchange.Management.PSDirectInvoke.DirectInvokeCmdletExecutionException",
                    "stacktrace": "",
                },
            },
        },
        "adminapi.warnings@odata.type": "#Collection(String)",
        "@adminapi.warnings": [],
    })
}
