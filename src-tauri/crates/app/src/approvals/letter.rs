//! The letter to the admin: what is asked, and three ways to answer it. It names nobody who is not known.

use std::fmt::Write as _;

use super::kept::Asked;
use crate::personal::features;

/// The subject.
pub(super) fn subject(asked: &Asked) -> String {
    format!("Please allow {} for my account", app(asked))
}

/// The letter, with the consent link in it.
pub(super) fn text(asked: &Asked, link: &str) -> String {
    let app = app(asked);
    let mut text = format!("Hello,\n\nI would like to use {app} with my account");
    match (&asked.person, asked.organisation()) {
        (Some(person), Some(organisation)) => {
            let _ = write!(text, " {} at {organisation}", person.upn);
        }
        (None, Some(organisation)) => {
            let _ = write!(text, " at {organisation}");
        }
        _ => {}
    }
    let code = asked.code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
    let _ = write!(
        text,
        ". Microsoft says that an admin has to agree first{code}.\n\nThe app is {app}. Its client ID is {}.\n\nIt asks for this:\n\n",
        asked.request.client_id
    );
    for permission in features::permissions(&asked.request.features) {
        let _ = writeln!(text, "  - {} ({})", permission.sentence, permission.value);
    }
    let _ = write!(
        text,
        "\nEach of these works only for the person who signs in, and never reaches more than that person may.\n\n\
         There are two ways to agree. One is enough.\n\n\
         1. With Gatehouse: open the request file that I can send you, with “Open a request file”. Gatehouse shows \
         each permission before anything changes, and grants just these.\n\n\
         2. In the browser: open this link and sign in as an admin.\n\n{link}\n\n\
         The link grants all that the app's maker has listed for it, and takes the place of what was granted to the app \
         before. Microsoft's page shows the list. Either way it holds for everyone in the organisation. You can take it back \
         at any time, under “Enterprise applications”.\n\n\
         Nothing in this letter is secret. It does not ask for a password, and you need none of mine.\n\nThank you.\n"
    );
    text
}

/// What the app is called: the person's own word for it, without what cannot be seen; or its id.
pub(super) fn app(asked: &Asked) -> String {
    let seen = |c: &char| !blueprint::text::has_hidden(c.encode_utf8(&mut [0; 4]), false);
    let named: String =
        asked.request.product.iter().flat_map(|name| name.chars()).filter(seen).take(80).collect();
    let named = named.trim();
    if named.is_empty() { format!("the app {}", asked.request.client_id) } else { named.to_owned() }
}
