//! Files that several open at once while there is nothing in them yet: the window, the scheduler and a command line on their
//! first day.

use std::path::Path;
use std::sync::Barrier;

use jiff::Timestamp;

/// Opens a new file from eight threads at the same moment, on a connection each, many times.
fn all_of_them_open(open: impl Fn(&Path) -> Result<(), String> + Sync) {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let together = Barrier::new(8);
        let came_of_it = std::thread::scope(|scope| {
            let one = || {
                together.wait();
                open(folder.path())
            };
            let all: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
            all.into_iter().map(|each| each.join().unwrap()).collect::<Vec<_>>()
        });
        assert_eq!(came_of_it, vec![Ok(()); 8]);
    }
}

#[test]
fn the_list_of_reminders() {
    all_of_them_open(|folder| {
        let opened = watch::reminders::Ledger::open(folder, "desk", Timestamp::UNIX_EPOCH);
        opened.map(drop).map_err(|error| format!("{error:?}"))
    });
}

#[test]
fn the_list_of_apps() {
    all_of_them_open(|folder| {
        let opened = watch::inventory::Store::open(folder, "t", Timestamp::UNIX_EPOCH);
        opened.map(drop).map_err(|error| format!("{error:?}"))
    });
}

#[test]
fn the_findings() {
    all_of_them_open(|folder| {
        let opened = watch::findings::Ledger::open(folder, "t", Timestamp::UNIX_EPOCH);
        opened.map(drop).map_err(|error| format!("{error:?}"))
    });
}
