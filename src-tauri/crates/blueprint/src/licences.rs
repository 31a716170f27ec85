//! Licences by the names that people know.

/// Part number, name, and whether it brings a mailbox. ("Product names and service plan identifiers for licensing", Microsoft
/// Learn; the service plans `EXCHANGE_S_*`.)
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

/// The name of a licence on Microsoft's price list, by its part number; the part number where nobody knows it.
#[must_use]
pub fn name(part_number: &str) -> &str {
    find(part_number).map_or(part_number, |(_, name, _)| name)
}

/// Whether a licence brings a mailbox. One that nobody knows does not, as far as can be told.
#[must_use]
pub fn brings_mailbox(part_number: &str) -> bool {
    find(part_number).is_some_and(|(_, _, mailbox)| *mailbox)
}

fn find(part_number: &str) -> Option<&'static (&'static str, &'static str, bool)> {
    KNOWN.iter().find(|(part, _, _)| part.eq_ignore_ascii_case(part_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_has_its_name_from_the_price_list() {
        assert_eq!((name("SPB"), brings_mailbox("SPB")), ("Microsoft 365 Business Premium", true));
        assert_eq!(
            (name("spb"), brings_mailbox("POWER_BI_STANDARD")),
            ("Microsoft 365 Business Premium", false)
        );
        assert_eq!((name("MADE_UP"), brings_mailbox("MADE_UP")), ("MADE_UP", false));
    }

    #[test]
    fn no_part_number_is_there_twice() {
        let mut parts: Vec<&str> = KNOWN.iter().map(|(part, _, _)| *part).collect();
        parts.sort_unstable();
        parts.dedup();
        assert_eq!(parts.len(), KNOWN.len());
    }
}
