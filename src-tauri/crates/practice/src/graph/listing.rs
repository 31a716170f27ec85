//! Answering a list: filter, order, pages with nextLinks, `$count`.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use serde_json::{Map, Value};

use super::call::Call;
use super::error::{GraphError, Result};
use super::http::{GraphBody, GraphResponse};
use super::odata::evaluate::{Subject, holds};
use super::odata::options::Expand;
use super::odata::order;
use super::odata::rules::Service;
use super::odata::search::Search;
use super::projection::{Shape, checked_select, project};
use super::schema::EntityType;
use crate::store::Table;
use crate::tenant::put;

/// An object in a list, with its own type.
#[derive(Debug, Clone)]
pub(crate) struct Item<'t> {
    pub(crate) kind: &'static EntityType,
    pub(crate) body: Cow<'t, Map<String, Value>>,
}

impl Item<'_> {
    fn id(&self) -> &str {
        self.body.get("id").and_then(Value::as_str).unwrap_or_default()
    }

    fn is(&self, id: &str) -> bool {
        self.id() == id
    }
}

/// Gives the object at a position.
type At<'l, 't> = dyn Fn(usize) -> Option<Item<'t>> + 'l;
/// Counts what a navigation of an object leads to.
type Related<'l> = dyn Fn(&Map<String, Value>, &str) -> Option<usize> + 'l;
/// Gives what `$expand` adds to an object.
type Expansion<'l> = dyn Fn(&Item<'_>, &Expand) -> Result<Value> + 'l;

/// What a list is made from. Positions are stable while objects come and go at the end, so pages need no snapshot.
pub(crate) struct Listing<'l, 't> {
    /// The type that `$select` and `$filter` are checked against.
    pub(crate) kind: &'static EntityType,
    /// What follows `$metadata#`.
    pub(crate) set: &'l str,
    pub(crate) service: Service,
    /// One more than the last position.
    pub(crate) len: usize,
    /// The object at a position; `None` where nothing is to be seen.
    pub(crate) at: &'l At<'l, 't>,
    /// How many objects a navigation of an object leads to, for `owners/$count`.
    pub(crate) related: &'l Related<'l>,
    /// What `$expand` adds to an object.
    pub(crate) expand: &'l Expansion<'l>,
}

/// For lists whose objects lead nowhere.
pub(crate) fn unrelated(_: &Map<String, Value>, _: &str) -> Option<usize> {
    None
}

/// For lists that cannot be expanded.
pub(crate) fn no_expand(item: &Item<'_>, expand: &Expand) -> Result<Value> {
    Err(GraphError::UnreadableExpand(format!(
        "Could not find a property named '{}' on type 'microsoft.graph.{}'.",
        expand.navigation, item.kind.name
    )))
}

/// The object at a position of a table, as this replica shows it.
pub(crate) fn in_table<'t>(
    call: &Call<'_>,
    table: &'t Table,
    kind: &'static EntityType,
) -> impl Fn(usize) -> Option<Item<'t>> {
    let view = call.view;
    move |position| {
        let (_, row) = table.get_index(position)?;
        Some(Item { kind, body: Cow::Borrowed(view.seen(row)?) })
    }
}

