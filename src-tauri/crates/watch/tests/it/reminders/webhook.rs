//! Messages to an address on the web that fails, hangs, asks to wait, or points elsewhere.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use net::call::Clock;
use net::http::{ClientOptions, ProxySource};
use secrecy::SecretString;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use watch::reminders::webhook::{Form, Webhook};
use watch::reminders::{Channel as _, ChannelFault, ChannelKind, Delivered, Ledger};

use super::desk::{Pigeon, at, moment, secret, usual};

const NOW: &str = "2027-04-26T09:00:00Z";

/// Answers each connection with the next of these, the last one for ever; an empty answer is silence.
struct Server {
    url: String,
    got: Arc<Mutex<Vec<Value>>>,
}

impl Server {
    async fn answering(answers: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/workflows/canary-1f?sig=canary-2f", listener.local_addr().unwrap());
        let got: Arc<Mutex<Vec<Value>>> = Arc::default();
        let (heard, answers) =
            (Arc::clone(&got), answers.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        tokio::spawn(async move {
            let mut served = 0;
            let mut held = Vec::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let answer = &answers[served.min(answers.len() - 1)];
                served += 1;
                let Some(body) = body(&mut stream).await else { continue };
                heard.lock().unwrap().push(body);
                if answer.is_empty() {
                    held.push(stream);
                    continue;
                }
                let text = format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                let _ = stream.write_all(text.as_bytes()).await;
            }
        });
        Self { url, got }
    }

    fn count(&self) -> usize {
        self.got.lock().unwrap().len()
    }
}

async fn body(stream: &mut tokio::net::TcpStream) -> Option<Value> {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let read = stream.read(&mut piece).await.ok()?;
        bytes.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&bytes);
        if let Some((_, body)) = text.split_once("\r\n\r\n")
            && let Ok(value) = serde_json::from_str(body)
        {
            return Some(value);
        }
        if read == 0 {
            return None;
        }
    }
}

fn channel(url: &str) -> Result<Webhook, ChannelFault> {
    let options = ClientOptions { proxy: ProxySource::Direct, ..ClientOptions::new("Gatehouse/test") };
    let clock: Clock = Arc::new(|| at(NOW));
    let channel =
        Webhook::new(net::http::client(&options).unwrap(), SecretString::from(url.to_owned()), clock)?;
    Ok(channel.sleeping_with(Arc::new(|_| Box::pin(tokio::task::yield_now()))))
}

async fn deliver(channel: &Webhook) -> Delivered {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path(), "desk", at(NOW)).unwrap();
    let pigeon = Pigeon::new(ChannelKind::Webhook);
    let mut own = (*secret(1, "2027-05-03T12:00:00Z")).clone();
    own.app_name = "[Pay here](https://evil.example) & <b>".into();
    pigeon.round(&ledger, &usual(&[own.into()]), &moment(NOW)).await;
    let bundle = pigeon.got.lock().unwrap()[0].clone();
    channel.deliver(&bundle).await
}

#[tokio::test]
async fn a_plain_endpoint_gets_plain_json() {
    let server = Server::answering(&["204 No Content"]).await;
    assert_eq!(deliver(&channel(&server.url).unwrap()).await, Delivered::Accepted);
    let got = server.got.lock().unwrap()[0].clone();
    assert_eq!(got["title"], "A secret of [Pay here](https://evil.example) & <b> ends in 7 days (3 May)");
    assert_eq!((got["total"].as_u64(), got["format"].as_u64()), (Some(1), Some(1)));
    assert_eq!(got["reminders"][0]["endsAt"], "2027-05-03T12:00:00Z");
    assert_eq!(got["reminders"][0]["daysLeft"], 7);
    assert_eq!(got["id"].as_str().unwrap().len(), 32);
}

#[tokio::test]
async fn a_teams_workflow_gets_a_card_in_which_a_name_is_only_a_name() {
    let server = Server::answering(&["202 Accepted"]).await;
    let teams = channel(&server.url).unwrap().with_form(Form::Teams);
    assert_eq!(deliver(&teams).await, Delivered::Accepted);
    let got = server.got.lock().unwrap()[0].clone();
    assert_eq!(got["type"], "message");
    let attachment = &got["attachments"][0];
    assert_eq!(attachment["contentType"], "application/vnd.microsoft.card.adaptive");
    let card = &attachment["content"];
    assert_eq!((card["type"].as_str(), card["version"].as_str()), (Some("AdaptiveCard"), Some("1.4")));
    for block in card["body"].as_array().unwrap() {
        assert_eq!(block["type"], "RichTextBlock", "a text block would read Markdown");
        assert_eq!(block["inlines"][0]["type"], "TextRun");
    }
    assert!(
        card["body"][1]["inlines"][0]["text"].as_str().unwrap().contains("[Pay here](https://evil.example)")
    );
    teams.trial(false).await;
    assert!(server.got.lock().unwrap()[1].to_string().contains("trial"));
}

