//! An invitation in plain words, with what the person should know first.

use contract::{AccountKind, Invitation, InvitationReview, PersonalFeature};
use watch::findings::looks_like;

use crate::personal::{Stored, features};

/// What is shown of an invitation. `known` are the person's connections.
pub(super) fn of(invitation: Invitation, known: &[Stored]) -> InvitationReview {
    let there = known.iter().find(|one| {
        one.client_id.as_str().eq_ignore_ascii_case(&invitation.client_id)
            && could_be(&invitation.accounts, one)
    });
    InvitationReview {
        permissions: features::permissions(&invitation.features),
        cautions: cautions(&invitation, known),
        connection_id: there.map(|one| one.id.clone()),
        invitation,
    }
}

/// Whether a connection is of an account that the invitation is for.
fn could_be(accounts: &AccountKind, one: &Stored) -> bool {
    match accounts {
        AccountKind::Work => !one.personal(),
        AccountKind::Personal => one.personal(),
        AccountKind::Either => true,
        AccountKind::Organisation { tenant } => {
            one.key.tenant_id.as_str().eq_ignore_ascii_case(tenant)
                || domain_of(&one.upn).is_some_and(|domain| domain.eq_ignore_ascii_case(tenant))
        }
    }
}

fn cautions(invitation: &Invitation, known: &[Stored]) -> Vec<String> {
    let mut all = vec![
        "Nobody can tell who sent this. The names and the greeting are the sender's own words. Go on only if you \
         expected it."
            .to_owned(),
    ];
    if let AccountKind::Organisation { tenant } = &invitation.accounts {
        let domains: Vec<&str> = known.iter().filter_map(|one| domain_of(&one.upn)).collect();
        let own = domains.iter().any(|domain| domain.eq_ignore_ascii_case(tenant));
        match looks_like(tenant, domains.into_iter()) {
            Some(domain) if !own => all.push(format!(
                "“{tenant}” looks like “{domain}”, but it is another name. Ask the sender in another way before you go on."
            )),
            _ if tenant.contains('.') => all.push(format!(
                "It is for accounts of “{tenant}”. Read that name letter by letter: is it your organisation?"
            )),
            _ => {}
        }
    }
    if names_microsoft(&invitation.product) || names_microsoft(&invitation.organisation) {
        all.push(
            "It uses Microsoft's name. Microsoft does not send invitations like this, and its own apps need none."
                .to_owned(),
        );
    }
    if holds_address(&invitation.greeting)
        || holds_address(&invitation.product)
        || holds_address(&invitation.organisation)
    {
        all.push("The sender's words hold a web or mail address. Gatehouse does not open it.".to_owned());
    }
    if blueprint::text::look_alike(&invitation.greeting).is_some() {
        all.push("The greeting mixes letters that look alike. A name in it can be another name.".to_owned());
    }
    all.extend(strong(&invitation.features));
    all
}

/// What the strongest of the features means, once.
fn strong(features: &[PersonalFeature]) -> Option<String> {
    let reads =
        features.iter().any(|one| matches!(one, PersonalFeature::MailRead | PersonalFeature::MailWrite));
    let sends = features.contains(&PersonalFeature::MailSend);
    let what = match (reads, sends) {
        (true, true) => "read all of your mail and send mail in your name",
        (true, false) => "read all of your mail",
        (false, true) => "send mail in your name",
        (false, false) => return None,
    };
    Some(format!("Whoever runs this app can {what} from then on, until you end it."))
}

fn names_microsoft(text: &str) -> bool {
    let text = text.to_lowercase();
    ["microsoft", "office 365", "office365", "outlook"].iter().any(|name| text.contains(name))
}

fn holds_address(text: &str) -> bool {
    text.contains("://") || text.to_lowercase().contains("www.") || text.contains('@')
}

fn domain_of(upn: &str) -> Option<&str> {
    upn.rsplit_once('@').map(|(_, domain)| domain)
}
