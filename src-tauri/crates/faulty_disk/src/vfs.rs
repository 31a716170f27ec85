//! The way between SQLite and the disk: the system's own VFS (<https://www.sqlite.org/vfs.html>), with the four methods that
//! change files replaced.
#![allow(unsafe_code, reason = "SQLite's interface to the disk is C")]

use std::collections::HashMap;
use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::{LazyLock, Mutex, Once, OnceLock, PoisonError};

use rusqlite::ffi;

use crate::Fault;
use crate::platter::{Change, Verdict, of_file};

/// A file that SQLite has open: its path, and the methods of the system's VFS.
#[derive(Clone)]
struct Opened {
    path: PathBuf,
    methods: &'static ffi::sqlite3_io_methods,
}

/// The system's VFS. SQLite never frees or changes it.
struct System(*mut ffi::sqlite3_vfs);

// SAFETY: SQLite calls a VFS from any thread; the pointer is only read.
unsafe impl Send for System {}
// SAFETY: as above.
unsafe impl Sync for System {}

static SYSTEM: OnceLock<System> = OnceLock::new();
static OPENED: LazyLock<Mutex<HashMap<usize, Opened>>> = LazyLock::new(Mutex::default);

/// Puts ours in front of the system's VFS, once in a process.
pub(crate) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: a null name asks for the default VFS, which SQLite always has; it and our copy live as long as the process.
        unsafe {
            let system = ffi::sqlite3_vfs_find(ptr::null());
            assert!(!system.is_null(), "SQLite has no VFS");
            let mut ours = *system;
            ours.zName = c"faulty-disk".as_ptr();
            ours.pNext = ptr::null_mut();
            ours.xOpen = Some(open);
            ours.xDelete = Some(delete);
            let _ = SYSTEM.set(System(system));
            ffi::sqlite3_vfs_register(Box::leak(Box::new(ours)), 1);
        }
    });
}

fn system() -> *mut ffi::sqlite3_vfs {
    SYSTEM.get().map_or(ptr::null_mut(), |system| system.0)
}

fn opened(file: *mut ffi::sqlite3_file) -> Option<Opened> {
    OPENED.lock().unwrap_or_else(PoisonError::into_inner).get(&file.addr()).cloned()
}

/// Lets the disk judge a change, then makes it, and remembers it.
fn change(path: &Path, change: Change, make: impl FnOnce() -> c_int, torn: impl FnOnce()) -> c_int {
    let failure = match &change {
        Change::Write { .. } => ffi::SQLITE_IOERR_WRITE,
        Change::Truncate { .. } => ffi::SQLITE_IOERR_TRUNCATE,
        Change::Sync => ffi::SQLITE_IOERR_FSYNC,
        Change::Delete => ffi::SQLITE_IOERR_DELETE,
    };
    match of_file(path, |platter| platter.judge(&change)) {
        None => make(),
        Some(Verdict::Lost) => failure,
        Some(Verdict::Fails(Fault::Full)) => ffi::SQLITE_FULL,
        Some(Verdict::Fails(Fault::Io)) => {
            torn();
            failure
        }
        Some(Verdict::Happens) => {
            let code = make();
            if code == ffi::SQLITE_OK {
                of_file(path, |platter| platter.happened(path, change));
            }
            code
        }
    }
}

/// SAFETY (all functions below): SQLite calls them with the pointers that its documentation promises, and the system's methods
/// get the very pointers that they would have got without us.
unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: see above.
    unsafe {
        let system = system();
        let Some(theirs) = system.as_ref().and_then(|vfs| vfs.xOpen) else { return ffi::SQLITE_CANTOPEN };
        let code = theirs(system, name, file, flags, out);
        let methods: Option<&'static ffi::sqlite3_io_methods> = (*file).pMethods.as_ref();
        if let (Some(methods), false) = (methods, name.is_null()) {
            let path = PathBuf::from(OsStr::from_bytes(CStr::from_ptr(name).to_bytes()));
            let mut ours = *methods;
            ours.xClose = Some(close);
            ours.xWrite = Some(write);
            ours.xTruncate = Some(truncate);
            ours.xSync = Some(sync);
            (*file).pMethods = Box::leak(Box::new(ours)); // as long as the process: a test opens few files
            let mut all = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
            all.insert(file.addr(), Opened { path, methods });
        }
        code
    }
}

unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    // SAFETY: see `open`.
    unsafe {
        let system = system();
        let Some(theirs) = system.as_ref().and_then(|vfs| vfs.xDelete) else {
            return ffi::SQLITE_IOERR_DELETE;
        };
        let path = PathBuf::from(OsStr::from_bytes(CStr::from_ptr(name).to_bytes()));
        change(&path, Change::Delete, || theirs(system, name, sync), || {})
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    let gone = OPENED.lock().unwrap_or_else(PoisonError::into_inner).remove(&file.addr());
    let Some(theirs) = gone.and_then(|gone| gone.methods.xClose) else { return ffi::SQLITE_IOERR_CLOSE };
    // SAFETY: see `open`.
    unsafe { theirs(file) }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    bytes: *const c_void,
    length: c_int,
    at: i64,
) -> c_int {
    let Some(Opened { path, methods }) = opened(file) else { return ffi::SQLITE_IOERR_WRITE };
    let Some(theirs) = methods.xWrite else { return ffi::SQLITE_IOERR_WRITE };
    // SAFETY: see `open`; the buffer has `length` bytes.
    unsafe {
        let copy =
            std::slice::from_raw_parts(bytes.cast::<u8>(), usize::try_from(length).unwrap_or_default())
                .to_vec();
        let write = Change::Write { at: u64::try_from(at).unwrap_or_default(), bytes: copy };
        let torn = || {
            let _ = theirs(file, bytes, length / 2, at);
        };
        change(&path, write, || theirs(file, bytes, length, at), torn)
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: i64) -> c_int {
    let Some(Opened { path, methods }) = opened(file) else { return ffi::SQLITE_IOERR_TRUNCATE };
    let Some(theirs) = methods.xTruncate else { return ffi::SQLITE_IOERR_TRUNCATE };
    let cut = Change::Truncate { to: u64::try_from(size).unwrap_or_default() };
    // SAFETY: see `open`.
    change(&path, cut, || unsafe { theirs(file, size) }, || {})
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    let Some(Opened { path, methods }) = opened(file) else { return ffi::SQLITE_IOERR_FSYNC };
    let Some(theirs) = methods.xSync else { return ffi::SQLITE_IOERR_FSYNC };
    // SAFETY: see `open`.
    change(&path, Change::Sync, || unsafe { theirs(file, flags) }, || {})
}
