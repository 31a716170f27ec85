//! The way to Microsoft for people's own connections: an HTTP client and sign-in services apart from those of who
//! administers. A kept connection keeps what it read and sent last, tokens among it; hanging up ends all of them, and what
//! they held is freed, which wipes it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use identity::{Authority, Cloud, CloudId};
use jiff::SignedDuration;

use crate::errors::Answer;
use crate::space::OpenSpace;
use crate::{App, held};

/// The line of a space; made when it is needed.
#[derive(Default)]
pub(crate) struct Line(Mutex<Option<Open>>);

struct Open {
    http: reqwest::Client,
    authorities: HashMap<CloudId, Arc<Authority>>,
}

impl Line {
    /// Ends the connections that wait for more. One that is at work ends with the task that uses it.
    pub(super) fn hang_up(&self) {
        held(&self.0).take();
    }

    /// How far this computer's clock is ahead of each sign-in service's, where one has said so.
    pub(crate) fn clock_skews(&self) -> Vec<SignedDuration> {
        let open = held(&self.0);
        open.iter().flat_map(|open| open.authorities.values()).filter_map(|one| one.clock_skew()).collect()
    }
}

impl App {
    /// The client for requests in the name of people's own connections.
    pub(super) fn personal_http(&self, space: &OpenSpace) -> Answer<reqwest::Client> {
        self.on_line(&space.line, |open| open.http.clone())
    }

    /// The sign-in service of a cloud for people's own connections.
    pub(crate) fn personal_authority(&self, space: &OpenSpace, cloud: &Cloud) -> Answer<Arc<Authority>> {
        self.on_line(&space.line, |open| {
            let made = || Authority::new(cloud.clone(), open.http.clone(), self.clock());
            Arc::clone(open.authorities.entry(cloud.id().clone()).or_insert_with(made))
        })
    }

    fn on_line<T>(&self, line: &Line, what: impl FnOnce(&mut Open) -> T) -> Answer<T> {
        let mut line = held(&line.0);
        let mut open = match line.take() {
            Some(open) => open,
            None => Open { http: self.new_http()?, authorities: HashMap::new() },
        };
        let given = what(&mut open);
        *line = Some(open);
        Ok(given)
    }
}
