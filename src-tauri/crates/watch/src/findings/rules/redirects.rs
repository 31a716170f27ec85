//! Where people are sent back to after they signed in. Whoever has that address gets the sign-ins.

use std::collections::BTreeMap;
use std::net::IpAddr;

use url::{Host, Url};

use super::super::case::Case;
use super::super::{Finding, Rule, Severity, words};
use super::lookalike;
use crate::Redirect;

/// Names below which anybody can take a free one, by asking for it. A name that its owner gave up can be taken too.
const FREE_NAMES: [&str; 27] = [
    "azurewebsites.net",
    "azurewebsites.us",
    "chinacloudsites.cn",
    "cloudapp.net",
    "cloudapp.azure.com",
    "trafficmanager.net",
    "azureedge.net",
    "azurefd.net",
    "azure-api.net",
    "azurecontainer.io",
    "blob.core.windows.net",
    "web.core.windows.net",
    "elasticbeanstalk.com",
    "herokuapp.com",
    "github.io",
    "gitlab.io",
    "netlify.app",
    "vercel.app",
    "pages.dev",
    "web.app",
    "firebaseapp.com",
    "appspot.com",
    "onrender.com",
    "fly.dev",
    "surge.sh",
    "ngrok.io",
    "ngrok.app",
];

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Finding>) {
    let Some(registration) = case.app.registration.as_ref() else { return };
    // One finding for each host and reason, however many paths there are.
    let mut plain: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut strange: BTreeMap<(Reason, String), Vec<&str>> = BTreeMap::new();
    for redirect in &registration.redirects {
        let Some(web) = Web::read(redirect) else { continue };
        if web.plain && !web.loopback {
            plain.entry(web.host.clone()).or_default().push(&redirect.uri);
        }
        if let Some(reason) = reason(case, &web) {
            strange.entry((reason, web.host)).or_default().push(&redirect.uri);
        }
    }
    found.extend(plain.iter().map(|(host, uris)| plain_http(case, host, uris)));
    found.extend(strange.iter().map(|((reason, host), uris)| strange_host(case, reason, host, uris)));
}

/// An address of the web. Apps on a device have others, which lead to themselves.
struct Web {
    host: String,
    plain: bool,
    loopback: bool,
    number: bool,
    wildcard: bool,
}

impl Web {
    fn read(redirect: &Redirect) -> Option<Self> {
        let text = redirect.uri.trim();
        let wildcard = text.contains('*');
        match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => {
                let host = url.host()?;
                let (loopback, number) = match host {
                    Host::Domain(name) => (name == "localhost" || name.ends_with(".localhost"), false),
                    Host::Ipv4(address) => (IpAddr::V4(address).is_loopback(), true),
                    Host::Ipv6(address) => (IpAddr::V6(address).is_loopback(), true),
                };
                let plain = url.scheme() == "http";
                Some(Self { host: host.to_string(), plain, loopback, number, wildcard })
            }
            Ok(_) => None,
            // A wildcard may stand where an address cannot have one.
            Err(_) if wildcard && text.starts_with("http") => {
                let plain = text.starts_with("http:");
                Some(Self { host: words::short(text), plain, loopback: false, number: false, wildcard })
            }
            Err(_) => None,
        }
    }
}

/// Why an address may belong to somebody else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// It stands for many addresses at once.
    Wildcard,
    /// A number instead of a name.
    Number,
    /// It looks like this domain.
    LooksLike(String),
    /// Anybody can take a free name below this one.
    FreeName(&'static str),
}

fn reason(case: &Case<'_>, web: &Web) -> Option<Reason> {
    if web.wildcard {
        return Some(Reason::Wildcard);
    }
    if web.loopback {
        return None;
    }
    if web.number {
        return Some(Reason::Number);
    }
    let own = case.context.domains.seen().map(Vec::as_slice).unwrap_or_default();
    let vendor = vendor_hosts(case);
    let trusted = |domain: &str| lookalike::is_within(&web.host, domain);
    if own.iter().any(|domain| trusted(domain)) || vendor.iter().any(|host| trusted(host)) {
        return None;
    }
    let known = own.iter().map(String::as_str).chain(vendor.iter().map(String::as_str));
    if let Some(domain) = lookalike::looks_like(&web.host, known) {
        return Some(Reason::LooksLike(domain));
    }
    free_name(&web.host).map(Reason::FreeName)
}

