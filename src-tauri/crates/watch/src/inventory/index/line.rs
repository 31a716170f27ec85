//! One app as a row of a list shows it: what the file keeps of it for lists.

use jiff::Timestamp;

use super::ends::End;
use super::words::fold;
use crate::findings::Severity;
use crate::inventory::kind::AppKind;
use crate::{App, Known};

/// One app as a row shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Number of its row in the file.
    pub(crate) id: i64,
    pub(crate) app_id: Box<str>,
    pub(crate) name: Box<str>,
    /// What is searched, folded.
    pub(crate) words: Box<str>,
    pub(crate) kind: AppKind,
    pub(crate) audience: Option<Box<str>>,
    pub(crate) disabled: bool,
    pub(crate) registration_id: Option<Box<str>>,
    pub(crate) enterprise_app_id: Option<Box<str>>,
    /// Milliseconds since 1970.
    pub(crate) created: Option<i64>,
    /// Milliseconds since 1970; none where no use was seen.
    pub(crate) last_use: Option<i64>,
    pub(crate) owners: Option<u32>,
    pub(crate) credentials: Box<[End]>,
    pub(crate) health: Option<Severity>,
    pub(crate) findings: u32,
}

impl Line {
    pub(crate) fn of(id: i64, app: &App, last_use: Option<Timestamp>) -> Self {
        let registration = app.registration.as_ref();
        let enterprise_app = app.enterprise_app.as_ref();
        let owners = match &app.owners {
            Known::Seen(owners) => u32::try_from(owners.len()).ok(),
            Known::NotLooked | Known::Hidden(_) => None,
        };
        Self {
            id,
            app_id: app.app_id.as_str().into(),
            name: app.name.as_str().into(),
            words: words(app).into(),
            kind: AppKind::of(app),
            audience: registration.and_then(|one| one.audience.as_deref()).map(Into::into),
            disabled: registration.is_some_and(|one| one.disabled_by_microsoft)
                || enterprise_app.is_some_and(|one| one.enabled == Some(false)),
            registration_id: registration.map(|one| one.object_id.as_str().into()),
            enterprise_app_id: enterprise_app.map(|one| one.object_id.as_str().into()),
            created: registration.and_then(|one| one.created).map(Timestamp::as_millisecond),
            last_use: last_use.map(Timestamp::as_millisecond),
            owners,
            credentials: app.credentials.iter().map(End::of).collect(),
            health: None,
            findings: 0,
        }
    }
}

/// Each on a line of its own, so that a word is never found across two of them: a search holds no line break.
fn words(app: &App) -> String {
    let mut words = fold(&app.name);
    let mut add = |text: &str| {
        if !text.is_empty() {
            words.push('\n');
            words.push_str(&fold(text));
        }
    };
    add(&app.app_id);
    if let Some(registration) = &app.registration {
        add(&registration.object_id);
    }
    if let Some(enterprise_app) = &app.enterprise_app {
        add(&enterprise_app.object_id);
    }
    for credential in &app.credentials {
        add(&credential.name);
        add(&credential.key_id);
    }
    for owner in app.owners.seen().into_iter().flatten() {
        add(&owner.name);
        add(owner.upn.as_deref().unwrap_or_default());
    }
    words
}
