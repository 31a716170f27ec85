//! The sentences about outside services that an app trusts.

use super::{Trust, TrustField};
use crate::plan::words::{Words, words};

pub(super) fn add(app: &str, trust: &Trust) -> Words {
    words(
        format!("Let “{app}” trust “{}”: whoever shows its token may act as the app.", trust.name),
        format!("The app “{app}” trusts “{}”.", trust.name),
        Some("The trust is removed. What was there before goes on working."),
    )
}

pub(super) fn already(app: &str, trust: &Trust) -> Words {
    let text = format!("What “{}” would name is trusted by “{app}” already.", trust.name);
    words(text.clone(), text, None)
}

pub(super) fn remove(app: &str, trust: &Trust) -> Words {
    words(
        format!("Remove the trust “{}” from “{app}”.", trust.name),
        format!("Removed the trust “{}” from “{app}”.", trust.name),
        Some("The trust is made again, with the same words."),
    )
}

/// A title, and why.
pub(super) fn flaw(field: TrustField) -> (&'static str, &'static str) {
    match field {
        TrustField::Name => (
            "The name does not fit",
            "Microsoft takes 3 to 120 letters, digits, dashes and underscores here, and a letter or digit comes first. Change the name.",
        ),
        TrustField::Issuer => (
            "The issuer is not an address",
            "The issuer is the https address that stands in the service's tokens as “iss”. Copy it from the service's guide, without \
             spaces around it.",
        ),
        TrustField::Subject => (
            "The subject does not fit",
            "The subject is what stands in the service's tokens as “sub”, letter for letter. It may not be empty, have a star in it, or be \
             longer than 600 letters.",
        ),
        TrustField::Audience => (
            "The audience is missing",
            "The audience is what stands in the service's tokens as “aud”. As a rule it is api://AzureADTokenExchange.",
        ),
    }
}

pub(super) fn trusted_as(app: &str, name: &str) -> String {
    format!("“{app}” trusts this subject of this issuer under the name “{name}”. There is nothing to do.")
}

pub(super) fn name_taken(app: &str, name: &str) -> String {
    format!(
        "“{app}” trusts something else under the name “{name}”, and a name stands once. Take another name."
    )
}

pub(super) fn full(app: &str) -> String {
    format!("“{app}” trusts 20 services, and Microsoft allows no more. Remove one that is not needed first.")
}

pub(super) fn consequence(app: &str) -> String {
    format!(
        "Only the service itself has the token that “{app}” will trust. If a letter of the issuer or the subject is wrong, it is added all \
         the same, and the product cannot sign in. Let the product sign in once before you remove its secret."
    )
}

pub(super) fn still_trusted(app: &str, trust: &Trust) -> String {
    format!(
        "“{app}” trusts “{}”. A product that signs in with it stops working when it is removed.",
        trust.name
    )
}

#[cfg(test)]
pub(in crate::plan) fn all() -> Vec<Words> {
    let trust = Trust {
        name: "github-main".to_owned(),
        issuer: String::new(),
        subject: String::new(),
        audience: String::new(),
    };
    vec![add("App", &trust), already("App", &trust), remove("App", &trust)]
}
