//! Return addresses: added and removed by platform, compared byte for byte.

use blueprint::RedirectPlatform;
use graph::resources::{Application, ApplicationPatch, PublicClient, SpaApplication, WebApplication};
use serde::{Deserialize, Serialize};
use url::Url;

/// A return address to add or to remove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RedirectChange {
    /// What kind of app waits there.
    pub platform: RedirectPlatform,
    /// The address, exactly as it is to be, or is.
    pub uri: String,
    /// Remove it instead of adding it.
    #[serde(default)]
    pub remove: bool,
}

/// What is wrong with a return address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RedirectProblem {
    /// Microsoft does not take it for this platform.
    NotAllowed,
    /// The same address is there for another platform.
    OtherPlatform,
    /// It is to be removed, and is not there.
    NotThere,
    /// One that differs by a letter's case or a slash at the end is there: Microsoft compares exactly.
    NearlyThere,
    /// Another app of this organisation that Gatehouse made has it too.
    SharedWithAnother,
}

impl RedirectProblem {
    pub(super) fn words(self, uri: &str) -> (&'static str, String) {
        match self {
            Self::NotAllowed => (
                "The return address is not allowed",
                format!(
                    "Microsoft does not take “{uri}” here. It has to begin with https://, without a “#” or a space."
                ),
            ),
            Self::OtherPlatform => (
                "The return address is there for another kind of app",
                format!("“{uri}” is registered for another kind of app. Remove it there first."),
            ),
            Self::NotThere => (
                "The return address is not there",
                format!(
                    "“{uri}” is not on this app, so there is nothing to remove. Letters' case and slashes count."
                ),
            ),
            Self::NearlyThere => (
                "A similar return address is there",
                format!(
                    "An address that differs from “{uri}” in a letter's case or a slash is there. Microsoft compares exactly; keep the one that the product shows."
                ),
            ),
            Self::SharedWithAnother => (
                "Another app has the same return address",
                format!(
                    "Another app registration here returns to “{uri}” too. Both work; make sure that the product is given the client id of the right one."
                ),
            ),
        }
    }
}

/// The addresses of one platform.
pub(super) fn of(app: &Application, platform: RedirectPlatform) -> Vec<String> {
    match platform {
        RedirectPlatform::Web => app.web.as_ref().map(|one| one.redirect_uris.clone()),
        RedirectPlatform::Spa => app.spa.as_ref().map(|one| one.redirect_uris.clone()),
        RedirectPlatform::Public => app.public_client.as_ref().map(|one| one.redirect_uris.clone()),
    }
    .unwrap_or_default()
}

const PLATFORMS: [RedirectPlatform; 3] =
    [RedirectPlatform::Web, RedirectPlatform::Spa, RedirectPlatform::Public];

/// All addresses of a registration.
pub(crate) fn all_of(app: &Application) -> Vec<String> {
    PLATFORMS.into_iter().flat_map(|platform| of(app, platform)).collect()
}

/// What stands in the way of one change. The second value says whether it stops the plan.
pub(super) fn problem(app: &Application, change: &RedirectChange) -> Option<(RedirectProblem, bool)> {
    let there = of(app, change.platform);
    if change.remove {
        return (!there.contains(&change.uri)).then_some((RedirectProblem::NotThere, true));
    }
    if !allowed(change.platform, &change.uri) {
        return Some((RedirectProblem::NotAllowed, true));
    }
    let others = PLATFORMS.into_iter().filter(|other| *other != change.platform);
    if others.flat_map(|other| of(app, other)).any(|uri| uri == change.uri) {
        return Some((RedirectProblem::OtherPlatform, true));
    }
    let plain = |uri: &str| uri.trim_end_matches('/').to_lowercase();
    let near = there.iter().any(|uri| *uri != change.uri && plain(uri) == plain(&change.uri));
    (near && !there.contains(&change.uri)).then_some((RedirectProblem::NearlyThere, false))
}

/// Microsoft's rules: <https://learn.microsoft.com/entra/identity-platform/reply-url>.
fn allowed(platform: RedirectPlatform, uri: &str) -> bool {
    if uri.chars().count() > 256 || uri.contains(['#', ' ', '*']) || uri.chars().any(char::is_control) {
        return false;
    }
    let Ok(url) = Url::parse(uri) else { return false };
    match url.scheme() {
        "https" => url.host().is_some() && url.username().is_empty() && url.password().is_none(),
        "http" => net::host::is_loopback(&url) && !matches!(url.host(), Some(url::Host::Ipv6(_))),
        _ => platform == RedirectPlatform::Public,
    }
}

