//! What is wrong with a person's choices, in words that say what to change.

use serde::Serialize;
use thiserror::Error;

/// One thing to change before a set-up can be planned.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[error("{problem}")]
pub struct InputIssue {
    /// What it is about.
    pub subject: IssueSubject,
    /// What is wrong.
    pub problem: InputProblem,
}

impl InputIssue {
    /// A better answer that can be taken over with one click.
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        match &self.problem {
            InputProblem::WholeUrl { suggestion }
            | InputProblem::WholeAddress { suggestion, .. }
            | InputProblem::Spaces { suggestion }
            | InputProblem::NotHttps { suggestion } => Some(suggestion),
            InputProblem::UnknownChoice { nearest, .. } => nearest.as_deref(),
            _ => None,
        }
    }
}

/// What an issue is about; the page puts the sentence beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "kind", content = "id", rename_all = "kebab-case")]
pub enum IssueSubject {
    /// The choice of features as a whole.
    Features,
    /// One feature.
    Feature(String),
    /// The choice of environments as a whole.
    Environments,
    /// One environment.
    Environment(String),
    /// An input.
    Input(String),
    /// A registration's display name.
    DisplayName(String),
    /// A registration's account type.
    Audience(String),
    /// The lifetime of a registration's secret.
    SecretMonths(String),
    /// Whose mailboxes a registration is to reach.
    MailboxAccess(String),
    /// A permission that was switched on.
    Permission(String),
}

/// What is wrong with one choice or answer.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum InputProblem {
    /// No feature is chosen.
    #[error("Choose at least one feature.")]
    NoFeature,
    /// A feature that does not exist.
    #[error("This connector has no feature called “{id}”.")]
    UnknownFeature {
        /// What was asked for.
        id: String,
    },
    /// A feature that cannot be had.
    #[error("“{name}” cannot be chosen. {why}")]
    UnavailableFeature {
        /// The feature's name.
        name: String,
        /// The connector's reason.
        why: String,
    },
    /// No environment is chosen.
    #[error("Choose at least one environment.")]
    NoEnvironment,
    /// An environment that does not exist.
    #[error("This connector has no environment called “{id}”.")]
    UnknownEnvironment {
        /// What was asked for.
        id: String,
    },
    /// An input that does not exist.
    #[error("This connector does not ask for “{id}”.")]
    UnknownInput {
        /// What was asked for.
        id: String,
    },
    /// A registration that does not exist or is not made for these choices.
    #[error("With these choices, no app registration called “{key}” is made.")]
    UnknownRegistration {
        /// What was asked for.
        key: String,
    },
    /// An account type that is not on offer.
    #[error("This app cannot have that account type. Choose one of those on offer.")]
    AudienceNotOffered,
    /// A lifetime outside the limits.
    #[error("Choose a lifetime from 1 to {max} months.")]
    SecretMonths {
        /// The longest lifetime on offer.
        max: u8,
    },
    /// A limit for an app that has no use for one.
    #[error("This app opens no mailboxes, so there is nothing to limit.")]
    NoLimit,
    /// A limit to a group without the group.
    #[error("Choose the group whose mailboxes the app may open.")]
    NoGroup,
    /// A limit to people without the people.
    #[error("Choose at least one mailbox that the app may open.")]
    NoPeople,
    /// More people than are kept one by one.
    #[error("Choose {max} mailboxes at most. For more than that, choose a group.")]
    TooManyPeople {
        /// The greatest number.
        max: usize,
    },
    /// A permission that the connector does not ask for.
    #[error("This connector does not ask for the permission “{name}”.")]
    UnknownPermission {
        /// What was switched on.
        name: String,
    },
    /// Nothing was answered.
    #[error("Fill in “{label}”.")]
    Missing {
        /// The input's label.
        label: String,
    },
    /// Blanks where none can be.
    #[error("There is a blank in it. Did you mean “{suggestion}”?")]
    Spaces {
        /// The answer without them.
        suggestion: String,
    },
    /// More than one answer where one is wanted.
    #[error("Enter only one, with no commas.")]
    Several,
    /// Too many characters.
    #[error("This is too long. It can have {max} characters at most.")]
    TooLong {
        /// The greatest number of characters.
        max: u32,
    },
    /// Too few characters.
    #[error("This is too short. It needs at least {min} characters.")]
    TooShort {
        /// The least number of characters.
        min: u32,
    },
    /// Characters that cannot be seen, or that change the direction of writing.
    #[error("It has a hidden character in it. Type it by hand instead of pasting it.")]
    Hidden,
    /// A letter that looks like another one.
    #[error("The letter “{character}” looks like another one but is not it. Type the address by hand.")]
    LookAlike {
        /// The letter.
        character: char,
    },
    /// A character that is not allowed here.
    #[error("“{character}” cannot be used here. These can: {allowed}.")]
    Character {
        /// The character.
        character: char,
        /// What is allowed, in words.
        allowed: String,
    },
    /// Not an address.
    #[error("This is not a whole e-mail address. It should look like name@example.com.")]
    NotAnAddress,
    /// A display form such as `Megan <megan@contoso.com>`.
    #[error("Enter only the address, without the name: “{suggestion}”.")]
    WholeAddress {
        /// The address alone.
        suggestion: String,
    },
    /// Not a domain.
    #[error("This is not a domain name. It should look like example.com.")]
    NotADomain,
    /// An address where only a part of its host name is wanted.
    #[error("Enter only this part of the address: “{suggestion}”.")]
    WholeUrl {
        /// The part.
        suggestion: String,
    },
    /// Not one part of a host name.
    #[error("Use only letters, digits and hyphens, with no hyphen at the start or the end.")]
    NotALabel,
    /// One part of a host name in its coded form (`xn--…`).
    #[error(
        "A name that begins with “xn--” is a coded one. Enter it as you see it in the product, in plain letters."
    )]
    CodedLabel,
    /// Not an address of a page.
    #[error("This is not a web address. It should look like https://example.com/page.")]
    NotAUrl,
    /// Not encrypted.
    #[error("The address must begin with https. Did you mean “{suggestion}”?")]
    NotHttps {
        /// The address with https.
        suggestion: String,
    },
    /// A name or password inside the address.
    #[error("Leave out the name and password in front of the @ sign.")]
    UrlWithPassword,
    /// Not a number.
    #[error("Enter a whole number, in digits only.")]
    NotANumber,
    /// Outside the limits.
    #[error("Enter a number from {min} to {max}.")]
    OutOfRange {
        /// Least number.
        min: u32,
        /// Greatest number.
        max: u32,
    },
    /// Not one of the choices.
    #[error("Choose one of these: {choices}.")]
    UnknownChoice {
        /// The choices' values, separated by commas.
        choices: String,
        /// The one that comes nearest.
        nearest: Option<String>,
    },
    /// Not a country.
    #[error("Choose a country from the list, or enter its two letters, such as DE.")]
    NotACountry,
    /// Not the name of a licence.
    #[error("Enter the short name of the licence, such as EXCHANGESTANDARD.")]
    NotALicence,
    /// Not a certificate.
    #[error("This is not a certificate. It should begin with “-----BEGIN CERTIFICATE-----”.")]
    NotACertificate,
    /// A private key where only a certificate may be.
    #[error(
        "There is a private key in it. Nobody but its owner should have it: do not pass it on, and ask the vendor for \
         the certificate alone."
    )]
    PrivateKey,
    /// The filled-in redirect address cannot be registered.
    #[error(
        "With this answer, the return address would be {uri}, which Microsoft does not take. Check the answer."
    )]
    RedirectUri {
        /// The address.
        uri: String,
    },
}
