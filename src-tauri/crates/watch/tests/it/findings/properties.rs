//! Whatever Microsoft sends: no panic, the same findings again, ids that stay.

use std::collections::BTreeSet;

use jiff::Timestamp;
use proptest::prelude::*;
use watch::findings::{Context, MailboxLimits, drift, gaps, judge};
use watch::{
    App, Credential, CredentialKind, EnterpriseApp, Granted, Known, LastUse, Owner, Platform, Redirect,
    Registration, Requested, Unseen,
};

use super::apps::{APP_ID, connected, connection, context};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-z]{1,8}",
        "\\PC{0,20}",
        "(http|https)://[a-z0-9.*:-]{0,20}/[a-z]{0,5}",
        Just("https://xn--a.example/".to_owned()),
        Just("full_access_as_app".to_owned()),
        Just("Mail.Read".to_owned()),
    ]
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        text(),
        Just(APP_ID.to_owned()),
        Just("00000003-0000-0000-c000-000000000000".to_owned()),
        Just("00000002-0000-0ff1-ce00-000000000000".to_owned()),
        Just("00000002-0000-0000-c000-000000000000".to_owned()),
        Just("810c84a8-4a9e-49e6-bf7d-12d183f40d01".to_owned()),
        Just("dc890d15-9560-4a4c-9b7f-a736ec74ec40".to_owned()),
        Just("9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8".to_owned()),
    ]
}

fn instant() -> impl Strategy<Value = Timestamp> {
    prop_oneof![
        Just(Timestamp::MIN),
        Just(Timestamp::MAX),
        Just(Timestamp::UNIX_EPOCH),
        (-5_000_000_i64..5_000_000).prop_map(|off| Timestamp::from_second(1_795_000_000 + off).unwrap()),
        (Timestamp::MIN.as_second()..Timestamp::MAX.as_second())
            .prop_map(|second| Timestamp::from_second(second).unwrap()),
    ]
}

fn known<T: std::fmt::Debug + Clone + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Known<T>> {
    prop_oneof![
        1 => Just(Known::NotLooked),
        1 => Just(Known::Hidden(Unseen::NoAnswer)),
        4 => value.prop_map(Known::Seen),
    ]
    .boxed()
}

fn last_use() -> impl Strategy<Value = LastUse> {
    prop_oneof![
        instant().prop_map(|at| LastUse::At { at }),
        instant().prop_map(|since| LastUse::NotSince { since })
    ]
}

fn credential() -> impl Strategy<Value = Credential> {
    let kind = prop_oneof![
        Just(CredentialKind::Secret),
        Just(CredentialKind::Certificate),
        Just(CredentialKind::SigningCertificate),
        Just(CredentialKind::Federated),
    ];
    let texts = (id(), text(), proptest::option::of(text()), proptest::option::of(text()));
    let times = (proptest::option::of(instant()), proptest::option::of(instant()));
    (texts, kind, times, any::<bool>(), known(last_use())).prop_map(
        |((key_id, name, hint, identifier), kind, (starts, ends), on_enterprise_app, last_use)| Credential {
            key_id,
            kind,
            name,
            hint,
            identifier,
            starts,
            ends,
            on_enterprise_app,
            last_use,
        },
    )
}

fn registration() -> impl Strategy<Value = Registration> {
    let platform = prop_oneof![Just(Platform::Web), Just(Platform::Spa), Just(Platform::Public)];
    let redirect = (platform, text()).prop_map(|(platform, uri)| Redirect { platform, uri });
    let requested = (id(), id(), any::<bool>()).prop_map(|(resource, id, application)| Requested {
        resource,
        id,
        application,
    });
    let audience = proptest::option::of(prop_oneof![text(), Just("AzureADMultipleOrgs".to_owned())]);
    (
        id(),
        audience,
        proptest::option::of(instant()),
        proptest::collection::vec(redirect, 0..5),
        proptest::collection::vec(requested, 0..6),
        any::<bool>(),
    )
        .prop_map(|(object_id, audience, created, redirects, requested, disabled_by_microsoft)| {
            Registration {
                object_id,
                audience,
                created,
                redirects,
                requested,
                disabled_by_microsoft,
                tags: Vec::new(),
            }
        })
}

