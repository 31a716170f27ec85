//! What an invitation may carry, whichever way it came. Everything in it is the sender's word, so everything is looked at.

use contract::{AccountKind, CloudId, Invitation, PersonalFeature};
use identity::{Guid, Tenant, TenantTextError};

/// Longest name of a product, in characters.
pub(super) const LONGEST_PRODUCT: usize = 60;
/// Longest name of an organisation.
pub(super) const LONGEST_ORGANISATION: usize = 80;
/// Longest greeting.
pub(super) const LONGEST_GREETING: usize = 500;
/// Most lines of a greeting.
const MOST_LINES: usize = 12;
/// Most marks above or below one letter: more of them cover what stands around them.
const MOST_MARKS: usize = 2;

/// Every feature with its name in links and files.
pub(super) const FEATURES: [(PersonalFeature, &str); 7] = [
    (PersonalFeature::CalendarRead, "calendar-read"),
    (PersonalFeature::CalendarWrite, "calendar-write"),
    (PersonalFeature::MailRead, "mail-read"),
    (PersonalFeature::MailWrite, "mail-write"),
    (PersonalFeature::MailSend, "mail-send"),
    (PersonalFeature::ContactsRead, "contacts-read"),
    (PersonalFeature::ContactsWrite, "contacts-write"),
];

/// Every cloud with its name in links and files. One that somebody set up is none of them: it would send people to a
/// sign-in page of the sender's.
pub(super) const CLOUDS: [(CloudId, &str); 5] = [
    (CloudId::Global, "global"),
    (CloudId::UsGov, "us-gov"),
    (CloudId::UsGovDod, "us-gov-dod"),
    (CloudId::China, "china"),
    (CloudId::Practice, "practice"),
];

const WORK: &str = "work";
const PERSONAL: &str = "personal";
const EITHER: &str = "either";
const ORGANISATION: &str = "organisation";

