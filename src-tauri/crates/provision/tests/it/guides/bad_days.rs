//! Random bad days by seed over accounts, licences, settings and changes: complete and once, or undone without a trace.

use practice::{Action, Fault, Lag};
use provision::{Finish, PasswordAddress, SecretStore as _, Stop};
use tokio_util::sync::CancellationToken;

use super::{everything, person, sense};
use crate::setups::assert_same;
use crate::world::{ADMIN, World};

/// A small generator whose numbers depend on the seed alone (Knuth, MMIX).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn fault(&mut self) -> Fault {
        let commit = self.roll(2) == 0;
        let action = match self.roll(6) {
            0 => Action::Throttle { retry_after: Some(1 + self.roll(60)) },
            1 => Action::Status { status: 503, body: None, headers: Default::default(), commit },
            2 => Action::Status { status: 504, body: None, headers: Default::default(), commit },
            3 => Action::Drop { commit },
            4 => Action::Reset { commit },
            _ => Action::Truncate,
        };
        let paths = [
            ("POST", "/v1.0/users"),
            ("POST", "/v1.0/users/*/assignLicense"),
            ("GET", "/v1.0/users/*"),
            ("GET", "/v1.0/admin/reportSettings"),
            ("PATCH", "/v1.0/admin/reportSettings"),
            ("PATCH", "/v1.0/applications(uniqueName=*)"),
            ("POST", "/v1.0/$batch"),
            ("POST", "/v1.0/applications/*/addPassword"),
        ];
        let (method, path) = paths[usize::try_from(self.roll(8)).unwrap()];
        Fault { nth: vec![1 + self.roll(3)], ..Fault::on(method, path, action) }
    }
}

async fn one_life(world: &World, seed: u64) {
    let mut dice = Dice(seed);
    let faults = world.tenant.practice().faults();
    faults.clear();
    faults.set_lag(if dice.roll(2) == 0 { Lag::default() } else { Lag::REALISTIC });
    let before = everything(&world.tenant);
    let address = format!("sense.{seed}@lindqvist-practice.example");
    let mut setup = sense(&address, "SPB");
    setup.accounts[0].needs_mailbox = true;
    setup.settings = super::certero("application").settings;
    let plan = world.plan_reusing(&setup, &provision::Reuse::Nothing).await;
    let id = plan.run.clone();
    for _ in 0..2 + dice.roll(5) {
        faults.arm(dice.fault());
    }
    let mut finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    for attempt in 0..6 {
        match &finished.finish {
            Finish::Done | Finish::NotProved => break,
            Finish::Stopped(Stop::Drift { what }) => panic!("seed {seed}: nobody changed anything: {what:?}"),
            Finish::Stopped(Stop::Parked { until }) => {
                world.tenant.pass(until.duration_since(world.tenant.now()).max(jiff::SignedDuration::ZERO));
            }
            Finish::Stopped(_) | Finish::WaitingForOther => {}
        }
        if attempt > 2 {
            faults.clear();
        }
        finished = world.worker().await.resume(&id, CancellationToken::new()).await.unwrap();
    }
    assert!(matches!(finished.finish, Finish::Done | Finish::NotProved), "seed {seed}: {finished:#?}");
    faults.clear();
    let made = person(&world.tenant, &address).unwrap();
    assert_eq!(made.text("employeeId"), &id.as_str()[..16], "seed {seed}");
    assert!(!made.text("mail").is_empty(), "seed {seed}: the mailbox is there");
    let kept = PasswordAddress { tenant: world.tenant.id(), account: address.clone() };
    assert!(
        world.vault().await.password(&kept).await.unwrap().is_some(),
        "seed {seed}: its password is kept"
    );
    assert_eq!(everything(&world.tenant)["people"]["conceals"], false, "seed {seed}");
    faults.set_lag(Lag::default());
    world.tenant.pass(jiff::SignedDuration::from_mins(30));
    world.worker().await.undo(&id, CancellationToken::new()).await.unwrap();
    assert_same(&everything(&world.tenant), &before);
    assert!(world.vault().await.password(&kept).await.unwrap().is_none(), "seed {seed}");
}

async fn lives(seeds: std::ops::Range<u64>) {
    let first = World::new(ADMIN);
    let count = seeds.clone().count();
    for seed in seeds {
        one_life(&World::on(first.tenant.clone(), ADMIN), seed).await;
    }
    println!("simulated lives of accounts: {count}");
}

#[tokio::test]
async fn random_bad_days_of_accounts_first_part() {
    lives(1..9).await;
}

#[tokio::test]
async fn random_bad_days_of_accounts_second_part() {
    lives(500..508).await;
}