impl Listing<'_, '_> {
    /// The answer to `GET` of this list.
    ///
    /// # Errors
    /// What [`Service::check`] refuses, and page tokens that are not ours.
    pub(crate) fn answer(&self, call: &Call<'_>) -> Result<GraphResponse> {
        let options = &call.options;
        self.service.check(self.kind, options)?;
        let search = options.search.as_deref().map(Search::parse).transpose()?;
        if let Some(search) = &search
            && let Some(unknown) = search.properties().find(|name| self.kind.property(name).is_none())
            && self.service == Service::Directory
            && self.kind.name != "directoryObject"
        {
            return Err(GraphError::UnsupportedQuery(format!(
                "Unsupported or invalid search clause specified for property '{unknown}'."
            )));
        }
        let fits = |item: &Item<'_>| {
            call.cast.as_deref().is_none_or(|cast| item.kind.name == cast)
                && search.as_ref().is_none_or(|search| search.finds(&item.body))
                && options.filter.as_ref().is_none_or(|filter| {
                    let related = |name: &str| (self.related)(&item.body, name);
                    holds(filter, &Subject { body: &item.body, kind: &item.kind.name, related: &related })
                })
        };
        if call.count_only {
            return self.count_only(call, &fits);
        }
        let size = self.service.page_size(options.top)?;
        let start = match (&options.skip_token, options.skip) {
            (Some(token), _) => decode(token)?,
            (None, skip) => (skip.unwrap_or(0), String::new()),
        };
        let (items, next) = if options.order_by.is_empty() && options.skip.is_none() {
            let is = |position: usize, id: &str| (self.at)(position).is_some_and(|item| item.is(id));
            self.walk(resume(&start, self.len, &is), size, &fits)
        } else {
            self.sorted(call, start.0, size, &fits)
        };
        let counted = options.count
            && options.skip_token.is_none()
            && (options.eventual || self.service != Service::Directory);
        let mut body = Map::new();
        let select = self.select(call)?;
        body.insert("@odata.context".into(), call.context(self.set, select.as_deref(), false).into());
        if counted {
            body.insert("@odata.count".into(), self.positions(&fits).count().into());
        }
        if let Some(next) = next {
            body.insert("@odata.nextLink".into(), self.next_link(call, &next).into());
        }
        let typed = self.kind.name == "directoryObject";
        let mut value = Vec::with_capacity(items.len());
        for item in &items {
            let own;
            let select = match &options.select {
                // Lists of mixed types: each object shows what its own type has of the selection.
                Some(names) if typed => {
                    own =
                        names.iter().filter_map(|name| Some(item.kind.property(name)?.0)).collect::<Vec<_>>();
                    Some(own.as_slice())
                }
                _ => select.as_deref(),
            };
            let mut shown = project(item.kind, &item.body, Shape { select, single: false, typed });
            for expand in &options.expand {
                shown.insert(expand.navigation.clone(), (self.expand)(item, expand)?);
            }
            value.push(Value::Object(shown));
        }
        body.insert("value".into(), Value::Array(value));
        Ok(GraphResponse::json(StatusCode::OK, Value::Object(body)))
    }

    fn select(&self, call: &Call<'_>) -> Result<Option<Vec<&'static str>>> {
        if self.kind.name == "directoryObject" { Ok(None) } else { checked_select(self.kind, &call.options) }
    }

    fn positions<'s>(&'s self, fits: &'s dyn Fn(&Item<'_>) -> bool) -> impl Iterator<Item = usize> + 's {
        (0..self.len).filter(move |position| (self.at)(*position).is_some_and(|item| fits(&item)))
    }

    /// From a position onward, in the order of creation; the next page starts at the next object that fits.
    fn walk(
        &self,
        start: usize,
        size: usize,
        fits: &dyn Fn(&Item<'_>) -> bool,
    ) -> (Vec<Item<'_>>, Option<(usize, String)>) {
        let mut items = Vec::new();
        for position in start..self.len {
            let Some(item) = (self.at)(position) else { continue };
            if !fits(&item) {
                continue;
            }
            if items.len() == size {
                return (items, Some((position, item.id().to_owned())));
            }
            items.push(item);
        }
        (items, None)
    }

    fn sorted(
        &self,
        call: &Call<'_>,
        start: usize,
        size: usize,
        fits: &dyn Fn(&Item<'_>) -> bool,
    ) -> (Vec<Item<'_>>, Option<(usize, String)>) {
        let order = &call.options.order_by;
        // `/me` is another list for each person.
        let query = call.options.continued(&["$skip", "$skiptoken"], "", "");
        let list = format!("{} {}?{query}", call.actor(), call.request.path);
        let sorted = call.tenant.sortings.get(list, call.generation, || {
            let fitting = (0..self.len)
                .filter_map(|position| Some((position, (self.at)(position)?)))
                .filter(|(_, item)| fits(item))
                .map(|(position, item)| (position, order::Keys::of(&item.body, order)));
            order::sort(fitting.collect(), order)
        });
        let end = start.saturating_add(size).min(sorted.len());
        let page = sorted.get(start..end).unwrap_or_default();
        let items = page.iter().filter_map(|position| (self.at)(*position)).collect();
        (items, (end < sorted.len()).then(|| (end, String::new())))
    }

    fn next_link(&self, call: &Call<'_>, next: &(usize, String)) -> String {
        let query = if self.service == Service::Mailbox {
            call.options.continued(
                &["$skip", "$skiptoken"],
                "$skip",
                &next_skip(call, next.0, self.service).to_string(),
            )
        } else {
            call.options.continued(&["$skiptoken"], "$skiptoken", &encode(next))
        };
        format!("{}{}?{query}", call.root(), call.request.path)
    }

    fn count_only(&self, call: &Call<'_>, fits: &dyn Fn(&Item<'_>) -> bool) -> Result<GraphResponse> {
        if self.service == Service::Directory && !call.options.eventual {
            return Err(GraphError::CountNotSupported);
        }
        let mut response = GraphResponse::empty(StatusCode::OK);
        response.body = Some(GraphBody::Bytes(self.positions(fits).count().to_string().into()));
        put(&mut response.headers, "content-type", "text/plain");
        Ok(response)
    }
}

