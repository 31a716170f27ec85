//! A signed-in person at work: tokens, and Graph in their name.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use contract::{AppError, ErrorCode};
use exchange::{Anchor, ExchangeClient};
use graph::{AccessToken, ClaimsChallenge, GraphClient, TokenRefusal, TokenSource};
use identity::{Authority, Challenge, Claims, Cloud, IdentityError, Scopes, TokenProvider, TokenStore};

use crate::accounts::Account;
use crate::errors::Answer;
use crate::sign_in::{exchange_scopes, graph_scopes};
use crate::space::OpenSpace;
use crate::vault_tokens::VaultTokens;
use crate::{App, clouds, held};

/// One account's tokens and its Graph.
pub(crate) struct Session {
    pub(crate) account: Account,
    pub(crate) authority: Arc<Authority>,
    pub(crate) provider: Arc<TokenProvider>,
    pub(crate) graph: GraphClient,
    /// Exchange's admin endpoint, where the session was asked for it.
    pub(crate) exchange: Option<ExchangeClient>,
}

impl Session {
    /// Forgets everything, in memory and in the vault.
    pub(crate) async fn forget(&self) -> Result<(), IdentityError> {
        self.provider.sign_out().await
    }
}

impl App {
    /// The session of an account, once the vault that holds it is open: a closed vault is told as such, and not taken for
    /// a session that ended.
    pub(crate) async fn session(&self, space: &OpenSpace, account: &Account) -> Answer<Arc<Session>> {
        if !account.bootstrap {
            space.open_vault().await?;
        }
        self.session_as_it_is(space, account)
    }

    /// The session of an account, whether the vault is open or not; made once.
    pub(crate) fn session_as_it_is(&self, space: &OpenSpace, account: &Account) -> Answer<Arc<Session>> {
        let id = account.id();
        if let Some(session) = held(&space.sessions).get(&id) {
            return Ok(Arc::clone(session));
        }
        let session = Arc::new(self.new_session(space, account.clone())?);
        Ok(Arc::clone(held(&space.sessions).entry(id).or_insert(session)))
    }

    /// The session of the active account.
    async fn active_session(&self, space: &OpenSpace) -> Answer<Arc<Session>> {
        let account = self.active(space)?;
        self.session(space, &account).await
    }

    /// Graph in the active person's name.
    pub(crate) async fn graph(&self) -> Answer<GraphClient> {
        let space = self.space()?;
        Ok(self.active_session(&space).await?.graph.clone())
    }

    pub(crate) fn new_session(&self, space: &OpenSpace, account: Account) -> Answer<Session> {
        let cloud = clouds::by_id(space, &account.cloud)?;
        let authority = self.authority(space, &cloud);
        let store: Arc<dyn TokenStore> = if account.bootstrap {
            Arc::clone(&space.bootstrap) as Arc<dyn TokenStore>
        } else {
            Arc::new(VaultTokens::of_accounts(space.vault()?))
        };
        let provider = Arc::new(TokenProvider::new(
            Arc::clone(&authority),
            account.client_id.clone(),
            account.key.clone(),
            store,
        ));
        let tokens = Tokens::of(&provider);
        let graph = GraphClient::new(space.http.clone(), cloud.graph().clone(), tokens, self.clock())
            .map_err(|_| AppError::new(ErrorCode::AuthorityUnusable))?
            .with_scopes(graph_scopes(&cloud, &Scopes::parse(&account.scopes)).iter());
        let exchange = self.new_exchange(space, &account, &cloud, &provider)?;
        Ok(Session { account, authority, provider, graph, exchange })
    }

    /// Exchange in this person's name; none before somebody signed in for it.
    pub(crate) fn new_exchange(
        &self,
        space: &OpenSpace,
        account: &Account,
        cloud: &Cloud,
        provider: &Arc<TokenProvider>,
    ) -> Answer<Option<ExchangeClient>> {
        let scopes = exchange_scopes(cloud, &Scopes::parse(&account.scopes));
        if scopes.is_empty() {
            return Ok(None);
        }
        let tokens = Tokens::of(provider);
        let client = ExchangeClient::new(
            space.http.clone(),
            cloud.exchange().clone(),
            account.key.tenant_id.as_str(),
            &Anchor::Person(account.upn.clone()),
            scopes.iter(),
            tokens,
            self.clock(),
        );
        client.map(Some).map_err(|_| AppError::new(ErrorCode::AuthorityUnusable))
    }
}

/// `identity`'s tokens as the clients want them; one for each API.
pub(crate) struct Tokens {
    provider: Arc<TokenProvider>,
    last: Mutex<Option<identity::AccessToken>>,
}

impl Tokens {
    /// Those that this provider gives.
    pub(crate) fn of(provider: &Arc<TokenProvider>) -> Arc<Self> {
        Arc::new(Self { provider: Arc::clone(provider), last: Mutex::default() })
    }
}

#[async_trait]
impl TokenSource for Tokens {
    async fn token(
        &self,
        scopes: &[&str],
        challenge: Option<&ClaimsChallenge>,
    ) -> Result<AccessToken, TokenRefusal> {
        let last = held(&self.last).clone();
        let challenge = challenge.zip(last).and_then(|(challenge, last)| {
            Some(Challenge::new(Claims::from_json(challenge.as_json()).ok()?, &last))
        });
        let token = self
            .provider
            .token(&Scopes::parse(&scopes.join(" ")), challenge.as_ref())
            .await
            .map_err(|error| refusal(&error))?;
        let bearer = AccessToken::new(token.expose().to_owned());
        *held(&self.last) = Some(token);
        Ok(bearer)
    }

    async fn rejected(&self, _token: &AccessToken) {
        self.provider.forget_access_tokens().await;
    }
}

fn refusal(error: &IdentityError) -> TokenRefusal {
    match error {
        IdentityError::NeedsInteraction(interaction) => TokenRefusal::InteractionNeeded {
            claims: interaction
                .claims
                .as_ref()
                .and_then(|claims| ClaimsChallenge::from_json(&claims.to_json())),
        },
        IdentityError::Net(error) => TokenRefusal::Unreachable(error.clone()),
        IdentityError::WrongAccount(_) => TokenRefusal::AnotherAccount,
        IdentityError::Refused(error) => TokenRefusal::Rejected(format!("{:?}", error.error)),
        IdentityError::Store(_) | IdentityError::ChallengeRepeated => {
            TokenRefusal::InteractionNeeded { claims: None }
        }
        other => TokenRefusal::Rejected(other.to_string()),
    }
}
