//! What a product gets of a connection: a token on request, a file with facts, and a test message.

use std::sync::Arc;

use contract::{AppError, Changed, CopyReceipt, ErrorCode, PersonalConnection, PersonalFeature};
use contract::{PersonalOutcome, PersonalProof, When};
use graph::mail::{self, Mailbox};
use net::call::Outcome;
use secrecy::SecretString;
use serde::Serialize;

use super::features;
use super::stored::{Standing, Stored};
use crate::errors::{Answer, Explain, OrExplain, no_such};
use crate::space::OpenSpace;
use crate::{App, clouds, files};

/// The form of the file, with its version (docs/my-account.md).
const FORMAT: &str = "gatehouse-connection/1";

/// The file: facts, and nothing that opens anything.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ConnectionFile<'a> {
    format: &'static str,
    product: &'a str,
    client_id: &'a str,
    authority: String,
    graph: String,
    tenant_id: &'a str,
    tenant_name: &'a str,
    account: AccountFile<'a>,
    scopes: Vec<&'static str>,
    in_token: Option<&'a [String]>,
    connected_at: When,
    last_used_at: Option<When>,
    works_until: Option<When>,
    works: bool,
    note: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AccountFile<'a> {
    name: &'a str,
    sign_in_name: &'a str,
    object_id: &'a str,
    personal: bool,
    guest: bool,
}

impl App {
    /// Copies a token of the connection for a product that wants one, in Rust.
    pub async fn personal_copy_token(&self, id: &str) -> Answer<CopyReceipt> {
        let token = self.personal_access_token(id).await?;
        self.copy_secret(token).await
    }

    /// An access token of the connection, as fresh as the session gives it.
    ///
    /// # Errors
    /// When the vault is closed or Microsoft gives none; a refusal that only the person can settle is noted.
    pub async fn personal_access_token(&self, id: &str) -> Result<SecretString, AppError> {
        let space = self.space()?;
        let stored = self.personal_stored(&space, id)?;
        let session = self.personal_session(&space, &stored).await?;
        let asked = features::asked(&session.cloud, &stored.features);
        let token = session.provider.token(&asked, None).await.or_explain()?;
        let names = super::check::names(&token);
        let now = self.now();
        let kept = self.amend_personal(&space, id, |stored| {
            stored.take_in_token(names, now);
            stored.standing = Standing::Works;
        })?;
        if kept.is_none() {
            session.provider.sign_out().await.or_explain()?;
            return Err(no_such("connection"));
        }
        self.changed(Changed::Personal);
        Ok(SecretString::from(token.expose()))
    }

    /// Saves the connection's facts (no token) for a product to the person's downloads; gives the path.
    pub async fn personal_save_file(&self, id: &str) -> Answer<String> {
        let space = self.space()?;
        let stored = self.personal_stored(&space, id)?;
        let text = file(&space, &stored)?;
        let name = format!("{}.gatehouse-connection.json", slug(&stored.product));
        files::save_for_person(&self.0.options.downloads, &name, text.as_bytes())
    }

    /// Sends a test message to the person's own address.
    pub async fn personal_test_message(&self, id: &str) -> Answer<PersonalConnection> {
        let space = self.space()?;
        let stored = self.personal_stored(&space, id)?;
        if !stored.features.contains(&PersonalFeature::MailSend) {
            return Err(
                AppError::new(ErrorCode::NoSuchThing).because("This connection is not for sending mail.")
            );
        }
        let session = self.personal_session(&space, &stored).await?;
        let to = stored.mail.clone().unwrap_or_else(|| stored.upn.clone());
        let text = format!(
            "This message shows that {} may send mail in your name. You asked for it in Gatehouse. You can delete it.",
            stored.product
        );
        let sent =
            session.graph.send(mail::send(&Mailbox::Mine, &to, "A test message to yourself", &text)).await;
        let outcome = match sent {
            Ok(()) => PersonalOutcome::Works {
                sentence: format!("A test message went to {to}."),
                lines: Vec::new(),
            },
            Err(error) if error.outcome() == Outcome::Ambiguous => PersonalOutcome::Failed {
                error: error
                    .explain()
                    .because(
                        "The way to Microsoft broke off in the middle, so the message may have gone out.",
                    )
                    .advise("Look into your inbox before you try again."),
            },
            Err(error) => PersonalOutcome::Failed { error: error.explain() },
        };
        let now = self.now();
        let proof = PersonalProof { feature: PersonalFeature::MailSend, outcome, at: When(now) };
        let kept = self.amend_personal(&space, id, |stored| {
            stored.take_in_proofs(std::slice::from_ref(&proof));
            stored.last_used_at = Some(now);
        })?;
        let stored = kept.ok_or_else(|| no_such("connection"))?;
        self.changed(Changed::Personal);
        Ok(self.personal_view(&space, &stored))
    }
}

fn file(space: &Arc<OpenSpace>, stored: &Stored) -> Answer<String> {
    let cloud = clouds::by_id(space, &stored.cloud)?;
    let file = ConnectionFile {
        format: FORMAT,
        product: &stored.product,
        client_id: stored.client_id.as_str(),
        authority: format!("{}{}", cloud.login(), stored.key.tenant_id),
        graph: cloud.graph().to_string(),
        tenant_id: stored.key.tenant_id.as_str(),
        tenant_name: &stored.tenant_name,
        account: AccountFile {
            name: &stored.name,
            sign_in_name: &stored.upn,
            object_id: stored.key.object_id.as_str(),
            personal: stored.personal(),
            guest: stored.guest,
        },
        scopes: stored.features.iter().map(|feature| features::scope(*feature)).collect(),
        in_token: stored.in_token.as_deref(),
        connected_at: When(stored.connected_at),
        last_used_at: stored.last_used_at.map(When),
        works_until: stored.lasts_until().map(When),
        works: stored.standing == Standing::Works,
        note: "Facts only: no password, no token and no secret is in this file.",
    };
    serde_json::to_string_pretty(&file).map_err(|_| AppError::new(ErrorCode::Internal))
}

/// A name as part of a file's name.
fn slug(name: &str) -> String {
    let plain: String =
        name.to_lowercase().chars().map(|one| if one.is_ascii_alphanumeric() { one } else { '-' }).collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let joined = words.join("-");
    if joined.is_empty() { "connection".to_owned() } else { joined.chars().take(40).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_names_its_file_whatever_it_is_called() {
        assert_eq!(slug("Totalview 365"), "totalview-365");
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
        assert_eq!(slug("日本"), "connection");
        assert_eq!(slug(&"x".repeat(200)).len(), 40);
    }
}
