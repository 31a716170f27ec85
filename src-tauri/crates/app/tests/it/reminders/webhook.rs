//! Messages to an address on the web: what arrives there, what is said when nothing does, and where they never go.

use std::sync::{Arc, Mutex};

use contract::{ReminderChannel, SecretInput, TrialResult, WebhookAddress};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::{six_days_before_the_end, stands};
use crate::world::World;

/// Part of each address, to be looked for where it must not be.
const CANARY: &str = "canary-1f2e3d";

/// Somebody else's server, which answers as told and keeps what it gets.
struct Server {
    url: String,
    answer: Arc<Mutex<String>>,
    got: Arc<Mutex<Vec<Value>>>,
}

impl Server {
    async fn answering(answer: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook?sig={CANARY}", listener.local_addr().unwrap());
        let (answer, got): (_, Arc<Mutex<Vec<Value>>>) =
            (Arc::new(Mutex::new(answer.to_owned())), Arc::default());
        let (says, heard) = (Arc::clone(&answer), Arc::clone(&got));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let Some(body) = body(&mut stream).await else { continue };
                heard.lock().unwrap().push(body);
                let answer = says.lock().unwrap().clone();
                let text = format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                let _ = stream.write_all(text.as_bytes()).await;
            }
        });
        Self { url, answer, got }
    }

    fn answers(&self, answer: &str) {
        *self.answer.lock().unwrap() = answer.to_owned();
    }

    fn got(&self) -> Vec<Value> {
        self.got.lock().unwrap().clone()
    }
}

/// The body of one request.
async fn body(stream: &mut tokio::net::TcpStream) -> Option<Value> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let read = stream.read(&mut piece).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
        });
        if body.len() >= length? {
            return serde_json::from_str(body).ok();
        }
    }
}

/// Messages are switched on, and go to this address.
async fn goes_to(world: &World, server: &Server) {
    let url = SecretInput::new(server.url.clone());
    world.app.reminder_webhook_set(WebhookAddress { url }).await.unwrap();
    let mut settings = world.app.reminders().await.unwrap().settings;
    settings.webhook = true;
    settings.notifications = false;
    world.app.reminder_settings_set(settings).await.unwrap();
}

async fn ready(server: &Server) -> (World, String) {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.set_up(&account).await;
    let key = six_days_before_the_end(&world).await;
    goes_to(&world, server).await;
    (world, key)
}

#[tokio::test]
async fn a_message_says_what_ends_once_and_holds_no_secret() {
    let server = Server::answering("202 Accepted").await;
    let (world, key) = ready(&server).await;
    let went = world.app.remind().await.unwrap();
    assert_eq!((went.carried, went.failed), (1, 0));
    let [message] = server.got().try_into().unwrap();
    assert_eq!(
        (&message["format"], &message["kind"], &message["total"]),
        (&1.into(), &"reminder".into(), &1.into())
    );
    assert_eq!(message["reminders"][0]["keyId"], key);
    // Six times a day, and a part of one.
    assert!(matches!(message["reminders"][0]["daysLeft"].as_u64(), Some(6 | 7)), "{message}");
    let text = message.to_string();
    world.tenant.tables(|tables| {
        assert!(!tables.secrets.is_empty());
        assert!(tables.secrets.values().all(|secret| !text.contains(&secret.value)), "{text}");
    });
    world.app.remind().await.unwrap();
    assert_eq!(server.got().len(), 1, "once");
    let state = stands(&world.app, ReminderChannel::Webhook).await;
    assert!(state.error.is_none() && state.last_at.is_some(), "{state:?}");
    // The address lets anyone write there: it is sealed, and shown to nobody.
    let shown = serde_json::to_string(&world.app.reminders().await.unwrap()).unwrap();
    assert!(!shown.contains(CANARY));
    for file in std::fs::read_dir(world.space()).unwrap().flatten().filter(|one| one.path().is_file()) {
        let bytes = std::fs::read(file.path()).unwrap();
        assert!(!bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes()), "{file:?}");
    }
}

#[tokio::test]
async fn while_the_other_side_is_down_it_is_said_and_later_the_message_comes_once() {
    let server = Server::answering("500 Internal Server Error").await;
    let (world, _) = ready(&server).await;
    let went = world.app.remind().await.unwrap();
    assert_eq!((went.carried, went.failed), (0, 1));
    let state = stands(&world.app, ReminderChannel::Webhook).await;
    let why = state.error.expect("nothing is said").why;
    assert!(why.contains("tries again by itself") && state.last_at.is_none(), "{why}");
    let pressing = world.app.reminders().await.unwrap().reminders;
    assert!(!pressing.is_empty(), "the window shows it all the same");

    server.answers("200 OK");
    world.computer.time_passes(1);
    assert_eq!(world.app.remind().await.unwrap().carried, 1);
    world.app.remind().await.unwrap();
    assert_eq!(server.got().len(), 2, "the one that failed, and the one that came");
    assert_eq!(stands(&world.app, ReminderChannel::Webhook).await.error, None);
}

#[tokio::test]
async fn a_redirect_to_another_place_is_not_followed_and_a_trial_says_so() {
    let elsewhere = Server::answering("200 OK").await;
    let server = Server::answering(&format!("307 Temporary Redirect\r\nLocation: {}", elsewhere.url)).await;
    let (world, _) = ready(&server).await;
    let went = world.app.remind().await.unwrap();
    assert_eq!((went.carried, went.failed, server.got().len()), (0, 1, 1));
    let trials = world.app.reminder_trial().await.unwrap();
    let trial = trials.iter().find(|one| one.channel == ReminderChannel::Webhook).unwrap();
    assert!(matches!(trial.result, TrialResult::Failed { .. }), "{trial:?}");
    assert!(trial.sentence.contains("did not take the message"), "{}", trial.sentence);
    assert_eq!(elsewhere.got(), Vec::<Value>::new(), "nothing goes where nobody chose");
}

#[tokio::test]
async fn without_the_keyring_messages_wait_and_the_reminder_is_seen_elsewhere() {
    let server = Server::answering("200 OK").await;
    let (mut world, _) = ready(&server).await;
    let mut settings = world.app.reminders().await.unwrap().settings;
    settings.notifications = true;
    world.app.reminder_settings_set(settings).await.unwrap();
    world.computer.keyring.set_availability(vault::keyring::Availability::Locked);
    world.starts_again().await;
    let went = world.app.remind().await.unwrap();
    assert_eq!((went.carried, server.got().len()), (1, 0), "on the desktop");
    let state = stands(&world.app, ReminderChannel::Webhook).await;
    assert!(state.sentence.contains("wait") && state.error.is_some(), "{state:?}");
}
