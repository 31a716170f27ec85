//! What Microsoft has switched off, or is going to.

use blueprint::catalogue::{self, AZURE_AD_GRAPH, Retirement};
use blueprint::ews;
use jiff::civil::Date;
use uuid::Uuid;

use super::super::case::Case;
use super::super::permissions::{self, Entry};
use super::super::{Finding, RemedyAction, Rule, Severity, words};
use crate::Requested;

/// A retirement that an app is concerned by.
struct Concern {
    family: Family,
    retirement: Retirement,
    /// Names of permissions or roles.
    asked: Vec<String>,
    granted: Vec<String>,
    by_itself: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    AzureAdGraph,
    WebServices,
    ActiveSync,
    OutlookRest,
    Unsupported,
    Impersonation,
}

impl Family {
    fn of(entry: &Entry) -> Self {
        let value = entry.value;
        match &entry.retired {
            _ if entry.key.resource == AZURE_AD_GRAPH => Self::AzureAdGraph,
            _ if value.starts_with("EWS.") || value == "full_access_as_app" => Self::WebServices,
            _ if value.starts_with("EAS.") => Self::ActiveSync,
            Some(retirement) if retirement.since.is_some() => Self::OutlookRest,
            _ => Self::Unsupported,
        }
    }

    /// In ids. Never changes.
    fn as_str(self) -> &'static str {
        match self {
            Self::AzureAdGraph => "azureAdGraph",
            Self::WebServices => "ews",
            Self::ActiveSync => "eas",
            Self::OutlookRest => "outlookRest",
            Self::Unsupported => "unsupported",
            Self::Impersonation => "applicationImpersonation",
        }
    }

    fn title(self, over: bool) -> &'static str {
        match self {
            Self::AzureAdGraph => "It is made for Azure AD Graph, which Microsoft has switched off.",
            Self::WebServices if over => "It is made for Exchange Web Services, which have ended.",
            Self::WebServices => "It is made for Exchange Web Services, which are being switched off.",
            Self::ActiveSync => {
                "It is made for Exchange ActiveSync, of which only the newest version still works."
            }
            Self::OutlookRest => "It is made for the old Outlook API, which Microsoft has switched off.",
            Self::Unsupported => "Microsoft no longer supports some of its permissions.",
            Self::Impersonation => "It was given ApplicationImpersonation, which Microsoft has taken away.",
        }
    }
}

/// Whether a retirement leaves nothing that works.
fn is_gone(retirement: &Retirement, today: Date) -> bool {
    retirement.still_valid.is_none() && begun(retirement, today)
}

fn begun(retirement: &Retirement, today: Date) -> bool {
    retirement.since.and_then(first_day).is_some_and(|since| since <= today)
}

/// Whether the role of a retirement is gone from Exchange Online. Exchange Web Services end only on their last day.
pub(super) fn has_begun(case: &Case<'_>, retirement: &Retirement) -> bool {
    let services = retirement.source == ews::SOURCE;
    begun(retirement, case.days.today) && (!services || case.days.today >= ews::END)
}

/// The first day of `YYYY-MM-DD` or `YYYY-MM`.
fn first_day(since: &str) -> Option<Date> {
    since.parse().or_else(|_| format!("{since}-01").parse()).ok()
}

/// Whether nothing of a permission works any more.
pub(super) fn entry_is_over(case: &Case<'_>, entry: &Entry) -> bool {
    entry.retired.as_ref().is_some_and(|retirement| is_gone(retirement, case.days.today))
}

/// The same of a requested permission; true of a whole API too.
pub(super) fn is_over(case: &Case<'_>, wanted: &Requested) -> bool {
    match permissions::requested(wanted) {
        Some(entry) => entry_is_over(case, entry),
        None => Uuid::try_parse(&wanted.resource)
            .ok()
            .and_then(catalogue::retired_resource)
            .is_some_and(|retirement| is_gone(&retirement, case.days.today)),
    }
}

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Finding>) {
    let mut concerns: Vec<Concern> = Vec::new();
    for wanted in case.app.registration.iter().flat_map(|one| &one.requested) {
        if let Some(entry) = permissions::requested(wanted) {
            note(&mut concerns, entry, false, wanted.application);
        } else if Uuid::try_parse(&wanted.resource) == Ok(AZURE_AD_GRAPH) {
            unnamed(&mut concerns);
        }
    }
    for grant in case.app.grants.seen().into_iter().flatten() {
        if let Some(entry) = permissions::granted(grant) {
            note(&mut concerns, entry, true, grant.application);
        }
    }
    let limits = case.context.mailboxes.seen().and_then(|all| all.get(&case.app.app_id));
    for role in limits.into_iter().flat_map(|one| one.limited_roles.iter().chain(&one.wide_roles)) {
        if let Some(retirement) = catalogue::retired_exchange_role(role) {
            let ews = role.contains("EWS");
            let family = if ews { Family::WebServices } else { Family::Impersonation };
            let concern = concern(&mut concerns, family, &retirement);
            concern.granted.push(role.clone());
            concern.by_itself = true;
        }
    }
    found.extend(concerns.iter().map(|concern| write(case, concern)));
}

