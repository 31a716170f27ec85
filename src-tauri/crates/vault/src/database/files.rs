//! The folder and the files: made for this person only, never followed through a link, set aside when damaged.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::error::VaultError;

/// The file with the records.
pub(super) const FILE: &str = "vault.db";
/// What SQLite puts beside it.
const COMPANIONS: [&str; 3] = ["", "-wal", "-shm"];

/// Makes the folder if need be, closes it to other people, and returns its path without links.
pub(super) fn prepare_folder(folder: &Path) -> Result<PathBuf, VaultError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    let folder = folder.canonicalize()?;
    restrict(&folder, 0o700)?;
    Ok(folder)
}

/// Makes the file if need be, closes it to other people, and says whether it can be written to. A symbolic link in its
/// place is refused, not followed (CWE-59).
pub(super) fn prepare_file(file: &Path) -> Result<bool, VaultError> {
    let opened = match open_file(file, true) {
        Ok(opened) => Ok((opened, true)),
        Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => {
            open_file(file, false).map(|opened| (opened, false)).map_err(|second| match second.kind() {
                // There is nothing to read, and nothing may be made.
                ErrorKind::NotFound => error,
                _ => second,
            })
        }
        Err(error) => Err(error),
    };
    // A link gives an error here (`ELOOP`), whose kind has no stable name.
    let is_something_else = || file.symlink_metadata().is_ok_and(|found| !found.is_file());
    let (opened, writable) = opened
        .map_err(|error| if is_something_else() { VaultError::NotAnOrdinaryFile } else { error.into() })?;
    if !opened.metadata()?.is_file() {
        return Err(VaultError::NotAnOrdinaryFile);
    }
    if writable {
        restrict(file, 0o600)?;
    }
    Ok(writable)
}

/// Opens, and makes if need be, a file that is only there to be locked.
pub(crate) fn lock_file(path: &Path) -> io::Result<File> {
    open_file(path, true)
}

/// Renames the file and its companions to a name that is not taken, and returns it.
pub(super) fn quarantine(file: &Path, now: Timestamp) -> Result<PathBuf, VaultError> {
    let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    let name = |attempt: u32| match attempt {
        0 => with_suffix(file, &format!(".damaged-{stamp}")),
        _ => with_suffix(file, &format!(".damaged-{stamp}-{attempt}")),
    };
    let aside = (0..1000).map(name).find(|name| !name.exists()).ok_or(VaultError::DiskFull)?;
    for companion in COMPANIONS {
        match std::fs::rename(with_suffix(file, companion), with_suffix(&aside, companion)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(aside)
}

/// Whether a write-ahead log with content lies beside the file, so that the file alone is not the whole truth.
pub(super) fn has_log(file: &Path) -> bool {
    with_suffix(file, "-wal").metadata().is_ok_and(|log| log.len() > 0)
}

fn open_file(path: &Path, write: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(write).create(write);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.mode(0o600).custom_flags(flags.bits().cast_signed());
    }
    options.open(path)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Takes away what others may do. On Windows the folder below the profile is closed to others already.
#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> Result<(), VaultError> {
    use std::os::unix::fs::PermissionsExt as _;
    let now = path.metadata()?.permissions().mode();
    if now & 0o077 == 0 {
        return Ok(());
    }
    match std::fs::set_permissions(path, std::fs::Permissions::from_mode(now & mode)) {
        // What cannot be written cannot be closed either; whether it is readable by others was decided elsewhere.
        Err(error) if error.kind() == ErrorKind::ReadOnlyFilesystem => Ok(()),
        other => Ok(other?),
    }
}

#[cfg(not(unix))]
fn restrict(_path: &Path, _mode: u32) -> Result<(), VaultError> {
    Ok(())
}
