//! Handing over what the signed-in person cannot grant: a link, a message, and a file that another Gatehouse opens.

use blueprint::{PermissionKey, PermissionKind};
use graph::AppId;
use identity::{Cloud, Tenant, admin_consent_url};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::PersonWithRole;
use crate::apply::MadeRegistration;
use crate::plan::{Grants, Plan, PlanError, Planner, StepKind, role_id};

/// Microsoft's consent page for one registration. What it grants replaces what was granted to the app before; a grant
/// through Gatehouse adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentLink {
    /// The registration's name.
    pub registration: String,
    /// The address.
    pub url: Url,
}

/// What to send to the person who can grant the rest. Holds nothing secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRequest {
    /// Microsoft's consent pages, by registration.
    pub links: Vec<ConsentLink>,
    /// A message, ready to send.
    pub message: String,
    /// Suggested name of the file.
    pub file_name: String,
    /// The file that the other person opens in Gatehouse.
    pub file: RequestFile,
    /// People who can do it, as far as known.
    pub people: Vec<PersonWithRole>,
}

impl GrantRequest {
    /// What is left of this plan for somebody else; `None` when nothing is, or nothing was made yet.
    #[must_use]
    pub fn of(plan: &Plan, made: &[MadeRegistration], cloud: &Cloud) -> Option<Self> {
        let tenant = Tenant::parse(&plan.organisation.id).ok()?;
        let mut apps = Vec::new();
        let mut links = Vec::new();
        let mut people: Vec<PersonWithRole> = Vec::new();
        for one in made {
            let permissions = left_for_others(plan, &one.key, &mut people);
            if permissions.is_empty() {
                continue;
            }
            if let Ok(client_id) = one.app_id.as_str().parse() {
                let url = admin_consent_url(cloud, &tenant, &client_id);
                links.push(ConsentLink { registration: one.display_name.clone(), url });
            }
            apps.push(RequestedApp {
                app_id: one.app_id.clone(),
                name: one.display_name.clone(),
                permissions,
            });
        }
        if apps.is_empty() {
            return None;
        }
        let file = RequestFile {
            format: FORMAT.to_owned(),
            version: VERSION,
            tenant_id: plan.organisation.id.clone(),
            tenant_name: plan.organisation.name.clone(),
            requested_by: plan.account.name.clone(),
            for_people: false,
            apps,
        };
        let message = message(plan, &file, &links);
        Some(Self { links, message, file_name: "grant-request.gatehouse.json".to_owned(), file, people })
    }
}

/// The permissions whose granting the plan leaves to others.
fn left_for_others(plan: &Plan, registration: &str, people: &mut Vec<PersonWithRole>) -> Vec<RequestedGrant> {
    let mut left = Vec::new();
    let Some(planned) = plan.registration(registration) else { return left };
    for step in plan.steps.iter().filter(|step| step.registration == registration) {
        let Some(not_by_you) = &step.not_by_you else { continue };
        let wanted = planned.permissions.iter().filter(|one| match &step.kind {
            StepKind::GrantAppRoles { resource, roles, .. } => {
                one.key.kind == PermissionKind::Application
                    && one.key.resource.to_string() == resource.as_str()
                    && roles.iter().any(|role| role.role == role_id(one.key.id))
            }
            StepKind::GrantDelegated(grant) => {
                one.key.kind == PermissionKind::Delegated
                    && one.key.resource.to_string() == grant.resource.as_str()
                    && grant.scopes.contains(&one.value)
            }
            _ => false,
        });
        let before = left.len();
        left.extend(wanted.map(|one| RequestedGrant {
            resource: one.key.resource.to_string(),
            id: one.key.id.to_string(),
            kind: one.key.kind,
            value: one.value.clone(),
        }));
        if left.len() > before {
            people.extend(
                not_by_you
                    .people
                    .iter()
                    .filter(|person| !people.contains(person))
                    .cloned()
                    .collect::<Vec<_>>(),
            );
        }
    }
    left
}

fn message(plan: &Plan, file: &RequestFile, links: &[ConsentLink]) -> String {
    use std::fmt::Write as _;
    let mut text = format!(
        "Hello,\n\n{} has set up the following in {} and needs you to grant its permissions:\n",
        plan.account.name, plan.organisation.name
    );
    for app in &file.apps {
        let names: Vec<&str> = app.permissions.iter().map(|one| one.value.as_str()).collect();
        let _ = write!(text, "\n{} (client id {})\n  needs: {}\n", app.name, app.app_id, names.join(", "));
        if let Some(link) = links.iter().find(|link| link.registration == app.name) {
            let _ = writeln!(text, "  grant in the browser: {}", link.url);
        }
    }
    text.push_str(
        "\nOr open the attached file in Gatehouse: it shows each permission in plain words before anything is granted.\n\
         Nothing in this message or in the file is secret.\n",
    );
    text
}

const FORMAT: &str = "gatehouse-grant-request";
/// What a set-up leaves to others.
const VERSION: u32 = 1;
/// What a person asks for, whose own account is to be connected.
const FOR_PEOPLE: u32 = 2;
/// Limits of a file: what is larger was not written by Gatehouse.
const LARGEST: usize = 64 * 1024;
const MOST_APPS: usize = 20;
const MOST_PERMISSIONS: usize = 400;
const LONGEST_TEXT: usize = 256;

/// The request as a file. Strict: an unknown field is an error, so that nobody is shown less than is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestFile {
    format: String,
    version: u32,
    /// The organisation in which to grant. Empty where a person who cannot sign in yet asks: then the admin's own.
    pub tenant_id: String,
    /// Its name, as the asking person saw it. For showing only.
    pub tenant_name: String,
    /// Who asks, as they say. For showing only.
    pub requested_by: String,
    /// A person asks, so that people can connect their own accounts: delegated permissions for everyone, exactly these,
    /// whether or not the registration lists them (version 2).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_people: bool,
    /// The apps.
    pub apps: Vec<RequestedApp>,
}

