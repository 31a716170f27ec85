//! Exchange Online's admin endpoint: cmdlets over HTTP, typed.
