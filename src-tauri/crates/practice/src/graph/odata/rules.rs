//! Which queries a collection answers: the rules for directory objects, for mailboxes, and for all else.
//!
//! Source: "Advanced query capabilities on directory objects".

use super::super::error::{GraphError, Result};
use super::super::schema::{EntityType, PropertyType};
use super::filter::{Condition, Literal, Operator, Path, TextFunction};
use super::options::Options;

/// Which of Graph's services answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    /// Entra: pages of 100 to 999, advanced queries only with `ConsistencyLevel: eventual`.
    Directory,
    /// Exchange: pages of 10 to 1,000, `$skip`.
    Mailbox,
    /// Policies and role management: everything at once.
    Small,
    /// Logs and reports: pages of up to 1,000.
    Log,
}

impl Service {
    /// The page size that applies.
    ///
    /// # Errors
    /// A `$top` beyond the limit.
    pub(crate) fn page_size(self, top: Option<usize>) -> Result<usize> {
        match (self, top) {
            (Self::Directory, None) => Ok(100),
            (Self::Directory, Some(top)) if (1..=999).contains(&top) => Ok(top),
            (Self::Directory, Some(top)) => Err(GraphError::InvalidPageSize(top.to_string())),
            (Self::Mailbox, None) => Ok(10),
            (Self::Mailbox, Some(top)) => Ok(top.clamp(1, 1_000)),
            (Self::Small, None) => Ok(500),
            (Self::Small, Some(top)) => Ok(top.max(1)),
            (Self::Log, top) => Ok(top.unwrap_or(1_000).clamp(1, 1_000)),
        }
    }

    /// Refuses what this service does not answer.
    ///
    /// # Errors
    /// In Graph's words.
    pub(crate) fn check(self, kind: &EntityType, options: &Options) -> Result<()> {
        if let Some(filter) = &options.filter {
            Check { service: self, kind, advanced: options.advanced(), beta: options.beta }
                .condition(filter)?;
        }
        for (property, _) in &options.order_by {
            known(kind, property, options.beta).map_err(GraphError::UnreadableOrder)?;
        }
        match self {
            Self::Directory => directory(kind, options),
            Self::Mailbox => mailbox(options),
            Self::Small | Self::Log => Ok(()),
        }
    }
}

fn directory(kind: &EntityType, options: &Options) -> Result<()> {
    if options.search.is_some() && !options.eventual {
        return Err(GraphError::UnsupportedQuery(
            "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'".into(),
        ));
    }
    if options.skip.is_some() {
        return Err(GraphError::DirectoryBadRequest("'$skip' is not supported by the service.".into()));
    }
    if !options.order_by.is_empty() {
        let plain = ["displayname", "userprincipalname"]
            .contains(&options.order_by[0].0.to_ascii_lowercase().as_str())
            && options.filter.is_none();
        if !plain && !options.advanced() {
            return Err(GraphError::UnsupportedQuery("Sorting not supported for current query.".into()));
        }
    }
    if !options.expand.is_empty() && options.eventual && (options.count || options.search.is_some()) {
        return Err(GraphError::UnsupportedQuery(format!(
            "Expand is not supported with advanced queries on resource '{}'.",
            resource(kind)
        )));
    }
    Ok(())
}

/// Exchange can only sort a filtered list by what it filters by, first things first.
fn mailbox(options: &Options) -> Result<()> {
    let (Some(filter), Some((first, _))) = (&options.filter, options.order_by.first()) else { return Ok(()) };
    if leading(filter).is_some_and(|path| path.0.join("/").eq_ignore_ascii_case(first)) {
        Ok(())
    } else {
        Err(GraphError::InefficientFilter)
    }
}

fn leading(condition: &Condition) -> Option<&Path> {
    match condition {
        Condition::And(left, _) | Condition::Or(left, _) => leading(left),
        Condition::Not(inner) => leading(inner),
        Condition::Compare { path, .. }
        | Condition::In { path, .. }
        | Condition::Text { path, .. }
        | Condition::Holds(path)
        | Condition::Lambda { collection: path, .. } => Some(path),
        Condition::IsOf(_) => None,
    }
}

struct Check<'a> {
    service: Service,
    kind: &'a EntityType,
    advanced: bool,
    beta: bool,
}

