//! A credential to make.

use blueprint::SecretSpec;
use graph::KeyId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::PublicCertificate;
use crate::plan::desired::PlannedSecret;
use crate::plan::lifetime;

/// Months that a new credential lives where nobody says otherwise.
const USUAL: u32 = 12;
/// What the admin center offers at most, and what nobody should want more than.
const MOST: u32 = 24;

/// What shall take a credential's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewCredential {
    /// A client secret.
    Secret {
        /// Months that it lives, 1 to 24; `None` for a year, or less where the organisation allows less.
        months: Option<u32>,
    },
    /// A certificate made here. Its private key is sealed in the vault before the public part is sent.
    MadeCertificate {
        /// As above.
        months: Option<u32>,
    },
    /// A certificate made elsewhere.
    UploadedCertificate(PublicCertificate),
}

/// A certificate to put on a registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedCertificate {
    /// The id that it gets: chosen here, so that it is found again whatever happens to an answer.
    pub key_id: KeyId,
    /// Its name at Microsoft, with the run in it.
    pub name: String,
    /// When it ends, if it is made now.
    pub expires: Timestamp,
    /// How long it is asked to live; the end is counted from the moment of making.
    pub lifetime: SignedDuration,
    /// The public part of one that was made elsewhere, base64 of DER; `None` for one that is made here.
    pub uploaded: Option<String>,
}

impl PlannedCertificate {
    /// Its name without the run.
    pub(crate) fn short_name(&self) -> &str {
        super::held::stem(&self.name)
    }
}

/// The wanted life, cut to what the organisation allows.
pub(super) struct Life {
    pub(super) planned: PlannedSecret,
    pub(super) asked_until: Timestamp,
    pub(super) limited: bool,
}

pub(super) fn life(name: &str, months: Option<u32>, now: Timestamp, longest: Option<SignedDuration>) -> Life {
    let months = u8::try_from(months.unwrap_or(USUAL).clamp(1, MOST)).unwrap_or(12);
    let spec = SecretSpec { display_name: name.to_owned(), months, max_months: months, note: None };
    let planned = lifetime::plan(&spec, now, longest);
    Life { planned: planned.secret, asked_until: planned.asked_until, limited: planned.limited }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_is_a_year_unless_asked_or_limited_otherwise() {
        let now: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let until = |months, longest| life("x", months, now, longest).planned.expires.to_string();
        assert_eq!(until(None, None), "2027-11-20T10:00:00Z");
        assert_eq!(until(Some(6), None), "2027-05-20T10:00:00Z");
        assert_eq!(until(Some(0), None), "2026-12-20T10:00:00Z");
        assert_eq!(until(Some(4_000_000_000), None), "2028-11-20T10:00:00Z");
        let limit = Some(SignedDuration::from_hours(30 * 24));
        assert_eq!(until(None, limit), "2026-12-20T09:00:00Z");
        assert!(life("x", None, now, limit).limited && !life("x", Some(1), now, None).limited);
    }
}
