//! What is not known, not tried, not allowed, or only practice, is said to be so.

use std::sync::Arc;

use contract::{
    ErrorCode, FindingRule, FindingsPage, FindingsQuery, InventoryQuery, InventorySort, MailboxReach,
    NewCredential, PlanRequest, RegistrationRef, RemedyAction, SignInPurpose, Space,
};
use serde_json::json;

use crate::world::World;

async fn findings(world: &World, rule: Option<FindingRule>) -> FindingsPage {
    world.app.inventory_sync(Arc::new(|_| {})).await.unwrap();
    let text = String::new();
    let query = FindingsQuery { rule, app_id: None, text, ignored: false, offset: 0, limit: 500 };
    world.app.findings(query).await.unwrap()
}

async fn app_named(world: &World, name: &str) -> String {
    let query = InventoryQuery {
        text: name.to_owned(),
        facets: Vec::new(),
        sort: InventorySort::Name,
        descending: false,
        offset: 0,
        limit: 1,
    };
    world.app.inventory_rows(query).await.unwrap().rows[0].app.app_id.clone()
}

#[tokio::test]
async fn what_could_not_be_looked_at_is_said_with_the_sign_in_that_would_show_it() {
    let world = World::new().await;
    let account = world.sign_in().await;
    let about_exchange =
        |page: &FindingsPage| page.gaps.iter().find(|gap| gap.sentence.contains("Exchange")).cloned();
    let gap = about_exchange(&findings(&world, None).await).unwrap();
    assert!(gap.apps > 0 && gap.rules.len() == 2, "{gap:?}");
    let remedy = gap.remedy.unwrap();
    assert_eq!(remedy.action, Some(RemedyAction::SignIn { purpose: SignInPurpose::Mailboxes }));
    assert!(remedy.button.is_some() && remedy.sentence.ends_with('.'), "{remedy:?}");
    let told = world.app.not_looked_at().await.unwrap();
    assert!(told.contains(&gap.sentence), "{told:?}");

    world.sign_in_for(&account, SignInPurpose::Mailboxes).await;
    assert_eq!(about_exchange(&findings(&world, None).await), None);
    assert!(!world.app.not_looked_at().await.unwrap().contains(&gap.sentence));
}

#[tokio::test]
async fn a_policy_that_denies_is_no_limit_to_anybody() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.sign_in_for(&account, SignInPurpose::Mailboxes).await;
    // The limit of a product, turned into its opposite.
    let (app_id, group) = world.tenant.tables(|tables| {
        let row = tables
            .exchange
            .access_policies
            .values_mut()
            .find(|row| row.text("AccessRight") == "RestrictAccess");
        let row = row.unwrap();
        row.body.insert("AccessRight".into(), json!("DenyAccess"));
        (row.text("AppId").to_owned(), row.text("ScopeName").to_owned())
    });
    let page = findings(&world, Some(FindingRule::EveryMailbox)).await;
    let found = page.findings.iter().find(|one| one.app_id == app_id).unwrap();
    assert!(found.title.ends_with(&format!("all mailboxes except those of {group}.")), "{found:?}");
    let access = world.app.mailbox_access(RegistrationRef { app_id }).await.unwrap();
    assert_eq!(access.reach, MailboxReach::AllBut);
    assert!(
        access.sentence.ends_with(&format!("can open all mailboxes except those of “{group}”.")),
        "{access:?}"
    );
    assert!(access.policies[0].denies && !access.can_migrate, "{access:?}");
}

#[tokio::test]
async fn where_secrets_are_forbidden_a_certificate_and_trust_are_suggested_before_and_in_the_plan() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.tenant.tables(|tables| {
        let policy = tables.policies.get_mut("defaultAppManagementPolicy").unwrap();
        policy.body.insert("isEnabled".into(), true.into());
        policy.body["applicationRestrictions"]["passwordCredentials"] = json!([{
            "restrictionType": "passwordAddition", "state": "enabled", "maxLifetime": null,
            "restrictForAppsCreatedAfterDateTime": "2001-01-01T00:00:00Z",
        }]);
    });
    world.app.inventory_sync(Arc::new(|_| {})).await.unwrap();
    let app_id = app_named(&world, "invoice robot").await;
    let detail = world.app.inventory_app(RegistrationRef { app_id: app_id.clone() }).await.unwrap();
    let advice = detail.instead_of_secrets.unwrap();
    assert!(advice.sentence.contains("certificate") && advice.sentence.contains("federated"), "{advice:?}");
    world.app.link_open(&advice.url).await.unwrap();

    let draft = world.answers(&account).await;
    let new = NewCredential::Secret { months: None };
    for request in [
        PlanRequest::SetUp { draft_id: draft.id },
        PlanRequest::RenewCredential { app_id, replaces: Vec::new(), new },
    ] {
        let plan = world.app.plan_make(request).await.unwrap();
        let problem = plan.problems.iter().find(|one| one.code == ErrorCode::PolicyForbidsSecrets).unwrap();
        assert!(problem.blocks && !plan.can_run);
        let advice = problem.advice.as_ref().unwrap();
        assert!(advice.sentence.contains("federated credential") && !advice.words.is_empty(), "{advice:?}");
        assert!(advice.url.starts_with("https://learn.microsoft.com/entra/"), "{advice:?}");
    }
}

#[tokio::test]
async fn a_trial_on_the_practice_tenant_says_that_it_is_one() {
    let world = World::before_any_door().await;
    world.app.space_enter(Space::Practice).await.unwrap();
    world.app.reminder_trial().await.unwrap();
    let titles: Vec<String> =
        world.computer.notifications.lock().unwrap().iter().map(|one| one.title.clone()).collect();
    assert_eq!(titles, ["Practice: A trial reminder"]);
    world.app.space_enter(Space::Real).await.unwrap();
    world.app.reminder_trial().await.unwrap();
    let titles: Vec<String> =
        world.computer.notifications.lock().unwrap().iter().map(|one| one.title.clone()).collect();
    assert_eq!(titles.last().map(String::as_str), Some("A trial reminder"));
}
