//! "Need admin approval" is no dead end: a letter and a request file for an admin, and a look now and then whether it was
//! granted, which finishes the connection. What waits is remembered without anything secret.

mod kept;
mod letter;
mod look;
mod runner;
mod schedule;
mod session;
mod settle;
mod watch;

use blueprint::{PermissionKey, PermissionKind, catalogue};
use contract::{
    AccountKind, AppError, Approval, ApprovalCopy, Changed, CopyReceipt, ErrorCode, PersonalRequest,
};
use graph::AppId;
use provision::{RequestFile, RequestedApp, RequestedGrant};
use secrecy::SecretString;

use crate::errors::{Answer, no_such};
use crate::personal::features;
use crate::space::OpenSpace;
use crate::{App, clouds, files, fresh_id};

use kept::{Asked, Person, Through, Watch};
use schedule::next_look;

impl App {
    /// An admin must agree before this can be connected: remembers it, and says what to do. What was asked before and still
    /// waits is the same request.
    pub(crate) async fn approval_needed(
        &self,
        space: &OpenSpace,
        request: &PersonalRequest,
        error: &AppError,
    ) -> Answer<Approval> {
        let waiting =
            self.all_asked(space)?.into_iter().find(|one| one.waits() && is_same(&one.request, request));
        let asked = match waiting {
            Some(asked) => asked,
            None => Asked {
                id: fresh_id(),
                request: request.clone(),
                cloud: clouds::choose(space, &request.cloud)?.id().clone(),
                tenant: self.tenant(space, request)?,
                code: error.support.as_ref().and_then(|support| support.microsoft_code.clone()),
                asked_at: self.now(),
                person: None,
                watch: Watch::AfterSignIn,
            },
        };
        let asked = self.with_session_at_hand(space, asked);
        self.keep_asked(space, &asked)?;
        self.0.look_again.notify_one();
        self.changed(Changed::Personal);
        asked.view(space)
    }

    /// The person saw on Microsoft's page that an admin must agree, and the page ended there: no answer came back that could
    /// say so. The letter is the same, and so is the wait.
    pub async fn approval_ask(&self, request: PersonalRequest) -> Answer<Approval> {
        let space = self.space()?;
        let seen = AppError::new(ErrorCode::AdminApprovalNeeded);
        let obstacle = if request.accounts == AccountKind::Personal {
            Some("A personal account has no admin who could agree.".to_owned())
        } else {
            self.personal_preview(request.clone()).await?.issues.into_iter().next()
        };
        match obstacle {
            Some(obstacle) => Err(AppError::new(ErrorCode::AnswersNeedAttention)
                .because(obstacle)
                .advise("Change what you chose, then go on.")),
            None => self.approval_needed(&space, &request, &seen).await,
        }
    }

    /// Who asks, and how it looks by itself, where the wish is for more than a connection has: that one's session will do.
    fn with_session_at_hand(&self, space: &OpenSpace, mut asked: Asked) -> Asked {
        let connection = asked.request.connection_id.as_deref();
        let Some(stored) = connection.and_then(|id| self.personal_stored(space, id).ok()) else {
            return asked;
        };
        asked.person = Some(Person {
            key: stored.key,
            upn: stored.upn,
            name: stored.name,
            tenant_name: Some(stored.tenant_name),
        });
        if !matches!(asked.watch, Watch::Looking { .. }) {
            let now = self.now();
            let through = Through::Connection;
            asked.watch = Watch::Looking { through, since: now, last_at: None, next_at: next_look(now, now) };
        }
        asked
    }

    /// What waits for an admin, newest first; and what was granted, until it is taken off the list.
    pub async fn approvals(&self) -> Answer<Vec<Approval>> {
        let space = self.space()?;
        self.settle_approvals(&space).await?;
        self.all_asked(&space)?.iter().map(|asked| asked.view(&space)).collect()
    }

    /// Copies the letter to the admin, or its link. Neither is secret.
    pub async fn approval_copy(&self, what: ApprovalCopy) -> Answer<CopyReceipt> {
        let space = self.space()?;
        let shown = self.approval_asked(&space, &what.approval_id)?.view(&space)?;
        let text = if what.link_only { shown.link } else { shown.letter };
        self.copy(SecretString::from(text), None).await?;
        Ok(CopyReceipt { cleared_in_seconds: None })
    }

    /// Saves the request file for an admin who has Gatehouse to the person's downloads; gives the path.
    pub async fn approval_save(&self, id: &str) -> Answer<String> {
        let space = self.space()?;
        let file = request_file(&self.approval_asked(&space, id)?)?;
        files::save_for_person(
            &self.0.options.downloads,
            "account-request.gatehouse.json",
            file.to_text().as_bytes(),
        )
    }

    /// Stops waiting, and wipes what was kept to look with.
    pub async fn approval_forget(&self, id: &str) -> Answer<()> {
        let space = self.space()?;
        let asked = self.approval_asked(&space, id)?;
        if asked.waits() {
            session::wipe(space.vault()?, id).await?;
        }
        self.drop_approval(&space, id)?;
        self.changed(Changed::Personal);
        Ok(())
    }
}

/// Whether two requests ask an admin for the same.
fn is_same(one: &PersonalRequest, other: &PersonalRequest) -> bool {
    let sorted = |request: &PersonalRequest| {
        let mut features = request.features.clone();
        features.sort_unstable();
        features
    };
    one.client_id.eq_ignore_ascii_case(&other.client_id)
        && one.cloud == other.cloud
        && one.accounts == other.accounts
        && one.connection_id == other.connection_id
        && sorted(one) == sorted(other)
}

/// The request as an admin's Gatehouse opens it: delegated permissions for everyone, exactly those that were asked for.
fn request_file(asked: &Asked) -> Answer<RequestFile> {
    let permissions = features::chosen(&asked.request.features).into_iter().filter_map(|one| {
        let name = features::scope(one);
        let PermissionKey { resource, id, kind } =
            catalogue::find(catalogue::MICROSOFT_GRAPH, name, PermissionKind::Delegated)?.key;
        Some(RequestedGrant {
            resource: resource.to_string(),
            id: id.to_string(),
            kind,
            value: name.to_owned(),
        })
    });
    let app = RequestedApp {
        app_id: AppId::new(asked.client_id()?.to_string()).map_err(|_| no_such("app"))?,
        name: letter::app(asked),
        permissions: permissions.collect(),
    };
    let requested_by = asked.person.as_ref().map(|person| person.upn.clone()).unwrap_or_default();
    let organisation = asked.organisation().unwrap_or_default();
    Ok(RequestFile::for_people(asked.tenant().id().map(ToString::to_string), organisation, requested_by, app))
}
