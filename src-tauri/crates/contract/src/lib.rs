//! What crosses to the window and to the command line's JSON: data, error codes and the list of commands.
//!
//! Nothing here acts. TypeScript is generated from these types (`cargo xtask generate`), so that both sides of the wire
//! are one declaration. Names on this wire are Microsoft's; words on screen are ours.

mod account;
mod commands;
mod connection;
mod connector;
mod error;
mod error_words;
mod permission;
mod plan;
mod run;
mod scalar;
mod settings;
mod sign_in;
mod status;
mod typescript;

pub use account::*;
pub use commands::*;
pub use connection::*;
pub use connector::*;
pub use error::*;
pub use permission::*;
pub use plan::*;
pub use run::*;
pub use scalar::*;
pub use settings::*;
pub use sign_in::*;
pub use status::*;
pub use typescript::write_typescript;
