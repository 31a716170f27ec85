//! The window's side: which commands there are, who may call them, and what they answer.

mod calls;
mod lists;
mod settings;