#[tokio::test]
async fn what_goes_wrong_is_told_apart_and_repeated_only_where_that_is_safe() {
    let failed = |fault, wait: Option<u64>| Delivered::Failed { fault, wait: wait.map(Duration::from_secs) };
    for (answers, expected, requests) in [
        (&["500 Oops"][..], failed(ChannelFault::Unwell { status: 500 }, None), 1),
        (&["503 Busy", "200 OK"], Delivered::Accepted, 2),
        (&["503 Busy"], failed(ChannelFault::Unwell { status: 503 }, None), 3),
        (&["429 Slow\r\nRetry-After: 2", "202 Accepted"], Delivered::Accepted, 2),
        (&["429 Slow\r\nRetry-After: 900"], failed(ChannelFault::Busy, Some(900)), 1),
        (&["404 Gone"], failed(ChannelFault::Gone, None), 1),
        (&["410 Gone"], failed(ChannelFault::Gone, None), 1),
        (&["401 No"], failed(ChannelFault::Refused { status: 401 }, None), 1),
        (
            &["302 Elsewhere\r\nLocation: http://evil.example/"],
            failed(ChannelFault::Refused { status: 302 }, None),
            1,
        ),
    ] {
        let server = Server::answering(answers).await;
        assert_eq!(deliver(&channel(&server.url).unwrap()).await, expected, "{answers:?}");
        assert_eq!(server.count(), requests, "{answers:?}");
    }
}

#[tokio::test]
async fn one_that_hangs_is_left_and_one_that_is_not_there_is_tried_thrice() {
    let server = Server::answering(&[""]).await;
    let slow = channel(&server.url).unwrap().within(Duration::from_millis(200));
    let failed = |fault| Delivered::Failed { fault, wait: None };
    assert_eq!(deliver(&slow).await, failed(ChannelFault::Slow));
    assert_eq!(server.count(), 1, "the message may have arrived: not again at once");
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    assert_eq!(
        deliver(&channel(&format!("http://{address}/x")).unwrap()).await,
        failed(ChannelFault::Unreachable)
    );
}

#[tokio::test]
async fn only_safe_addresses_are_taken() {
    for good in [
        "https://hooks.example/x",
        " https://hooks.example/x \n",
        "http://127.0.0.1:9/x",
        "http://localhost/x",
    ] {
        assert!(channel(good).is_ok(), "{good}");
    }
    for bad in [
        "http://hooks.example/x",
        "",
        "hooks.example",
        "ftp://hooks.example",
        "https://a:b@hooks.example/",
        "file:///x",
    ] {
        assert_eq!(channel(bad).unwrap_err(), ChannelFault::BadAddress, "{bad}");
    }
}

#[test]
fn workflows_are_known_by_their_hosts() {
    let form = |url: &str| Form::of(&url::Url::parse(url).unwrap());
    for teams in [
        "https://prod-12.westeurope.logic.azure.com:443/workflows/x/triggers/manual/paths/invoke?sig=y",
        "https://default1f.2f.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/x",
        "https://contoso.webhook.office.com/webhookb2/x",
    ] {
        assert_eq!(form(teams), Form::Teams, "{teams}");
    }
    for plain in [
        "https://logic.azure.com.evil.example/x",
        "https://evillogic.azure.com/x",
        "https://hooks.example/logic.azure.com",
    ] {
        assert_eq!(form(plain), Form::Plain, "{plain}");
    }
}

#[tokio::test]
async fn the_address_is_in_no_text() {
    let server = Server::answering(&["500 Oops"]).await;
    let channel = channel(&server.url).unwrap();
    let texts = [format!("{channel:?}"), format!("{:?}", deliver(&channel).await)];
    assert!(texts.iter().all(|text| !text.contains("canary") && !text.contains("127.0.0.1")), "{texts:?}");
}

#[tokio::test]
async fn a_trial_of_practice_says_that_it_is_one() {
    let server = Server::answering(&["204 No Content"]).await;
    channel(&server.url).unwrap().trial(true).await;
    channel(&server.url).unwrap().trial(false).await;
    let got = server.got.lock().unwrap().clone();
    assert_eq!(
        (&got[0]["title"], &got[0]["practice"]),
        (&"Practice: A trial reminder from Gatehouse".into(), &true.into())
    );
    assert_eq!(
        (&got[1]["title"], &got[1]["practice"]),
        (&"A trial reminder from Gatehouse".into(), &false.into())
    );
}
