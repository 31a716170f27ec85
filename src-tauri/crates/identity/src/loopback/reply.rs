//! What the browser sees. Every byte is known in advance: nothing that came in goes out again.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

const PAGE: &str = include_str!("pages/page.html");
const STYLE: &str = include_str!("pages/page.css");

/// One answer to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    /// The answer has arrived.
    Arrived,
    /// The answer has arrived, and it is "no".
    Declined,
    /// The answer came in the address: look at [`Reply::Arrived`] without it, so that the code leaves the history.
    SeeArrived,
    /// The answer came before.
    Already,
    /// The answer came in the address although it was asked for in a form.
    WrongWay,
    /// Not an answer to this sign-in.
    NotOurs,
    /// A page of another site tried to answer.
    ForeignOrigin,
    /// Somebody looked here by hand.
    Waiting,
    /// No such page.
    NotFound,
    /// No such method.
    NotAllowed,
    /// The head is too long.
    HeadTooLarge,
    /// The body is too long.
    BodyTooLarge,
    /// A body without a length.
    LengthRequired,
    /// Not HTTP.
    Malformed,
    /// Too slow.
    TooSlow,
}

/// Where [`Reply::SeeArrived`] leads.
pub(super) const ARRIVED_PATH: &str = "/arrived";

struct Words {
    title: &'static str,
    text: &'static str,
}

impl Reply {
    fn status(self) -> &'static str {
        match self {
            Self::Arrived | Self::Declined => "200 OK",
            Self::SeeArrived => "303 See Other",
            Self::Already => "410 Gone",
            Self::WrongWay | Self::NotOurs | Self::Malformed => "400 Bad Request",
            Self::ForeignOrigin => "403 Forbidden",
            Self::NotFound => "404 Not Found",
            Self::NotAllowed | Self::Waiting => "405 Method Not Allowed",
            Self::HeadTooLarge => "431 Request Header Fields Too Large",
            Self::BodyTooLarge => "413 Content Too Large",
            Self::LengthRequired => "411 Length Required",
            Self::TooSlow => "408 Request Timeout",
        }
    }

    fn words(self) -> Option<Words> {
        let (title, text) = match self {
            Self::Arrived => (
                "You can go back to Gatehouse",
                "Your answer has arrived. Close this tab and go on in the Gatehouse window.",
            ),
            Self::Declined => (
                "Nobody was signed in",
                "Microsoft did not finish the sign-in. Close this tab: the Gatehouse window says why, and what to do.",
            ),
            Self::Already => (
                "This answer came before",
                "Gatehouse already has it. Close this tab and go on in the Gatehouse window.",
            ),
            Self::WrongWay => (
                "The answer came by another way than agreed",
                "Gatehouse has not used it and still waits. Go back to the Gatehouse window and choose \u{201c}Open again\u{201d}.",
            ),
            Self::NotOurs | Self::ForeignOrigin => (
                "This does not belong to the sign-in that is running",
                "Gatehouse has not used it and still waits. Go back to the Gatehouse window and choose \u{201c}Open again\u{201d}.",
            ),
            Self::Waiting => (
                "Gatehouse waits for your sign-in",
                "Nothing is to be done on this page. Go back to the tab with Microsoft's sign-in page, or to the Gatehouse window.",
            ),
            _ => return None,
        };
        Some(Words { title, text })
    }

    /// The whole answer. `body` is false for `HEAD`. The connection ends after it.
    pub(super) fn to_bytes(self, allow: &'static str, body: bool) -> Vec<u8> {
        let page = self.words().map(|words| page(&words)).unwrap_or_default();
        let mut head = format!("HTTP/1.1 {}\r\n", self.status());
        let mut header = |name: &str, value: &str| {
            head.push_str(name);
            head.push_str(": ");
            head.push_str(value);
            head.push_str("\r\n");
        };
        header("content-type", "text/html; charset=utf-8");
        header("content-length", &page.len().to_string());
        header("connection", "close");
        header("cache-control", "no-store");
        header("content-security-policy", &POLICY);
        header("referrer-policy", "no-referrer");
        header("x-content-type-options", "nosniff");
        header("cross-origin-resource-policy", "same-origin");
        if matches!(self, Self::NotAllowed | Self::Waiting) {
            header("allow", allow);
        }
        if self == Self::SeeArrived {
            header("location", ARRIVED_PATH);
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        if body {
            bytes.extend_from_slice(page.as_bytes());
        }
        bytes
    }
}

/// Nothing may be loaded or run; the one style sheet is named by its hash.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE.trim_end().as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
});

fn page(words: &Words) -> String {
    PAGE.replace("{{style}}", STYLE.trim_end())
        .replace("{{title}}", words.title)
        .replace("{{text}}", words.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(reply: Reply) -> String {
        String::from_utf8(reply.to_bytes("POST", true)).unwrap()
    }

    /// O15 and attack 22.
    #[test]
    fn a_page_loads_nothing_and_is_not_kept() {
        let page = text(Reply::Arrived);
        assert!(page.starts_with("HTTP/1.1 200 OK\r\n"));
        for header in [
            "cache-control: no-store",
            "referrer-policy: no-referrer",
            "connection: close",
            "default-src 'none'",
        ] {
            assert!(page.contains(header), "{header}");
        }
        assert!(!page.to_ascii_lowercase().contains("access-control-"));
        assert!(page.contains("Never send the address of this page"));
        for loads in ["<script", "href=", "src=\"", "url(", "@import", "style=\"", "{{"] {
            assert!(!page.contains(loads), "{loads}");
        }
    }

    #[test]
    fn the_style_in_the_page_is_the_one_in_the_policy() {
        let page = text(Reply::Arrived);
        let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
        let hash = STANDARD.encode(Sha256::digest(style.as_bytes()));
        assert!(page.contains(&format!("style-src 'sha256-{hash}'")));
    }

    #[test]
    fn the_length_is_that_of_the_page_also_without_it() {
        for reply in [Reply::Arrived, Reply::NotFound, Reply::Waiting] {
            let whole = text(reply);
            let (head, body) = whole.split_once("\r\n\r\n").unwrap();
            assert!(head.contains(&format!("content-length: {}", body.len())));
            assert!(String::from_utf8(reply.to_bytes("POST", false)).unwrap().ends_with("\r\n\r\n"));
        }
    }

    #[test]
    fn the_words() {
        let all = [
            Reply::Arrived,
            Reply::Declined,
            Reply::Already,
            Reply::WrongWay,
            Reply::NotOurs,
            Reply::Waiting,
        ];
        let words: Vec<_> = all.iter().filter_map(|reply| reply.words()).map(|w| [w.title, w.text]).collect();
        insta::assert_json_snapshot!(words);
    }
}
