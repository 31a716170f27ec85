//! A person's own connections: their whole life, through a product that people may agree to by themselves.

mod bad_days;
mod elsewhere;
mod ends;
mod home_accounts;
mod life;
mod memory;
mod more_waits;
mod several;

use std::sync::Arc;

use contract::{
    AccountKind, AppError, CloudId, ErrorCode, PersonalConnection, PersonalFeature, PersonalOutcome,
    PersonalRequest, SignInEvent,
};
use practice::Row;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use url::Url;

use crate::world::{World, upn};

/// A public client that is known everywhere and has no permission of its own: it stands for a vendor's product.
pub(crate) const PRODUCT: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

/// To connect the own work account to the product.
pub(crate) fn wish(features: &[PersonalFeature]) -> PersonalRequest {
    PersonalRequest {
        cloud: CloudId::Custom,
        client_id: PRODUCT.to_owned(),
        accounts: AccountKind::Work,
        features: features.to_vec(),
        connection_id: None,
        login_hint: None,
        product: Some("Totalview".to_owned()),
    }
}

/// To reconnect, or to change what it is for.
pub(crate) fn again(connection: &PersonalConnection, features: &[PersonalFeature]) -> PersonalRequest {
    PersonalRequest { connection_id: Some(connection.id.clone()), product: None, ..wish(features) }
}

impl World {
    /// Somebody without any role is at the browser.
    pub(crate) async fn of_noor() -> Self {
        let world = Self::new().await;
        world.computer.person_is(Some("noor.haddad"));
        world
    }

    /// Begins to connect: the attempt's id, and what happens.
    pub(crate) async fn begins_to_connect(
        &self,
        request: PersonalRequest,
    ) -> Result<(String, UnboundedReceiver<SignInEvent>), AppError> {
        let (sender, events) = unbounded_channel();
        let observer = Arc::new(move |event| {
            let _ = sender.send(event);
        });
        Ok((self.app.personal_connect(request, observer).await?.sign_in_id, events))
    }

    /// Begins to connect, and nobody looks at the browser: the attempt's id, where the browser was sent, and what happens.
    pub(crate) async fn is_sent_to(
        &self,
        request: PersonalRequest,
    ) -> (String, Url, UnboundedReceiver<SignInEvent>) {
        self.computer.person_does("leave");
        let (id, mut events) = self.begins_to_connect(request).await.unwrap();
        assert_eq!(events.recv().await, Some(SignInEvent::BrowserOpened));
        self.app.sign_in_copy_link(&id).await.unwrap();
        self.computer.person_does("accept");
        let (link, _) = self.computer.clipboard.lock().unwrap().clone().unwrap();
        (id, link.parse().unwrap(), events)
    }

    /// Connects: the last event.
    pub(crate) async fn connects_to(&self, request: PersonalRequest) -> SignInEvent {
        let (_, mut events) = self.begins_to_connect(request).await.unwrap();
        let mut last = None;
        while let Some(event) = events.recv().await {
            last = Some(event);
        }
        last.unwrap()
    }

    /// Connects, and it works.
    pub(crate) async fn connects(&self, request: PersonalRequest) -> PersonalConnection {
        match self.connects_to(request).await {
            SignInEvent::Connected { connection } => connection,
            other => panic!("not connected: {other:?}"),
        }
    }

    /// Connects in vain.
    pub(crate) async fn fails_to_connect(&self, request: PersonalRequest) -> AppError {
        match self.connects_to(request).await {
            SignInEvent::Failed { error } => error,
            other => panic!("it did not fail: {other:?}"),
        }
    }

    /// What the browser was last sent for: the permissions, without the address of their API.
    pub(crate) fn asked_for(&self) -> Vec<String> {
        let opened = self.computer.opened.lock().unwrap();
        let url = opened.last().unwrap();
        let scope = url.query_pairs().find(|(name, _)| name == "scope").unwrap().1;
        let names = scope.split(' ').map(|name| name.rsplit('/').next().unwrap().to_owned());
        names.filter(|name| !["openid", "profile", "offline_access"].contains(&name.as_str())).collect()
    }

    /// A parameter with which the browser was last sent.
    pub(crate) fn sent_with(&self, wanted: &str) -> Option<String> {
        let opened = self.computer.opened.lock().unwrap();
        opened.last()?.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    }

