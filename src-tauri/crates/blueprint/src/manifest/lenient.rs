//! JSON as people paste it.

/// The text as JSON: without comments and stray commas, with straight quotes, and in braces where only a field was
/// pasted. Lines stay where they are, so that an error still names the right one.
pub(super) fn json(text: &str) -> String {
    let plain = without_stray_commas(&without_comments(text.trim_start_matches('\u{feff}')));
    let trimmed = plain.trim();
    // The field alone, as guides print it: `"requiredResourceAccess": [ … ]`.
    let is_field = trimmed.starts_with('"')
        && trimmed[1..].find('"').is_some_and(|end| trimmed[end + 2..].trim_start().starts_with(':'));
    if is_field { format!("{{{plain}}}") } else { plain }
}

/// Takes `//` and `/* */` out, outside texts, and makes quotes of word processors straight.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut in_text = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if in_text => {
                out.push(c);
                out.extend(chars.next());
            }
            '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' => {
                in_text = !in_text;
                out.push('"');
            }
            // A line break ends a text: JSON has none inside, and one missing quote does not eat the rest.
            '\n' => {
                in_text = false;
                out.push(c);
            }
            '/' if !in_text && chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            '/' if !in_text && chars.peek() == Some(&'*') => {
                chars.next();
                let mut star = false;
                for c in chars.by_ref() {
                    if c == '\n' {
                        out.push(c);
                    }
                    if star && c == '/' {
                        break;
                    }
                    star = c == '*';
                }
            }
            '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{200b}' | '\u{feff}' if !in_text => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// Takes out a comma before a closing bracket, and one at the end.
fn without_stray_commas(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_text = false;
    let mut escaped = false;
    // Where a comma is that may turn out to be stray.
    let mut comma: Option<usize> = None;
    for c in text.chars() {
        if in_text {
            in_text = escaped || c != '"';
            escaped = !escaped && c == '\\';
            out.push(c);
            continue;
        }
        match c {
            '"' => {
                in_text = true;
                comma = None;
            }
            ',' => comma = Some(out.len()),
            ']' | '}' => {
                if let Some(at) = comma.take() {
                    out.replace_range(at..=at, " ");
                }
            }
            _ if c.is_whitespace() => {}
            _ => comma = None,
        }
        out.push(c);
    }
    if let Some(at) = comma {
        out.replace_range(at..=at, " ");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_json_is_taken_out() {
        let cases = [
            ("[1, 2,]", "[1, 2 ]"),
            ("{\"a\": [1,\n],\n}", "{\"a\": [1 \n] \n}"),
            ("[1] // the end", "[1] "),
            ("[/* one\ntwo */ 1]", "[\n 1]"),
            ("[\"http://x // y\", \"/* z */\"]", "[\"http://x // y\", \"/* z */\"]"),
            ("[\"a\\\"//b\"]", "[\"a\\\"//b\"]"),
            ("\"a\": [],", "{\"a\": [] }"),
            ("\u{feff}{\u{201c}a\u{201d}:\u{a0}1}", "{\"a\": 1}"),
            ("[\"a,]\"]", "[\"a,]\"]"),
        ];
        for (pasted, expected) in cases {
            assert_eq!(json(pasted), expected, "{pasted}");
        }
    }

    #[test]
    fn an_open_comment_or_text_ends_with_the_text() {
        for pasted in ["/*", "/* *", "//", "\"", "\"\\", ",", "[,", "\\"] {
            let _ = json(pasted);
        }
    }
}
