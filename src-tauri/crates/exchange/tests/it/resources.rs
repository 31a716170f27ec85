//! What cmdlets give, in the forms in which it has been seen.

use exchange::resources::{
    AccessRight, ApplicationAccessPolicy, Authorization, Group, InScope, OrganizationConfig, PolicyTest,
    Recipient, RoleAssignment, ServicePrincipal,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

#[test]
fn an_app_in_exchange_goes_by_either_name_of_its_object_id() {
    for field in ["ObjectId", "ServiceId"] {
        let app: ServicePrincipal = read(json!({"AppId": "a", field: "o", "DisplayName": "", "Future": [1]}));
        assert_eq!((app.enterprise_app(), app.display_name.as_deref()), (Some("o"), None));
    }
    let both: ServicePrincipal = read(json!({"AppId": "a", "ObjectId": "o", "ServiceId": "o"}));
    assert_eq!(both.enterprise_app(), Some("o"));
}

#[test]
fn an_assignment_without_any_limit_is_for_the_whole_organisation() {
    let wide: RoleAssignment = read(json!({
        "Name": "n", "Role": "Application Mail.Read", "CustomResourceScope": null, "RecipientWriteScope": "Organization",
        "Enabled": true, "RoleAssigneeType": "ServicePrincipal",
    }));
    assert!(wide.is_organisation_wide());
    for limit in ["CustomResourceScope", "RecipientGroupScope", "RecipientAdministrativeUnitScope"] {
        let narrow: RoleAssignment = read(json!({"Name": "n", limit: "x"}));
        assert!(!narrow.is_organisation_wide(), "{limit}");
    }
}

#[test]
fn in_scope_comes_as_a_word_or_a_flag() {
    for (value, expected) in [
        (json!("True"), InScope::Yes),
        (json!(true), InScope::Yes),
        (json!("False"), InScope::No),
        (json!(false), InScope::No),
        (json!("Not Run"), InScope::Unknown),
        (json!(null), InScope::Unknown),
    ] {
        let line: Authorization =
            read(json!({"RoleName": "r", "GrantedPermissions": "Mail.Read, Mail.Send", "InScope": value}));
        assert_eq!(line.in_scope, expected);
        assert_eq!(line.granted_permissions, ["Mail.Read", "Mail.Send"]);
    }
    let line: Authorization = read(json!({"RoleName": "r", "GrantedPermissions": ["Mail.Read"]}));
    assert_eq!((line.in_scope, line.granted_permissions), (InScope::Unknown, vec!["Mail.Read".to_owned()]));
}

#[test]
fn a_policy_is_for_an_app_or_for_all() {
    let policy = |app: &str, right: &str| -> ApplicationAccessPolicy {
        read(json!({"Identity": "i", "AppId": app, "AccessRight": right}))
    };
    assert!(policy("AAAA", "RestrictAccess").is_for("aaaa") && policy("*", "DenyAccess").is_for("aaaa"));
    assert!(!policy("b", "DenyAccess").is_for("a"));
    assert_eq!(policy("a", "RestrictAccess").access_right, AccessRight::Restrict);
    assert_eq!(policy("a", "DenyAccess").access_right, AccessRight::Deny);
    assert_eq!(policy("a", "SomethingNew").access_right, AccessRight::Other);
    let test = |word: &str| read::<PolicyTest>(json!({"AccessCheckResult": word})).is_granted();
    assert_eq!((test("Granted"), test("Denied"), test("Odd")), (Some(true), Some(false), None));
}

#[test]
fn a_group_and_a_recipient_say_what_they_are() {
    let group: Group = read(json!({"Name": "g", "RecipientTypeDetails": "MailUniversalSecurityGroup"}));
    assert!(group.is_mail_enabled_security_group() && group.title() == "g");
    let list: Group =
        read(json!({"DisplayName": "All", "RecipientTypeDetails": "MailUniversalDistributionGroup"}));
    assert!(!list.is_mail_enabled_security_group() && list.title() == "All");
    let kind = |kind: &str| -> Recipient {
        read(json!({"PrimarySmtpAddress": "A@x.example", "RecipientTypeDetails": kind}))
    };
    assert!(kind("SharedMailbox").has_mailbox() && !kind("MailUser").has_mailbox());
    assert!(kind("MailUniversalSecurityGroup").is_group() && kind("GroupMailbox").is_group());
    assert!(!kind("UserMailbox").is_group() && kind("UserMailbox").is_at(" a@X.example "));
}

#[test]
fn the_list_of_apps_for_ews_comes_in_two_forms() {
    for list in [json!("a, b"), json!(["a", "b"])] {
        let config: OrganizationConfig = read(json!({"EwsEnabled": true, "EwsAllowedAppIDs": list}));
        assert!(config.allows_ews("A") && !config.allows_ews("c"));
    }
    let unset: OrganizationConfig =
        read(json!({"EwsEnabled": null, "EwsAllowedAppIDs": null, "IsDehydrated": "True"}));
    assert_eq!((unset.ews_enabled, unset.is_dehydrated), (None, Some(true)));
    assert!(!unset.allows_ews("a"));
}
