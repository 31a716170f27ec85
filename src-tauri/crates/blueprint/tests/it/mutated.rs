//! The built-in connectors and a good file made bad: no panic, a bounded answer, and what is read can be set up or says why not.

use blueprint::Connector;
use mutations::Mutations;

use crate::malformed::good;

const SEED: u64 = 4;

#[test]
fn mutated_connectors_do_no_harm() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("connectors");
    let mut samples = vec![good().as_bytes().to_vec()];
    for entry in std::fs::read_dir(folder).unwrap() {
        samples.push(std::fs::read(entry.unwrap().path()).unwrap());
    }
    let (mut inputs, count) = (Mutations::of(&samples, SEED), Mutations::count(1_000));
    let mut read = 0;
    for _ in 0..count {
        let input = inputs.next_input();
        match Connector::parse("mutated.toml", &String::from_utf8_lossy(&input)) {
            Ok(connector) => {
                read += 1;
                let _ = connector.setup(&connector.default_choices());
            }
            Err(error) => assert!((1..=50).contains(&error.problems.len()), "{}", error.problems.len()),
        }
    }
    println!("connectors: {count} mutated files (seed {SEED}), {read} readable, 0 panics");
}