/// Why an invitation cannot be used, as a sentence each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum InvitationError {
    /// Longer than any link of ours.
    #[error("The link is too long to come from Gatehouse.")]
    LinkTooLong,
    /// Longer than any file of ours.
    #[error("The file is too long to come from Gatehouse.")]
    FileTooLong,
    /// Nothing, or nothing that could be read.
    #[error("It is empty, or its file could not be read.")]
    Empty,
    /// Not `gatehouse://connect`.
    #[error("This is not a link to an invitation. Those begin with gatehouse://connect?")]
    OtherLink,
    /// Not JSON, or not of this form.
    #[error("This is neither the link nor the file of an invitation.")]
    Form,
    /// Another kind of file.
    #[error("This file is not an invitation.")]
    OtherFormat,
    /// A newer version wrote it.
    #[error("A newer Gatehouse made the invitation. Update this one to open it.")]
    Newer,
    /// A part that no invitation has.
    #[error("The invitation holds a part that Gatehouse does not know.")]
    UnknownPart,
    /// One part given twice.
    #[error("The invitation says something twice.")]
    Twice,
    /// A part is not there.
    #[error("A part of the invitation is missing: {0}.")]
    Missing(&'static str),
    /// The client id is none.
    #[error("The app's client ID does not have the form of one.")]
    ClientId,
    /// A client id of Microsoft's own.
    #[error("The client ID belongs to one of Microsoft's own apps. Nobody has to invite you to those.")]
    MicrosoftsOwn,
    /// A cloud that does not exist, or that somebody set up.
    #[error("The invitation is for a cloud that an invitation cannot be for.")]
    Cloud,
    /// Not work, personal, either or organisation.
    #[error("It does not say in a known way which accounts it is for.")]
    Accounts,
    /// The organisation is not named by an id or a plain domain.
    #[error("The organisation is not named by its ID or by a plain domain name.")]
    Tenant,
    /// A domain that may look like another one.
    #[error("The domain holds letters that can look like others. The organisation's ID can be used instead.")]
    TenantLetters,
    /// A feature that does not exist, or none.
    #[error("It asks for something that Gatehouse does not know.")]
    Feature,
    /// A text is too long.
    #[error("{what} is too long. {most} characters are the most.")]
    TextTooLong {
        /// Which text.
        what: &'static str,
        /// The limit.
        most: usize,
    },
    /// A text holds what cannot be seen, or what changes the look of what is around it.
    #[error("{0} holds characters that cannot be seen or that hide others.")]
    Hidden(&'static str),
    /// A name holds a letter that looks like another one.
    #[error("{0} holds a letter that looks like another one.")]
    LookAlike(&'static str),
}

/// An invitation as it is written, before anything of it is believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) cloud: String,
    pub(super) client_id: String,
    pub(super) accounts: String,
    pub(super) tenant: Option<String>,
    pub(super) features: Vec<String>,
    pub(super) product: String,
    pub(super) organisation: String,
    pub(super) greeting: String,
}

impl Written {
    /// As it is written in a link or a file. A cloud that no invitation may carry has no name there.
    pub(super) fn of(invitation: &Invitation) -> Self {
        let (accounts, tenant) = match &invitation.accounts {
            AccountKind::Work => (WORK, None),
            AccountKind::Personal => (PERSONAL, None),
            AccountKind::Either => (EITHER, None),
            AccountKind::Organisation { tenant } => (ORGANISATION, Some(tenant.clone())),
        };
        let cloud = CLOUDS.iter().find(|(cloud, _)| *cloud == invitation.cloud);
        Self {
            cloud: cloud.map(|(_, name)| (*name).to_owned()).unwrap_or_default(),
            client_id: invitation.client_id.clone(),
            accounts: accounts.to_owned(),
            tenant,
            features: invitation.features.iter().map(|one| name_of(*one).to_owned()).collect(),
            product: invitation.product.clone(),
            organisation: invitation.organisation.clone(),
            greeting: invitation.greeting.clone(),
        }
    }

    /// The invitation, once everything in it is as it may be.
    pub(super) fn checked(&self) -> Result<Invitation, InvitationError> {
        let client_id: Guid = self.client_id.parse().map_err(|_| InvitationError::ClientId)?;
        if identity::first_party::clients().iter().any(|one| one.client_id == client_id) {
            return Err(InvitationError::MicrosoftsOwn);
        }
        let cloud = CLOUDS.iter().find(|(_, name)| *name == self.cloud);
        let (cloud, _) = cloud.ok_or(InvitationError::Cloud)?;
        let product = one_line("The product's name", &self.product, LONGEST_PRODUCT)?;
        if product.is_empty() {
            return Err(InvitationError::Missing("the product's name"));
        }
        Ok(Invitation {
            cloud: cloud.clone(),
            client_id: client_id.to_string(),
            accounts: self.account_kind()?,
            features: self.known_features()?,
            product,
            organisation: one_line("The organisation's name", &self.organisation, LONGEST_ORGANISATION)?,
            greeting: lines("The greeting", &self.greeting)?,
        })
    }

    fn account_kind(&self) -> Result<AccountKind, InvitationError> {
        match (self.accounts.as_str(), &self.tenant) {
            (WORK, None) => Ok(AccountKind::Work),
            (PERSONAL, None) => Ok(AccountKind::Personal),
            (EITHER, None) => Ok(AccountKind::Either),
            (ORGANISATION, Some(tenant)) => Ok(AccountKind::Organisation { tenant: specific(tenant)? }),
            (ORGANISATION, None) => Err(InvitationError::Missing("the organisation")),
            _ => Err(InvitationError::Accounts),
        }
    }

    /// In our order, each once.
    fn known_features(&self) -> Result<Vec<PersonalFeature>, InvitationError> {
        if self.features.is_empty() {
            return Err(InvitationError::Missing("what it is for"));
        }
        if self.features.iter().any(|name| !FEATURES.iter().any(|(_, known)| known == name)) {
            return Err(InvitationError::Feature);
        }
        let asked = FEATURES.iter().filter(|(_, name)| self.features.iter().any(|one| one == name));
        let asked: Vec<PersonalFeature> = asked.map(|(feature, _)| *feature).collect();
        if asked.len() == self.features.len() { Ok(asked) } else { Err(InvitationError::Twice) }
    }
}

/// A feature's name in links and files.
pub(super) fn name_of(feature: PersonalFeature) -> &'static str {
    FEATURES.iter().find(|(one, _)| *one == feature).map_or("", |(_, name)| name)
}

/// An organisation that is named exactly.
fn specific(tenant: &str) -> Result<String, InvitationError> {
    match Tenant::parse(tenant) {
        Ok(tenant) if tenant.is_specific() => Ok(tenant.as_str().to_owned()),
        Err(TenantTextError::NotAscii) => Err(InvitationError::TenantLetters),
        Ok(_) | Err(_) => Err(InvitationError::Tenant),
    }
}

/// A name: one line in one alphabet, word by word.
fn one_line(what: &'static str, text: &str, most: usize) -> Result<String, InvitationError> {
    let text = plain(what, text, most, false)?;
    match blueprint::text::look_alike(&text) {
        Some(_) => Err(InvitationError::LookAlike(what)),
        None => Ok(text),
    }
}

/// A few lines of plain text.
fn lines(what: &'static str, text: &str) -> Result<String, InvitationError> {
    let text = plain(what, &text.replace("\r\n", "\n"), LONGEST_GREETING, true)?;
    if text.contains('\r') || text.lines().count() > MOST_LINES {
        return Err(InvitationError::Hidden(what));
    }
    Ok(text)
}

fn plain(what: &'static str, text: &str, most: usize, lines: bool) -> Result<String, InvitationError> {
    let text = text.trim();
    if text.chars().count() > most {
        return Err(InvitationError::TextTooLong { what, most });
    }
    let mut marks = 0;
    let covered = text.chars().any(|c| {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        marks > MOST_MARKS
    });
    if covered || blueprint::text::has_hidden(text, lines) {
        return Err(InvitationError::Hidden(what));
    }
    Ok(text.to_owned())
}

/// A mark that is drawn onto the letter before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}
