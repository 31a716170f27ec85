//! Who is signing in: the browser's session, the hint, or the person at the picker.

use super::authority::Authority;
use super::client::Client;
use super::error::{Code, Refusal};
use super::session;
use crate::serve::Incoming;
use crate::store::{Row, Tables};
use crate::tenant::Tenant;

/// What to do about the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Choice {
    /// This person, without asking.
    Person(String),
    /// Ask.
    Ask,
    /// Asking is not allowed.
    Refuse(Refusal),
}

/// Decides from `prompt`, `login_hint` and the session.
pub(crate) fn choose(
    tenant: &Tenant,
    incoming: &Incoming,
    prompt: Option<&str>,
    hint: Option<&str>,
) -> Choice {
    if let Some(upn) = &tenant.options.sign_in_as
        && let Some(oid) = tenant.read(|tables| tables.user(upn).map(|user| user.text("id").to_owned()))
    {
        return Choice::Person(oid);
    }
    let signed_in = session::people(tenant, incoming);
    let hinted =
        hint.and_then(|hint| tenant.read(|tables| tables.user(hint).map(|user| user.text("id").to_owned())));
    let candidate = match (hint, &hinted) {
        (Some(_), Some(oid)) => signed_in.contains(oid).then(|| oid.clone()),
        (Some(_), None) => None,
        (None, _) if signed_in.len() == 1 => signed_in.first().cloned(),
        (None, _) => None,
    };
    match (prompt, candidate) {
        (Some("select_account" | "login" | "create"), _) => Choice::Ask,
        (_, Some(oid)) => Choice::Person(oid),
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

/// Whether this person may sign in here and now.
pub(crate) fn admit(
    tables: &Tables,
    authority: Authority,
    client: &Client,
    person: &str,
) -> Result<(), Refusal> {
    let Some(user) = tables.user(person) else { return Err(unknown(person)) };
    enabled(user)?;
    if user.text("userType") == "Guest" && !authority.is_specific() {
        return Err(Refusal::new(
            Code::AccessDenied,
            50_020,
            format!(
                "User account '{}' from identity provider '{}' does not exist in tenant '{}' and cannot access the application '{}'({}) in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.",
                user.text("mail"),
                user.text("mail").split('@').nth(1).unwrap_or_default(),
                crate::seed::ORGANISATION,
                client.app_id,
                client.name
            ),
        ));
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
pub(crate) fn unknown(name: &str) -> Refusal {
    Refusal::new(
        Code::InvalidGrant,
        50_034,
        format!(
            "The user account {name} does not exist in the {} directory. To sign into this application, the account must be added to the directory.",
            crate::seed::ORGANISATION
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
