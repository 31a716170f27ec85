//! Comparing a file with the description of the format.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::place::{Place, shown};
use super::problem::ProblemKind;
use super::shape::{Field, Format, Shape};
use crate::catalogue::nearest;
use crate::setup::{Template, redirect, text_shape};

/// Problems with the bytes that they are about.
pub(super) type Found = Vec<(Range<usize>, Place, ProblemKind)>;

/// No more than this is looked for: nobody reads a longer list, and a hostile file must not make us write one.
const ENOUGH: usize = 200;

/// Compares a table with its fields. `tag` is a field that has been looked at already.
pub(super) fn table(
    fields: &[Field],
    tag: Option<&str>,
    table: &DeTable<'_>,
    span: &Range<usize>,
    place: &Place,
    found: &mut Found,
) {
    for (key, value) in table {
        let name: &str = key.get_ref();
        if found.len() >= ENOUGH {
            return;
        }
        if tag == Some(name) {
            continue;
        }
        match fields.iter().find(|field| field.name == name) {
            Some(field) => self::value(&field.shape, value, &place.key(name), found),
            None => found.push((
                key.span(),
                place.clone(),
                ProblemKind::UnknownField {
                    name: shown(name),
                    nearest: nearest(name, fields.iter().map(|field| field.name)).map(str::to_owned),
                },
            )),
        }
    }
    for field in fields.iter().filter(|field| field.required && !table.contains_key(field.name)) {
        found.push((span.clone(), place.clone(), ProblemKind::MissingField { name: field.name.to_owned() }));
    }
}

fn value(shape: &Shape, value: &Spanned<DeValue<'_>>, place: &Place, found: &mut Found) {
    let span = value.span();
    let mut note = |kind: ProblemKind| found.push((span.clone(), place.clone(), kind));
    match (shape, value.get_ref()) {
        (Shape::Text { max, format }, DeValue::String(text)) => {
            if let Err(kind) = check_text(text, *max, *format) {
                note(kind);
            }
        }
        (Shape::Flag, DeValue::Boolean(_)) => {}
        (Shape::Whole { min, max }, DeValue::Integer(number)) => {
            let number = u32::from_str_radix(number.as_str(), number.radix()).ok();
            if !number.is_some_and(|number| (*min..=*max).contains(&number)) {
                note(ProblemKind::OutOfRange { min: *min, max: *max });
            }
        }
        (Shape::OneOf(options), DeValue::String(text)) => {
            if !options.contains(&&**text) {
                note(ProblemKind::NotAnOption {
                    found: shown(text),
                    options: options.join(", "),
                    nearest: nearest(text, options.iter().copied()).map(str::to_owned),
                });
            }
        }
        (Shape::List { of, min, max }, DeValue::Array(items)) => {
            if items.len() < *min || items.len() > *max {
                note(ProblemKind::ListLength { count: items.len(), min: *min, max: *max });
            }
            // What is too much is not read: a list of a hundred thousand mistakes helps nobody.
            for (at, item) in items.iter().take(*max).enumerate() {
                self::value(of, item, &place.index(at), found);
            }
        }
        (Shape::Table(fields), DeValue::Table(inner)) => {
            table(fields, None, inner, &span, place, found);
        }
        (Shape::ByKind(kinds), DeValue::Table(inner)) => by_kind(kinds, inner, &span, place, found),
        (shape, other) => note(ProblemKind::WrongType { expected: expected(shape), found: type_of(other) }),
    }
}

fn by_kind(
    kinds: &'static [(&'static str, &'static [Field])],
    inner: &DeTable<'_>,
    span: &Range<usize>,
    place: &Place,
    found: &mut Found,
) {
    let names: Vec<&'static str> = kinds.iter().map(|(name, _)| *name).collect();
    let Some(kind) = inner.get("kind") else {
        found.push((span.clone(), place.clone(), ProblemKind::MissingField { name: "kind".to_owned() }));
        return;
    };
    let chosen = kind.get_ref().as_str().and_then(|kind| kinds.iter().find(|(name, _)| *name == kind));
    let place_of_kind = place.key("kind");
    match (chosen, kind.get_ref()) {
        (Some((_, fields)), _) => table(fields, Some("kind"), inner, span, place, found),
        (None, DeValue::String(text)) => found.push((
            kind.span(),
            place_of_kind,
            ProblemKind::NotAnOption {
                found: shown(text),
                options: names.join(", "),
                nearest: nearest(text, names.iter().copied()).map(str::to_owned),
            },
        )),
        (None, other) => found.push((
            kind.span(),
            place_of_kind,
            ProblemKind::WrongType { expected: "a text", found: type_of(other) },
        )),
    }
}

fn check_text(text: &str, max: usize, format: Format) -> Result<(), ProblemKind> {
    if text.is_empty() || (text.trim().is_empty() && format != Format::Characters) {
        return Err(ProblemKind::Empty);
    }
    let length = text.chars().count();
    if length > max {
        return Err(ProblemKind::TooLong { length, max });
    }
    if let Some(hidden) = text.chars().find(|c| text_shape::is_hidden(*c)) {
        return Err(ProblemKind::HiddenCharacter { code: hidden.into() });
    }
    if text.trim() != text && format != Format::Characters {
        return Err(ProblemKind::OuterBlank);
    }
    match format {
        Format::Line | Format::Template => {
            if let Some(character) = text_shape::look_alike(text) {
                return Err(ProblemKind::LookAlike { character });
            }
            if format == Format::Template {
                template(text)?;
            }
        }
        Format::Id if !is_id(text) => return Err(ProblemKind::NotAnId),
        Format::Version if !is_version(text) => return Err(ProblemKind::NotAVersion),
        Format::Link => {
            redirect::check(text.split('#').next().unwrap_or(text), crate::RedirectPlatform::Web).map_err(
                |error| match error {
                    redirect::RedirectError::LookAlike(character) => ProblemKind::LookAlike { character },
                    _ => ProblemKind::NotALink,
                },
            )?;
        }
        Format::Guid if text.len() != 36 || uuid::Uuid::try_parse(text).is_err() => {
            return Err(ProblemKind::NotAGuid);
        }
        Format::Name if !text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b)) => {
            return Err(ProblemKind::NotAName);
        }
        Format::Characters if text_shape::Class::parse(text).is_none() => {
            return Err(ProblemKind::NotACharacterSet);
        }
        Format::Redirect => {
            template(text)?;
        }
        Format::Id | Format::Version | Format::Guid | Format::Name | Format::Characters => {}
    }
    Ok(())
}

fn template(text: &str) -> Result<Template<'_>, ProblemKind> {
    Template::parse(text).map_err(|error| ProblemKind::Template { reason: error.to_string() })
}

/// Checks a redirect URI whose gaps a person fills in later: it must be fine with an ordinary word in each gap.
pub(super) fn redirect_with_gaps(uri: &str, platform: crate::RedirectPlatform) -> Result<(), ProblemKind> {
    let filled = template(uri)?.fill(|_| Some("word".to_owned())).unwrap_or_default();
    redirect::check(&filled, platform).map_err(|error| ProblemKind::Redirect { reason: error.to_string() })
}

fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && !text.contains("--")
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn is_version(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let number = |part: &&str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (*part == "0" || !part.starts_with('0'))
    };
    parts.len() == 3 && parts.iter().all(number)
}

fn expected(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text { .. } | Shape::OneOf(_) => "a text",
        Shape::Flag => "true or false",
        Shape::Whole { .. } => "a whole number",
        Shape::List { .. } => "a list",
        Shape::Table(_) | Shape::ByKind(_) => "a table",
    }
}

fn type_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
