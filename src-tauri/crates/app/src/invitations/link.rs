//! An invitation as a link: `gatehouse://connect?v=1&…`, with known keys only, each at most once (`docs/invitations.md`).

use contract::Invitation;
use url::form_urlencoded::{Serializer, parse};

use super::rules::{InvitationError, Written};

/// Longest link, in bytes: what mail programs and chats carry without breaking it.
pub(super) const LONGEST: usize = 2_000;
const START: &str = "gatehouse://connect";
const VERSION: &str = "1";

/// Whether a text is a link of ours, good or bad: the scheme decides.
pub(super) fn is_ours(text: &str) -> bool {
    text.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("gatehouse:"))
}

/// The link.
pub(super) fn write(invitation: &Invitation) -> Result<String, InvitationError> {
    let written = Written::of(invitation);
    let mut query = Serializer::new(String::new());
    query.append_pair("v", VERSION);
    query.append_pair("client", &written.client_id);
    query.append_pair("for", &written.features.join(" "));
    query.append_pair("accounts", &written.accounts);
    query.append_pair("cloud", &written.cloud);
    for (key, text) in [
        ("tenant", written.tenant.as_deref().unwrap_or_default()),
        ("product", &written.product),
        ("organisation", &written.organisation),
        ("greeting", &written.greeting),
    ] {
        if !text.is_empty() {
            query.append_pair(key, text);
        }
    }
    let link = format!("{START}?{}", query.finish());
    if link.len() > LONGEST { Err(InvitationError::LinkTooLong) } else { Ok(link) }
}

/// Reads a link. What is not exactly of this form is refused: no other host, path, port, name or fragment.
pub(super) fn read(text: &str) -> Result<Written, InvitationError> {
    let link = text.trim();
    if link.len() > LONGEST {
        return Err(InvitationError::LinkTooLong);
    }
    if !link.bytes().all(|byte| byte.is_ascii_graphic()) || link.contains('#') {
        return Err(InvitationError::OtherLink);
    }
    let (place, query) = link.split_once('?').ok_or(InvitationError::OtherLink)?;
    // Some systems put a slash behind the host.
    if !place.strip_suffix('/').unwrap_or(place).eq_ignore_ascii_case(START) {
        return Err(InvitationError::OtherLink);
    }
    let mut parts: Vec<(String, String)> = Vec::new();
    for (key, value) in parse(query.as_bytes()) {
        if parts.iter().any(|(known, _)| *known == key) {
            return Err(InvitationError::Twice);
        }
        parts.push((key.into_owned(), value.into_owned()));
    }
    let mut take =
        |key: &str| parts.iter().position(|(known, _)| known == key).map(|at| parts.swap_remove(at).1);
    match take("v").as_deref() {
        Some(VERSION) => {}
        Some(newer) if newer.parse::<u16>().is_ok_and(|version| version > 1) => {
            return Err(InvitationError::Newer);
        }
        _ => return Err(InvitationError::Form),
    }
    let written = Written {
        client_id: take("client").ok_or(InvitationError::Missing("the app's client ID"))?,
        features: take("for").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        accounts: take("accounts").ok_or(InvitationError::Missing("which accounts it is for"))?,
        cloud: take("cloud").ok_or(InvitationError::Missing("the cloud"))?,
        tenant: take("tenant"),
        product: take("product").unwrap_or_default(),
        organisation: take("organisation").unwrap_or_default(),
        greeting: take("greeting").unwrap_or_default(),
    };
    if parts.is_empty() { Ok(written) } else { Err(InvitationError::UnknownPart) }
}
