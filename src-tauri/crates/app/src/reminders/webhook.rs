//! The address for messages: it lets anyone write there, so it is sealed like a secret.

use std::sync::Arc;

use contract::{AppError, ErrorCode, WebhookAddress};
use secrecy::SecretString;
use vault::{RecordAddress, RecordId, RecordKind, VaultError};
use watch::reminders::ChannelFault;
use watch::reminders::webhook::Webhook;

use crate::App;
use crate::errors::{Answer, Explain, OrExplain};
use crate::space::OpenSpace;

/// Where the address lies in the vault.
fn place() -> Result<RecordAddress, VaultError> {
    RecordAddress::new(RecordId::new("webhook/reminders")?, RecordKind::Password, "reminders".to_owned())
}

impl App {
    /// Keeps or forgets the address.
    pub(super) async fn keep_webhook(&self, space: &OpenSpace, address: WebhookAddress) -> Answer<()> {
        let text = address.url.take();
        let vault = space.open_vault().await?;
        let place = place().or_explain()?;
        if text.trim().is_empty() {
            vault.remove(place.id()).await.or_explain()?;
            return Ok(());
        }
        let url = SecretString::from(text.trim().to_owned());
        Webhook::new(space.http.clone(), url.clone(), self.clock()).map_err(|fault| fault.explain())?;
        vault.put(&place, "address for messages", &url).await.or_explain()?;
        let ledger = self.reminder_ledger(space).await?;
        ledger.try_again(watch::reminders::ChannelKind::Webhook).await.or_explain()
    }

    /// The way to the address; none where there is no address, and why not where it cannot be opened now.
    pub(super) async fn webhook(&self, space: &OpenSpace) -> Answer<Option<Arc<Webhook>>> {
        let vault = space.open_vault().await?;
        match vault.get(&place().or_explain()?).await {
            Ok(url) => Webhook::new(space.http.clone(), url, self.clock())
                .map(|webhook| Some(Arc::new(webhook)))
                .map_err(|fault: ChannelFault| fault.explain()),
            Err(VaultError::NotFound) => Ok(None),
            Err(error) => Err(error.explain()),
        }
    }
}

/// Messages are switched on, and there is nowhere to send them.
pub(super) fn no_address() -> AppError {
    AppError::new(ErrorCode::AnswersNeedAttention)
        .because("There is no address for messages yet.")
        .advise("Enter the address that Teams or your service gave you.")
}
