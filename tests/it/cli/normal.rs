//! What differs from run to run, taken out of an answer before it is compared.

use serde_json::{Map, Value};

/// The shape of an answer: which properties there are, of which type. What a program decides by (`kind`, `state`, `code`) is
/// kept. All elements of a list are laid over each other.
pub(crate) fn shape(value: &Value) -> Value {
    match value {
        Value::Null => Value::from("null"),
        Value::Bool(_) => Value::from("true or false"),
        Value::Number(_) => Value::from("number"),
        Value::String(text) => Value::from(if is_time(text) { "time" } else { "text" }),
        Value::Array(all) => {
            let one = all.iter().map(shape).reduce(overlaid);
            Value::Array(one.into_iter().collect())
        }
        Value::Object(properties) => Value::Object(
            properties
                .iter()
                .map(|(name, value)| {
                    let decides = matches!(name.as_str(), "kind" | "state" | "code") && value.is_string();
                    (
                        name.clone(),
                        if decides {
                            Value::from(format!("={}", value.as_str().unwrap()))
                        } else {
                            shape(value)
                        },
                    )
                })
                .collect(),
        ),
    }
}

fn overlaid(one: Value, other: Value) -> Value {
    match (one, other) {
        (one, other) if one == other => one,
        (Value::Object(one), Value::Object(other)) => {
            let mut all: Map<String, Value> = one;
            for (name, value) in other {
                let value = match all.remove(&name) {
                    Some(known) => overlaid(known, value),
                    None => value,
                };
                all.insert(name, value);
            }
            Value::Object(all)
        }
        (Value::Array(mut one), Value::Array(mut other)) => {
            let both = one.pop().into_iter().chain(other.pop()).reduce(overlaid);
            Value::Array(both.into_iter().collect())
        }
        (one, other) => {
            let mut words: Vec<String> = [one, other]
                .iter()
                .flat_map(|value| match value {
                    Value::String(text) => text.split(" | ").map(str::to_owned).collect(),
                    _ => vec!["object".to_owned()],
                })
                .collect();
            words.sort();
            words.dedup();
            Value::from(words.join(" | "))
        }
    }
}

/// A text with ids, times and ports replaced, the same one by the same name.
pub(crate) fn words(text: &str) -> String {
    let mut known: Vec<String> = Vec::new();
    let mut out = String::new();
    let part_of_word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | ':' | '.');
    let mut rest = text;
    while let Some(begin) = rest.find(part_of_word) {
        out.push_str(&rest[..begin]);
        let word = &rest[begin..];
        let end = word.find(|letter| !part_of_word(letter)).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        let (core, dot) = word.strip_suffix('.').map_or((word, ""), |core| (core, "."));
        if is_id(core) {
            let number = known.iter().position(|one| one == core).unwrap_or_else(|| {
                known.push(core.to_owned());
                known.len() - 1
            });
            out.push_str(&format!("<id {}>{dot}", number + 1));
        } else if is_time(core) {
            out.push_str(&format!("<time>{dot}"));
        } else {
            out.push_str(word);
        }
        rest = after;
    }
    out.push_str(rest);
    days_out(&out)
}

fn is_id(word: &str) -> bool {
    let hex = |text: &str| text.chars().all(|letter| letter.is_ascii_hexdigit());
    let guid =
        word.len() == 36 && word.split('-').map(str::len).eq([8, 4, 4, 4, 12]) && hex(&word.replace('-', ""));
    guid || (word.len() == 32 && hex(word))
}

fn is_time(word: &str) -> bool {
    word.len() >= 20 && word.parse::<jiff::Timestamp>().is_ok()
}

/// "2 Dec 2026" and "2 Dec 2026 14:05" become `<day>`.
fn days_out(text: &str) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    text.split('\n')
        .map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            let mut out: Vec<String> = Vec::new();
            let mut at = 0;
            while at < words.len() {
                let day = words.get(at..at + 3).is_some_and(|day| {
                    let year = day[2].trim_end_matches([',', '.']);
                    day[0].parse::<u8>().is_ok() && MONTHS.contains(&day[1]) && year.len() == 4
                });
                if day {
                    at += 3;
                    let time = |word: &&&str| {
                        let word = word.trim_end_matches([',', '.']);
                        word.len() == 5 && word.as_bytes()[2] == b':'
                    };
                    if words.get(at).filter(time).is_some() {
                        at += 1;
                    }
                    out.push("<day>".to_owned());
                } else {
                    out.push(words[at].to_owned());
                    at += 1;
                }
            }
            out.join(" ")
        })
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn what_differs_goes_and_what_is_said_stays() {
    let said = "0f8fad5b-d9cb-469f-a165-70867728950e in 0123456789abcdef0123456789abcdef. Ends 2 Dec 2026 14:05, \
                again 0f8fad5b-d9cb-469f-a165-70867728950e.";
    assert_eq!(words(said), "<id 1> in <id 2>. Ends <day> again <id 1>.");
    let answer = serde_json::json!([{ "state": "done", "at": "2026-11-20T12:00:00Z" }, { "state": "undone", "more": 1 }]);
    assert_eq!(
        shape(&answer),
        serde_json::json!([{ "at": "time", "more": "number", "state": "=done | =undone" }])
    );
}
