//! What crosses to the window and to the command line's JSON: data, error codes and the list of commands.
//!
//! Nothing here acts. TypeScript is generated from these types (`cargo xtask generate`), so that both sides of the wire
//! are one declaration. Names on this wire are Microsoft's; words on screen are ours.

mod account;
mod authorize;
mod commands;
mod connected;
mod connection;
mod connector;
mod custom;
mod error;
mod error_words;
mod finding;
mod inventory;
mod invitation;
mod mailbox;
mod note;
mod organisation;
mod permission;
mod personal;
mod plan;
mod registration;
mod reminder;
mod rotation;
mod run;
mod scalar;
mod settings;
mod sign_in;
mod status;
mod typescript;

pub use account::*;
pub use authorize::*;
pub use commands::*;
pub use connected::*;
pub use connection::*;
pub use connector::*;
pub use custom::*;
pub use error::*;
pub use finding::*;
pub use inventory::*;
pub use invitation::*;
pub use mailbox::*;
pub use note::*;
pub use organisation::*;
pub use permission::*;
pub use personal::*;
pub use plan::*;
pub use registration::*;
pub use reminder::*;
pub use rotation::*;
pub use run::*;
pub use scalar::*;
pub use settings::*;
pub use sign_in::*;
pub use status::*;
pub use typescript::write_typescript;
