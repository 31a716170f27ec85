//! Reading connector files, strictly: what is not understood is not passed over.

mod account_checks;
mod checks;
mod format;
mod hand_over_checks;
mod permission_checks;
mod place;
mod plain;
mod problem;
mod question_checks;
pub mod schema;
mod shape;
mod walk;
mod writer;

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

use crate::Connector;
use place::{Place, position};
pub use problem::{BlueprintError, Problem, ProblemKind};

/// The largest connector file that is looked at, in bytes. The built-in ones have less than a twentieth of it.
pub const MAX_FILE_BYTES: usize = 256 * 1024;

/// The greatest number of problems that are told at once.
const MAX_PROBLEMS: usize = 50;

impl Connector {
    /// Reads a connector file.
    ///
    /// # Errors
    /// Everything that is wrong with the file, in its order, each with line, column and field. Problems of meaning
    /// (a reference that leads nowhere, a permission that does not exist) are looked for once the form is right.
    pub fn parse(source_name: &str, text: &str) -> Result<Self, BlueprintError> {
        let fail =
            |problems: Vec<Problem>| BlueprintError { source_name: place::shown(source_name), problems };
        if text.len() > MAX_FILE_BYTES {
            let kind = ProblemKind::FileTooLarge { bytes: text.len(), max: MAX_FILE_BYTES };
            return Err(fail(vec![Problem { line: 1, column: 1, field: String::new(), kind }]));
        }
        let (root, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            let found = errors.iter().map(|error| {
                let reason = error.message().trim_end_matches('.').replace("invalid", "wrong");
                (error.span().unwrap_or(0..0), Place::default(), ProblemKind::Syntax { reason })
            });
            return Err(fail(tell(text, found.collect())));
        }
        let found = form(&root);
        if !found.is_empty() {
            return Err(fail(tell(text, found)));
        }
        let connector = match Self::deserialize(plain::table(root.get_ref())) {
            Ok(connector) => connector,
            // The description of the format and the types disagree: a mistake of ours, told like one of the file's.
            Err(error) => {
                let kind = ProblemKind::Syntax { reason: error.to_string() };
                return Err(fail(tell(text, vec![(0..0, Place::default(), kind)])));
            }
        };
        let mut meaning = checks::of(&connector);
        meaning.extend(permission_checks::of(&connector));
        if meaning.is_empty() {
            return Ok(connector);
        }
        let found = meaning.into_iter().map(|(place, kind)| (place.span(&root), place, kind)).collect();
        Err(fail(tell(text, found)))
    }

    /// Reads a connector file from its bytes; see [`Connector::parse`].
    ///
    /// # Errors
    /// As [`Connector::parse`], and when the bytes are no text.
    pub fn parse_bytes(source_name: &str, bytes: &[u8]) -> Result<Self, BlueprintError> {
        let text = match std::str::from_utf8(bytes.get(..=MAX_FILE_BYTES).unwrap_or(bytes)) {
            Ok(text) => text,
            Err(error) if bytes.len() <= MAX_FILE_BYTES => {
                let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let (line, column) = position(&String::from_utf8_lossy(good), good.len());
                return Err(BlueprintError {
                    source_name: place::shown(source_name),
                    problems: vec![Problem {
                        line,
                        column,
                        field: String::new(),
                        kind: ProblemKind::NotUtf8,
                    }],
                });
            }
            Err(_) => "",
        };
        if bytes.len() > MAX_FILE_BYTES {
            let kind = ProblemKind::FileTooLarge { bytes: bytes.len(), max: MAX_FILE_BYTES };
            return Err(BlueprintError {
                source_name: place::shown(source_name),
                problems: vec![Problem { line: 1, column: 1, field: String::new(), kind }],
            });
        }
        Self::parse(source_name, text.strip_prefix('\u{feff}').unwrap_or(text))
    }
}

/// Compares the file with the format. A file of another version is told to be that, and nothing else.
fn form(root: &Spanned<DeTable<'_>>) -> walk::Found {
    let mut found = Vec::new();
    if let Some(version) = root.get_ref().get("format")
        && let Some(number) = version.get_ref().as_integer()
        && number.as_str() != "1"
    {
        let kind = ProblemKind::FormatVersion { found: place::shown(number.as_str()) };
        return vec![(version.span(), Place::default().key("format"), kind)];
    }
    walk::table(format::top(), None, root.get_ref(), &(0..0), &Place::default(), &mut found);
    found
}

/// Puts problems into the order of the file and counts lines.
fn tell(text: &str, mut found: Vec<(Range<usize>, Place, ProblemKind)>) -> Vec<Problem> {
    found.sort_by_key(|(span, ..)| span.start);
    found
        .into_iter()
        .take(MAX_PROBLEMS)
        .map(|(span, place, kind)| {
            let (line, column) = position(text, span.start);
            Problem { line, column, field: place.to_string(), kind }
        })
        .collect()
}
