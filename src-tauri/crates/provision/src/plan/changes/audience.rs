//! What follows from another kind of accounts.

use graph::resources::{Application, SignInAudience};

/// In words, for a sentence.
pub(super) fn whom(audience: &SignInAudience) -> &'static str {
    match audience {
        SignInAudience::MyOrg => "people of this organisation only",
        SignInAudience::MultipleOrgs => "people of any organisation",
        SignInAudience::OrgsAndPersonal => "people of any organisation, and personal Microsoft accounts",
        SignInAudience::Personal => "personal Microsoft accounts only",
        SignInAudience::Other(_) => "other accounts",
    }
}

fn is_single(audience: Option<&SignInAudience>) -> bool {
    audience.is_none_or(|one| *one == SignInAudience::MyOrg)
}

/// What the person should know before, in sentences. The client id, secrets and permissions stay what they are.
pub(super) fn consequences(app: &Application, wanted: &SignInAudience) -> Vec<&'static str> {
    let before = app.sign_in_audience.as_ref();
    let mut all = vec!["The client id, the secrets and what is granted here stay as they are."];
    match (is_single(before), is_single(Some(wanted))) {
        (true, false) => {
            all.push(
                "People of other organisations can then start to use this app. In each of them its own rules and admins decide, \
                 and nothing of this organisation opens to them by it.",
            );
            all.push(
                "Microsoft shows the app as “unverified” there until its publisher is verified, and people may not agree to it alone.",
            );
        }
        (false, true) => {
            all.push(
                "People of other organisations can no longer sign in to this app, from the next sign-in on.",
            );
            all.push("Products that sign in through “common” must then name this organisation, or they are refused.");
        }
        _ => {}
    }
    if matches!(wanted, SignInAudience::OrgsAndPersonal | SignInAudience::Personal) {
        all.push("An app for personal accounts may have at most 100 return addresses and two secrets.");
    }
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn app(audience: &str) -> Application {
        serde_json::from_value(json!({"id": "a", "appId": "c", "signInAudience": audience})).unwrap()
    }

    #[test]
    fn opening_and_closing_an_app_have_other_consequences() {
        let opened = consequences(&app("AzureADMyOrg"), &SignInAudience::MultipleOrgs).join(" ");
        let closed = consequences(&app("AzureADMultipleOrgs"), &SignInAudience::MyOrg).join(" ");
        assert!(opened.contains("other organisations can then") && !opened.contains("no longer"), "{opened}");
        assert!(closed.contains("no longer") && closed.contains("common"), "{closed}");
        for text in [opened, closed] {
            assert!(text.contains("stay as they are"), "{text}");
        }
        let personal = consequences(&app("AzureADMultipleOrgs"), &SignInAudience::OrgsAndPersonal).join(" ");
        assert!(personal.contains("100"), "{personal}");
    }
}