/// The whole lists after the changes, of those platforms that change.
pub(super) fn apply(app: &Application, changes: &[RedirectChange], patch: &mut ApplicationPatch) {
    for platform in PLATFORMS {
        let before = of(app, platform);
        let mut after = before.clone();
        for change in changes.iter().filter(|one| one.platform == platform) {
            if change.remove {
                after.retain(|uri| *uri != change.uri);
            } else if !after.contains(&change.uri) {
                after.push(change.uri.clone());
            }
        }
        if after == before {
            continue;
        }
        match platform {
            RedirectPlatform::Web => {
                patch.web =
                    Some(WebApplication { redirect_uris: after, ..app.web.clone().unwrap_or_default() });
            }
            RedirectPlatform::Spa => patch.spa = Some(SpaApplication { redirect_uris: after }),
            RedirectPlatform::Public => patch.public_client = Some(PublicClient { redirect_uris: after }),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn app() -> Application {
        serde_json::from_value(json!({"id": "a", "appId": "c",
            "web": {"homePageUrl": "https://contoso.example", "redirectUris": ["https://contoso.example/Back"]},
            "spa": {"redirectUris": ["https://contoso.example/spa"]}}))
        .unwrap()
    }

    fn add(platform: RedirectPlatform, uri: &str) -> RedirectChange {
        RedirectChange { platform, uri: uri.to_owned(), remove: false }
    }

    #[test]
    fn letters_case_and_slashes_count() {
        use RedirectPlatform::{Public, Spa, Web};
        let cases = [
            (add(Web, "https://contoso.example/Back"), None),
            (add(Web, "https://contoso.example/back"), Some((RedirectProblem::NearlyThere, false))),
            (add(Web, "https://contoso.example/Back/"), Some((RedirectProblem::NearlyThere, false))),
            (add(Web, "https://contoso.example/spa"), Some((RedirectProblem::OtherPlatform, true))),
            (add(Web, "http://contoso.example/x"), Some((RedirectProblem::NotAllowed, true))),
            (add(Web, "https://u:p@contoso.example/x"), Some((RedirectProblem::NotAllowed, true))),
            (add(Web, "https://contoso.example/*"), Some((RedirectProblem::NotAllowed, true))),
            (add(Web, "http://localhost"), None),
            (add(Web, "http://[::1]/x"), Some((RedirectProblem::NotAllowed, true))),
            (add(Spa, "myapp://back"), Some((RedirectProblem::NotAllowed, true))),
            (add(Public, "myapp://back"), None),
            (
                RedirectChange { remove: true, ..add(Web, "https://contoso.example/back") },
                Some((RedirectProblem::NotThere, true)),
            ),
        ];
        for (change, expected) in cases {
            assert_eq!(problem(&app(), &change), expected, "{change:?}");
        }
    }

    #[test]
    fn only_the_platforms_that_change_are_set_and_the_rest_of_them_stays() {
        let mut patch = ApplicationPatch::default();
        let gone =
            RedirectChange { remove: true, ..add(RedirectPlatform::Web, "https://contoso.example/Back") };
        apply(&app(), &[gone, add(RedirectPlatform::Web, "https://contoso.example/new")], &mut patch);
        let web = patch.web.clone().unwrap();
        assert_eq!(web.redirect_uris, ["https://contoso.example/new"]);
        assert_eq!(web.home_page_url.as_deref(), Some("https://contoso.example"));
        assert!(patch.spa.is_none() && patch.public_client.is_none());
        let mut none = ApplicationPatch::default();
        apply(&app(), &[add(RedirectPlatform::Spa, "https://contoso.example/spa")], &mut none);
        assert_eq!(none, ApplicationPatch::default(), "it is there: nothing is sent");
    }

    #[test]
    fn every_problem_is_said() {
        for problem in [
            RedirectProblem::NotAllowed,
            RedirectProblem::OtherPlatform,
            RedirectProblem::NotThere,
            RedirectProblem::NearlyThere,
            RedirectProblem::SharedWithAnother,
        ] {
            let (title, why) = problem.words("https://contoso.example/back");
            assert!(!title.is_empty() && why.contains("contoso.example") && why.ends_with('.'), "{why}");
        }
    }
}
