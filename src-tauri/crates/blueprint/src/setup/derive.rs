//! The way from choices to a [`Setup`].

use std::collections::{BTreeMap, BTreeSet};

use super::condition::Situation;
use super::made::Made;
use super::{
    Choices, InputIssue, InputProblem, InputValue, IssueSubject, Setup, accounts, hand_over, input,
    registration,
};
use crate::{Condition, Connector, RequestedPermission, Role};

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
        let made = self.registrations_to_make(&situation);
        self.judge_overrides(choices, &made, &mut issues);
        self.judge_switches(choices, &mut issues);
        self.judge_accounts(&situation, &mut issues);

        let mut registrations = Vec::with_capacity(made.len());
        for one in &made {
            registrations.extend(registration::spec(self, one, choices, &situation, &mut issues));
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
            proofs: hand_over::proofs(self, &made, &registrations, &situation),
            accounts: accounts::accounts(self, &situation),
            settings: accounts::settings(self, &situation),
            scripts: accounts::scripts(self, &situation),
            hand_over: hand_over::pages(self, &made, &situation),
            follow_ups: accounts::follow_ups(self, &situation).cloned().collect(),
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
            // Environments are decided for each registration that is made.
            let when = Condition { environments: Vec::new(), ..registration.when.clone() };
            if !situation.any_feature(&registration.features) || !situation.allows(&when) {
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
        let audiences = choices.audiences.keys().map(|key| (key, IssueSubject::Audience(key.clone())));
        let names = choices.display_names.keys().map(|key| (key, IssueSubject::DisplayName(key.clone())));
        let months = choices.secret_months.keys().map(|key| (key, IssueSubject::SecretMonths(key.clone())));
        let access = choices.mailbox_access.keys().map(|key| (key, IssueSubject::MailboxAccess(key.clone())));
        let unknown = audiences.chain(names).chain(months).chain(access).filter(|(key, _)| !exists(key));
        issues.extend(unknown.map(|(key, subject)| InputIssue {
            subject,
            problem: InputProblem::UnknownRegistration { key: key.clone() },
        }));
    }

    /// Microsoft gives no licence to an account whose country it does not know.
    fn judge_accounts(&self, situation: &Situation<'_>, issues: &mut Vec<InputIssue>) {
        for account in accounts::accounts(self, situation) {
            let asked = self.accounts.iter().find(|one| one.key == account.key);
            let country = asked.and_then(|one| self.input(one.country_input.as_deref()?));
            if let (Some(_), None, Some(input)) = (&account.licence, &account.country, country) {
                issues.push(InputIssue {
                    subject: IssueSubject::Input(input.id.clone()),
                    problem: InputProblem::Missing { label: input.label.clone() },
                });
            }
        }
    }

    fn judge_switches(&self, choices: &Choices, issues: &mut Vec<InputIssue>) {
        if choices.permissions_on.is_empty() {
            return;
        }
        let asked = self.registrations.iter().flat_map(|registration| &registration.permissions);
        let roles = self.registrations.iter().flat_map(|registration| &registration.roles);
        let known: BTreeSet<String> =
            asked.filter_map(RequestedPermission::switch).chain(roles.map(Role::switch)).collect();
        issues.extend(choices.permissions_on.difference(&known).map(|name| InputIssue {
            subject: IssueSubject::Permission(name.clone()),
            problem: InputProblem::UnknownPermission { name: name.clone() },
        }));
    }
}
