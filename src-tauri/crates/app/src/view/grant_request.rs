//! What is sent to the person who can grant the rest.

use contract::{ConsentLink, GrantRequest};

/// The request as the window shows it.
pub(crate) fn view(request: &provision::GrantRequest) -> GrantRequest {
    GrantRequest {
        links: request
            .links
            .iter()
            .map(|link| ConsentLink { registration: link.registration.clone(), url: link.url.to_string() })
            .collect(),
        message: request.message.clone(),
        file_name: request.file_name.clone(),
        file_text: request.file.to_text(),
        people: request.people.iter().map(ToString::to_string).collect(),
    }
}