fn concern<'c>(concerns: &'c mut Vec<Concern>, family: Family, retirement: &Retirement) -> &'c mut Concern {
    let at = concerns.iter().position(|one| one.family == family).unwrap_or_else(|| {
        concerns.push(Concern {
            family,
            retirement: retirement.clone(),
            asked: Vec::new(),
            granted: Vec::new(),
            by_itself: false,
        });
        concerns.len() - 1
    });
    &mut concerns[at]
}

fn note(concerns: &mut Vec<Concern>, entry: &Entry, granted: bool, by_itself: bool) {
    let Some(retirement) = &entry.retired else { return };
    let concern = concern(concerns, Family::of(entry), retirement);
    let list = if granted { &mut concern.granted } else { &mut concern.asked };
    if !list.iter().any(|name| name == entry.value) {
        list.push(entry.value.to_owned());
    }
    concern.by_itself |= granted && by_itself;
    // Two permissions of a family may have different successors.
    for name in &retirement.instead {
        if !concern.retirement.instead.contains(name) {
            concern.retirement.instead.push(name);
        }
    }
}

/// A permission of an API that is gone as a whole, and whose name nobody remembers.
fn unnamed(concerns: &mut Vec<Concern>) {
    const NAME: &str = "a permission of Azure AD Graph";
    if let Some(retirement) = catalogue::retired_resource(AZURE_AD_GRAPH) {
        let concern = concern(concerns, Family::AzureAdGraph, &retirement);
        if !concern.asked.iter().any(|name| name == NAME) {
            concern.asked.push(NAME.to_owned());
        }
    }
}

fn write(case: &Case<'_>, concern: &Concern) -> Finding {
    let Concern { family, retirement, asked, granted, by_itself } = concern;
    let today = case.days.today;
    let over = *family == Family::WebServices && today >= ews::END || is_gone(retirement, today);
    let severity = match family {
        Family::ActiveSync | Family::Unsupported => Severity::Info,
        Family::WebServices if !granted.is_empty() => Severity::Warning,
        _ if *by_itself => Severity::Warning,
        _ => Severity::Info,
    };
    let mut draft = case
        .finding(Rule::RetiredApi, family.as_str(), severity, family.title(over).to_owned())
        .why(retirement.why)
        .at(retired_on(case, *family));
    let only_asked: Vec<&String> = asked.iter().filter(|name| !granted.contains(name)).collect();
    if !granted.is_empty() {
        draft = draft.seen(format!("It holds {}.", words::list(granted)));
    }
    if !only_asked.is_empty() {
        draft = draft.seen(format!("It asks for {}.", words::list(&only_asked)));
    }
    if *family == Family::WebServices
        && let (Some(policy), Ok(id)) = (case.context.ews.seen(), Uuid::try_parse(&case.app.app_id))
    {
        draft = draft.seen(ews::standing(policy, id, today).sentence());
    }
    draft = draft.seen(case.last_sign_in());
    if let Some(still) = retirement.still_valid {
        draft = draft.seen(still);
    }
    let sentence = match retirement.instead.as_slice() {
        [] => "Ask the vendor what takes their place.".to_owned(),
        instead => {
            format!("Ask the vendor for a version on Microsoft Graph. It would use {}.", words::list(instead))
        }
    };
    let action = RemedyAction::Link { url: retirement.source.to_owned() };
    draft.remedy(sentence, "Read Microsoft's notice", action).done()
}

/// The day that counts: for Exchange Web Services their end, which lies ahead.
fn retired_on(case: &Case<'_>, family: Family) -> Option<jiff::Timestamp> {
    if family != Family::WebServices {
        return None;
    }
    ews::END.to_zoned(case.context.zone.clone()).ok().map(|zoned| zoned.timestamp())
}
