//! A conversation with a person in a browser: choose an account, agree or not, go back to the application.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::account;
use super::admin_consent::{self, AdminConsent};
use super::authority::Authority;
use super::authorize::{self, Authorize};
use super::client::Client;
use super::conditions;
use super::consent;
use super::device;
use super::error::{Code, Refusal};
use super::form::Form;
use super::{grants, my_apps, pages, session};
use crate::directories::Kind;
use crate::serve::{Answer, Incoming};
use crate::tenant::Tenant;

/// Where the conversation stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Flow {
    pub(crate) purpose: Purpose,
    pub(crate) authority: Authority,
    /// Id of the directory: the one that the address names, later the one in which the person signs in.
    #[serde(default)]
    pub(crate) directory: String,
    /// Set once an account was chosen: who it is in that directory.
    pub(crate) person: Option<String>,
    /// The account, as the browser's session knows it.
    #[serde(default)]
    pub(crate) account: Option<String>,
}

impl Flow {
    /// A conversation in which nobody has signed in yet.
    pub(crate) fn new(tenant: &Tenant, purpose: Purpose, authority: Authority) -> Self {
        Self { purpose, authority, directory: tenant.tenant_id.clone(), person: None, account: None }
    }

    /// The directory that it is about now.
    fn directory(&self, tenant: &Tenant) -> Option<Arc<Tenant>> {
        tenant.find_directory(|own| own.is_called(&self.directory))
    }
}

/// What it is about.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Purpose {
    /// An application wants a person to sign in.
    Authorize(Box<Authorize>),
    /// An application wants an admin to agree for everyone.
    AdminConsent(AdminConsent),
    /// A device without a browser waits.
    Device { user_code: String, client: String },
    /// A person wants to see the own apps.
    MyApps,
}

impl Purpose {
    /// Client id of the application.
    pub(crate) fn client(&self) -> &str {
        match self {
            Self::Authorize(request) => &request.client,
            Self::AdminConsent(request) => &request.client,
            Self::Device { client, .. } => client,
            Self::MyApps => "",
        }
    }

    /// What the picker says somebody signs in to.
    fn name(&self, tenant: &Tenant) -> String {
        match self {
            Self::MyApps => "My Apps".to_owned(),
            other => Client::find(tenant, other.client()).map(|client| client.name).unwrap_or_default(),
        }
    }

    /// A refusal, said to the application when it can hear it, else to the person.
    pub(crate) fn refuse(&self, tenant: &Tenant, incoming: &Incoming, refusal: &Refusal) -> Answer {
        match self {
            Self::Authorize(request) => super::respond::refuse(tenant, incoming, &request.back, refusal),
            Self::AdminConsent(request) => admin_consent::refuse(tenant, incoming, request, refusal),
            Self::Device { user_code, .. } => device::declined(tenant, user_code),
            Self::MyApps => pages::done(tenant, "You are not signed in.", "You may close this window now."),
        }
    }

    /// The person left a page that is not about permissions.
    fn leave(&self, tenant: &Tenant, incoming: &Incoming) -> Answer {
        match self {
            Self::Authorize(request) => super::respond::left(tenant, &request.back),
            other => other.refuse(tenant, incoming, &super::respond::declined()),
        }
    }
}

/// Starts the conversation, or ends it at once when nothing needs to be asked.
pub(crate) fn begin(
    tenant: &Tenant,
    incoming: &Incoming,
    flow: Flow,
    prompt: Option<&str>,
    hint: Option<&str>,
) -> Answer {
    match account::choose(tenant, incoming, flow.authority, prompt, hint) {
        account::Choice::Account(account) => proceed(tenant, incoming, flow, None, &account),
        account::Choice::Ask => ask_who(tenant, incoming, flow, hint),
        account::Choice::Refuse(refusal) => flow.purpose.refuse(tenant, incoming, &refusal),
    }
}

/// Shows the account picker.
fn ask_who(tenant: &Tenant, incoming: &Incoming, flow: Flow, hint: Option<&str>) -> Answer {
    let (name, authority) = (flow.purpose.name(tenant), flow.authority);
    let id = tenant.ledger().add_flow(incoming.at, flow);
    pages::picker(tenant, authority, &id, &name, hint, None)
}

