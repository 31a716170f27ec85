//! Secrets and certificates of seeded registrations.

use serde_json::{Value, json};

use super::Ground;
use crate::random::Random;
use crate::store::{StoredSecret, Tables};

/// Characters of a client secret that Entra makes: no two that mean something to a shell or a form.
const ALPHABET: &[u8; 66] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

/// A client secret that started and ends so many days from now.
pub(crate) fn secret(
    ground: &Ground,
    tables: &mut Tables,
    application: &str,
    name: &str,
    start: i64,
    end: i64,
) -> Value {
    let mut random = Random::for_purpose(ground.seed, &format!("secret:{application}:{name}:{end}"));
    let key_id = random.guid();
    let mut value: String =
        (0..40).filter_map(|_| random.pick(ALPHABET)).map(|byte| char::from(*byte)).collect();
    // Since 2021 Entra's secrets carry this mark in fourth place, so that scanners find them.
    value.replace_range(3..6, "8Q~");
    let hint = value[..3].to_owned();
    tables.secrets.insert(
        key_id.clone(),
        StoredSecret { owner: application.to_owned(), value, created: ground.days(start) },
    );
    json!({
        "customKeyIdentifier": null,
        "displayName": name,
        "endDateTime": ground.date(end),
        "hint": hint,
        "keyId": key_id,
        "secretText": null,
        "startDateTime": ground.date(start),
    })
}

/// A certificate; nobody has its private key.
pub(crate) fn certificate(ground: &Ground, application: &str, name: &str, start: i64, end: i64) -> Value {
    let mut random = Random::for_purpose(ground.seed, &format!("certificate:{application}:{name}"));
    let thumbprint: String = (0..20).map(|_| format!("{:02X}", random.below(256))).collect();
    json!({
        "customKeyIdentifier": thumbprint,
        "displayName": format!("CN={name}"),
        "endDateTime": ground.date(end),
        "key": null,
        "keyId": random.guid(),
        "startDateTime": ground.date(start),
        "type": "AsymmetricX509Cert",
        "usage": "Verify",
    })
}
