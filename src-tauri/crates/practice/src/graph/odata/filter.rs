//! `$filter` as a tree (OData 4.01 part 2, 5.1.1; the part of it that Graph documents).

use jiff::Timestamp;

use super::lexer::{SyntaxError, Token, words};

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Not(Box<Self>),
    Compare {
        path: Path,
        operator: Operator,
        value: Literal,
    },
    In {
        path: Path,
        values: Vec<Literal>,
    },
    Text {
        function: TextFunction,
        path: Path,
        argument: String,
    },
    /// `tags/any(t:t eq 'x')`; without a condition: the collection is not empty.
    Lambda {
        all: bool,
        collection: Path,
        variable: String,
        condition: Option<Box<Self>>,
    },
    /// `isof('microsoft.graph.group')`.
    IsOf(String),
    /// A boolean property by itself.
    Holds(Path),
}

/// `start/dateTime`, or a lambda's variable followed by properties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path(pub(crate) Vec<String>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextFunction {
    StartsWith,
    EndsWith,
    Contains,
}

/// A constant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    Guid(String),
    Moment(Timestamp),
}

/// Reads an expression.
///
/// # Errors
/// The offset where it stops making sense.
pub(crate) fn parse(text: &str) -> Result<Condition, SyntaxError> {
    let words = words(text)?;
    let mut parser = Parser { words: &words, at: 0, end: text.len(), depth: 0 };
    let condition = parser.or()?;
    if parser.at < words.len() {
        return Err(parser.error());
    }
    Ok(condition)
}

/// Deeper nesting than any client writes; keeps a hostile expression off the stack.
const DEEPEST: usize = 64;

struct Parser<'a> {
    words: &'a [(usize, Token)],
    at: usize,
    end: usize,
    depth: usize,
}

impl Parser<'_> {
    fn or(&mut self) -> Result<Condition, SyntaxError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error());
        }
        let mut left = self.and()?;
        while self.keyword("or") {
            left = Condition::Or(Box::new(left), Box::new(self.and()?));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn and(&mut self) -> Result<Condition, SyntaxError> {
        let mut left = self.unary()?;
        while self.keyword("and") {
            left = Condition::And(Box::new(left), Box::new(self.unary()?));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Condition, SyntaxError> {
        let mut negations = 0_usize;
        while self.keyword("not") {
            negations += 1;
        }
        let mut condition = self.primary()?;
        for _ in 0..negations % 2 {
            condition = Condition::Not(Box::new(condition));
        }
        Ok(condition)
    }

    fn primary(&mut self) -> Result<Condition, SyntaxError> {
        if self.take(&Token::Open) {
            let condition = self.or()?;
            self.expect(&Token::Close)?;
            return Ok(condition);
        }
        if let Some(literal) = self.literal() {
            // `'x' eq displayName`
            let operator = self.operator().ok_or_else(|| self.error())?.mirrored();
            return Ok(Condition::Compare { path: self.path()?, operator, value: literal });
        }
        let word = self.word()?;
        if self.peek() == Some(&Token::Open) {
            return self.call(&word);
        }
        self.comparison(word)
    }

    fn call(&mut self, name: &str) -> Result<Condition, SyntaxError> {
        let function = match name.to_ascii_lowercase().as_str() {
            "startswith" => TextFunction::StartsWith,
            "endswith" => TextFunction::EndsWith,
            "contains" => TextFunction::Contains,
            "isof" => {
                self.expect(&Token::Open)?;
                let Some(Literal::Text(kind)) = self.literal() else { return Err(self.error()) };
                self.expect(&Token::Close)?;
                return Ok(Condition::IsOf(kind));
            }
            _ => return Err(self.error()),
        };
        self.expect(&Token::Open)?;
        let path = self.path()?;
        self.expect(&Token::Comma)?;
        let Some(Literal::Text(argument)) = self.literal() else { return Err(self.error()) };
        self.expect(&Token::Close)?;
        // `startsWith(x,'y') eq true` is allowed and means the same.
        let condition = Condition::Text { function, path, argument };
        if self.keyword("eq") {
            return match self.literal() {
                Some(Literal::Bool(true)) => Ok(condition),
                Some(Literal::Bool(false)) => Ok(Condition::Not(Box::new(condition))),
                _ => Err(self.error()),
            };
        }
        Ok(condition)
    }

    fn comparison(&mut self, first: String) -> Result<Condition, SyntaxError> {
        let mut steps = vec![first];
        while self.take(&Token::Slash) {
            let step = self.word()?;
            let lambda = step.eq_ignore_ascii_case("any") || step.eq_ignore_ascii_case("all");
            if lambda && self.peek() == Some(&Token::Open) {
                return self.lambda(Path(steps), step.eq_ignore_ascii_case("all"));
            }
            steps.push(step);
        }
        let path = Path(steps);
        if self.keyword("in") {
            self.expect(&Token::Open)?;
            let mut values = Vec::new();
            loop {
                values.push(self.literal().ok_or_else(|| self.error())?);
                if !self.take(&Token::Comma) {
                    break;
                }
            }
            self.expect(&Token::Close)?;
            return Ok(Condition::In { path, values });
        }
        match self.operator() {
            Some(operator) => {
                let value = self.literal().ok_or_else(|| self.error())?;
                Ok(Condition::Compare { path, operator, value })
            }
            None => Ok(Condition::Holds(path)),
        }
    }

    fn lambda(&mut self, collection: Path, all: bool) -> Result<Condition, SyntaxError> {
        self.expect(&Token::Open)?;
        if self.take(&Token::Close) {
            return Ok(Condition::Lambda { all, collection, variable: String::new(), condition: None });
        }
        let variable = self.word()?;
        self.expect(&Token::Colon)?;
        let condition = Some(Box::new(self.or()?));
        self.expect(&Token::Close)?;
        Ok(Condition::Lambda { all, collection, variable, condition })
    }

    fn path(&mut self) -> Result<Path, SyntaxError> {
        let mut steps = vec![self.word()?];
        while self.take(&Token::Slash) {
            steps.push(self.word()?);
        }
        Ok(Path(steps))
    }

    fn operator(&mut self) -> Option<Operator> {
        let Some(Token::Word(word)) = self.peek() else { return None };
        let operator = match word.to_ascii_lowercase().as_str() {
            "eq" => Operator::Eq,
            "ne" => Operator::Ne,
            "gt" => Operator::Gt,
            "ge" => Operator::Ge,
            "lt" => Operator::Lt,
            "le" => Operator::Le,
            _ => return None,
        };
        self.at += 1;
        Some(operator)
    }

    fn literal(&mut self) -> Option<Literal> {
        let literal = match self.peek()? {
            Token::Text(text) => Literal::Text(text.clone()),
            Token::Number(number) => Literal::Number(*number),
            Token::Moment(moment) => Literal::Moment(*moment),
            Token::Guid(guid) => Literal::Guid(guid.clone()),
            Token::Word(word) => match word.to_ascii_lowercase().as_str() {
                "true" => Literal::Bool(true),
                "false" => Literal::Bool(false),
                "null" => Literal::Null,
                _ => return None,
            },
            _ => return None,
        };
        self.at += 1;
        Some(literal)
    }

    fn word(&mut self) -> Result<String, SyntaxError> {
        match self.peek() {
            Some(Token::Word(word)) => {
                let word = word.clone();
                self.at += 1;
                Ok(word)
            }
            _ => Err(self.error()),
        }
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword));
        self.at += usize::from(found);
        found
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, token: &Token) -> Result<(), SyntaxError> {
        if self.take(token) { Ok(()) } else { Err(self.error()) }
    }

    fn peek(&self) -> Option<&Token> {
        self.words.get(self.at).map(|(_, token)| token)
    }

    fn error(&self) -> SyntaxError {
        SyntaxError { at: self.words.get(self.at).map_or(self.end, |(at, _)| *at) }
    }
}

