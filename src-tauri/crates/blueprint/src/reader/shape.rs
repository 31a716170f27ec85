//! A description of what a file may contain: one description that reads files, makes the JSON schema, and is what
//! `docs/connector-format.md` is held to.

/// What may stand somewhere.
#[derive(Debug)]
pub(super) enum Shape {
    /// A text of at most `max` characters, never empty.
    Text { max: usize, format: Format },
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Whole { min: u32, max: u32 },
    /// One of some words.
    OneOf(&'static [&'static str]),
    /// A list of at most `max` things.
    List { of: &'static Shape, min: usize, max: usize },
    /// A table with these fields.
    Table(&'static [Field]),
    /// A table whose field `kind` says which other fields there are.
    ByKind(&'static [(&'static str, &'static [Field])]),
}

/// A field of a table.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) shape: Shape,
    /// What it is for; ends up in the schema, where editors show it.
    pub(super) about: &'static str,
}

/// What a text has to look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// One line for people to read.
    Line,
    /// A name in lower case, with hyphens: `calendar-sync`.
    Id,
    /// `1.0.0`.
    Version,
    /// An https address.
    Link,
    /// A GUID.
    Guid,
    /// The name of a permission or role: `Calendars.Read`.
    Name,
    /// A line with gaps: `Calendar for {agency}`.
    Template,
    /// A redirect URI with gaps.
    Redirect,
    /// A set of characters: `a-z0-9-`.
    Characters,
}

pub(super) const fn line(max: usize) -> Shape {
    Shape::Text { max, format: Format::Line }
}

pub(super) const fn text(max: usize, format: Format) -> Shape {
    Shape::Text { max, format }
}

pub(super) const fn list(of: &'static Shape, max: usize) -> Shape {
    Shape::List { of, min: 0, max }
}

pub(super) const fn must(name: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { name, required: true, shape, about }
}

pub(super) const fn may(name: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { name, required: false, shape, about }
}
