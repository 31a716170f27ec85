//! Carrying out what a plan says about an app's credentials and owners.

mod certificate;
mod key_list;
mod owner;
mod read_back;
mod remove;
mod trust;

pub(crate) use key_list::KeyChange;
