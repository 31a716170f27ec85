//! "Pick an account".

use std::fmt::Write as _;

use super::layout::{escape, page_of};
use crate::directories::Kind;
use crate::entra::authority::Authority;
use crate::entra::error::Refusal;
use crate::seed::{self, Person};
use crate::serve::Answer;
use crate::tenant::Tenant;

/// How many people are shown before "more".
const SHOWN: usize = 17;

/// The account picker: the people of the directory, at a general address those of all that fit. Ids for tests:
/// `account-<upn>`, `username`, `next`, `cancel`, `more`.
pub(crate) fn picker(
    tenant: &Tenant,
    authority: Authority,
    flow: &str,
    application: &str,
    hint: Option<&str>,
    wrong: Option<&Refusal>,
) -> Answer {
    let is_hinted = |person: &Person| {
        hint.is_some_and(|hint| person.upn.eq_ignore_ascii_case(hint) || person.oid == hint)
    };
    let mut body = format!(
        "<h1>Pick an account</h1><p>to continue to <b>{}</b>. No password is asked.</p>",
        escape(application)
    );
    if let Some(refusal) = wrong {
        let _ = write!(
            body,
            r#"<p class="notice" role="alert" id="error">{} <code>AADSTS{}</code></p>"#,
            escape(&refusal.text),
            refusal.number
        );
    }
    let _ = write!(
        body,
        r#"<form method="post" action="/common/login"><input type="hidden" name="flow" value="{}">"#,
        escape(flow)
    );
    let fitting: Vec<_> = if authority.is_general() || authority == Authority::Consumers {
        tenant.directories().into_iter().filter(|own| authority.fits(tenant, own)).collect()
    } else {
        tenant.find_directory(|own| own.tenant_id == tenant.tenant_id).into_iter().collect()
    };
    let general = fitting.len() > 1;
    for directory in &fitting {
        if general {
            let _ = write!(body, "<h2>{}</h2>", escape(&directory.name()));
        }
        people_of(directory, &is_hinted, &mut body);
    }
    body.push_str(r#"</form><form method="post" action="/common/login">"#);
    let _ = write!(
        body,
        r#"<input type="hidden" name="flow" value="{}">
<h2><label for="username">Or type an address</label></h2>
<div class="row"><input type="text" id="username" name="username" value="{}" autocomplete="off" autocapitalize="none" spellcheck="false">
<button class="primary" id="next" type="submit">Next</button></div>
<div class="actions"><button class="plain" id="cancel" type="submit" name="cancel" value="1" formnovalidate>Cancel</button></div>
</form>"#,
        escape(flow),
        escape(hint.unwrap_or_default()),
    );
    let place = match (general, fitting.first()) {
        (false, Some(only)) if only.kind == Kind::Organisation => only.name(),
        (false, _) => "Personal accounts".to_owned(),
        (true, _) => "Any organisation".to_owned(),
    };
    page_of(&place, "Sign in", &body)
}

/// Those who can sign in in one directory, the first of them without asking for more.
fn people_of(directory: &Tenant, is_hinted: &dyn Fn(&Person) -> bool, body: &mut String) {
    let (people, admins) = directory.read(|tables| {
        let people = seed::people(tables);
        let admins: Vec<bool> =
            people.iter().map(|person| !tables.active_roles(&person.oid).is_empty()).collect();
        (people, admins)
    });
    let mut all: Vec<_> = people.iter().zip(admins).collect();
    all.sort_by_key(|(person, _)| !is_hinted(person));
    let tiles = |range: &[(&Person, bool)]| {
        let tiles: String =
            range.iter().map(|(person, admin)| tile(person, *admin, is_hinted(person))).collect();
        format!(r#"<div class="tiles">{tiles}</div>"#)
    };
    let (first, rest) = all.split_at(all.len().min(SHOWN));
    body.push_str(&tiles(first));
    if !rest.is_empty() {
        let _ = write!(
            body,
            r#"<details id="more"><summary>{} more colleagues</summary>{}</details>"#,
            rest.len(),
            tiles(rest)
        );
    }
}

fn tile(person: &Person, admin: bool, hinted: bool) -> String {
    let initials: String = person
        .display_name
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .collect::<String>()
        .to_uppercase();
    format!(
        r#"<button class="tile" type="submit" name="account" value="{oid}" id="account-{upn}"{hinted}><span class="avatar" aria-hidden="true">{initials}</span><span class="who"><b>{name}</b><span>{upn}</span></span><span class="role"{admin}>{role}</span></button>"#,
        oid = escape(&person.oid),
        upn = escape(&person.upn),
        name = escape(&person.display_name),
        initials = escape(&initials),
        role = escape(&person.role),
        admin = if admin { " data-admin" } else { "" },
        hinted = if hinted { " data-hinted" } else { "" },
    )
}
