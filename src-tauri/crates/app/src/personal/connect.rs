//! Connecting, reconnecting, and adding to a connection: the browser, and what comes back from it.

use std::sync::Arc;

use contract::{
    AccountKind, AppError, Changed, ErrorCode, OrganisationClient, PersonalConnection, PersonalPreview,
    PersonalRequest, SignInEvent, SignInStarted,
};
use identity::{
    Claims, ClientId, Cloud, CloudId, IdentityError, Prompt, Scopes, SignedIn, Tenant, WrongAccount,
};

use super::check;
use super::features;
use super::refused::{OF_ANOTHER_TENANT, of_another_organisation};
use super::stored::{Standing, Stored};
use crate::documents::Kind;
use crate::errors::{Answer, Explain, OrExplain};
use crate::sign_in::ended;
use crate::space::OpenSpace;
use crate::{App, Observer, clouds};

impl App {
    /// What a connection of the own account will ask for. Sends nothing.
    pub async fn personal_preview(&self, request: PersonalRequest) -> Answer<PersonalPreview> {
        let space = self.space()?;
        let before = self.personal_before(&space, &request)?;
        let permissions = features::permissions(&request.features);
        let had = |name: &str| {
            let asked = before.as_ref().map(|stored| stored.features.as_slice()).unwrap_or_default();
            asked.iter().any(|feature| features::scope(*feature) == name)
        };
        let added = permissions.iter().filter(|one| !had(&one.value)).map(|one| one.key.clone()).collect();
        Ok(PersonalPreview {
            permissions,
            added,
            always: vec![
                "See who you are: your name, your sign-in name and your picture.".to_owned(),
                "Stay connected while you are away, until you or an admin end it.".to_owned(),
            ],
            issues: self.obstacles(&space, &request, before.as_ref()),
        })
    }

    /// Starts connecting the own account, reconnecting it, or adding to it, in the browser.
    pub async fn personal_connect(
        &self,
        request: PersonalRequest,
        observer: Observer<SignInEvent>,
    ) -> Answer<SignInStarted> {
        let space = self.space()?;
        let before = self.personal_before(&space, &request)?;
        if let Some(obstacle) = self.obstacles(&space, &request, before.as_ref()).into_iter().next() {
            return Err(AppError::new(ErrorCode::AnswersNeedAttention)
                .because(obstacle)
                .advise("Change what you chose, then go on."));
        }
        // Told before the browser opens: a session that cannot be kept would be lost on the way back.
        space.open_vault().await?;
        let cloud = match &before {
            Some(stored) => clouds::by_id(&space, &stored.cloud)?,
            None => clouds::choose(&space, &request.cloud)?,
        };
        let asked = self.asked(&space, &cloud, &request, before.as_ref())?;
        let authority = self.personal_authority(&space, &cloud)?;
        let app = self.clone();
        Ok(self.browse(authority, asked, observer, async move |outcome| {
            let last = app.came_back(&space, &request, before.as_ref(), outcome).await;
            app.changed(Changed::Personal);
            app.changed(Changed::Status);
            last
        }))
    }

    /// The last event of such a sign-in.
    async fn came_back(
        &self,
        space: &Arc<OpenSpace>,
        request: &PersonalRequest,
        before: Option<&Stored>,
        outcome: Result<SignedIn, IdentityError>,
    ) -> SignInEvent {
        let error = match outcome {
            Ok(signed_in) => match self.finish_personal(space, request, signed_in).await {
                Ok(connection) => return SignInEvent::Connected { connection },
                Err(error) => error,
            },
            Err(IdentityError::WrongAccount(wrong) | IdentityError::WrongTenant(wrong)) => {
                self.wrong_account(space, before, &wrong)
            }
            Err(IdentityError::Refused(refusal)) if refusal.codes.contains(&OF_ANOTHER_TENANT) => {
                before.map_or_else(|| IdentityError::Refused(refusal).explain(), of_another_organisation)
            }
            Err(error) => self.refused_in_browser(request, &error),
        };
        if error.code == ErrorCode::AdminApprovalNeeded {
            return match self.approval_needed(space, request, &error).await {
                Ok(approval) => SignInEvent::NeedsApproval { approval },
                Err(error) => ended(error),
            };
        }
        ended(error)
    }

