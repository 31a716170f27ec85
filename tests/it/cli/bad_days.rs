//! Bad days of this machine: damaged files, files of a newer version, a disk that takes no writes. Each is said, and what can
//! be used is used.

use std::path::Path;

use super::bed::Bed;
use super::machine::{Machine, Said};

/// Text that is long enough to be taken for a database by its size, and is none.
fn junk() -> String {
    "this is not a database, and long enough to look like one ".repeat(400)
}

/// A machine with a finished set-up.
fn settled(bed: &Bed) -> Machine {
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    machine.set_up().ends(0);
    machine
}

/// Overwrites a database with something that is none.
fn damage(file: &Path) {
    for suffix in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", file.display()));
    }
    std::fs::write(file, junk()).unwrap();
}

/// The damaged file is kept aside, whole, for whoever can rescue something from it.
fn is_kept(folder: &Path, name: &str) {
    let kept = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).find(|path| {
        let file = path.file_name().unwrap().to_string_lossy();
        file.contains(name)
            && file != format!("{name}.db")
            && std::fs::read(path).is_ok_and(|read| read == junk().as_bytes())
    });
    assert!(kept.is_some(), "nothing is kept of {name} in {}", folder.display());
}

fn says_damaged(said: &Said, what: &str) {
    assert!(said.err.contains("A data file was damaged."), "{}", said.err);
    assert!(said.err.contains(what), "{}", said.err);
}

#[test]
fn a_damaged_database_is_put_aside_and_said() {
    let bed = Bed::new();
    let machine = settled(&bed);
    damage(&machine.space().join("gatehouse.db"));
    says_damaged(&machine.run(&["accounts"]).ends(0), "accounts, answers and set-ups");
    is_kept(&machine.space(), "gatehouse");
    // Said once: the fresh one is sound. Runs and secrets are in files of their own and are still there.
    let again = machine.run(&["--json", "runs"]).ends(0);
    assert_eq!(again.err, "");
    assert!(!again.json().as_array().unwrap().is_empty());
    // And it is usable: sign in again, with the registration that is there already.
    let client_id = bed.registrations("Gatehouse")[0].0.clone();
    machine.run(&["sign-in", "--client-id", &client_id, "--organisation", bed.id()]).ends(0);
    machine.run(&["permissions", &client_id]).ends(0);
}

#[test]
fn a_damaged_journal_is_put_aside_and_said() {
    let bed = Bed::new();
    let machine = settled(&bed);
    damage(&machine.space().join("journal.db"));
    says_damaged(&machine.run(&["status"]).ends(0), "the record of runs");
    is_kept(&machine.space(), "journal");
    // The set-up is remembered, and can still be looked at and handed over.
    let id = machine.connection();
    machine.run(&["hand-over", &id, "--show-secret", "0.2"]).ends(0);
    // The last good copy is open: what was done is still known.
    let runs = machine.run(&["--json", "runs"]).ends(0).json();
    let titles: Vec<&str> = runs.as_array().unwrap().iter().filter_map(|run| run["title"].as_str()).collect();
    assert!(titles.contains(&"Set up Totalview"), "{titles:?}");
    machine.set_up().ends(0);
}

#[test]
fn a_damaged_vault_is_put_aside_and_said() {
    let bed = Bed::new();
    let machine = settled(&bed);
    damage(&machine.space().join("vault.db"));
    let said = machine.run(&["status"]).ends(0);
    says_damaged(&said, "sealed secrets");
    is_kept(&machine.space(), "vault");
    // The session went with it: that is what has to be done again, and nothing else.
    machine.run(&["permissions", &bed.registrations("Gatehouse")[0].0]).ends(3);
    machine.run(&["sign-in"]).ends(0);
    machine.run(&["permissions", &bed.registrations("Gatehouse")[0].0]).ends(0);
}

#[test]
fn a_damaged_practice_organisation_begins_anew() {
    let machine = Machine::practising();
    machine.run(&["connectors"]).ends(0);
    std::fs::write(machine.space().join("tenant.json"), junk()).unwrap();
    says_damaged(&machine.run(&["connectors"]).ends(0), "practice organisation");
    assert_eq!(machine.run(&["connectors"]).ends(0).err, "");
    machine.sign_in();
}

