//! The sentences of a plan.

use blueprint::ProofKind;

use super::{DelegatedConsent, Plan, StepKind};

pub(in crate::plan) struct Words {
    pub(super) sentence: String,
    pub(super) done: String,
    pub(super) undo: Option<String>,
}

pub(in crate::plan) fn words(sentence: String, done: String, undo: Option<&str>) -> Words {
    Words { sentence, done, undo: undo.map(str::to_owned) }
}

pub(super) fn create_application(name: &str) -> Words {
    words(
        format!("Create the app registration “{name}”."),
        format!("Created the app registration “{name}”."),
        Some("The app registration is deleted. It can be restored for 30 days."),
    )
}

pub(super) fn change_application(name: &str, fields: &[String]) -> Words {
    let fields = fields.join(", ");
    words(
        format!("Change the app registration “{name}”: {fields}."),
        format!("Changed the app registration “{name}”: {fields}."),
        Some("The app registration is set back to what it was."),
    )
}

pub(super) fn keep_application(name: &str) -> Words {
    let text = format!("The app registration “{name}” is as it should be.");
    words(text.clone(), text, None)
}

pub(super) fn service_principal(name: &str) -> Words {
    words(
        format!("Create the enterprise app “{name}”, which holds what is granted."),
        format!("Created the enterprise app “{name}”."),
        Some("The enterprise app is removed together with the app registration."),
    )
}

pub(super) fn resource(name: &str) -> Words {
    words(
        format!("Make {name} available in the organisation."),
        format!("Made {name} available in the organisation."),
        None,
    )
}

pub(super) fn remove_excess(names: &[String]) -> Words {
    let names = names.join(", ");
    words(
        format!("Take away what the product does not need: {names}."),
        format!("Took away what the product does not need: {names}."),
        Some("What was taken away is granted again."),
    )
}

pub(super) fn grant_app_roles(names: &[String], resource: &str) -> Words {
    let names = names.join(", ");
    words(
        format!("Grant {names} of {resource}, for use without a signed-in person."),
        format!("Granted {names} of {resource}."),
        Some("The granted permissions are taken back."),
    )
}

pub(super) fn grant_delegated(names: &[String], resource: &str, consent: &DelegatedConsent) -> Words {
    let names = names.join(", ");
    let whom = match consent {
        DelegatedConsent::Everybody => "for everybody in the organisation",
        DelegatedConsent::Person(_) => "for you alone",
    };
    words(
        format!("Grant {names} of {resource}, {whom}."),
        format!("Granted {names} of {resource}, {whom}."),
        Some("The granted permissions are taken back. What was granted before stays."),
    )
}

pub(super) fn secret(name: &str) -> Words {
    words(
        format!("Create the client secret “{name}” and keep it safely on this computer."),
        format!("Created the client secret “{name}” and kept it safely."),
        Some("The secret is removed. Whoever uses it can no longer sign in with it."),
    )
}

pub(super) fn read_back() -> Words {
    words("Read everything back and compare.".into(), "Read everything back: it is as planned.".into(), None)
}

pub(super) fn sign_in_as_app() -> Words {
    words(
        "Sign in as the app with the new secret and look at its permissions.".into(),
        "Signed in as the app with the new secret: its permissions are as planned.".into(),
        None,
    )
}

pub(super) fn prove() -> Words {
    words(
        "Try each feature with the new secret.".into(),
        "Tried each feature with the new secret.".into(),
        None,
    )
}

/// For permissions that work for a signed-in person only.
pub(super) fn prove_as_person() -> Words {
    words(
        "Try each feature with your own account, as far as Gatehouse may.".into(),
        "Tried with your own account what Gatehouse may.".into(),
        None,
    )
}

/// What is tried, with the mailbox by name.
pub(super) fn proof(kind: ProofKind, mailbox: Option<&str>) -> String {
    let Some(mailbox) = mailbox else { return without_mailbox(kind).to_owned() };
    match kind {
        ProofKind::CalendarRead => format!("Read the calendar of {mailbox}."),
        ProofKind::CalendarWrite => format!("Add a test event to the calendar of {mailbox}, then remove it."),
        ProofKind::MailRead => format!("Read the newest message of {mailbox}."),
        ProofKind::MailWrite => format!("Save a draft in the mailbox of {mailbox}, then remove it."),
        ProofKind::MailSendSelf => format!("Send one test message from {mailbox} to itself."),
        ProofKind::ContactsRead => format!("Read the contacts of {mailbox}."),
        ProofKind::MailboxSettingsRead => format!("Read the mailbox settings of {mailbox}."),
        ProofKind::UsersRead => format!("Look up {mailbox} in the directory."),
        other => other.sentence().to_owned(),
    }
}

