//! Scripts: what they say, and that no value gets out of its quotes.

use blueprint::MailboxAccess;
use blueprint::PermissionKind::{Application, Delegated};
use blueprint::catalogue::{MICROSOFT_GRAPH, find};
use blueprint::scripts::{
    LimitedApp, access_policy, application_roles, ews_allow_list, exchange_server_impersonation, quoted,
    recipient_filter,
};
use proptest::prelude::*;
use uuid::uuid;

pub(crate) fn app(name: &str, access: MailboxAccess) -> LimitedApp {
    let key = |value: &str, kind| find(MICROSOFT_GRAPH, value, kind).unwrap().key;
    LimitedApp {
        name: name.to_owned(),
        client_id: uuid!("11111111-1111-4111-8111-111111111111"),
        service_principal_id: uuid!("22222222-2222-4222-8222-222222222222"),
        permissions: vec![
            key("Calendars.ReadWrite", Application),
            key("User.Read.All", Application),
            key("User.Read", Delegated),
        ],
        access,
        inside: Some("megan@contoso.com".to_owned()),
    }
}

#[test]
fn row_a10_roles_for_a_group_for_people_and_for_everybody() {
    let people =
        MailboxAccess::People(vec!["o'neill@contoso.com".to_owned(), "megan@contoso.com".to_owned()]);
    insta::assert_snapshot!(application_roles(&app(
        "Totalview Calendar",
        MailboxAccess::Group("sales@contoso.com".to_owned())
    )));
    assert_eq!(
        recipient_filter(&people).unwrap(),
        "PrimarySmtpAddress -eq 'o''neill@contoso.com' -or PrimarySmtpAddress -eq 'megan@contoso.com'"
    );
    let script = application_roles(&app("Totalview Calendar", people));
    assert!(
        script.contains(
            "$filter = 'PrimarySmtpAddress -eq ''o''''neill@contoso.com'' -or PrimarySmtpAddress -eq ''megan@contoso.com'''"
        ),
        "{script}"
    );
    let script = application_roles(&app("Totalview Calendar", MailboxAccess::Everyone));
    assert!(
        script.contains("$scoped = @{}")
            && script.contains("$scope = ''")
            && !script.contains("New-ManagementScope"),
        "{script}"
    );
}

#[test]
fn row_a10_the_grant_for_everybody_goes_last_and_only_what_is_limited() {
    let script = application_roles(&app("App", MailboxAccess::Group("sales@contoso.com".to_owned())));
    let assigned = script.find("New-ManagementRoleAssignment").unwrap();
    let removed = script.find("Remove-MgServicePrincipalAppRoleAssignment").unwrap();
    assert!(assigned < removed, "nobody is without access in between");
    let calendars = find(MICROSOFT_GRAPH, "Calendars.ReadWrite", Application).unwrap().key.id.to_string();
    let users = find(MICROSOFT_GRAPH, "User.Read.All", Application).unwrap().key.id.to_string();
    assert!(script.contains(&calendars) && !script.contains(&users));
    assert!(script.contains("# Exchange has no role for User.Read.All, so it stays as it is."));
}

#[test]
fn row_b8_an_access_policy_is_offered_where_one_is_used() {
    insta::assert_snapshot!(access_policy(
        "Totalview E-Mail",
        uuid!("11111111-1111-4111-8111-111111111111"),
        "totalview@contoso.com",
        Some("totalview@contoso.com"),
        Some("ceo@contoso.com"),
    ));
}

#[test]
fn the_ews_list_keeps_the_others() {
    insta::assert_snapshot!(ews_allow_list(uuid!("11111111-1111-4111-8111-111111111111")));
}

#[test]
fn impersonation_without_a_group_is_for_everybody_and_says_so() {
    let script = exchange_server_impersonation("Contoso", "svc@contoso.com", None);
    assert!(script.contains("of everybody") && script.contains("A group would be safer."), "{script}");
    assert!(!script.contains("ManagementScope"));
}

/// The script without comments and with every quoted text taken out: what PowerShell would run.
fn code(script: &str) -> String {
    let mut code = String::new();
    for line in script.lines() {
        let mut chars = line.chars().peekable();
        let mut quote: Option<char> = None;
        while let Some(c) = chars.next() {
            let single = matches!(c, '\'' | '\u{2018}'..='\u{201b}');
            match quote {
                Some('\'') if single => {
                    // Doubled: still inside.
                    if chars.next_if(|next| matches!(next, '\'' | '\u{2018}'..='\u{201b}')).is_none() {
                        quote = None;
                    }
                }
                Some('"') if c == '"' => quote = None,
                Some(_) => {}
                None if c == '#' => break,
                None if single => quote = Some('\''),
                None if c == '"' => quote = Some('"'),
                None => code.push(c),
            }
        }
        assert_eq!(quote, None, "a text is not closed: {line}");
        code.push('\n');
    }
    code
}

#[test]
fn every_bracket_is_closed() {
    let scripts = [
        application_roles(&app("App", MailboxAccess::Group("g@contoso.com".to_owned()))),
        application_roles(&app("App", MailboxAccess::People(vec!["m@contoso.com".to_owned()]))),
        application_roles(&app("App", MailboxAccess::Everyone)),
        access_policy("App", uuid!("11111111-1111-4111-8111-111111111111"), "g@contoso.com", None, None),
        ews_allow_list(uuid!("11111111-1111-4111-8111-111111111111")),
        exchange_server_impersonation("App", "svc@contoso.com", Some("g@contoso.com")),
        exchange_server_impersonation("App", "svc@contoso.com", None),
    ];
    for script in scripts {
        let mut open = Vec::new();
        for c in code(&script).chars() {
            match c {
                '(' | '{' | '[' => open.push(c),
                ')' => assert_eq!(open.pop(), Some('('), "{script}"),
                '}' => assert_eq!(open.pop(), Some('{'), "{script}"),
                ']' => assert_eq!(open.pop(), Some('['), "{script}"),
                _ => {}
            }
        }
        assert!(open.is_empty(), "{script}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_names_are_the_same_code_runs(value in "[\\PC'\"‘’‚‛`$;#\n\r(){}]{0,60}") {
        let plain = code(&exchange_server_impersonation("x", "x", Some("x")));
        prop_assert_eq!(code(&exchange_server_impersonation(&value, &value, Some(&value))), plain);
        let group = |text: &str| MailboxAccess::Group(text.to_owned());
        let plain = code(&application_roles(&LimitedApp { inside: Some("x".to_owned()), ..app("x", group("x")) }));
        let hostile = LimitedApp { inside: Some(value.clone()), ..app(&value, group(&value)) };
        prop_assert_eq!(code(&application_roles(&hostile)), plain);
        let id = uuid!("11111111-1111-4111-8111-111111111111");
        let plain = code(&access_policy("x", id, "x", Some("x"), Some("x")));
        prop_assert_eq!(code(&access_policy(&value, id, &value, Some(&value), Some(&value))), plain);
        prop_assert!(!quoted(&value).contains('\n'));
    }
}
