//! A made certificate with its private key, for the product: PEM, the key under the person's passphrase.

use contract::{AppError, ErrorCode, RotationKeyFile};
use pkcs8::der::Decode as _;
use pkcs8::der::pem::LineEnding;
use pkcs8::pkcs5::pbes2;
use pkcs8::{EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef, SecretDocument};
use provision::{KeptCertificate, SecretStore};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::App;
use crate::errors::{Answer, Explain, OrExplain, no_such};
use crate::files;

/// What OWASP advises for PBKDF2 with SHA-256; OpenSSL, Java and .NET all read it.
const ROUNDS: u32 = 600_000;
/// After this, the certificate follows.
const KEY_ENDS: &str = "-----END PRIVATE KEY-----";
/// The shortest passphrase that is taken.
const SHORTEST: usize = 12;

impl App {
    /// Saves a made certificate with its key to the person's downloads, the key sealed with a passphrase; gives the path.
    pub async fn rotation_save_key(&self, wanted: RotationKeyFile) -> Answer<String> {
        let space = self.space()?;
        let kept = self.kept_rotation(&space, &wanted.rotation_id)?;
        let passphrase = SecretString::from(wanted.passphrase.take());
        if passphrase.expose_secret().chars().count() < SHORTEST {
            return Err(AppError::new(ErrorCode::PassphraseTooShort));
        }
        if kept.uploaded {
            return Err(AppError::new(ErrorCode::NoSuchThing)
                .because("This certificate was made elsewhere. Its private key has never been here."));
        }
        let address = self.address_of_new(&space, &kept).await?;
        let vault = space.open_vault().await?;
        let text = SecretStore::key(vault, &address).await.or_explain()?;
        let text = text.ok_or_else(|| vault::VaultError::NotFound.explain())?;
        let certificate = KeptCertificate::read(text).ok_or_else(|| no_such("certificate"))?;
        let name = format!("certificate-{}.pem", certificate.thumbprint().to_lowercase());
        // Deriving a key from a passphrase is meant to take long.
        let sealed = tokio::task::spawn_blocking(move || sealed(&certificate, &passphrase)).await;
        let content = sealed.ok().flatten().ok_or_else(|| AppError::new(ErrorCode::Internal))?;
        files::save_for_person(&self.0.options.downloads, &name, content.as_bytes())
    }
}

/// `ENCRYPTED PRIVATE KEY` (PKCS #8, PBES2 with AES-256), then `CERTIFICATE`. None when the library refuses.
fn sealed(certificate: &KeptCertificate, passphrase: &SecretString) -> Option<Zeroizing<String>> {
    let text = certificate.text().expose_secret();
    let end = text.find(KEY_ENDS)? + KEY_ENDS.len();
    let (label, key) = SecretDocument::from_pem(&text[..end]).ok()?;
    if label != "PRIVATE KEY" {
        return None;
    }
    let key = PrivateKeyInfoRef::from_der(key.as_bytes()).ok()?;
    let (salt, iv): ([u8; 16], [u8; 16]) = (rand::random(), rand::random());
    let how = pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(ROUNDS, &salt, iv).ok()?;
    let sealed = key.encrypt_with_params(how, passphrase.expose_secret().as_bytes()).ok()?;
    EncryptedPrivateKeyInfoRef::from_der(sealed.as_bytes()).ok()?;
    let pem = sealed.to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF).ok()?;
    let public = text.find("-----BEGIN CERTIFICATE-----").map(|at| &text[at..])?;
    Some(Zeroizing::new(format!("{}{public}", pem.as_str())))
}
