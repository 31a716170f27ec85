//! C1, C4, D7: the account that a product signs in with.

use practice::{Action, Fault, Lag};
use provision::{AccountProblem, Finish, Hold, PasswordAddress, Plan, ProblemKind, SecretStore as _, Stop};
use secrecy::ExposeSecret as _;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::{NEW, account_only, done, everything, person, run, writes_since};
use crate::setups::{MAILBOX, assert_same};
use crate::world::{ADMIN, APP_ADMIN, World};

fn address(world: &World, account: &str) -> PasswordAddress {
    PasswordAddress { tenant: world.tenant.id(), account: account.to_owned() }
}

async fn password(world: &World, account: &str) -> Option<String> {
    let kept = world.vault().await.password(&address(world, account)).await.unwrap();
    kept.map(|value| value.expose_secret().to_owned())
}

fn problems(plan: &Plan) -> Vec<AccountProblem> {
    let about = plan.problems.iter().filter_map(|one| match &one.kind {
        ProblemKind::Account { problem, .. } => Some(problem.clone()),
        _ => None,
    });
    about.collect()
}

#[tokio::test]
async fn row_d7_an_account_is_made_with_a_sealed_password_a_licence_and_a_mailbox() {
    let world = World::new(ADMIN);
    world.tenant.practice().faults().set_lag(Lag { mailboxes_ms: 120_000, ..Lag::default() });
    let before = everything(&world.tenant);
    let (id, _) = done(&world, &account_only(NEW, Some("SPB"))).await;
    let made = person(&world.tenant, NEW).unwrap();
    assert_eq!((made.text("usageLocation"), made.text("mail")), ("SE", NEW));
    assert_eq!(made.text("employeeId"), &id.as_str()[..16], "by this mark it is found again");
    assert!(world.watcher.holds().contains(&Hold::Mailbox), "the mailbox was waited for, with its reason");
    let kept = password(&world, NEW).await.unwrap();
    assert!(kept.len() >= 24, "at least 128 bits");
    let sent = world.tenant.practice().requests();
    let create = sent.iter().find(|one| one.method == "POST" && one.path.ends_with("/users")).unwrap();
    let profile = &create.body.as_ref().unwrap()["passwordProfile"];
    assert_eq!(profile["forceChangePasswordNextSignIn"], false);
    // The place was there before the licence was asked for.
    let order: Vec<&str> = sent
        .iter()
        .filter(|one| one.method == "POST" && one.path.contains("/users"))
        .map(|one| one.path.rsplit('/').next().unwrap())
        .collect();
    assert_eq!(order, ["users", "assignLicense"]);

    let undone = world.worker().await.undo(&id, CancellationToken::new()).await.unwrap();
    assert!(undone.remains.iter().any(|one| one.contains("30 days")), "{undone:?}");
    assert_same(&everything(&world.tenant), &before);
    assert_eq!(password(&world, NEW).await, None, "no password is kept of an account that is gone");
}

#[tokio::test]
async fn row_d7_the_password_is_sealed_before_it_is_sent_and_shown_nowhere() {
    let world = World::new(ADMIN);
    let plan = world.plan(&account_only(NEW, None)).await;
    let step = plan.steps.iter().find(|step| step.id == "account:account").unwrap().clone();
    assert!(step.sentence.contains("need not be changed"), "{}", step.sentence);
    let shown = step.requests[0].body.as_ref().unwrap().to_string();
    assert!(shown.contains("never shown"), "{shown}");
    // Refused: whatever was sealed for it goes again.
    let refuse = Action::Status { status: 403, body: None, headers: Default::default(), commit: false };
    world.tenant.practice().faults().arm(Fault::on("POST", "/v1.0/users", refuse).once());
    let id = plan.run.clone();
    let finished = run(&world, plan).await;
    assert!(matches!(finished.finish, Finish::Stopped(Stop::NotAllowed { .. })), "{finished:#?}");
    assert_eq!(password(&world, NEW).await, None);
    let finished = world.worker().await.resume(&id, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let kept = password(&world, NEW).await.unwrap();
    let entries = world.journal().entries(&id).await.unwrap();
    let record = world.journal().run(&id).await.unwrap();
    let told = format!("{entries:?} {record:?} {:?}", world.watcher.told());
    assert!(!told.contains(&kept), "the password is in the vault and nowhere else");
}

#[tokio::test]
async fn row_c1_an_account_that_is_there_is_checked_and_left_alone() {
    let world = World::new(ADMIN);
    let mut setup = account_only(MAILBOX, Some("SPB"));
    setup.accounts[0].needs_mailbox = true;
    let before = everything(&world.tenant);
    let plan = world.plan(&setup).await;
    assert!(plan.is_settled(), "{:#?}", plan.steps);
    let mark = world.mark();
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::Done);
    assert_eq!(writes_since(&world, mark), Vec::<String>::new());
    assert_same(&everything(&world.tenant), &before);
}

#[tokio::test]
async fn row_c1_what_keeps_an_account_from_working_is_said_before() {
    let world = World::new(ADMIN);
    let cases = [
        ("sense@elsewhere.example", None, "account-domain-not-verified"),
        ("pavel.novak@lindqvist-practice.example", None, "account-disabled"),
        (NEW, Some("EXCHANGESTANDARD"), "account-no-licence-left"),
        (NEW, Some("NO_SUCH_SKU"), "account-no-such-licence"),
    ];
    for (account, licence, expected) in cases {
        let plan = world.plan(&account_only(account, licence)).await;
        let codes: Vec<&str> = plan.problems.iter().map(|one| provision::Setback::code(&one.kind)).collect();
        assert!(codes.contains(&expected), "{account}: {codes:?}");
        assert!(!plan.can_run(), "{account}");
    }
    let mut without = account_only("emergency-access@lindqvist-practice.example", None);
    without.accounts[0].needs_mailbox = true;
    let plan = world.plan(&without).await;
    assert_eq!(problems(&plan), [AccountProblem::NoMailbox]);
}

