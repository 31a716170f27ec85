//! Which mailboxes an application may open: Entra's grants, Exchange's roles and the policies together.

use practice::Lag;
use serde_json::json;

use crate::graph_world::{Caller, GLOBAL_ADMINISTRATOR, World};

/// A world with an application, a mail-enabled security group of one person, and a group around that group.
struct Stage<'w> {
    world: &'w World,
    admin: Caller<'w>,
    inside: String,
    nested: String,
    outside: String,
}

impl<'w> Stage<'w> {
    async fn of(world: &'w World) -> Self {
        let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
        let people = world.colleagues();
        let [inside, nested, outside] = [0, 1, 2].map(|at| people[at].clone());
        admin
            .run("New-DistributionGroup", json!({ "Name": "Inner", "Type": "Security", "Members": [nested] }))
            .await
            .expect(200);
        admin
            .run(
                "New-DistributionGroup",
                json!({ "Name": "Pilots", "Type": "Security", "Members": [inside, "Inner"] }),
            )
            .await
            .expect(200);
        Self { world, admin, inside, nested, outside }
    }

    async fn point_to(&self, app: &Caller<'_>) {
        let pointer = json!({ "AppId": app.client, "ObjectId": app.id, "DisplayName": app.client });
        self.admin.run("New-ServicePrincipal", pointer).await.expect(200);
    }

    async fn run(&self, cmdlet: &str, parameters: serde_json::Value) -> serde_json::Value {
        self.admin.run(cmdlet, parameters).await.expect(200).body["value"].clone()
    }

    /// Status for each of the three people.
    async fn seen(&self, app: &Caller<'_>, path: &str) -> [u16; 3] {
        let mut all = [0; 3];
        for (status, upn) in all.iter_mut().zip([&self.inside, &self.nested, &self.outside]) {
            *status = app.get(&format!("/users/{upn}/{path}")).await.status;
        }
        all
    }

    async fn distinguished_name(&self, group: &str) -> String {
        let found = self.run("Get-DistributionGroup", json!({ "Identity": group })).await;
        found[0]["DistinguishedName"].as_str().unwrap().replace('\'', "''")
    }

    fn wait(&self, seconds: i64) {
        self.world.tenant.clock().advance(jiff::SignedDuration::from_secs(seconds));
    }
}

#[tokio::test]
async fn a_role_in_scope_opens_mailboxes_without_any_grant_of_entra() {
    let world = World::start().await;
    let stage = Stage::of(&world).await;
    let app = world.application_with(&[]).await;
    assert_eq!(stage.seen(&app, "messages").await, [403; 3]);
    stage.point_to(&app).await;
    let filter = format!("MemberOfGroup -eq '{}'", stage.distinguished_name("Pilots").await);
    stage.run("New-ManagementScope", json!({ "Name": "P", "RecipientRestrictionFilter": filter })).await;
    stage
        .run(
            "New-ManagementRoleAssignment",
            json!({ "App": app.id, "Role": "Application Mail.Read", "CustomResourceScope": "P" }),
        )
        .await;
    assert_eq!(stage.seen(&app, "messages").await, [200, 403, 403], "nested members do not count");
    assert_eq!(
        stage.seen(&app, "calendarView?startDateTime=2026-01-01&endDateTime=2026-01-02").await,
        [403; 3]
    );
    stage
        .run(
            "New-ManagementRoleAssignment",
            json!({ "App": app.id, "Role": "Application Calendars.Read", "RecipientGroupScope": "Inner" }),
        )
        .await;
    assert_eq!(stage.seen(&app, "calendar").await, [403, 200, 403]);
    let refused = app.get(&format!("/users/{}/messages", stage.outside)).await.expect(403);
    assert_eq!(refused.code(), "ErrorAccessDenied");
}

#[tokio::test]
async fn the_wrong_object_id_opens_nothing() {
    let world = World::start().await;
    let stage = Stage::of(&world).await;
    let app = world.application_with(&[]).await;
    let registration = world
        .tenant
        .tables(|tables| tables.application_by_app_id(&app.client).unwrap().text("id").to_owned());
    stage.run("New-ServicePrincipal", json!({ "AppId": app.client, "ObjectId": registration })).await;
    stage
        .run("New-ManagementRoleAssignment", json!({ "App": app.client, "Role": "Application Mail.Read" }))
        .await;
    assert_eq!(stage.seen(&app, "messages").await, [403; 3]);
}

#[tokio::test]
async fn the_union_trap_an_unscoped_grant_of_entra_beside_a_scoped_role_opens_everything() {
    let world = World::start().await;
    let stage = Stage::of(&world).await;
    let app = world.application_with(&["Mail.Read"]).await;
    stage.point_to(&app).await;
    let assign = json!({ "App": app.id, "Role": "Application Mail.Read", "RecipientGroupScope": "Pilots" });
    stage.run("New-ManagementRoleAssignment", assign).await;
    assert_eq!(stage.seen(&app, "messages").await, [200; 3]);
    let outside = json!({ "Identity": app.id, "Resource": stage.outside });
    let test = stage.run("Test-ServicePrincipalAuthorization", outside).await;
    assert_eq!(test[0]["InScope"], "False", "the test cmdlet does not see Entra's grant");
}

