//! The query options of one request.

use http::HeaderMap;

use super::super::error::{GraphError, Result};
use super::super::path::percent_decode;
use super::filter::{Condition, parse};

/// The `$` options, read but not yet checked against a type.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    pub(crate) select: Option<Vec<String>>,
    pub(crate) expand: Vec<Expand>,
    pub(crate) filter: Option<Condition>,
    pub(crate) order_by: Vec<(String, bool)>,
    pub(crate) search: Option<String>,
    pub(crate) top: Option<usize>,
    pub(crate) skip: Option<usize>,
    pub(crate) count: bool,
    pub(crate) skip_token: Option<String>,
    pub(crate) delta_token: Option<String>,
    /// Options without `$`, such as `startDateTime`; names in lower case.
    pub(crate) plain: Vec<(String, String)>,
    /// `ConsistencyLevel: eventual` was sent.
    pub(crate) eventual: bool,
    /// Asked on `/beta`, whose types have properties that the description of v1.0 does not know.
    pub(crate) beta: bool,
    /// The options as sent, still encoded, for nextLinks.
    raw: Vec<(String, String)>,
}

/// One navigation of `$expand`, with its own `$select`, `$top` and levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expand {
    pub(crate) navigation: String,
    pub(crate) select: Option<Vec<String>>,
    /// The inner `$filter`, as written.
    pub(crate) filter: Option<String>,
}

impl Options {
    /// Reads the query string and the headers that change its meaning.
    ///
    /// # Errors
    /// An option that Graph does not know, or one that cannot be read.
    pub(crate) fn parse(raw_query: Option<&str>, headers: &HeaderMap, beta: bool) -> Result<Self> {
        let mut options = Self {
            eventual: headers
                .get("consistencylevel")
                .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"eventual")),
            beta,
            ..Self::default()
        };
        for pair in raw_query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
            let (raw_name, raw_value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = percent_decode(raw_name).trim().to_ascii_lowercase();
            let value = percent_decode(&raw_value.replace('+', " "));
            options.raw.push((name.clone(), raw_value.to_owned()));
            options.set(&name, &value, beta)?;
        }
        Ok(options)
    }

    fn set(&mut self, name: &str, value: &str, dollar_optional: bool) -> Result<()> {
        let option = match name.strip_prefix('$') {
            Some(option) => option,
            None if name == "consistencylevel" => {
                self.eventual = value.eq_ignore_ascii_case("eventual");
                return Ok(());
            }
            None if dollar_optional && SYSTEM.contains(&name) => name,
            None => {
                self.plain.push((name.to_owned(), value.to_owned()));
                return Ok(());
            }
        };
        match option {
            "select" => self.select = Some(list(value)).filter(|list| !list.is_empty()),
            "expand" => self.expand = expansions(value)?,
            "filter" => self.filter = Some(condition(value)?),
            "orderby" => self.order_by = orders(value)?,
            "search" => self.search = Some(value.to_owned()),
            "top" => self.top = Some(number("$top", value)?),
            "skip" => self.skip = Some(number("$skip", value)?),
            "count" => {
                self.count = match value.to_ascii_lowercase().as_str() {
                    "true" => true,
                    "false" => false,
                    _ => {
                        return Err(GraphError::BadRequest(format!(
                            "Invalid value '{value}' for $count query option found. Valid values are 'true' and 'false'."
                        )));
                    }
                }
            }
            "skiptoken" => self.skip_token = Some(value.to_owned()),
            "deltatoken" => self.delta_token = Some(value.to_owned()),
            "format" | "levels" => {}
            _ => return Err(GraphError::UnknownOption(name.to_owned())),
        }
        Ok(())
    }

    /// An option without `$`.
    pub(crate) fn plain(&self, name: &str) -> Option<&str> {
        self.plain.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Advanced query capabilities on directory objects need the header and `$count=true`.
    pub(crate) fn advanced(&self) -> bool {
        self.eventual && self.count
    }

    /// What was asked, still encoded, without some options.
    pub(crate) fn asked(&self, without: &[&str]) -> String {
        let kept = self.raw.iter().filter(|(name, _)| !without.contains(&name.as_str()));
        kept.map(|(name, raw)| format!("{name}={raw}")).collect::<Vec<_>>().join("&")
    }

    /// The query of the next page: everything that was asked, with the place to go on from.
    pub(crate) fn continued(&self, replaced: &[&str], option: &str, value: &str) -> String {
        let mut query = String::new();
        for (name, raw) in self.raw.iter().filter(|(name, _)| !replaced.contains(&name.as_str())) {
            query.push_str(name);
            query.push('=');
            query.push_str(raw);
            query.push('&');
        }
        query.push_str(option);
        query.push('=');
        query.push_str(value);
        query
    }
}

