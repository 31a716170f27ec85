//! Invitations: an admin asks people to connect. A link or a file, without anything secret, and without anything proved:
//! what comes is shown in plain words, and nothing begins by it.

mod file;
mod link;
mod message;
#[cfg(test)]
mod mutated;
mod review;
mod rules;
#[cfg(test)]
mod tests;

use std::io::Read as _;
use std::path::Path;

use contract::{AppError, Changed, CloudId, ErrorCode, Invitation, InvitationReview, InvitationView, Space};

use crate::errors::{Answer, Explain, OrExplain};
use crate::personal::features;
use crate::{App, files, held};

use rules::{InvitationError, Written};

impl App {
    /// Makes an invitation.
    pub async fn invitation_make(&self, wanted: Invitation) -> Answer<InvitationView> {
        let invitation = self.as_sent(&wanted)?;
        let link = link::write(&invitation).map_err(|_| link_too_long())?;
        Ok(InvitationView {
            message: message::of(&invitation, &link),
            permissions: features::permissions(&invitation.features),
            link,
            invitation,
        })
    }

    /// Saves an invitation to the person's downloads; gives the path.
    pub async fn invitation_save(&self, wanted: Invitation) -> Answer<String> {
        let invitation = self.as_sent(&wanted)?;
        let name = format!("{}.{INVITATION_EXTENSION}", file_name(&invitation.product));
        files::save_for_person(&self.0.options.downloads, &name, file::write(&invitation).as_bytes())
    }

    /// An invitation that came (its link or its file's text), in plain words. Nothing begins by it.
    pub async fn invitation_open(&self, text: &str) -> Answer<InvitationReview> {
        let invitation = read(text).or_explain()?;
        let space = self.space().ok();
        if let Some(space) = &space {
            fits(space.space, &invitation.cloud)?;
        }
        let known = space.map(|space| self.personal_all(&space)).unwrap_or_default();
        Ok(review::of(invitation, &known))
    }

    /// The link, or the text of the file, that the system opened Gatehouse with, once; none when there is none.
    pub async fn invitation_waiting(&self) -> Answer<Option<String>> {
        Ok(held(&self.0.invitation).take())
    }

    /// The system opened Gatehouse with this link. It waits for the window, which shows what is in it; a later one takes its
    /// place. Whatever it holds, nothing else happens.
    pub fn invitation_arrived(&self, text: &str) {
        if !link::is_ours(text) {
            return;
        }
        // One that is too long is kept as long as it needs to be to be told so.
        let kept = text.chars().take(link::LONGEST + 1).collect();
        *held(&self.0.invitation) = Some(kept);
        self.changed(Changed::Personal);
    }

    /// The system opened Gatehouse with this file. What can be read of it waits for the window as a link does; one that cannot
    /// be read is told there to be empty or out of reach.
    pub fn invitation_file_arrived(&self, path: &Path) {
        if !is_invitation_file(path) {
            return;
        }
        let mut text = Vec::new();
        // One that is too long is read as far as it needs to be to be told so. What is no file, such as a pipe, could wait
        // for ever.
        if path.is_file()
            && let Ok(file) = std::fs::File::open(path)
        {
            let _ = file.take(file::LONGEST as u64 + 1).read_to_end(&mut text);
        }
        *held(&self.0.invitation) = Some(String::from_utf8_lossy(&text).into_owned());
        self.changed(Changed::Personal);
    }

    /// As the receiver will read it. In practice it is for practice, whatever was asked.
    fn as_sent(&self, wanted: &Invitation) -> Answer<Invitation> {
        let practising = self.space().is_ok_and(|space| space.space == Space::Practice);
        let mut written = Written::of(wanted);
        if practising {
            written.cloud = "practice".to_owned();
        }
        written.checked().map_err(|error| {
            let mut told = AppError::new(ErrorCode::AnswersNeedAttention).because(error.to_string());
            told.issues = issue(&error).into_iter().collect();
            told
        })
    }
}

/// Whether somebody opened Gatehouse with a link of ours, good or bad, rather than with words for the command line.
pub fn is_invitation_link(argument: &str) -> bool {
    link::is_ours(argument)
}

/// How the name of an invitation's file ends. The package registers it with the system (`tauri.conf.json`).
pub const INVITATION_EXTENSION: &str = "gatehouse-invitation";

/// Whether a file is an invitation by its name, good or bad.
pub fn is_invitation_file(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(INVITATION_EXTENSION))
}

/// A link or a file's text; a file begins with a brace.
fn read(text: &str) -> Result<Invitation, InvitationError> {
    if text.len() > file::LONGEST {
        let looks_like_a_link = link::is_ours(text.trim_start());
        return Err(if looks_like_a_link {
            InvitationError::LinkTooLong
        } else {
            InvitationError::FileTooLong
        });
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(InvitationError::Empty);
    }
    let written = if text.starts_with('{') { file::read(text)? } else { link::read(text)? };
    written.checked()
}

/// An invitation to practice means nothing outside of it, and the other way round.
fn fits(space: Space, cloud: &CloudId) -> Answer<()> {
    let why = match (space, *cloud == CloudId::Practice) {
        (Space::Practice, false) => "The invitation is for a real organisation, and you are practising.",
        (Space::Real, true) => "The invitation is for the practice organisation.",
        _ => return Ok(()),
    };
    Err(AppError::new(ErrorCode::WrongSpace).because(why))
}

/// The part of a form that a mistake belongs to.
fn issue(error: &InvitationError) -> Option<contract::InputIssue> {
    let input = match error {
        InvitationError::ClientId | InvitationError::MicrosoftsOwn => "clientId",
        InvitationError::Cloud => "cloud",
        InvitationError::Accounts | InvitationError::Tenant | InvitationError::TenantLetters => "accounts",
        InvitationError::Feature | InvitationError::Twice => "features",
        InvitationError::Missing(what) => match *what {
            "what it is for" => "features",
            "the organisation" => "accounts",
            _ => "product",
        },
        InvitationError::TextTooLong { what, .. }
        | InvitationError::Hidden(what)
        | InvitationError::LookAlike(what) => match *what {
            "The product's name" => "product",
            "The organisation's name" => "organisation",
            _ => "greeting",
        },
        _ => return None,
    };
    Some(contract::InputIssue { input: input.to_owned(), sentence: error.to_string(), suggestion: None })
}

fn link_too_long() -> AppError {
    let sentence = "The greeting makes the link too long. Make it shorter, or save the invitation as a file.";
    let mut told = AppError::new(ErrorCode::AnswersNeedAttention).because(sentence);
    told.issues.push(contract::InputIssue {
        input: "greeting".to_owned(),
        sentence: sentence.to_owned(),
        suggestion: None,
    });
    told
}

/// A product's name as a file's name, on every system.
fn file_name(product: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let name: String = product.to_lowercase().chars().map(plain).take(40).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "invitation".to_owned() } else { name.to_owned() }
}

impl Explain for InvitationError {
    fn explain(&self) -> AppError {
        let mut told = AppError::new(ErrorCode::FileNotUsable)
            .because(self.to_string())
            .advise("Ask the person who sent it for a new one. Nothing was opened or changed.");
        "This invitation cannot be used.".clone_into(&mut told.title);
        told
    }
}
