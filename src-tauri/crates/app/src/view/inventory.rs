//! The inventory as the window shows it.

use contract::{
    AppKind, AppRow, CredentialKind, CredentialView, FacetCount, FacetName, FacetValue, InventoryQuery,
    InventorySort, LastUse, NextEnd, RegistrationSummary, Severity, SignInAudience, Timeline, TimelineDay,
    TimelineEnd, When,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use watch::inventory::{Facet, Query, Row, Sort};
use watch::reminders::days_between;
use watch::{Known, Unseen};

/// The query as the inventory takes it. A value that it does not know narrows to nothing that could be meant, so it is left out.
pub(crate) fn query(query: &InventoryQuery) -> Query {
    Query {
        text: query.text.clone(),
        facets: facets(&query.facets),
        sort: match query.sort {
            InventorySort::NextEnd => Sort::NextEnd,
            InventorySort::Name => Sort::Name,
            InventorySort::Health => Sort::Health,
            InventorySort::Created => Sort::Created,
            InventorySort::LastSignIn => Sort::LastSignIn,
        },
        descending: query.descending,
        offset: query.offset as usize,
        limit: query.limit as usize,
    }
}

/// The values of properties as the inventory takes them.
pub(crate) fn facets(values: &[FacetValue]) -> Vec<Facet> {
    values.iter().filter_map(|one| Facet::named(facet_name(one.facet), &one.value)).collect()
}

fn facet_name(facet: FacetName) -> &'static str {
    match facet {
        FacetName::Ends => "ends",
        FacetName::Kind => "kind",
        FacetName::Credential => "credential",
        FacetName::Audience => "audience",
        FacetName::Health => "health",
        FacetName::SetUpBy => "setUpBy",
    }
}

/// How many rows a value would leave.
pub(crate) fn facet_count((facet, count): &(Facet, usize)) -> FacetCount {
    let (_, value) = facet.names();
    let facet = match facet {
        Facet::Ends(_) => FacetName::Ends,
        Facet::Kind(_) => FacetName::Kind,
        Facet::Credential(_) => FacetName::Credential,
        Facet::Audience(_) => FacetName::Audience,
        Facet::Health(_) => FacetName::Health,
        Facet::SetUpBy(_) => FacetName::SetUpBy,
    };
    FacetCount { value: FacetValue { facet, value: value.to_owned() }, count: number(*count) }
}

/// A row.
pub(crate) fn row(row: Row, connection_id: Option<String>) -> AppRow {
    let next = row.next.map(|next| NextEnd {
        at: When(next.at),
        days: next.days,
        kind: credential_kind(next.kind),
        name: next.name,
    });
    AppRow {
        app: RegistrationSummary {
            object_id: row.registration_id,
            app_id: row.app_id,
            name: row.name,
            next_expiry: next.as_ref().map(|next| next.at),
        },
        kind: match row.kind {
            watch::inventory::AppKind::Registration => AppKind::Registration,
            watch::inventory::AppKind::EnterpriseApp => AppKind::EnterpriseApp,
            watch::inventory::AppKind::Microsoft => AppKind::Microsoft,
            watch::inventory::AppKind::ManagedIdentity => AppKind::ManagedIdentity,
            watch::inventory::AppKind::Unknown => AppKind::Unknown,
        },
        service_principal_id: row.enterprise_app_id,
        audience: row.audience.as_deref().and_then(audience),
        disabled: row.disabled,
        credentials: row.credentials,
        next,
        owners: row.owners,
        last_sign_in: last_use(&row.last_sign_in),
        health: row.health.map(severity),
        findings: row.findings,
        created_at: row.created.map(When),
        connection_id,
    }
}

/// Microsoft's word for who may sign in; none for one that is not known here.
fn audience(word: &str) -> Option<SignInAudience> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

/// How much it matters.
pub(crate) fn severity(severity: watch::findings::Severity) -> Severity {
    match severity {
        watch::findings::Severity::Info => Severity::Info,
        watch::findings::Severity::Warning => Severity::Warning,
        watch::findings::Severity::Critical => Severity::Critical,
    }
}

/// What a credential is.
pub(crate) fn credential_kind(kind: watch::CredentialKind) -> CredentialKind {
    match kind {
        watch::CredentialKind::Secret => CredentialKind::Secret,
        watch::CredentialKind::Certificate => CredentialKind::Certificate,
        watch::CredentialKind::SigningCertificate => CredentialKind::SigningCertificate,
        watch::CredentialKind::Federated => CredentialKind::Federated,
    }
}

/// When something was last used, as far as it is known.
pub(crate) fn last_use(known: &Known<watch::LastUse>) -> LastUse {
    match known {
        Known::Seen(watch::LastUse::At { at }) => LastUse::Used { at: When(*at) },
        Known::Seen(watch::LastUse::NotSince { since }) => LastUse::NotSeen { since: When(*since) },
        Known::NotLooked => LastUse::Unknown { why: "Nobody has looked yet.".to_owned() },
        Known::Hidden(why) => LastUse::Unknown { why: unseen(*why).to_owned() },
    }
}

/// Why something could not be seen.
pub(crate) fn unseen(why: Unseen) -> &'static str {
    match why {
        Unseen::NotLicensed => "Microsoft shows sign-ins only to organisations with Entra ID P1 or P2.",
        Unseen::NotAllowed => {
            "This session may not read sign-ins. Sign in for it, with a role that may read reports."
        }
        Unseen::NoAnswer => "Microsoft did not answer when this was looked up.",
    }
}

/// A credential. `stored`: its value or private key is in the vault.
pub(crate) fn credential(
    one: &watch::Credential,
    now: Timestamp,
    zone: &TimeZone,
    stored: bool,
    rotation_id: Option<String>,
) -> CredentialView {
    CredentialView {
        key_id: one.key_id.clone(),
        kind: credential_kind(one.kind),
        name: one.name.clone(),
        hint: one.hint.clone(),
        thumbprint: one.identifier.clone(),
        starts_at: one.starts.map(When),
        ends_at: one.ends.map(When),
        days: one.ends.map(|ends| days_between(now, ends, zone)),
        on_enterprise_app: one.on_enterprise_app,
        last_use: last_use(&one.last_use),
        stored,
        rotation_id,
    }
}

/// What ends when.
pub(crate) fn timeline(
    timeline: watch::inventory::Timeline,
    connection: impl Fn(&str) -> Option<String>,
) -> Timeline {
    Timeline {
        from: timeline.from.to_string(),
        until: timeline.until.to_string(),
        today: timeline.today.to_string(),
        days: timeline
            .days
            .into_iter()
            .map(|day| TimelineDay {
                date: day.date.to_string(),
                days: day.days,
                count: number(day.count),
                ends: day
                    .ends
                    .into_iter()
                    .map(|end| TimelineEnd {
                        connection_id: connection(&end.app_id),
                        app_id: end.app_id,
                        app_name: end.app_name,
                        key_id: end.key_id,
                        kind: credential_kind(end.kind),
                        name: end.name,
                        at: When(end.at),
                    })
                    .collect(),
            })
            .collect(),
        before: number(timeline.before),
        after: number(timeline.after),
        no_end: number(timeline.no_end),
    }
}

/// A count for the window.
pub(crate) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
