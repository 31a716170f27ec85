//! Sense: what its guide asks for, row by row (D1 to D9).

use blueprint::catalogue::{AZURE_AD_GRAPH, EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use blueprint::{
    HandOverValue, IssueSubject, PermissionKind, RedirectPlatform, Setup, SignInAudience, ValueSource,
    WhoConsents, manifest,
};

use crate::wants::{choices, connector, set_up};

const AGENCY: (&str, &str) = ("agency", "acme");

fn sense(more: &[(&str, &str)]) -> Setup {
    let mut answers = vec![AGENCY];
    answers.extend_from_slice(more);
    set_up("sense", &answers)
}

fn names(needs: &[blueprint::PermissionNeed]) -> Vec<(&str, &str)> {
    needs.iter().map(|need| (need.resource.name.as_str(), need.value.as_str())).collect()
}

#[test]
fn row_d1_the_redirect_address_is_made_from_the_agency_name() {
    let setup = sense(&[]);
    let registration = &setup.registrations[0];
    assert_eq!(registration.redirect_uris.len(), 1);
    assert_eq!(registration.redirect_uris[0].platform, RedirectPlatform::Web);
    assert_eq!(
        registration.redirect_uris[0].uri,
        "https://acme.sensehq.com/settings/calendar-sync/auth-result"
    );
    assert_eq!(registration.sign_in_audience, SignInAudience::AzureAdMultipleOrgs, "the guide asks for it");
}

#[test]
fn row_d1_an_agency_name_that_cannot_be_is_told_or_tidied() {
    let sense = connector("sense");
    let judged = |typed: &str| match sense.setup(&choices(sense, &[("agency", typed)])) {
        Ok(setup) => format!("= {}", setup.registrations[0].redirect_uris[0].uri),
        Err(issues) => {
            assert_eq!(issues.len(), 1, "{typed}: one thing to change");
            assert_eq!(issues[0].subject, IssueSubject::Input("agency".to_owned()));
            let suggestion = issues[0].suggestion().unwrap_or("-");
            if suggestion != "-" {
                assert!(sense.setup(&choices(sense, &[("agency", suggestion)])).is_ok(), "{suggestion}");
            }
            format!("! {} → {suggestion}", issues[0])
        }
    };
    let typed = [
        "acme",
        "  Acme-2  ",
        "acme staffing",
        "acme.staffing",
        "acme.sensehq.com",
        "https://acme.sensehq.com/settings/calendar-sync/auth-result",
        "xn--acm-dma",
        "xn--80ak6aa92e",
        "\u{430}cme",
        "acm\u{e9}",
        "acme/../evil",
        "evil.example/?x=",
        "acme@evil.example",
        "acme\u{200b}",
        "",
        "-acme",
        "acme_",
    ];
    let told: Vec<String> =
        typed.iter().map(|typed| format!("{}\n    {}", typed.escape_debug(), judged(typed))).collect();
    insta::assert_snapshot!(told.join("\n"));
    assert!(judged(&"a".repeat(64)).starts_with('!'), "a label has 63 characters at most");
}

#[test]
fn row_d1_no_answer_leads_to_another_host() {
    let sense = connector("sense");
    let odd = (0..=0x7f_u32)
        .chain([0xb7, 0xdf, 0xe9, 0x2010, 0x2024, 0x2025, 0x202e])
        .chain(0x3000..=0x3002)
        .chain([0xff0e, 0xff0f, 0xff20, 0xff21, 0xff61]);
    for c in odd.filter_map(char::from_u32) {
        for typed in [format!("a{c}b"), format!("a{c}evil.example")] {
            if let Ok(setup) = sense.setup(&choices(sense, &[("agency", &typed)])) {
                let uri = &setup.registrations[0].redirect_uris[0].uri;
                let label = uri.strip_prefix("https://").and_then(|rest| rest.split_once('.')).unwrap();
                assert!(label.1.starts_with("sensehq.com/settings/"), "{typed:?} → {uri}");
                assert!(
                    label.0.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                    "{uri}"
                );
            }
        }
    }
}

/// As vendors print it: the field alone.
const PUBLISHED: &str = r#""requiredResourceAccess": [
{ "resourceAppId": "00000002-0000-0ff1-ce00-000000000000", "resourceAccess": [
  { "id": "266d2589-20b5-4f91-9a03-89247d1be8da", "type": "Scope" },
  { "id": "3b5f3d61-589b-4a3c-a359-5dd4b5ee5bd5", "type": "Scope" } ] },
{ "resourceAppId": "00000003-0000-0000-c000-000000000000", "resourceAccess": [
  { "id": "14dad69e-099b-42c9-810b-d002981feec1", "type": "Scope" },
  { "id": "7427e0e9-2fba-42fe-b0c0-848c9e6a8182", "type": "Scope" },
  { "id": "12466101-c9b8-439a-8589-dd09ee67e8e9", "type": "Scope" },
  { "id": "2b9c4092-424d-4249-948d-b43879977640", "type": "Scope" },
  { "id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope" },
  { "id": "37f7f235-527c-4136-accd-4a02d197296e", "type": "Scope" } ] },
{ "resourceAppId": "00000002-0000-0000-c000-000000000000", "resourceAccess": [
  { "id": "311a71cc-e848-46a1-bdf8-97ff7156d8e6", "type": "Scope" } ] }
]"#;

