//! The general words of each error. A more exact reason replaces `why` where one is known.
//!
//! Style: what happened, why, what to do. Short, plain, no blame, no "please", no jargon (a test looks).

use crate::{Action, ErrorCode};

/// Words of an error code.
pub(crate) struct Words {
    pub(crate) title: &'static str,
    pub(crate) why: &'static str,
    pub(crate) next: &'static str,
    pub(crate) action: Option<Action>,
}

const fn words(title: &'static str, why: &'static str, next: &'static str, action: Action) -> Words {
    Words { title, why, next, action: Some(action) }
}

impl ErrorCode {
    /// Every code, for tests and documentation.
    pub const ALL: &[ErrorCode] = &[
        Self::SignInTimedOut,
        Self::BrowserNotOpened,
        Self::ListenerFailed,
        Self::ConsentDeclined,
        Self::AdminApprovalNeeded,
        Self::WrongAccount,
        Self::WrongOrganisation,
        Self::AccountNotInOrganisation,
        Self::SignInNeeded,
        Self::ConditionalAccess,
        Self::ClientNotFound,
        Self::ClientNotAllowed,
        Self::RedirectMismatch,
        Self::OrganisationNotFound,
        Self::AnswerNotTrusted,
        Self::AuthorityUnusable,
        Self::SignInRefused,
        Self::SecretWrong,
        Self::SecretExpired,
        Self::SecretIdPasted,
        Self::Offline,
        Self::ProxyNeedsSignIn,
        Self::ConnectionNotTrusted,
        Self::TimedOut,
        Self::AnswerNotUnderstood,
        Self::Throttled,
        Self::ServiceUnavailable,
        Self::ClockWrong,
        Self::RoleMissing,
        Self::PermissionMissing,
        Self::SignInForMore,
        Self::NotFound,
        Self::NameTaken,
        Self::QuotaReached,
        Self::PolicyForbidsSecrets,
        Self::PolicyLimitsLifetime,
        Self::RegistrationDisabled,
        Self::ChangedByOthers,
        Self::StillSpreading,
        Self::MailboxNotFound,
        Self::GraphRefused,
        Self::KeyringAbsent,
        Self::KeyringLocked,
        Self::KeyringNotAnswering,
        Self::KeyLost,
        Self::PassphraseWrong,
        Self::PassphraseTooShort,
        Self::DiskFull,
        Self::DiskReadOnly,
        Self::DataDamaged,
        Self::DataNewer,
        Self::AnswersNeedAttention,
        Self::FileNotUsable,
        Self::PlanOutdated,
        Self::RunElsewhere,
        Self::Cancelled,
        Self::SecretLost,
        Self::NotProved,
        Self::WrongSpace,
        Self::PracticeNotStarted,
        Self::NoSuchThing,
        Self::Internal,
    ];