    /// Takes in what a sign-in or a renewal brought, and makes the connection of it, proved.
    pub(crate) async fn finish_personal(
        &self,
        space: &OpenSpace,
        request: &PersonalRequest,
        signed_in: SignedIn,
    ) -> Answer<PersonalConnection> {
        let before = self.personal_before(space, request)?;
        let fresh = self.fresh(space, request, &signed_in, before.as_ref())?;
        if let Some(stored) = before.as_ref().filter(|stored| stored.id != fresh.id) {
            return Err(self.wrong_account(
                space,
                Some(stored),
                &WrongAccount {
                    expected: Some(stored.key.clone()),
                    actual: signed_in.account.clone(),
                    actual_name: signed_in.upn.clone().or_else(|| signed_in.name.clone()),
                },
            ));
        }
        space.open_vault().await?;
        // First the connection, then its session: cut short in between, it says that it has none, and nothing secret is
        // left that nobody knows of.
        let kept = self.amend_personal(space, &fresh.id, |stored| {
            let mut features = request.features.clone();
            if before.is_none() {
                // Connecting once more takes nothing away.
                features.extend(stored.features.iter().copied());
            }
            stored.is_for(&features);
            if let Some(product) = named(request) {
                stored.product = product;
            }
            stored.upn.clone_from(&fresh.upn);
            stored.name.clone_from(&fresh.name);
        })?;
        let stored = match kept {
            Some(stored) => stored,
            None => {
                space.documents.put(Kind::Personal, &fresh.id, &fresh, self.now()).or_explain()?;
                fresh
            }
        };
        let session = self.personal_session_as_it_is(space, &stored)?;
        session.provider.adopt(signed_in.tokens).await.or_explain()?;
        // What is asked for at once may be less than all that it is for: the rest was agreed to before.
        let asked = features::asked(&session.cloud, &stored.features);
        let look = match session.provider.token(&asked, None).await {
            Ok(token) => self.look_closely(space, &stored, &session, check::names(&token)).await,
            Err(_) => self.look(space, &stored, &session, check::Depth::Everything).await,
        };
        let stored = self.keep_look(space, &stored, &session, look).await?;
        self.changed(Changed::Personal);
        Ok(self.personal_view(space, &stored))
    }

    /// The connection that a request is about.
    fn personal_before(&self, space: &OpenSpace, request: &PersonalRequest) -> Answer<Option<Stored>> {
        request.connection_id.as_deref().map(|id| self.personal_stored(space, id)).transpose()
    }

    /// A new connection of who signed in.
    fn fresh(
        &self,
        space: &OpenSpace,
        request: &PersonalRequest,
        signed_in: &SignedIn,
        before: Option<&Stored>,
    ) -> Answer<Stored> {
        let cloud = match before {
            Some(stored) => stored.cloud.clone(),
            None => clouds::choose(space, &request.cloud)?.id().clone(),
        };
        let client_id = match before {
            Some(stored) => stored.client_id.clone(),
            None => client_id(request)?,
        };
        let upn = signed_in.upn.clone().unwrap_or_default();
        let tenant_name = if identity::is_personal(&signed_in.account.tenant_id) {
            "Personal account".to_owned()
        } else {
            signed_in.account.tenant_id.to_string()
        };
        Ok(Stored {
            id: Stored::id_of(&signed_in.account, &client_id),
            cloud,
            product: named(request).unwrap_or_else(|| self.name_of_app(space, &client_id)),
            client_id,
            key: signed_in.account.clone(),
            name: signed_in.name.clone().unwrap_or_else(|| upn.clone()),
            upn,
            mail: None,
            picture: None,
            tenant_name,
            guest: false,
            features: features::chosen(&request.features),
            in_token: None,
            grants: None,
            proofs: Vec::new(),
            dropped: Vec::new(),
            connected_at: self.now(),
            last_used_at: None,
            checked_at: None,
            standing: Standing::Works,
            claims: None,
        })
    }

    /// What an app is called here.
    fn name_of_app(&self, space: &OpenSpace, client_id: &ClientId) -> String {
        if self.own_client(space, client_id.as_str()).is_some() {
            return "Gatehouse".to_owned();
        }
        let set_ups: Vec<crate::connections::Stored> =
            space.documents.list(Kind::Connection).unwrap_or_default();
        let known = set_ups.into_iter().find(|stored| {
            stored.registrations.iter().any(|one| one.app_id.eq_ignore_ascii_case(client_id.as_str()))
        });
        known.map_or_else(|| format!("App {}", &client_id.as_str()[..8]), |stored| stored.connector_name)
    }

    /// The organisation whose own Gatehouse registration this is.
    fn own_client(&self, space: &OpenSpace, client_id: &str) -> Option<OrganisationClient> {
        let all: Vec<OrganisationClient> = space.documents.list(Kind::OrganisationClient).unwrap_or_default();
        all.into_iter().find(|one| one.client_id.eq_ignore_ascii_case(client_id.trim()))
    }

