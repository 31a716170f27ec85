//! Set-ups, reminders and notes in a file for a colleague. Never secrets.

use contract::{AppError, ErrorCode, HandedOn};

use crate::App;
use crate::errors::Answer;

impl App {
    /// Saves set-ups, reminders and notes for a colleague to the person's downloads; gives the path.
    pub async fn hand_on_save(&self) -> Answer<String> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// A colleague's file in plain words.
    pub async fn hand_on_open(&self, _text: &str) -> Answer<HandedOn> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// Takes over what is in a colleague's file.
    pub async fn hand_on_accept(&self, _text: &str) -> Answer<HandedOn> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }
}
