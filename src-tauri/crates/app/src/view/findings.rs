//! Findings as the window shows them.

use contract::{
    Advice, AppFinding, CredentialRef, FindingRule, IgnoredFinding, NewCredential, PlanRequest, Remedy,
    RemedyAction, RuleCount, When,
};
use jiff::{SignedDuration, Timestamp};
use watch::findings::{Context, Listed, Rule};
use watch::{CredentialKind, Known};

use super::inventory::severity;

/// A finding. `app` is the app as last read, for buttons that depend on it.
pub(crate) fn finding(listed: Listed, app: Option<&watch::App>, context: &Context) -> AppFinding {
    let finding = listed.finding;
    let remedy = finding.remedy.map(|remedy| {
        let action =
            remedy.button.as_ref().map(|button| action(&button.action, &finding.app_id, app, context));
        Remedy { sentence: remedy.sentence, button: remedy.button.map(|button| button.label), action }
    });
    AppFinding {
        id: finding.id,
        rule: rule(finding.rule),
        severity: severity(finding.severity),
        app_id: finding.app_id,
        app_name: finding.app_name,
        title: finding.title,
        why: finding.why,
        evidence: finding.evidence,
        remedy,
        ignored: listed.ignored.map(|ignored| IgnoredFinding {
            reason: ignored.reason,
            until: ignored.until.map(When),
            at: When(ignored.at),
        }),
    }
}

fn action(
    action: &watch::findings::RemedyAction,
    app_id: &str,
    app: Option<&watch::App>,
    context: &Context,
) -> RemedyAction {
    use watch::findings::RemedyAction as Action;
    let app_id = app_id.to_owned();
    let plan = |request| RemedyAction::Plan { request: Box::new(request) };
    match action {
        Action::RenewCredential { key_ids } => {
            let new = in_its_place(key_ids, app, context);
            plan(PlanRequest::RenewCredential { app_id, replaces: key_ids.clone(), new })
        }
        Action::RemoveCredentials { key_ids } => plan(PlanRequest::RemoveCredentials {
            credentials: key_ids
                .iter()
                .map(|key_id| CredentialRef { app_id: app_id.clone(), key_id: key_id.clone() })
                .collect(),
        }),
        Action::Grant => plan(PlanRequest::Grant { app_id }),
        Action::AddOwner | Action::LimitMailboxes | Action::OpenApp => RemedyAction::App { app_id },
        Action::OpenConnection { connection_id } => {
            RemedyAction::Connection { connection_id: connection_id.clone() }
        }
        Action::Link { url } => RemedyAction::Link { url: url.clone() },
    }
}

/// The same kind again, but a certificate where the organisation allows no secrets.
fn in_its_place(key_ids: &[String], app: Option<&watch::App>, context: &Context) -> NewCredential {
    let was = app.and_then(|app| app.credentials.iter().find(|one| key_ids.contains(&one.key_id)));
    let certificate = was.is_some_and(|one| one.kind == CredentialKind::Certificate);
    if certificate || secrets_forbidden(app, context) {
        NewCredential::MadeCertificate { months: None }
    } else {
        NewCredential::Secret { months: None }
    }
}

/// Whether the organisation allows no new secret on this app.
fn secrets_forbidden(app: Option<&watch::App>, context: &Context) -> bool {
    let created = app.and_then(|app| app.registration.as_ref()?.created).unwrap_or(Timestamp::UNIX_EPOCH);
    context.policy.seen().is_some_and(|policy| policy.password_rules(created).forbidden)
}

/// What to take in the place of secrets where the organisation forbids them on this app.
pub(crate) fn instead_of_secrets(app: &watch::App, context: &Context) -> Option<Advice> {
    (app.registration.is_some() && secrets_forbidden(Some(app), context)).then(super::advice::without_secrets)
}

/// The organisation's rules about credentials, as sentences.
pub(crate) fn policy(context: &Context) -> Vec<String> {
    let policy = match &context.policy {
        Known::Seen(policy) => policy,
        Known::NotLooked => return vec!["Nobody has looked up yet what the organisation allows.".to_owned()],
        Known::Hidden(_) => {
            return vec!["What the organisation allows could not be looked up.".to_owned()];
        }
    };
    let secrets = policy.password_rules(context.now);
    let certificates = policy.certificate_rules(context.now);
    let mut rules = Vec::new();
    if secrets.forbidden {
        rules.push("Your organisation allows no new client secrets.".to_owned());
    } else if let Some(longest) = secrets.longest {
        rules.push(format!("A client secret may live {} at most.", days(longest)));
    }
    if certificates.trusted_only {
        rules.push("Certificates must come from an authority that your organisation has chosen.".to_owned());
    }
    if let Some(longest) = certificates.longest {
        rules.push(format!("A certificate may live {} at most.", days(longest)));
    }
    rules
}

fn days(life: SignedDuration) -> String {
    match life.as_hours() / 24 {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

/// How many findings a rule has.
pub(crate) fn rule_count(count: &watch::findings::RuleCount) -> RuleCount {
    RuleCount {
        rule: rule(count.rule),
        name: count.rule.title().to_owned(),
        severity: severity(count.severity),
        count: count.count,
    }
}

macro_rules! rules {
    ($($name:ident),+ $(,)?) => {
        fn rule(rule: Rule) -> FindingRule {
            match rule { $(Rule::$name => FindingRule::$name),+ }
        }

        /// The rule as `watch` names it.
        pub(crate) fn rule_of(rule: FindingRule) -> Rule {
            match rule { $(FindingRule::$name => Rule::$name),+ }
        }
    };
}

rules!(
    Expired,
    Expiring,
    ExpiredLeftBehind,
    UnusedCredential,
    OlderThanPolicy,
    NeverEnds,
    NoOwner,
    OneOwner,
    MissingConsent,
    ExcessConsent,
    Drift,
    EveryMailbox,
    UnionTrap,
    RetiredApi,
    PlainHttpRedirect,
    StrangeRedirect,
    MultiTenant,
    OverPrivileged,
);
