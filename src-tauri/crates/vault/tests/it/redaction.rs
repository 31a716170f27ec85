//! Nothing that is shown for debugging shows a secret.

use secrecy::SecretString;
use vault::keyring::testing::MemoryKeyring;
use vault::{Choice, KeyringBackend, VaultError};

use crate::support::{address, again, open, options, put, role, secret, succeed};

const CANARY: &str = "canary-8f3a-passphrase";

#[tokio::test]
async fn debug_of_every_type_that_touches_a_secret_is_redacted() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), MemoryKeyring::new());
    let vault = open(folder.path(), &keyring).await;
    put(&vault, "a", CANARY).await;
    keyring.replace_all(CANARY);
    let refused = vault.prove_writable().await.unwrap_err();
    let value: SecretString = vault.get(&address("a")).await.unwrap();
    for shown in [
        format!("{:?}", Choice::Passphrase(secret(CANARY))),
        format!("{vault:?} {vault:#?}"),
        format!("{keyring:?}"),
        format!("{:?}", keyring.backend()),
        format!("{:?} {:?}", KeyringBackend::System, KeyringBackend::None),
        format!("{:?}", options(folder.path(), keyring.backend())),
        format!("{value:?}"),
        format!("{refused:?} {refused}"),
        format!("{:?}", vault.list(None).await.unwrap()),
        format!("{:?}", address("a")),
    ] {
        assert!(!shown.contains("canary"), "{shown}");
        assert!(!shown.is_empty());
    }
}

#[test]
fn errors_name_what_was_wrong_and_never_its_value() {
    let error = vault::RecordId::new(format!("{CANARY}\n")).unwrap_err();
    assert!(matches!(error, VaultError::InvalidName(_)));
    assert!(!format!("{error:?} {error}").contains(CANARY));
}

/// After the key is forgotten, neither it nor a value is left in this process's memory. In a child, so that nothing but
/// the vault has touched them: the parent tells it a mask, and the child never holds the canary in one piece otherwise.
#[cfg(target_os = "linux")]
#[test]
fn a_forgotten_secret_is_not_left_in_memory() {
    const TEST: &str = "redaction::a_forgotten_secret_is_not_left_in_memory";
    match role() {
        None => drop(succeed(&mut again(TEST, "scan"))),
        Some(_) => {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
            runtime.block_on(scan_after_forgetting());
        }
    }
}

#[cfg(target_os = "linux")]
async fn scan_after_forgetting() {
    let folder = tempfile::tempdir().unwrap();
    let vault = crate::support::open_with(folder.path(), KeyringBackend::None);
    crate::support::settled(&vault).await;
    vault.choose(Choice::Passphrase(masked())).await.unwrap();
    vault.put(&address("a"), "", &masked()).await.unwrap();
    let value = vault.get(&address("a")).await.unwrap();
    assert!(occurrences() > 0, "the scan must see what is there, or it proves nothing");
    drop(value);
    vault.forget_session().await.unwrap();
    vault.unlock_with_passphrase(masked()).await.unwrap();
    drop(vault.get(&address("a")).await.unwrap());
    vault.forget_session().await.unwrap();
    assert_eq!(occurrences(), 0, "copies of a forgotten secret are left in memory");
}

/// 32 letters that occur in no other form than exclusive-or-ed with 0x15.
#[cfg(target_os = "linux")]
const MASKED: [u8; 32] = *b"|v{xw|qz}hsvkcxbgnfrduvtyomlklnp";

#[cfg(target_os = "linux")]
fn masked() -> SecretString {
    let mut text = String::with_capacity(MASKED.len());
    text.extend(MASKED.iter().map(|byte| char::from(std::hint::black_box(byte ^ 0x15))));
    SecretString::from(text)
}

/// How often the canary occurs in the writable memory of this process.
#[cfg(target_os = "linux")]
fn occurrences() -> usize {
    use std::os::unix::fs::FileExt as _;
    let memory = std::fs::File::open("/proc/self/mem").unwrap();
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let mut found = 0;
    let mut page = vec![0_u8; 1 << 16];
    for line in maps.lines().filter(|line| line.split(' ').nth(1).is_some_and(|mode| mode.starts_with("rw")))
    {
        let (from, to) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let (mut at, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        while at < to {
            let wanted = page.len().min(usize::try_from(to - at).unwrap());
            let Ok(read) = memory.read_at(&mut page[..wanted], at) else { break };
            found += page[..read]
                .windows(MASKED.len())
                .filter(|window| window.iter().zip(MASKED).all(|(byte, masked)| *byte == masked ^ 0x15))
                .count();
            // Overlaps, so that a canary across two reads is seen.
            at += (read.saturating_sub(MASKED.len()).max(1)) as u64;
            if read < wanted || read <= MASKED.len() {
                break;
            }
        }
    }
    page.fill(0);
    found
}

/// The child hardens itself and says what the system made of it; then it dies of a signal, and no core is left.
#[cfg(target_os = "linux")]
#[test]
fn a_hardened_process_leaves_no_core() {
    use std::os::unix::process::ExitStatusExt as _;
    const TEST: &str = "redaction::a_hardened_process_leaves_no_core";
    if role().is_some() {
        vault::harden_process().unwrap();
        use rustix::process::{DumpableBehavior, Resource, Signal, dumpable_behavior, getrlimit};
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
        rustix::process::kill_process(rustix::process::getpid(), Signal::QUIT).unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let ended = again(TEST, "harden").current_dir(folder.path()).output().unwrap();
    assert_eq!(ended.status.signal(), Some(3), "{}", String::from_utf8_lossy(&ended.stdout));
    assert!(!ended.status.core_dumped());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
