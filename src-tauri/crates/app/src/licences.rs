//! The organisation's licences, for an account that a product signs in with.

use contract::LicenceView;
use graph::resources::SubscribedSku;

use crate::App;
use crate::errors::{Answer, OrExplain};

/// Licences that people know by a name, and whether they bring a mailbox. ("Product names and service plan identifiers for
/// licensing", Microsoft Learn; the service plans `EXCHANGE_S_*`.)
const KNOWN: &[(&str, &str, bool)] = &[
    ("EXCHANGESTANDARD", "Exchange Online (Plan 1)", true),
    ("EXCHANGEENTERPRISE", "Exchange Online (Plan 2)", true),
    ("EXCHANGEDESKLESS", "Exchange Online Kiosk", true),
    ("O365_BUSINESS_ESSENTIALS", "Microsoft 365 Business Basic", true),
    ("O365_BUSINESS_PREMIUM", "Microsoft 365 Business Standard", true),
    ("O365_BUSINESS", "Microsoft 365 Apps for business", false),
    ("SPB", "Microsoft 365 Business Premium", true),
    ("STANDARDPACK", "Office 365 E1", true),
    ("ENTERPRISEPACK", "Office 365 E3", true),
    ("ENTERPRISEPREMIUM", "Office 365 E5", true),
    ("DESKLESSPACK", "Office 365 F3", true),
    ("SPE_E3", "Microsoft 365 E3", true),
    ("SPE_E5", "Microsoft 365 E5", true),
    ("SPE_F1", "Microsoft 365 F3", true),
    ("M365_F1", "Microsoft 365 F1", false),
    ("DEVELOPERPACK_E5", "Microsoft 365 E5 Developer", true),
    ("FLOW_FREE", "Microsoft Power Automate Free", false),
    ("POWER_BI_STANDARD", "Power BI (free)", false),
    ("AAD_PREMIUM", "Microsoft Entra ID P1", false),
    ("AAD_PREMIUM_P2", "Microsoft Entra ID P2", false),
    ("EMS", "Enterprise Mobility + Security E3", false),
    ("EMSPREMIUM", "Enterprise Mobility + Security E5", false),
    ("VISIOCLIENT", "Visio Plan 2", false),
    ("PROJECTPROFESSIONAL", "Project Plan 3", false),
];

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
    let known = KNOWN.iter().find(|(part, _, _)| *part == sku.sku_part_number);
    let units = sku.prepaid_units.as_ref();
    let seats = units.map_or(0, |units| units.enabled.unwrap_or(0) + units.warning.unwrap_or(0));
    let number = |units: i64| u32::try_from(units.max(0)).unwrap_or(u32::MAX);
    let free = sku.free();
    let usable =
        sku.capability_status.as_deref().is_none_or(|status| matches!(status, "Enabled" | "Warning"));
    LicenceView {
        sku_id: sku.sku_id.clone(),
        part_number: sku.sku_part_number.clone(),
        name: known.map_or_else(|| sku.sku_part_number.clone(), |(_, name, _)| (*name).to_owned()),
        seats: number(seats),
        free: number(free.unwrap_or(0)),
        mailbox: known.is_some_and(|(_, _, mailbox)| *mailbox),
        unavailable: match (usable, free) {
            (false, _) => Some("Microsoft has suspended it. Look at the bill, or take another.".to_owned()),
            (true, Some(0)) => Some("All seats are taken. Buy one, free one, or take another.".to_owned()),
            (true, _) => None,
        },
    }
}