    pub(crate) const fn words(self) -> Words {
        match self {
            Self::SignInTimedOut => words(
                "The sign-in did not finish.",
                "Nobody came back from the browser within five minutes.",
                "Start the sign-in again.",
                Action::TryAgain,
            ),
            Self::BrowserNotOpened => words(
                "The browser did not open.",
                "This computer did not say which browser to use.",
                "Copy the link and open it in any browser on this computer.",
                Action::TryAgain,
            ),
            Self::ListenerFailed => words(
                "Gatehouse could not wait for the answer.",
                "Another program on this computer got in the way.",
                "Close programs that filter network traffic, then try again.",
                Action::TryAgain,
            ),
            Self::ConsentDeclined => words(
                "Nothing was allowed.",
                "The request was declined on Microsoft's page.",
                "Start again when you are ready. Gatehouse asks only for what the task needs.",
                Action::TryAgain,
            ),
            Self::AdminApprovalNeeded => words(
                "An admin has to agree first.",
                "Your organisation lets only admins allow this app.",
                "Send your admin the request that Gatehouse prepares.",
                Action::AskAdmin,
            ),
            Self::WrongAccount => words(
                "That was another account.",
                "You signed in as someone else than this task belongs to.",
                "Sign in again and pick the account that is named here.",
                Action::ChooseAccount,
            ),
            Self::WrongOrganisation => words(
                "That account is from another organisation.",
                "This task is for one organisation, and the account came from another.",
                "Sign in with an account of the organisation that is named here.",
                Action::ChooseAccount,
            ),
            Self::AccountNotInOrganisation => words(
                "This account is not known there.",
                "The organisation has no such account.",
                "Pick another account, or ask the organisation to add this one.",
                Action::ChooseAccount,
            ),
            Self::SignInNeeded => words(
                "Microsoft wants you to sign in again.",
                "Your session ended, or something about your account changed.",
                "Sign in again. Nothing is lost.",
                Action::SignIn,
            ),
            Self::ConditionalAccess => words(
                "A rule of your organisation stopped this sign-in.",
                "The organisation asks for more, such as a known device or a second factor.",
                "Use a device that your organisation knows, or ask your admin about the rule.",
                Action::AskAdmin,
            ),
            Self::ClientNotFound => words(
                "That client ID is not known there.",
                "The organisation has no app with this client ID.",
                "Check the client ID and the organisation.",
                Action::ChangeClient,
            ),
            Self::ClientNotAllowed => words(
                "This account may not use that app.",
                "The organisation has limited who may use it.",
                "Use another account, or ask your admin to add you.",
                Action::ChooseAccount,
            ),
            Self::RedirectMismatch => words(
                "The app registration needs one more setting.",
                "It does not list the address http://localhost that Gatehouse comes back to.",
                "Add http://localhost under “Mobile and desktop applications”.",
                Action::ChangeClient,
            ),
            Self::OrganisationNotFound => words(
                "There is no such organisation.",
                "Microsoft does not know that domain or ID.",
                "Check the spelling of the domain.",
                Action::ChangeClient,
            ),
            Self::AnswerNotTrusted => words(
                "Gatehouse did not accept the answer.",
                "It did not carry the proof that it came from Microsoft for this sign-in.",
                "Start the sign-in again. If it happens again, tell your admin.",
                Action::TryAgain,
            ),
            Self::AuthorityUnusable => words(
                "Signing in is not safe there.",
                "The sign-in service does not offer what a safe sign-in needs.",
                "Check the address of the sign-in service.",
                Action::ChangeClient,
            ),
            Self::SignInRefused => words(
                "Microsoft did not let you in.",
                "The reason is in the details below.",
                "Try again, or use another account.",
                Action::TryAgain,
            ),
            Self::SecretWrong => words(
                "The secret was not accepted.",
                "Microsoft does not know this value for this app.",
                "Paste the secret's Value, whole and without spaces.",
                Action::ChangeAnswers,
            ),
            Self::SecretExpired => words(
                "The secret has expired.",
                "Its end date has passed.",
                "Make a new secret and give it to the product.",
                Action::PlanAgain,
            ),
            Self::SecretIdPasted => words(
                "That is the Secret ID, not the secret.",
                "The ID only names the secret. The product needs its Value.",
                "Paste the Value. If nobody has it, make a new secret.",
                Action::ChangeAnswers,
            ),
            Self::Offline => words(
                "There is no connection.",
                "This computer cannot reach Microsoft right now.",
                "Check the network, then try again. What is saved here stays.",
                Action::TryAgain,
            ),
            Self::ProxyNeedsSignIn => words(
                "The network's proxy wants you to sign in.",
                "Your company's proxy did not let Gatehouse through.",
                "Sign in to the proxy, or ask your network team, then try again.",
                Action::TryAgain,
            ),
            Self::ConnectionNotTrusted => words(
                "The connection is not trusted.",
                "Something on the way to Microsoft shows a certificate that is not trusted here.",
                "Ask your network team to put the company's certificate on this computer.",
                Action::CopyDetails,
            ),
            Self::TimedOut => words(
                "Microsoft did not answer in time.",
                "The network or the service is slow right now.",
                "Try again in a moment.",
                Action::TryAgain,
            ),
            Self::AnswerNotUnderstood => words(
                "The answer did not come from Microsoft.",
                "A network's sign-in page, or some other program, answered instead.",
                "Open any web page to finish a network sign-in, then try again.",
                Action::TryAgain,
            ),
            Self::Throttled => words(
                "Microsoft asks to slow down.",
                "There were many requests in a short time.",
                "Wait a while, then go on. Nothing is lost.",
                Action::Resume,
            ),
            Self::ServiceUnavailable => words(
                "Microsoft's service is not available right now.",
                "The service answered that it cannot help at the moment.",
                "Try again later. Nothing is lost.",
                Action::TryAgain,
            ),
            Self::ClockWrong => words(
                "This computer's clock is wrong.",
                "It differs from Microsoft's by more than five minutes, so sign-ins fail.",
                "Set the clock, then try again.",
                Action::TryAgain,
            ),
            Self::RoleMissing => words(
                "Your role does not allow this.",
                "Your account lacks the admin role that Microsoft asks for.",
                "Ask somebody with that role. Gatehouse prepares the request.",
                Action::AskAdmin,
            ),
            Self::PermissionMissing => words(
                "Gatehouse was not allowed to do this.",
                "This session does not carry the permission that the task needs.",
                "Sign in again for this task.",
                Action::SignIn,
            ),
            Self::SignInForMore => words(
                "This task needs one more permission.",
                "Gatehouse asks for it only now, because nothing needed it before.",
                "Sign in again. Microsoft shows what is added.",
                Action::SignIn,
            ),
            Self::NotFound => words(
                "It is not there any more.",
                "Somebody may have removed it.",
                "Make the plan again.",
                Action::PlanAgain,
            ),
            Self::NameTaken => words(
                "That name is taken.",
                "Another app registration already uses it.",
                "Choose another name, or use the existing one.",
                Action::ChangeAnswers,
            ),
            Self::QuotaReached => words(
                "No more app registrations are possible.",
                "The limit for this account or organisation is used up. Deleted ones count for 30 days.",
                "Remove old registrations for good, or ask an admin to create this one.",
                Action::AskAdmin,
            ),
            Self::PolicyForbidsSecrets => words(
                "Your organisation does not allow client secrets.",
                "A policy forbids them for new apps.",
                "Ask the admin who owns the policy for an exception, or ask the vendor about certificates.",
                Action::AskAdmin,
            ),
            Self::PolicyLimitsLifetime => words(
                "The secret would live too long.",
                "A policy of your organisation limits how long a secret may live.",
                "Choose a shorter time.",
                Action::ChangeAnswers,
            ),
            Self::RegistrationDisabled => words(
                "Your organisation does not let you register apps.",
                "Only admins may create app registrations there.",
                "Ask an admin. Gatehouse prepares the request.",
                Action::AskAdmin,
            ),
            Self::ChangedByOthers => words(
                "Somebody else changed this in the meantime.",
                "What is there now differs from what the plan was made for.",
                "Look at the new plan before you go on.",
                Action::PlanAgain,
            ),
            Self::StillSpreading => words(
                "Microsoft is still spreading the change.",
                "A new object can take some minutes to be known everywhere.",
                "Wait a few minutes, then go on.",
                Action::Resume,
            ),
            Self::MailboxNotFound => words(
                "That mailbox was not found.",
                "The person has no mailbox in Microsoft 365, or it is new.",
                "Choose another mailbox.",
                Action::ChangeAnswers,
            ),
            Self::GraphRefused => words(
                "Microsoft refused this change.",
                "The reason is in the details below.",
                "Try again. If it stays, copy the details for support.",
                Action::CopyDetails,
            ),
            Self::KeyringAbsent => words(
                "This computer has no place to keep secrets.",
                "No system keyring was found.",
                "Set a passphrase, or keep secrets for this session only.",
                Action::OpenVault,
            ),
            Self::KeyringLocked => words(
                "The system keyring is locked.",
                "It was not unlocked, or the question was closed.",
                "Unlock it, then try again.",
                Action::OpenVault,
            ),
            Self::KeyringNotAnswering => words(
                "The system keyring does not answer.",
                "It was asked and stayed silent.",
                "Try again, or set a passphrase instead.",
                Action::OpenVault,
            ),
            Self::KeyLost => words(
                "The key to your saved secrets is gone.",
                "The system keyring no longer has it, but sealed secrets are still here.",
                "Restore the keyring, or start afresh and sign in again.",
                Action::OpenVault,
            ),
            Self::PassphraseWrong => words(
                "That is not the passphrase.",
                "The saved secrets did not open with it.",
                "Type it again.",
                Action::OpenVault,
            ),
            Self::PassphraseTooShort => words(
                "The passphrase is too short.",
                "Short ones can be guessed.",
                "Use at least 12 characters. Four random words are good.",
                Action::OpenVault,
            ),
            Self::DiskFull => words(
                "The disk is full.",
                "There is no room to save safely, so nothing was started.",
                "Free some space, then try again.",
                Action::TryAgain,
            ),
            Self::DiskReadOnly => words(
                "Nothing can be saved on this disk.",
                "The folder for Gatehouse's data cannot be written.",
                "Check the folder's rights, then start Gatehouse again.",
                Action::TryAgain,
            ),
            Self::DataDamaged => words(
                "A data file was damaged.",
                "Gatehouse put it aside and started with a fresh one.",
                "Sign in again. What is at Microsoft was not touched.",
                Action::SignIn,
            ),
            Self::DataNewer => words(
                "These data come from a newer Gatehouse.",
                "An older version could harm them.",
                "Update Gatehouse.",
                Action::CopyDetails,
            ),
            Self::AnswersNeedAttention => words(
                "Some answers need another look.",
                "They are marked below.",
                "Change them, then go on.",
                Action::ChangeAnswers,
            ),
            Self::FileNotUsable => words(
                "This file cannot be used.",
                "It is not what Gatehouse expects, or it was changed.",
                "Ask for the file again.",
                Action::CopyDetails,
            ),
            Self::PlanOutdated => words(
                "The plan is out of date.",
                "Things changed since it was made.",
                "Make it again and look at it once more.",
                Action::PlanAgain,
            ),
            Self::RunElsewhere => words(
                "This is being done elsewhere.",
                "Another window, or someone else, is at work on it right now.",
                "Wait until it is finished, then look again.",
                Action::TryAgain,
            ),
            Self::Cancelled => words(
                "You stopped this.",
                "What was done until then is listed below.",
                "Go on, or undo it.",
                Action::Resume,
            ),
            Self::SecretLost => words(
                "The new secret could not be saved.",
                "Its value did not arrive, so Gatehouse removed it again.",
                "Go on to make another one.",
                Action::Resume,
            ),
            Self::NotProved => words(
                "It does not work yet.",
                "The test was refused.",
                "Look at the reason, then test again.",
                Action::TryAgain,
            ),
            Self::WrongSpace => words(
                "Practice and real do not mix.",
                "This belongs to the other side.",
                "Use it where it came from.",
                Action::ChangeAnswers,
            ),
            Self::PracticeNotStarted => words(
                "Practice did not start.",
                "This computer did not let Gatehouse open a local connection.",
                "Close programs that filter network traffic, then try again.",
                Action::TryAgain,
            ),
            Self::NoSuchThing => words(
                "That is not here any more.",
                "It was removed, or belongs to another organisation.",
                "Go back and choose again.",
                Action::ChangeAnswers,
            ),
            Self::Internal => words(
                "Gatehouse made a mistake.",
                "Something happened that should not.",
                "Try again. If it stays, copy the details for support.",
                Action::CopyDetails,
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_and_kind() {
        for code in ErrorCode::ALL {
            let words = code.words();
            for text in [words.title, words.why, words.next] {
                assert!(text.ends_with('.'), "{code:?}: {text}");
                assert!(text.len() <= 140, "{code:?}: {text}");
                let lower = text.to_lowercase();
                for word in ["please", "invalid", "illegal", "error", "fault", "you must", "oops", "sorry"] {
                    assert!(!lower.contains(word), "{code:?} says {word:?}: {text}");
                }
            }
        }
    }

    #[test]
    fn every_code_is_listed() {
        let known = serde_json::to_value(ErrorCode::ALL).unwrap();
        let names: std::collections::BTreeSet<_> =
            known.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
        let declared = <ErrorCode as ts_rs::TS>::inline(&ts_rs::Config::default());
        assert_eq!(declared.split('|').count(), names.len(), "{declared}");
    }
}