/// Exchange counts what was skipped, not positions.
fn next_skip(call: &Call<'_>, next: usize, service: Service) -> usize {
    match (call.options.skip, service.page_size(call.options.top)) {
        (skip, Ok(size)) => skip.unwrap_or(0) + size,
        (_, Err(_)) => next,
    }
}

/// Page tokens are opaque to clients; the prefix tells ours from garbage.
fn encode((position, id): &(usize, String)) -> String {
    URL_SAFE_NO_PAD.encode(format!("practice-page:{position}:{id}"))
}

fn decode(token: &str) -> Result<(usize, String)> {
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| GraphError::InvalidSkipToken)?;
    let read = || {
        let (position, id) =
            std::str::from_utf8(&bytes).ok()?.strip_prefix("practice-page:")?.split_once(':')?;
        Some((position.parse().ok()?, id.to_owned()))
    };
    read().ok_or(GraphError::InvalidSkipToken)
}

/// Where a page goes on: at the object that it was to begin with, wherever that has moved since the last page (objects before
/// it may have gone, or, in a log, come); in its old place when it is gone itself.
pub(crate) fn resume(
    (position, id): &(usize, String),
    len: usize,
    is: &dyn Fn(usize, &str) -> bool,
) -> usize {
    if id.is_empty() || is(*position, id) {
        return *position;
    }
    let before = (0..*position.min(&len)).rev();
    let after = position.saturating_add(1)..len;
    before.chain(after).find(|place| is(*place, id)).unwrap_or(*position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_tokens_survive_and_foreign_ones_are_refused() {
        let place = (998, "a1".to_owned());
        assert_eq!(decode(&encode(&place)).ok(), Some(place));
        assert!(decode("RFNwdAIAAQ").is_err());
        assert!(decode("%%%").is_err());
    }

    #[test]
    fn a_page_goes_on_where_it_was_to_although_objects_come_and_go() {
        let objects = ["c", "d", "e", "f"];
        let is = |position: usize, id: &str| objects.get(position) == Some(&id);
        assert_eq!(resume(&(1, "d".into()), 4, &is), 1, "unmoved");
        assert_eq!(resume(&(3, "d".into()), 4, &is), 1, "two before it have gone");
        assert_eq!(resume(&(0, "d".into()), 4, &is), 1, "one has come before it");
        assert_eq!(resume(&(2, "x".into()), 4, &is), 2, "gone itself");
        assert_eq!(resume(&(9, "x".into()), 4, &is), 9);
    }
}
