//! What happens to a disk in a test, by name, and what the disk is like afterwards.

use crate::{Fault, FaultyDisk};

/// Harms the disk at the change with this number; what is handed over is called when the power goes.
pub type Harm = fn(&FaultyDisk, u64, Box<dyn FnOnce() + Send>);

/// Makes the disk work again after it was harmed at the change with this number.
pub type Heal = fn(&FaultyDisk, u64) -> std::io::Result<()>;

/// One change fails.
pub fn one_error(disk: &FaultyDisk, change: u64, _: Box<dyn FnOnce() + Send>) {
    disk.fail_at(change, Fault::Io, false);
}

/// There is no room for one change.
pub fn no_room(disk: &FaultyDisk, change: u64, _: Box<dyn FnOnce() + Send>) {
    disk.fail_at(change, Fault::Full, false);
}

/// The power goes.
pub fn no_power(disk: &FaultyDisk, change: u64, dark: Box<dyn FnOnce() + Send>) {
    disk.lose_power_at(change, dark);
}

/// The disk works again.
///
/// # Errors
/// None.
pub fn repaired(disk: &FaultyDisk, _: u64) -> std::io::Result<()> {
    disk.repair();
    Ok(())
}

/// Of what was not synced, nothing arrived.
///
/// # Errors
/// What the system says when a file cannot be written.
pub fn nothing_unsynced_survived(disk: &FaultyDisk, _: u64) -> std::io::Result<()> {
    disk.restore_power(&mut || false)
}

/// Of what was not synced, every other change arrived.
///
/// # Errors
/// What the system says when a file cannot be written.
pub fn half_of_the_unsynced_survived(disk: &FaultyDisk, change: u64) -> std::io::Result<()> {
    let mut turn: u64 = change;
    let mut survived = || {
        turn += 1;
        turn.is_multiple_of(2)
    };
    disk.restore_power(&mut survived)
}