#[tokio::test]
async fn test_cmdlets_tell_what_a_role_reaches() {
    let world = World::start().await;
    let stage = Stage::of(&world).await;
    let app = world.application_with(&[]).await;
    stage.point_to(&app).await;
    stage
        .run(
            "New-ManagementRoleAssignment",
            json!({ "App": app.id, "Role": "Application Mail Full Access", "RecipientGroupScope": "Pilots" }),
        )
        .await;
    let line = stage.run("Test-ServicePrincipalAuthorization", json!({ "Identity": app.client })).await;
    assert_eq!(
        line,
        json!([{
            "RoleName": "Application Mail Full Access", "GrantedPermissions": "Mail.ReadWrite, Mail.Send",
            "AllowedResourceScope": "Pilots", "ScopeType": "Group", "InScope": "Not Run",
        }])
    );
    for (upn, within) in [(&stage.inside, "True"), (&stage.nested, "False")] {
        let line = stage
            .run("Test-ServicePrincipalAuthorization", json!({ "Identity": app.id, "Resource": upn }))
            .await;
        assert_eq!(line[0]["InScope"], within, "{upn}");
    }
}

#[tokio::test]
async fn a_policy_restricts_what_entra_granted_and_counts_nested_groups() {
    let world = World::start().await;
    let stage = Stage::of(&world).await;
    let app = world.application_with(&["Mail.Read"]).await;
    let policy = |right: &str, group: &str| json!({ "AppId": app.client, "AccessRight": right, "PolicyScopeGroupId": group, "Description": "x" });
    let made = stage.run("New-ApplicationAccessPolicy", policy("RestrictAccess", "Pilots")).await;
    assert_eq!(stage.seen(&app, "messages").await, [200, 200, 403]);
    let refused = app.get(&format!("/users/{}/messages", stage.outside)).await.expect(403);
    assert_eq!((refused.code(), refused.message()), ("ErrorAccessDenied", "Access to OData is disabled."));
    for (upn, result) in [(&stage.nested, "Granted"), (&stage.outside, "Denied")] {
        let test =
            stage.run("Test-ApplicationAccessPolicy", json!({ "Identity": upn, "AppId": app.client })).await;
        assert_eq!(test[0]["AccessCheckResult"], result);
    }
    stage.run("New-ApplicationAccessPolicy", policy("DenyAccess", "Inner")).await;
    assert_eq!(stage.seen(&app, "messages").await, [200, 403, 403], "a denial beats a restriction");
    stage.run("New-ApplicationAccessPolicy", policy("RestrictAccess", &stage.outside)).await;
    assert_eq!(stage.seen(&app, "messages").await, [200, 403, 200], "several restrictions add up");
    stage
        .run("Remove-ApplicationAccessPolicy", json!({ "Identity": made[0]["Identity"], "Confirm": false }))
        .await;
    assert_eq!(stage.seen(&app, "messages").await, [403, 403, 200]);
    let unified =
        stage.admin.run("New-ApplicationAccessPolicy", policy("DenyAccess", "sales")).await.expect(400);
    assert!(unified.text.contains("security principal"), "{}", unified.text);
}

#[tokio::test]
async fn a_policy_does_not_limit_roles_of_exchange() {
    let world = World::start().await;
    let stage = Stage::of(&world).await;
    let app = world.application_with(&["Mail.Read"]).await;
    stage
        .run(
            "New-ApplicationAccessPolicy",
            json!({ "AppId": app.client, "AccessRight": "DenyAccess", "PolicyScopeGroupId": "Pilots" }),
        )
        .await;
    assert_eq!(stage.seen(&app, "messages").await, [403, 403, 200]);
    stage.point_to(&app).await;
    stage
        .run(
            "New-ManagementRoleAssignment",
            json!({ "App": app.id, "Role": "Application Mail.Read", "RecipientGroupScope": "Pilots" }),
        )
        .await;
    assert_eq!(stage.seen(&app, "messages").await, [200, 403, 200]);
}

#[tokio::test]
async fn graph_heeds_changes_after_the_delay_and_test_cmdlets_at_once() {
    let world = World::start().await;
    world.tenant.faults().set_lag(Lag { mailbox_access_ms: 1_000_000, ..Lag::default() });
    let stage = Stage::of(&world).await;
    let app = world.application_with(&[]).await;
    stage.point_to(&app).await;
    let made = stage
        .run(
            "New-ManagementRoleAssignment",
            json!({ "App": app.id, "Role": "Application Mail.Read", "RecipientGroupScope": "Pilots" }),
        )
        .await;
    let test = stage
        .run("Test-ServicePrincipalAuthorization", json!({ "Identity": app.id, "Resource": stage.inside }))
        .await;
    assert_eq!(test[0]["InScope"], "True");
    assert_eq!(stage.seen(&app, "messages").await, [403; 3]);
    stage.wait(1_001);
    assert_eq!(stage.seen(&app, "messages").await, [200, 403, 403]);

    stage
        .run(
            "Set-ManagementRoleAssignment",
            json!({ "Identity": made[0]["Guid"], "RecipientGroupScope": "Inner" }),
        )
        .await;
    assert_eq!(stage.seen(&app, "messages").await, [200, 403, 403], "still the old scope");
    stage.wait(1_001);
    assert_eq!(stage.seen(&app, "messages").await, [403, 200, 403]);

    stage.run("Remove-ManagementRoleAssignment", json!({ "Identity": made[0]["Guid"] })).await;
    assert_eq!(stage.run("Get-ManagementRoleAssignment", json!({ "RoleAssignee": app.id })).await, json!([]));
    assert_eq!(stage.seen(&app, "messages").await, [403, 200, 403], "the cache still knows it");
    world.tenant.faults().set_lag(Lag::default());
    assert_eq!(stage.seen(&app, "messages").await, [403; 3]);
}
