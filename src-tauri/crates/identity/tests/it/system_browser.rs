//! Attack 21 at the very end: what the program that `$BROWSER` names really receives.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use identity::{Browser as _, SystemBrowser};
use url::Url;

const URL: &str = "GATEHOUSE_TEST_URL";

/// The test runs itself once more as a child, whose environment can be set without touching that of other tests.
#[test]
fn the_browser_receives_one_address_and_nothing_of_it_is_run() {
    if let Ok(url) = std::env::var(URL) {
        SystemBrowser.open(&Url::parse(&url).unwrap()).unwrap();
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let (received, touched) = (directory.path().join("received"), directory.path().join("touched"));
    // A text browser is waited for; a windowed one would be started and left.
    let browser = directory.path().join("lynx");
    std::fs::write(&browser, format!("#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" > '{}'\n", received.display()))
        .unwrap();
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).unwrap();

    let mut url = Url::parse("https://login.microsoftonline.com/common/oauth2/v2.0/authorize").unwrap();
    let hostile = format!("\";calc $(touch {0}) `touch {0}` --flag %s & | ' \\", touched.display());
    url.query_pairs_mut().append_pair("login_hint", &hostile).append_pair("prompt", "login");
    let run = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "system_browser::the_browser_receives_one_address_and_nothing_of_it_is_run"])
        .env("BROWSER", &browser)
        .env(URL, url.as_str())
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
    assert_eq!(std::fs::read_to_string(&received).unwrap(), format!("1\n{url}\n"));
    assert!(!touched.exists());
}
