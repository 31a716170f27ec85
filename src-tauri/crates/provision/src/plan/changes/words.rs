//! The sentences about changing a registration.

use crate::plan::words::{Words, words};

const BACK: Option<&str> = Some("The app registration is set back to what it was.");

pub(super) fn change(name: &str, what: &[String]) -> Words {
    let what = what.join("; ");
    words(format!("Change “{name}”: {what}."), format!("Changed “{name}”: {what}."), BACK)
}

pub(super) fn keep(name: &str) -> Words {
    let text = format!("The app registration “{name}” is as it should be.");
    words(text.clone(), text, None)
}

pub(super) fn merge(name: &str, new: usize, gone: usize) -> Words {
    let count = |n: usize| if n == 1 { "one permission".to_owned() } else { format!("{n} permissions") };
    let say = |add: &str, take: &str, both: &str| match (new, gone) {
        (new, 0) => format!("{add} {} to what “{name}” asks for.", count(new)),
        (0, gone) => format!("{take} {} off what “{name}” asks for.", count(gone)),
        (new, gone) => {
            format!("{add} {} to what “{name}” asks for, and {both} {} off.", count(new), count(gone))
        }
    };
    words(say("Add", "Take", "take"), say("Added", "Took", "took"), BACK)
}

pub(super) fn loopback(name: &str) -> Words {
    words(
        format!("Let sign-ins of “{name}” return to this computer (http://localhost), for a moment."),
        format!("Sign-ins of “{name}” could return to this computer."),
        Some("The address is removed again, also after a crash."),
    )
}

pub(super) fn sign_in(name: &str) -> Words {
    words(
        format!("Sign in to “{name}” in the browser and get a token for its form."),
        format!("Signed in to “{name}” and got a token."),
        None,
    )
}

pub(super) fn token(name: &str) -> Words {
    words(
        format!("Get a token of “{name}” for its form, with its own secret."),
        format!("Got a token of “{name}”."),
        None,
    )
}

#[cfg(test)]
pub(in crate::plan) fn all() -> Vec<Words> {
    vec![
        change("App", &["other accounts may sign in".to_owned()]),
        keep("App"),
        merge("App", 1, 0),
        merge("App", 0, 3),
        merge("App", 2, 1),
        loopback("App"),
        sign_in("App"),
        token("App"),
    ]
}
