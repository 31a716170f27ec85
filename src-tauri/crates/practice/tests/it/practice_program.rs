//! The program `practice-tenant`, as scripts start it.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};

use crate::support::http;

/// A running program; killed when a test fails half-way.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(arguments: &[&str]) -> Program {
    let child = Command::new(env!("CARGO_BIN_EXE_practice-tenant"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    Program(child.unwrap())
}

/// The first line: address and tenant id.
fn announced(program: &mut Program) -> (String, String) {
    let mut line = String::new();
    BufReader::new(program.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let rest = line.strip_prefix("practice tenant at ").unwrap().trim_end();
    let (address, tenant) = rest.split_once(" (tenant ").unwrap();
    (address.to_owned(), tenant.trim_end_matches(')').to_owned())
}

#[tokio::test]
async fn one_line_then_service_until_asked_to_stop() {
    let mut program = start(&["--listen", "127.0.0.1:0", "--applications", "1", "--seed", "7"]);
    let (address, tenant) = announced(&mut program);
    assert!(address.starts_with("http://localhost:"), "{address}");
    let document =
        http().get(format!("{address}/{tenant}/v2.0/.well-known/openid-configuration")).send().await.unwrap();
    assert_eq!(document.status(), 200);
    let status = stop(&mut program).await;
    assert!(status.success(), "{status}");
}

#[cfg(unix)]
async fn stop(program: &mut Program) -> std::process::ExitStatus {
    let id = program.0.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    program.0.wait().unwrap()
}

#[cfg(not(unix))]
async fn stop(program: &mut Program) -> std::process::ExitStatus {
    program.0.kill().unwrap();
    // There is no way to ask politely here; the rest of the test is what counts.
    let _ = program.0.wait().unwrap();
    Default::default()
}

#[test]
fn the_same_seed_is_the_same_organisation() {
    let tenants =
        ["7", "7", "8"].map(|seed| announced(&mut start(&["--applications", "0", "--seed", seed])).1);
    assert_eq!(tenants[0], tenants[1]);
    assert_ne!(tenants[0], tenants[2]);
}

#[test]
fn what_cannot_be_used_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let faults = folder.path().join("faults.json");
    std::fs::write(&faults, r#"{"faults": [{"path": "/x", "action": {"do": "explode"}}]}"#).unwrap();
    let cases: [(&[&str], &str); 3] = [
        (&["--listen", "0.0.0.0:0"], "loopback"),
        (&["--sign-in-as", "nobody@elsewhere.example"], "nobody@elsewhere.example"),
        (&["--faults", faults.to_str().unwrap()], "explode"),
    ];
    for (arguments, expected) in cases {
        let mut program = start(arguments);
        let mut text = String::new();
        program.0.stderr.as_mut().unwrap().read_to_string(&mut text).unwrap();
        assert!(text.contains(expected) && text.lines().count() == 1, "{text}");
        assert!(!program.0.wait().unwrap().success());
    }
}