/// Options whose `$` may be left out on `/beta`.
const SYSTEM: [&str; 9] =
    ["select", "expand", "filter", "orderby", "search", "top", "skip", "count", "skiptoken"];

fn list(value: &str) -> Vec<String> {
    value.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

fn condition(value: &str) -> Result<Condition> {
    parse(value).map_err(|error| {
        GraphError::UnreadableFilter(format!("Syntax error at position {} in '{value}'.", error.at))
    })
}

fn number(option: &'static str, value: &str) -> Result<usize> {
    value.trim().parse().map_err(|_| GraphError::InvalidNumber { option, value: value.to_owned() })
}

fn orders(value: &str) -> Result<Vec<(String, bool)>> {
    list(value)
        .into_iter()
        .map(|part| {
            let mut words = part.split_whitespace();
            let property = words.next().unwrap_or_default().to_owned();
            let descending = match words.next().map(str::to_ascii_lowercase).as_deref() {
                None | Some("asc") => false,
                Some("desc") => true,
                Some(_) => return Err(GraphError::UnreadableOrder(format!("Syntax error in '{part}'."))),
            };
            if words.next().is_some() {
                return Err(GraphError::UnreadableOrder(format!("Syntax error in '{part}'.")));
            }
            Ok((property, descending))
        })
        .collect()
}

/// `owners($select=id,displayName),manager`: commas inside parentheses belong to the inner options.
fn expansions(value: &str) -> Result<Vec<Expand>> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    for character in value.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if character == ',' && depth == 0 {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(character);
        }
    }
    if depth != 0 {
        return Err(GraphError::UnreadableExpand(format!("Syntax error in '{value}'.")));
    }
    let parts = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
    Ok(parts
        .map(|part| {
            let (navigation, inner) = part.split_once('(').unwrap_or((part, ""));
            let inner = inner.strip_suffix(')').unwrap_or(inner);
            let option = |wanted: &str| {
                inner
                    .split(';')
                    .filter_map(|option| option.trim().split_once('='))
                    .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
                    .map(|(_, value)| value)
            };
            Expand {
                navigation: navigation.trim().to_owned(),
                select: option("$select").map(list),
                filter: option("$filter").map(str::to_owned),
            }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Options> {
        Options::parse(Some(query), &HeaderMap::new(), false)
    }

    #[test]
    fn options_are_decoded_and_case_is_forgiven() {
        let options =
            read("%24select=id,%20displayName&$TOP=5&$filter=displayName+eq+'a%26b'&$count=TRUE").unwrap();
        assert_eq!(options.select.unwrap(), ["id", "displayName"]);
        assert_eq!(options.top, Some(5));
        assert!(options.filter.is_some() && options.count);
    }

    #[test]
    fn what_cannot_be_read_is_refused_in_graphs_words() {
        for (query, text) in [
            ("$top=x", "Invalid value 'x' for $top query option found."),
            ("$foo=1", "The query parameter '$foo' is not supported."),
            (
                "$filter=displayName%20x",
                "Invalid filter clause: Syntax error at position 12 in 'displayName x'.",
            ),
            ("$orderby=a%20up", "Invalid $orderby"),
        ] {
            let error = read(query).unwrap_err().to_string();
            assert!(error.starts_with(text), "{error}");
        }
    }

    #[test]
    fn a_next_page_asks_the_same() {
        let options = read("$select=id&$top=5&$skiptoken=old").unwrap();
        assert_eq!(
            options.continued(&["$skiptoken"], "$skiptoken", "new"),
            "$select=id&$top=5&$skiptoken=new"
        );
    }

    #[test]
    fn expansions_keep_their_inner_options() {
        let options = read("$expand=owners($select=id,displayName;$top=2),manager").unwrap();
        assert_eq!(options.expand.len(), 2);
        assert_eq!(
            options.expand[0].select.as_deref(),
            Some(&["id".to_owned(), "displayName".to_owned()][..])
        );
    }

    #[test]
    fn on_beta_the_dollar_may_be_left_out() {
        let options = Options::parse(Some("select=id&top=3"), &HeaderMap::new(), true).unwrap();
        assert_eq!(options.top, Some(3));
        let options = read("startDateTime=2026-01-01&endDateTime=2026-01-02").unwrap();
        assert_eq!(options.plain("startdatetime"), Some("2026-01-01"));
    }
}
