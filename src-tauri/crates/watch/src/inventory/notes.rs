//! What people wrote about apps, as a search looks through it. Kept elsewhere; here only its words.

use std::collections::HashMap;

use memchr::memmem::Finder;

use super::index::Entry;
use super::index::words::fold;

/// What people wrote, by client id, in the form in which it is searched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes(HashMap<String, String>);

impl Notes {
    /// Texts by client id.
    pub fn new(texts: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(texts.into_iter().map(|(app_id, text)| (app_id.to_ascii_lowercase(), fold(&text))).collect())
    }

    /// What was written about an app.
    pub(super) fn about(&self, app: &Entry) -> Option<&str> {
        if self.0.is_empty() {
            return None;
        }
        let app_id = app.app_id();
        match self.0.get(app_id) {
            Some(text) => Some(text),
            None => self.0.get(&app_id.to_ascii_lowercase()).map(String::as_str),
        }
    }
}

/// Whether each word of a search is in what lists search of an app, or in what people wrote about it.
pub(super) fn say_it(finders: &[Finder<'_>], words: &str, notes: Option<&str>) -> bool {
    finders.iter().all(|finder| {
        let is_in = |text: &str| finder.find(text.as_bytes()).is_some();
        is_in(words) || notes.is_some_and(is_in)
    })
}
