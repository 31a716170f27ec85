//! Commands as the page calls them, through Tauri's own gate, with the real capabilities.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::{App, AppOptions, Host, HostError};
use contract::COMMANDS;
use secrecy::SecretString;
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{WebviewWindow, WebviewWindowBuilder};

/// A computer with a clipboard that remembers.
#[derive(Default)]
struct Computer {
    copied: Mutex<Vec<Option<Duration>>>,
}

impl Host for Computer {
    #[expect(clippy::disallowed_methods, reason = "the practice tenant's tokens are dated by the real clock")]
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }
    fn copy(&self, _: SecretString, clear_after: Option<Duration>) -> Result<(), HostError> {
        self.copied.lock().unwrap().push(clear_after);
        Ok(())
    }
    fn clear_clipboard(&self) {}
    fn keyring(&self) -> app::KeyringBackend {
        app::KeyringBackend::None
    }
}

struct Shell {
    app: tauri::App<MockRuntime>,
    home: tempfile::TempDir,
}

impl Shell {
    fn open() -> Self {
        let home = tempfile::tempdir().unwrap();
        let gatehouse = App::new(AppOptions {
            host: Arc::new(Computer::default()),
            data: home.path().join("data"),
            config: home.path().join("config"),
            downloads: home.path().join("downloads"),
            version: "1.2.3".to_owned(),
            cloud_file: None,
            enter: None,
        });
        let app = mock_builder()
            .manage(gatehouse)
            .invoke_handler(gatehouse_shell::handler())
            .build(gatehouse_shell::context())
            .unwrap();
        Self { app, home }
    }

    fn window(&self, label: &str) -> WebviewWindow<MockRuntime> {
        use tauri::Manager;
        self.app.get_webview_window(label).unwrap_or_else(|| {
            WebviewWindowBuilder::new(&self.app, label, tauri::WebviewUrl::default()).build().unwrap()
        })
    }
}

fn call(window: &WebviewWindow<MockRuntime>, command: &str, arguments: Value) -> Result<Value, Value> {
    call_from(window, "tauri://localhost", command, arguments)
}

fn call_from(
    window: &WebviewWindow<MockRuntime>,
    page: &str,
    command: &str,
    arguments: Value,
) -> Result<Value, Value> {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: page.parse().unwrap(),
        body: InvokeBody::Json(arguments),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).map(|body| body.deserialize().unwrap())
}

#[test]
fn the_first_answer_comes_before_any_door_was_opened() {
    let shell = Shell::open();
    let status = call(&shell.window("main"), "app_status", json!({})).unwrap();
    assert_eq!(status["version"], json!("1.2.3"));
    assert_eq!(status["space"], Value::Null);
    assert_eq!(status["vault"], json!({ "kind": "notOpened" }));
    assert!(!shell.home.path().join("data").exists(), "nothing is made before it is asked for");
}

#[test]
fn an_error_crosses_with_its_code_and_its_words() {
    let shell = Shell::open();
    let error = call(&shell.window("main"), "connectors", json!({})).unwrap_err();
    assert_eq!(error["code"], json!("noSuchThing"));
    for words in ["title", "why", "next"] {
        assert!(error[words].as_str().is_some_and(|words| !words.is_empty()), "{words}: {error}");
    }
}

#[test]
fn practice_opens_and_has_connectors() {
    let shell = Shell::open();
    let window = shell.window("main");
    let status = call(&window, "space_enter", json!({ "request": "practice" })).unwrap();
    assert_eq!(status["space"], json!("practice"));
    assert_eq!(status["storageProblem"], Value::Null);
    assert!(status["practice"]["people"].as_array().unwrap().len() >= 10, "{status}");
    let connectors = call(&window, "connectors", json!({})).unwrap();
    let ids: Vec<&str> =
        connectors.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"totalview") && ids.contains(&"cirrus-insight"), "{ids:?}");
    let connector = call(&window, "connector", json!({ "request": "totalview" })).unwrap();
    assert!(!connector["inputs"].as_array().unwrap().is_empty());
    let left = call(&window, "space_leave", json!({})).unwrap();
    assert_eq!(left["space"], Value::Null);
}

/// Attack 43: a window without the capability reaches no command, and neither does a page from elsewhere in our own window.
#[test]
fn no_command_answers_a_stranger() {
    let shell = Shell::open();
    let (main, stranger) = (shell.window("main"), shell.window("stranger"));
    for command in COMMANDS {
        for (window, page) in [
            (&stranger, "tauri://localhost"),
            (&main, "https://evil.example"),
            (&main, "http://tauri.localhost.evil.example"),
            (&main, "http://app.evil.example"),
        ] {
            let denied = call_from(window, page, command.name, json!({})).unwrap_err();
            let said = denied.as_str().unwrap_or_default();
            assert!(said.contains("not allowed"), "{} from {page}: {denied}", command.name);
        }
    }
}

/// Attack 47: what a page sends is text from a stranger.
#[test]
fn arguments_that_make_no_sense_are_refused_and_nothing_breaks() {
    let shell = Shell::open();
    let window = shell.window("main");
    let bodies = [
        json!({}),
        json!(null),
        json!([]),
        json!("x"),
        json!({ "request": null }),
        json!({ "request": 7 }),
        json!({ "request": { "__proto__": {} } }),
        json!({ "request": "x".repeat(100_000) }),
        json!({ "request": "\u{0}\u{202e}", "events": "__CHANNEL__:nonsense" }),
    ];
    for command in COMMANDS {
        // These work on nothing; the others have a request that must make sense.
        if command.request.is_none() {
            continue;
        }
        for body in &bodies {
            let answer = call(&window, command.name, body.clone());
            // A sign-in that is not there any more is ended already.
            let ended = command.name == "sign_in_cancel" && body["request"].is_string();
            assert!(answer.is_err() || ended, "{}({body:.80}): {answer:?}", command.name);
        }
    }
    assert!(call(&window, "app_status", json!({})).is_ok());
}

#[test]
fn only_pages_that_were_offered_are_opened() {
    let shell = Shell::open();
    let window = shell.window("main");
    for page in [
        "https://evil.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "smb://learn.microsoft.com/",
        "http://learn.microsoft.com/",
        "https://learn.microsoft.com@evil.example/",
        "https://user:word@learn.microsoft.com/",
        "https://learn.microsoft.com.evil.example/",
        "--help",
        "\";calc",
        "",
    ] {
        let refused = call(&window, "link_open", json!({ "request": page })).unwrap_err();
        assert_eq!(refused["code"], json!("noSuchThing"), "{page}");
    }
}

#[test]
fn settings_are_kept_within_bounds() {
    let shell = Shell::open();
    let window = shell.window("main");
    let mut settings = call(&window, "settings_get", json!({})).unwrap();
    settings["clipboardSeconds"] = json!(100_000);
    let kept = call(&window, "settings_set", json!({ "request": settings })).unwrap();
    assert_eq!(kept["clipboardSeconds"], json!(120));
    assert_eq!(call(&window, "settings_get", json!({})).unwrap(), kept);
}
