//! Certificates that a vendor supplied.

use super::InputProblem;

/// Longest certificate, in bytes of text. The largest that are in use are below 8 KiB.
const MAX_BYTES: usize = 16 * 1024;
const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// One certificate in PEM form (RFC 7468), tidied: one block, lines of 64 characters.
///
/// The structure inside is not looked at here; Microsoft refuses what is no certificate.
pub(super) fn check(typed: &str) -> Result<String, InputProblem> {
    if typed.contains("PRIVATE KEY") {
        return Err(InputProblem::PrivateKey);
    }
    if typed.len() > MAX_BYTES {
        return Err(InputProblem::TooLong { max: MAX_BYTES as u32 });
    }
    let body = typed
        .strip_prefix(BEGIN)
        .and_then(|rest| rest.strip_suffix(END))
        .ok_or(InputProblem::NotACertificate)?;
    let body: String = body.split_whitespace().collect();
    let base64 = body.trim_end_matches('=');
    let alphabet = base64.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/');
    // A DER sequence of more than 127 bytes begins with 0x30 0x8?, which is "MI" in base64.
    if !alphabet
        || !body.len().is_multiple_of(4)
        || body.len() - base64.len() > 2
        || !base64.starts_with("MI")
    {
        return Err(InputProblem::NotACertificate);
    }
    let mut pem = format!("{BEGIN}\n");
    for line in body.as_bytes().chunks(64) {
        pem.extend(line.iter().map(|byte| char::from(*byte)));
        pem.push('\n');
    }
    pem.push_str(END);
    pem.push('\n');
    Ok(pem)
}
