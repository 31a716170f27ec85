//! Certificates with which an app signs in: made here, or made elsewhere and read carefully.
//!
//! Entra takes X.509 certificates with RSA keys for client assertions; PS256 and RS256 are the algorithms that it lists
//! (<https://learn.microsoft.com/entra/identity-platform/certificate-credentials>).

mod fault;
mod kept;
mod make;
mod public;

pub use fault::CertificateFault;
pub use kept::KeptCertificate;
pub(crate) use make::make;
pub use public::PublicCertificate;
