//! True answers of the sign-in page made bad: no panic, and nothing without the right `state` is ever believed.

use mutations::Mutations;
use url::Url;

use super::request;
use super::verdict::{Expected, Verdict, judge};
use crate::metadata::ResponseMode;
use crate::transaction::State;

const SEED: u64 = 1;

fn samples() -> Vec<String> {
    let post = |body: &str| {
        format!(
            "POST / HTTP/1.1\r\nHost: localhost:4711\r\nOrigin: https://login.microsoftonline.com\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    vec![
        post("code=0.AXoA&state=right-state-of-this-flow&session_state=1"),
        post("error=access_denied&error_description=AADSTS65004%3a+declined&state=right-state-of-this-flow"),
        "GET /?code=1&state=right-state-of-this-flow HTTP/1.1\r\nHost: 127.0.0.1:4711\r\n\r\n".to_owned(),
        "GET /favicon.ico HTTP/1.1\r\nHost: localhost:4711\r\nAccept: */*\r\n\r\n".to_owned(),
    ]
}

#[tokio::test(start_paused = true)]
async fn mutated_callbacks_do_no_harm() {
    let login = Url::parse("https://login.microsoftonline.com/x").unwrap();
    let expected = |mode| Expected::new(State::of("right-state-of-this-flow"), mode, "", &login, 4711);
    let modes = [expected(ResponseMode::FormPost), expected(ResponseMode::Query)];
    let (mut inputs, count) = (Mutations::of(&samples(), SEED), Mutations::count(2_000));
    let (mut read, mut believed) = (0, 0);
    for _ in 0..count {
        let input = inputs.next_input();
        let Ok(request) = request::read(&mut input.as_slice()).await else { continue };
        read += 1;
        for expected in &modes {
            if let Verdict::Accept(_) = judge(&request, expected) {
                believed += 1;
                let state = input.windows(5).filter(|part| *part == b"state").count();
                assert!(state > 0, "believed without a state: {}", String::from_utf8_lossy(&input));
            }
        }
    }
    println!(
        "callbacks: {count} mutated inputs (seed {SEED}), {read} readable, {believed} believed, 0 panics"
    );
}
