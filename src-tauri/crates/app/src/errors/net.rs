//! The way to Microsoft.

use contract::{AppError, ErrorCode};
use net::NetError;

use super::Explain;

impl Explain for NetError {
    fn explain(&self) -> AppError {
        match self {
            Self::Offline | Self::Connect | Self::Reset(_) | Self::Other(_) => {
                AppError::new(ErrorCode::Offline)
            }
            Self::Timeout(_) => AppError::new(ErrorCode::TimedOut),
            Self::TlsUntrusted { issuer: Some(issuer) } => AppError::new(ErrorCode::ConnectionNotTrusted)
                .because(format!(
                    "The connection is signed by “{issuer}”, which this computer does not trust."
                )),
            Self::TlsUntrusted { issuer: None } | Self::TlsOther => {
                AppError::new(ErrorCode::ConnectionNotTrusted)
            }
            Self::TlsDates => AppError::new(ErrorCode::ClockWrong),
            Self::ProxyAuth => AppError::new(ErrorCode::ProxyNeedsSignIn),
            Self::WebPage | Self::NotJson | Self::BodyTooLarge { .. } => {
                AppError::new(ErrorCode::AnswerNotUnderstood)
            }
            _ => AppError::new(ErrorCode::Internal),
        }
    }
}
