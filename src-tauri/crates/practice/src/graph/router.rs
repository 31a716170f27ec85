//! Which operation a path and method stand for.

use std::sync::OnceLock;

use http::Method;

use super::call::Call;
use super::error::{GraphError, Result};
use super::http::GraphResponse;
use super::path::{Key, Path, Segment, strip_namespace};
use super::resources;
use super::schema::{entity, openapi};
use crate::store::Tables;

/// What an operation does with the tables.
#[derive(Clone, Copy)]
pub(crate) enum Operation {
    Read(fn(&Call<'_>, &Tables) -> Result<GraphResponse>),
    Write(fn(&Call<'_>, &mut Tables) -> Result<GraphResponse>),
}

/// One operation and its path, as the published tables write it: `/applications/{application-id}/addPassword`.
pub(crate) struct Route {
    pub(crate) method: Method,
    pub(crate) template: &'static str,
    pub(crate) operation: Operation,
}

/// A `GET`.
pub(crate) fn get(template: &'static str, read: fn(&Call<'_>, &Tables) -> Result<GraphResponse>) -> Route {
    Route { method: Method::GET, template, operation: Operation::Read(read) }
}

/// A `POST` that only looks.
pub(crate) fn query(template: &'static str, read: fn(&Call<'_>, &Tables) -> Result<GraphResponse>) -> Route {
    Route { method: Method::POST, template, operation: Operation::Read(read) }
}

/// Anything that changes something.
pub(crate) fn change(
    method: Method,
    template: &'static str,
    write: fn(&Call<'_>, &mut Tables) -> Result<GraphResponse>,
) -> Route {
    Route { method, template, operation: Operation::Write(write) }
}

/// A path that was found.
pub(crate) struct Match {
    pub(crate) route: &'static Route,
    pub(crate) keys: Vec<Key>,
    pub(crate) arguments: Vec<(String, String)>,
}

/// Finds the operation.
///
/// # Errors
/// 405 for another method, 501 for what Graph has and the practice tenant does not, 400 for a path that Graph does not have.
pub(crate) fn find(method: &Method, path: &Path) -> Result<Match> {
    static ROUTES: OnceLock<Vec<Route>> = OnceLock::new();
    let routes = ROUTES.get_or_init(resources::routes);
    let mut other_method = false;
    for route in routes {
        let Some((keys, arguments)) = fits(route.template, &path.segments) else { continue };
        if route.method == *method {
            return Ok(Match { route, keys, arguments });
        }
        other_method = true;
    }
    if other_method {
        return Err(GraphError::MethodNotAllowed);
    }
    let published = openapi()["paths"].as_object();
    if published.into_iter().flatten().any(|(template, _)| fits(template, &path.segments).is_some()) {
        return Err(GraphError::NotPlayed);
    }
    let unknown = first_unknown(routes, &path.segments);
    let leads_on = |kind: &&str| entity(kind).properties.get(&unknown).is_some_and(|own| own.navigation);
    if NAVIGATED.iter().any(leads_on) {
        return Err(GraphError::NotPlayed);
    }
    Err(GraphError::UnknownSegment(unknown))
}

/// Types whose navigations Graph has, whether or not they are played.
const NAVIGATED: [&str; 8] =
    ["user", "group", "application", "servicePrincipal", "message", "event", "calendar", "mailFolder"];

type Parts = (Vec<Key>, Vec<(String, String)>);

/// The variable parts of `segments`, if they fit the template. Names are compared without regard to case.
fn fits(template: &str, segments: &[Segment]) -> Option<Parts> {
    let mut keys = Vec::new();
    let mut arguments = Vec::new();
    let mut rest = segments.iter();
    for wanted in template.split('/').filter(|part| !part.is_empty()) {
        if wanted.starts_with('{') {
            match rest.next()? {
                Segment::Name(value) if !value.starts_with('$') => {
                    keys.push(Key { property: None, value: value.clone() });
                }
                Segment::Key(key) => keys.push(key.clone()),
                _ => return None,
            }
            continue;
        }
        let (name, parenthesis) = wanted.split_once('(').unwrap_or((wanted, ""));
        match rest.next()? {
            Segment::Function { name: own, arguments: given } if own.eq_ignore_ascii_case(name) => {
                arguments.clone_from(given);
            }
            // `/applications/delta` without parentheses is accepted too.
            Segment::Name(own)
                if own.eq_ignore_ascii_case(name) || strip_namespace(own).eq_ignore_ascii_case(name) =>
            {
                if let Some(property) =
                    parenthesis.strip_suffix("')").and_then(|inner| inner.split('=').next())
                {
                    // A template with an alternate key: `/applications(appId='{appId}')`.
                    match rest.next()? {
                        Segment::Key(key) if key.is(property) => keys.push(key.clone()),
                        _ => return None,
                    }
                }
            }
            _ => return None,
        }
    }
    rest.next().is_none().then_some((keys, arguments))
}

/// The first segment after which no route goes on.
fn first_unknown(routes: &[Route], segments: &[Segment]) -> String {
    let text = |segment: &Segment| match segment {
        Segment::Name(name) | Segment::Function { name, .. } => name.clone(),
        Segment::Key(key) => key.value.clone(),
    };
    let known = |length: usize| {
        routes.iter().any(|route| {
            let parts: Vec<&str> = route.template.split('/').filter(|part| !part.is_empty()).collect();
            parts.len() >= length && fits(&parts[..length].join("/"), &segments[..length]).is_some()
        })
    };
    let at = (1..=segments.len()).find(|length| !known(*length)).unwrap_or(segments.len());
    segments.get(at.saturating_sub(1)).map(text).unwrap_or_default()
}

/// The templates under which the permission table may list this path, the closest first.
pub(crate) fn listed_as(route: &Route, keys: &[Key], me: bool) -> Vec<String> {
    let template = route.template;
    let mut templates = Vec::new();
    if let Some(property) = keys.first().and_then(|key| key.property.as_deref())
        && let Some((root, _)) = template.split_once("/{")
        && template.matches('/').count() == 2
    {
        templates.push(format!("{root}({property}='{{{property}}}')"));
    }
    if me {
        templates.push(template.replacen("/users/{user-id}", "/me", 1));
    }
    templates.push(template.to_owned());
    templates
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(method: &Method, path: &str) -> std::result::Result<&'static str, String> {
        find(method, &Path::parse(path).unwrap())
            .map(|found| found.route.template)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn alternate_keys_functions_and_namespaces_lead_to_the_same_operation() {
        for path in [
            "/applications/1/addPassword",
            "/applications(appId='1')/addPassword",
            "/Applications('1')/microsoft.graph.addPassword",
        ] {
            assert_eq!(
                found(&Method::POST, path),
                Ok("/applications/{application-id}/addPassword"),
                "{path}"
            );
        }
        assert!(found(&Method::GET, "/applications/delta()").is_ok());
        assert!(found(&Method::GET, "/applications/delta").is_ok());
    }

    #[test]
    fn what_is_not_there_is_told_apart() {
        assert_eq!(found(&Method::GET, "/nope"), Err(GraphError::UnknownSegment("nope".into()).to_string()));
        assert_eq!(
            found(&Method::GET, "/users/1/nope"),
            Err(GraphError::UnknownSegment("nope".into()).to_string())
        );
        assert_eq!(found(&Method::PUT, "/applications"), Err(GraphError::MethodNotAllowed.to_string()));
    }

    #[test]
    fn every_route_that_is_played_has_a_permission() {
        use crate::auth::{Caller, Subject};
        let everything = |application: bool| Caller {
            app_id: String::new(),
            permissions: crate::reference::graph_permissions()
                .iter()
                .map(|permission| permission.value.clone())
                .collect(),
            subject: if application {
                Subject::Application { service_principal: String::new(), roles: vec![] }
            } else {
                Subject::Person { oid: String::new(), roles: vec![] }
            },
        };
        let open = ["/$batch"];
        for route in resources::routes() {
            let templates = listed_as(&route, &[], false);
            let templates: Vec<&str> = templates.iter().map(String::as_str).collect();
            let reachable = [true, false]
                .into_iter()
                .any(|kind| super::super::permission::allows(&everything(kind), &route.method, &templates));
            assert!(reachable || open.contains(&route.template), "{} {}", route.method, route.template);
        }
    }
}