#[test]
fn row_d2_the_published_fragment_gets_names_and_is_merged() {
    let entries = manifest::read(PUBLISHED).unwrap();
    let named: Vec<String> =
        entries.iter().map(|entry| format!("{}: {}", entry.resource_name.unwrap(), entry.name())).collect();
    assert_eq!(
        named,
        [
            "Office 365 Exchange Online: EAS.AccessAsUser.All",
            "Office 365 Exchange Online: EWS.AccessAsUser.All",
            "Microsoft Graph: profile",
            "Microsoft Graph: offline_access",
            "Microsoft Graph: Calendars.ReadWrite.Shared",
            "Microsoft Graph: Calendars.Read.Shared",
            "Microsoft Graph: User.Read",
            "Microsoft Graph: openid",
            "Azure AD Graph: User.Read",
        ]
    );
    // The app has User.Read and one more: the one more stays, and User.Read is not there twice.
    let user_read = entries[6].key;
    let other =
        blueprint::catalogue::find(MICROSOFT_GRAPH, "Mail.Read", PermissionKind::Delegated).unwrap().key;
    let registration = [user_read, other];
    let difference = manifest::Difference::between(&entries, &registration);
    assert_eq!((difference.new.len(), difference.already.len(), difference.only_there.len()), (8, 1, 1));
    let merged = difference.merged(&registration);
    assert_eq!(merged.len(), 10);
    assert_eq!(&merged[..2], &registration, "what was there stays, and stays in front");
    assert_eq!(
        difference.sentence(),
        "8 permissions in the text are new to the app. The app has one that the text does not have. Merging keeps it."
    );
    // Merging again changes nothing.
    let again = manifest::Difference::between(&entries, &merged);
    assert!(again.new.is_empty());
    assert_eq!(again.merged(&merged), merged);
}

#[test]
fn row_d2_the_fragment_and_the_connector_ask_for_the_same() {
    let setup = sense(&[]);
    let registration = &setup.registrations[0];
    let mut ours: Vec<_> =
        registration.permissions.iter().chain(&registration.left_out).filter_map(|need| need.key()).collect();
    let mut published: Vec<_> = manifest::read(PUBLISHED).unwrap().iter().map(|entry| entry.key).collect();
    ours.sort();
    published.sort();
    assert_eq!(ours, published);
}

