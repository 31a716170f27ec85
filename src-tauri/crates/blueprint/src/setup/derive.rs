//! The way from choices to a [`Setup`].

use std::collections::{BTreeMap, BTreeSet};

use super::condition::Situation;
use super::input::{self, redirect};
use super::{
    CertificateSpec, Choices, CredentialSpec, HandOver, HandOverEntry, HandOverPage, HandOverValue,
    InputIssue, InputProblem, InputValue, IssueSubject, PermissionNeed, Proof, RedirectUri, RegistrationSpec,
    RemovalSpec, Setup, Template,
};
use crate::catalogue;
use crate::connector::{Connector, Credential, HandOverField, Registration, ValueSource};

/// Longest display name. Microsoft takes 256 characters; nobody can read them.
const MAX_DISPLAY_NAME: u32 = 120;

impl Connector {
    /// What has to be made, tried and handed over for these choices.
    ///
    /// Answers to questions that do not apply are left alone, so that going back and forth loses nothing.
    ///
    /// # Errors
    /// Every problem with the choices, in the order of the questions; each says what to change.
    pub fn setup(&self, choices: &Choices) -> Result<Setup, Vec<InputIssue>> {
        let mut issues = self.judge_choices(choices);
        let inputs = self.judge_inputs(choices, &mut issues);
        let situation =
            Situation { features: &choices.features, environments: &choices.environments, inputs: &inputs };
        let made: Vec<Made<'_>> = self.registrations_to_make(&situation);
        self.judge_overrides(choices, &made, &mut issues);

        let mut registrations = Vec::with_capacity(made.len());
        for one in &made {
            registrations.extend(self.registration_spec(one, choices, &situation, &mut issues));
        }
        if !issues.is_empty() {
            return Err(issues);
        }
        Ok(Setup {
            connector: self.id.clone(),
            version: self.version.clone(),
            name: self.name.clone(),
            features: self
                .features
                .iter()
                .filter(|feature| choices.features.contains(&feature.id))
                .map(|feature| feature.id.clone())
                .collect(),
            proofs: self.proofs(&made, &situation),
            hand_over: self.hand_over(&made, &situation),
            follow_ups: self.follow_ups.iter().filter(|task| situation.allows(&task.when)).cloned().collect(),
            registrations,
            inputs,
        })
    }

    fn judge_choices(&self, choices: &Choices) -> Vec<InputIssue> {
        let mut issues = Vec::new();
        if choices.features.is_empty() && !self.features.is_empty() {
            issues.push(InputIssue { subject: IssueSubject::Features, problem: InputProblem::NoFeature });
        }
        for id in &choices.features {
            let problem = match self.feature(id) {
                None => InputProblem::UnknownFeature { id: id.clone() },
                Some(feature) => match &feature.unavailable {
                    Some(why) => {
                        InputProblem::UnavailableFeature { name: feature.name.clone(), why: why.clone() }
                    }
                    None => continue,
                },
            };
            issues.push(InputIssue { subject: IssueSubject::Feature(id.clone()), problem });
        }
        if choices.environments.is_empty() && !self.environments.is_empty() {
            issues.push(InputIssue {
                subject: IssueSubject::Environments,
                problem: InputProblem::NoEnvironment,
            });
        }
        for id in &choices.environments {
            if !self.environments.iter().any(|environment| environment.id == *id) {
                let problem = InputProblem::UnknownEnvironment { id: id.clone() };
                issues.push(InputIssue { subject: IssueSubject::Environment(id.clone()), problem });
            }
        }
        issues
    }

    /// The answers that apply. Conditions may only look at earlier answers, so one pass decides them.
    fn judge_inputs(&self, choices: &Choices, issues: &mut Vec<InputIssue>) -> BTreeMap<String, InputValue> {
        let mut answers = BTreeMap::new();
        for id in choices.inputs.keys().filter(|id| self.input(id).is_none()) {
            let problem = InputProblem::UnknownInput { id: id.clone() };
            issues.push(InputIssue { subject: IssueSubject::Input(id.clone()), problem });
        }
        for input in &self.inputs {
            let situation = Situation {
                features: &choices.features,
                environments: &choices.environments,
                inputs: &answers,
            };
            if !situation.allows(&input.when) {
                continue;
            }
            match input::judge(input, choices.inputs.get(&input.id).map_or("", String::as_str)) {
                Ok(Some(answer)) => {
                    answers.insert(input.id.clone(), answer);
                }
                Ok(None) => {}
                Err(problem) => {
                    issues.push(InputIssue { subject: IssueSubject::Input(input.id.clone()), problem });
                }
            }
        }
        answers
    }

