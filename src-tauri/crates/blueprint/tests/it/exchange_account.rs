//! Cirrus Insight's Exchange service account, row by row (C1 to C5).

use blueprint::catalogue::{self, EXCHANGE_ONLINE};
use blueprint::{HandOverValue, IssueSubject, MailboxAccess, PermissionKind, Setup, ValueSource, builtin};

use crate::wants::{choices, connector, set_up};

const ID: &str = "cirrus-insight-exchange";
const ONLINE: [(&str, &str); 3] =
    [("mailboxes", "online"), ("account", "cirrus@contoso.com"), ("domains", "contoso.com")];
const SERVER: [(&str, &str); 4] = [
    ("mailboxes", "server"),
    ("account", "cirrus@contoso.com"),
    ("group", "cirrus-users@contoso.com"),
    ("ews-address", "https://mail.contoso.com/EWS/Exchange.asmx"),
];

fn values(setup: &Setup, page: usize) -> Vec<(String, HandOverValue)> {
    setup.hand_over.pages[page].entries.iter().map(|one| (one.label.clone(), one.value.clone())).collect()
}

#[test]
fn row_c1_the_service_account_must_have_a_mailbox() {
    let setup = set_up(ID, &ONLINE);
    let account = setup.account("account").unwrap();
    assert!(account.needs_mailbox);
    assert_eq!(account.address, "cirrus@contoso.com");
    assert_eq!(account.licence, None, "a licence is only for those who want a new account");
    let test_account = values(&setup, 1).pop().unwrap();
    assert_eq!(
        test_account,
        (
            "Test Account".to_owned(),
            HandOverValue::OfAccount { account: "account".to_owned(), source: ValueSource::AccountAddress }
        )
    );
}

#[test]
fn row_c2_online_the_retired_role_is_explained_and_led_on() {
    let connector = connector(ID);
    let legacy = connector.legacy.as_deref().unwrap();
    assert!(legacy.contains("ApplicationImpersonation") && legacy.contains("1 April 2027"), "{legacy}");
    assert!(builtin::find(connector.replaced_by.as_deref().unwrap()).is_some());

    let role = catalogue::retired_exchange_role("ApplicationImpersonation").unwrap();
    assert_eq!(role.since, Some("2025-06-30"));
    assert!(role.still_valid.unwrap().contains("Exchange Server"));
    assert!(!role.instead.is_empty() && role.source.starts_with("https://"));
    assert_eq!(catalogue::retired_exchange_role("Application Mail.Read"), None);

    let setup = set_up(ID, &ONLINE);
    let registration = &setup.registrations[0];
    let names: Vec<_> = registration.permissions.iter().map(|need| need.value.as_str()).collect();
    assert_eq!(names, ["Calendars.Read", "Calendars.ReadWrite", "Mail.Read", "Mail.ReadWrite"]);
    for need in &registration.permissions {
        assert!(catalogue::exchange_role_for(need.key().unwrap()).is_some(), "{} can be limited", need.value);
    }
    assert!(setup.scripts.is_empty(), "nothing is to be done by hand");
}

#[test]
fn row_c2_a_server_gets_a_script_and_no_app() {
    let setup = set_up(ID, &SERVER);
    assert!(setup.registrations.is_empty() && setup.accounts.is_empty() && setup.proofs.is_empty());
    let script = setup.script("impersonation").unwrap();
    assert!(script.text.contains("ApplicationImpersonation"));
    insta::assert_snapshot!(script.text);
    assert_eq!(
        values(&setup, 0),
        [
            ("Email address", "cirrus@contoso.com"),
            ("Password", "The password of the account on your Exchange Server"),
            ("EWS address", "https://mail.contoso.com/EWS/Exchange.asmx"),
        ]
        .map(|(label, text)| (label.to_owned(), HandOverValue::Known { text: text.to_owned() }))
    );
}

