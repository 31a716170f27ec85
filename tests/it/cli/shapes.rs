//! The JSON that scripts rely on: which properties there are, of which type.

use super::bed::Bed;
use super::machine::{MAILBOX, Machine, SENDER};
use super::normal::shape;

#[test]
fn answers_keep_their_shape() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    let json = |arguments: &[&str], code: i32| {
        shape(&machine.run(&[&["--json"], arguments].concat()).ends(code).json())
    };
    insta::assert_json_snapshot!("error", json(&["status", "no-such-set-up"], 1));
    insta::assert_json_snapshot!("sign_in", json(&["sign-in", "--create-registration", "--yes"], 0));
    insta::assert_json_snapshot!("accounts", json(&["accounts"], 0));
    insta::assert_json_snapshot!("connectors", json(&["connectors"], 0));
    insta::assert_json_snapshot!("connector", json(&["connectors", "totalview"], 0));
    insta::assert_json_snapshot!("answers_error", json(&["setup", "totalview"], 6));
    let setup = ["setup", "totalview", "--input", MAILBOX, "--input", SENDER];
    insta::assert_json_snapshot!("plan_shape", json(&[&setup[..], &["--plan"]].concat(), 0));
    insta::assert_json_snapshot!("run", json(&[&setup[..], &["--yes"]].concat(), 0));
    insta::assert_json_snapshot!("status_shape", json(&["status"], 0));
    let id = machine.connection();
    insta::assert_json_snapshot!("connection", json(&["status", &id], 0));
    insta::assert_json_snapshot!("proofs", json(&["test", &id], 0));
    insta::assert_json_snapshot!("secret", json(&["hand-over", &id, "--show-secret", "0.2"], 0));
    insta::assert_json_snapshot!("runs_shape", json(&["runs"], 0));
    insta::assert_json_snapshot!("truths", json(&["permissions", &bed.registrations("Gatehouse")[0].0], 0));
    insta::assert_json_snapshot!("signed_out_shape", json(&["sign-out"], 0));
}
