//! Any registration: its permissions, its accounts and addresses, its mailboxes. And what the organisation allows.

use std::path::Path;

use app::App;
use contract::{
    AppError, ErrorCode, EwsReadiness, GrantRequestView, MailboxAccessView, MailboxTest, MailboxTestResult,
    ManifestReview, ManifestText, NameSuggestion, PermissionReport, PlanRequest, RedirectUri,
    RegistrationRef, RegistrationView, ReportSettingsView, Truth,
};

use super::exit::Ended;
use super::output::{self, Output};
use super::tasks::{How, Mailboxes, Permissions, Registration, Reports, Request, YesNo};
use super::{setup, words};

/// The three truths; or a fragment added to what is requested.
pub(super) async fn permissions(app: &App, with: Permissions, output: &Output) -> Result<Ended, AppError> {
    let app_id = with.client_id;
    let (file, replace) = match (&with.merge, &with.replace) {
        (Some(file), _) => (file, false),
        (None, Some(file)) => (file, true),
        (None, None) => {
            output.answer(&app.permission_report(RegistrationRef { app_id }).await?, truths);
            return Ok(Ended::Done);
        }
    };
    let text = app::read_text_file(file)?;
    let manifest = ManifestText { app_id: Some(app_id.clone()), text: text.clone() };
    let review = app.manifest_review(manifest).await?;
    output.say(&fragment(&review));
    if !review.problems.is_empty() {
        return Err(unusable(file, &review));
    }
    plan(app, PlanRequest::MergePermissions { app_id, text, replace }, &with.how, output).await
}

/// What may be meant by a name.
pub(super) async fn permission_name(app: &App, name: &str, output: &Output) -> Result<Ended, AppError> {
    let found = app.permission_name_check(name).await?;
    output.answer(&found, |found| suggestions(found));
    Ok(if found.is_empty() { Ended::Failed } else { Ended::Done })
}

/// Whose mailboxes: look, test or limit.
pub(super) async fn mailboxes(app: &App, with: Mailboxes, output: &Output) -> Result<Ended, AppError> {
    let app_id = with.client_id;
    if let Some(mailbox) = with.test {
        let result = app.mailbox_access_test(MailboxTest { app_id, mailbox }).await?;
        output.answer(&result, tested);
        return Ok(if result.reached == Truth::Yes { Ended::Done } else { Ended::NotProved });
    }
    let Some(choice) = with.limit else {
        output.answer(&app.mailbox_access(RegistrationRef { app_id }).await?, reach);
        return Ok(Ended::Done);
    };
    plan(app, PlanRequest::MailboxAccess { app_id, choice, migrate: with.migrate }, &with.how, output).await
}

/// Accounts and addresses: look, or change.
pub(super) async fn registration(app: &App, with: Registration, output: &Output) -> Result<Ended, AppError> {
    let app_id = with.client_id;
    let view = app.registration_view(RegistrationRef { app_id: app_id.clone() }).await?;
    let redirects = changed(&view.redirects, with.redirect, &with.without_redirect)?;
    if redirects.is_none() && with.audience.is_none() {
        output.answer(&view, describe);
        return Ok(Ended::Done);
    }
    let request = PlanRequest::ChangeRegistration { app_id, audience: with.audience, redirects };
    plan(app, request, &with.how, output).await
}

/// All addresses as they shall be; none when they stay.
fn changed(
    there: &[RedirectUri],
    added: Vec<RedirectUri>,
    removed: &[String],
) -> Result<Option<Vec<RedirectUri>>, AppError> {
    if let Some(missing) = removed.iter().find(|uri| there.iter().all(|one| one.uri != **uri)) {
        return Err(AppError::new(ErrorCode::AnswersNeedAttention)
            .because(format!("The registration has no redirect address “{missing}”.")));
    }
    if added.is_empty() && removed.is_empty() {
        return Ok(None);
    }
    let mut wanted: Vec<RedirectUri> =
        there.iter().filter(|one| !removed.contains(&one.uri)).cloned().collect();
    for one in added {
        if !wanted.contains(&one) {
            wanted.push(one);
        }
    }
    Ok(Some(wanted))
}

/// Exchange Web Services.
pub(super) async fn ews(app: &App, app_id: String, output: &Output) -> Result<Ended, AppError> {
    output.answer(&app.ews_readiness(RegistrationRef { app_id }).await?, readiness);
    Ok(Ended::Done)
}

/// Usage reports: look, or change.
pub(super) async fn reports(app: &App, with: Reports, output: &Output) -> Result<Ended, AppError> {
    let Some(show) = with.show_names else {
        output.answer(&app.report_settings().await?, report_settings);
        return Ok(Ended::Done);
    };
    plan(app, PlanRequest::ReportNames { show: show == YesNo::Yes }, &with.how, output).await
}

/// A colleague's request file.
pub(super) async fn request(app: &App, action: Request, output: &Output) -> Result<Ended, AppError> {
    let Request::Open { file } = action;
    output.answer(&app.grant_request_open(&app::read_text_file(&file)?).await?, grant_request);
    Ok(Ended::Done)
}