    /// What the browser is sent for.
    fn asked(
        &self,
        space: &OpenSpace,
        cloud: &Cloud,
        request: &PersonalRequest,
        before: Option<&Stored>,
    ) -> Answer<identity::SignInRequest> {
        if let Some(stored) = before {
            let scopes = missing(cloud, &request.features, stored);
            let mut asked =
                identity::SignInRequest::again(stored.client_id.clone(), stored.key.clone(), scopes);
            asked.login_hint = Some(stored.upn.clone()).filter(|upn| !upn.is_empty());
            asked.claims = stored.claims.as_deref().and_then(|claims| Claims::from_json(claims).ok());
            return Ok(asked);
        }
        let tenant = self.tenant(space, request)?;
        let scopes = features::asked(cloud, &request.features);
        let mut asked = identity::SignInRequest::new(client_id(request)?, tenant, scopes);
        asked.prompt = Prompt::SelectAccount;
        asked.login_hint =
            request.login_hint.as_deref().map(str::trim).filter(|hint| !hint.is_empty()).map(str::to_owned);
        Ok(asked)
    }

    /// Where to sign in. The own registration of an organisation serves that organisation alone.
    pub(crate) fn tenant(&self, space: &OpenSpace, request: &PersonalRequest) -> Answer<Tenant> {
        if let Some(own) = self.own_client(space, &request.client_id)
            && matches!(request.accounts, AccountKind::Work | AccountKind::Either)
        {
            return Tenant::parse(&own.tenant_id).map_err(|error| unknown_organisation(&error));
        }
        match &request.accounts {
            AccountKind::Work => Ok(Tenant::Organizations),
            AccountKind::Personal => Ok(Tenant::Consumers),
            AccountKind::Either => Ok(Tenant::Common),
            AccountKind::Organisation { tenant } => {
                Tenant::parse(tenant).map_err(|error| unknown_organisation(&error))
            }
        }
    }

    /// What will not work, before anybody goes to the browser.
    fn obstacles(
        &self,
        space: &OpenSpace,
        request: &PersonalRequest,
        before: Option<&Stored>,
    ) -> Vec<String> {
        let mut issues = Vec::new();
        if request.features.is_empty() {
            issues.push("Choose at least one thing that the connection is for.".to_owned());
        }
        if before.is_some() {
            return issues;
        }
        let Ok(client) = client_id(request) else {
            issues.push("The app's client ID has the form of a GUID. Check it once more.".to_owned());
            return issues;
        };
        let cloud = clouds::choose(space, &request.cloud).map(|cloud| cloud.id().clone());
        let national = matches!(cloud, Ok(CloudId::UsGov | CloudId::UsGovDod | CloudId::China));
        let personal = request.accounts == AccountKind::Personal;
        if personal && national {
            issues.push("Personal accounts do not exist in this cloud. Choose a work account, or the worldwide cloud.".to_owned());
        }
        if let Some(own) = self.own_client(space, client.as_str()) {
            let elsewhere = match &request.accounts {
                AccountKind::Personal => true,
                AccountKind::Organisation { tenant } => {
                    tenant.parse::<identity::Guid>().is_ok_and(|id| id.as_str() != own.tenant_id)
                }
                AccountKind::Work | AccountKind::Either => false,
            };
            if elsewhere {
                issues.push(format!(
                    "This app belongs to {} and lets in only its people. Other accounts need the client ID of a product \
                     that is open to them.",
                    own.tenant_name
                ));
            }
        }
        if let AccountKind::Organisation { tenant } = &request.accounts
            && let Err(error) = Tenant::parse(tenant)
        {
            issues.push(format!("The organisation cannot be read: {error}."));
        }
        issues
    }
}

/// What has to be agreed to: of a connection that works, only what it does not have yet.
fn missing(cloud: &Cloud, features: &[contract::PersonalFeature], stored: &Stored) -> Scopes {
    let wanted = features::chosen(features);
    let has = |name: &str| {
        let names = stored.in_token.as_deref().unwrap_or_default();
        stored.standing == Standing::Works && names.iter().any(|one| one.eq_ignore_ascii_case(name))
    };
    let names: Vec<&str> = wanted.iter().map(|feature| features::scope(*feature)).collect();
    let new: Vec<&str> = names.iter().copied().filter(|name| !has(name)).collect();
    // Nothing new is a reconnect: then all of it is asked for, and agreed to long since.
    features::spelled(cloud, if new.is_empty() { names } else { new })
}

fn client_id(request: &PersonalRequest) -> Answer<ClientId> {
    request
        .client_id
        .parse()
        .map_err(|_| AppError::new(ErrorCode::ClientNotFound).because("A client ID has the form of a GUID."))
}

/// The product's name as the person or an invitation gives it.
fn named(request: &PersonalRequest) -> Option<String> {
    let name = request.product.as_deref()?.trim();
    (!name.is_empty()).then(|| name.chars().filter(|one| !one.is_control()).take(80).collect())
}

fn unknown_organisation(error: &identity::TenantTextError) -> AppError {
    AppError::new(ErrorCode::OrganisationNotFound).because(format!("{error}."))
}
