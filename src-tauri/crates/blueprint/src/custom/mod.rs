//! Connectors that did not come with Gatehouse: built in the window, made from a registration that exists, or brought in
//! as a file.
//!
//! [`Draft`] is what a person fills in; [`from_registration`] makes one from any registration, without its secrets;
//! [`Connector::to_toml`](crate::Connector::to_toml) writes the file to share. [`import`] reads a file from elsewhere and
//! gives a [`Review`]: what it does, in plain words, with everything that could harm the whole organisation switched off.
//! [`Review::accept`] is the only way on from there.

mod draft;
mod existing;
mod review;
mod sentences;
mod warnings;

pub use draft::{Draft, DraftPermission};
pub use existing::{ExistingPermission, ExistingRegistration, FromRegistration, from_registration};
pub use review::{Review, ReviewedPermission, import, review};
