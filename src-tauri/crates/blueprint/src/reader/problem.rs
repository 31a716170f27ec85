//! What is wrong with a connector file, in words that say what to change.

use std::fmt;

use thiserror::Error;

/// A connector file that cannot be used, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct BlueprintError {
    /// The file's name, as it was given.
    pub source_name: String,
    /// What is wrong, in the order of the file. Never empty.
    pub problems: Vec<Problem>,
}

impl fmt::Display for BlueprintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.problems.iter().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            write!(f, "{}:{problem}", self.source_name)?;
        }
        Ok(())
    }
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// The field, as in `registrations[0].redirects[1].uri`; lists count from 0. Empty for the file as a whole.
    pub field: String,
    /// What is wrong.
    pub kind: ProblemKind,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.line, self.column)?;
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        write!(f, "{}", self.kind)
    }
}

/// What is wrong in one place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProblemKind {
    /// More bytes than a connector can need.
    #[error("The file has {bytes} bytes. A connector can have {max} at most.")]
    FileTooLarge {
        /// What it has.
        bytes: usize,
        /// What it may have.
        max: usize,
    },
    /// Bytes that are no text.
    #[error("The file is not text in UTF-8. Save it again with that encoding.")]
    NotUtf8,
    /// Not TOML.
    #[error("This cannot be read as TOML: {reason}.")]
    Syntax {
        /// What the TOML reader says.
        reason: String,
    },
    /// Made for another version of the format.
    #[error("The file is written in version {found} of the format. This Gatehouse reads version 1.")]
    FormatVersion {
        /// What the file says.
        found: String,
    },
    /// A field that is not in the format.
    #[error("There is no field “{name}” here.{}", hint(nearest.as_deref()))]
    UnknownField {
        /// The field.
        name: String,
        /// The field that comes nearest.
        nearest: Option<String>,
    },
    /// A field that has to be there.
    #[error("The field “{name}” is missing here.")]
    MissingField {
        /// The field.
        name: String,
    },
    /// A number where a text belongs, and the like.
    #[error("There should be {expected} here, but it is {found}.")]
    WrongType {
        /// What belongs there, with its article.
        expected: &'static str,
        /// What is there, with its article.
        found: &'static str,
    },
    /// A word that is not in the format.
    #[error("“{found}” is not possible here.{} These are: {options}.", hint(nearest.as_deref()))]
    NotAnOption {
        /// What is there.
        found: String,
        /// What could be there.
        options: String,
        /// The one that comes nearest.
        nearest: Option<String>,
    },
    /// Nothing between the quotes.
    #[error("There is no text in it. Write one, or leave the field out.")]
    Empty,
    /// Too many characters.
    #[error("The text has {length} characters. It can have {max} at most.")]
    TooLong {
        /// What it has.
        length: usize,
        /// What it may have.
        max: usize,
    },
    /// Too many or too few items.
    #[error("The list has {count} items. It must have from {min} to {max}.")]
    ListLength {
        /// What it has.
        count: usize,
        /// Least.
        min: usize,
        /// Greatest.
        max: usize,
    },
    /// A number outside the limits.
    #[error("The number must be from {min} to {max}.")]
    OutOfRange {
        /// Least.
        min: u32,
        /// Greatest.
        max: u32,
    },
    /// Blanks around a text.
    #[error("There is a blank at the start or the end of the text. Take it away.")]
    OuterBlank,
    /// A character that cannot be seen, or changes the direction of writing.
    #[error("There is a hidden character (U+{code:04X}) in the text. Take it away.")]
    HiddenCharacter {
        /// Its number.
        code: u32,
    },
    /// A letter that looks like another one.
    #[error("The letter “{character}” (U+{:04X}) looks like another one but is not it.", u32::from(*character))]
    LookAlike {
        /// The letter.
        character: char,
    },
    /// Not a name in lower case with hyphens.
    #[error("A name here has lower-case letters, digits and single hyphens only, such as “calendar-sync”.")]
    NotAnId,
    /// A name that templates need for something else.
    #[error("The name “{name}” has a meaning of its own in templates. Choose another one.")]
    ReservedId {
        /// The name.
        name: String,
    },
    /// Not a version.
    #[error("A version is three numbers, such as “1.0.0”.")]
    NotAVersion,
    /// Not an https address.
    #[error("A link must be a whole address that begins with https://.")]
    NotALink,
    /// Not a GUID.
    #[error("An id here has the form 00000000-0000-0000-0000-000000000000.")]
    NotAGuid,
    /// Not the name of a permission.
    #[error(
        "A permission's name has letters, digits, dots, hyphens and underscores only, such as “Mail.Read”."
    )]
    NotAName,
    /// Not a set of characters.
    #[error("A set of characters is written as in “a-z0-9-”, and its ranges run upwards.")]
    NotACharacterSet,
    /// Braces that do not match.
    #[error("The gaps in the text cannot be read: {reason}.")]
    Template {
        /// What is wrong with them.
        reason: String,
    },
    /// A gap that nothing fills.
    #[error("Nothing fills the gap “{{{name}}}”.{}", hint(nearest.as_deref()))]
    UnknownGap {
        /// The gap.
        name: String,
        /// The input that comes nearest.
        nearest: Option<String>,
    },
    /// A gap in a redirect URI that a person could fill with another host.
    #[error(
        "“{{{name}}}” cannot be part of a redirect address: its answer could lead anywhere. Use an input of the kind \
         host-label, domain, verified-domain, choice or number."
    )]
    UnsafeGap {
        /// The gap.
        name: String,
    },
    /// A gap for an answer that may be missing.
    #[error(
        "“{{{name}}}” may have no answer, so the text cannot be filled in. Make the input required, and ask it \
         whenever the text is used."
    )]
    OpenGap {
        /// The gap.
        name: String,
    },
    /// Not a redirect URI that Microsoft takes.
    #[error("This cannot be a redirect address: {reason}.")]
    Redirect {
        /// Why.
        reason: String,
    },
    /// Twice the same name.
    #[error("There are two {what} with the name “{name}”.")]
    Duplicate {
        /// What there are two of, in the plural.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A name that nothing has.
    #[error("There is no {what} with the name “{name}”.{}", hint(nearest.as_deref()))]
    UnknownReference {
        /// What was meant.
        what: &'static str,
        /// The name.
        name: String,
        /// The one that comes nearest.
        nearest: Option<String>,
    },
    /// An API that is not in the catalogue and not an app id.
    #[error("“{name}” is no API that Gatehouse knows. These are: {known}. Any other is named by its app id.")]
    UnknownResource {
        /// What is there.
        name: String,
        /// What is known.
        known: String,
    },
    /// A permission that the API does not have.
    #[error("{resource} has no {kind} permission called “{value}”.{}", hint(nearest.as_deref()))]
    UnknownPermission {
        /// The API.
        resource: String,
        /// The kind.
        kind: String,
        /// What is there.
        value: String,
        /// The one that comes nearest.
        nearest: Option<String>,
    },
    /// A wrong name for a permission that can be told.
    #[error("“{value}” is not Microsoft's name. Write “{right}” here, and “{value}” in guide_name.")]
    MisnamedPermission {
        /// What is there.
        value: String,
        /// Microsoft's name.
        right: String,
    },
    /// A permission that exists, but of the other kind.
    #[error("{note}")]
    OtherKind {
        /// Which it exists as.
        note: String,
    },
    /// A field that something else demands.
    #[error("With {because}, the field “{name}” is needed.")]
    Needed {
        /// The field.
        name: &'static str,
        /// What demands it.
        because: String,
    },
    /// A field that has no effect.
    #[error("With {because}, the field “{name}” has no effect. Take it away.")]
    NotUsed {
        /// The field.
        name: &'static str,
        /// What makes it so.
        because: String,
    },
    /// Two fields that contradict each other.
    #[error("{reason}")]
    Contradiction {
        /// How.
        reason: &'static str,
    },
    /// A proof that fails whatever is done.
    #[error("“{proof}” cannot pass: the registration “{registration}” asks for none of {needed}.")]
    ProofCannotPass {
        /// The proof.
        proof: String,
        /// The registration.
        registration: String,
        /// Permissions that would do.
        needed: String,
    },
    /// A condition about a later question.
    #[error("“{name}” is asked later. A condition can only look at questions before it.")]
    AskedLater {
        /// The input.
        name: String,
    },
    /// A condition about a question that is not a choice.
    #[error("“{name}” is not a question with choices, so a condition cannot look at its answer.")]
    NotAChoice {
        /// The input.
        name: String,
    },
    /// A default answer that would be refused.
    #[error("This answer would be refused: {reason}")]
    DefaultRefused {
        /// What a person would read.
        reason: String,
    },
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map(|nearest| format!(" Did you mean “{nearest}”?")).unwrap_or_default()
}
