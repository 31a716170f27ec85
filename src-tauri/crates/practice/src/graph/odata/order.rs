//! `$orderby`: comparing objects by properties.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::evaluate::compare_text;

/// Compares two objects by the given properties; absent ones come first.
pub(crate) fn compare(
    left: &Map<String, Value>,
    right: &Map<String, Value>,
    order: &[(String, bool)],
) -> Ordering {
    order
        .iter()
        .map(|(path, descending)| {
            let ordering = compare_values(at(left, path), at(right, path));
            if *descending { ordering.reverse() } else { ordering }
        })
        .find(|ordering| ordering.is_ne())
        .unwrap_or(Ordering::Equal)
}

fn at<'a>(body: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let mut steps = path.split('/');
    let first = body.get(steps.next()?)?;
    steps.try_fold(first, |value, step| value.get(step))
}

fn compare_values(left: Option<&Value>, right: Option<&Value>) -> Ordering {
    match (left.unwrap_or(&Value::Null), right.unwrap_or(&Value::Null)) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Less,
        (_, Value::Null) => Ordering::Greater,
        (Value::String(left), Value::String(right)) => compare_text(left, right),
        (Value::Number(left), Value::Number(right)) => {
            left.as_f64().partial_cmp(&right.as_f64()).unwrap_or(Ordering::Equal)
        }
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        _ => Ordering::Equal,
    }
}

/// Of `candidates`, the `count` smallest after `skip`, in order. Only as much is sorted as a page needs.
pub(crate) fn page<T>(
    mut candidates: Vec<T>,
    skip: usize,
    count: usize,
    compare: impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    let end = skip.saturating_add(count).min(candidates.len());
    if skip >= end {
        return Vec::new();
    }
    if end < candidates.len() {
        candidates.select_nth_unstable_by(end, &compare);
        candidates.truncate(end);
    }
    if skip > 0 {
        candidates.select_nth_unstable_by(skip, &compare);
        candidates.drain(..skip);
    }
    candidates.sort_by(compare);
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_a_selection_make_up_the_sorted_whole() {
        let numbers: Vec<usize> = (0..1_000).map(|number| number * 7_919 % 1_000).collect();
        let whole: Vec<usize> =
            (0..10).flat_map(|at| page(numbers.clone(), at * 100, 100, usize::cmp)).collect();
        assert!(whole.is_sorted() && whole.len() == 1_000);
        assert!(page(numbers, 1_000, 100, usize::cmp).is_empty());
    }

    #[test]
    fn empty_values_come_first_and_descending_turns_round() {
        let body = |value: Value| value.as_object().cloned().unwrap();
        let (empty, a, b) = (
            body(serde_json::json!({})),
            body(serde_json::json!({"x": {"y": "a"}})),
            body(serde_json::json!({"x": {"y": "B"}})),
        );
        let order = |descending| [("x/y".to_owned(), descending)];
        assert_eq!(compare(&empty, &a, &order(false)), Ordering::Less);
        assert_eq!(compare(&a, &b, &order(false)), Ordering::Less);
        assert_eq!(compare(&a, &b, &order(true)), Ordering::Greater);
    }
}