/// Where nobody's mailbox is named, it is that of whoever signs in; or none at all.
fn without_mailbox(kind: ProofKind) -> &'static str {
    match kind {
        ProofKind::CalendarRead => "Read the calendar of the person who signs in.",
        ProofKind::CalendarWrite => {
            "Add a test event to the calendar of the person who signs in, then remove it."
        }
        ProofKind::MailRead => "Read the newest message of the person who signs in.",
        ProofKind::UsersRead => "Look up one person in the directory.",
        other => other.sentence(),
    }
}

/// What no undo takes back, in sentences.
pub(super) fn cannot_undo(plan: &Plan) -> Vec<String> {
    let mut left = Vec::new();
    let due =
        |wanted: fn(&StepKind) -> bool| plan.steps.iter().any(|step| step.is_due() && wanted(&step.kind));
    if due(|kind| matches!(kind, StepKind::EnsureApplication { changes: None, .. })) {
        left.push(
            "A deleted app registration stays in Microsoft's recycle bin for 30 days, and counts for that long.".into(),
        );
    }
    if plan.proofs.iter().any(|proof| proof.kind == ProofKind::MailSendSelf) {
        left.push("The test message that was sent stays in the mailbox.".into());
    }
    left.extend(stays_gone(plan));
    if due(|kind| matches!(kind, StepKind::EnsureUser { .. })) {
        left.push("A deleted account stays in Microsoft's recycle bin for 30 days, and can be restored for that long.".into());
    }
    if due(|kind| matches!(kind, StepKind::ShowReportNames)) {
        left.push(
            "Reports that somebody opened or saved in the meantime keep the names that they showed.".into(),
        );
    }
    if due(|kind| matches!(kind, StepKind::EnsureResource { .. })) {
        left.push(
            "An API that was made available stays available. By itself it gives nobody anything.".into(),
        );
    }
    if !left.is_empty() || due(|_| true) {
        left.push("Microsoft's audit log keeps a record of each change.".into());
    }
    left
}

/// Credentials that no undo brings back, by name while they are few.
fn stays_gone(plan: &Plan) -> Option<String> {
    let gone: Vec<&str> = plan
        .steps
        .iter()
        .filter(|step| step.is_due())
        .filter_map(|step| match &step.kind {
            StepKind::RemoveCredential { held, .. } if !held.can_come_back(plan.made_at) => {
                Some(held.short_name())
            }
            _ => None,
        })
        .collect();
    match gone.as_slice() {
        [] => None,
        [one] => Some(format!(
            "“{one}” cannot be brought back once it is removed. A new one can be made at any time."
        )),
        few @ ([_, _] | [_, _, _]) => Some(format!(
            "“{}” cannot be brought back once they are removed. New ones can be made at any time.",
            few.join("”, “")
        )),
        many => Some(format!(
            "{} of these credentials cannot be brought back once they are removed. New ones can be made at any time.",
            many.len()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that a plan can say.
    fn all() -> Vec<String> {
        let names = ["Calendars.Read".to_owned(), "Mail.Send".to_owned()];
        let steps = [
            create_application("App"),
            change_application("App", &["tags".to_owned()]),
            keep_application("App"),
            service_principal("App"),
            resource("Office 365 Exchange Online"),
            remove_excess(&names),
            grant_app_roles(&names, "Microsoft Graph"),
            grant_delegated(&names, "Microsoft Graph", &DelegatedConsent::Everybody),
            grant_delegated(&names, "Microsoft Graph", &DelegatedConsent::Person("x".to_owned())),
            secret("App"),
            read_back(),
            sign_in_as_app(),
            prove(),
            prove_as_person(),
        ];
        let mut all: Vec<String> = Vec::new();
        let others = [
            super::super::accounts::all(),
            super::super::changes::all(),
            super::super::settings::all(),
            super::super::credentials::all(),
            super::super::consents::all(),
        ];
        for words in steps.into_iter().chain(others.into_iter().flatten()) {
            all.extend([words.sentence, words.done]);
            all.extend(words.undo);
        }
        all.extend(ProofKind::ALL.into_iter().map(|kind| proof(kind, Some("anna@example.com"))));
        all.extend(ProofKind::ALL.into_iter().map(|kind| proof(kind, None)));
        all
    }

    #[test]
    fn every_sentence_is_one_and_is_plain() {
        // What trust.md 4.4 item 25 and Microsoft's guidance for error messages keep out of sentences for people.
        let banned = [
            "please",
            "invalid",
            "illegal",
            "fatal",
            "abort",
            "servicePrincipal",
            "appRole",
            "OAuth",
            "API error",
        ];
        for sentence in all() {
            assert!(sentence.ends_with('.'), "{sentence}");
            assert!(sentence.chars().next().is_some_and(char::is_uppercase), "{sentence}");
            assert!(sentence.chars().count() <= 160, "{sentence}");
            for word in banned {
                assert!(!sentence.to_lowercase().contains(&word.to_lowercase()), "{sentence}");
            }
        }
    }

    #[test]
    fn a_sentence_and_its_past_are_two() {
        assert_ne!(create_application("App").sentence, create_application("App").done);
        assert_ne!(secret("App").sentence, secret("App").done);
    }
}