/// `POST /common/login`: an account was chosen, or typed.
pub(crate) fn chosen(tenant: &Tenant, incoming: &Incoming) -> Answer {
    let form = Form::of_body(incoming);
    let id = form.get("flow").unwrap_or_default();
    let Some(flow) = found(tenant, incoming, id) else { return expired(tenant, incoming) };
    let Some(tenant) = flow.directory(tenant) else { return expired(tenant, incoming) };
    let tenant = tenant.as_ref();
    if form.get("cancel").is_some() {
        return flow.purpose.leave(tenant, incoming);
    }
    let name = flow.purpose.name(tenant);
    if form.get("again").is_some() {
        return pages::picker(tenant, flow.authority, id, &name, None, None);
    }
    let wanted = form.get("account").or_else(|| form.get("username")).unwrap_or_default().trim();
    let again = |refusal: &Refusal| pages::picker(tenant, flow.authority, id, &name, None, Some(refusal));
    let Some(account) = account::find(tenant, wanted) else {
        return again(&account::unknown(tenant, wanted));
    };
    // A disabled account cannot get a session; the person may choose another.
    let disabled = |home: &Tenant| {
        home.read(|tables| tables.user(&account).and_then(|user| account::enabled(user).err()))
    };
    if let Some(refusal) = account::home(tenant, &account).and_then(|home| disabled(&home)) {
        return again(&refusal);
    }
    let cookie = tenant.ledger().sign_in(session::cookie(&incoming.headers), &account);
    let mut answer = proceed(tenant, incoming, flow, Some(id), &account);
    session::set(&mut answer, &cookie);
    answer
}

/// After the account is known.
fn proceed(tenant: &Tenant, incoming: &Incoming, mut flow: Flow, id: Option<&str>, account: &str) -> Answer {
    let (directory, person) = match account::place(tenant, flow.authority, account) {
        Ok(placed) => placed,
        Err(refusal) => return stop(tenant, incoming, &flow, &refusal),
    };
    let (tenant, person) = (directory.as_ref(), person.as_str());
    flow.directory.clone_from(&tenant.tenant_id);
    flow.person = Some(person.to_owned());
    flow.account = Some(account.to_owned());
    if matches!(flow.purpose, Purpose::MyApps) {
        if let Some(id) = id {
            tenant.ledger().end_flow(id);
        }
        return my_apps::signed_in();
    }
    // An administrator decides for the own organisation, at whichever address.
    let admin_consent = matches!(flow.purpose, Purpose::AdminConsent(_));
    let authority = if admin_consent { Authority::Own } else { flow.authority };
    let client = match usable(tenant, authority, &flow, account) {
        Ok(client) => client,
        Err(refusal) => return stop(tenant, incoming, &flow, &refusal),
    };
    let name = tenant.name();
    let admitted = tenant
        .read(|tables| account::admit(&name, tables, authority, &client, person))
        .and_then(|()| conditions::at_page(tenant, person, &client.app_id));
    if let Err(refusal) = admitted {
        return stop(tenant, incoming, &flow, &refusal);
    }
    if let Purpose::Authorize(request) = &mut flow.purpose {
        match request.scopes.in_directory(tenant) {
            Ok(scopes) => request.scopes = scopes,
            Err(refusal) => return flow.purpose.refuse(tenant, incoming, &refusal),
        }
    }
    match flow.purpose.clone() {
        Purpose::MyApps => my_apps::signed_in(),
        Purpose::AdminConsent(request) => {
            admin_consent::ask(tenant, incoming, flow, id, &request, &client, person)
        }
        Purpose::Authorize(request) => {
            let again = request.prompt.as_deref() == Some("consent");
            let admin = request.prompt.as_deref() == Some("admin_consent");
            let silent = request.prompt.as_deref() == Some("none");
            ask_consent(
                tenant,
                incoming,
                flow,
                id,
                &client,
                person,
                &request.scopes,
                Asking { again: again || admin, silent },
            )
        }
        Purpose::Device { user_code, .. } => {
            let Some(scopes) = device::scopes(tenant, &user_code) else {
                return expired(tenant, incoming);
            };
            ask_consent(
                tenant,
                incoming,
                flow,
                id,
                &client,
                person,
                &scopes,
                Asking { again: false, silent: false },
            )
        }
    }
}

/// The application, if accounts of this directory may use it at this address.
fn usable(tenant: &Tenant, authority: Authority, flow: &Flow, account: &str) -> Result<Client, Refusal> {
    let personal = tenant.kind == Kind::Personal;
    if personal && matches!(flow.purpose, Purpose::AdminConsent(_)) {
        return Err(account::not_for_personal_accounts(tenant, account));
    }
    match Client::at(tenant, authority, flow.purpose.client()) {
        // At the address of personal accounts the application is at fault, at a general one the account.
        Err(_) if personal && authority.is_general() => {
            Err(account::not_for_personal_accounts(tenant, account))
        }
        found => found,
    }
}

