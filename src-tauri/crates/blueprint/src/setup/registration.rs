//! What one app registration has to be.

use super::condition::Situation;
use super::input::{self, redirect};
use super::made::Made;
use super::{
    CertificateSpec, Choices, CredentialSpec, InputIssue, InputProblem, IssueSubject, MailboxAccess,
    PermissionNeed, RedirectUri, RegistrationSpec, RemovalSpec, SecretSpec, Template,
};
use crate::catalogue;
use crate::connector::{Connector, Credential, Registration, RequestedPermission};

/// Longest display name. Microsoft takes 256 characters; nobody can read them.
const MAX_DISPLAY_NAME: u32 = 120;

/// Everything about one registration; `None`, with issues noted, when something is missing for it.
pub(super) fn spec(
    connector: &Connector,
    made: &Made<'_>,
    choices: &Choices,
    situation: &Situation<'_>,
    issues: &mut Vec<InputIssue>,
) -> Option<RegistrationSpec> {
    let registration = made.registration;
    let only = made.environments(situation);
    let situation = Situation { environments: &only, ..*situation };
    let before = issues.len();
    let mut note =
        |subject: IssueSubject, problem: InputProblem| issues.push(InputIssue { subject, problem });

    let sign_in_audience = match made.choice(&choices.audiences) {
        Some(wanted) if registration.audiences.iter().any(|offer| offer.audience == *wanted) => Some(*wanted),
        Some(_) => {
            note(IssueSubject::Audience(made.key.clone()), InputProblem::AudienceNotOffered);
            None
        }
        None => registration.audiences.first().map(|offer| offer.audience),
    };
    let display_name = match made.choice(&choices.display_names) {
        Some(own) => input::name(own, MAX_DISPLAY_NAME)
            .map_err(|problem| note(IssueSubject::DisplayName(made.key.clone()), problem))
            .ok(),
        None => made.fill(&registration.display_name, &situation),
    };
    let credential = match credential_spec(made, choices, &situation) {
        Ok(credential) => credential,
        Err(problem) => {
            note(IssueSubject::SecretMonths(made.key.clone()), problem);
            None
        }
    };
    let mailbox_access = match made.choice(&choices.mailbox_access) {
        Some(access) if access.is_limited() && registration.mailbox_limit.is_none() => {
            note(IssueSubject::MailboxAccess(made.key.clone()), InputProblem::NoLimit);
            None
        }
        Some(access) => access
            .judge()
            .map_err(|problem| note(IssueSubject::MailboxAccess(made.key.clone()), problem))
            .ok(),
        None => Some(MailboxAccess::Everyone),
    };
    let redirect_uris = redirect_uris(made, &situation, &mut note);
    // A template that could not be filled lacks an answer, for which there is an issue already.
    let (sign_in_audience, display_name, credential) = (sign_in_audience?, display_name?, credential?);
    let mailbox_access = mailbox_access?;
    let is_on = |wanted: &RequestedPermission| {
        wanted.default || wanted.switch().is_some_and(|switch| choices.permissions_on.contains(&switch))
    };
    let permissions = needs(connector, registration, &situation, &is_on);
    let mut left_out = needs(connector, registration, &situation, &|wanted| !is_on(wanted));
    left_out.retain(|one| !permissions.iter().any(|other| other.is_same_permission(one)));
    (issues.len() == before).then(|| RegistrationSpec {
        key: made.key.clone(),
        title: made.title(&registration.title),
        display_name,
        sign_in_audience,
        redirect_uris,
        permissions,
        left_out,
        removes: removals(registration),
        credential,
        mailbox_limit: registration.mailbox_limit.clone(),
        mailbox_access,
        roles: registration
            .roles
            .iter()
            .filter(|role| role.default || choices.permissions_on.contains(&role.switch()))
            .filter(|role| situation.allows(&role.when))
            .cloned()
            .collect(),
        exchange_roles: registration
            .exchange_roles
            .iter()
            .filter(|role| situation.allows(&role.when))
            .cloned()
            .collect(),
    })
}

