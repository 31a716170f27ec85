//! Certero: what its guide asks for, row by row (E1 to E7).

use blueprint::{
    HandOverValue, PermissionKind, ProofKind, RedirectPlatform, SettingKind, Setup, SignInAudience,
    ValueSource,
};

use crate::wants::{connector, set_up};

const WAYS: [(&str, PermissionKind); 2] =
    [("application", PermissionKind::Application), ("delegated", PermissionKind::Delegated)];

fn certero(kind: &str) -> Setup {
    set_up("certero", &[("kind", kind), ("tenant-name", "Contoso.onmicrosoft.com")])
}

#[test]
fn row_e1_the_tenant_name_is_one_of_the_verified_domains() {
    let input = connector("certero").input("tenant-name").unwrap();
    assert_eq!(input.kind, blueprint::InputKind::VerifiedDomain);
    for (kind, _) in WAYS {
        let first = &certero(kind).hand_over.pages[0].entries[0];
        assert_eq!(first.label, "Tenant Name");
        assert_eq!(first.value, HandOverValue::Known { text: "contoso.onmicrosoft.com".to_owned() });
    }
}

#[test]
fn row_e2_redirect_address_and_account_types() {
    let setup = certero("application");
    let registration = &setup.registrations[0];
    assert_eq!(registration.redirect_uris.len(), 1);
    assert_eq!(registration.redirect_uris[0].platform, RedirectPlatform::Web);
    assert_eq!(registration.redirect_uris[0].uri, "https://cc.certero.com/cmp/AuthorizeOffice365Connector");
    assert_eq!(registration.sign_in_audience, SignInAudience::AzureAdMyOrg);
    assert_eq!(connector("certero").registrations[0].audiences.len(), 2);
}

#[test]
fn row_e3_client_id_and_secret_are_handed_over() {
    let form = &certero("delegated").hand_over.pages[0];
    let labels: Vec<_> = form.entries.iter().map(|entry| entry.label.as_str()).collect();
    assert_eq!(labels, ["Tenant Name", "Client ID", "Client Secret", "Token"]);
    assert!(certero("application").registrations[0].secret().is_some());
}

#[test]
fn row_e4_the_kind_is_a_choice_and_the_four_permissions_are_the_same() {
    for (kind, permission_kind) in WAYS {
        let setup = certero(kind);
        let needs = &setup.registrations[0].permissions;
        let names: Vec<_> = needs.iter().map(|need| need.value.as_str()).collect();
        assert_eq!(names, ["Directory.Read.All", "Group.Read.All", "Reports.Read.All", "User.Read.All"]);
        assert!(needs.iter().all(|need| need.kind == permission_kind && need.id.is_some()), "{kind}");
    }
    assert_eq!(connector("certero").input("kind").unwrap().default.as_deref(), Some("application"));
}

#[test]
fn row_e5_both_kinds_need_an_admin() {
    for (kind, _) in WAYS {
        let setup = certero(kind);
        let admin = |need: &blueprint::PermissionNeed| need.explain().unwrap().admin_consent_required;
        assert!(setup.registrations[0].permissions.iter().all(admin), "{kind}");
    }
}

#[test]
fn row_e6_reports_show_names() {
    let setup = certero("application");
    assert_eq!(setup.settings.len(), 1);
    assert_eq!(setup.settings[0].kind, SettingKind::ReportsShowNames);
    assert!(
        SettingKind::ReportsShowNames.consequence().contains("who used what"),
        "its effect on people is told"
    );
}

#[test]
fn row_e7_the_token_comes_last_and_is_a_secret() {
    for (kind, access) in WAYS {
        let setup = certero(kind);
        let last = setup.hand_over.pages[0].entries.last().unwrap();
        assert_eq!(last.label, "Token");
        let HandOverValue::OfRegistration { source, .. } = &last.value else { panic!("{last:?}") };
        assert!(*source == ValueSource::Token && source.is_secret());
        assert!(setup.proofs.iter().all(|proof| proof.access == access), "{kind}: proved the way it is used");
    }
}

#[test]
fn row_e7_who_connects_for_one_person_needs_a_role_for_reports() {
    let before = |kind: &str| {
        certero(kind).follow_ups.iter().any(|task| task.moment == blueprint::FollowUpMoment::BeforeSetup)
    };
    assert!(before("delegated") && !before("application"));
}

#[test]
fn every_permission_is_proved_without_a_mailbox() {
    let setup = certero("application");
    let kinds: Vec<_> = setup.proofs.iter().map(|proof| proof.kind).collect();
    assert_eq!(
        kinds,
        [ProofKind::UsersRead, ProofKind::GroupsRead, ProofKind::DirectoryRead, ProofKind::ReportsRead]
    );
    assert!(setup.proofs.iter().all(|proof| proof.mailbox.is_none()));
}
