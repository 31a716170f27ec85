//! Answers of the token endpoint made bad: no panic, and a token without text or life is never one.

use mutations::Mutations;
use net::RequestIds;

use super::answer::Answer;
use crate::AadError;

const SEED: u64 = 2;

const SAMPLES: [&str; 4] = [
    r#"{"token_type":"Bearer","scope":"User.Read openid","expires_in":3599,"access_token":"eyJ0","refresh_token":"0.A","id_token":"a.b.c"}"#,
    r#"{"token_type":"Bearer","expires_in":"3599","ext_expires_in":"3599","expires_on":"1770000000","access_token":"eyJ0"}"#,
    r#"{"error":"invalid_grant","error_description":"AADSTS50076: Due to a change\r\nTrace ID: 1","error_codes":[50076],"timestamp":"2026-11-20 12:00:00Z","trace_id":"1","correlation_id":"2","suberror":"basic_action","claims":"{\"access_token\":{}}"}"#,
    "<html><body>Sign in to the network</body></html>",
];

#[test]
fn mutated_token_answers_do_no_harm() {
    let (mut inputs, count) = (Mutations::of(&SAMPLES, SEED), Mutations::count(20_000));
    let (mut tokens, mut refusals) = (0, 0);
    for _ in 0..count {
        let input = inputs.next_input();
        if let Ok(answer) = Answer::read(&input) {
            tokens += 1;
            assert!(!format!("{answer:?}").contains("eyJ0"), "a token shows");
        }
        if let Some(error) = AadError::from_body(&input, RequestIds::default()) {
            refusals += 1;
            let (told, shown) = (error.to_string(), format!("{error:?}"));
            assert!(
                told.len() < 8 * 1024 && shown.len() < 64 * 1024,
                "{} and {} bytes",
                told.len(),
                shown.len()
            );
        }
    }
    println!(
        "token answers: {count} mutated inputs (seed {SEED}), {tokens} tokens, {refusals} refusals, 0 panics"
    );
}