fn redirect_uris(
    made: &Made<'_>,
    situation: &Situation<'_>,
    note: &mut impl FnMut(IssueSubject, InputProblem),
) -> Vec<RedirectUri> {
    let mut uris: Vec<RedirectUri> = Vec::new();
    for wanted in made.registration.redirects.iter().filter(|redirect| situation.allows(&redirect.when)) {
        let Some(uri) = made.fill(&wanted.uri, situation) else { continue };
        if redirect::check(&uri, wanted.platform).is_err() {
            let input = Template::parse(&wanted.uri)
                .ok()
                .and_then(|template| template.gaps().next().map(str::to_owned));
            let subject = input.map_or(IssueSubject::Features, IssueSubject::Input);
            note(subject, InputProblem::RedirectUri { uri });
            continue;
        }
        let found = RedirectUri { platform: wanted.platform, uri };
        if !uris.contains(&found) {
            uris.push(found);
        }
    }
    uris
}

fn credential_spec(
    made: &Made<'_>,
    choices: &Choices,
    situation: &Situation<'_>,
) -> Result<Option<CredentialSpec>, InputProblem> {
    Ok(match &made.registration.credential {
        Credential::Secret { display_name, months, max_months, note } => {
            let months = made.choice(&choices.secret_months).copied().unwrap_or(*months);
            if months == 0 || months > *max_months {
                return Err(InputProblem::SecretMonths { max: *max_months });
            }
            made.fill(display_name, situation).map(|display_name| {
                CredentialSpec::Secret(SecretSpec {
                    display_name,
                    months,
                    max_months: *max_months,
                    note: note.clone(),
                })
            })
        }
        Credential::Certificate { source, input, months } => {
            let pem = input.as_ref().and_then(|input| situation.inputs.get(input)).map(ToString::to_string);
            Some(CredentialSpec::Certificate(CertificateSpec { source: *source, pem, months: *months }))
        }
        Credential::None => Some(CredentialSpec::None),
    })
}

/// The permissions for the chosen features, each once, with everything that it is needed for.
fn needs(
    connector: &Connector,
    registration: &Registration,
    situation: &Situation<'_>,
    is_wanted: &dyn Fn(&RequestedPermission) -> bool,
) -> Vec<PermissionNeed> {
    let mut needs: Vec<PermissionNeed> = Vec::new();
    for wanted in &registration.permissions {
        let applies = situation.any_feature(&wanted.features) && situation.allows(&wanted.when);
        if !applies || !is_wanted(wanted) {
            continue;
        }
        let Some(resource) = catalogue::resource(&wanted.resource, wanted.resource_name.as_deref()) else {
            continue;
        };
        let features: Vec<String> = connector
            .features
            .iter()
            .map(|feature| &feature.id)
            .filter(|id| wanted.features.contains(id) && situation.features.contains(*id))
            .cloned()
            .collect();
        let same = |need: &&mut PermissionNeed| {
            need.resource.app_id == resource.app_id && need.value == wanted.value && need.kind == wanted.kind
        };
        if let Some(need) = needs.iter_mut().find(same) {
            let everything = need.features.is_empty() || features.is_empty();
            need.features = if everything { Vec::new() } else { union(&need.features, &features) };
            if !need.why.contains(&wanted.why) {
                need.why = format!("{} {}", need.why, wanted.why);
            }
            continue;
        }
        needs.push(PermissionNeed {
            id: catalogue::find(resource.app_id, &wanted.value, wanted.kind)
                .map(|permission| permission.key.id),
            resource,
            value: wanted.value.clone(),
            kind: wanted.kind,
            consent: wanted.consent,
            features,
            guide_name: wanted.guide_name.clone(),
            why: wanted.why.clone(),
        });
    }
    needs
}

fn removals(registration: &Registration) -> Vec<RemovalSpec> {
    registration
        .removes
        .iter()
        .filter_map(|removed| {
            let resource = catalogue::resource(&removed.resource, None)?;
            Some(RemovalSpec {
                id: catalogue::find(resource.app_id, &removed.value, removed.kind).map(|found| found.key.id),
                resource,
                value: removed.value.clone(),
                kind: removed.kind,
                why: removed.why.clone(),
            })
        })
        .collect()
}

fn union(first: &[String], second: &[String]) -> Vec<String> {
    let mut all = first.to_vec();
    all.extend(second.iter().filter(|one| !first.contains(one)).cloned());
    all
}
