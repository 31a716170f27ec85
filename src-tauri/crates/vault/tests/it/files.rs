//! The folder and the file: whose they are, what is not followed, and what happens where nothing can be written.
#![cfg(unix)]

use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use vault::keyring::testing::MemoryKeyring;
use vault::{Choice, KeyringBackend, Space, Vault, VaultError, VaultStatus};

use crate::support::{again_from, get, open, open_with, options, put, role, secret, settled, succeed};

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn only_this_person_can_enter_the_folder_or_read_its_files() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    put(&vault, "a", "value").await;
    let inside = folder.path().join("vault");
    assert_eq!(mode(&inside), 0o700);
    let files = crate::support::files_under(&inside);
    assert!(files.len() >= 2, "the log lies beside the file while it is open");
    for (file, _) in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[tokio::test]
async fn a_folder_and_file_that_were_open_to_others_are_closed() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    put(&open(folder.path(), &keyring).await, "a", "value").await;
    let (inside, file) = (folder.path().join("vault"), folder.path().join("vault/vault.db"));
    std::fs::set_permissions(&inside, std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let vault = open(folder.path(), &keyring).await;
    assert_eq!((mode(&inside), mode(&file)), (0o700, 0o600));
    assert_eq!(get(&vault, "a").await, "value");
}

#[test]
fn a_link_a_folder_or_a_pipe_in_the_place_of_the_file_is_refused() {
    let make: [fn(&Path, &Path); 3] = [
        |target, place| symlink(target, place).unwrap(),
        |_, place| std::fs::create_dir(place).unwrap(),
        |_, place| {
            let mode = rustix::fs::Mode::from_raw_mode(0o600);
            rustix::fs::mknodat(rustix::fs::CWD, place, rustix::fs::FileType::Fifo, mode, 0).unwrap();
        },
    ];
    for make in make {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("vault")).unwrap();
        let target = folder.path().join("somebody-elses-file");
        make(&target, &folder.path().join("vault/vault.db"));
        let refused = Vault::open(options(folder.path(), KeyringBackend::None));
        assert!(matches!(refused, Err(VaultError::NotAnOrdinaryFile)), "{refused:?}");
        assert!(!target.exists(), "the link was followed");
    }
}

#[tokio::test]
async fn a_folder_reached_through_a_link_is_fine() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    std::fs::create_dir(folder.path().join("real")).unwrap();
    symlink(folder.path().join("real"), folder.path().join("linked")).unwrap();
    let vault = open(&folder.path().join("linked"), &keyring).await;
    put(&vault, "a", "value").await;
    assert!(folder.path().join("real/vault/vault.db").is_file());
}

#[tokio::test]
async fn the_folder_of_another_space_is_left_alone() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    put(&open(folder.path(), &keyring).await, "a", "value").await;
    let mut other = options(folder.path(), keyring.backend());
    other.space = Space::new("practice").unwrap();
    assert!(matches!(Vault::open(other), Err(VaultError::OtherSpace)));
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_left_alone() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    put(&open(folder.path(), &keyring).await, "a", "value").await;
    let file = folder.path().join("vault/vault.db");
    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = std::fs::read(&file).unwrap();
    let refused = Vault::open(options(folder.path(), keyring.backend()));
    assert!(matches!(refused, Err(VaultError::NewerVersion)), "{refused:?}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

/// A folder that cannot be written to: records can be read, and everything that writes says why it does not.
#[test]
fn a_read_only_folder_still_gives_its_records() {
    const TEST: &str = "files::a_read_only_folder_still_gives_its_records";
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    if let Some(folder) = role() {
        runtime.block_on(read_only(Path::new(&folder)));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    runtime.block_on(async {
        let vault = open_with(folder.path(), KeyringBackend::None);
        settled(&vault).await;
        vault.choose(Choice::Passphrase(secret("correct horse battery"))).await.unwrap();
        put(&vault, "a", "value").await;
    });
    let (inside, program) = (folder.path().join("vault"), folder.path().join("program"));
    std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let mut child = again_from(&program, TEST, folder.path().to_str().unwrap());
    if rustix::process::getuid().is_root() {
        // Permissions mean nothing to root, so the child is somebody else, to whom all of this belongs.
        use std::os::unix::process::CommandExt as _;
        const NOBODY: u32 = 65_534;
        child.uid(NOBODY).gid(NOBODY);
        for path in [folder.path(), &inside, &inside.join("vault.db")] {
            std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    std::fs::set_permissions(inside.join("vault.db"), std::fs::Permissions::from_mode(0o400)).unwrap();
    std::fs::set_permissions(&inside, std::fs::Permissions::from_mode(0o500)).unwrap();
    succeed(&mut child);
    std::fs::set_permissions(&inside, std::fs::Permissions::from_mode(0o700)).unwrap();
}

async fn read_only(folder: &Path) {
    let vault = open_with(folder, KeyringBackend::None);
    assert_eq!(settled(&vault).await, VaultStatus::NeedsPassphrase);
    vault.unlock_with_passphrase(secret("correct horse battery")).await.unwrap();
    assert_eq!(get(&vault, "a").await, "value");
    assert_eq!(vault.list(None).await.unwrap().len(), 1);
    let address = crate::support::address("a");
    assert!(matches!(vault.put(&address, "", &secret("x")).await, Err(VaultError::ReadOnly)));
    assert!(matches!(vault.remove(address.id()).await, Err(VaultError::ReadOnly)));
    assert!(matches!(vault.prove_writable().await, Err(VaultError::ReadOnly)));
    // And where there is nothing to read yet, the answer is the same.
    let refused = Vault::open(options(&folder.join("vault"), KeyringBackend::None));
    assert!(matches!(refused, Err(VaultError::ReadOnly)), "{refused:?}");
}