/// Somebody cannot go on: said to the application when nothing may be shown, else to the person.
fn stop(tenant: &Tenant, incoming: &Incoming, flow: &Flow, refusal: &Refusal) -> Answer {
    match &flow.purpose {
        Purpose::Authorize(request) if request.prompt.as_deref() == Some("none") => {
            flow.purpose.refuse(tenant, incoming, refusal)
        }
        _ => pages::error(tenant, incoming, refusal),
    }
}

#[derive(Debug, Clone, Copy)]
struct Asking {
    again: bool,
    silent: bool,
}

/// Shows the consent page, or goes on when nothing is open.
#[expect(clippy::too_many_arguments, reason = "the whole conversation comes together here")]
fn ask_consent(
    tenant: &Tenant,
    incoming: &Incoming,
    flow: Flow,
    id: Option<&str>,
    client: &Client,
    person: &str,
    scopes: &super::scope::Scopes,
    asking: Asking,
) -> Answer {
    let open = match tenant.read(|tables| consent::open(tables, client, person, scopes, asking.again)) {
        Ok(open) => open,
        Err(refusal) => return flow.purpose.refuse(tenant, incoming, &refusal),
    };
    if open.is_empty() {
        return finish(tenant, incoming, &flow, id, client, person);
    }
    if asking.silent {
        return flow.purpose.refuse(tenant, incoming, &not_consented(client));
    }
    if open.needs_admin && tenant.kind == Kind::Personal {
        return flow.purpose.refuse(tenant, incoming, &not_for_persons(&open));
    }
    let admin = tenant.read(|tables| consent::may_consent(tables, person));
    if tenant.options.sign_in_as.is_some() {
        if open.needs_admin && !admin {
            return flow.purpose.leave(tenant, incoming);
        }
        record(tenant, incoming, client, person, &open, false);
        return finish(tenant, incoming, &flow, id, client, person);
    }
    let id = keep(tenant, incoming, flow, id);
    if open.needs_admin && !admin {
        return pages::admin_needed(tenant, &id, client, person, &open);
    }
    pages::consent(tenant, &id, client, person, &open, admin)
}

/// `POST /common/consent`: Accept or Cancel.
pub(crate) fn decided(tenant: &Tenant, incoming: &Incoming) -> Answer {
    let form = Form::of_body(incoming);
    let id = form.get("flow").unwrap_or_default();
    let Some(flow) = found(tenant, incoming, id) else { return expired(tenant, incoming) };
    let Some(tenant) = flow.directory(tenant) else { return expired(tenant, incoming) };
    let tenant = tenant.as_ref();
    let account = flow.account.clone().or_else(|| flow.person.clone());
    let is_here = account.is_some_and(|account| is_signed_in(tenant, incoming, &account));
    let Some(person) = flow.person.clone().filter(|_| is_here) else {
        return expired(tenant, incoming);
    };
    let Some(client) = Client::find(tenant, flow.purpose.client()) else { return expired(tenant, incoming) };
    let scopes = match flow.purpose.clone() {
        Purpose::AdminConsent(request) => {
            tenant.ledger().end_flow(id);
            let accepted = form.get("decision") == Some("accept");
            return admin_consent::decide(tenant, incoming, &request, &client, &person, accepted);
        }
        Purpose::MyApps => None,
        Purpose::Authorize(request) => Some(request.scopes),
        Purpose::Device { user_code, .. } => device::scopes(tenant, &user_code),
    };
    let Some(scopes) = scopes else { return expired(tenant, incoming) };
    let open = match tenant.read(|tables| consent::open(tables, &client, &person, &scopes, asks_again(&flow)))
    {
        Ok(open) => open,
        Err(refusal) => return flow.purpose.refuse(tenant, incoming, &refusal),
    };
    let admin = tenant.read(|tables| consent::may_consent(tables, &person));
    if open.needs_admin && !admin {
        tenant.ledger().end_flow(id);
        return flow.purpose.leave(tenant, incoming);
    }
    if form.get("decision") != Some("accept") {
        tenant.ledger().end_flow(id);
        return flow.purpose.refuse(tenant, incoming, &super::respond::declined());
    }
    let everyone = admin && (form.get("organization").is_some() || is_admin_consent(&flow));
    record(tenant, incoming, &client, &person, &open, everyone);
    finish(tenant, incoming, &flow, Some(id), &client, &person)
}