fn enterprise_app() -> impl Strategy<Value = EnterpriseApp> {
    let kind = proptest::option::of(prop_oneof![text(), Just("ManagedIdentity".to_owned())]);
    let owner =
        proptest::option::of(prop_oneof![text(), Just("f8cdef31-a31e-4b4a-93e4-5f571e91255a".to_owned())]);
    (id(), kind, owner, any::<Option<bool>>()).prop_map(|(object_id, kind, owner_organisation, enabled)| {
        EnterpriseApp { object_id, kind, owner_organisation, enabled, tags: Vec::new() }
    })
}

fn any_app() -> impl Strategy<Value = App> {
    let granted =
        (
            text(),
            proptest::option::of(id()),
            id(),
            any::<bool>(),
            any::<bool>(),
            proptest::option::of(instant()),
        )
            .prop_map(|(resource_object, resource, permission, application, everybody, since)| {
                Granted { resource_object, resource, permission, application, everybody, since }
            });
    let owner = (text(), text(), proptest::option::of(text()), any::<Option<bool>>())
        .prop_map(|(id, name, upn, enabled)| Owner { id, name, upn, enabled });
    (
        (id(), text()),
        proptest::option::of(registration()),
        proptest::option::of(enterprise_app()),
        proptest::collection::vec(credential(), 0..6),
        known(proptest::collection::vec(owner, 0..3)),
        known(proptest::collection::vec(granted, 0..6)),
        known(last_use()),
    )
        .prop_map(
            |((app_id, name), registration, enterprise_app, credentials, owners, grants, last_sign_in)| App {
                app_id,
                name,
                registration,
                enterprise_app,
                credentials,
                owners,
                grants,
                last_sign_in,
            },
        )
}

fn any_context() -> impl Strategy<Value = Context> {
    (instant(), any::<bool>(), any::<bool>(), text()).prop_map(|(now, connects, limits, domain)| {
        let mut context = if connects {
            connected(connection(&["User.Read.All", "Mail.Read"], Some("https://app.totalview.example/cb")))
        } else {
            context()
        };
        context.now = now;
        context.domains = Known::Seen(vec![domain]);
        if limits {
            let all = MailboxLimits {
                limited_roles: vec!["ApplicationImpersonation".to_owned()],
                ..Default::default()
            };
            context.mailboxes = Known::Seen([(APP_ID.to_owned(), all)].into());
        }
        context
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_app_can_be_judged(app in any_app(), context in any_context()) {
        let found = judge(&app, &context);
        prop_assert_eq!(&found, &judge(&app, &context));
        let ids: BTreeSet<&str> = found.iter().map(|finding| finding.id.as_str()).collect();
        prop_assert_eq!(ids.len(), found.len(), "two findings of one id");
        for finding in &found {
            prop_assert!(finding.title.ends_with('.') && !finding.evidence.is_empty(), "{:?}", finding);
            prop_assert!(finding.id.len() <= 40 + app.app_id.len() + 80, "{}", finding.id);
        }
        let _ = gaps(&app, &context);
        for connection in context.connections.values() {
            let _ = drift(&connection.spec, &app, &context.permissions);
        }
    }

    #[test]
    fn ids_do_not_hang_on_the_order_of_things(mut app in any_app(), context in any_context()) {
        let ids = |app: &App| judge(app, &context).into_iter().map(|one| one.id).collect::<BTreeSet<_>>();
        // Of two that end at once, either may count as the last; of two with one key id, either may be told of.
        let (mut ends, mut keys) = (BTreeSet::new(), BTreeSet::new());
        app.credentials.retain(|one| ends.insert(one.ends) && keys.insert(one.key_id.clone()));
        let before = ids(&app);
        app.credentials.reverse();
        if let Known::Seen(grants) = &mut app.grants {
            grants.reverse();
        }
        if let Some(registration) = &mut app.registration {
            registration.requested.reverse();
            registration.redirects.reverse();
        }
        prop_assert_eq!(before, ids(&app));
    }
}
