//! Keeping this process's memory out of core files and away from other processes of the same person.

/// What could not be hardened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HardeningError {
    /// The system refused to make the process undumpable (`PR_SET_DUMPABLE`, prctl(2)).
    #[error("the system refused to make the process undumpable")]
    Dumpable,
    /// The system refused to turn core files off (`RLIMIT_CORE`, setrlimit(2)).
    #[error("the system refused to turn core files off")]
    CoreLimit,
}

/// Turns core files off and refuses debuggers of the same user. Linux only so far: elsewhere it does nothing, because
/// macOS does this by signing with the hardened runtime, and Windows needs an access list that takes unsafe code.
///
/// Call it once, before the first secret is read. An undumpable process owns nothing under its own `/proc` entry, so
/// children that look there (some sandboxes and desktop portals do) must be started with care.
///
/// # Errors
/// [`HardeningError`], after trying both.
pub fn harden_process() -> Result<(), HardeningError> {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
        let core = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
        set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(|_| HardeningError::Dumpable)?;
        core.map_err(|_| HardeningError::CoreLimit)?;
    }
    Ok(())
}
