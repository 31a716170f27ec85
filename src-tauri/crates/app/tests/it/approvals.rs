//! An admin must agree first: asked by one person, granted by another, finished by itself.

use std::path::Path;
use std::sync::Arc;

use app::App;
use contract::{
    AccountKind, Approval, ApprovalCopy, ApprovalWatch, Changed, CloudId, DisconnectRequest, ErrorCode,
    PersonalConnection, PersonalFeature, PersonalOutcome, PersonalRequest, PlanRequest, RunState,
    SignInEvent, Space,
};
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::world::{World, upn};

/// An organisation, its admin at one computer, and Noor at another.
struct TwoPeople {
    world: World,
    client_id: String,
    noors: TempDir,
    noor: App,
}

impl TwoPeople {
    /// People here may agree to what these policies say.
    async fn where_people_may(policies: &[&str]) -> Self {
        let world = World::new().await;
        let astrid = world.sign_in().await;
        let noors = tempfile::tempdir().unwrap();
        std::fs::copy(world.folder().join("cloud.json"), noors.path().join("cloud.json")).unwrap();
        world.computer.person_is(Some("noor.haddad"));
        let noor = at(&world, noors.path()).await;
        let two = Self { world, client_id: astrid.client_id, noors, noor };
        two.people_may(policies);
        two
    }

    fn people_may(&self, policies: &[&str]) {
        let names: Vec<String> =
            policies.iter().map(|name| format!("ManagePermissionGrantsForSelf.{name}")).collect();
        self.world.tenant.tables(|tables| {
            let policy = &mut tables.policies["authorizationPolicy"].body;
            policy["defaultUserRolePermissions"]["permissionGrantPoliciesAssigned"] = json!(names);
        });
    }

    fn request(&self, features: &[PersonalFeature]) -> PersonalRequest {
        PersonalRequest {
            cloud: CloudId::Global,
            client_id: self.client_id.clone(),
            accounts: AccountKind::Organisation { tenant: self.world.tenant.tenant_id().to_owned() },
            features: features.to_vec(),
            connection_id: None,
            login_hint: None,
            product: Some("Totalview".to_owned()),
        }
    }

    /// Noor asks for this, and an admin must agree.
    async fn asks(&self, request: PersonalRequest) -> Approval {
        match self.connects(request).await {
            SignInEvent::NeedsApproval { approval } => approval,
            other => panic!("{other:?}"),
        }
    }

    async fn connects(&self, request: PersonalRequest) -> SignInEvent {
        let (sender, events) = unbounded_channel();
        let observer = Arc::new(move |event| drop(sender.send(event)));
        self.noor.personal_connect(request, observer).await.unwrap();
        last(events).await
    }

    /// Noor signs in so that Gatehouse can look by itself.
    async fn watches(&self, id: &str) -> SignInEvent {
        let (sender, events) = unbounded_channel();
        self.noor.approval_watch(id, Arc::new(move |event| drop(sender.send(event)))).await.unwrap();
        last(events).await
    }

    /// Astrid opens Noor's request file, and grants what is in it.
    async fn astrid_grants(&self, approval: &Approval) {
        let file = self.noor.approval_save(&approval.id).await.unwrap();
        let text = std::fs::read_to_string(file).unwrap();
        let shown = self.world.app.grant_request_open(&text).await.unwrap();
        let asked: Vec<&str> =
            shown.apps.iter().flat_map(|app| &app.permissions).map(|one| one.value.as_str()).collect();
        let wanted: Vec<&str> = approval.permissions.iter().map(|one| one.value.as_str()).collect();
        assert_eq!(asked, wanted, "the admin sees exactly what Noor asks for");
        let plan = self.world.app.plan_make(PlanRequest::GrantRequest { text }).await.unwrap();
        let run = self.world.app.run_start(&plan.id, Arc::new(|_| {})).await.unwrap();
        assert_eq!(run.summary.state, RunState::Done, "{run:#?}");
    }

    /// What everybody in the organisation was granted for this app, by name.
    fn granted_to_everyone(&self) -> Vec<String> {
        self.world.tenant.tables(|tables| {
            let app = tables.service_principal_by_app_id(&self.client_id).unwrap().text("id").to_owned();
            let mut names: Vec<String> = tables
                .oauth2_permission_grants
                .values()
                .filter(|grant| grant.deleted.is_none() && grant.text("clientId") == app)
                .filter(|grant| grant.text("consentType") == "AllPrincipals")
                .flat_map(|grant| {
                    grant.text("scope").split_whitespace().map(str::to_owned).collect::<Vec<_>>()
                })
                .collect();
            names.sort();
            names
        })
    }