/// One app of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestedApp {
    /// Client id: this decides.
    pub app_id: AppId,
    /// Its name, as the asking person saw it. For showing only.
    pub name: String,
    /// What to grant.
    pub permissions: Vec<RequestedGrant>,
}

/// One permission of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestedGrant {
    /// Client id of the API.
    pub resource: String,
    /// Id of the permission.
    pub id: String,
    /// Its kind.
    pub kind: PermissionKind,
    /// Its name, as the asking person saw it. For showing only: the id decides.
    pub value: String,
}

/// Why a request file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestFileError {
    /// Larger than any that Gatehouse writes.
    #[error("the file is too large to be a grant request")]
    TooLarge,
    /// Not JSON of this form.
    #[error("the file is not a grant request (line {line}, column {column})")]
    Form {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// Another kind of file.
    #[error("the file is not a grant request")]
    OtherFormat,
    /// Written by a newer version.
    #[error("the file was made by a newer version")]
    Newer,
    /// A client id, organisation or permission id that is none.
    #[error("the file holds something that is not an id")]
    NotAnId,
    /// More apps, permissions or text than a request has.
    #[error("the file holds more than a grant request may")]
    TooMuch,
}

impl RequestFile {
    /// Reads a file's text.
    ///
    /// # Errors
    /// [`RequestFileError`].
    pub fn parse(text: &str) -> Result<Self, RequestFileError> {
        if text.len() > LARGEST {
            return Err(RequestFileError::TooLarge);
        }
        let header: Header = read(text)?;
        if header.format != FORMAT {
            return Err(RequestFileError::OtherFormat);
        }
        if header.version > FOR_PEOPLE {
            return Err(RequestFileError::Newer);
        }
        let file: Self = read(text)?;
        file.check()?;
        Ok(file)
    }

    /// What a person asks an admin for, so that people can connect their own accounts with this app. Where the person cannot
    /// sign in yet, the organisation's id is not known.
    #[must_use]
    pub fn for_people(
        tenant_id: Option<String>,
        tenant_name: String,
        requested_by: String,
        app: RequestedApp,
    ) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: FOR_PEOPLE,
            tenant_id: tenant_id.unwrap_or_default(),
            tenant_name,
            requested_by,
            for_people: true,
            apps: vec![app],
        }
    }

    /// Whether the asking person did not know the organisation: then it is the one of the admin who opens the file.
    #[must_use]
    pub fn is_for_any_organisation(&self) -> bool {
        self.for_people && self.tenant_id.is_empty()
    }

    /// The file's text.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    fn check(&self) -> Result<(), RequestFileError> {
        let permissions = || self.apps.iter().flat_map(|app| &app.permissions);
        let texts =
            [&self.tenant_name, &self.requested_by].into_iter().chain(self.apps.iter().map(|app| &app.name));
        let mut texts = texts.chain(permissions().map(|one| &one.value));
        let too_long =
            texts.any(|text| text.chars().count() > LONGEST_TEXT || text.chars().any(char::is_control));
        if self.apps.len() > MOST_APPS || permissions().count() > MOST_PERMISSIONS || too_long {
            return Err(RequestFileError::TooMuch);
        }
        if self.for_people != (self.version == FOR_PEOPLE) {
            return Err(RequestFileError::OtherFormat);
        }
        // Who is no admin asks for what people may do, and for nothing that an app does by itself.
        let hides = |text: &String| blueprint::text::has_hidden(text, false);
        let named =
            [&self.tenant_name, &self.requested_by].into_iter().chain(self.apps.iter().map(|app| &app.name));
        if self.for_people
            && (permissions().any(|one| one.kind != PermissionKind::Delegated)
                || named.into_iter().any(hides))
        {
            return Err(RequestFileError::TooMuch);
        }
        let is_id = |text: &str| text.parse::<uuid::Uuid>().is_ok();
        let ids = self.apps.iter().all(|app| is_id(app.app_id.as_str()))
            && permissions().all(|one| is_id(&one.resource) && is_id(&one.id));
        if ids && (self.is_for_any_organisation() || is_id(&self.tenant_id)) && !self.apps.is_empty() {
            Ok(())
        } else {
            Err(RequestFileError::NotAnId)
        }
    }
}

/// What is read first, whatever else is in the file: a newer version may have more fields.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u32,
}

fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, RequestFileError> {
    serde_json::from_str(text)
        .map_err(|error| RequestFileError::Form { line: error.line(), column: error.column() })
}

impl Planner<'_> {
    /// Plans what a colleague's request asks for: never more than each registration itself requests at Microsoft, except what
    /// people may do with their own accounts, which is granted exactly as asked.
    ///
    /// # Errors
    /// [`PlanError::OtherOrganisation`] when the request is for another organisation, and others.
    pub async fn grant_request(&self, file: &RequestFile) -> Result<Plan, PlanError> {
        if !file.is_for_any_organisation() && !file.tenant_id.eq_ignore_ascii_case(self.tenant()) {
            return Err(PlanError::OtherOrganisation { wanted: file.tenant_name.clone() });
        }
        let key = |one: &RequestedGrant| {
            Some(PermissionKey {
                resource: one.resource.parse().ok()?,
                id: one.id.parse().ok()?,
                kind: one.kind,
            })
        };
        let wanted = file.apps.iter().map(|app| {
            let keys = app.permissions.iter().filter_map(key).collect();
            (app.app_id.clone(), if file.for_people { Grants::Exactly(keys) } else { Grants::Among(keys) })
        });
        self.grants(wanted.collect()).await
    }
}