impl Check<'_> {
    fn condition(&self, condition: &Condition) -> Result<()> {
        match condition {
            Condition::And(left, right) | Condition::Or(left, right) => {
                self.condition(left)?;
                self.condition(right)
            }
            Condition::Not(inner) => {
                self.condition(inner)?;
                self.advanced_only(|| {
                    let path = leading(inner).map(|path| path.0.join("/")).unwrap_or_default();
                    unsupported(self.kind, &path)
                })
            }
            Condition::Compare { path, operator, value } => self.comparison(path, *operator, value),
            Condition::In { path, values } => {
                values.iter().try_for_each(|value| self.comparison(path, Operator::Eq, value))
            }
            Condition::Text { function, path, .. } => self.text(*function, path),
            Condition::Lambda { collection, .. } => {
                let holds = self.property(collection)?;
                match holds {
                    Some(PropertyType::Collection(_)) | None => Ok(()),
                    Some(_) => Err(GraphError::UnreadableFilter(
                        "Any/All may only be used following a collection.".into(),
                    )),
                }
            }
            Condition::IsOf(_) => Ok(()),
            Condition::Holds(path) => match self.property(path)? {
                Some(PropertyType::Bool) | None => Ok(()),
                Some(_) => Err(GraphError::UnreadableFilter(
                    "The $filter expression must evaluate to a single boolean value.".into(),
                )),
            },
        }
    }

    fn comparison(&self, path: &Path, operator: Operator, value: &Literal) -> Result<()> {
        let holds = self.property(path)?;
        if path.0.last().is_some_and(|last| last == "$count") {
            return self.advanced_only(|| unsupported(self.kind, &path.0.join("/")));
        }
        if let Some(holds) = &holds
            && path.0.len() == 1
        {
            fits(holds, value, operator)?;
            // A whole complex value or collection can only be compared through `any` or its parts.
            if matches!(holds, PropertyType::Collection(_)) && !matches!(value, Literal::Null) {
                return Err(unsupported(self.kind, &path.0.join("/")));
            }
        }
        if operator == Operator::Ne && self.service == Service::Directory {
            return self.advanced_only(|| {
                GraphError::UnsupportedQuery("Filter operator 'NotEqualsMatch' is not supported.".into())
            });
        }
        Ok(())
    }

    fn text(&self, function: TextFunction, path: &Path) -> Result<()> {
        self.property(path)?;
        match (self.service, function) {
            (Service::Directory, TextFunction::Contains) => Err(unsupported(self.kind, &path.0.join("/"))),
            (Service::Directory, TextFunction::EndsWith) => self.advanced_only(|| {
                GraphError::UnsupportedQuery(
                    "Operator 'endsWith' is not supported because the 'ConsistencyLevel:eventual' header is missing. Refer to https://aka.ms/graph-docs/advanced-queries for more information".into(),
                )
            }),
            _ => Ok(()),
        }
    }

    fn advanced_only(&self, refusal: impl FnOnce() -> GraphError) -> Result<()> {
        if self.service == Service::Directory && !self.advanced { Err(refusal()) } else { Ok(()) }
    }

    /// What the property at the start of the path holds; `None` where the description does not go into it.
    fn property(&self, path: &Path) -> Result<Option<PropertyType>> {
        let first = path.0.first().map(String::as_str).unwrap_or_default();
        let holds = known(self.kind, first, self.beta).map_err(GraphError::UnreadableFilter)?;
        Ok(if path.0.len() > 1 { None } else { holds })
    }
}

/// What the property holds, or Graph's words for one that the type does not have.
fn known(kind: &EntityType, path: &str, beta: bool) -> std::result::Result<Option<PropertyType>, String> {
    let first = path.split('/').next().unwrap_or_default();
    // Lists of mixed types take any property of their members.
    if kind.name == "directoryObject" || first.starts_with("extension_") {
        return Ok(None);
    }
    match kind.property(first) {
        Some((_, property)) => Ok((!property.navigation).then(|| property.holds.clone())),
        None if beta => Ok(None),
        None => {
            Err(format!("Could not find a property named '{first}' on type 'microsoft.graph.{}'.", kind.name))
        }
    }
}