#[test]
fn row_d3_permissions_are_offered_as_published_and_the_retired_ones_are_left_out() {
    let setup = sense(&[]);
    let registration = &setup.registrations[0];
    assert_eq!(
        names(&registration.permissions),
        [
            ("Microsoft Graph", "User.Read"),
            ("Microsoft Graph", "profile"),
            ("Microsoft Graph", "openid"),
            ("Microsoft Graph", "offline_access"),
            ("Microsoft Graph", "Calendars.Read.Shared"),
            ("Microsoft Graph", "Calendars.ReadWrite.Shared"),
        ]
    );
    assert_eq!(
        names(&registration.left_out),
        [
            ("Azure AD Graph", "User.Read"),
            ("Office 365 Exchange Online", "EAS.AccessAsUser.All"),
            ("Office 365 Exchange Online", "EWS.AccessAsUser.All"),
        ]
    );
    for need in &registration.left_out {
        let retired = need.explain().unwrap().retired.unwrap();
        assert!(retired.since.is_some() && retired.source.starts_with("https://"), "{}", need.value);
        assert!(!retired.instead.is_empty(), "{}: what replaces it", need.value);
    }
    assert!(registration.permissions.iter().all(|need| need.explain().unwrap().retired.is_none()));
}

#[test]
fn row_d3_a_retired_permission_can_still_be_switched_on() {
    let sense = connector("sense");
    let mut chosen = choices(sense, &[AGENCY]);
    let ews = sense.registrations[0].permissions.iter().find(|one| one.value.starts_with("EWS.")).unwrap();
    let switch = ews.switch().unwrap();
    assert_eq!(switch, "00000002-0000-0ff1-ce00-000000000000/3b5f3d61-589b-4a3c-a359-5dd4b5ee5bd5/delegated");
    chosen.permissions_on.insert(switch);
    let setup = sense.setup(&chosen).unwrap();
    assert_eq!(setup.registrations[0].permissions.len(), 7);
    assert_eq!(setup.registrations[0].permissions[6].resource.app_id, EXCHANGE_ONLINE);
    assert_eq!(setup.registrations[0].left_out.len(), 2);

    chosen.permissions_on.insert("00000003-0000-0000-c000-000000000000/x/delegated".to_owned());
    let issues = sense.setup(&chosen).unwrap_err();
    assert!(matches!(&issues[0].subject, IssueSubject::Permission(_)), "one that nobody asks for is told");
}

#[test]
fn row_d3_both_apis_are_known_by_their_ids() {
    let left_out = sense(&[]).registrations[0].left_out.clone();
    let apis: Vec<_> = left_out.iter().map(|need| need.resource.app_id).collect();
    assert_eq!(apis, [AZURE_AD_GRAPH, EXCHANGE_ONLINE, EXCHANGE_ONLINE]);
    assert!(left_out.iter().all(|need| need.id.is_some() && need.kind == PermissionKind::Delegated));
}

#[test]
fn row_d4_permissions_are_granted_for_everybody() {
    let setup = sense(&[]);
    assert!(setup.registrations[0].permissions.iter().all(|need| need.consent == WhoConsents::Organisation));
    assert_eq!(setup.registrations[0].application_permissions().count(), 0);
    assert_eq!(setup.proofs.len(), 1);
    assert_eq!(setup.proofs[0].access, PermissionKind::Delegated, "a person signs in to show that it works");
    assert_eq!(setup.proofs[0].mailbox, None, "the calendar of that person");
}

#[test]
fn row_d5_the_secret_lives_for_24_months() {
    let setup = sense(&[]);
    assert_eq!(
        setup.registrations[0].secret().map(|secret| (secret.months, secret.max_months)),
        Some((24, 24))
    );
}