    /// Records in Noor's vault that only look.
    fn watch_records(&self) -> u32 {
        let data = self.noors.path().join("data");
        let space = std::fs::read_dir(data).unwrap().next().unwrap().unwrap().path();
        let vault = rusqlite::Connection::open(space.join("vault.db")).unwrap();
        vault
            .query_row("SELECT count(*) FROM record WHERE id LIKE 'approval-watch/%'", [], |row| row.get(0))
            .unwrap()
    }

    async fn connection(&self) -> PersonalConnection {
        let all = self.noor.personal_connections().await.unwrap();
        assert_eq!(all.len(), 1, "{all:#?}");
        all[0].clone()
    }
}

/// Gatehouse with these files, in its real space.
async fn at(world: &World, files: &Path) -> App {
    let app = world.started_on(files);
    app.space_enter(Space::Real).await.unwrap();
    app
}

async fn last(mut events: UnboundedReceiver<SignInEvent>) -> SignInEvent {
    let mut last = None;
    while let Some(event) = events.recv().await {
        last = Some(event);
    }
    last.unwrap()
}

fn proved(connection: &PersonalConnection) -> Vec<PersonalFeature> {
    let works = connection.proofs.iter().filter(|one| matches!(one.outcome, PersonalOutcome::Works { .. }));
    works.map(|one| one.feature).collect()
}

const LOW: &[&str] = &["microsoft-user-default-low"];

#[tokio::test]
async fn one_asks_another_grants_and_it_finishes_by_itself() {
    let two = TwoPeople::where_people_may(LOW).await;
    let before = two.granted_to_everyone();
    let approval = two.asks(two.request(&[PersonalFeature::CalendarRead, PersonalFeature::MailRead])).await;
    assert_eq!(approval.watch, ApprovalWatch::AfterSignIn);
    assert!(approval.subject.contains("Totalview"), "{}", approval.subject);
    for part in [two.client_id.as_str(), "Calendars.Read", "Mail.Read", &approval.link] {
        assert!(approval.letter.contains(part), "{part} is missing:\n{}", approval.letter);
    }
    assert!(approval.link.contains(two.world.tenant.tenant_id()), "{}", approval.link);
    assert!(approval.link.contains("adminconsent") && approval.link.contains(&two.client_id));

    // Asked once more, it is the same request.
    let again = two.asks(two.request(&[PersonalFeature::MailRead, PersonalFeature::CalendarRead])).await;
    assert_eq!(again.id, approval.id);
    assert_eq!(two.noor.approvals().await.unwrap().len(), 1);

    // The letter and the link are copied for good: neither is secret.
    for (link_only, text) in [(false, &approval.letter), (true, &approval.link)] {
        let what = ApprovalCopy { approval_id: approval.id.clone(), link_only };
        assert_eq!(two.noor.approval_copy(what).await.unwrap().cleared_in_seconds, None);
        assert_eq!(two.world.computer.clipboard.lock().unwrap().clone(), Some((text.clone(), None)));
    }

    // Noor lets Gatehouse look by itself; there is nothing to be seen yet.
    let SignInEvent::NeedsApproval { approval } = two.watches(&approval.id).await else { panic!() };
    assert!(
        matches!(approval.watch, ApprovalWatch::Looking { last_at: Some(_), .. }),
        "{:?}",
        approval.watch
    );
    assert!(approval.letter.contains(&upn("noor.haddad")), "who asks is known now");
    assert_eq!(two.watch_records(), 1);
    let looked = two.noor.approval_look(&approval.id).await.unwrap();
    assert!(matches!(looked.watch, ApprovalWatch::Looking { .. }) && looked.connection_id.is_none());

    two.astrid_grants(&approval).await;
    let mut expected = before;
    expected.extend(["Calendars.Read".to_owned(), "Mail.Read".to_owned()]);
    expected.sort();
    expected.dedup();
    assert_eq!(two.granted_to_everyone(), expected, "exactly what was asked for");

    // Gatehouse looks when it is time, without anybody.
    let (sender, mut changes) = unbounded_channel();
    two.noor
        .app_changes(Arc::new(move |change| {
            let _ = sender.send(change);
        }))
        .await
        .unwrap();
    two.world.computer.person_is(None);
    two.world.computer.time_passes(1);
    let noor = two.noor.clone();
    let looking = tokio::spawn(async move { noor.keep_looking().await });
    let granted = loop {
        let all = two.noor.approvals().await.unwrap();
        if all[0].watch == ApprovalWatch::Granted {
            break all[0].clone();
        }
        while changes.recv().await != Some(Changed::Personal) {}
    };
    // Told before the last change is.
    while two.world.computer.notifications.lock().unwrap().is_empty() {
        changes.recv().await.unwrap();
    }
    looking.abort();
    let connection = two.connection().await;
    assert_eq!(granted.connection_id.as_ref(), Some(&connection.id));
    assert_eq!(connection.upn, upn("noor.haddad"));
    assert_eq!(proved(&connection), [PersonalFeature::CalendarRead, PersonalFeature::MailRead]);
    assert_eq!(two.watch_records(), 0, "what only looked is wiped");
    let notes = two.world.computer.notifications.lock().unwrap();
    assert_eq!(notes.len(), 1);
    assert!(notes[0].body.contains("Totalview"), "{}", notes[0].body);
}

