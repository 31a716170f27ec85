//! A message with the link, ready to send.

use std::fmt::Write as _;

use contract::Invitation;

use crate::personal::features;

/// The message. It says what will be asked, so that nobody has to trust the link.
pub(super) fn of(invitation: &Invitation, link: &str) -> String {
    let mut text = String::new();
    if !invitation.greeting.is_empty() {
        let _ = write!(text, "{}\n\n", invitation.greeting);
    }
    let _ = writeln!(
        text,
        "Connect your Microsoft account with {}. It asks for this and no more:\n",
        invitation.product
    );
    for permission in features::permissions(&invitation.features) {
        let _ = writeln!(text, "  - {} ({})", permission.sentence, permission.value);
    }
    let _ = write!(
        text,
        "\nWith Gatehouse on your computer, open this link. Gatehouse shows what it asks for before anything happens:\n\n{link}\n\n\
         If nothing opens, copy the link and paste it in Gatehouse, under My account.\n\n\
         Without Gatehouse, look in {} for “Sign in with Microsoft”. Then see that Microsoft's page asks for no more than \
         the list above.\n\nNothing in this message is secret. Nobody needs your password for this.\n",
        invitation.product
    );
    text
}
