//! Values on the command line that have a form of their own.

use contract::{MailboxAccessChoice, RedirectPlatform, RedirectUri, SignInAudience};

/// `id=value`.
pub(super) fn key_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write it as id=value")?;
    Ok((key.trim().to_owned(), value.trim().to_owned()))
}

/// `KEY=group:address`, `KEY=people:address,address`, `KEY=everyone`.
pub(super) fn mailboxes_of(text: &str) -> Result<(String, MailboxAccessChoice), String> {
    let (key, value) = key_value(text)?;
    Ok((key, mailboxes(&value)?))
}

/// `group:address`, `people:address,address`, `everyone`.
pub(super) fn mailboxes(text: &str) -> Result<MailboxAccessChoice, String> {
    match text.split_once(':') {
        None if text == "everyone" => Ok(MailboxAccessChoice::Everyone),
        Some(("group", address)) => Ok(MailboxAccessChoice::Group { address: address.trim().to_owned() }),
        Some(("people", addresses)) => Ok(MailboxAccessChoice::People {
            addresses: addresses.split(',').map(|one| one.trim().to_owned()).collect(),
        }),
        _ => Err("write it as everyone, group:address or people:address,address".to_owned()),
    }
}

/// `KEY=single`, `KEY=multi`.
pub(super) fn audience_of(text: &str) -> Result<(String, SignInAudience), String> {
    let (key, value) = key_value(text)?;
    Ok((key, audience(&value)?))
}

/// `single`, `multi`, `personal-too`, `personal`, or Microsoft's own value.
pub(super) fn audience(text: &str) -> Result<SignInAudience, String> {
    match text {
        "single" | "AzureADMyOrg" => Ok(SignInAudience::AzureAdMyOrg),
        "multi" | "AzureADMultipleOrgs" => Ok(SignInAudience::AzureAdMultipleOrgs),
        "personal-too" | "AzureADandPersonalMicrosoftAccount" => {
            Ok(SignInAudience::AzureAdAndPersonalMicrosoftAccount)
        }
        "personal" | "PersonalMicrosoftAccount" => Ok(SignInAudience::PersonalMicrosoftAccount),
        _ => Err("write it as single or multi".to_owned()),
    }
}

/// `web=https://…`, `spa=https://…`, `public=http://localhost`; without a kind: for a web server.
pub(super) fn redirect(text: &str) -> Result<RedirectUri, String> {
    let (platform, uri) = match text.split_once('=') {
        Some(("web", uri)) => (RedirectPlatform::Web, uri),
        Some(("spa", uri)) => (RedirectPlatform::Spa, uri),
        Some(("public", uri)) => (RedirectPlatform::Public, uri),
        _ => (RedirectPlatform::Web, text),
    };
    if uri.contains("://") {
        Ok(RedirectUri { platform, uri: uri.trim().to_owned() })
    } else {
        Err("write it as web=https://example.com/path".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_split_at_the_first_equals_sign() {
        assert_eq!(
            key_value("url=https://a.example/?b=c"),
            Ok(("url".into(), "https://a.example/?b=c".into()))
        );
        assert!(key_value("no answer").is_err());
    }

    #[test]
    fn whose_mailboxes_has_three_forms() {
        assert_eq!(mailboxes("everyone"), Ok(MailboxAccessChoice::Everyone));
        assert_eq!(
            mailboxes_of("calendar=group:sales@contoso.com"),
            Ok(("calendar".into(), MailboxAccessChoice::Group { address: "sales@contoso.com".into() }))
        );
        assert_eq!(
            mailboxes("people:a@b.c, d@e.f"),
            Ok(MailboxAccessChoice::People { addresses: vec!["a@b.c".into(), "d@e.f".into()] })
        );
        for wrong in ["", "all", "sales@contoso.com", "groups:x"] {
            assert!(mailboxes(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_redirect_address_is_for_a_web_server_unless_it_says_otherwise() {
        let query = "https://a.example/?b=c";
        assert_eq!(
            redirect(query).map(|one| (one.platform, one.uri)),
            Ok((RedirectPlatform::Web, query.into()))
        );
        assert_eq!(redirect("public=http://localhost").map(|one| one.platform), Ok(RedirectPlatform::Public));
        assert!(redirect("web=example").is_err());
    }
}