#[test]
fn row_d6_the_account_type_can_be_chosen_both_ways() {
    let sense = connector("sense");
    let mut chosen = choices(sense, &[AGENCY]);
    chosen.audiences.insert("calendar-sync".to_owned(), SignInAudience::AzureAdMyOrg);
    assert_eq!(sense.setup(&chosen).unwrap().registrations[0].sign_in_audience, SignInAudience::AzureAdMyOrg);
    chosen.audiences.insert("calendar-sync".to_owned(), SignInAudience::PersonalMicrosoftAccount);
    assert!(sense.setup(&chosen).is_err());
    assert!(
        sense.registrations[0].audiences.iter().all(|offer| offer.note.is_some()),
        "each says what it means"
    );
}

#[test]
fn row_d7_an_account_is_made_only_where_one_is_named() {
    let without = sense(&[]);
    assert!(without.accounts.is_empty());
    assert_eq!(without.hand_over.pages.len(), 1, "no form for an account that nobody wants");

    let with =
        sense(&[("account", "Sense@Contoso.com"), ("licence", "EXCHANGESTANDARD"), ("country", "Germany")]);
    let account = with.account("account").unwrap();
    assert_eq!(account.address, "Sense@contoso.com");
    assert_eq!(
        (account.licence.as_deref(), account.country.as_deref()),
        (Some("EXCHANGESTANDARD"), Some("DE"))
    );
    assert!(!account.needs_mailbox, "the guide says that it can do without a licence");
    let form = &with.hand_over.pages[1];
    let values: Vec<_> =
        form.entries.iter().map(|entry| (entry.label.as_str(), entry.value.clone())).collect();
    assert_eq!(
        values,
        [
            (
                "User name",
                HandOverValue::OfAccount {
                    account: "account".to_owned(),
                    source: ValueSource::AccountAddress
                }
            ),
            (
                "Password",
                HandOverValue::OfAccount {
                    account: "account".to_owned(),
                    source: ValueSource::AccountPassword
                }
            ),
        ]
    );
    assert!(ValueSource::AccountPassword.is_secret() && !ValueSource::AccountAddress.is_secret());
}

#[test]
fn row_d7_a_licence_needs_a_country() {
    let sense = connector("sense");
    let answers = [AGENCY, ("account", "sense@contoso.com"), ("licence", "EXCHANGESTANDARD")];
    let issues = sense.setup(&choices(sense, &answers)).unwrap_err();
    assert_eq!(issues[0].subject, IssueSubject::Input("country".to_owned()));
    let wrong = [AGENCY, ("account", "sense@contoso.com"), ("country", "Atlantis"), ("licence", "two words")];
    let told: Vec<String> =
        sense.setup(&choices(sense, &wrong)).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "Choose a country from the list, or enter its two letters, such as DE.",
            "Enter the short name of the licence, such as EXCHANGESTANDARD.",
        ]
    );
}

#[test]
fn row_d8_impersonation_is_a_script_on_a_server_and_explained_online() {
    let account = ("account", "sense@contoso.com");
    let online = sense(&[account]);
    assert!(online.scripts.is_empty());
    assert!(online.follow_ups[0].text.contains("ApplicationImpersonation, is gone from Exchange Online"));

    let server = sense(&[account, ("calendars", "server"), ("group", "sense-users@contoso.com")]);
    let script = &server.script("impersonation").unwrap().text;
    assert!(
        script.contains("'sense@contoso.com'") && script.contains("'sense-users@contoso.com'"),
        "{script}"
    );

    assert!(server.accounts.is_empty(), "an account of a server is made there");
    assert_eq!(
        server.hand_over.pages[1].entries[0].value,
        HandOverValue::Known { text: "sense@contoso.com".to_owned() }
    );

    let nobody = sense(&[("calendars", "server")]);
    assert!(nobody.scripts.is_empty() && nobody.follow_ups.iter().all(|task| task.script.is_none()));
}

#[test]
fn row_d9_the_two_hours_are_told() {
    let server = sense(&[("account", "sense@contoso.com"), ("calendars", "server")]);
    assert!(server.follow_ups[0].text.contains("two hours"));
    assert!(server.scripts[0].text.contains("two hours"));
}
