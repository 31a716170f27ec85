//! Whether an object fulfils a `$filter`.

use std::cmp::Ordering;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::filter::{Condition, Literal, Operator, Path, TextFunction};

/// An object under test, with what its row does not hold.
pub(crate) struct Subject<'a> {
    pub(crate) body: &'a Map<String, Value>,
    /// The name of its type, without namespace.
    pub(crate) kind: &'a str,
    /// How many objects a navigation such as `owners` leads to.
    pub(crate) related: &'a dyn Fn(&str) -> Option<usize>,
}

/// A variable of an enclosing `any`.
struct Scope<'a> {
    variable: &'a str,
    value: &'a Value,
    outer: Option<&'a Scope<'a>>,
}

/// Whether the condition holds. Texts compare without regard to case, as Entra and Exchange do.
pub(crate) fn holds(condition: &Condition, subject: &Subject<'_>) -> bool {
    test(condition, subject, None)
}

fn test(condition: &Condition, subject: &Subject<'_>, scope: Option<&Scope<'_>>) -> bool {
    match condition {
        Condition::And(left, right) => test(left, subject, scope) && test(right, subject, scope),
        Condition::Or(left, right) => test(left, subject, scope) || test(right, subject, scope),
        Condition::Not(inner) => !test(inner, subject, scope),
        Condition::Compare { path, operator, value } => {
            if let Some(count) = counted(path, subject, scope) {
                return compare(Some(&Value::from(count)), *operator, value);
            }
            compare(resolve(path, subject, scope), *operator, value)
        }
        Condition::In { path, values } => {
            let found = resolve(path, subject, scope);
            values.iter().any(|value| compare(found, Operator::Eq, value))
        }
        Condition::Text { function, path, argument } => {
            let Some(text) = resolve(path, subject, scope).and_then(Value::as_str) else { return false };
            let (text, argument) = (text.to_lowercase(), argument.to_lowercase());
            match function {
                TextFunction::StartsWith => text.starts_with(&argument),
                TextFunction::EndsWith => text.ends_with(&argument),
                TextFunction::Contains => text.contains(&argument),
            }
        }
        Condition::Lambda { all, collection, variable, condition } => {
            let items = resolve(collection, subject, scope).and_then(Value::as_array);
            let items = items.map_or(&[] as &[Value], Vec::as_slice);
            let Some(condition) = condition else { return !items.is_empty() };
            let mut results = items
                .iter()
                .map(|value| test(condition, subject, Some(&Scope { variable, value, outer: scope })));
            if *all { results.all(|result| result) } else { results.any(|result| result) }
        }
        Condition::IsOf(kind) => {
            kind.rsplit('.').next().is_some_and(|kind| kind.eq_ignore_ascii_case(subject.kind))
        }
        Condition::Holds(path) => resolve(path, subject, scope).and_then(Value::as_bool).unwrap_or(false),
    }
}

fn resolve<'a>(path: &Path, subject: &Subject<'a>, scope: Option<&'a Scope<'a>>) -> Option<&'a Value> {
    let (first, rest) = path.0.split_first()?;
    let mut enclosing = scope;
    let start = loop {
        match enclosing {
            Some(scope) if scope.variable == first => break Some(scope.value),
            Some(scope) => enclosing = scope.outer,
            None => break property(subject.body, first),
        }
    };
    rest.iter().try_fold(start?, |value, step| property(value.as_object()?, step))
}

/// `assignedLicenses/$count` or `owners/$count`.
fn counted(path: &Path, subject: &Subject<'_>, scope: Option<&Scope<'_>>) -> Option<usize> {
    let (last, front) = path.0.split_last()?;
    if last != "$count" {
        return None;
    }
    let collection = Path(front.to_vec());
    let held = resolve(&collection, subject, scope).and_then(Value::as_array).map(Vec::len);
    held.or_else(|| (subject.related)(front.last()?)).or(Some(0))
}

/// Property names are case-sensitive in OData, but Graph forgives the case in `$filter`.
fn property<'a>(body: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    body.get(name)
        .or_else(|| body.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

fn compare(found: Option<&Value>, operator: Operator, literal: &Literal) -> bool {
    let found = found.unwrap_or(&Value::Null);
    let ordering = match (found, literal) {
        (Value::Null, Literal::Null) => Some(Ordering::Equal),
        (Value::Null, _) | (_, Literal::Null) => None,
        (Value::Bool(found), Literal::Bool(value)) => Some(found.cmp(value)),
        (Value::Number(found), Literal::Number(value)) => {
            found.as_f64().and_then(|found| found.partial_cmp(value))
        }
        (Value::String(found), Literal::Moment(value)) => {
            found.parse::<Timestamp>().ok().map(|found| found.cmp(value))
        }
        (Value::String(found), Literal::Text(value) | Literal::Guid(value)) => {
            Some(compare_text(found, value))
        }
        _ => None,
    };
    match operator {
        Operator::Eq => ordering == Some(Ordering::Equal),
        Operator::Ne => ordering != Some(Ordering::Equal),
        Operator::Gt => ordering == Some(Ordering::Greater),
        Operator::Ge => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
        Operator::Lt => ordering == Some(Ordering::Less),
        Operator::Le => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
    }
}

/// Without regard to case, and without allocating for the common case of plain ASCII.
pub(crate) fn compare_text(left: &str, right: &str) -> Ordering {
    if left.is_ascii() && right.is_ascii() {
        let lower = |byte: u8| byte.to_ascii_lowercase();
        return left.bytes().map(lower).cmp(right.bytes().map(lower));
    }
    left.to_lowercase().cmp(&right.to_lowercase())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::filter::parse;
    use super::*;

    fn matches(filter: &str) -> bool {
        let body = json!({
            "displayName": "Résumé Scanner", "accountEnabled": true, "tags": ["HideApp", "x"], "mail": null,
            "createdDateTime": "2026-05-01T08:00:00Z", "assignedLicenses": [{ "skuId": "df021288-bdef-4463-88db-98f22de89214" }],
            "start": { "dateTime": "2026-11-20T10:00:00.0000000" }, "size": 3
        });
        let related = |name: &str| (name == "owners").then_some(2);
        holds(
            &parse(filter).unwrap(),
            &Subject { body: body.as_object().unwrap(), kind: "user", related: &related },
        )
    }

    #[test]
    fn every_operator_does_what_it_says() {
        for yes in [
            "displayName eq 'RÉSUMÉ scanner'",
            "startsWith(displayName,'rés') and not endsWith(displayName,'x')",
            "accountEnabled",
            "accountEnabled eq true and mail eq null",
            "tags/any(t:t eq 'hideapp') and not tags/any(t:startswith(t,'z'))",
            "tags/all(t:t ne 'y')",
            "assignedLicenses/any(l:l/skuId eq df021288-bdef-4463-88db-98f22de89214)",
            "assignedLicenses/$count eq 1 and owners/$count ge 2",
            "createdDateTime ge 2026-01-01T00:00:00Z and createdDateTime lt 2026-06-01",
            "start/dateTime ge '2026-11-20T00:00:00'",
            "size in (1, 3)",
            "2 lt size",
            "mail ne 'a@b'",
        ] {
            assert!(matches(yes), "{yes}");
        }
        for no in [
            "mail eq 'x'",
            "displayName ne 'résumé scanner'",
            "tags/any(t:t eq 'nope')",
            "size gt 3",
            "createdDateTime gt 2027-01-01",
        ] {
            assert!(!matches(no), "{no}");
        }
    }
}
