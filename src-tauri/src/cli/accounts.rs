//! Signing in and out.

use app::App;
use contract::{
    AccountView, AppError, ClientChoice, CloudId, ErrorCode, PlanRequest, RunState, SignInEvent,
    SignInPurpose, SignInRequest,
};

use super::arguments::SignIn;
use super::browser;
use super::exit::Ended;
use super::output::{self, Output};
use super::setup;

/// Signs in; creates the organisation's own registration first when asked to.
pub(super) async fn sign_in(app: &App, with: SignIn, output: &Output) -> Result<Ended, AppError> {
    let known = app.organisation_clients().await?;
    let client = match (with.client_id, with.organisation, known.as_slice()) {
        (Some(client_id), Some(tenant), _) => ClientChoice::Registered { client_id, tenant },
        (_, _, [only]) if !with.create_registration => {
            ClientChoice::Registered { client_id: only.client_id.clone(), tenant: only.tenant_id.clone() }
        }
        _ if with.create_registration => ClientChoice::Bootstrap,
        _ => {
            return Err(AppError::new(ErrorCode::AnswersNeedAttention)
                .because("Gatehouse needs to know which app registration to sign in with.")
                .advise("Add --client-id and --organisation, or --create-registration to make one."));
        }
    };
    let purpose = if with.identify { SignInPurpose::Identify } else { SignInPurpose::SetUp };
    let also: Vec<SignInPurpose> = with.purposes.iter().map(|task| task.purpose()).collect();
    let request = SignInRequest {
        cloud: CloudId::Global,
        client: client.clone(),
        account_id: None,
        purpose,
        also: also.clone(),
        login_hint: with.account,
    };
    let account = browse(app, request, output).await?;
    if client != ClientChoice::Bootstrap {
        return Ok(signed_in(&account, output));
    }
    let plan = app.plan_make(PlanRequest::OwnRegistration { account_id: account.id.clone() }).await?;
    output.say(&output::plan(&plan));
    if !plan.can_run {
        output.answer(&plan, |_| String::new());
        return Ok(setup::blocked(&plan));
    }
    if !output.confirm("Create it?", with.yes).await {
        return Ok(Ended::Cancelled);
    }
    let run = app.run_start(&plan.id, setup::progress()).await?;
    let client_id = match (run.summary.state, run.own_client_id.clone()) {
        (RunState::Done, Some(client_id)) => client_id,
        (_, client_id) => {
            let ended = setup::ended(&run, output);
            if ended == Ended::NeedsOtherPerson
                && let Some(client_id) = client_id
            {
                let organisation = &account.tenant_id;
                output.say(&format!(
                    "An admin has to grant what the registration needs: `gatehouse grant {client_id}`.\n\
                     Then sign in with it: `gatehouse sign-in --client-id {client_id} --organisation {organisation}`."
                ));
            }
            return Ok(ended);
        }
    };
    output.say("The organisation has its own Gatehouse registration now. Sign in once more, through it.");
    let again = SignInRequest {
        cloud: CloudId::Global,
        client: ClientChoice::Registered { client_id, tenant: account.tenant_id.clone() },
        account_id: None,
        purpose,
        also,
        login_hint: Some(account.upn),
    };
    Ok(signed_in(&browse(app, again, output).await?, output))
}

async fn browse(app: &App, request: SignInRequest, output: &Output) -> Result<AccountView, AppError> {
    let (observer, events) = browser::observer();
    let started = app.sign_in_start(request, observer).await?;
    match events.told(app, &started.sign_in_id, "Back from the browser.", output).await? {
        SignInEvent::SignedIn { account } => Ok(account),
        _ => Err(AppError::new(ErrorCode::Cancelled)),
    }
}

fn signed_in(account: &AccountView, output: &Output) -> Ended {
    output.answer(account, line);
    Ended::Done
}

fn line(account: &AccountView) -> String {
    format!("{} ({}) in {}", account.name, account.upn, account.tenant_name)
}

/// Removes a session from this computer.
pub(super) async fn sign_out(app: &App, account: Option<String>, output: &Output) -> Result<Ended, AppError> {
    let accounts = app.app_status().await?.accounts;
    let chosen = match account {
        Some(name) => {
            accounts.iter().find(|account| account.upn.eq_ignore_ascii_case(&name) || account.id == name)
        }
        None if accounts.len() == 1 => accounts.first(),
        None => None,
    };
    let chosen = chosen.ok_or_else(|| {
        AppError::new(ErrorCode::NoSuchThing).advise("`gatehouse accounts` lists who is signed in.")
    })?;
    let signed_out = app.sign_out(&chosen.id).await?;
    output.answer(&signed_out, |done| [done.removed.as_slice(), done.remains.as_slice()].concat().join("\n"));
    Ok(Ended::Done)
}
