//! What a connection is for, and the least that Microsoft has for it.

use blueprint::{PermissionKind, catalogue};
use contract::{PermissionWords, PersonalFeature};
use identity::{Cloud, Scopes};

use crate::view;

/// Every feature, in the order in which people read them.
pub(crate) const ALL: [PersonalFeature; 7] = [
    PersonalFeature::CalendarRead,
    PersonalFeature::CalendarWrite,
    PersonalFeature::MailRead,
    PersonalFeature::MailWrite,
    PersonalFeature::MailSend,
    PersonalFeature::ContactsRead,
    PersonalFeature::ContactsWrite,
];

/// Who it is: every connection asks for it, so that accounts can be told apart.
pub(super) const WHO: &str = "User.Read";

/// The delegated permission of Microsoft Graph that a feature needs
/// (<https://learn.microsoft.com/graph/permissions-reference>).
pub(crate) const fn scope(feature: PersonalFeature) -> &'static str {
    match feature {
        PersonalFeature::CalendarRead => "Calendars.Read",
        PersonalFeature::CalendarWrite => "Calendars.ReadWrite",
        PersonalFeature::MailRead => "Mail.Read",
        PersonalFeature::MailWrite => "Mail.ReadWrite",
        PersonalFeature::MailSend => "Mail.Send",
        PersonalFeature::ContactsRead => "Contacts.Read",
        PersonalFeature::ContactsWrite => "Contacts.ReadWrite",
    }
}

/// What a feature does for the person.
const fn why(feature: PersonalFeature) -> &'static str {
    match feature {
        PersonalFeature::CalendarRead => "To show when you are busy.",
        PersonalFeature::CalendarWrite => "To put meetings into your calendar, and to move or cancel them.",
        PersonalFeature::MailRead => "To find the mail that belongs to the work.",
        PersonalFeature::MailWrite => "To save drafts, and to sort or delete mail for you.",
        PersonalFeature::MailSend => "To send mail from your address.",
        PersonalFeature::ContactsRead => "To find the people you know.",
        PersonalFeature::ContactsWrite => "To add people to your contacts, and to keep them up to date.",
    }
}

/// The feature that contains this one: who may change may also read.
const fn contained_in(feature: PersonalFeature) -> Option<PersonalFeature> {
    match feature {
        PersonalFeature::CalendarRead => Some(PersonalFeature::CalendarWrite),
        PersonalFeature::MailRead => Some(PersonalFeature::MailWrite),
        PersonalFeature::ContactsRead => Some(PersonalFeature::ContactsWrite),
        _ => None,
    }
}

/// What was chosen, each once and in order, without what another choice contains.
pub(crate) fn chosen(features: &[PersonalFeature]) -> Vec<PersonalFeature> {
    let wanted = |feature: &PersonalFeature| {
        features.contains(feature) && contained_in(*feature).is_none_or(|larger| !features.contains(&larger))
    };
    ALL.into_iter().filter(wanted).collect()
}

/// The permission of a feature, in words.
pub(crate) fn words(feature: PersonalFeature) -> PermissionWords {
    let (name, why) = (scope(feature), why(feature));
    match catalogue::find(catalogue::MICROSOFT_GRAPH, name, PermissionKind::Delegated) {
        Some(permission) => view::permission::of(&permission, why),
        None => {
            let key = format!("{}/{name}/{}", catalogue::MICROSOFT_GRAPH, PermissionKind::Delegated);
            view::permission::unknown(key, name, "Microsoft Graph", PermissionKind::Delegated, why)
        }
    }
}

/// The permissions of some features, in words.
pub(crate) fn permissions(features: &[PersonalFeature]) -> Vec<PermissionWords> {
    chosen(features).into_iter().map(words).collect()
}

/// What is asked for at Microsoft for some features, as this cloud spells it.
pub(crate) fn asked(cloud: &Cloud, features: &[PersonalFeature]) -> Scopes {
    spelled(cloud, chosen(features).into_iter().map(scope))
}

/// Names of permissions as this cloud spells them, and who it is.
pub(super) fn spelled<'n>(cloud: &Cloud, names: impl IntoIterator<Item = &'n str>) -> Scopes {
    std::iter::once(WHO).chain(names).map(|name| cloud.graph_scope(name)).collect()
}

/// The name of a permission, without the address of its API.
pub(super) fn name_of(scope: &str) -> &str {
    scope.rsplit('/').next().unwrap_or(scope)
}

/// Whether a token with these permissions serves a feature: the permission itself, or a larger one.
pub(super) fn serves(names: &[String], feature: PersonalFeature) -> bool {
    let has = |name: &str| names.iter().any(|one| one.eq_ignore_ascii_case(name));
    has(scope(feature)) || contained_in(feature).is_some_and(|larger| has(scope(larger)))
}

#[cfg(test)]
mod tests {
    use PersonalFeature::{CalendarRead, CalendarWrite, ContactsRead, MailRead, MailSend, MailWrite};

    use super::*;

    #[test]
    fn the_least_is_asked_for_each_choice() {
        assert_eq!(chosen(&[MailSend, CalendarWrite, CalendarRead, MailSend]), [CalendarWrite, MailSend]);
        assert_eq!(chosen(&[ContactsRead, MailRead]), [MailRead, ContactsRead]);
        let asked = asked(&Cloud::global(), &[MailRead, MailWrite, MailSend]).to_string();
        let names: Vec<&str> = asked.split(' ').map(name_of).collect();
        assert_eq!(names, ["Mail.ReadWrite", "Mail.Send", "User.Read"]);
    }

    #[test]
    fn every_feature_has_a_plain_sentence_of_its_own() {
        let mut sentences: Vec<String> = ALL.into_iter().map(|one| words(one).sentence).collect();
        assert!(sentences.iter().all(|sentence| !sentence.contains('“')), "{sentences:?}");
        sentences.dedup();
        assert_eq!(sentences.len(), ALL.len());
        for feature in ALL {
            let words = words(feature);
            assert_eq!(words.value, scope(feature));
            assert!(!words.why.is_empty());
        }
    }

    #[test]
    fn a_larger_permission_serves_the_smaller_wish() {
        let have = ["Calendars.ReadWrite".to_owned(), "mail.read".to_owned()];
        assert!(serves(&have, CalendarRead) && serves(&have, CalendarWrite) && serves(&have, MailRead));
        assert!(!serves(&have, MailWrite) && !serves(&have, MailSend));
    }
}
