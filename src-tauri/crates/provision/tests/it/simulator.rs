//! Random bad days by seed: faults of every kind on any request, cuts, resumes, slow replicas. Whatever happens, what is
//! there in the end is complete and once, or undone without a trace; every live secret has its value in the vault.

use practice::{Action, Fault, Lag};
use provision::{Finish, Reuse, Stop};
use tokio_util::sync::CancellationToken;

use crate::setups::{Left, assert_every_secret_is_kept, assert_one_complete, calendar, forget, left};
use crate::world::{ADMIN, World};

/// A small generator whose numbers depend on the seed alone (Knuth, MMIX).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn action(&mut self) -> Action {
        let commit = self.roll(2) == 0;
        match self.roll(8) {
            0 => Action::Throttle { retry_after: Some(1 + self.roll(90)) },
            1 => Action::Throttle { retry_after: None },
            2 => Action::Status { status: 503, body: None, headers: Default::default(), commit },
            3 => Action::Status { status: 504, body: None, headers: Default::default(), commit },
            4 => Action::Drop { commit },
            5 => Action::Reset { commit },
            6 => Action::Truncate,
            _ => Action::Empty,
        }
    }

    fn fault(&mut self) -> Fault {
        let paths = [
            ("POST", "/v1.0/$batch"),
            ("PATCH", "/v1.0/applications(uniqueName=*)"),
            ("PATCH", "/v1.0/servicePrincipals(appId=*)"),
            ("POST", "/v1.0/applications/*/addPassword"),
            ("POST", "/v1.0/applications/*/removePassword"),
            ("POST", "/*/oauth2/v2.0/token"),
            ("GET", "/v1.0/applications/*"),
            ("GET", "/v1.0/servicePrincipals/**"),
        ];
        let (method, path) = paths[usize::try_from(self.roll(8)).unwrap()];
        Fault { nth: vec![1 + self.roll(3)], ..Fault::on(method, path, self.action()) }
    }
}

/// How often a run that stopped is told to go on, before a quiet day.
const BAD_TRIES: usize = 4;

async fn one_life(world: &World, seed: u64) -> u64 {
    let mut dice = Dice(seed);
    let faults = world.tenant.practice().faults();
    faults.clear();
    faults.set_lag(if dice.roll(2) == 0 { Lag::default() } else { Lag::REALISTIC });
    let plan = world.plan_reusing(&calendar(), &Reuse::Nothing).await;
    let run = plan.run.clone();
    let mut armed = 0;
    for _ in 0..2 + dice.roll(6) {
        faults.arm(dice.fault());
        armed += 1;
    }
    let mut finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    for attempt in 0..=BAD_TRIES {
        match &finished.finish {
            Finish::Done => break,
            Finish::NotProved | Finish::Stopped(_) if attempt < BAD_TRIES => {
                // No second kind of end: a stop is one of those that can be resumed.
                if let Finish::Stopped(Stop::Drift { what }) = &finished.finish {
                    panic!("seed {seed}: nobody changed anything: {what:?}");
                }
                if attempt + 2 == BAD_TRIES {
                    faults.clear();
                }
                finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
            }
            other => panic!("seed {seed}: {other:?}"),
        }
    }
    faults.clear();
    let now = left(&world.tenant, &run);
    assert_one_complete(&now);
    assert_every_secret_is_kept(world, &now).await;
    if dice.roll(3) == 0 {
        faults.set_lag(Lag::default());
        world.worker().await.undo(&run, CancellationToken::new()).await.unwrap();
        let gone = left(&world.tenant, &run);
        assert_eq!(gone, Left::default(), "seed {seed}");
        assert_every_secret_is_kept(world, &gone).await;
    }
    forget(&world.tenant, &run);
    armed
}

async fn lives(seeds: std::ops::Range<u64>) {
    let first = World::new(ADMIN);
    let (mut count, mut faults) = (0, 0);
    for seed in seeds {
        let world = World::on(first.tenant.clone(), ADMIN);
        faults += one_life(&world, seed).await;
        count += 1;
    }
    println!("simulated runs: {count}, faults armed: {faults}");
}

#[tokio::test]
async fn random_bad_days_first_part() {
    lives(1..16).await;
}

#[tokio::test]
async fn random_bad_days_second_part() {
    lives(100..115).await;
}

#[tokio::test]
async fn random_bad_days_third_part() {
    lives(7_000..7_015).await;
}

/// For a night: `GATEHOUSE_SEEDS=FROM..TO cargo nextest run -p provision --run-ignored all a_long_run_of_bad_days`.
#[tokio::test]
#[ignore = "runs for as long as it is told; the parts above are its everyday share"]
async fn a_long_run_of_bad_days() {
    let seeds = std::env::var("GATEHOUSE_SEEDS").unwrap();
    let (from, to) = seeds.split_once("..").unwrap();
    lives(from.parse().unwrap()..to.parse().unwrap()).await;
}
