//! The organisation's licences, for an account that a product signs in with.

use blueprint::licences;
use contract::LicenceView;
use graph::resources::SubscribedSku;

use crate::App;
use crate::errors::{Answer, OrExplain};

impl App {
    /// The organisation's licences: those that bring a mailbox first, then by name.
    pub async fn licences(&self) -> Answer<Vec<LicenceView>> {
        let skus = self.graph().await?.all(graph::licences::subscribed()).await.or_explain()?;
        let mut licences: Vec<LicenceView> = skus.iter().map(view).collect();
        licences.sort_by_key(|one| (!one.mailbox, one.unavailable.is_some(), one.name.to_lowercase()));
        Ok(licences)
    }
}

fn view(sku: &SubscribedSku) -> LicenceView {
    let units = sku.prepaid_units.as_ref();
    let seats = units.map_or(0, |units| units.enabled.unwrap_or(0) + units.warning.unwrap_or(0));
    let number = |units: i64| u32::try_from(units.max(0)).unwrap_or(u32::MAX);
    let free = sku.free();
    let usable =
        sku.capability_status.as_deref().is_none_or(|status| matches!(status, "Enabled" | "Warning"));
    LicenceView {
        sku_id: sku.sku_id.clone(),
        part_number: sku.sku_part_number.clone(),
        name: licences::name(&sku.sku_part_number).to_owned(),
        seats: number(seats),
        free: number(free.unwrap_or(0)),
        mailbox: licences::brings_mailbox(&sku.sku_part_number),
        unavailable: match (usable, free) {
            (false, _) => Some("Microsoft has suspended it. Look at the bill, or take another.".to_owned()),
            (true, Some(0)) => Some("All seats are taken. Buy one, free one, or take another.".to_owned()),
            (true, _) => None,
        },
    }
}