impl Operator {
    /// `5 lt x` is `x gt 5`.
    fn mirrored(self) -> Self {
        match self {
            Self::Gt => Self::Lt,
            Self::Ge => Self::Le,
            Self::Lt => Self::Gt,
            Self::Le => Self::Ge,
            same => same,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn and_binds_closer_than_or_and_not_closest() {
        let condition = parse("a eq 1 or not b eq 2 and c eq 3").unwrap();
        let Condition::Or(_, right) = condition else { panic!("or is outermost") };
        let Condition::And(left, _) = *right else { panic!("and inside or") };
        assert!(matches!(*left, Condition::Not(_)));
    }

    #[test]
    fn lambdas_lists_and_functions_are_read() {
        assert!(matches!(parse("tags/any(t:t eq 'x')").unwrap(), Condition::Lambda { all: false, .. }));
        assert!(matches!(
            parse("identities/any(c:c/issuer eq 'a' and c/issuerAssignedId eq 'b')"),
            Ok(Condition::Lambda { .. })
        ));
        assert!(
            matches!(parse("id in ('a','b')").unwrap(), Condition::In { values, .. } if values.len() == 2)
        );
        assert!(matches!(parse("startswith(displayName,'A')").unwrap(), Condition::Text { .. }));
        assert!(matches!(parse("assignedLicenses/$count ne 0").unwrap(), Condition::Compare { .. }));
    }

    #[test]
    fn what_cannot_be_read_is_pointed_at() {
        assert_eq!(parse("displayName x"), Err(SyntaxError { at: 12 }));
        assert_eq!(parse("displayName eq"), Err(SyntaxError { at: 14 }));
        assert!(parse(&"(".repeat(10_000)).is_err());
        assert!(parse("nosuchfunction(a,'b')").is_err());
    }
}
