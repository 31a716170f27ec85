//! Who is signing in: the browser's session, the hint, or the person at the picker; and in which directory.
//!
//! An account is known by its object id at home. In another organisation it is a guest: an object of its own, with an id of
//! its own, which keeps the account that it stands for.

use std::sync::Arc;

use super::authority::Authority;
use super::client::Client;
use super::error::{Code, Refusal};
use super::session;
use crate::directories::Kind;
use crate::seed::HOME_ACCOUNT;
use crate::serve::Incoming;
use crate::store::{Row, Tables};
use crate::tenant::Tenant;

/// What to do about the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Choice {
    /// This account, without asking.
    Account(String),
    /// Ask.
    Ask,
    /// Asking is not allowed.
    Refuse(Refusal),
}

/// Decides from `prompt`, `login_hint` and the session.
pub(crate) fn choose(
    tenant: &Tenant,
    incoming: &Incoming,
    authority: Authority,
    prompt: Option<&str>,
    hint: Option<&str>,
) -> Choice {
    if let Some(account) = tenant.options.sign_in_as.as_deref().and_then(|upn| find(tenant, upn)) {
        return Choice::Account(account);
    }
    let mut signed_in = session::people(tenant, incoming);
    signed_in.retain(|account| place(tenant, authority, account).is_ok());
    let hinted = hint.and_then(|hint| find(tenant, hint));
    let candidate = match (hint, &hinted) {
        (Some(_), Some(account)) => signed_in.contains(account).then(|| account.clone()),
        (Some(_), None) => None,
        (None, _) if signed_in.len() == 1 => signed_in.first().cloned(),
        (None, _) => None,
    };
    match (prompt, candidate) {
        (Some("select_account" | "login" | "create"), _) => Choice::Ask,
        (_, Some(account)) => Choice::Account(account),
        (Some("none"), None) if signed_in.len() > 1 && hint.is_none() => Choice::Refuse(Refusal::new(
            Code::InteractionRequired,
            16_000,
            "Either multiple user identities are available for the current request or selected account is not supported for the scenario.",
        )),
        (Some("none"), None) => Choice::Refuse(Refusal::new(
            Code::LoginRequired,
            50_058,
            "A silent sign-in request was sent but no user is signed in.",
        )),
        _ => Choice::Ask,
    }
}

/// The account that is called so (object id or user principal name), looked for in this directory first.
pub(crate) fn find(tenant: &Tenant, who: &str) -> Option<String> {
    let account = |directory: &Tenant| {
        directory.read(|tables| {
            let user = tables.user(who)?;
            let home = user.text(HOME_ACCOUNT);
            Some(if home.is_empty() { user.text("id").to_owned() } else { home.to_owned() })
        })
    };
    account(tenant).or_else(|| tenant.directories().iter().find_map(|directory| account(directory)))
}

/// The directory in which an account is at home.
pub(crate) fn home(tenant: &Tenant, account: &str) -> Option<Arc<Tenant>> {
    tenant.find_directory(|directory| directory.read(|tables| is_home(tables, account)))
}

fn is_home(tables: &Tables, account: &str) -> bool {
    tables.users.get(account).is_some_and(|user| user.deleted.is_none() && user.text(HOME_ACCOUNT).is_empty())
}

/// Where an account signs in at this address, and which object it is there: at home where the address is a general one, else
/// in the directory that is named, as a member or as a guest.
///
/// # Errors
/// AADSTS50020 for an account that is no guest there, AADSTS500200 for a personal account where only organisations may.
pub(crate) fn place(
    tenant: &Tenant,
    authority: Authority,
    account: &str,
) -> Result<(Arc<Tenant>, String), Refusal> {
    let home = home(tenant, account).ok_or_else(|| unknown(tenant, account))?;
    if authority.is_general() {
        return if authority.fits(tenant, &home) {
            Ok((home, account.to_owned()))
        } else {
            Err(not_for_personal_accounts(&home, account))
        };
    }
    if home.tenant_id == tenant.tenant_id {
        return Ok((home, account.to_owned()));
    }
    let guest = tenant.read(|tables| {
        let mut users = tables.users.values().filter(|user| user.deleted.is_none());
        users.find(|user| user.text(HOME_ACCOUNT) == account).map(|user| user.text("id").to_owned())
    });
    let here = tenant.find_directory(|own| own.tenant_id == tenant.tenant_id);
    match (guest, here) {
        (Some(guest), Some(here)) => Ok((here, guest)),
        _ => Err(stranger(tenant, &home, account)),
    }
}

