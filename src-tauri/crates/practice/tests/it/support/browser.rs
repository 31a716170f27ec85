//! A browser: keeps the cookie, reads forms, presses buttons.

use super::{World, parameters, upn};

/// One browser with its own cookie.
pub(crate) struct Browser<'w> {
    world: &'w World,
    cookie: Option<String>,
}

/// What a request led to.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) html: String,
}

impl<'w> Browser<'w> {
    pub(crate) const fn new(world: &'w World) -> Self {
        Self { world, cookie: None }
    }

    pub(crate) async fn open(&mut self, url: &str) -> Page {
        self.send(self.world.http.get(url)).await
    }

    /// Submits a form of ours, as the browser does: with the page's origin.
    pub(crate) async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let origin = self.world.tenant.base_url().origin().ascii_serialization();
        self.submit_from(&origin, path, fields).await
    }

    pub(crate) async fn submit_from(&mut self, origin: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        self.send(self.world.http.post(self.world.url(path)).header("origin", origin).form(fields)).await
    }

    /// Presses a tile of the account picker.
    pub(crate) async fn pick(&mut self, page: &Page, local: &str) -> Page {
        let oid = self.world.oid(local);
        self.pick_tile(page, &upn(local), &oid).await
    }

    /// The same in any directory.
    pub(crate) async fn pick_tile(&mut self, page: &Page, upn: &str, oid: &str) -> Page {
        assert!(page.has(&format!("account-{upn}")), "{}", page.html);
        self.submit("common/login", &[("flow", &page.flow()), ("account", oid)]).await
    }

    /// Presses Accept.
    pub(crate) async fn accept(&mut self, page: &Page) -> Page {
        assert!(page.has("accept"), "{}", page.html);
        self.submit("common/consent", &[("flow", &page.flow()), ("decision", "accept")]).await
    }

    /// Presses Cancel on a consent page.
    pub(crate) async fn cancel(&mut self, page: &Page) -> Page {
        assert!(page.has("cancel"), "{}", page.html);
        self.submit("common/consent", &[("flow", &page.flow()), ("decision", "cancel")]).await
    }

    /// Opens an authorize address, signs in, and agrees if asked.
    pub(crate) async fn sign_in(&mut self, url: &str, local: &str) -> Page {
        let page = self.open(url).await;
        let page = self.pick(&page, local).await;
        if page.has("accept") { self.accept(&page).await } else { page }
    }

    async fn send(&mut self, mut request: reqwest::RequestBuilder) -> Page {
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let response = request.send().await.unwrap();
        if let Some(set) = response.headers().get("set-cookie") {
            self.cookie = Some(set.to_str().unwrap().split(';').next().unwrap().to_owned());
        }
        Page {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            html: response.text().await.unwrap(),
        }
    }
}

impl Page {
    /// Whether an element has this id.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.html.contains(&format!(r#" id="{id}""#))
    }

    /// The id of the conversation, from the form.
    #[track_caller]
    pub(crate) fn flow(&self) -> String {
        self.hidden("flow")
            .unwrap_or_else(|| panic!("no form in {} {:?} {}", self.status, self.headers, self.html))
    }

    /// A hidden field.
    pub(crate) fn hidden(&self, name: &str) -> Option<String> {
        let (_, rest) = self.html.split_once(&format!(r#"name="{name}" value=""#))?;
        let (value, _) = rest.split_once('"')?;
        Some(
            value
                .replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&"),
        )
    }

    /// Where the browser is sent.
    #[track_caller]
    pub(crate) fn location(&self) -> &str {
        self.headers
            .get("location")
            .unwrap_or_else(|| panic!("no redirect: {} {}", self.status, self.html))
            .to_str()
            .unwrap()
    }

    /// A parameter of the address that the browser is sent to.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        parameters(self.location()).into_iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// The authorization code.
    #[track_caller]
    pub(crate) fn code(&self) -> String {
        self.parameter("code").unwrap_or_else(|| panic!("no code in {}", self.location()))
    }

    /// Asserts a page of our own that shows this error: the browser is not sent anywhere.
    #[track_caller]
    pub(crate) fn shows(&self, number: u32) {
        assert!(self.headers.get("location").is_none(), "{:?}", self.headers);
        assert!(self.has("error") && self.html.contains(&format!("AADSTS{number}")), "{}", self.html);
    }

    /// Asserts that the application is told that the person left, and nothing more.
    #[track_caller]
    pub(crate) fn tells_left(&self) {
        assert_eq!(self.parameter("error").as_deref(), Some("access_denied"), "{}", self.location());
        assert_eq!(self.parameter("error_subcode").as_deref(), Some("cancel"));
        assert_eq!(self.parameter("error_description"), None, "Microsoft says no more");
    }

    /// Asserts that the application is told of this error.
    #[track_caller]
    pub(crate) fn tells(&self, error: &str, number: u32) {
        assert_eq!(self.parameter("error").as_deref(), Some(error), "{}", self.location());
        let description = self.parameter("error_description").unwrap();
        assert!(description.starts_with(&format!("AADSTS{number}: ")), "{description}");
    }
}
