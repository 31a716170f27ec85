//! Words for every other number: by its kind in `reference/aadsts.json`, else by where it lies, else by the OAuth error.

use crate::aad_error::OAuthError;

use super::{NextStep, Words};

/// The published numbers that have a kind, which is our own grouping: `number kind`, made by `build.rs`.
const CLASSES: &str = include_str!(concat!(env!("OUT_DIR"), "/classes.txt"));

pub(super) fn words(code: u32) -> Option<Words> {
    let number = code.to_string();
    let mut classes = CLASSES.lines().filter_map(|line| line.split_once(' '));
    let class = classes.find(|(known, _)| *known == number).map(|(_, class)| class);
    class.and_then(of_class).or_else(|| of_place(code))
}

/// Every number that Microsoft publishes.
#[cfg(test)]
pub(super) fn known_codes() -> Vec<u32> {
    let file: serde_json::Value =
        serde_json::from_str(include_str!("../../../../../reference/aadsts.json")).unwrap();
    file["codes"].as_object().unwrap().keys().map(|code| code.parse().unwrap()).collect()
}

/// One number with words of its own stands for each kind.
fn of_class(class: &str) -> Option<Words> {
    let example = match class {
        "consent_needed" => 65001,
        "mfa_or_ca_interactive" => 50076,
        "reauth_needed" => 70008,
        "user_account" => 50034,
        "retry" => 50033,
        "app_missing_in_tenant" => 700_016,
        "app_disabled" => 7_000_112,
        "tenant_not_found" => 90002,
        "single_tenant_used_common" => 50194,
        "wrong_cloud" => 90038,
        "redirect_mismatch" => 50011,
        "pkce" => 50148,
        "assertion" => 700_027,
        "secret_wrong" => 7_000_215,
        "secret_expired" => 7_000_222,
        "public_client_sent_secret" => 700_025,
        "needs_client_credential" => 7_000_218,
        "user_not_assigned" => 50105,
        "first_party_preauth" => 65002,
        "device_code" => 70018,
        _ => return None,
    };
    super::table::words(example)
}

/// Numbers lie together by topic.
fn of_place(code: u32) -> Option<Words> {
    match code {
        75000..=75999 | 750_000..=750_999 | 7_500_000..=7_500_999 | 5_000_000..=5_000_999 => Some(SAML),
        120_000..=120_999 => Some(PASSWORD_CHANGE),
        130_000..=135_999 | 140_000..=140_999 | 240_000..=240_999 | 221_000..=221_999 => Some(DEVICE),
        1_000_000..=1_000_999 | 901_000..=901_999 => Some(OUTSIDE_ACCOUNT),
        _ => None,
    }
}

const SAML: Words = Words {
    what: "The organisation's own sign-in service and Microsoft do not fit together",
    why: "They talk to each other through SAML, and one of its settings does not match.",
    next: "Ask an admin to look at the single sign-on settings.",
    action: Some(NextStep::AskAdmin),
};

const PASSWORD_CHANGE: Words = Words {
    what: "The password could not be changed",
    why: "Microsoft or the organisation's own directory did not take the new one.",
    next: "Try another password on Microsoft's page, or ask an admin to set one.",
    action: Some(NextStep::OpenPasswordReset),
};

const DEVICE: Words = Words {
    what: "Microsoft does not accept this device",
    why: "Its registration with the organisation is missing, switched off or out of date.",
    next: "Sign in with a password in the browser, or ask an admin to register the device again.",
    action: Some(NextStep::AskAdmin),
};

const OUTSIDE_ACCOUNT: Words = Words {
    what: "The account of another provider could not be used",
    why: "The other provider and Microsoft did not agree on who is signing in.",
    next: "Sign in with a work or school account of this organisation.",
    action: Some(NextStep::ChooseAccount),
};

/// When no number helps.
pub(super) fn of_oauth(error: OAuthError) -> Words {
    match error {
        OAuthError::AccessDenied | OAuthError::AuthorizationDeclined => Words {
            what: "The sign-in was stopped",
            why: "\u{201c}Cancel\u{201d} was chosen on Microsoft's page, or the organisation does not allow it.",
            next: "Sign in again, or ask an admin.",
            action: Some(NextStep::SignInAgain),
        },
        OAuthError::ConsentRequired => Words {
            what: "Somebody has to agree first",
            why: "The app asks for permissions that nobody has granted yet.",
            next: "Look at the permissions and agree to them, or ask an admin to.",
            action: Some(NextStep::AgreeAgain),
        },
        OAuthError::InvalidGrant | OAuthError::InteractionRequired | OAuthError::LoginRequired => Words {
            what: "Microsoft asks to sign in again",
            why: "The kept sign-in no longer suffices. A changed password or a new rule can be the cause.",
            next: "Sign in again. Nothing that was set up is lost.",
            action: Some(NextStep::SignInAgain),
        },
        OAuthError::InvalidClient => Words {
            what: "Microsoft did not accept the app's secret or certificate",
            why: "It is wrong, has run out, or is so new that it is still spreading.",
            next: "If it is new, wait a minute. If not, make a new secret.",
            action: Some(NextStep::NewSecret),
        },
        OAuthError::UnauthorizedClient => Words {
            what: "The app may not sign in this way",
            why: "It is missing here, switched off, or of another kind.",
            next: "Check the client id, then let Gatehouse look at the registration.",
            action: Some(NextStep::CheckClientId),
        },
        OAuthError::InvalidScope | OAuthError::InvalidResource => Words {
            what: "Microsoft does not know the permission that was asked for",
            why: "The service may not be part of this organisation's subscription.",
            next: "Ask an admin whether the service is in use. If it is, copy the details for support.",
            action: Some(NextStep::CopyDetails),
        },
        OAuthError::ServerError | OAuthError::TemporarilyUnavailable | OAuthError::SlowDown => Words {
            what: "Microsoft's sign-in service has a problem at the moment",
            why: "It says so itself. Nothing is wrong on this side.",
            next: "Try again in a few minutes.",
            action: Some(NextStep::TryLater),
        },
        OAuthError::AuthorizationPending => Words {
            what: "Microsoft still waits for the code to be entered",
            why: "The page on the other device is not finished yet.",
            next: "Enter the code there. Gatehouse goes on by itself.",
            action: None,
        },
        OAuthError::BadVerificationCode | OAuthError::ExpiredToken => Words {
            what: "The code has run out",
            why: "A code is good for about fifteen minutes.",
            next: "Start again and enter the new code.",
            action: Some(NextStep::SignInAgain),
        },
        OAuthError::InvalidRequest
        | OAuthError::UnsupportedGrantType
        | OAuthError::UnsupportedResponseType
        | OAuthError::Unknown => Words {
            what: "Microsoft did not finish the sign-in",
            why: "It gave a reason that Gatehouse does not know. Microsoft's own words are in the details.",
            next: "Try once more. If it stays, copy the details for an admin or for support.",
            action: Some(NextStep::CopyDetails),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_words_and_reaches_its_numbers() {
        assert_eq!(CLASSES.lines().count(), 97, "every number with a kind");
        for (code, class) in CLASSES.lines().filter_map(|line| line.split_once(' ')) {
            assert!(of_class(class).is_some(), "{class}");
            assert!(words(code.parse().unwrap()).is_some(), "{code}");
        }
    }
}
