//! Who has let an app act for them.

use provision::{ConsentReport, PersonConsent, PlanError, consent_report};

use super::{person, vendor};
use crate::world::{ADMIN, World};

async fn report(world: &World, app_id: &str) -> Result<ConsentReport, PlanError> {
    consent_report(&world.session().await.graph, app_id, world.tenant.now()).await
}

#[tokio::test]
async fn people_are_told_from_what_an_admin_allowed_for_everyone() {
    let world = World::new(ADMIN);
    let vendor = vendor(&world);
    let found = report(&world, &vendor.app_id).await.unwrap();
    assert_eq!((found.display_name.as_str(), found.more), ("Contoso Meetings", false));
    let [everyone] = found.everyone.as_slice() else { panic!("{:?}", found.everyone) };
    assert_eq!(everyone.scopes, ["User.Read", "Calendars.ReadWrite"]);
    assert_eq!(everyone.resource_name, "Microsoft Graph");
    let shown: Vec<_> = found
        .people
        .iter()
        .map(|one: &PersonConsent| (one.name.as_deref(), one.enabled, one.consents[0].scopes.len()))
        .collect();
    assert_eq!(
        shown,
        [
            (Some("Erik Johansson"), Some(true), 4),
            (Some("Hannah Weiss"), Some(true), 5),
            (Some("Pavel Novák"), Some(false), 2),
            (None, None, 3),
        ],
        "by name, who left last"
    );
    assert_eq!(found.people[0].id, person(&world, "erik.johansson"));
    assert_eq!(found.people[0].sign_in_name.as_deref(), Some("erik.johansson@lindqvist-practice.example"));
}

#[tokio::test]
async fn an_app_that_nobody_uses_has_nobody_and_one_that_is_unknown_is_said() {
    let world = World::new(ADMIN);
    let alone = world.tenant.practice().tables(|tables| {
        let has_principal = |app_id: &str| tables.service_principal_by_app_id(app_id).is_some();
        let alone = tables
            .applications
            .values()
            .find(|row| row.deleted.is_none() && !has_principal(row.text("appId")));
        alone.map(|row| row.text("appId").to_owned())
    });
    let app_id = alone.unwrap_or_else(|| {
        // Every app of this seed has its enterprise app: one goes.
        world.tenant.practice().tables(|tables| {
            let row = tables.applications.values().find(|row| row.deleted.is_none()).unwrap();
            let app_id = row.text("appId").to_owned();
            tables.service_principals.retain(|_, row| row.text("appId") != app_id);
            app_id
        })
    });
    let found = report(&world, &app_id).await.unwrap();
    assert!(found.everyone.is_empty() && found.people.is_empty() && !found.more);
    let nobody = report(&world, "99999999-9999-4999-8999-999999999999").await;
    assert!(matches!(nobody, Err(PlanError::NoSuchApp { .. })), "{nobody:?}");
    assert!(matches!(report(&world, "Contoso").await, Err(PlanError::NotAClientId)));
}

#[tokio::test]
async fn an_api_that_is_gone_is_named_by_its_id() {
    let world = World::new(ADMIN);
    let vendor = vendor(&world);
    let erik = person(&world, "erik.johansson");
    world.tenant.practice().tables(|tables| {
        let own = |row: &&mut practice::Row| row.text("principalId") == erik.as_str();
        let row = tables
            .oauth2_permission_grants
            .values_mut()
            .find(|row| row.text("clientId") == vendor.principal && own(row))
            .unwrap();
        row.body.insert("resourceId".into(), "77777777-7777-4777-8777-777777777777".into());
    });
    let found = report(&world, &vendor.app_id).await.unwrap();
    let own = &found.people.iter().find(|one| one.id == erik).unwrap().consents[0];
    assert_eq!((own.resource, own.resource_name.as_str()), (None, "77777777-7777-4777-8777-777777777777"));
}
