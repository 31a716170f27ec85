//! What people see. Every page works without script and with a screen reader, and carries ids for WebDriver.

mod consent;
mod form_post;
mod layout;
mod message;
mod my_apps;
mod picker;

pub(crate) use self::consent::{admin_consent, admin_needed, consent};
pub(crate) use self::form_post::form_post;
pub(crate) use self::message::{device, done, error, out_of_band, welcome};
pub(crate) use self::my_apps::my_apps;
pub(crate) use self::picker::picker;
