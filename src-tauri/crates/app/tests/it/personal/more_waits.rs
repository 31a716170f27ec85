//! More was asked for, and an admin must agree to that: what worked goes on.

use contract::PersonalFeature::{CalendarRead, MailRead};
use contract::{ApprovalWatch, PersonalState, SignInEvent};
use practice::SelfConsent;

use super::{PRODUCT, again, wish, works};
use crate::world::{World, upn};

#[tokio::test]
async fn what_waits_for_an_admin_holds_nothing_up() {
    let world = World::of_noor().await;
    let first = world.connects(wish(&[CalendarRead])).await;
    world.tenant.set_self_consent(SelfConsent::Recommended);
    world.computer.person_does("cancel");
    let last = world.connects_to(again(&first, &[CalendarRead, MailRead])).await;
    let SignInEvent::NeedsApproval { approval } = last else { panic!("{last:?}") };
    assert_eq!(approval.request.connection_id.as_ref(), Some(&first.id));

    // The connection is what it was, and works for it.
    let looked = world.app.personal_check(&first.id).await.unwrap();
    assert_eq!((&looked.state, &looked.features), (&PersonalState::Works, &vec![CalendarRead]));
    works(&looked, CalendarRead);
    let waiting = world.app.approvals().await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert!(matches!(waiting[0].watch, ApprovalWatch::Looking { .. }), "{:?}", waiting[0].watch);

    world.agrees_for_everyone(&upn("astrid.lindqvist"), PRODUCT, "Mail.Read").await;
    world.computer.person_does("accept");
    let wider = world.connects(again(&first, &[CalendarRead, MailRead])).await;
    assert_eq!((&wider.state, &wider.features), (&PersonalState::Works, &vec![CalendarRead, MailRead]));
    works(&wider, MailRead);
    let settled = world.app.approvals().await.unwrap();
    assert_eq!(settled[0].watch, ApprovalWatch::Granted);
    assert_eq!(settled[0].connection_id.as_ref(), Some(&first.id));
}
