//! What crosses to the window: data, error codes, commands.
