//! A colleague's request file made bad: no panic, and what is read can be written and read again.

use mutations::Mutations;
use provision::RequestFile;

const SEED: u64 = 5;

#[test]
fn mutated_request_files_do_no_harm() {
    let good = crate::hand_over::file().to_string();
    let of_a_person = crate::hand_over::for_people().to_string();
    for sample in [&good, &of_a_person] {
        RequestFile::parse(sample).unwrap();
    }
    let (mut inputs, count) = (Mutations::of(&[good, of_a_person], SEED), Mutations::count(20_000));
    let mut read = 0;
    for _ in 0..count {
        let text = String::from_utf8_lossy(&inputs.next_input()).into_owned();
        if let Ok(file) = RequestFile::parse(&text) {
            read += 1;
            assert_eq!(RequestFile::parse(&file.to_text()).unwrap(), file);
            let kinds = file.apps.iter().flat_map(|app| &app.permissions).map(|one| one.kind);
            assert!(
                !file.for_people
                    || kinds.into_iter().all(|kind| kind == blueprint::PermissionKind::Delegated)
            );
        }
    }
    println!("request files: {count} mutated files (seed {SEED}), {read} readable, 0 panics");
}
