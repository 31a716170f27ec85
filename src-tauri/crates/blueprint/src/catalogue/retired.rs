//! Permissions that Microsoft has switched off, or is going to.

use serde::Serialize;

use super::key::{AZURE_AD_GRAPH, EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use super::table::{self, Row};

/// That a permission is of no more use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Retirement {
    /// The first day without it, as `YYYY-MM-DD` or `YYYY-MM`, where Microsoft has said one.
    pub since: Option<&'static str>,
    /// What happened to it.
    pub why: &'static str,
    /// Where it still works, if anywhere.
    pub still_valid: Option<&'static str>,
    /// What takes its place: names of Microsoft Graph permissions.
    pub instead: Vec<&'static str>,
    /// Microsoft's announcement.
    pub source: &'static str,
}

/// What the Outlook REST API was about. Exchange has other permissions beside these, which stay.
const OUTLOOK_REST: [&str; 6] = ["Calendars.", "Contacts.", "Mail.", "MailboxSettings.", "People.", "Tasks."];

pub(super) fn of(row: &Row) -> Option<Retirement> {
    let value = row.value;
    let resource = row.key.resource;
    if resource == AZURE_AD_GRAPH {
        return Some(Retirement {
            since: Some("2025-06-30"),
            why: "Microsoft has switched off the API that it belongs to, Azure AD Graph. Apps get nothing from it.",
            still_valid: None,
            instead: replacement(row),
            source: "https://techcommunity.microsoft.com/blog/microsoft-entra-blog/4094534",
        });
    }
    let ews = value.starts_with("EWS.") || value == "full_access_as_app";
    if ews && (resource == MICROSOFT_GRAPH || resource == EXCHANGE_ONLINE) {
        return Some(Retirement {
            since: Some("2026-10-01"),
            why: "Microsoft began to switch off Exchange Web Services in Exchange Online on this day, \
                  and ends it for good on 1 April 2027.",
            still_valid: Some("It stays valid for an Exchange Server of your own."),
            instead: vec!["Mail.ReadWrite", "Mail.Send", "Calendars.ReadWrite", "Contacts.ReadWrite"],
            source: "https://mc.merill.net/message/MC1227454",
        });
    }
    if resource == EXCHANGE_ONLINE && OUTLOOK_REST.iter().any(|prefix| value.starts_with(prefix)) {
        return Some(Retirement {
            since: Some("2024-03"),
            why: "Microsoft has switched off the older Outlook API that it belongs to.",
            still_valid: None,
            instead: graph_twin(row),
            source: "https://learn.microsoft.com/outlook/rest/compare-graph",
        });
    }
    if row.microsoft_name.contains("(deprecated)") {
        return Some(Retirement {
            since: None,
            why: "Microsoft lists it as no longer supported.",
            still_valid: None,
            instead: Vec::new(),
            source: "https://learn.microsoft.com/graph/permissions-reference",
        });
    }
    None
}

/// The Microsoft Graph permission whose id stands in the row.
fn replacement(row: &Row) -> Vec<&'static str> {
    table::of(MICROSOFT_GRAPH)
        .iter()
        .filter(|graph| graph.key.kind == row.key.kind && graph.key.id.to_string() == row.extra)
        .map(|graph| graph.value)
        .collect()
}

/// The permission of the same meaning on Microsoft Graph. The older API put `.All` behind names that Microsoft Graph
/// has without it; where Graph has the name with `.All` too, it means something else (`Calendars.Read.All` there is
/// about working hours).
fn graph_twin(row: &Row) -> Vec<&'static str> {
    const MAIL_DATA: [&str; 3] = ["Calendars.", "Contacts.", "Mail."];
    let of_mail = MAIL_DATA.iter().any(|prefix| row.value.starts_with(prefix));
    let wanted = match row.value.strip_suffix(".All") {
        Some(bare) if of_mail && row.key.kind == super::PermissionKind::Application => bare.to_owned(),
        Some(bare) if of_mail => format!("{bare}.Shared"),
        _ => row.value.to_owned(),
    };
    let mut twins: Vec<&'static str> = table::of(MICROSOFT_GRAPH)
        .iter()
        .filter(|graph| graph.key.kind == row.key.kind && graph.value == wanted)
        .map(|graph| graph.value)
        .collect();
    twins.dedup();
    twins
}