fn asks_again(flow: &Flow) -> bool {
    matches!(&flow.purpose, Purpose::Authorize(request) if matches!(request.prompt.as_deref(), Some("consent" | "admin_consent")))
}

/// v1's way to ask an admin for the whole organisation.
fn is_admin_consent(flow: &Flow) -> bool {
    matches!(&flow.purpose, Purpose::Authorize(request) if request.prompt.as_deref() == Some("admin_consent"))
}

/// Writes a consent down, for the person or for everyone.
fn record(
    tenant: &Tenant,
    incoming: &Incoming,
    client: &Client,
    person: &str,
    open: &consent::Open,
    everyone: bool,
) {
    tenant.write(|tables| {
        let principal = grants::service_principal(tenant, tables, client, incoming.at);
        for (resource, scopes) in &open.scopes {
            grants::delegated(
                tables,
                &principal,
                resource,
                (!everyone).then_some(person),
                scopes,
                incoming.at,
            );
        }
    });
}

/// Everything is agreed: hand over what was asked for.
fn finish(
    tenant: &Tenant,
    incoming: &Incoming,
    flow: &Flow,
    id: Option<&str>,
    client: &Client,
    person: &str,
) -> Answer {
    if let Some(id) = id {
        tenant.ledger().end_flow(id);
    }
    match &flow.purpose {
        Purpose::Authorize(request) => authorize::finish(tenant, incoming, request, client, person),
        Purpose::Device { user_code, .. } => device::approved(tenant, user_code, client, person),
        Purpose::AdminConsent(_) | Purpose::MyApps => expired(tenant, incoming),
    }
}

/// Keeps the conversation for the next form; it keeps its id.
pub(crate) fn keep(tenant: &Tenant, incoming: &Incoming, flow: Flow, id: Option<&str>) -> String {
    let mut ledger = tenant.ledger();
    if let Some((id, kept)) = id.and_then(|id| ledger.flow(id).map(|kept| (id, kept))) {
        *kept = flow;
        return id.to_owned();
    }
    ledger.add_flow(incoming.at, flow)
}

/// The conversation that a form belongs to. A form that another site submits is not ours.
fn found(tenant: &Tenant, incoming: &Incoming, id: &str) -> Option<Flow> {
    if !is_own_page(tenant, incoming) {
        return None;
    }
    tenant.ledger().flow(id).cloned()
}

/// Whether a form was sent from one of our pages, as far as the browser says.
pub(crate) fn is_own_page(tenant: &Tenant, incoming: &Incoming) -> bool {
    let own = |origin: &str| {
        let host =
            incoming.headers.get(http::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        origin == tenant.login_base() || origin.split_once("://").is_some_and(|(_, rest)| rest == host)
    };
    let origin = incoming.headers.get(http::header::ORIGIN).and_then(|origin| origin.to_str().ok());
    origin.is_none_or(own)
}

/// Whether the browser that sends a decision is the one in which the person signed in.
fn is_signed_in(tenant: &Tenant, incoming: &Incoming, person: &str) -> bool {
    session::cookie(&incoming.headers).is_some_and(|cookie| {
        tenant.peek_ledger(|ledger| {
            ledger.session(cookie).is_some_and(|session| session.people.iter().any(|known| known == person))
        })
    })
}

/// The page is too old, or was never ours.
fn expired(tenant: &Tenant, incoming: &Incoming) -> Answer {
    let text = "Your sign-in was not found or took too long. Go back to the application and start again.";
    pages::error(tenant, incoming, &Refusal::new(Code::InvalidRequest, 90_013, text))
}

/// Nobody agreed yet, and nobody may be asked now.
pub(crate) fn not_consented(client: &Client) -> Refusal {
    Refusal::new(
        Code::InteractionRequired,
        65_001,
        format!(
            "The user or administrator has not consented to use the application with ID '{}' named '{}'. Send an interactive authorization request for this user and resource.",
            client.app_id, client.name
        ),
    )
    .with_suberror("consent_required")
}

/// Personal accounts have no administrator who could agree.
fn not_for_persons(open: &consent::Open) -> Refusal {
    let scope = open.items.first().map(|item| item.name.as_str()).unwrap_or_default();
    Refusal::new(
        Code::InvalidScope,
        70_011,
        format!(
            "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid."
        ),
    )
}
