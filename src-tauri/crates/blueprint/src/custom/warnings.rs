//! What to look at twice in a connector from elsewhere.

use crate::builtin;
use crate::catalogue::{self, Risk};
use crate::connector::{Connector, SignInAudience};

/// Warnings, one sentence each, the one that always holds first.
pub(super) fn of(connector: &Connector) -> Vec<String> {
    let mut all = vec![format!(
        "Nobody at Gatehouse has checked this file. It says that it is for {} by {}. Ask whoever sent it.",
        connector.product, connector.vendor
    )];
    if let Some(known) = builtin::find(&connector.id) {
        all.push(format!("A connector called “{}” comes with Gatehouse. This is another one.", known.name));
    }
    let names = [&connector.vendor, &connector.product, &connector.name];
    for known in ["Microsoft", "Gatehouse"] {
        if names.iter().any(|name| name.to_lowercase().contains(&known.to_lowercase())) {
            all.push(format!("It uses the name {known}. That says nothing about who made it."));
        }
    }
    if let Some(word) =
        names.iter().flat_map(|name| name.split_whitespace()).find(|word| reads_as_latin(word))
    {
        all.push(format!("The word “{word}” is in another alphabet and looks like a Latin word."));
    }
    for registration in &connector.registrations {
        if registration.audiences.first().is_some_and(|offer| offer.audience != SignInAudience::AzureAdMyOrg)
        {
            all.push(format!("The app “{}” is open to other organisations.", registration.display_name));
        }
        let unknown = registration.permissions.iter().filter(|asked| {
            catalogue::resource(&asked.resource, None)
                .is_some_and(|api| catalogue::find(api.app_id, &asked.value, asked.kind).is_none())
        });
        all.extend(unknown.map(|asked| {
            format!("Nobody here knows the permission {}. Look it up at the maker of the API.", asked.value)
        }));
        if registration.permissions.iter().any(is_critical) {
            all.push(
                "It asks for permissions that could give somebody the whole organisation. They are off."
                    .to_owned(),
            );
        }
    }
    all.dedup();
    all
}

fn is_critical(asked: &crate::connector::RequestedPermission) -> bool {
    catalogue::resource(&asked.resource, None)
        .and_then(|api| catalogue::find(api.app_id, &asked.value, asked.kind))
        .is_some_and(|known| known.risk == Risk::Critical)
}

/// Cyrillic and Greek letters that look the same as a Latin one in most typefaces.
const TWINS: &str = "аеорсухѕіјһԁԛԝАВЕКМНОРСТУХЅІЈԌԚԜαινορυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";

/// Whether a word of another alphabet consists of nothing but letters that look like Latin ones: `сосо`.
fn reads_as_latin(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| TWINS.contains(c))
}