/// Row 35: data of a newer Gatehouse are read where that is safe, and never written.
#[test]
fn data_of_a_newer_version_are_left_alone() {
    let bed = Bed::new();
    for name in ["gatehouse.db", "journal.db", "vault.db"] {
        let machine = settled(&bed);
        let file = machine.space().join(name);
        make_newer(&file);
        let before = std::fs::read(&file).unwrap();
        let said = machine.run(&["status"]).ends(0);
        assert!(said.err.contains("These data come from a newer Gatehouse."), "{name}: {}", said.err);
        assert!(said.out.contains("Totalview"), "{name}: what is there can be looked at: {}", said.out);
        let refused = machine.set_up();
        assert_ne!(refused.code, 0, "{name}: {}", refused.all());
        assert_eq!(std::fs::read(&file).unwrap(), before, "{name} was changed");
    }
}

/// Writes a version into the file's header (SQLite file format, offset 60) that no Gatehouse has yet.
fn make_newer(file: &Path) {
    use std::io::{Seek, SeekFrom, Write};
    let wal = format!("{}-wal", file.display());
    assert!(std::fs::metadata(&wal).map_or(0, |wal| wal.len()) == 0, "{wal} was not emptied");
    let mut database = std::fs::OpenOptions::new().write(true).open(file).unwrap();
    database.seek(SeekFrom::Start(60)).unwrap();
    database.write_all(&99_u32.to_be_bytes()).unwrap();
}

/// Row 23: on a disk that takes no writes, what is there can be read, and a set-up does not begin.
#[cfg(unix)]
#[test]
fn on_a_read_only_disk_it_reads() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;

    let bed = Bed::new();
    let machine = settled(&bed);
    let id = machine.connection();
    let space = machine.space();
    let is_root = space.metadata().unwrap().uid() == 0;
    let everything = std::process::Command::new("find").arg(machine.home()).output().unwrap().stdout;
    let everything: Vec<_> =
        String::from_utf8(everything).unwrap().lines().map(std::path::PathBuf::from).collect();
    let close = |closed: bool| {
        for path in everything.iter().rev() {
            let mode = match (path.is_dir(), closed) {
                (true, true) => 0o500,
                (true, false) => 0o700,
                (false, true) => 0o400,
                (false, false) => 0o600,
            };
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    // Rights mean nothing to root: the program is then somebody else's, to whom all of this belongs.
    let program = machine.home().parent().unwrap().join("gatehouse");
    if is_root {
        std::fs::copy(env!("CARGO_BIN_EXE_gatehouse"), &program).unwrap();
        for path in everything.iter().chain([&machine.home().parent().unwrap().to_path_buf()]) {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    close(true);
    let run = |arguments: &[&str]| {
        let given = machine.command(arguments);
        let mut command = if is_root {
            let mut other = std::process::Command::new(&program);
            other.env_clear().args(given.get_args());
            other.envs(given.get_envs().filter_map(|(name, value)| Some((name, value?))));
            other.uid(NOBODY).gid(NOBODY);
            other
        } else {
            given
        };
        let output = command.output().unwrap();
        Said {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    };
    // The cloud file must be readable to whoever runs this.
    std::fs::set_permissions(bed.cloud_file().parent().unwrap(), std::fs::Permissions::from_mode(0o755))
        .unwrap();
    let status = run(&["status"]);
    let in_full = run(&["status", &id]);
    let accounts = run(&["accounts"]);
    let session = run(&["--session-only", "sign-in"]);
    close(false);
    for said in [&status, &in_full, &accounts] {
        assert_eq!(said.code, 0, "{said:?}");
        assert!(said.err.contains("Nothing can be saved on this disk."), "{said:?}");
    }
    assert!(status.out.contains("Totalview"), "{status:?}");
    assert!(in_full.out.contains("Totalview"), "{in_full:?}");
    assert!(accounts.out.contains("Astrid Lindqvist"), "{accounts:?}");
    assert_ne!(session.code, 0, "a sign-in that cannot be kept is not called one: {session:?}");
}
