//! Names of hosts that look like a known one and are not.

/// Where people of every organisation sign in: what is most often imitated.
const MICROSOFT: [&str; 5] =
    ["microsoft.com", "microsoftonline.com", "office.com", "office365.com", "live.com"];

/// Letters of other scripts that look like Latin ones, from Unicode's list of confusables: the ones seen in host names.
const CONFUSABLE: [(char, char); 28] = [
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('һ', 'h'),
    ('і', 'i'),
    ('ј', 'j'),
    ('к', 'k'),
    ('ӏ', 'l'),
    ('м', 'm'),
    ('о', 'o'),
    ('р', 'p'),
    ('ѕ', 's'),
    ('т', 't'),
    ('у', 'y'),
    ('х', 'x'),
    ('ѡ', 'w'),
    ('α', 'a'),
    ('ε', 'e'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'u'),
    ('ı', 'i'),
];

/// Shorter names are near to too many others by chance.
const SHORTEST: usize = 8;

/// Whether a host is a domain, or a part of it.
pub(super) fn is_within(host: &str, domain: &str) -> bool {
    let (host, domain) = (host.trim_end_matches('.'), domain.trim_end_matches('.'));
    if domain.is_empty() || host.len() < domain.len() {
        return false;
    }
    let Some((front, back)) = host.split_at_checked(host.len() - domain.len()) else { return false };
    back.eq_ignore_ascii_case(domain) && (front.is_empty() || front.ends_with('.'))
}

/// The known domain that a host looks like, without being part of it.
pub fn looks_like<'k>(host: &str, known: impl Iterator<Item = &'k str>) -> Option<String> {
    if MICROSOFT.iter().any(|domain| is_within(host, domain)) {
        return None;
    }
    let (readable, _) = idna::domain_to_unicode(host);
    let host_skeleton = skeleton(&readable);
    let own_part = registrable(&host_skeleton);
    // Everybody has a name below onmicrosoft.com.
    let known = known.filter(|domain| !is_within(domain, "onmicrosoft.com"));
    let mut candidates = known.map(str::to_lowercase).chain(MICROSOFT.map(str::to_owned));
    candidates.find(|domain| {
        let whole = skeleton(domain);
        let part = registrable(&whole);
        let same = own_part == part && !is_within(&readable, registrable(domain));
        same || contains(&host_skeleton, part) || (part.len() >= SHORTEST && one_edit(own_part, part))
    })
}

/// Whether a domain stands in front of another one, as in `contoso.com.example.net` or `contoso-com.example.net`.
fn contains(host: &str, domain: &str) -> bool {
    if domain.len() < SHORTEST || is_within(host, domain) {
        return false;
    }
    let dashed = domain.replace('.', "-");
    let inside = |needle: &str| {
        host.match_indices(needle).any(|(at, _)| {
            let before = host[..at].chars().next_back();
            let after = host[at + needle.len()..].chars().next();
            before.is_none_or(|c| matches!(c, '.' | '-')) && after.is_some_and(|c| matches!(c, '.' | '-'))
        })
    };
    inside(domain) || inside(&dashed)
}

/// How a name looks at a glance.
fn skeleton(host: &str) -> String {
    let lower = host.to_lowercase().replace("rn", "m").replace("vv", "w");
    let look = |c: char| match c {
        '0' => 'o',
        '1' => 'l',
        c if c.is_ascii() => c,
        c => CONFUSABLE.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to),
    };
    lower.chars().map(look).collect()
}

/// The part that somebody registered: two labels, or three below the likes of `co.uk`.
fn registrable(host: &str) -> &str {
    const SECOND: [&str; 8] = ["ac", "co", "com", "edu", "gov", "net", "or", "org"];
    let labels: Vec<&str> = host.trim_end_matches('.').split('.').collect();
    let second = labels.len().checked_sub(2).and_then(|at| labels.get(at));
    let country = labels.last().is_some_and(|last| last.len() == 2);
    let keep = if country && second.is_some_and(|second| SECOND.contains(second)) { 3 } else { 2 };
    let skip: usize = labels.iter().rev().skip(keep).map(|label| label.len() + 1).sum();
    host.trim_end_matches('.').get(skip..).unwrap_or(host)
}

/// Whether one letter was changed, added, left out, or swapped with its neighbour.
fn one_edit(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if b.len() - a.len() > 1 {
        return false;
    }
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    if a.len() < b.len() {
        return a[front..] == b[front + 1..];
    }
    let swapped = front + 1 < a.len()
        && a[front] == b[front + 1]
        && a[front + 1] == b[front]
        && a[front + 2..] == b[front + 2..];
    front < a.len() && (a[front + 1..] == b[front + 1..] || swapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(host: &str) -> Option<String> {
        looks_like(host, ["contoso.com", "fabrikam.co.uk", "muller.onmicrosoft.com"].into_iter())
    }

    #[test]
    fn what_looks_like_a_known_domain_is_found() {
        for host in [
            "c0ntoso.com",
            "login.contos0.com",
            "contoso.co",
            "contosso.com",
            "cotnoso.com",
            "contoso.com.example.net",
            "contoso-com.example.net",
            "xn--ontoso-hrf.com", // Cyrillic “с”
        ] {
            assert_eq!(like(host).as_deref(), Some("contoso.com"), "{host}");
        }
        assert_eq!(like("app.fabrlkam.co.uk").as_deref(), Some("fabrikam.co.uk"));
        assert_eq!(like("login.rnicrosoftonline.com").as_deref(), Some("microsoftonline.com"));
    }

    #[test]
    fn what_is_its_own_name_is_left_alone() {
        for host in [
            "contoso.com",
            "app.contoso.com",
            "example.org",
            "tracker.example",
            "northwind.co.uk",
            "login.microsoftonline.com",
            "xn--mller-kva.de",
            "someone.onmicrosoft.com",
            "",
            "a",
        ] {
            assert_eq!(like(host), None, "{host}");
        }
    }

    #[test]
    fn parts_are_counted_by_labels() {
        assert!(is_within("app.contoso.com", "Contoso.com") && is_within("contoso.com.", "contoso.com"));
        assert!(!is_within("notcontoso.com", "contoso.com") && !is_within("contoso.com", ""));
        assert_eq!(registrable("a.b.co.uk"), "b.co.uk");
        assert_eq!(registrable("a.b.com"), "b.com");
        assert_eq!(registrable("com"), "com");
    }
}