#[test]
fn row_c3_the_group_decides_and_the_account_is_in_it() {
    let script = &set_up(ID, &SERVER).scripts[0].text;
    assert!(script.contains("Get-DistributionGroup -Identity 'cirrus-users@contoso.com'"));
    assert!(script.contains("Add-DistributionGroupMember"), "the account is tested on itself");
    assert!(script.contains("MemberOfGroup -eq"), "who joins the group is in");
    // Run again, it changes only what is not so yet.
    for making in ["New-ManagementScope", "New-ManagementRoleAssignment", "Add-DistributionGroupMember"] {
        let at = script.find(making).unwrap();
        assert!(
            script[..at]
                .rfind("if (")
                .is_some_and(|condition| condition > script[..at].rfind("\n\n").unwrap())
        );
    }
    for mailboxes in [ONLINE.as_slice(), SERVER.as_slice()] {
        let setup = set_up(ID, mailboxes);
        assert!(setup.follow_ups.iter().any(|task| task.id == "new-people"));
    }
}

#[test]
fn row_c4_a_second_step_at_sign_in_is_told() {
    let server = set_up(ID, &SERVER);
    assert!(server.follow_ups.iter().any(|task| task.id == "second-step"));
    let online = set_up(ID, &ONLINE);
    assert!(!online.follow_ups.iter().any(|task| task.id == "second-step"), "an app needs none of this");
    let note = connector(ID).inputs[0].choices[0].note.as_deref().unwrap();
    assert!(note.contains("second step"), "{note}");
}

#[test]
fn row_c5_access_can_be_limited_to_a_group_or_to_people() {
    let connector = connector(ID);
    let with = |access: MailboxAccess| {
        let mut chosen = choices(connector, &ONLINE);
        chosen.mailbox_access.insert("service-account".to_owned(), access);
        connector.setup(&chosen).map(|setup| setup.registrations[0].mailbox_access.clone())
    };
    let group = |text: &str| MailboxAccess::Group(text.to_owned());
    let people = |all: &[&str]| MailboxAccess::People(all.iter().map(|&one| one.to_owned()).collect());
    assert_eq!(with(MailboxAccess::Everyone).unwrap(), MailboxAccess::Everyone);
    assert_eq!(with(group(" Users@CONTOSO.com ")).unwrap(), group("Users@contoso.com"));
    let id = "8D9F0C1E-2B3A-4C5D-8E6F-7A8B9C0D1E2F";
    assert_eq!(with(group(id)).unwrap(), group(&id.to_lowercase()));
    assert_eq!(
        with(people(&["megan@contoso.com", "", "MEGAN@contoso.com", "adele@contoso.com"])).unwrap(),
        people(&["megan@contoso.com", "adele@contoso.com"]),
        "nobody is there twice"
    );
    let told = |access: MailboxAccess| {
        let issues = with(access).unwrap_err();
        assert_eq!(issues[0].subject, IssueSubject::MailboxAccess("service-account".to_owned()));
        issues[0].to_string()
    };
    assert_eq!(told(group("")), "Choose the group whose mailboxes the app may open.");
    assert_eq!(told(people(&[" "])), "Choose at least one mailbox that the app may open.");
    assert!(told(group("all people")).contains("blank") || told(group("all people")).contains("address"));
    let many: Vec<String> = (0..51).map(|number| format!("p{number}@contoso.com")).collect();
    assert!(told(MailboxAccess::People(many)).starts_with("Choose 50 mailboxes at most."));
}

#[test]
fn row_c5_a_limit_needs_mailboxes() {
    let sense = connector("sense");
    let mut chosen = choices(sense, &[("agency", "acme")]);
    chosen
        .mailbox_access
        .insert("calendar-sync".to_owned(), MailboxAccess::Group("g@contoso.com".to_owned()));
    assert_eq!(
        sense.setup(&chosen).unwrap_err()[0].to_string(),
        "This app opens no mailboxes, so there is nothing to limit."
    );
}

#[test]
fn older_permissions_of_exchange_have_no_role() {
    let old = catalogue::find(EXCHANGE_ONLINE, "Mail.Read", PermissionKind::Application).unwrap();
    assert_eq!(catalogue::exchange_role_for(old.key), None);
    let ews = catalogue::find(EXCHANGE_ONLINE, "full_access_as_app", PermissionKind::Application).unwrap();
    assert_eq!(catalogue::exchange_role_for(ews.key), Some("Application EWS.AccessAsApp"));
}
