//! What could not be looked at: no finding is not the same as fine. Counted when everything is judged, and told with what
//! would show it.

use contract::{FindingGap, Remedy, RemedyAction, SignInPurpose};
use watch::Unseen;
use watch::findings::{Gap, GapCounts, Subject};

use crate::accounts::Account;
use crate::documents::Kind;
use crate::errors::{Answer, OrExplain};
use crate::space::OpenSpace;
use crate::{App, sign_in};

/// Who sees sign-ins, and with which licence.
const LICENCES: &str =
    "https://learn.microsoft.com/entra/identity/monitoring-health/howto-access-activity-logs";

impl App {
    /// Writes down what could not be looked at, as of this reading.
    pub(super) fn keep_gaps(&self, space: &OpenSpace, organisation: &str, gaps: &GapCounts) -> Answer<()> {
        space.documents.put(Kind::Gaps, organisation, gaps, self.now()).or_explain()
    }

    /// What could not be looked at in the organisation that is looked at, with what can be done about it.
    pub(super) fn gaps_of(&self, space: &OpenSpace, account: &Account) -> Answer<Vec<FindingGap>> {
        let kept: Option<GapCounts> =
            space.documents.get(Kind::Gaps, account.key.tenant_id.as_str()).or_explain()?;
        Ok(kept.unwrap_or_default().each().map(|(gap, apps)| shown(gap, apps, account)).collect())
    }

    /// The same as sentences, for every organisation of the space that was read: what monitoring has to know.
    pub(crate) fn gap_sentences(&self, space: &OpenSpace, organisations: &[String]) -> Answer<Vec<String>> {
        let mut sentences = Vec::new();
        for organisation in organisations {
            let kept: Option<GapCounts> = space.documents.get(Kind::Gaps, organisation).or_explain()?;
            for (gap, _) in kept.unwrap_or_default().each() {
                let sentence = gap.sentence_for_all();
                if !sentences.contains(&sentence) {
                    sentences.push(sentence);
                }
            }
        }
        Ok(sentences)
    }
}

fn shown(gap: Gap, apps: u32, account: &Account) -> FindingGap {
    FindingGap {
        sentence: gap.sentence_for_all(),
        apps,
        rules: gap.subject.rules().iter().map(|rule| rule.title().to_owned()).collect(),
        remedy: Some(remedy(gap, account)),
    }
}

fn remedy(gap: Gap, account: &Account) -> Remedy {
    let purpose = purpose(gap.subject);
    let plain = |sentence: &str| Remedy { sentence: sentence.to_owned(), button: None, action: None };
    match gap.why {
        Some(Unseen::NotLicensed) => Remedy {
            sentence: "Microsoft shows sign-ins with Entra ID P1 or P2. Without it, ask the people who run the product."
                .to_owned(),
            button: Some("What Microsoft says".to_owned()),
            action: Some(RemedyAction::Link { url: LICENCES.to_owned() }),
        },
        _ if !account.covers(purpose) => Remedy {
            sentence: format!("Sign in for it, then look at the apps again. {}", sign_in::sentence(purpose)),
            button: Some("Sign in for more".to_owned()),
            action: Some(RemedyAction::SignIn { purpose }),
        },
        Some(Unseen::NotAllowed) if purpose == SignInPurpose::SignIns => {
            plain("It takes a role that may read reports, such as Reports Reader or Security Reader.")
        }
        Some(Unseen::NotAllowed) if purpose == SignInPurpose::Mailboxes => {
            plain("It takes the role of Exchange Administrator, Global Administrator or Global Reader.")
        }
        Some(Unseen::NotAllowed) => plain("It takes a role that may read the directory, such as Global Reader."),
        Some(Unseen::NoAnswer) => plain("Gatehouse asks again when it next looks at the apps."),
        None if gap.subject == Subject::PermissionNames => {
            plain("Some APIs do not say what their permissions are called. Ask their makers.")
        }
        None => plain("Open an app to look at it alone, or look at all apps again."),
    }
}

/// The sign-in that may see it.
fn purpose(subject: Subject) -> SignInPurpose {
    match subject {
        Subject::LastSignIn | Subject::CredentialUse => SignInPurpose::SignIns,
        Subject::MailboxLimits => SignInPurpose::Mailboxes,
        Subject::Owners
        | Subject::OwnersAccounts
        | Subject::Grants
        | Subject::PermissionNames
        | Subject::Policy
        | Subject::Domains => SignInPurpose::Inspect,
    }
}
