//! After disconnecting, nothing of Gatehouse's own holds a refresh token in memory. Microsoft is a process of its own here,
//! and so is the browser: what is found was left by this process. What the HTTP client read from the network it frees without
//! wiping it (SECURITY.md); that is told apart, and everything else is a failure.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::FileExt as _;
use std::process::{Child, Command, Stdio};

use contract::PersonalFeature::{CalendarRead, MailRead};
use contract::{DisconnectRequest, Space};
use practice::{Options, PracticeTenant};

use super::ends::sealed;
use super::wish;
use crate::world::World;

/// How each refresh token of the practice tenant begins, so written that looking for it does not find itself.
const MARK: [u8; 21] = masked(*b"1.AVQAPracticeRefresh");
const MASK: u8 = 0x5a;

const fn masked(mut text: [u8; 21]) -> [u8; 21] {
    let mut at = 0;
    while at < text.len() {
        text[at] ^= MASK;
        at += 1;
    }
    text
}

/// The other process.
#[tokio::test]
#[ignore = "started by the test below"]
async fn a_tenant_of_its_own() {
    let tenant = PracticeTenant::start(Options::default()).await.unwrap();
    println!("\ntenant at {}", tenant.base_url());
    // Until whoever started it is gone.
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await.unwrap().unwrap();
    tenant.stop().await;
}

fn other_process() -> (Child, String) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["personal::memory::a_tenant_of_its_own", "--exact", "--ignored", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let base = lines.find_map(|line| line.strip_prefix("tenant at ").map(str::to_owned)).unwrap();
    (child, base)
}

/// A refresh token in memory.
#[derive(Debug, PartialEq)]
struct Found {
    /// Whether it stands in an answer as it came from the network: behind a quotation mark. The value of a form would stand
    /// behind `=`, and a token by itself at the begin of its memory.
    in_answer: bool,
    /// What stands around it.
    place: String,
}

/// Every mark in memory that this process can write to.
fn in_memory() -> Vec<Found> {
    let memory = File::open("/proc/self/mem").unwrap();
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let mut piece = vec![0_u8; 1 << 20];
    let own = piece.as_ptr().addr()..piece.as_ptr().addr() + piece.len();
    let mut found = Vec::new();
    for line in maps.lines() {
        let mut parts = line.split_whitespace();
        let (range, rights) = (parts.next().unwrap(), parts.next().unwrap());
        if !rights.starts_with("rw") {
            continue;
        }
        let (from, to) = range.split_once('-').unwrap();
        let ends = [from, to].map(|end| usize::from_str_radix(end, 16).unwrap());
        let mut at = ends[0];
        while at < ends[1] {
            if own.contains(&at) {
                at = own.end;
                continue;
            }
            let stop = if at < own.start { ends[1].min(own.start) } else { ends[1] };
            let wanted = piece.len().min(stop - at);
            let Ok(read) = memory.read_at(&mut piece[..wanted], at as u64) else { break };
            // What begins a later piece was seen at the end of the one before.
            for hit in marks(&piece[..read]).filter(|hit| *hit > 0 || at == ends[0]) {
                let around = &piece[hit.saturating_sub(60)..(hit + 80).min(read)];
                let around: String = around.iter().map(|byte| readable(*byte)).collect();
                let in_answer = hit > 0 && piece[hit - 1] == b'"';
                found.push(Found { in_answer, place: format!("{:x} of {line}: {around}", at + hit) });
            }
            if read == 0 {
                break;
            }
            // A mark may lie across the border of two pieces.
            at += if at + read >= stop { read } else { read - MARK.len() - 1 };
        }
    }
    piece.fill(0);
    found
}

/// Shown without the mark in clear, or the report would be found too.
fn readable(byte: u8) -> char {
    if byte.is_ascii_graphic() { char::from(byte).to_ascii_uppercase() } else { '\u{b7}' }
}

fn marks(piece: &[u8]) -> impl Iterator<Item = usize> {
    let is_mark = |window: &[u8]| window.iter().zip(MARK).all(|(byte, masked)| byte ^ MASK == masked);
    let begins = |(at, byte): (usize, &u8)| (byte ^ MASK == MARK[0]).then_some(at);
    let starts = piece.iter().enumerate().filter_map(begins);
    starts.filter(move |at| piece.get(*at..at + MARK.len()).is_some_and(is_mark))
}

#[tokio::test]
async fn after_disconnecting_no_refresh_token_is_held_in_memory() {
    let (mut child, base) = other_process();
    let mut world = World::before_any_door().await;
    let card = serde_json::json!({ "name": "bed", "login": base, "graph": base, "exchange": base });
    std::fs::write(world.folder().join("cloud.json"), card.to_string()).unwrap();
    world.app.close();
    world.app = world.started_on(world.folder());
    world.app.space_enter(Space::Real).await.unwrap();
    world.computer.person_is(Some("noor.haddad"));

    assert_eq!(in_memory(), [], "nothing was there before");

    let connection = world.connects(wish(&[CalendarRead, MailRead])).await;
    // Whoever could open the vault has the token in memory then, and the search finds it.
    let mut token = sealed(&world, &connection).await.unwrap().into_bytes();
    assert!(in_memory().iter().any(|one| !one.in_answer), "a token begins with the mark");
    token.fill(0);
    assert!(std::hint::black_box(&token).iter().all(|byte| *byte == 0));
    world.app.personal_check(&connection.id).await.unwrap();
    world.app.personal_copy_token(&connection.id).await.unwrap();
    let request = DisconnectRequest { connection_id: connection.id, look_first: true };
    world.app.personal_disconnect(request).await.unwrap();
    let mut left = in_memory();
    child.kill().unwrap();
    child.wait().unwrap();
    left.retain(|one| !one.in_answer);
    assert_eq!(left, []);
}
