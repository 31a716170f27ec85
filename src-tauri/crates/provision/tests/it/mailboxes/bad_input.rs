//! What people type and pick by mistake: a clear word before anything is written.

use blueprint::MailboxAccess;
use provision::{Blocks, MailboxProblem, Plan, ProblemKind};

use super::{cirrus, group, people, totalview};
use crate::setups::MAILBOX;
use crate::world::{ADMIN, World};

fn problems(plan: &Plan) -> Vec<(&MailboxProblem, bool)> {
    let about = plan.problems.iter().filter_map(|one| match &one.kind {
        ProblemKind::MailboxAccess { problem } => Some((problem, one.blocks == Blocks::Everything)),
        _ => None,
    });
    about.collect()
}

async fn planned(world: &World, access: MailboxAccess) -> Plan {
    world.plan(&cirrus(access)).await
}

#[tokio::test]
async fn a_group_that_cannot_hold_a_limit_is_named_before_anything_is_written() {
    let world = World::new(ADMIN);
    let no_such = planned(&world, MailboxAccess::Group("nobody@lindqvist-practice.example".to_owned())).await;
    assert!(
        matches!(problems(&no_such)[..], [(MailboxProblem::NoSuchGroup { .. }, true), ..]),
        "{no_such:#?}"
    );
    assert!(!no_such.can_run());
    // A person's address is no group.
    let person = planned(&world, MailboxAccess::Group(MAILBOX.to_owned())).await;
    assert!(
        matches!(problems(&person)[..], [(MailboxProblem::WrongKindOfGroup { .. }, true), ..]),
        "{person:#?}"
    );
    // A security group without an address is unknown to Exchange.
    let id = world.tenant.practice().tables(|tables| {
        let plain = tables.groups.values().find(|row| row.text("mailNickname") == "warehouse").unwrap();
        plain.text("id").to_owned()
    });
    let plain = planned(&world, MailboxAccess::Group(id)).await;
    assert!(!plain.can_run(), "{:#?}", problems(&plain));
}

/// Totalview needs a mail-enabled security group; a Microsoft 365 group is none.
#[tokio::test]
async fn a_connector_that_needs_a_mail_enabled_security_group_says_so() {
    let world = World::new(ADMIN);
    let unified = MailboxAccess::Group("sales@lindqvist-practice.example".to_owned());
    let plan = world.plan(&totalview(&["calendar"], &unified)).await;
    let found = problems(&plan);
    assert!(
        found.iter().any(|(one, blocks)| matches!(one, MailboxProblem::WrongKindOfGroup { .. }) && *blocks),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_mailbox_that_does_not_exist_is_named() {
    let world = World::new(ADMIN);
    let nobody = "nobody@lindqvist-practice.example";
    // This person has no licence, so no mailbox.
    let plan = planned(&world, people(&[MAILBOX, nobody, "lena.fischer@lindqvist-practice.example"])).await;
    let named: Vec<_> = problems(&plan)
        .into_iter()
        .filter_map(|(one, _)| match one {
            MailboxProblem::NoMailbox { address } => Some(address.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(named, [nobody, "lena.fischer@lindqvist-practice.example"]);
    assert!(!plan.can_run());
}

#[tokio::test]
async fn a_test_mailbox_outside_and_groups_in_the_group_are_said_and_stop_nothing() {
    let world = World::new(ADMIN);
    let plan = planned(&world, people(&["noor.haddad@lindqvist-practice.example"])).await;
    let found = problems(&plan);
    assert!(
        found.iter().any(|(one, blocks)| matches!(one, MailboxProblem::TestMailboxOutside { .. }) && !blocks),
        "{found:?}"
    );
    assert!(plan.can_run());

    world.tenant.practice().tables(|tables| {
        let by_name = |nickname: &str| {
            let row = tables.groups.values().find(|row| row.text("mailNickname") == nickname).unwrap();
            row.text("id").to_owned()
        };
        let (outer, inner) = (by_name("calendar-connector-scope"), by_name("finance"));
        tables.members.get_mut(&outer).unwrap().push(inner);
    });
    let nested = planned(&world, group()).await;
    let found = problems(&nested);
    assert!(
        found.iter().any(
            |(one, blocks)| matches!(one, MailboxProblem::NestedGroups { inner, .. } if inner == &["Finance"])
                && !blocks
        ),
        "{found:?}"
    );

    world.tenant.practice().tables(|tables| {
        let row = tables
            .groups
            .values()
            .find(|row| row.text("mailNickname") == "calendar-connector-scope")
            .unwrap();
        let id = row.text("id").to_owned();
        tables.members.insert(id, Vec::new());
    });
    let empty = planned(&world, group()).await;
    let found = problems(&empty);
    assert!(found.iter().any(|(one, _)| matches!(one, MailboxProblem::EmptyGroup { .. })), "{found:?}");
}
