//! A small plan for the tests of this crate.

use blueprint::{PermissionKey, PermissionKind};
use graph::resources::ApplicationPatch;
use graph::{AppId, UniqueName};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{
    AppRoleGrant, Organisation, Plan, PlannedPermission, PlannedRegistration, PlannedSecret, Step, StepKind,
    Subject, role_id,
};
use crate::{JournalAccount, RunId};

fn step(id: &str, kind: StepKind) -> Step {
    Step {
        id: id.to_owned(),
        registration: "calendar".to_owned(),
        group: "Calendar".to_owned(),
        kind,
        sentence: "Do it.".to_owned(),
        done_sentence: "Did it.".to_owned(),
        requests: Vec::new(),
        undo: None,
        already: false,
        not_by_you: None,
    }
}

/// One registration with two permissions and a secret, nothing of it done.
pub(crate) fn plan() -> Plan {
    let ids = [Uuid::from_u128(1), Uuid::from_u128(2)];
    let api = Uuid::from_u128(9);
    let role = |id: Uuid| AppRoleGrant {
        role: role_id(id),
        value: id.to_string(),
        assignment: None,
        resource_id: None,
    };
    let permission = |id: Uuid| PlannedPermission {
        key: PermissionKey { resource: api, id, kind: PermissionKind::Application },
        value: id.to_string(),
        resource_name: "API".to_owned(),
        consent: None,
        why: String::new(),
        granted: false,
        exchange_role: None,
    };
    let grant = StepKind::GrantAppRoles {
        resource: AppId::new(api.to_string()).unwrap(),
        resource_id: None,
        roles: ids.into_iter().map(role).collect(),
    };
    Plan {
        run: RunId::from_random(1),
        subject: Subject::SetUp { connector: "totalview".to_owned(), version: "1.0.0".to_owned() },
        title: "Set up".to_owned(),
        organisation: Organisation {
            id: "t".to_owned(),
            name: "Contoso".to_owned(),
            default_domain: None,
            initial_domain: None,
        },
        account: JournalAccount { id: "p".to_owned(), name: "Anna".to_owned() },
        made_at: Timestamp::UNIX_EPOCH,
        registrations: vec![PlannedRegistration {
            key: "calendar".to_owned(),
            title: "Calendar".to_owned(),
            display_name: "Totalview".to_owned(),
            unique_name: UniqueName::new("gatehouse-totalview-calendar-1").unwrap(),
            wanted: ApplicationPatch::default(),
            existing: None,
            permissions: ids.into_iter().map(permission).collect(),
            secret: Some(PlannedSecret {
                display_name: "Totalview".to_owned(),
                expires: Timestamp::UNIX_EPOCH,
                lifetime: SignedDuration::from_hours(24),
            }),
            kept_secret: None,
            certificate: None,
            kept_certificate: None,
            certificates_seen: Vec::new(),
        }],
        accounts: Vec::new(),
        steps: vec![
            step("app:calendar", StepKind::EnsureApplication { changes: None, before: None }),
            step("sp:calendar", StepKind::EnsureServicePrincipal),
            step("grant:calendar:api", grant),
            step("secret:calendar", StepKind::AddSecret),
            step("read:calendar", StepKind::ReadBack),
        ],
        proofs: Vec::new(),
        problems: Vec::new(),
        roles: Vec::new(),
        seen: Vec::new(),
    }
}

#[test]
fn the_fingerprint_is_of_what_a_plan_does() {
    let one = plan();
    let mut other = plan();
    other.run = RunId::from_random(2);
    other.made_at = Timestamp::MAX;
    assert_eq!(one.hash(), other.hash(), "the run and the time of looking are not part of it");
    let mut other = plan();
    other.registrations[0].permissions[0].key.id = Uuid::from_u128(77);
    assert_ne!(one.hash(), other.hash());
    let mut other = plan();
    other.steps[2].not_by_you = Some(super::NotByYou { why: "x".to_owned(), people: Vec::new() });
    assert_ne!(one.hash(), other.hash());
    let mut other = plan();
    other.account.id = "somebody else".to_owned();
    assert_ne!(one.hash(), other.hash());
}

#[test]
fn a_plan_survives_the_journal() {
    let one = plan();
    let text = serde_json::to_string(&one).unwrap();
    let back: Plan = serde_json::from_str(&text).unwrap();
    assert_eq!(back, one);
    assert_eq!(back.hash(), one.hash());
}

#[test]
fn what_a_plan_is_can_be_asked() {
    let mut plan = plan();
    assert!(plan.can_run() && !plan.is_settled() && !plan.needs_other_person());
    assert_eq!(plan.secrets_expire(), Some(Timestamp::UNIX_EPOCH));
    for step in &mut plan.steps {
        step.already = true;
    }
    assert!(plan.is_settled());
    for step in &mut plan.steps {
        step.not_by_you = Some(super::NotByYou { why: "x".to_owned(), people: Vec::new() });
    }
    assert!(!plan.can_run() && plan.needs_other_person());
}
