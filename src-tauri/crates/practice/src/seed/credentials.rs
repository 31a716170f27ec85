//! Secrets and certificates of seeded registrations.

use base64::Engine as _;
use serde_json::{Value, json};

use super::Ground;
use crate::random::Random;
use crate::store::{StoredSecret, Tables};

/// Characters of a client secret that Entra makes: no two that mean something to a shell or a form.
const ALPHABET: &[u8; 66] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

/// When a credential ends; days are counted from now.
#[derive(Debug, Clone, Copy)]
pub(crate) enum End {
    Days(i64),
    /// At the beginning of that day, UTC.
    Midnight(i64),
    Year2299,
    Never,
}

impl End {
    fn date(self, ground: &Ground) -> Value {
        match self {
            Self::Days(days) => json!(ground.date(days)),
            Self::Midnight(days) => json!(format!("{}T00:00:00Z", &ground.date(days)[..10])),
            Self::Year2299 => json!("2299-12-31T00:00:00Z"),
            Self::Never => Value::Null,
        }
    }
}

/// A client secret that started and ends so many days from now.
pub(crate) fn secret(
    ground: &Ground,
    tables: &mut Tables,
    application: &str,
    name: &str,
    start: i64,
    end: i64,
) -> Value {
    secret_until(ground, tables, application, name, start, End::Days(end))
}

/// A client secret that started so many days from now.
pub(crate) fn secret_until(
    ground: &Ground,
    tables: &mut Tables,
    application: &str,
    name: &str,
    start: i64,
    end: End,
) -> Value {
    let mut random = Random::for_purpose(ground.seed, &format!("secret:{application}:{name}:{end:?}"));
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
        "endDateTime": end.date(ground),
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

/// A certificate that signs SAML answers: its private and its public part, and the password that opens the first
/// ("servicePrincipal: addTokenSigningCertificate"). Nobody has the private key.
pub(crate) fn signing_certificate(
    ground: &Ground,
    enterprise: &str,
    name: &str,
    (start, end): (i64, i64),
) -> SigningCertificate {
    let mut random = Random::for_purpose(ground.seed, &format!("saml:{enterprise}:{name}"));
    let bytes: Vec<u8> = (0..20).map(|_| u8::try_from(random.below(256)).unwrap_or(0)).collect();
    let thumbprint = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    let identifier = base64::engine::general_purpose::STANDARD.encode(&bytes);
    let (private, public) = (random.guid(), random.guid());
    let key = |id: &str, kind: &str, usage: &str| {
        json!({
            "customKeyIdentifier": identifier, "displayName": format!("CN={name}"), "endDateTime": ground.date(end),
            "key": null, "keyId": id, "startDateTime": ground.date(start), "type": kind, "usage": usage,
        })
    };
    let password = json!({
        "customKeyIdentifier": identifier, "displayName": format!("CN={name}"), "endDateTime": ground.date(end),
        "hint": null, "keyId": private, "secretText": null, "startDateTime": ground.date(start),
    });
    let keys = [key(&private, "X509CertAndPassword", "Sign"), key(&public, "AsymmetricX509Cert", "Verify")];
    SigningCertificate { keys, password, thumbprint }
}

/// The parts of a SAML signing certificate on an enterprise app.
pub(crate) struct SigningCertificate {
    pub(crate) keys: [Value; 2],
    pub(crate) password: Value,
    /// SHA-1 in upper-case hexadecimal, as `preferredTokenSigningKeyThumbprint` has it.
    pub(crate) thumbprint: String,
}
