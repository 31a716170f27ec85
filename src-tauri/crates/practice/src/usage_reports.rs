//! Usage reports as files: the link that Graph redirects to, and the table behind it.
//!
//! The link carries everything, is good for some minutes and needs no token. Sending one along is refused here, although
//! nobody documents what happens: a token must not leave for a place that it is not meant for.

use axum::body::Bytes;
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::graph::conceals_names;
use crate::random::Random;
use crate::serve::{Answer, Incoming, plain};
use crate::store::{Row, Tables};
use crate::tenant::{Tenant, put};

/// Where reports are downloaded.
pub(crate) const DOWNLOAD: &str = "/usage-reports/data/v1.0/download";
/// How long a link is good.
const LIFE: SignedDuration = SignedDuration::from_mins(5);
const ACTIVE_USERS: &str = "Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Has Exchange License,Has OneDrive License,Has SharePoint License,Has Skype For Business License,Has Yammer License,Has Teams License,Exchange Last Activity Date,OneDrive Last Activity Date,SharePoint Last Activity Date,Skype For Business Last Activity Date,Yammer Last Activity Date,Teams Last Activity Date,Exchange License Assign Date,OneDrive License Assign Date,SharePoint License Assign Date,Skype For Business License Assign Date,Yammer License Assign Date,Teams License Assign Date,Assigned Products";
const MAILBOX_USAGE: &str = "Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Created Date,Last Activity Date,Item Count,Storage Used (Byte),Issue Warning Quota (Byte),Prohibit Send Quota (Byte),Prohibit Send/Receive Quota (Byte),Deleted Item Count,Deleted Item Size (Byte),Deleted Item Quota (Byte),Has Archive,Report Period";
const EMAIL_ACTIVITY: &str = "Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Last Activity Date,Send Count,Receive Count,Read Count,Meeting Created Count,Meeting Interacted Count,Assigned Products,Report Period";

/// Which report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Report {
    /// `getOffice365ActiveUserDetail`
    ActiveUsers,
    /// `getMailboxUsageDetail`
    MailboxUsage,
    /// `getEmailActivityUserDetail`
    EmailActivity,
}

/// What a link says.
#[derive(Deserialize)]
struct Ticket {
    report: Report,
    days: u32,
    until: i64,
}

/// The address of a report, for whoever holds it.
pub(crate) fn link(tenant: &Tenant, report: Report, days: u32, now: Timestamp) -> String {
    let ticket = json!({ "report": report, "days": days, "until": (now + LIFE).as_second() });
    let token = tenant.keys.sign(&ticket).unwrap_or_default();
    format!("{}{DOWNLOAD}?token={token}", tenant.graph_base())
}

/// Answers the download.
pub(crate) fn download(tenant: &Tenant, incoming: &Incoming) -> Answer {
    if incoming.headers.contains_key("authorization") {
        return plain(
            StatusCode::BAD_REQUEST,
            "This link is authorized by itself. Send no Authorization header.",
        );
    }
    let token = url::form_urlencoded::parse(incoming.query.as_deref().unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "token")
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default();
    let ticket =
        tenant.keys.open(&token).ok().and_then(|claims| serde_json::from_value::<Ticket>(claims).ok());
    let Some(ticket) = ticket.filter(|ticket| ticket.until >= incoming.at.as_second()) else {
        return plain(StatusCode::FORBIDDEN, "The link isn't valid or has expired.");
    };
    let text = tenant.read(|tables| table(tables, &ticket, incoming.at));
    // Microsoft's files begin with a byte order mark.
    let mut answer = Answer::new(Bytes::from(format!("\u{feff}{text}")));
    put(answer.headers_mut(), "content-type", "application/octet-stream");
    put(answer.headers_mut(), "content-disposition", "attachment; filename=report.csv");
    answer
}

fn table(tables: &Tables, ticket: &Ticket, now: Timestamp) -> String {
    let heading = match ticket.report {
        Report::ActiveUsers => ACTIVE_USERS,
        Report::MailboxUsage => MAILBOX_USAGE,
        Report::EmailActivity => EMAIL_ACTIVITY,
    };
    let concealed = conceals_names(tables);
    let refreshed = day(now - SignedDuration::from_hours(48));
    let people = tables.users.values().filter(|row| row.deleted.is_none() && row.text("userType") != "Guest");
    let lines = people.filter_map(|row| {
        let columns = line(tables, ticket, row, concealed, &refreshed, now)?;
        Some(columns.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(","))
    });
    std::iter::once(heading.to_owned()).chain(lines).map(|line| line + "\n").collect()
}

fn line(
    tables: &Tables,
    ticket: &Ticket,
    row: &Row,
    concealed: bool,
    refreshed: &str,
    now: Timestamp,
) -> Option<Vec<String>> {
    let mailbox = tables.mailboxes.get(row.text("id"));
    let shown = |name: &str| if concealed { hidden(row.text(name)) } else { row.text(name).to_owned() };
    let mut columns = vec![
        refreshed.to_owned(),
        shown("userPrincipalName"),
        shown("displayName"),
        "False".into(),
        String::new(),
    ];
    let mut random = Random::for_purpose(u64::from(ticket.days), row.text("id"));
    let active = day(now
        - SignedDuration::from_hours(
            24 * (2 + i64::try_from(random.below(ticket.days as usize)).unwrap_or(0)),
        ));
    let products = if mailbox.is_some() { "MICROSOFT 365 BUSINESS PREMIUM" } else { "" };
    let created = row.text("createdDateTime").get(..10).unwrap_or_default().to_owned();
    let licensed = if mailbox.is_some() { "True" } else { "False" };
    match ticket.report {
        Report::ActiveUsers => {
            columns.extend([licensed, licensed, licensed, "False", "False", licensed].map(str::to_owned));
            let when = |value: &str| if mailbox.is_some() { value.to_owned() } else { String::new() };
            columns.extend([
                when(&active),
                when(&active),
                String::new(),
                String::new(),
                String::new(),
                when(&active),
            ]);
            columns.extend([
                when(&created),
                when(&created),
                when(&created),
                String::new(),
                String::new(),
                when(&created),
            ]);
            columns.push(products.to_owned());
        }
        Report::MailboxUsage => {
            let mailbox = mailbox?;
            let count = mailbox.messages.len();
            columns.extend([created, active, count.to_string(), (count * 75_000).to_string()]);
            columns.extend(
                ["52613349376", "53687091200", "54760833024", "0", "0", "32212254720", "False"]
                    .map(str::to_owned),
            );
            columns.push(ticket.days.to_string());
        }
        Report::EmailActivity => {
            let mailbox = mailbox?;
            let received = mailbox.messages.len();
            columns.extend([
                active,
                (received / 3).to_string(),
                received.to_string(),
                (received / 2).to_string(),
            ]);
            columns.extend([(mailbox.events.len() / 4).to_string(), mailbox.events.len().to_string()]);
            columns.extend([products.to_owned(), ticket.days.to_string()]);
        }
    }
    Some(columns)
}

/// A name that says nothing, the same in every report.
fn hidden(name: &str) -> String {
    Sha256::digest(name.as_bytes()).iter().take(16).map(|byte| format!("{byte:02X}")).collect()
}

fn quoted(value: &str) -> String {
    if value.contains([',', '"', '\n']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}

fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}
