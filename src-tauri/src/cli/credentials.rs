//! Renewing, handing over and removing what apps sign in with.

use std::io::Read as _;
use std::path::Path;

use app::App;
use contract::{
    AppError, CredentialKind, CredentialRef, CredentialView, ErrorCode, NewCredential, PlanRequest,
    RegistrationRef, RotationKeyFile, RotationState, RotationView, SecretInput, SecretMatch,
    SecretMatchRequest, Trust,
};
use secrecy::ExposeSecret;

use super::exit::Ended;
use super::inventory::{kind, named};
use super::output::{self, Output};
use super::tasks::How;
use super::upkeep::{AddOwner, AddTrust, Finish, Match, RemoveCredentials, Renew, Rotations};
use super::{registrations, setup, words};

/// A secret is never longer than this.
const LONGEST: u64 = 64 * 1024;

/// A new credential beside the old ones.
pub(super) async fn renew(app: &App, with: Renew, output: &Output) -> Result<Ended, AppError> {
    let app_id = with.client_id;
    let new = match &with.upload {
        Some(file) => NewCredential::UploadedCertificate { text: app::read_text_file(file)? },
        None if with.certificate => NewCredential::MadeCertificate { months: with.months },
        None => NewCredential::Secret { months: with.months },
    };
    let replaces = if with.replaces.is_empty() { replaced(app, &app_id, &new).await? } else { with.replaces };
    let request = PlanRequest::RenewCredential { app_id: app_id.clone(), replaces, new };
    let ended = registrations::plan(app, request, &with.how, output).await?;
    if !with.how.plan {
        let begun = app.rotations().await?.into_iter().filter(|one| one.app_id == app_id);
        if let Some(rotation) = begun.max_by_key(|one| one.started_at) {
            output.say(&format!("Rotation {}: {}", rotation.id, rotation.next));
        }
    }
    Ok(ended)
}

/// What is of the same kind on the registration; for a certificate that takes the place of secrets, the secrets.
async fn replaced(app: &App, app_id: &str, new: &NewCredential) -> Result<Vec<String>, AppError> {
    let detail = app.inventory_app(RegistrationRef { app_id: app_id.to_owned() }).await?;
    let of = |kind: CredentialKind| -> Vec<String> {
        let own = detail.credentials.iter().filter(|one| one.kind == kind && !one.on_enterprise_app);
        own.map(|one| one.key_id.clone()).collect()
    };
    Ok(match new {
        NewCredential::Secret { .. } => of(CredentialKind::Secret),
        NewCredential::MadeCertificate { .. } | NewCredential::UploadedCertificate { .. } => {
            let certificates = of(CredentialKind::Certificate);
            if certificates.is_empty() { of(CredentialKind::Secret) } else { certificates }
        }
    })
}

/// Rotations.
pub(super) async fn rotations(
    app: &App,
    action: Option<Rotations>,
    output: &Output,
) -> Result<Ended, AppError> {
    match action.unwrap_or(Rotations::List) {
        Rotations::List => output.answer(&app.rotations().await?, |all| {
            if all.is_empty() {
                return "There are no rotations.".to_owned();
            }
            all.iter().map(line).collect::<Vec<_>>().join("\n")
        }),
        Rotations::Show { rotation, show_secret: true } => {
            let secret = app.rotation_reveal(&rotation).await?;
            output.answer(&serde_json::json!({ "value": secret.expose_secret() }), |_| {
                secret.expose_secret().to_owned()
            });
        }
        Rotations::Show { rotation, show_secret: false } => {
            output.answer(&app.rotation(&rotation).await?, describe);
        }
        Rotations::HandedOver { rotation } => {
            output.answer(&app.rotation_handed_over(&rotation).await?, describe);
        }
        Rotations::Look { rotation } => output.answer(&app.rotation_look(&rotation).await?, describe),
        Rotations::SaveKey { rotation, seal_with } => {
            let text = app::read_text_file(&seal_with)?;
            let passphrase = SecretInput::new(text.lines().next().unwrap_or_default().to_owned());
            let file = app.rotation_save_key(RotationKeyFile { rotation_id: rotation, passphrase }).await?;
            output.answer(&serde_json::json!({ "file": file }), |_| file.clone());
        }
    }
    Ok(Ended::Done)
}

/// The end of a rotation.
pub(super) async fn finish(app: &App, with: Finish, output: &Output) -> Result<Ended, AppError> {
    let request =
        PlanRequest::FinishRotation { rotation_id: with.rotation, anyway: with.anyway.then_some(true) };
    registrations::plan(app, request, &with.how, output).await
}