    /// Somebody opens an address in a browser and does something there: what its pages said.
    pub(crate) async fn at_browser(&self, person: &str, address: &str, does: &str) -> String {
        let saw = tempfile::NamedTempFile::new().unwrap();
        let mut browser = std::process::Command::new("python3");
        browser.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/it/cli/person.py")).arg(address);
        browser.env("PERSON", person).env("PERSON_DOES", does).env("PERSON_SAW", saw.path());
        // The last address may be one where nobody listens.
        browser.stderr(std::process::Stdio::null());
        tokio::task::spawn_blocking(move || browser.status().unwrap()).await.unwrap();
        std::fs::read_to_string(saw.path()).unwrap()
    }

    /// An admin agrees for everyone in the own organisation, on Microsoft's page.
    pub(crate) async fn agrees_for_everyone(&self, admin: &str, client: &str, permission: &str) {
        let base = self.tenant.base_url();
        let link = format!(
            "{base}organizations/v2.0/adminconsent?client_id={client}&redirect_uri=http://localhost:7777\
             &scope=https://graph.microsoft.com/User.Read%20https://graph.microsoft.com/{permission}"
        );
        let said = self.at_browser(admin, &link, "accept").await;
        assert!(said.contains(permission) || !said.contains("AADSTS"), "{said}");
    }

    /// Client id of a product that takes accounts of all kinds.
    pub(crate) fn open_to_all(&self) -> String {
        self.tenant.tables(|tables| {
            let mut all = tables.applications.values();
            let found = all.find(|row| row.text("displayName") == "Skylark Planner").unwrap();
            found.text("appId").to_owned()
        })
    }

    /// The connections, as last seen, by their ids.
    pub(crate) async fn connected(&self) -> Vec<String> {
        self.app.personal_connections().await.unwrap().into_iter().map(|one| one.id).collect()
    }

    /// Microsoft's record of a person, changed.
    pub(crate) fn account_is(&self, name: &str, change: impl FnOnce(&mut Row)) {
        self.tenant.tables(|tables| {
            let id = tables.user(&upn(name)).unwrap().text("id").to_owned();
            change(tables.users.get_mut(&id).unwrap());
        });
    }

    /// Somebody ends all sessions of a person, as `revokeSignInSessions` or a new password does.
    pub(crate) fn sessions_end(&self, name: &str) {
        let later = self.tenant.clock().now().to_string();
        self.account_is(name, |row| {
            row.body.insert("signInSessionsValidFromDateTime".to_owned(), later.clone().into());
            row.body.insert("_sessionsValidFrom".to_owned(), later.into());
        });
    }

    /// The person takes back on Microsoft's page what the product was allowed.
    pub(crate) fn takes_back(&self, name: &str) {
        self.tenant.tables(|tables| {
            let person = tables.user(&upn(name)).unwrap().text("id").to_owned();
            tables.oauth2_permission_grants.retain(|_, grant| grant.text("principalId") != person);
        });
    }

    /// What the product is allowed for a person, by Microsoft's record.
    pub(crate) fn allowed(&self, name: &str) -> Vec<String> {
        self.tenant.tables(|tables| {
            let person = tables.user(&upn(name)).unwrap().text("id").to_owned();
            let grants = tables.oauth2_permission_grants.values();
            let own = grants.filter(|grant| grant.deleted.is_none() && grant.text("principalId") == person);
            let mut names: Vec<String> = own
                .flat_map(|grant| {
                    grant.text("scope").split_whitespace().map(str::to_owned).collect::<Vec<_>>()
                })
                .collect();
            names.sort();
            names
        })
    }
}

/// What the proof of a feature said.
pub(crate) fn proof(connection: &PersonalConnection, feature: PersonalFeature) -> &PersonalOutcome {
    let found = connection.proofs.iter().find(|proof| proof.feature == feature);
    &found.unwrap_or_else(|| panic!("no proof of {feature:?} in {:?}", connection.proofs)).outcome
}

/// The sentence of a proof that works.
pub(crate) fn works(connection: &PersonalConnection, feature: PersonalFeature) -> (String, Vec<String>) {
    match proof(connection, feature) {
        PersonalOutcome::Works { sentence, lines } => (sentence.clone(), lines.clone()),
        other => panic!("{feature:?}: {other:?}"),
    }
}

/// Why a feature does not work.
pub(crate) fn fails(connection: &PersonalConnection, feature: PersonalFeature) -> ErrorCode {
    match proof(connection, feature) {
        PersonalOutcome::Failed { error } => error.code,
        other => panic!("{feature:?}: {other:?}"),
    }
}
