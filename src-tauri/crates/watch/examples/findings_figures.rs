//! How long 50,000 apps take to be judged and written down.
//!
//! `cargo run --release -p watch --example findings_figures [apps]`

use std::time::{Duration, Instant};

use blueprint::catalogue::{self, EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use blueprint::{Permission, PermissionKind};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use watch::findings::{Context, Ledger, Query, judge};
use watch::{
    App, Credential, CredentialKind, EnterpriseApp, Granted, Known, LastUse, Owner, Platform, Redirect,
    Registration, Requested,
};

const USUAL: usize = 50_000;

#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count = std::env::args().nth(1).map_or(Ok(USUAL), |text| text.parse())?;
    let now: Timestamp = "2026-11-21T09:00:00Z".parse()?;
    let known = |number: usize| !number.is_multiple_of(3);
    let apps: Vec<App> = (0..count).map(|number| made_up(number, now, known(number))).collect();
    let context = Context { mailboxes: Known::Seen([].into()), ..Context::new(now, TimeZone::system()) };

    let (first, found) = timed(|| apps.iter().map(|app| judge(app, &context).len()).sum::<usize>());
    let (second, _) = timed(|| apps.iter().map(|app| judge(app, &context).len()).sum::<usize>());
    println!("{count} apps judged: {found} findings");
    println!("  the first time (reads the catalogue)   {}", shown(first));
    println!("  again                                  {}", shown(second));

    let folder = tempfile::tempdir()?;
    let ledger = Ledger::open(folder.path(), "organisation", now)?;
    let (time, judged) = timed(|| ledger.judge(&apps, &context));
    println!("ledger");
    println!("  all judged and written ({} new)    {}", judged?.new, shown(time));
    let (time, judged) = timed(|| ledger.judge(&apps, &context));
    println!("  all passed again, {} judged             {}", judged?.judged, shown(time));
    let (time, judged) = timed(|| ledger.judge(&apps[..10], &context));
    println!("  10 passed, {} judged                    {}", judged?.judged, shown(time));
    let tomorrow = Context { now: now + SignedDuration::from_hours(24), ..context.clone() };
    let (time, waiting) = timed(|| ledger.waiting(&tomorrow));
    waiting?;
    println!("  what waits tomorrow                    {}", shown(time));
    let (time, judged) = timed(|| ledger.judge(&apps, &tomorrow));
    println!("  the next day, {} judged             {}", judged?.judged, shown(time));
    let (time, opened) = timed(|| Ledger::open(folder.path(), "organisation", now));
    opened?;
    println!("  opened again                           {}", shown(time));
    let (time, ready) = timed(|| ledger.have_ready());
    ready?;
    println!("  names read, while the first page is seen {}", shown(time));
    for (name, query) in [
        ("first page", Query { limit: 100, ..Query::default() }),
        ("page 200", Query { limit: 100, offset: 20_000, ..Query::default() }),
        ("by text", Query { limit: 100, text: "a".to_owned(), ..Query::default() }),
        ("by text, another letter", Query { limit: 100, text: "ap".to_owned(), ..Query::default() }),
        ("by text, few", Query { limit: 100, text: "app 123".to_owned(), ..Query::default() }),
    ] {
        let (time, page) = timed(|| ledger.list(&query, now));
        println!("  {name:<38} {} of {}", shown(time), page?.total);
    }
    let bytes = std::fs::metadata(folder.path().join("findings.db"))?.len();
    println!("  on the disk                            {} MiB", bytes / 1_048_576);
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed(), done)
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1_000.0)
}

/// Apps as they are in large organisations: most have a secret or two and a few permissions, a third is barely known.
fn made_up(number: usize, now: Timestamp, known: bool) -> App {
    let day = |days: usize| now + SignedDuration::from_hours(24 * i64::try_from(days).unwrap_or(0));
    let ago = |days: usize| now - SignedDuration::from_hours(24 * i64::try_from(days).unwrap_or(0));
    let permission = |name: &str| catalogue::find(MICROSOFT_GRAPH, name, PermissionKind::Application);
    let names =
        ["User.Read.All", "Mail.Read", "Calendars.ReadWrite", "Sites.Read.All", "Directory.ReadWrite.All"];
    let mut held: Vec<Permission> =
        names.iter().skip(number % 5).take(1 + number % 2).filter_map(|name| permission(name)).collect();
    if number.is_multiple_of(100) {
        held.extend(catalogue::find(EXCHANGE_ONLINE, "full_access_as_app", PermissionKind::Application));
    }
    let secret = |at: usize| Credential {
        key_id: format!("key-{number}-{at}"),
        kind: CredentialKind::Secret,
        name: format!("secret {at}"),
        hint: Some("abc".to_owned()),
        identifier: None,
        starts: Some(ago(300)),
        ends: Some(if at == 0 { day(1 + number % 730) } else { ago(1 + number % 400) }),
        on_enterprise_app: false,
        last_use: if known { Known::Seen(LastUse::At { at: ago(number % 40) }) } else { Known::NotLooked },
    };
    let requested = held.iter().map(|one| Requested {
        resource: one.key.resource.to_string(),
        id: one.key.id.to_string(),
        application: true,
    });
    let granted = held.iter().map(|one| Granted {
        resource_object: "graph".to_owned(),
        resource: Some(one.key.resource.to_string()),
        permission: one.key.id.to_string(),
        application: true,
        everybody: true,
        since: Some(ago(200)),
    });
    let owner = |at: usize| Owner {
        id: format!("person-{at}"),
        name: format!("Person {at}"),
        upn: Some(format!("person{at}@contoso.com")),
        enabled: Some(true),
    };
    App {
        app_id: format!("00000000-0000-4000-8000-{number:012}"),
        name: format!("App {number}"),
        registration: Some(Registration {
            object_id: format!("object-{number}"),
            audience: Some(
                if number.is_multiple_of(20) { "AzureADMultipleOrgs" } else { "AzureADMyOrg" }.to_owned(),
            ),
            created: Some(ago(400)),
            redirects: vec![
                Redirect { platform: Platform::Web, uri: format!("https://app{number}.contoso.com/cb") },
                Redirect { platform: Platform::Public, uri: "http://localhost".to_owned() },
            ],
            requested: requested.collect(),
            disabled_by_microsoft: false,
            tags: Vec::new(),
        }),
        enterprise_app: Some(EnterpriseApp {
            object_id: format!("principal-{number}"),
            kind: Some("Application".to_owned()),
            owner_organisation: Some("33333333-aaaa-4bbb-8ccc-000000000003".to_owned()),
            enabled: Some(!number.is_multiple_of(50)),
            tags: Vec::new(),
        }),
        credentials: (0..1 + number % 3).map(secret).collect(),
        owners: if known { Known::Seen((0..number % 4).map(owner).collect()) } else { Known::NotLooked },
        grants: if known { Known::Seen(granted.collect()) } else { Known::NotLooked },
        last_sign_in: if known { Known::Seen(LastUse::At { at: ago(1) }) } else { Known::NotLooked },
    }
}