/// With a session for that person and app, nobody has to sign in once more; the wish survives a restart, and two windows
/// finish it once.
#[tokio::test]
async fn more_for_a_connection_is_looked_after_with_its_own_session_and_finished_once() {
    let two = TwoPeople::where_people_may(&["microsoft-user-default-legacy"]).await;
    let SignInEvent::Connected { connection } =
        two.connects(two.request(&[PersonalFeature::CalendarRead])).await
    else {
        panic!()
    };
    two.people_may(LOW);
    let more = PersonalRequest {
        connection_id: Some(connection.id.clone()),
        ..two.request(&[PersonalFeature::CalendarRead, PersonalFeature::ContactsRead])
    };
    let approval = two.asks(more).await;
    assert!(matches!(approval.watch, ApprovalWatch::Looking { .. }), "{:?}", approval.watch);
    assert!(approval.letter.contains(&upn("noor.haddad")));
    assert_eq!(two.watch_records(), 0);
    two.world.computer.person_is(None);
    two.noor.approval_look(&approval.id).await.unwrap();
    assert_eq!(
        two.connection().await.features,
        [PersonalFeature::CalendarRead],
        "nothing changes before that"
    );

    two.astrid_grants(&approval).await;
    two.noor.close();
    let (one, other) = tokio::join!(at(&two.world, two.noors.path()), at(&two.world, two.noors.path()));
    let (first, second) = tokio::join!(one.approval_look(&approval.id), other.approval_look(&approval.id));
    assert!([first, second].into_iter().any(|seen| seen.unwrap().watch == ApprovalWatch::Granted));
    let connection = one.personal_connection(&connection.id).await.unwrap();
    assert_eq!(connection.features, [PersonalFeature::CalendarRead, PersonalFeature::ContactsRead]);
    assert_eq!(proved(&connection), connection.features);
    assert_eq!(two.world.computer.notifications.lock().unwrap().len(), 1, "told once");
    one.approval_forget(&approval.id).await.unwrap();
    assert!(other.approvals().await.unwrap().is_empty());
    assert_eq!(one.personal_connections().await.unwrap().len(), 1, "the connection stays");
}

/// Where people may agree to nothing at all, Gatehouse says that it cannot see, and the letter still helps.
#[tokio::test]
async fn where_even_signing_in_needs_an_admin_nobody_can_look() {
    let two = TwoPeople::where_people_may(&[]).await;
    // Somebody else's app, that this organisation does not know yet, would ask for everything; ours asks for who it is.
    two.world.tenant.tables(|tables| {
        let app = tables.service_principal_by_app_id(&two.client_id).unwrap().text("id").to_owned();
        tables.oauth2_permission_grants.retain(|_, grant| grant.text("clientId") != app);
    });
    let approval = two.asks(two.request(&[PersonalFeature::MailSend])).await;
    let SignInEvent::NeedsApproval { approval } = two.watches(&approval.id).await else { panic!() };
    assert_eq!(approval.watch, ApprovalWatch::Cannot);
    let looked = two.noor.approval_look(&approval.id).await.unwrap();
    assert_eq!(looked.watch, ApprovalWatch::Cannot);
    assert!(!looked.letter.is_empty());
    assert_eq!(two.watch_records(), 0);
}

