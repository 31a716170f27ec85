//! Texts with gaps: `https://{agency}.example.com/return`.

use thiserror::Error;

/// A text with gaps. The only thing that can stand in a gap is a name; nothing is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template<'a> {
    pieces: Vec<Piece<'a>>,
}

/// A part of a [`Template`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Taken over as it is.
    Text(&'a str),
    /// Filled in.
    Gap(&'a str),
}

/// Why a text is no template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum TemplateError {
    /// A brace that opens and never closes.
    #[error("a “{{” is never closed")]
    Open,
    /// A brace that closes and never opened.
    #[error("a “}}” has no “{{” before it")]
    Close,
    /// Nothing between the braces, or a brace inside.
    #[error("between “{{” and “}}” there must be a name")]
    Name,
}

impl<'a> Template<'a> {
    pub(crate) fn parse(text: &'a str) -> Result<Self, TemplateError> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            if from.starts_with('}') {
                return Err(TemplateError::Close);
            }
            if !before.is_empty() {
                pieces.push(Piece::Text(before));
            }
            let (name, after) = from[1..].split_once('}').ok_or(TemplateError::Open)?;
            if name.is_empty()
                || !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            {
                return Err(TemplateError::Name);
            }
            pieces.push(Piece::Gap(name));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest));
        }
        Ok(Self { pieces })
    }

    pub(crate) fn pieces(&self) -> &[Piece<'a>] {
        &self.pieces
    }

    pub(crate) fn gaps(&self) -> impl Iterator<Item = &'a str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Gap(name) => Some(*name),
            Piece::Text(_) => None,
        })
    }

    /// The text with every gap filled in; `None` when a gap has nothing to go in it.
    pub(crate) fn fill(&self, value: impl Fn(&str) -> Option<String>) -> Option<String> {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => Some((*text).to_owned()),
                Piece::Gap(name) => value(name),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_found_and_filled() {
        let template = Template::parse("https://{agency}.example.com/{path-2}").unwrap();
        assert_eq!(template.gaps().collect::<Vec<_>>(), ["agency", "path-2"]);
        let filled = template.fill(|name| (name == "agency").then(|| "acme".to_owned()));
        assert_eq!(filled, None, "a gap without a value is not skipped");
        assert_eq!(
            template.fill(|name| Some(name.to_uppercase())).unwrap(),
            "https://AGENCY.example.com/PATH-2"
        );
    }

    #[test]
    fn braces_must_match() {
        assert_eq!(Template::parse("a{b"), Err(TemplateError::Open));
        assert_eq!(Template::parse("a}b"), Err(TemplateError::Close));
        assert_eq!(Template::parse("{}"), Err(TemplateError::Name));
        assert_eq!(Template::parse("{{a}}"), Err(TemplateError::Name));
        assert_eq!(Template::parse("{A}"), Err(TemplateError::Name));
        assert!(Template::parse("no gap at all").unwrap().gaps().next().is_none());
    }
}
