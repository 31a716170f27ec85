//! Connectors that did not come with Gatehouse: reviewed, taken in, shared, made from what exists, built.

use std::collections::BTreeSet;

use blueprint::custom::{self, Draft, DraftPermission, ExistingPermission, ExistingRegistration, Review};
use blueprint::{BlueprintError, Connector};
use contract::{
    AppError, Changed, ConnectorDraft, ConnectorOrigin, ConnectorReview, ConnectorSummary, ConnectorText,
    ErrorCode, ImportAccept, ImportText, RegistrationRef,
};
use graph::resources::Application;

use crate::connectors::{self, Custom};
use crate::documents::Kind;
use crate::errors::{Answer, OrExplain};
use crate::space::OpenSpace;
use crate::{App, files, names, registrations, view};

impl App {
    /// A connector file in plain words, before it can do anything.
    pub async fn connector_review(&self, import: ImportText) -> Answer<ConnectorReview> {
        let space = self.space()?;
        let name = import.file_name.as_deref().unwrap_or("connector");
        reviewed(&space, custom::import(name, import.text.as_bytes()))
    }

    /// Takes in a connector file that was reviewed.
    pub async fn connector_import(&self, accepted: ImportAccept) -> Answer<ConnectorSummary> {
        let space = self.space()?;
        let review =
            custom::import("connector", accepted.text.as_bytes()).map_err(|error| not_usable(&error))?;
        let on: BTreeSet<String> = accepted.permissions_on.into_iter().collect();
        let connector = review.accept(&on);
        let kept = Custom { id: connector.id.clone(), text: connector.to_toml() };
        space.documents.put(Kind::Connector, &kept.id, &kept, self.now()).or_explain()?;
        self.changed(Changed::Connections);
        let count = connectors::count(&self.finished(&space)?, &connector.id);
        Ok(view::connector::summary(&connector, ConnectorOrigin::Custom, count))
    }

    /// Saves a connector to the person's downloads; gives the path.
    pub async fn connector_export(&self, id: &str) -> Answer<String> {
        let found = connectors::find(&*self.space()?, id)?;
        let name = file_name(&found.connector);
        files::save_for_person(&self.0.options.downloads, &name, found.connector.to_toml().as_bytes())
    }

    /// Removes a connector that did not come with Gatehouse. What was set up with it stays.
    pub async fn connector_remove(&self, id: &str) -> Answer<()> {
        let space = self.space()?;
        match connectors::find(&space, id)?.origin {
            ConnectorOrigin::Builtin => Err(AppError::new(ErrorCode::NoSuchThing)
                .because("This connector came with Gatehouse and cannot be removed.")),
            ConnectorOrigin::Custom => {
                space.documents.remove(Kind::Connector, id).or_explain()?;
                self.changed(Changed::Connections);
                Ok(())
            }
        }
    }

    /// A connector made from a registration that exists, without its secrets.
    pub async fn connector_from_registration(&self, which: RegistrationRef) -> Answer<ConnectorText> {
        let graph = self.graph().await?;
        let app = registrations::by_client_id(&graph, &which.app_id).await?;
        let names = names::of(&graph, &names::requested(&app)).await?;
        let made = custom::from_registration(&existing(&app, &names)).map_err(|error| not_usable(&error))?;
        Ok(ConnectorText {
            file_name: file_name(&made.connector),
            text: made.connector.to_toml(),
            left_out: made.left_out,
        })
    }

    /// A connector as it was built in the window, in plain words and as a file.
    pub async fn connector_build(&self, draft: ConnectorDraft) -> Answer<ConnectorReview> {
        let space = self.space()?;
        reviewed(&space, as_draft(draft).connector().map(|connector| custom::review(&connector)))
    }
}

/// A review as the window shows it; a file that cannot be used is told with the place of every mistake.
fn reviewed(space: &OpenSpace, review: Result<Review, BlueprintError>) -> Answer<ConnectorReview> {
    let review = match review {
        Ok(review) => review,
        Err(error) => return Ok(view::review::unusable(&error)),
    };
    let known: Option<Custom> = space.documents.get(Kind::Connector, &review.connector.id).or_explain()?;
    let replaces = known.and_then(|known| Connector::parse(&known.id, &known.text).ok());
    Ok(view::review::view(&review, replaces.as_ref()))
}

fn not_usable(error: &BlueprintError) -> AppError {
    let first = error.problems.first().map(ToString::to_string).unwrap_or_default();
    AppError::new(ErrorCode::FileNotUsable).because(format!("Line {first}"))
}

fn file_name(connector: &Connector) -> String {
    format!("{}.gatehouse.toml", connector.id)
}

/// A registration without anything secret in it.
fn existing(app: &Application, names: &names::Names) -> ExistingRegistration {
    let permissions = app.required_resource_access.iter().flat_map(|api| {
        api.resource_access.iter().filter_map(|one| {
            let key = names::key(&api.resource_app_id, one)?;
            Some(ExistingPermission {
                key,
                resource_name: names.resource(key.resource),
                value: names.permission(key).map(|known| known.value.clone()),
            })
        })
    });
    ExistingRegistration {
        display_name: app.display_name.clone().unwrap_or_default(),
        audience: app.sign_in_audience.as_ref().and_then(view::audience::read),
        redirects: view::redirect::of(app)
            .into_iter()
            .map(|one| blueprint::RedirectUri {
                platform: view::redirect::chosen(one.platform),
                uri: one.uri,
            })
            .collect(),
        permissions: permissions.collect(),
        secrets: app.password_credentials.len(),
        certificates: app.key_credentials.len(),
    }
}

fn as_draft(draft: ConnectorDraft) -> Draft {
    let redirects = draft.redirects.into_iter();
    Draft {
        id: draft.id.trim().to_owned(),
        name: draft.name.trim().to_owned(),
        vendor: draft.vendor.trim().to_owned(),
        summary: draft.summary.trim().to_owned(),
        guide: draft.guide.map(|guide| guide.trim().to_owned()).filter(|guide| !guide.is_empty()),
        display_name: draft.display_name.trim().to_owned(),
        audience: view::audience::chosen(draft.audience),
        redirects: redirects
            .map(|one| blueprint::RedirectUri {
                platform: view::redirect::chosen(one.platform),
                uri: one.uri.trim().to_owned(),
            })
            .collect(),
        permissions: draft
            .permissions
            .into_iter()
            .map(|one| DraftPermission {
                resource: one.resource.trim().to_owned(),
                resource_name: None,
                value: one.value.trim().to_owned(),
                kind: view::permission::chosen(one.kind),
                why: one.why.trim().to_owned(),
            })
            .collect(),
        secret_months: draft.secret_months.map(|months| u8::try_from(months).unwrap_or(u8::MAX)),
        mailbox_limit: draft.mailbox_limit,
    }
}
