//! Which secret somebody pasted: “this is prod-1, it ends on 3 May”.

use blueprint::{SECRET_ID_EXPLANATION, looks_like_secret_id};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use super::case::Case;
use super::days::Days;
use super::{Context, words};
use crate::{App, Credential, CredentialKind};

/// Most secrets that are named when several fit.
const MOST: usize = 20;

/// What a pasted text turned out to be. Nothing secret is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// A secret, or several that it may be.
    Secret {
        /// Those that fit, the one that ends last first; at most 20.
        fits: Vec<Matched>,
        /// How sure that is.
        certainty: Certainty,
    },
    /// No secret, but the id of one: nobody can sign in with it.
    KeyId {
        /// Whose id it is; none where no app here has it.
        of: Option<Matched>,
    },
    /// No secret, but an app's client id.
    ClientId {
        /// The app's name, or its id.
        app_name: String,
    },
    /// No secret of any app here.
    Unknown,
    /// Nothing was pasted.
    Empty,
}

/// How sure it is which secret was pasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The value is the one that is kept here.
    Value,
    /// Its first three characters fit, which is all that Microsoft shows of a secret, and fit no other one.
    Hint,
    /// Its first three characters fit several.
    Several,
}

/// A secret that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Client id.
    pub app_id: String,
    /// The app's name, or its client id.
    pub app_name: String,
    /// Microsoft's key id.
    pub key_id: String,
    /// What it is and when it ends, as a sentence.
    pub sentence: String,
    /// It no longer works.
    pub ended: bool,
}

impl Match {
    /// What was found, in words.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Secret { fits, certainty } => match (fits.as_slice(), certainty) {
                ([one, ..], Certainty::Value) => format!("{} It is the one kept here.", one.sentence),
                ([one, ..], Certainty::Hint) => {
                    format!(
                        "{} Its first three characters fit, which is all that Microsoft shows.",
                        one.sentence
                    )
                }
                (many, _) => format!("Its first three characters fit {} secrets.", many.len()),
            },
            Self::KeyId { of: Some(one) } => format!("{SECRET_ID_EXPLANATION} {}", one.sentence),
            Self::KeyId { of: None } => SECRET_ID_EXPLANATION.to_owned(),
            Self::ClientId { app_name } => {
                format!(
                    "This is the client id of {app_name}, not a secret. Paste what stands in the Value column."
                )
            }
            Self::Unknown => {
                "It fits no secret of any app here. It may have been removed, or belong elsewhere.".to_owned()
            }
            Self::Empty => "Nothing was pasted.".to_owned(),
        }
    }
}

/// Says which secret was pasted: by its value where `kept` knows it, else by its first three characters; an id of a
/// secret or of an app is recognised.
///
/// `kept` compares the pasted text with the values that are kept here and gives the key id of the one that is the same;
/// [`same_secret`] compares without telling by the time it takes. Nothing of the text is kept or written anywhere.
pub fn secret_match<'a>(
    pasted: &SecretString,
    apps: impl IntoIterator<Item = &'a App>,
    kept: impl FnOnce(&SecretString) -> Option<String>,
    context: &Context,
) -> Match {
    // What a person copies around a value: blanks, quotes, commas of a list.
    let around = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | ';' | '“' | '”');
    let text = SecretString::from(pasted.expose_secret().trim_matches(around));
    if text.expose_secret().is_empty() {
        return Match::Empty;
    }
    if looks_like_secret_id(text.expose_secret()) {
        return by_id(text.expose_secret(), apps, context);
    }
    let key = kept(&text);
    let first: String = text.expose_secret().chars().take(3).collect();
    let mut fits = Vec::new();
    for app in apps {
        for one in app.credentials.iter().filter(|one| one.kind == CredentialKind::Secret) {
            if key.as_deref().is_some_and(|key| key.eq_ignore_ascii_case(&one.key_id)) {
                return Match::Secret { fits: vec![matched(app, one, context)], certainty: Certainty::Value };
            }
            let hint = one.hint.as_deref().unwrap_or_default();
            if hint.chars().count() == 3 && bool::from(hint.as_bytes().ct_eq(first.as_bytes())) {
                fits.push((one.ends, matched(app, one, context)));
            }
        }
    }
    fits.sort_by(|(one, _), (other, _)| other.cmp(one));
    fits.truncate(MOST);
    let fits: Vec<Matched> = fits.into_iter().map(|(_, one)| one).collect();
    match fits.len() {
        0 => Match::Unknown,
        1 => Match::Secret { fits, certainty: Certainty::Hint },
        _ => Match::Secret { fits, certainty: Certainty::Several },
    }
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
#[must_use]
pub fn same_secret(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret().as_bytes().ct_eq(other.expose_secret().as_bytes()).into()
}

fn by_id<'a>(text: &str, apps: impl IntoIterator<Item = &'a App>, context: &Context) -> Match {
    let bare = text.trim_matches(|c| matches!(c, '{' | '}'));
    for app in apps {
        if let Some(one) = app.credentials.iter().find(|one| one.key_id.eq_ignore_ascii_case(bare)) {
            return Match::KeyId { of: Some(matched(app, one, context)) };
        }
        let object = app.registration.as_ref().map(|one| one.object_id.as_str());
        if app.app_id.eq_ignore_ascii_case(bare) || object.is_some_and(|id| id.eq_ignore_ascii_case(bare)) {
            return Match::ClientId { app_name: app_name(app) };
        }
    }
    Match::KeyId { of: None }
}

fn app_name(app: &App) -> String {
    let name = words::short(app.name.trim());
    if name.is_empty() { app.app_id.clone() } else { name }
}

fn matched(app: &App, one: &Credential, context: &Context) -> Matched {
    let days = Days::of(context);
    let case = Case::of(app, context, &days);
    let ended = one.ends.is_some_and(|ends| ends <= case.now());
    let name = app_name(app);
    let what = words::credential(one);
    let sentence = match one.ends {
        Some(ends) if ended => format!("This is {what} of {name}. It ended on {}.", days.day(ends)),
        Some(ends) => format!("This is {what} of {name}. It ends on {}.", days.day(ends)),
        None => format!("This is {what} of {name}. Microsoft names no end for it."),
    };
    Matched { app_id: app.app_id.clone(), app_name: name, key_id: one.key_id.clone(), sentence, ended }
}
