//! The vault at its boundary: real files, real processes, the real keyring.
