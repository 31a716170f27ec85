//! Usage reports and their settings.
//!
//! Source: "reportRoot: getOffice365ActiveUserDetail" and its siblings: 302 to a download that needs no token.

use http::{Method, StatusCode};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::privilege::{self, Deed};
use super::super::router::{Route, change, get};
use super::super::schema::entity;
use super::super::validate::{self, edit, merge, new_row};
use crate::store::Tables;
use crate::tenant::put;
use crate::usage_reports::{self, Report};

const NAME: &str = "reportSettings";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/admin/reportSettings", read),
        change(Method::PATCH, "/admin/reportSettings", update),
        // The same functions take `date=` instead of `period=`; the arguments tell which.
        get("/reports/getOffice365ActiveUserDetail(period='{period}')", active_users),
        get("/reports/getMailboxUsageDetail(period='{period}')", mailbox_usage),
        get("/reports/getEmailActivityUserDetail(period='{period}')", email_activity),
    ]
}

fn active_users(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    redirect(call, tables, Report::ActiveUsers)
}

fn mailbox_usage(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    redirect(call, tables, Report::MailboxUsage)
}

fn email_activity(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    redirect(call, tables, Report::EmailActivity)
}

fn redirect(call: &Call<'_>, tables: &Tables, report: Report) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadReports)?;
    let argument = |wanted: &str| {
        call.arguments
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.trim_matches('\''))
    };
    let days = match (argument("period"), argument("date")) {
        (Some(period), None) => PERIODS.into_iter().find(|(name, _)| *name == period).map(|(_, days)| days),
        (None, Some(date)) if report != Report::MailboxUsage => recent(call, date).then_some(1),
        _ => None,
    };
    let days = days.ok_or_else(|| {
        GraphError::BadRequest(
            "Invalid period value specified. The supported values are D7, D30, D90 and D180.".into(),
        )
    })?;
    let location = usage_reports::link(call.tenant, report, days, call.now());
    let mut response = GraphResponse::empty(StatusCode::FOUND);
    put(&mut response.headers, "location", &location);
    put(&mut response.headers, "content-type", "text/plain");
    Ok(response)
}

/// Periods by name, in days.
const PERIODS: [(&str, u32); 4] = [("D7", 7), ("D30", 30), ("D90", 90), ("D180", 180)];

/// Single days can be asked for during the last 30.
fn recent(call: &Call<'_>, date: &str) -> bool {
    let today = call.now().to_zoned(TimeZone::UTC).date();
    date.parse::<Date>().is_ok_and(|date| (0..=30).contains(&(today - date).get_days()))
}

/// Whether names are hidden. They are unless an administrator shows them (the default since 2021-09).
pub(crate) fn conceals_names(tables: &Tables) -> bool {
    tables.policies.get(NAME).is_none_or(|row| row.body.get("displayConcealedNames") != Some(&false.into()))
}

fn read(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadReports)?;
    // Names are hidden unless an administrator shows them (the default since 2021-09).
    let hidden = json!({ "id": "", "displayConcealedNames": true }).as_object().cloned().unwrap_or_default();
    let body = tables.policies.get(NAME).map_or(&hidden, |row| &row.body);
    call.one("admin/reportSettings", entity("adminReportSettings"), body)
}

fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::WriteReportSettings)?;
    let changes =
        validate::body(entity("adminReportSettings"), "AdminReportSettings", &["id"], call.body()?)?;
    if !changes.contains_key("displayConcealedNames") {
        return Err(GraphError::MissingProperty {
            property: "displayConcealedNames",
            resource: "AdminReportSettings",
        });
    }
    let now = call.now();
    let fresh = json!({ "id": "", "displayConcealedNames": true }).as_object().cloned().unwrap_or_default();
    let row = tables.policies.entry(NAME.to_owned()).or_insert_with(|| new_row(fresh, now));
    edit(row, now, |body| merge(body, changes));
    Ok(call.no_content())
}