/// Hosts that the vendor's connector sends people to.
fn vendor_hosts(case: &Case<'_>) -> Vec<String> {
    let Some(connection) = case.connection else { return Vec::new() };
    let hosts = connection.spec.redirect_uris.iter().filter_map(|one| Url::parse(&one.uri).ok());
    hosts.filter_map(|url| url.host_str().map(str::to_owned)).collect()
}

fn free_name(host: &str) -> Option<&'static str> {
    if let Some(name) = FREE_NAMES.iter().find(|name| lookalike::is_within(host, name) && host != **name) {
        // Newer names of Azure carry a hash and a region, and are never given to anybody else.
        let hashed = *name == "azurewebsites.net" && host.trim_end_matches(name).matches('.').count() > 1;
        return (!hashed || host.contains(".scm.")).then_some(*name);
    }
    // Buckets: `name.s3.amazonaws.com`, `name.s3.eu-west-1.amazonaws.com`, `name.s3-website-…`.
    let bucket = host
        .strip_suffix(".amazonaws.com")
        .is_some_and(|rest| rest.split('.').skip(1).any(|label| label == "s3" || label.starts_with("s3-")));
    bucket.then_some("s3.amazonaws.com")
}

fn plain_http(case: &Case<'_>, host: &str, uris: &[&str]) -> Finding {
    case.finding(
        Rule::PlainHttpRedirect,
        host,
        Severity::Warning,
        format!("People are sent back to {} over plain http.", words::short(host)),
    )
    .why("Anybody on the way can read the sign-in and use it.")
    .seen(addresses(uris))
    .look("Change the address to https, once the product answers there.")
    .done()
}

fn strange_host(case: &Case<'_>, reason: &Reason, host: &str, uris: &[&str]) -> Finding {
    let host_words = words::short(host);
    let (title, why, evidence) = match reason {
        Reason::Wildcard => (
            format!("People can be sent back to any address of the form {host_words}."),
            "Whoever gets one of these addresses gets the sign-ins of your people.",
            "A star stands for every name.".to_owned(),
        ),
        Reason::Number => (
            format!("People are sent back to {host_words}, a number instead of a name."),
            "A number can be given to somebody else, who then gets the sign-ins of your people.",
            "No certificate shows whose machine it is.".to_owned(),
        ),
        Reason::LooksLike(domain) => (
            format!("People are sent back to {host_words}, which looks like {domain}."),
            "If it is a copy, a stranger gets the sign-ins of your people.",
            format!("It is neither {domain} nor a part of it."),
        ),
        Reason::FreeName(name) => (
            format!("People are sent back to {host_words}, which may belong to somebody else."),
            "If the name was given up, whoever takes it gets the sign-ins of your people.",
            format!("Anybody can take a free name below {name}. Gatehouse cannot see who has this one."),
        ),
    };
    let about = format!("{} {host}", reason.as_str());
    case.finding(Rule::StrangeRedirect, &about, Severity::Warning, title)
        .why(why)
        .seen(addresses(uris))
        .seen(evidence)
        .look("Make sure that the address is yours or the vendor's. If it is not, take it away.")
        .done()
}

impl Reason {
    /// In ids. Never changes.
    fn as_str(&self) -> &'static str {
        match self {
            Self::Wildcard => "wildcard",
            Self::Number => "number",
            Self::LooksLike(_) => "lookalike",
            Self::FreeName(_) => "freeName",
        }
    }
}

fn addresses(uris: &[&str]) -> String {
    let short: Vec<String> = uris.iter().map(|uri| words::short(uri)).collect();
    match short.as_slice() {
        [one] => format!("The address is {one}."),
        many => format!("The addresses are {}.", words::list(many)),
    }
}
