//! What can be wrong with a certificate that somebody brings along.

/// Why a certificate is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateFault {
    /// It holds a private key. That key is now also where it was copied from.
    #[error("there is a private key in it")]
    PrivateKey,
    /// Several certificates at once.
    #[error("there is more than one certificate in it")]
    Several,
    /// Neither PEM nor base64 of DER.
    #[error("it cannot be read as a certificate")]
    Unreadable,
    /// More text than a certificate ever has.
    #[error("it is too long for a certificate")]
    TooLong,
    /// Its last day is over.
    #[error("it has ended")]
    Ended,
    /// It begins later than tomorrow.
    #[error("it has not begun")]
    NotBegun,
    /// Not an RSA key.
    #[error("its key is not an RSA key")]
    NotRsa,
    /// An RSA key of fewer than 2,048 bits, or of more than 8,192.
    #[error("the length of its key is not accepted")]
    KeyLength,
    /// Signed with MD5 or SHA-1.
    #[error("it is signed with a method that is not safe any more")]
    WeakSignature,
    /// It says itself that its key is not for signing.
    #[error("it is not for signing")]
    NotForSigning,
}

impl CertificateFault {
    /// A short word for it, stable.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::PrivateKey => "private-key",
            Self::Several => "several",
            Self::Unreadable => "unreadable",
            Self::TooLong => "too-long",
            Self::Ended => "ended",
            Self::NotBegun => "not-begun",
            Self::NotRsa => "not-rsa",
            Self::KeyLength => "key-length",
            Self::WeakSignature => "weak-signature",
            Self::NotForSigning => "not-for-signing",
        }
    }

    /// What happened, why, and what to do.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::PrivateKey => (
                "There is a private key in this text",
                "A private key belongs only to the computer that signs in with it. Gatehouse did not keep this one.",
                "Paste the certificate alone, from BEGIN CERTIFICATE to END CERTIFICATE. If the key was sent to you by mail or chat, \
                 have a new one made.",
            ),
            Self::Several => (
                "There is more than one certificate in this text",
                "An app signs in with one certificate. The others are often those of the authority that signed it.",
                "Paste only the first one, which names the app or its computer.",
            ),
            Self::Unreadable => (
                "This is not a certificate that Gatehouse can read",
                "A certificate begins with BEGIN CERTIFICATE, or is one long line of letters and digits.",
                "Open the .cer, .crt or .pem file in a text editor and paste all of it.",
            ),
            Self::TooLong => (
                "This text is too long for a certificate",
                "A certificate has some thousand characters at most.",
                "Paste the text of the certificate alone.",
            ),
            Self::Ended => (
                "This certificate has ended",
                "Microsoft refuses sign-ins with a certificate whose last day is over.",
                "Have a new certificate made, and paste that one.",
            ),
            Self::NotBegun => (
                "This certificate does not work yet",
                "Its first day is still to come, so a product could not sign in with it today.",
                "Paste one that works today, or come back on its first day.",
            ),
            Self::NotRsa => (
                "Microsoft does not take this kind of key",
                "Apps sign in with certificates that have an RSA key. This one has another kind.",
                "Have a certificate with an RSA key of 2,048 bits or more made.",
            ),
            Self::KeyLength => (
                "The key of this certificate has a length that is not taken",
                "A key of fewer than 2,048 bits is not safe any more, and of more than 8,192 is not taken.",
                "Have a certificate with an RSA key of 2,048, 3,072 or 4,096 bits made.",
            ),
            Self::WeakSignature => (
                "This certificate is signed in a way that is not safe any more",
                "It uses MD5 or SHA-1, which can be forged.",
                "Have a certificate made that is signed with SHA-256.",
            ),
            Self::NotForSigning => (
                "This certificate is not for signing",
                "It says itself what its key may be used for, and signing is not among it. A product signs in by signing.",
                "Have a certificate for “digital signature” made.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_fault_says_what_why_and_what_to_do_in_plain_words() {
        use CertificateFault as F;
        let all = [
            F::PrivateKey,
            F::Several,
            F::Unreadable,
            F::TooLong,
            F::Ended,
            F::NotBegun,
            F::NotRsa,
            F::KeyLength,
            F::WeakSignature,
            F::NotForSigning,
        ];
        let codes: BTreeSet<_> = all.iter().map(|fault| fault.code()).collect();
        assert_eq!(codes.len(), all.len());
        for fault in all {
            let (what, why, next) = fault.words();
            assert!(!what.ends_with('.') && why.ends_with('.') && next.ends_with('.'), "{fault:?}");
            for word in ["please", "invalid", "error", "failed"] {
                assert!(!format!("{what} {why} {next}").to_lowercase().contains(word), "{fault:?}: {word}");
            }
        }
    }
}