#[tokio::test]
async fn row_c1_an_account_without_a_mailbox_gets_a_licence_and_gives_it_back() {
    let world = World::new(ADMIN);
    let before = everything(&world.tenant);
    let lena = "lena.fischer@lindqvist-practice.example";
    let (id, _) = done(&world, &account_only(lena, Some("SPB"))).await;
    assert!(!person(&world.tenant, lena).unwrap().text("mail").is_empty());
    assert_eq!(password(&world, lena).await, None, "its own password is not touched");
    let again = world.plan(&account_only(lena, Some("SPB"))).await;
    assert!(again.is_settled(), "{:#?}", again.steps);
    world.worker().await.undo(&id, CancellationToken::new()).await.unwrap();
    let mut after = everything(&world.tenant);
    // Assigned plans are remembered as an empty list where there was none.
    let (mut was, lena) = (before, person(&world.tenant, lena).unwrap().text("id").to_owned());
    for picture in [&mut after, &mut was] {
        let row = picture["people"]["users"][&lena].as_object_mut().unwrap();
        row.retain(|_, value| !value.is_null() && *value != json!([]));
    }
    assert_same(&after, &was);
}

#[tokio::test]
async fn row_c4_rules_that_ask_for_a_second_proof_are_told_before() {
    let world = World::new(ADMIN);
    let rule = json!({"id": "00000000-0000-0000-0000-000000000005", "isEnabled": true});
    let answer = Action::Status { status: 200, body: Some(rule), headers: Default::default(), commit: false };
    let path = "/v1.0/policies/identitySecurityDefaultsEnforcementPolicy";
    world.tenant.practice().faults().arm(Fault::on("GET", path, answer));
    let plan = world.plan(&account_only(NEW, None)).await;
    assert_eq!(problems(&plan), [AccountProblem::SecondProof]);
    assert!(plan.can_run(), "it is to be known, and stops nothing");
    world.tenant.practice().faults().clear();
    let plan = world.plan(&account_only(NEW, None)).await;
    assert!(!problems(&plan).contains(&AccountProblem::SecondProof));
}

#[tokio::test]
async fn row_d7_a_name_that_somebody_takes_meanwhile_is_left_alone() {
    let world = World::new(ADMIN);
    let plan = world.plan(&account_only(NEW, None)).await;
    let id = plan.run.clone();
    let theirs = world.tenant.practice().tables(|tables| {
        let mut row = tables.user(MAILBOX).unwrap().clone();
        row.body.insert("id".into(), json!("7a7e0000-0000-4000-8000-000000000009"));
        row.body.insert("userPrincipalName".into(), json!(NEW));
        let body = row.body.clone();
        tables.users.insert("7a7e0000-0000-4000-8000-000000000009".into(), row);
        body
    });
    let finished = run(&world, plan).await;
    let Finish::Stopped(Stop::Drift { what }) = &finished.finish else { panic!("{finished:#?}") };
    assert!(what[0].contains("Somebody made"), "{what:?}");
    assert_eq!(password(&world, NEW).await, None);
    world.worker().await.undo(&id, CancellationToken::new()).await.unwrap();
    assert_eq!(person(&world.tenant, NEW).unwrap().body, theirs, "never deleted by name");
}

#[tokio::test]
async fn row_d7_an_answer_that_is_lost_makes_nothing_twice() {
    for action in [Action::Drop { commit: true }, Action::Truncate, Action::Reset { commit: true }] {
        let world = World::new(ADMIN);
        let plan = world.plan(&account_only(NEW, Some("SPB"))).await;
        let id = plan.run.clone();
        world.tenant.practice().faults().arm(Fault::on("POST", "/v1.0/users", action).once());
        let mut finished = run(&world, plan).await;
        if finished.finish != Finish::Done {
            finished = world.worker().await.resume(&id, CancellationToken::new()).await.unwrap();
        }
        assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
        assert!(password(&world, NEW).await.is_some());
        let made = person(&world.tenant, NEW).unwrap();
        assert_eq!(made.text("employeeId"), &id.as_str()[..16]);
    }
}

#[tokio::test]
async fn row_c1_a_mailbox_that_does_not_come_puts_the_run_aside_until_it_does() {
    let world = World::new(ADMIN);
    world.tenant.practice().faults().set_lag(Lag { mailboxes_ms: 4_000_000, ..Lag::default() });
    let plan = world.plan(&account_only(NEW, Some("SPB"))).await;
    let id = plan.run.clone();
    let finished = run(&world, plan).await;
    let Finish::Stopped(Stop::Parked { until }) = finished.finish else { panic!("{finished:#?}") };
    assert!(until > world.tenant.now());
    world.tenant.pass(jiff::SignedDuration::from_secs(4_000));
    let mark = world.mark();
    let finished = world.worker().await.resume(&id, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(writes_since(&world, mark), Vec::<String>::new(), "what was done is not done again");
}

#[tokio::test]
async fn row_c1_who_may_not_make_accounts_is_told_who_can() {
    let world = World::new(APP_ADMIN);
    let plan = world.plan(&account_only(NEW, Some("SPB"))).await;
    let step = plan.steps.iter().find(|step| step.id == "account:account").unwrap();
    let not = step.not_by_you.as_ref().unwrap();
    assert!(not.why.contains("User Administrator"), "{not:?}");
    assert!(!not.people.is_empty(), "people who can are named");
}
