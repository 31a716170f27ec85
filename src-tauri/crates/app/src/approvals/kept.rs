//! What waits for an admin, as remembered: without anything secret.

use contract::{Approval, ApprovalWatch, PersonalRequest, When};
use identity::{AccountKey, ClientId, Cloud, Tenant, admin_consent_url};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::letter;
use crate::documents::Kind;
use crate::errors::{Answer, OrExplain, no_such};
use crate::personal::features;
use crate::space::OpenSpace;
use crate::{App, clouds};

/// One request to an admin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) id: String,
    pub(super) request: PersonalRequest,
    pub(super) cloud: identity::CloudId,
    /// Where people of it sign in.
    pub(super) tenant: Tenant,
    /// Microsoft's own number for why, where it gave one.
    pub(super) code: Option<String>,
    pub(super) asked_at: Timestamp,
    /// Who asks, once known.
    pub(super) person: Option<Person>,
    pub(super) watch: Watch,
}

/// The person who waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Person {
    pub(super) key: AccountKey,
    pub(super) upn: String,
    pub(super) name: String,
    /// The organisation's name, where somebody said it.
    pub(super) tenant_name: Option<String>,
}

/// How Gatehouse finds out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Watch {
    /// It has no session to look with.
    AfterSignIn,
    /// Even a sign-in without any wish needs an admin here.
    Cannot,
    /// It looks.
    Looking { through: Through, since: Timestamp, last_at: Option<Timestamp>, next_at: Timestamp },
    /// An admin has agreed, and it became a connection.
    Granted { connection_id: String },
}

/// Whose session it looks with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Through {
    /// One of its own, from a sign-in that asked for nothing but who it is.
    Own,
    /// That of the connection that is to be widened.
    Connection,
}

impl Asked {
    /// Whether it still waits.
    pub(super) fn waits(&self) -> bool {
        !matches!(self.watch, Watch::Granted { .. })
    }

    /// What the organisation is called, as far as known: a name, a domain or an id.
    pub(super) fn organisation(&self) -> Option<String> {
        let named = self.person.as_ref().map(|one| {
            let domain = one.upn.rsplit_once('@').map(|(_, domain)| domain.to_owned());
            one.tenant_name.clone().or(domain).unwrap_or_else(|| one.key.tenant_id.to_string())
        });
        named.or_else(|| self.tenant.is_specific().then(|| self.tenant.to_string()))
    }

    /// The organisation, as exactly as known.
    pub(super) fn tenant(&self) -> Tenant {
        self.person.as_ref().map_or_else(|| self.tenant.clone(), |one| Tenant::Id(one.key.tenant_id.clone()))
    }

    /// The client id; checked when the request was made.
    pub(super) fn client_id(&self) -> Answer<ClientId> {
        self.request.client_id.parse().map_err(|_| no_such("app"))
    }

    /// The link with which an admin agrees in the browser.
    fn link(&self, cloud: &Cloud) -> Answer<String> {
        // An admin agrees for one organisation: the admin's own, where nothing more is known.
        let tenant = Some(self.tenant()).filter(Tenant::is_specific).unwrap_or(Tenant::Organizations);
        Ok(admin_consent_url(cloud, &tenant, &self.client_id()?).to_string())
    }

    /// As the window shows it.
    pub(super) fn view(&self, space: &OpenSpace) -> Answer<Approval> {
        let cloud = clouds::by_id(space, &self.cloud)?;
        let link = self.link(&cloud)?;
        Ok(Approval {
            id: self.id.clone(),
            request: self.request.clone(),
            permissions: features::permissions(&self.request.features),
            organisation: self.organisation(),
            asked_at: When(self.asked_at),
            subject: letter::subject(self),
            letter: letter::text(self, &link),
            link,
            watch: match &self.watch {
                Watch::AfterSignIn => ApprovalWatch::AfterSignIn,
                Watch::Cannot => ApprovalWatch::Cannot,
                Watch::Looking { last_at, next_at, .. } => {
                    ApprovalWatch::Looking { last_at: last_at.map(When), next_at: When(*next_at) }
                }
                Watch::Granted { .. } => ApprovalWatch::Granted,
            },
            connection_id: match &self.watch {
                Watch::Granted { connection_id } => Some(connection_id.clone()),
                _ => None,
            },
        })
    }
}

impl App {
    pub(super) fn approval_asked(&self, space: &OpenSpace, id: &str) -> Answer<Asked> {
        space.documents.get(Kind::Approval, id).or_explain()?.ok_or_else(|| no_such("request"))
    }

    /// All of them, newest first.
    pub(super) fn all_asked(&self, space: &OpenSpace) -> Answer<Vec<Asked>> {
        let mut all: Vec<Asked> = space.documents.list(Kind::Approval).or_explain()?;
        all.sort_by(|one, other| other.asked_at.cmp(&one.asked_at).then_with(|| one.id.cmp(&other.id)));
        Ok(all)
    }

    pub(super) fn keep_asked(&self, space: &OpenSpace, asked: &Asked) -> Answer<()> {
        space.documents.put(Kind::Approval, &asked.id, asked, self.now()).or_explain()
    }
}
