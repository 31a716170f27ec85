//! Permissions, APIs and roles that Microsoft has switched off, is going to, or holds back.

use serde::Serialize;
use uuid::Uuid;

use super::key::{AZURE_AD_GRAPH, EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use super::table::{self, Row};

/// That a permission, an API or a role is of no more use, or soon will be.
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

/// That Microsoft has switched a whole API off.
pub(super) fn of_resource(resource: Uuid) -> Option<Retirement> {
    (resource == AZURE_AD_GRAPH).then(|| azure_ad_graph(Vec::new()))
}

/// That Microsoft has taken an Exchange role away, or is going to.
pub(super) fn of_exchange_role(name: &str) -> Option<Retirement> {
    match name {
        "ApplicationImpersonation" => Some(Retirement {
            since: Some("2025-06-30"),
            why: "Microsoft has taken this role out of Exchange Online. It gave one account the mailboxes of others.",
            still_valid: Some("It stays valid for an Exchange Server of your own."),
            instead: vec!["Mail.ReadWrite", "Calendars.ReadWrite", "Contacts.ReadWrite"],
            source: "https://techcommunity.microsoft.com/blog/exchange/4062671",
        }),
        "Application EWS.AccessAsApp" => Some(exchange_web_services()),
        _ => None,
    }
}

fn azure_ad_graph(instead: Vec<&'static str>) -> Retirement {
    Retirement {
        since: Some("2025-06-30"),
        why: "Microsoft has switched off the API that it belongs to, Azure AD Graph. Apps get nothing from it.",
        still_valid: None,
        instead,
        source: "https://techcommunity.microsoft.com/blog/microsoft-entra-blog/4094534",
    }
}

fn exchange_web_services() -> Retirement {
    Retirement {
        since: Some("2026-10-01"),
        why: "Microsoft began to switch off Exchange Web Services in Exchange Online on 1 October 2026, and ends it for \
              good on 1 April 2027.",
        still_valid: Some("It stays valid for an Exchange Server of your own."),
        instead: vec!["Mail.ReadWrite", "Mail.Send", "Calendars.ReadWrite", "Contacts.ReadWrite"],
        source: "https://mc.merill.net/message/MC1227454",
    }
}

pub(super) fn of(row: &Row) -> Option<Retirement> {
    let value = row.value;
    let resource = row.key.resource;
    if resource == AZURE_AD_GRAPH {
        return Some(azure_ad_graph(replacement(row)));
    }
    let ews = value.starts_with("EWS.") || value == "full_access_as_app";
    if ews && (resource == MICROSOFT_GRAPH || resource == EXCHANGE_ONLINE) {
        return Some(exchange_web_services());
    }
    if value.starts_with("EAS.") && (resource == MICROSOFT_GRAPH || resource == EXCHANGE_ONLINE) {
        return Some(Retirement {
            since: Some("2026-03-01"),
            why: "Exchange ActiveSync is made for phones. Since 1 March 2026, Exchange Online refuses all versions of it \
                  before 16.1.",
            still_valid: Some("It stays valid for programs that use version 16.1."),
            instead: vec!["Mail.ReadWrite", "Calendars.ReadWrite", "Contacts.ReadWrite"],
            source: "https://learn.microsoft.com/exchange/clients/exchange-activesync/exchange-activesync",
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
