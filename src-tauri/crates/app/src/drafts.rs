//! The answers of a wizard: saved at every step, judged as typed.

use blueprint::{Choices, IssueSubject, MailboxAccess, Setup};
use contract::{Changed, InputIssue, MailboxAccessChoice, SetupDraft, When};

use crate::documents::Kind;
use crate::errors::{Answer, OrExplain, no_such};
use crate::space::OpenSpace;
use crate::{App, connectors, fresh_id, view};

impl App {
    /// Saves the answers so far; gives the draft its id.
    pub async fn draft_save(&self, mut draft: SetupDraft) -> Answer<SetupDraft> {
        let space = self.space()?;
        let connector = connectors::find(&space, &draft.connector_id)?.connector;
        self.account(&space, &draft.account_id)?;
        if draft.id.is_empty() {
            draft.id = fresh_id();
        }
        connector.name.clone_into(&mut draft.connector_name);
        draft.saved_at = Some(When(self.now()));
        space.documents.put(Kind::Draft, &draft.id, &draft, self.now()).or_explain()?;
        Ok(draft)
    }

    /// Looks at the answers.
    pub async fn draft_check(&self, id: &str) -> Answer<Vec<InputIssue>> {
        let space = self.space()?;
        let draft = self.draft(&space, id)?;
        Ok(setup(&space, &draft)?.err().unwrap_or_default())
    }

    /// Throws the answers away.
    pub async fn draft_discard(&self, id: &str) -> Answer<()> {
        self.space()?.documents.remove(Kind::Draft, id).or_explain()?;
        self.changed(Changed::Status);
        Ok(())
    }

    pub(crate) fn draft(&self, space: &OpenSpace, id: &str) -> Answer<SetupDraft> {
        space.documents.get(Kind::Draft, id).or_explain()?.ok_or_else(|| no_such("set of answers"))
    }
}

/// What the answers come to, or what is wrong with them.
pub(crate) fn setup(space: &OpenSpace, draft: &SetupDraft) -> Answer<Result<Setup, Vec<InputIssue>>> {
    let connector = connectors::find(space, &draft.connector_id)?.connector;
    let months = u8::try_from(draft.lifetime_months).unwrap_or(u8::MAX);
    let made = |key: &str| {
        connector.registration(key).is_some_and(|registration| {
            registration.features.is_empty()
                || registration.features.iter().any(|id| draft.features.contains(id))
        })
    };
    let with_secret = connector
        .registrations
        .iter()
        .filter(|one| matches!(one.credential, blueprint::Credential::Secret { .. }) && made(&one.key));
    let choices = Choices {
        features: draft.features.iter().cloned().collect(),
        inputs: draft.inputs.clone(),
        secret_months: with_secret.map(|one| (one.key.clone(), months)).collect(),
        audiences: draft
            .audiences
            .iter()
            .map(|(key, audience)| (key.clone(), view::audience::chosen(*audience)))
            .collect(),
        mailbox_access: draft
            .mailbox_access
            .iter()
            .filter(|(key, _)| made(key))
            .map(|(key, choice)| (key.clone(), mailbox_access(choice)))
            .collect(),
        permissions_on: draft.permissions_on.iter().cloned().collect(),
        ..connector.default_choices()
    };
    Ok(connector.setup(&choices).map_err(|found| {
        let mut issues: Vec<InputIssue> = Vec::new();
        // One answer for all registrations is one thing to correct.
        for one in found.iter().map(issue) {
            if !issues.contains(&one) {
                issues.push(one);
            }
        }
        issues
    }))
}

/// Whose mailboxes, as the connectors have it.
pub(crate) fn mailbox_access(choice: &MailboxAccessChoice) -> MailboxAccess {
    match choice {
        MailboxAccessChoice::Everyone => MailboxAccess::Everyone,
        MailboxAccessChoice::Group { address } => MailboxAccess::Group(address.clone()),
        MailboxAccessChoice::People { addresses } => MailboxAccess::People(addresses.clone()),
    }
}

fn issue(issue: &blueprint::InputIssue) -> InputIssue {
    InputIssue {
        input: match &issue.subject {
            IssueSubject::Features => "features".to_owned(),
            IssueSubject::Environments => "environments".to_owned(),
            IssueSubject::SecretMonths(_) => "lifetime".to_owned(),
            IssueSubject::Feature(id)
            | IssueSubject::Environment(id)
            | IssueSubject::Input(id)
            | IssueSubject::DisplayName(id)
            | IssueSubject::Permission(id) => id.clone(),
            // Registrations may be named like features; the window has to tell the two apart.
            IssueSubject::Audience(id) => format!("audience:{id}"),
            IssueSubject::MailboxAccess(id) => format!("mailboxes:{id}"),
        },
        sentence: issue.problem.to_string(),
        suggestion: issue.suggestion().map(str::to_owned),
    }
}