/// Credentials go.
pub(super) async fn remove(app: &App, with: RemoveCredentials, output: &Output) -> Result<Ended, AppError> {
    if with.ended {
        return remove_ended(app, with.client_id, &with.how, output).await;
    }
    let app_id = with.client_id.unwrap_or_default();
    let credentials =
        with.key_ids.into_iter().map(|key_id| CredentialRef { app_id: app_id.clone(), key_id }).collect();
    registrations::plan(app, PlanRequest::RemoveCredentials { credentials }, &with.how, output).await
}

/// One plan after the other, until nothing is left.
async fn remove_ended(
    app: &App,
    client_id: Option<String>,
    how: &How,
    output: &Output,
) -> Result<Ended, AppError> {
    let request = PlanRequest::RemoveEnded { app_ids: client_id.map(|id| vec![id]) };
    let mut before = None;
    loop {
        let plan = app.plan_make(request.clone()).await?;
        if how.plan {
            output.answer(&plan, output::plan);
            return Ok(if plan.can_run { Ended::Done } else { setup::blocked(&plan) });
        }
        let ended = setup::carry_out(app, &plan, how.yes, output).await?;
        // In JSON there is one answer: the next plan is the next command's. A plan that leaves as many as the one before it
        // took nothing away, and the same would come again.
        if ended != Ended::Done || plan.left.is_none() || plan.left == before || output.is_json() {
            return Ok(ended);
        }
        before = plan.left;
        output.say(&format!("{} are left. The next plan follows.", plan.left.unwrap_or_default()));
    }
}

/// An app trusts an outside service.
pub(super) async fn add_trust(app: &App, with: AddTrust, output: &Output) -> Result<Ended, AppError> {
    let AddTrust { client_id, name, issuer, subject, audience, how } = with;
    let trust = Trust { name, issuer, subject, audience };
    registrations::plan(app, PlanRequest::AddTrust { app_id: client_id, trust }, &how, output).await
}

/// Somebody becomes an owner.
pub(super) async fn add_owner(app: &App, with: AddOwner, output: &Output) -> Result<Ended, AppError> {
    let person_id = if with.person.contains('@') {
        let found = app.people_search(&with.person).await?;
        let person = found.into_iter().find(|one| one.upn.eq_ignore_ascii_case(&with.person));
        person.map(|one| one.id).ok_or_else(|| {
            AppError::new(ErrorCode::NotFound).because(format!("Nobody here signs in as {}.", with.person))
        })?
    } else {
        with.person
    };
    let app_ids = std::iter::once(with.client_id).chain(with.also).collect();
    let request = PlanRequest::AddOwner { app_ids, person_id };
    registrations::plan(app, request, &with.how, output).await
}

/// Which credential a secret is.
pub(super) async fn secret(app: &App, with: &Match, output: &Output) -> Result<Ended, AppError> {
    let secret = SecretInput::new(first_line(&with.file)?);
    let matched = app.secret_match(SecretMatchRequest { secret, app_id: with.app.clone() }).await?;
    output.answer(&matched, matches);
    Ok(if matched.candidates.is_empty() { Ended::Failed } else { Ended::Done })
}

fn first_line(file: &Path) -> Result<String, AppError> {
    let text = if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().take(LONGEST).read_to_string(&mut text).map_err(|_| {
            AppError::new(ErrorCode::FileNotUsable).because("Standard input could not be read.")
        })?;
        text
    } else {
        app::read_text_file(file)?
    };
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn matches(found: &SecretMatch) -> String {
    let mut text = format!("{}\n", found.sentence);
    for one in &found.candidates {
        let sure = if one.certain { "" } else { "  (its first characters agree)" };
        text += &format!("  {}: {}{sure}\n", named(&one.app_name, &one.app_id), credential(&one.credential));
    }
    text
}

fn line(rotation: &RotationView) -> String {
    format!("{}  {}: {}. {}", rotation.id, rotation.app_name, state(rotation.state), rotation.next)
}

fn describe(rotation: &RotationView) -> String {
    let mut text = format!("{}\n", line(rotation));
    if let Some(new) = &rotation.new {
        text += &format!("  new: {}\n", credential(new));
    }
    for old in &rotation.old {
        text += &format!("  old: {}\n", credential(old));
    }
    for field in &rotation.hand_over {
        let value = field.value.as_deref().unwrap_or("(secret)");
        text += &format!("  {}: {value}  [{}]\n", field.label, field.id);
    }
    text
}

fn credential(one: &CredentialView) -> String {
    let end = one.ends_at.map_or_else(|| "no end".to_owned(), |at| format!("ends {}", words::day(at)));
    format!("{} {} [{}], {end}", kind(one.kind), one.name, one.key_id)
}

fn state(state: RotationState) -> &'static str {
    match state {
        RotationState::HandOver => "to be handed over",
        RotationState::Watching => "watched",
        RotationState::Idle => "the old one can go",
        RotationState::StillUsed => "the old one is still used",
        RotationState::Done => "done",
        RotationState::Undone => "undone",
    }
}
