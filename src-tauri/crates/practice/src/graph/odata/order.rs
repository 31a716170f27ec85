//! `$orderby`: putting objects in order, once per list and not once per page.

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value};

/// How many sorted lists are remembered.
const REMEMBERED: usize = 8;

/// What an object is sorted by. Absent values come first; texts are compared without regard to case.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
enum Key {
    Absent,
    Bool(bool),
    Number(f64),
    Text(String),
}

/// What an object is sorted by, one key for each property of `$orderby`.
#[derive(Debug, Clone)]
pub(crate) struct Keys(Vec<Key>);

impl Keys {
    /// Reads the keys of an object.
    pub(crate) fn of(body: &Map<String, Value>, order: &[(String, bool)]) -> Self {
        Self(order.iter().map(|(path, _)| key(at(body, path))).collect())
    }

    fn compare(&self, other: &Self, order: &[(String, bool)]) -> Ordering {
        self.0
            .iter()
            .zip(&other.0)
            .zip(order)
            .map(|((left, right), (_, descending))| {
                let ordering = left.partial_cmp(right).unwrap_or(Ordering::Equal);
                if *descending { ordering.reverse() } else { ordering }
            })
            .find(|ordering| ordering.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

fn at<'a>(body: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let mut steps = path.split('/');
    let first = body.get(steps.next()?)?;
    steps.try_fold(first, |value, step| value.get(step))
}

fn key(value: Option<&Value>) -> Key {
    match value {
        Some(Value::Bool(value)) => Key::Bool(*value),
        Some(Value::Number(value)) => value.as_f64().map_or(Key::Absent, Key::Number),
        Some(Value::String(value)) => Key::Text(value.to_lowercase()),
        _ => Key::Absent,
    }
}

/// Positions in order; equal objects stay in the order of their creation.
pub(crate) fn sort(mut positions: Vec<(usize, Keys)>, order: &[(String, bool)]) -> Vec<usize> {
    positions.sort_by(|(_, left), (_, right)| left.compare(right, order));
    positions.into_iter().map(|(position, _)| position).collect()
}

/// Lists that clients are paging through in an order of their own.
#[derive(Debug, Default)]
pub(crate) struct Sortings(Mutex<VecDeque<Sorting>>);

#[derive(Debug)]
struct Sorting {
    list: String,
    generation: u64,
    positions: Arc<[usize]>,
}

impl Sortings {
    /// The order of a list as of a generation of the tables; sorted only when nothing is remembered of it.
    pub(crate) fn get(
        &self,
        list: String,
        generation: u64,
        sort: impl FnOnce() -> Vec<usize>,
    ) -> Arc<[usize]> {
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = remembered.iter().find(|own| own.list == list && own.generation == generation) {
            return Arc::clone(&own.positions);
        }
        let positions: Arc<[usize]> = sort().into();
        remembered.retain(|own| own.list != list);
        remembered.truncate(REMEMBERED - 1);
        remembered.push_front(Sorting { list, generation, positions: Arc::clone(&positions) });
        positions
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sorted(descending: bool) -> Vec<usize> {
        let order = [("x/y".to_owned(), descending)];
        let bodies = [
            json!({ "x": { "y": "b" } }),
            json!({}),
            json!({ "x": { "y": "A" } }),
            json!({ "x": { "y": "B" } }),
        ];
        let keys = bodies.iter().map(|body| Keys::of(body.as_object().unwrap(), &order));
        sort(keys.enumerate().collect(), &order)
    }

    #[test]
    fn empty_values_come_first_and_descending_turns_round() {
        assert_eq!(sorted(false), [1, 2, 0, 3]);
        assert_eq!(sorted(true), [0, 3, 2, 1], "equal ones stay as they were");
    }

    #[test]
    fn a_list_is_sorted_once_until_something_changes() {
        let sortings = Sortings::default();
        assert_eq!(*sortings.get("a".into(), 1, || vec![2, 1]), [2, 1]);
        assert_eq!(*sortings.get("a".into(), 1, Vec::new), [2, 1], "remembered");
        assert_eq!(*sortings.get("a".into(), 2, || vec![1]), [1], "something changed");
        for n in 0..REMEMBERED {
            sortings.get(n.to_string(), 1, Vec::new);
        }
        assert_eq!(*sortings.get("a".into(), 2, || vec![7]), [7], "forgotten in favour of newer ones");
    }
}