    fn registrations_to_make<'a>(&'a self, situation: &Situation<'_>) -> Vec<Made<'a>> {
        let mut made = Vec::new();
        for registration in &self.registrations {
            if !situation.any_feature(&registration.features) {
                continue;
            }
            if registration.each_environment {
                let chosen = self.environments.iter().filter(|one| situation.environments.contains(&one.id));
                made.extend(chosen.map(|environment| Made {
                    registration,
                    key: format!("{}@{}", registration.key, environment.id),
                    environment: Some((&environment.id, &environment.name)),
                }));
            } else {
                made.push(Made { registration, key: registration.key.clone(), environment: None });
            }
        }
        made
    }

    fn judge_overrides(&self, choices: &Choices, made: &[Made<'_>], issues: &mut Vec<InputIssue>) {
        let exists =
            |key: &String| self.registration(key).is_some() || made.iter().any(|one| one.key == *key);
        let subjects = choices
            .audiences
            .keys()
            .filter(|key| !exists(key))
            .map(|key| IssueSubject::Audience(key.clone()));
        let subjects = subjects.chain(
            choices
                .display_names
                .keys()
                .filter(|key| !exists(key))
                .map(|key| IssueSubject::DisplayName(key.clone())),
        );
        let subjects = subjects.chain(
            choices
                .secret_months
                .keys()
                .filter(|key| !exists(key))
                .map(|key| IssueSubject::SecretMonths(key.clone())),
        );
        for subject in subjects {
            let (IssueSubject::Audience(key)
            | IssueSubject::DisplayName(key)
            | IssueSubject::SecretMonths(key)) = &subject
            else {
                continue;
            };
            let problem = InputProblem::UnknownRegistration { key: key.clone() };
            issues.push(InputIssue { subject, problem });
        }
    }

    fn registration_spec(
        &self,
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
            Some(wanted) if registration.audiences.iter().any(|offer| offer.audience == *wanted) => {
                Some(*wanted)
            }
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
        let redirect_uris = redirect_uris(made, &situation, &mut note);
        // A template that could not be filled lacks an answer, for which there is an issue already.
        let (sign_in_audience, display_name, credential) = (sign_in_audience?, display_name?, credential?);
        (issues.len() == before).then(|| RegistrationSpec {
            key: made.key.clone(),
            title: made.title(&registration.title),
            display_name,
            sign_in_audience,
            redirect_uris,
            permissions: self.permissions(registration, &situation),
            removes: removals(registration),
            credential,
            mailbox_limit: registration.mailbox_limit.clone(),
            roles: registration.roles.iter().filter(|role| situation.allows(&role.when)).cloned().collect(),
            exchange_roles: registration
                .exchange_roles
                .iter()
                .filter(|role| situation.allows(&role.when))
                .cloned()
                .collect(),
        })
    }

    /// The permissions for the chosen features, each once, with everything that it is needed for.
    fn permissions(&self, registration: &Registration, situation: &Situation<'_>) -> Vec<PermissionNeed> {
        let mut needs: Vec<PermissionNeed> = Vec::new();
        for wanted in &registration.permissions {
            if !situation.any_feature(&wanted.features) || !situation.allows(&wanted.when) {
                continue;
            }
            let Some(resource) = catalogue::resource(&wanted.resource, wanted.resource_name.as_deref())
            else {
                continue;
            };
            let features: Vec<String> = self
                .features
                .iter()
                .map(|feature| &feature.id)
                .filter(|id| wanted.features.contains(id) && situation.features.contains(*id))
                .cloned()
                .collect();
            let same = |need: &&mut PermissionNeed| {
                need.resource.app_id == resource.app_id
                    && need.value == wanted.value
                    && need.kind == wanted.kind
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

    fn proofs(&self, made: &[Made<'_>], situation: &Situation<'_>) -> Vec<Proof> {
        let mut proofs = Vec::new();
        for request in &self.proofs {
            for one in made.iter().filter(|one| one.registration.key == request.registration) {
                let only = one.environments(situation);
                if !(Situation { environments: &only, ..*situation }).allows(&request.when) {
                    continue;
                }
                let mailbox = request.mailbox.as_ref().and_then(|input| situation.inputs.get(input));
                if request.mailbox.is_some() && mailbox.is_none() {
                    // An optional question was left open: there is nothing to try it on.
                    continue;
                }
                proofs.push(Proof {
                    kind: request.kind,
                    registration: one.key.clone(),
                    mailbox: mailbox.map(ToString::to_string),
                });
            }
        }
        proofs
    }

    fn hand_over(&self, made: &[Made<'_>], situation: &Situation<'_>) -> HandOver {
        let mut pages = Vec::new();
        for section in &self.hand_over {
            for one in made.iter().filter(|one| one.registration.key == section.registration) {
                let only = one.environments(situation);
                let situation = Situation { environments: &only, ..*situation };
                if !situation.allows(&section.when) {
                    continue;
                }
                pages.push(HandOverPage {
                    title: one.title(&section.title),
                    place: section.place.clone(),
                    note: section.note.clone(),
                    entries: section
                        .fields
                        .iter()
                        .filter(|field| situation.allows(&field.when))
                        .filter_map(|field| {
                            Some(HandOverEntry {
                                label: field.label.clone(),
                                value: hand_over_value(field, one, made, &situation)?,
                                note: field.note.clone(),
                            })
                        })
                        .collect(),
                });
            }
        }
        HandOver { pages }
    }
}

/// A registration that is going to be made.
struct Made<'a> {
    registration: &'a Registration,
    key: String,
    /// Id and name, where one is made for each.
    environment: Option<(&'a String, &'a String)>,
}

impl Made<'_> {
    fn environments(&self, situation: &Situation<'_>) -> BTreeSet<String> {
        match self.environment {
            Some((id, _)) => BTreeSet::from([id.clone()]),
            None => situation.environments.clone(),
        }
    }

    fn title(&self, title: &str) -> String {
        match self.environment {
            Some((_, name)) => format!("{title} ({name})"),
            None => title.to_owned(),
        }
    }

    /// What was chosen for exactly this one, or for all of its environments.
    fn choice<'c, T>(&self, choices: &'c BTreeMap<String, T>) -> Option<&'c T> {
        choices.get(&self.key).or_else(|| choices.get(&self.registration.key))
    }

    fn fill(&self, text: &str, situation: &Situation<'_>) -> Option<String> {
        Template::parse(text).ok()?.fill(|gap| match (gap, self.environment) {
            ("environment", Some((_, name))) => Some(name.clone()),
            _ => situation.inputs.get(gap).map(ToString::to_string),
        })
    }
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
                CredentialSpec::Secret(super::SecretSpec {
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

fn hand_over_value(
    field: &HandOverField,
    own: &Made<'_>,
    made: &[Made<'_>],
    situation: &Situation<'_>,
) -> Option<HandOverValue> {
    use ValueSource as From;
    Some(match field.from {
        From::Text => HandOverValue::Known { text: field.text.clone()? },
        From::Input => {
            HandOverValue::Known { text: situation.inputs.get(field.input.as_ref()?)?.to_string() }
        }
        source @ (From::TenantId | From::TenantName | From::TenantDomain | From::InitialDomain) => {
            HandOverValue::OfTenant { source }
        }
        source @ (From::ClientId
        | From::ServicePrincipalId
        | From::Secret
        | From::CertificateThumbprint
        | From::CertificateFile
        | From::RedirectUri
        | From::Token) => {
            let registration = match &field.registration {
                None => own.key.clone(),
                // The same environment's, where the other one is made for each too.
                Some(other) => made
                    .iter()
                    .filter(|one| one.registration.key == *other)
                    .find(|one| one.environment.is_none() || one.environment == own.environment)?
                    .key
                    .clone(),
            };
            HandOverValue::OfRegistration { registration, source }
        }
    })
}

fn union(first: &[String], second: &[String]) -> Vec<String> {
    let mut all = first.to_vec();
    all.extend(second.iter().filter(|one| !first.contains(one)).cloned());
    all
}
