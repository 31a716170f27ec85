//! After disconnecting, no token is in this program's memory: neither a refresh token nor a pass. Microsoft is a process of
//! its own here, and so is the browser: what is found was left by this process. Its allocator wipes what is freed, as the
//! program's does.
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

/// How tokens of the practice tenant begin, so written that looking for them does not find itself: a refresh token, and the
/// head of a signed one in either order of its members.
const MARKS: [&[u8]; 3] = [
    &masked(*b"1.AVQAPracticeRefresh"),
    &masked(*b"eyJhbGciOiJSUzI1NiIsIm"),
    &masked(*b"eyJ0eXAiOiJKV1QiLCJhbG"),
];
const LONGEST: usize = 22;
/// A page of memory that nobody has written to.
const EMPTY: [u8; 4096] = [0; 4096];
const MASK: u8 = 0x5a;

const fn masked<const LENGTH: usize>(mut text: [u8; LENGTH]) -> [u8; LENGTH] {
    let mut at = 0;
    while at < LENGTH {
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

/// Every token in memory that this process can write to: what stands around its begin.
fn in_memory() -> Vec<String> {
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
                found.push(format!("{:x} of {line}: {around}", at + hit));
            }
            if read == 0 {
                break;
            }
            // A mark may lie across the border of two pieces.
            at += if at + read >= stop { read } else { read - LONGEST };
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
    let is_mark = |at: usize| {
        MARKS.iter().any(|mark| {
            let window = piece.get(at..at + mark.len());
            window.is_some_and(|window| window.iter().zip(*mark).all(|(byte, masked)| byte ^ MASK == *masked))
        })
    };
    // Most of memory is empty, and comparing a whole page is quick in a build without optimisation too.
    let pages = piece.chunks(EMPTY.len()).enumerate();
    let written = pages.filter(|(_, page)| **page != EMPTY[..page.len()]);
    written
        .flat_map(|(nth, page)| nth * EMPTY.len()..nth * EMPTY.len() + page.len())
        .filter(move |at| matches!(piece[*at], b'1' | b'e') && is_mark(*at))
}

/// What is left once the connections that were hung up have ended: each does so on a task of its own, and all of them on
/// this thread.
async fn left_in_memory() -> Vec<String> {
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
    in_memory()
}

#[tokio::test]
async fn after_disconnecting_no_token_is_in_memory() {
    let (mut child, base) = other_process();
    let mut world = World::before_any_door().await;
    let card = serde_json::json!({ "name": "bed", "login": base, "graph": base, "exchange": base });
    std::fs::write(world.folder().join("cloud.json"), card.to_string()).unwrap();
    world.app.close();
    world.app = world.started_on(world.folder());
    world.app.space_enter(Space::Real).await.unwrap();
    world.computer.person_is(Some("noor.haddad"));

    assert_eq!(in_memory(), [""; 0], "nothing was there before");

    let connection = world.connects(wish(&[CalendarRead, MailRead])).await;
    // Whoever could open the vault has the token in memory then, and the search finds it.
    let token = sealed(&world, &connection).await.unwrap();
    assert!(!in_memory().is_empty(), "a token begins with the mark");
    drop(token);
    world.app.personal_check(&connection.id).await.unwrap();
    world.app.personal_copy_token(&connection.id).await.unwrap();
    let request = DisconnectRequest { connection_id: connection.id, look_first: true };
    world.app.personal_disconnect(request).await.unwrap();
    let left = left_in_memory().await;
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(left, [""; 0]);
}
