//! `tauri.conf.json`: what keeps the page in its place.

use serde_json::{Value, json};

fn settings() -> Value {
    serde_json::from_str(include_str!("../../../tauri.conf.json")).unwrap()
}

#[test]
fn the_content_policy_is_exactly_this_one() {
    let wanted = json!({
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "ipc: http://ipc.localhost",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    });
    let security = &settings()["app"]["security"];
    assert_eq!(security["csp"], wanted);
    assert!(security.get("devCsp").is_none(), "what is tried is what is shipped");
    assert!(security.get("dangerousDisableAssetCspModification").is_none());
    assert!(security.get("assetProtocol").is_none());
}

#[test]
fn the_page_gets_no_globals_and_cannot_bend_the_language() {
    let settings = settings();
    assert_eq!(settings["app"]["withGlobalTauri"], json!(false));
    assert_eq!(settings["app"]["security"]["freezePrototype"], json!(true));
    assert_eq!(settings["app"]["security"]["capabilities"], json!(["main"]));
}

#[test]
fn there_is_one_window_and_it_is_shown_when_there_is_something_to_see() {
    let settings = settings();
    let windows = settings["app"]["windows"].as_array().unwrap();
    assert_eq!(windows.len(), 1, "capabilities of a window merge: one window, one set");
    assert_eq!(windows[0]["label"], json!("main"));
    assert_eq!(windows[0]["visible"], json!(false));
    assert!(windows[0]["minWidth"].as_u64().unwrap() <= 360);
    assert!(windows[0].get("url").is_none(), "only the page that was built in");
}

/// A file for one system would replace `windows` as a whole, and with it `visible`.
#[test]
fn no_system_has_settings_of_its_own() {
    for system in ["linux", "windows", "macos"] {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tauri.{system}.conf.json"));
        assert!(!file.exists(), "{}", file.display());
    }
}
