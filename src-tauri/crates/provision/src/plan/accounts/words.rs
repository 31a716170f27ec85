//! The sentences about accounts.

use blueprint::licences::name;

use crate::plan::words::{Words, words};

pub(super) fn make(address: &str) -> Words {
    words(
        format!(
            "Create the account “{address}” with a new password, which is kept safely here and need not be changed at the first sign-in."
        ),
        format!("Created the account “{address}” and kept its password safely."),
        Some("The account is deleted. It can be restored for 30 days."),
    )
}

pub(super) fn keep(address: &str) -> Words {
    let text = format!("The account “{address}” is there and may sign in. Its password stays as it is.");
    words(text.clone(), text, None)
}

pub(super) fn licence(address: &str, part: &str) -> Words {
    let licence = name(part);
    words(
        format!("Give “{address}” the licence “{licence}”. It counts as one of yours."),
        format!("Gave “{address}” the licence “{licence}”."),
        Some("The licence is taken back."),
    )
}

pub(super) fn keep_licence(address: &str, part: &str) -> Words {
    let text = format!("The account “{address}” has the licence “{}”.", name(part));
    words(text.clone(), text, None)
}

pub(super) fn mailbox(address: &str) -> Words {
    words(
        format!("Wait until Microsoft has made the mailbox of “{address}”."),
        format!("The mailbox of “{address}” is there."),
        None,
    )
}

#[cfg(test)]
pub(in crate::plan) fn all() -> Vec<Words> {
    let address = "sense@contoso.example";
    vec![
        make(address),
        keep(address),
        licence(address, "SPB"),
        keep_licence(address, "SPB"),
        mailbox(address),
    ]
}
