//! Redirect addresses by their platform.

use contract::{RedirectPlatform, RedirectUri};
use graph::resources::Application;

/// All addresses of a registration.
pub(crate) fn of(app: &Application) -> Vec<RedirectUri> {
    let web = app.web.iter().flat_map(|one| &one.redirect_uris).map(|uri| (RedirectPlatform::Web, uri));
    let spa = app.spa.iter().flat_map(|one| &one.redirect_uris).map(|uri| (RedirectPlatform::Spa, uri));
    let public = app
        .public_client
        .iter()
        .flat_map(|one| &one.redirect_uris)
        .map(|uri| (RedirectPlatform::Public, uri));
    web.chain(spa).chain(public).map(|(platform, uri)| RedirectUri { platform, uri: uri.clone() }).collect()
}

/// As the window has it.
pub(crate) fn shown(platform: blueprint::RedirectPlatform) -> RedirectPlatform {
    match platform {
        blueprint::RedirectPlatform::Web => RedirectPlatform::Web,
        blueprint::RedirectPlatform::Spa => RedirectPlatform::Spa,
        blueprint::RedirectPlatform::Public => RedirectPlatform::Public,
    }
}

/// As the connectors have it.
pub(crate) fn chosen(platform: RedirectPlatform) -> blueprint::RedirectPlatform {
    match platform {
        RedirectPlatform::Web => blueprint::RedirectPlatform::Web,
        RedirectPlatform::Spa => blueprint::RedirectPlatform::Spa,
        RedirectPlatform::Public => blueprint::RedirectPlatform::Public,
    }
}

/// The kind in words.
pub(crate) fn words(platform: RedirectPlatform) -> &'static str {
    match platform {
        RedirectPlatform::Web => "a web server",
        RedirectPlatform::Spa => "a page in the browser",
        RedirectPlatform::Public => "an app on a device",
    }
}