/// Shows the plan, and carries it out when that was asked for.
pub(super) async fn plan(
    app: &App,
    request: PlanRequest,
    how: &How,
    output: &Output,
) -> Result<Ended, AppError> {
    let plan = app.plan_make(request).await?;
    if how.plan {
        output.answer(&plan, output::plan);
        return Ok(if plan.can_run { Ended::Done } else { setup::blocked(&plan) });
    }
    setup::carry_out(app, &plan, how.yes, output).await
}

fn unusable(file: &Path, review: &ManifestReview) -> AppError {
    let why = review.problems.first().map(|problem| problem.sentence.clone()).unwrap_or_default();
    AppError::new(ErrorCode::FileNotUsable).because(format!("{}: {why}", file.display()))
}

fn truths(report: &PermissionReport) -> String {
    let mut text = format!("{} ({})\n", report.registration.name, report.registration.app_id);
    for status in &report.permissions {
        let permission = &status.permission;
        text += &format!(
            "  {} [{}, {}]\n    requested: {}  granted: {}  in a token: {}\n",
            permission.sentence,
            permission.value,
            words::permission(permission.kind),
            words::truth(&status.requested),
            words::truth(&status.granted),
            words::truth(&status.in_token),
        );
    }
    text += &output::problems(&report.problems);
    text
}

fn fragment(review: &ManifestReview) -> String {
    let mut text = format!("{}\n", review.sentence);
    for entry in &review.entries {
        let permission = &entry.permission;
        let mark = match (entry.already, entry.known) {
            (Some(true), _) => "there",
            (_, false) => "unknown",
            (_, true) => "new",
        };
        text +=
            &format!("  [{mark}] {} ({}, {})\n", permission.sentence, permission.value, permission.resource);
        if let Some(retired) = &permission.retired {
            text += &format!("        {retired}\n");
        }
    }
    for permission in &review.only_there {
        text += &format!("  [only there] {} ({})\n", permission.sentence, permission.value);
    }
    text
}

fn suggestions(found: &[NameSuggestion]) -> String {
    if found.is_empty() {
        return "Microsoft Graph has no permission of this name, and none like it.".to_owned();
    }
    let mut text = String::new();
    for one in found {
        let permission = &one.permission;
        if !text.contains(&one.sentence) {
            text += &format!("{}\n", one.sentence);
        }
        let kind = words::permission(permission.kind);
        text += &format!("  {} ({kind}): {}\n", permission.value, permission.sentence);
    }
    text
}

fn reach(view: &MailboxAccessView) -> String {
    let mut text = format!("{}\n", view.sentence);
    for means in &view.means {
        text += &format!("  - {}: {}\n", means.names.join(", "), means.sentence);
    }
    for policy in &view.policies {
        text += &format!("  - Application Access Policy: {}\n", policy.sentence);
    }
    if let Some(trap) = &view.union_trap {
        text += &format!("\n! {}\n  {}\n", trap.title, trap.why);
    }
    text += &output::problems(&view.problems);
    text += &format!("\n{}\n{}\n\n{}", view.script.title, view.script.note, view.script.text);
    text
}

fn tested(result: &MailboxTestResult) -> String {
    let mut text = format!("{}\n", result.sentence);
    for way in &result.ways {
        text += &format!("  [{}] {}: {}\n", words::truth(&way.open), way.name, way.sentence);
    }
    if let Some(delay) = &result.delay {
        text += &format!("{delay}\n");
    }
    text
}

fn describe(view: &RegistrationView) -> String {
    let mut text =
        format!("{} ({})\n  {}\n", view.registration.name, view.registration.app_id, view.audience_sentence);
    for redirect in &view.redirects {
        text += &format!("  {}: {}\n", words::platform(redirect.platform), redirect.uri);
    }
    for check in &view.expected_redirects {
        let mark = if check.present { "ok" } else { "!" };
        text += &format!("  [{mark}] {}: {}\n", check.redirect.uri, check.sentence);
    }
    for owner in &view.owners {
        text += &format!("  owner: {} ({})\n", owner.name, owner.upn);
    }
    text
}

fn readiness(view: &EwsReadiness) -> String {
    let mut text = format!("{}\n", view.sentence);
    for advice in &view.advice {
        text += &format!("  - {advice}\n");
    }
    if let Some(script) = &view.script {
        text += &format!("\n{}\n{}\n\n{}", script.title, script.note, script.text);
    }
    text
}

fn report_settings(view: &ReportSettingsView) -> String {
    let mut text = format!("{}\n", view.sentence);
    for consequence in &view.consequences {
        text += &format!("  - {consequence}\n");
    }
    text + &output::problems(&view.problems)
}

fn grant_request(view: &GrantRequestView) -> String {
    let mut text = format!("{} asks, for {}:\n", view.requested_by, view.tenant_name);
    for app in &view.apps {
        text += &format!("\n{} ({})\n", app.name, app.app_id);
        for permission in &app.permissions {
            text += &format!("  - {} ({})\n", permission.sentence, permission.value);
        }
    }
    if !view.this_organisation {
        text += "\nThis is for another organisation than the one of the active account.\n";
    }
    text
}
