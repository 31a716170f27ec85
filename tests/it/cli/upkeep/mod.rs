//! Looking after what is there, by the real program: apps, findings, rotations, reminders, monitoring, handing on.

mod apps;
mod killed;
mod monitoring;
mod people;
mod reminding;
mod rotating;
mod written;

use super::bed::Bed;
use super::machine::Machine;

/// A machine that is signed in, and has read the organisation.
fn reader(bed: &Bed) -> Machine {
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    machine.run(&["inventory", "sync"]).ends(0);
    machine
}

/// The same, with a cloud file of its own: it outlives the organisation.
fn reader_alone(bed: &Bed) -> Machine {
    let mut machine = reader(bed);
    let card = std::fs::read_to_string(bed.cloud_file()).unwrap();
    let own = machine.file("cloud.json", &card);
    machine.moves_to(&own);
    machine
}