/// Microsoft's page for admins can end there: then no answer comes, and only the person knows what it said.
#[tokio::test]
async fn what_only_the_person_saw_becomes_the_same_wait() {
    let two = TwoPeople::where_people_may(LOW).await;
    let wanted = two.request(&[PersonalFeature::MailRead]);
    let said = two.noor.approval_ask(wanted.clone()).await.unwrap();
    assert_eq!(said.watch, ApprovalWatch::AfterSignIn);
    assert!(said.letter.contains(&said.link) && said.link.contains(&two.client_id), "{}", said.letter);
    let answered = two.asks(wanted.clone()).await;
    assert_eq!(answered.id, said.id, "Microsoft's answer is about what waits already");
    assert!(matches!(two.watches(&said.id).await, SignInEvent::NeedsApproval { .. }));
    two.astrid_grants(&said).await;
    let looked = two.noor.approval_look(&said.id).await.unwrap();
    assert_eq!(looked.watch, ApprovalWatch::Granted);

    for nobody_could_agree in [
        PersonalRequest { accounts: AccountKind::Personal, ..wanted.clone() },
        PersonalRequest { features: Vec::new(), ..wanted.clone() },
        PersonalRequest { client_id: "none".to_owned(), ..wanted },
    ] {
        let refused = two.noor.approval_ask(nobody_could_agree).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::AnswersNeedAttention);
    }
}

#[tokio::test]
async fn what_is_forgotten_leaves_nothing() {
    let two = TwoPeople::where_people_may(LOW).await;
    let approval = two.asks(two.request(&[PersonalFeature::MailRead])).await;
    two.watches(&approval.id).await;
    assert_eq!(two.watch_records(), 1);
    two.noor.approval_forget(&approval.id).await.unwrap();
    assert_eq!(two.watch_records(), 0);
    assert!(two.noor.approvals().await.unwrap().is_empty());
    assert!(two.noor.personal_connections().await.unwrap().is_empty());
    for gone in
        [two.noor.approval_look(&approval.id).await.map(drop), two.noor.approval_forget(&approval.id).await]
    {
        assert_eq!(gone.unwrap_err().code, ErrorCode::NoSuchThing);
    }
}

/// More for a connection is nothing to wait for once the connection is ended.
#[tokio::test]
async fn a_connection_that_was_ended_waits_for_nobody() {
    let two = TwoPeople::where_people_may(&["microsoft-user-default-legacy"]).await;
    let SignInEvent::Connected { connection } = two.connects(two.request(&[PersonalFeature::MailRead])).await
    else {
        panic!()
    };
    two.people_may(LOW);
    let more = PersonalRequest {
        connection_id: Some(connection.id.clone()),
        ..two.request(&[PersonalFeature::MailRead, PersonalFeature::MailSend])
    };
    let approval = two.asks(more).await;
    two.noor.approval_look(&approval.id).await.unwrap();
    let end = DisconnectRequest { connection_id: connection.id, look_first: false };
    two.noor.personal_disconnect(end).await.unwrap();
    assert!(two.noor.approvals().await.unwrap().is_empty());
    let space = std::fs::read_dir(two.noors.path().join("data")).unwrap().next().unwrap().unwrap().path();
    let left = std::fs::read_dir(space).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(left.filter(|name| name.starts_with("approval-")).count(), 0, "not even an empty file");
}

/// Where nobody can look, the person tries again when the admin says so; then nothing waits any more.
#[tokio::test]
async fn a_second_try_in_the_browser_ends_the_wait() {
    let two = TwoPeople::where_people_may(LOW).await;
    let request = two.request(&[PersonalFeature::MailSend]);
    let approval = two.asks(request.clone()).await;
    two.astrid_grants(&approval).await;
    let SignInEvent::Connected { connection } = two.connects(request).await else { panic!() };
    let all = two.noor.approvals().await.unwrap();
    assert_eq!((all.len(), &all[0].watch), (1, &ApprovalWatch::Granted));
    assert_eq!(all[0].connection_id.as_ref(), Some(&connection.id));
}
