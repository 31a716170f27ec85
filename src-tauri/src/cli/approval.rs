//! What waits for an admin.

use app::App;
use clap::Args;
use contract::{AppError, Approval, ApprovalWatch};

use super::exit::Ended;
use super::output::Output;

/// What waits for an admin. With an ID: one of them.
#[derive(Debug, Args)]
pub(super) struct Approvals {
    /// One of them, with its letter.
    approval: Option<String>,
    /// Look now whether it was granted, and finish it.
    #[arg(long, requires = "approval")]
    look: bool,
    /// Save the request file for an admin who has Gatehouse.
    #[arg(long, requires = "approval", conflicts_with = "look")]
    save_request: bool,
    /// Stop waiting.
    #[arg(long, requires = "approval", conflicts_with_all = ["look", "save_request"])]
    forget: bool,
}

/// Lists, looks, saves or forgets.
pub(super) async fn approvals(app: &App, with: Approvals, output: &Output) -> Result<Ended, AppError> {
    let Some(id) = &with.approval else {
        output.answer(&app.approvals().await?, |all| all.iter().map(line).collect());
        return Ok(Ended::Done);
    };
    if with.save_request {
        let file = app.approval_save(id).await?;
        output.answer(&serde_json::json!({ "file": file }), |_| file.clone());
    } else if with.forget {
        app.approval_forget(id).await?;
        output.answer(&serde_json::json!({ "forgotten": id }), |_| {
            "Gatehouse no longer waits for it.".to_owned()
        });
    } else if with.look {
        let seen = app.approval_look(id).await?;
        output.answer(&seen, line);
        let granted = seen.watch == ApprovalWatch::Granted;
        return Ok(if granted { Ended::Done } else { Ended::NeedsOtherPerson });
    } else {
        let all = app.approvals().await?;
        let one = all.into_iter().find(|one| one.id == *id);
        let one = one.ok_or_else(|| {
            AppError::new(contract::ErrorCode::NoSuchThing)
                .because("Gatehouse does not wait for this.")
                .advise("`gatehouse approvals` lists what it waits for.")
        })?;
        output.answer(&one, |one| format!("{}\n\n{}", one.subject, one.letter));
    }
    Ok(Ended::Done)
}

fn line(one: &Approval) -> String {
    let stands = match one.watch {
        ApprovalWatch::Looking { .. } => "waits; a look shows when it is granted",
        ApprovalWatch::AfterSignIn => "waits; the window can look by itself after a sign-in",
        ApprovalWatch::Cannot => "waits; connect again when the admin says so",
        ApprovalWatch::Granted => "granted, and connected",
    };
    let product = one.request.product.as_deref().unwrap_or(&one.request.client_id);
    format!("{}  {product}: {stands}\n", one.id)
}