/// The account behind a person of this directory: the person, or whom a guest stands for.
pub(crate) fn of_person(tenant: &Tenant, person: &str) -> String {
    find(tenant, person).unwrap_or_else(|| person.to_owned())
}

/// Whether this person may sign in here and now.
pub(crate) fn admit(
    directory: &str,
    tables: &Tables,
    authority: Authority,
    client: &Client,
    person: &str,
) -> Result<(), Refusal> {
    let Some(user) = tables.user(person) else { return Err(unknown_in(directory, person)) };
    enabled(user)?;
    if user.text("userType") == "Guest" && authority.is_general() {
        let mail = user.text("mail");
        let provider = mail.split('@').nth(1).unwrap_or_default();
        return Err(no_member(mail, provider, directory, Some(client)));
    }
    if client.assignment_required && !is_assigned(tables, client, person) {
        return Err(Refusal::new(
            Code::InteractionRequired,
            50_105,
            format!(
                "Your administrator has configured the application {} ('{}') to block users unless they are specifically granted ('assigned') access to the application. The signed in user '{}' is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator. Please contact your administrator to assign access to this application.",
                client.name,
                client.app_id,
                user.text("userPrincipalName")
            ),
        ));
    }
    Ok(())
}

/// A disabled account signs in nowhere.
pub(crate) fn enabled(user: &Row) -> Result<(), Refusal> {
    if user.body.get("accountEnabled") == Some(&false.into()) {
        return Err(Refusal::new(Code::InvalidGrant, 50_057, "The user account is disabled."));
    }
    Ok(())
}

/// Nobody has this name.
pub(crate) fn unknown(tenant: &Tenant, name: &str) -> Refusal {
    unknown_in(&tenant.name(), name)
}

/// The same, while the tables of the directory are looked at.
pub(crate) fn unknown_in(directory: &str, name: &str) -> Refusal {
    Refusal::new(
        Code::InvalidGrant,
        50_034,
        format!(
            "The user account {name} does not exist in the {directory} directory. To sign into this application, the account must be added to the directory."
        ),
    )
}

/// Personal accounts may not use this application, or not at this address ("AADSTS500200").
pub(crate) fn not_for_personal_accounts(home: &Tenant, account: &str) -> Refusal {
    Refusal::new(
        Code::InvalidRequest,
        500_200,
        format!(
            "User account '{}' is a personal Microsoft account. Personal Microsoft accounts are not supported for this application unless explicitly invited to an organization. Try signing out and signing back in with an organizational account.",
            address(home, account)
        ),
    )
}

/// Somebody of elsewhere who is no guest here.
fn stranger(tenant: &Tenant, home: &Tenant, account: &str) -> Refusal {
    let provider = match home.kind {
        Kind::Personal => "live.com".to_owned(),
        Kind::Organisation => format!("https://sts.windows.net/{}/", home.tenant_id),
    };
    no_member(&address(home, account), &provider, &tenant.name(), None)
}

fn address(home: &Tenant, account: &str) -> String {
    home.read(|tables| tables.user(account).map(|user| user.text("userPrincipalName").to_owned()))
        .unwrap_or_default()
}

fn no_member(mail: &str, provider: &str, directory: &str, client: Option<&Client>) -> Refusal {
    let (id, name) = client.map(|client| (client.app_id.as_str(), client.name.as_str())).unwrap_or_default();
    Refusal::new(
        Code::AccessDenied,
        50_020,
        format!(
            "User account '{mail}' from identity provider '{provider}' does not exist in tenant '{directory}' and cannot access the application '{id}'({name}) in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account."
        ),
    )
}

fn is_assigned(tables: &Tables, client: &Client, person: &str) -> bool {
    let Some(resource) = &client.service_principal else { return false };
    let in_group = |group: &str| {
        tables.members.get(group).is_some_and(|members| members.iter().any(|member| member == person))
    };
    tables.app_role_assignments.values().any(|row| {
        row.deleted.is_none()
            && row.text("resourceId") == resource
            && (row.text("principalId") == person || in_group(row.text("principalId")))
    })
}
