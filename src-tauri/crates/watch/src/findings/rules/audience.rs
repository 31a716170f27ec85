//! Apps that people of other organisations can use.

use blueprint::SignInAudience;
use url::Url;

use super::super::case::Case;
use super::super::{Finding, Rule, Severity};
use super::lookalike;
use crate::Registration;

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Finding>) {
    let Some(registration) = case.app.registration.as_ref() else { return };
    let Some(audience) = registration.audience.as_deref().and_then(parse) else { return };
    let wanted = case.connection.map(|connection| connection.spec.sign_in_audience);
    if audience == SignInAudience::AzureAdMyOrg || wanted == Some(audience) {
        return;
    }
    found.push(open(case, registration, audience));
}

/// Microsoft's value; none for one that nobody here knows.
pub(super) fn parse(audience: &str) -> Option<SignInAudience> {
    [
        SignInAudience::AzureAdMyOrg,
        SignInAudience::AzureAdMultipleOrgs,
        SignInAudience::AzureAdAndPersonalMicrosoftAccount,
        SignInAudience::PersonalMicrosoftAccount,
    ]
    .into_iter()
    .find(|known| known.as_graph().eq_ignore_ascii_case(audience))
}

fn open(case: &Case<'_>, registration: &Registration, audience: SignInAudience) -> Finding {
    let title = match audience {
        SignInAudience::AzureAdAndPersonalMicrosoftAccount => {
            "Anybody with a Microsoft account can use the app."
        }
        SignInAudience::PersonalMicrosoftAccount => "Only personal Microsoft accounts can use the app.",
        SignInAudience::AzureAdMyOrg | SignInAudience::AzureAdMultipleOrgs => {
            "People of any organisation can use the app."
        }
    };
    // Rights of its own are what somebody from elsewhere would be after.
    let by_itself = case.app.grants.seen().is_some_and(|grants| grants.iter().any(|one| one.application));
    let severity = if by_itself { Severity::Warning } else { Severity::Info };
    let mut draft = case
        .finding(Rule::MultiTenant, "", severity, title.to_owned())
        .why("More people can try to get in than need to.")
        .seen(format!("Its account type is {}.", audience.as_graph()));
    if registration.redirects.is_empty() {
        draft = draft.seen("It has no address to send people back to, so nobody signs in through it.");
    } else if let Some(true) = only_own_domains(case, registration) {
        draft = draft.seen("All its addresses are on domains of yours.");
    }
    if by_itself {
        draft = draft.seen("It also has rights of its own, without anybody signed in.");
    }
    draft
        .seen("Whether people elsewhere use it cannot be seen from here: Microsoft shows that only to them.")
        .look("If only your own people use it, let only this organisation sign in.")
        .done()
}

/// Whether every address is on a domain of the organisation; none where the domains are not known.
fn only_own_domains(case: &Case<'_>, registration: &Registration) -> Option<bool> {
    let own = case.context.domains.seen()?;
    Some(registration.redirects.iter().all(|redirect| {
        Url::parse(&redirect.uri)
            .ok()
            .and_then(|url| {
                url.host_str().map(|host| own.iter().any(|domain| lookalike::is_within(host, domain)))
            })
            .unwrap_or(false)
    }))
}
