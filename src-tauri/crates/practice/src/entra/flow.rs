//! A conversation with a person in a browser: choose an account, agree or not, go back to the application.

use serde::{Deserialize, Serialize};

use super::account;
use super::admin_consent::{self, AdminConsent};
use super::authority::Authority;
use super::authorize::{self, Authorize};
use super::client::Client;
use super::consent;
use super::device;
use super::error::{Code, Refusal};
use super::form::Form;
use super::{grants, my_apps, pages, session};
use crate::serve::{Answer, Incoming};
use crate::tenant::Tenant;

/// Where the conversation stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Flow {
    pub(crate) purpose: Purpose,
    pub(crate) authority: Authority,
    /// Set once an account was chosen.
    pub(crate) person: Option<String>,
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
}

/// Starts the conversation, or ends it at once when nothing needs to be asked.
pub(crate) fn begin(
    tenant: &Tenant,
    incoming: &Incoming,
    flow: Flow,
    prompt: Option<&str>,
    hint: Option<&str>,
) -> Answer {
    match account::choose(tenant, incoming, prompt, hint) {
        account::Choice::Person(person) => proceed(tenant, incoming, flow, None, &person),
        account::Choice::Ask => ask_who(tenant, incoming, flow, hint),
        account::Choice::Refuse(refusal) => flow.purpose.refuse(tenant, incoming, &refusal),
    }
}

/// Shows the account picker.
fn ask_who(tenant: &Tenant, incoming: &Incoming, flow: Flow, hint: Option<&str>) -> Answer {
    let name = flow.purpose.name(tenant);
    let id = tenant.ledger().add_flow(incoming.at, flow);
    pages::picker(tenant, &id, &name, hint, None)
}

/// `POST /common/login`: an account was chosen, or typed.
pub(crate) fn chosen(tenant: &Tenant, incoming: &Incoming) -> Answer {
    let form = Form::of_body(incoming);
    let id = form.get("flow").unwrap_or_default();
    let Some(flow) = found(tenant, incoming, id) else { return expired(tenant, incoming) };
    if form.get("cancel").is_some() {
        return flow.purpose.refuse(tenant, incoming, &super::respond::declined());
    }
    let name = flow.purpose.name(tenant);
    if form.get("again").is_some() {
        return pages::picker(tenant, id, &name, None, None);
    }
    let wanted = form.get("account").or_else(|| form.get("username")).unwrap_or_default().trim();
    let Some(person) = tenant.read(|tables| tables.user(wanted).map(|user| user.text("id").to_owned()))
    else {
        return pages::picker(tenant, id, &name, None, Some(&account::unknown(wanted)));
    };
    // A disabled account cannot get a session; the person may choose another.
    if let Some(refusal) =
        tenant.read(|tables| tables.user(&person).and_then(|user| account::enabled(user).err()))
    {
        return pages::picker(tenant, id, &name, None, Some(&refusal));
    }
    let cookie = tenant.ledger().sign_in(session::cookie(&incoming.headers), &person);
    let mut answer = proceed(tenant, incoming, flow, Some(id), &person);
    session::set(&mut answer, &cookie);
    answer
}

/// After the account is known.
fn proceed(tenant: &Tenant, incoming: &Incoming, mut flow: Flow, id: Option<&str>, person: &str) -> Answer {
    flow.person = Some(person.to_owned());
    if matches!(flow.purpose, Purpose::MyApps) {
        if let Some(id) = id {
            tenant.ledger().end_flow(id);
        }
        return my_apps::signed_in();
    }
    let client = match Client::at(tenant, flow.authority, flow.purpose.client()) {
        Ok(client) => client,
        Err(refusal) => return pages::error(tenant, incoming, &refusal),
    };
    if let Err(refusal) = tenant.read(|tables| account::admit(tables, flow.authority, &client, person)) {
        return match &flow.purpose {
            Purpose::Authorize(request) if request.prompt.as_deref() == Some("none") => {
                flow.purpose.refuse(tenant, incoming, &refusal)
            }
            _ => pages::error(tenant, incoming, &refusal),
        };
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
            let Some(scopes) =
                tenant.ledger().device_by_user_code(&user_code).map(|device| device.scopes.clone())
            else {
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
    let admin = tenant.read(|tables| consent::may_consent(tables, person));
    if tenant.options.sign_in_as.is_some() {
        if open.needs_admin && !admin {
            return flow.purpose.refuse(tenant, incoming, &admin_needed(client));
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
    let Some(person) = flow.person.clone().filter(|person| is_signed_in(tenant, incoming, person)) else {
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
        Purpose::Device { user_code, .. } => {
            tenant.ledger().device_by_user_code(&user_code).map(|device| device.scopes.clone())
        }
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
        return flow.purpose.refuse(tenant, incoming, &admin_needed(&client));
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

/// An ordinary person cannot agree to this.
fn admin_needed(client: &Client) -> Refusal {
    Refusal::new(
        Code::AccessDenied,
        90_094,
        format!(
            "{} needs permission to access resources in your organization that only an admin can grant. Please ask an admin to grant permission to this app before you can use it.",
            client.name
        ),
    )
    .with_suberror("cancel")
}