/// Refuses a quoted GUID for a GUID property and the like, as OData does.
fn fits(holds: &PropertyType, value: &Literal, operator: Operator) -> Result<()> {
    let found = match value {
        Literal::Null => return Ok(()),
        Literal::Bool(_) => "Edm.Boolean",
        Literal::Number(_) => "Edm.Int32",
        Literal::Text(_) => "Edm.String",
        Literal::Guid(_) => "Edm.Guid",
        Literal::Moment(_) => "Edm.DateTimeOffset",
    };
    let own = match holds {
        PropertyType::Text => "Edm.String",
        PropertyType::Guid => "Edm.Guid",
        PropertyType::Moment => "Edm.DateTimeOffset",
        PropertyType::Bool => "Edm.Boolean",
        PropertyType::Number => "Edm.Int32",
        // Enumerations are compared with texts.
        PropertyType::Named(_) | PropertyType::Collection(_) => return Ok(()),
    };
    if own == found {
        return Ok(());
    }
    let operator = match operator {
        Operator::Eq => "Equal",
        Operator::Ne => "NotEqual",
        Operator::Gt => "GreaterThan",
        Operator::Ge => "GreaterThanOrEqual",
        Operator::Lt => "LessThan",
        Operator::Le => "LessThanOrEqual",
    };
    Err(GraphError::UnreadableFilter(format!(
        "A binary operator with incompatible types was detected. Found operand types '{own}' and '{found}' for operator kind '{operator}'."
    )))
}

fn unsupported(kind: &EntityType, property: &str) -> GraphError {
    GraphError::UnsupportedQuery(format!(
        "Unsupported or invalid query filter clause specified for property '{property}' of resource '{}'.",
        resource(kind)
    ))
}

/// `application` is called `Application` in texts.
pub(crate) fn resource(kind: &EntityType) -> String {
    let mut characters = kind.name.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::super::super::schema::entity;
    use super::*;

    fn check(kind: &str, service: Service, query: &str, eventual: bool) -> std::result::Result<(), String> {
        let mut headers = HeaderMap::new();
        if eventual {
            headers.insert("ConsistencyLevel", HeaderValue::from_static("eventual"));
        }
        let options = Options::parse(Some(query), &headers, false).unwrap();
        service.check(entity(kind), &options).map_err(|error| error.to_string())
    }

    #[test]
    fn advanced_queries_need_header_and_count() {
        for (query, text) in [
            ("$filter=endsWith(mail,'x')", "Operator 'endsWith'"),
            ("$filter=displayName ne 'x'", "Filter operator 'NotEqualsMatch'"),
            ("$filter=not startsWith(displayName,'x')", "Unsupported or invalid"),
            ("$filter=assignedLicenses/$count eq 0", "Unsupported or invalid"),
            ("$filter=accountEnabled eq true&$orderby=displayName", "Sorting not supported"),
        ] {
            assert!(
                check("user", Service::Directory, query, false).unwrap_err().starts_with(text),
                "{query}"
            );
            assert!(check("user", Service::Directory, query, true).is_err(), "{query} without $count");
            assert_eq!(
                check("user", Service::Directory, &format!("{query}&$count=true"), true),
                Ok(()),
                "{query}"
            );
        }
        assert!(check("user", Service::Directory, "$search=\"displayName:x\"", false).is_err());
        assert_eq!(check("user", Service::Directory, "$search=\"displayName:x\"", true), Ok(()));
        assert!(
            check("user", Service::Directory, "$filter=contains(displayName,'x')&$count=true", true).is_err()
        );
    }

    #[test]
    fn a_guid_property_takes_no_text() {
        let error =
            check("appRoleAssignment", Service::Directory, "$filter=resourceId eq 'x'", false).unwrap_err();
        assert!(error.contains("'Edm.Guid' and 'Edm.String' for operator kind 'Equal'"), "{error}");
        assert!(
            check("user", Service::Directory, "$filter=nope eq 1", false)
                .unwrap_err()
                .contains("named 'nope'")
        );
    }

    #[test]
    fn exchange_sorts_by_what_it_filters() {
        let query = "$filter=receivedDateTime ge 2026-01-01T00:00:00Z&$orderby=";
        assert_eq!(check("message", Service::Mailbox, &format!("{query}receivedDateTime"), false), Ok(()));
        assert!(check("message", Service::Mailbox, &format!("{query}subject"), false).is_err());
        assert_eq!(
            check("message", Service::Mailbox, "$filter=contains(subject,'x') and isRead ne true", false),
            Ok(())
        );
    }
}
