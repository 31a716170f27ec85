//! What is on the disk for good, what is only in the system's memory, and when the disk fails.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};

use crate::Fault;

/// One folder's disk.
#[derive(Default)]
pub(crate) struct Platter {
    pub(crate) changes: u64,
    pub(crate) plan: Plan,
    files: BTreeMap<PathBuf, Content>,
}

/// When it fails.
#[derive(Default)]
pub(crate) enum Plan {
    #[default]
    Work,
    Fail {
        change: u64,
        fault: Fault,
        lasting: bool,
    },
    LosePower {
        change: u64,
        told: Option<Box<dyn FnOnce() + Send>>,
    },
}

/// A file as synced, and what was done to it since.
#[derive(Default)]
struct Content {
    /// `None`: it was not there.
    synced: Option<Vec<u8>>,
    since: Vec<Change>,
}

/// One change of a file.
pub(crate) enum Change {
    Write { at: u64, bytes: Vec<u8> },
    Truncate { to: u64 },
    Sync,
    Delete,
}

/// What is to happen to a change.
pub(crate) enum Verdict {
    Happens,
    Fails(Fault),
    /// There is no power any more.
    Lost,
}

impl Platter {
    /// Counts a change and says what is to happen to it.
    pub(crate) fn judge(&mut self, change: &Change) -> Verdict {
        self.changes += 1;
        let now = self.changes;
        match &mut self.plan {
            Plan::Work => Verdict::Happens,
            Plan::Fail { change: at, fault, lasting } => {
                let due = now == *at || (*lasting && now > *at);
                let needs_room = matches!(change, Change::Write { .. });
                if due && (*fault == Fault::Io || needs_room) {
                    Verdict::Fails(*fault)
                } else {
                    Verdict::Happens
                }
            }
            Plan::LosePower { change: at, told } => {
                if now < *at {
                    return Verdict::Happens;
                }
                if let Some(told) = told.take() {
                    told();
                }
                Verdict::Lost
            }
        }
    }

    /// Remembers a change that has happened.
    pub(crate) fn happened(&mut self, file: &Path, change: Change) {
        let content = self.files.entry(file.to_owned()).or_default();
        if !matches!(change, Change::Sync) {
            content.since.push(change);
            return;
        }
        // Worked out rather than read from the file: closing a file gives up all of the process's locks on it.
        content.sync(usize::MAX);
        // File systems that journal their folders (ext4, XFS, APFS, NTFS) keep them in order: a sync takes earlier deletions along.
        for other in self.files.values_mut() {
            let deleted = other.since.iter().rposition(|change| matches!(change, Change::Delete));
            other.sync(deleted.map_or(0, |place| place + 1));
        }
    }

    pub(crate) fn restore(&mut self, survived: &mut dyn FnMut() -> bool) -> io::Result<()> {
        self.plan = Plan::Work;
        for (file, content) in &mut self.files {
            let mut bytes = content.synced.take();
            for change in content.since.drain(..).filter(|_| survived()) {
                change.replay(&mut bytes);
            }
            match &bytes {
                Some(bytes) => std::fs::write(file, bytes)?,
                None => match std::fs::remove_file(file) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                },
            }
            content.synced = bytes;
            // SQLite's shared memory is memory: nothing of it outlives the computer.
            let mut shared = file.as_os_str().to_owned();
            shared.push("-shm");
            let _ = std::fs::remove_file(shared);
        }
        Ok(())
    }
}

impl Content {
    /// Takes the first so many changes onto the disk.
    fn sync(&mut self, changes: usize) {
        for change in self.since.drain(..changes.min(self.since.len())) {
            change.replay(&mut self.synced);
        }
    }
}

impl Change {
    fn replay(self, content: &mut Option<Vec<u8>>) {
        let length = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
        match self {
            Self::Write { at, bytes } => {
                let (content, at) = (content.get_or_insert_default(), length(at));
                let end = at.saturating_add(bytes.len());
                content.resize(content.len().max(end), 0);
                if let Some(place) = content.get_mut(at..end) {
                    place.copy_from_slice(&bytes);
                }
            }
            Self::Truncate { to } => content.get_or_insert_default().resize(length(to), 0),
            Self::Delete => *content = None,
            Self::Sync => {}
        }
    }
}

static PLATTERS: LazyLock<Mutex<HashMap<PathBuf, Platter>>> = LazyLock::new(Mutex::default);

/// Begins anew with what a folder holds.
pub(crate) fn begin(folder: &Path) -> io::Result<()> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.to_string_lossy().ends_with("-shm") {
                let content = Content { synced: Some(std::fs::read(&path)?), since: Vec::new() };
                files.insert(path, content);
            }
        }
    }
    let platter = Platter { files, ..Platter::default() };
    PLATTERS.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned(), platter);
    Ok(())
}

/// Works on a folder's disk.
pub(crate) fn held<T>(folder: &Path, work: impl FnOnce(&mut Platter) -> T) -> T {
    let mut platters = PLATTERS.lock().unwrap_or_else(PoisonError::into_inner);
    work(platters.entry(folder.to_owned()).or_default())
}

/// Works on the disk on which a file lies, if it is one of those that fail.
pub(crate) fn of_file<T>(file: &Path, work: impl FnOnce(&mut Platter) -> T) -> Option<T> {
    let mut platters = PLATTERS.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = file.ancestors().find(|folder| platters.contains_key(*folder))?.to_owned();
    platters.get_mut(&folder).map(work)
}
