//! An invitation as a file, for where a link gets lost on the way. The same parts as in a link, as JSON.

use contract::Invitation;
use serde::{Deserialize, Serialize};

use super::rules::{InvitationError, Written};

/// Longest file, in bytes. Looked at before anything else is.
pub(super) const LONGEST: usize = 16 * 1024;
const FORMAT: &str = "gatehouse-invitation";
const VERSION: u32 = 1;

/// The file's own form. Strict: an unknown part is a mistake, so that nobody is shown less than is there.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct File {
    format: String,
    version: u32,
    cloud: String,
    client_id: String,
    accounts: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tenant: Option<String>,
    features: Vec<String>,
    product: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    greeting: String,
}

/// What is read first, whatever else is in the file: a newer version may have more parts.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u32,
}

/// The file's text.
pub(super) fn write(invitation: &Invitation) -> String {
    let written = Written::of(invitation);
    let file = File {
        format: FORMAT.to_owned(),
        version: VERSION,
        cloud: written.cloud,
        client_id: written.client_id,
        accounts: written.accounts,
        tenant: written.tenant,
        features: written.features,
        product: written.product,
        organisation: written.organisation,
        greeting: written.greeting,
    };
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

/// Reads a file's text.
pub(super) fn read(text: &str) -> Result<Written, InvitationError> {
    let header: Header = serde_json::from_str(text).map_err(|_| InvitationError::Form)?;
    if header.format != FORMAT {
        return Err(InvitationError::OtherFormat);
    }
    match header.version {
        0 => return Err(InvitationError::Form),
        VERSION => {}
        _ => return Err(InvitationError::Newer),
    }
    let file: File = serde_json::from_str(text).map_err(|_| InvitationError::UnknownPart)?;
    Ok(Written {
        cloud: file.cloud,
        client_id: file.client_id,
        accounts: file.accounts,
        tenant: file.tenant,
        features: file.features,
        product: file.product,
        organisation: file.organisation,
        greeting: file.greeting,
    })
}
