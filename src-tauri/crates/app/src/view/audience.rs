//! Account types: what they mean and what follows from them.

use contract::{AudienceOffer, SignInAudience};

/// An account type on offer.
pub(crate) fn offer(audience: blueprint::SignInAudience, note: Option<String>) -> AudienceOffer {
    AudienceOffer {
        audience: shown(audience),
        sentence: audience.sentence().to_owned(),
        note,
        consequences: consequences(audience).iter().map(|&one| one.to_owned()).collect(),
    }
}

/// As the window has it.
pub(crate) fn shown(audience: blueprint::SignInAudience) -> SignInAudience {
    match audience {
        blueprint::SignInAudience::AzureAdMyOrg => SignInAudience::AzureAdMyOrg,
        blueprint::SignInAudience::AzureAdMultipleOrgs => SignInAudience::AzureAdMultipleOrgs,
        blueprint::SignInAudience::AzureAdAndPersonalMicrosoftAccount => {
            SignInAudience::AzureAdAndPersonalMicrosoftAccount
        }
        blueprint::SignInAudience::PersonalMicrosoftAccount => SignInAudience::PersonalMicrosoftAccount,
    }
}

/// As the connectors have it.
pub(crate) fn chosen(audience: SignInAudience) -> blueprint::SignInAudience {
    match audience {
        SignInAudience::AzureAdMyOrg => blueprint::SignInAudience::AzureAdMyOrg,
        SignInAudience::AzureAdMultipleOrgs => blueprint::SignInAudience::AzureAdMultipleOrgs,
        SignInAudience::AzureAdAndPersonalMicrosoftAccount => {
            blueprint::SignInAudience::AzureAdAndPersonalMicrosoftAccount
        }
        SignInAudience::PersonalMicrosoftAccount => blueprint::SignInAudience::PersonalMicrosoftAccount,
    }
}

/// What follows from choosing it. (Microsoft: "Supported account types", single and multitenant apps.)
fn consequences(audience: blueprint::SignInAudience) -> &'static [&'static str] {
    match audience {
        blueprint::SignInAudience::AzureAdMyOrg => &[
            "People of other organisations, and guests of theirs, can no longer sign in.",
            "Other organisations that use the app lose it.",
        ],
        blueprint::SignInAudience::AzureAdMultipleOrgs => &[
            "Anybody with a work or school account can try to sign in. What they see is the product's to decide.",
            "Other organisations consent for themselves. Your own data stay behind your own consent.",
            "Microsoft may show the app as unverified to other organisations until its publisher is verified.",
        ],
        blueprint::SignInAudience::AzureAdAndPersonalMicrosoftAccount => &[
            "Anybody with a work, school or personal Microsoft account can try to sign in.",
            "Microsoft accepts fewer redirect addresses for such an app.",
        ],
        blueprint::SignInAudience::PersonalMicrosoftAccount => {
            &["Work and school accounts cannot sign in. Nothing can be granted for the organisation."]
        }
    }
}

/// As Graph gives it; none for a value that this version does not know.
pub(crate) fn read(audience: &graph::resources::SignInAudience) -> Option<blueprint::SignInAudience> {
    match audience {
        graph::resources::SignInAudience::MyOrg => Some(blueprint::SignInAudience::AzureAdMyOrg),
        graph::resources::SignInAudience::MultipleOrgs => {
            Some(blueprint::SignInAudience::AzureAdMultipleOrgs)
        }
        graph::resources::SignInAudience::OrgsAndPersonal => {
            Some(blueprint::SignInAudience::AzureAdAndPersonalMicrosoftAccount)
        }
        graph::resources::SignInAudience::Personal => {
            Some(blueprint::SignInAudience::PersonalMicrosoftAccount)
        }
        _ => None,
    }
}

/// As Graph wants it.
pub(crate) fn written(audience: SignInAudience) -> graph::resources::SignInAudience {
    match audience {
        SignInAudience::AzureAdMyOrg => graph::resources::SignInAudience::MyOrg,
        SignInAudience::AzureAdMultipleOrgs => graph::resources::SignInAudience::MultipleOrgs,
        SignInAudience::AzureAdAndPersonalMicrosoftAccount => {
            graph::resources::SignInAudience::OrgsAndPersonal
        }
        SignInAudience::PersonalMicrosoftAccount => graph::resources::SignInAudience::Personal,
    }
}
