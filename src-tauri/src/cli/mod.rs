//! The headless face: the same use-cases as the window, for scripts, schedulers and machines without a display.

mod accounts;
mod approval;
mod arguments;
mod authorize;
mod browser;
mod check;
mod connections;
mod connectors;
mod credentials;
mod exit;
mod hand_on;
mod inventory;
mod invitation;
mod notes;
mod opened;
mod output;
mod people;
mod personal;
mod registrations;
mod remind;
mod setup;
mod tasks;
mod upkeep;
mod values;
mod words;

use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;

use app::App;
use clap::Parser;

use arguments::{Arguments, Command};
use exit::Ended;
use output::Output;

pub(crate) use arguments::Start;
pub(crate) use opened::Opened;

/// What was asked for.
pub(crate) enum Asked {
    /// The window.
    Window(Start),
    /// The window, with an invitation that somebody opened.
    Invitation(Opened),
    /// A command.
    Headless(Work),
}

/// A command and its surroundings.
pub(crate) struct Work {
    start: Start,
    command: Command,
    output: Output,
}

/// Reads the command line; explains itself and leaves when it cannot be read.
///
/// A system that opens a link or a file of ours gives it as the first argument. Then no other argument counts, since a link
/// that was made to break out of its quotes could bring more of them.
pub(crate) fn parse() -> Asked {
    let here = std::env::current_dir().unwrap_or_default();
    if let Some(opened) = std::env::args_os().nth(1).and_then(|first| Opened::of(&first, &here)) {
        return Asked::Invitation(opened);
    }
    let arguments = Arguments::parse();
    match arguments.command {
        None => Asked::Window(arguments.start),
        Some(command) => {
            Asked::Headless(Work { start: arguments.start, command, output: Output::new(arguments.json) })
        }
    }
}

/// The invitation that another start of this program, made in that folder, was to open.
pub(crate) fn opened_by(arguments: &[String], folder: &Path) -> Option<Opened> {
    Opened::of(OsStr::new(arguments.get(1)?), folder)
}

/// Does the command.
pub(crate) fn run(work: Work) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(_) => return ExitCode::FAILURE,
    };
    let code = runtime.block_on(work_off(work));
    // A browser that was started may stay open for as long as it likes.
    runtime.shutdown_timeout(std::time::Duration::from_secs(2));
    code.into()
}

async fn work_off(work: Work) -> Ended {
    let Work { start, command, output } = work;
    let app = App::new(start.options(crate::desktop::new()));
    let mut work = Box::pin(dispatch(&app, &start, command, &output));
    let ended = tokio::select! {
        ended = &mut work => ended,
        () = interrupted() => {
            if app.stop_runs() {
                output.say("Stopping at the next safe point. Once more stops at once.");
                tokio::select! {
                    ended = &mut work => ended,
                    () = interrupted() => Ok(Ended::Cancelled),
                }
            } else {
                Ok(Ended::Cancelled)
            }
        }
    };
    drop(work);
    if let Ok(status) = app.app_status().await
        && let Some(ahead) = status.clock_ahead_seconds
    {
        output.say(&words::clock(ahead));
    }
    let code = ended.unwrap_or_else(|error| {
        output.error(&error);
        Ended::of(&error)
    });
    app.close();
    code
}

/// Ctrl-C, or what a scheduler sends.
async fn interrupted() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}

async fn dispatch(
    app: &App,
    start: &Start,
    command: Command,
    output: &Output,
) -> Result<Ended, contract::AppError> {
    if let Command::CheckConnector { file } = &command {
        return connectors::check(file, output);
    }
    let status = app.space_enter(start.space()).await?;
    if let Some(problem) = &status.storage_problem {
        // The command goes on with what can be used; if that is not enough, it says so itself.
        output.say_error(problem);
    }
    start.open_vault(app).await?;
    match command {
        Command::SignIn(with) => accounts::sign_in(app, with, output).await,
        Command::SignOut { account } => accounts::sign_out(app, account, output).await,
        Command::Accounts(with) => personal::list(app, with, output).await,
        Command::Connect(with) => personal::connect(app, *with, output).await,
        Command::Disconnect(with) => personal::disconnect(app, with, output).await,
        Command::Connectors { connector, action } => {
            connectors::connectors(app, connector, action, output).await
        }
        Command::Setup(with) => setup::set_up(app, with, output).await,
        Command::Status { connection } => connections::status(app, connection, output).await,
        Command::Test { connection } => connections::test(app, &connection, output).await,
        Command::HandOver(with) => connections::hand_over(app, with, output).await,
        Command::Runs => setup::runs(app, output).await,
        Command::Resume { run } => setup::resume(app, &run, output).await,
        Command::Undo { run } => setup::undo(app, &run, output).await,
        Command::Permissions(with) => registrations::permissions(app, with, output).await,
        Command::PermissionName { name } => registrations::permission_name(app, &name, output).await,
        Command::Mailboxes(with) => registrations::mailboxes(app, with, output).await,
        Command::Registration(with) => registrations::registration(app, with, output).await,
        Command::Ews { client_id } => registrations::ews(app, client_id, output).await,
        Command::Reports(with) => registrations::reports(app, with, output).await,
        Command::Authorize(with) => authorize::authorize(app, with, output).await,
        Command::Request { action } => registrations::request(app, action, output).await,
        Command::Grant(with) => setup::grant(app, with, output).await,
        Command::Secrets(with) => inventory::secrets(app, with, output).await,
        Command::Inventory { action } => inventory::inventory(app, action, output).await,
        Command::Findings { which, action } => inventory::findings(app, which, action, output).await,
        Command::Renew(with) => credentials::renew(app, with, output).await,
        Command::Rotations { action } => credentials::rotations(app, action, output).await,
        Command::Finish(with) => credentials::finish(app, with, output).await,
        Command::RemoveCredentials(with) => credentials::remove(app, with, output).await,
        Command::Notes(action) => notes::notes(app, action, output).await,
        Command::People(with) => people::people(app, with, output).await,
        Command::AddTrust(with) => credentials::add_trust(app, with, output).await,
        Command::AddOwner(with) => credentials::add_owner(app, with, output).await,
        Command::Match(with) => credentials::secret(app, &with, output).await,
        Command::Check(with) => Ok(check::check(app, &with, output).await),
        Command::Remind(with) => remind::remind(app, with, output).await,
        Command::HandOn { action } => hand_on::hand_on(app, action, output).await,
        Command::Approvals(with) => approval::approvals(app, with, output).await,
        Command::Invite(with) => invitation::invite(app, *with, output).await,
        Command::CheckConnector { .. } => Ok(Ended::Done),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_argument_of_another_start_can_be_an_invitation() {
        let of = |arguments: &[&str]| {
            let arguments: Vec<String> = arguments.iter().map(|one| (*one).to_owned()).collect();
            opened_by(&arguments, Path::new("/there"))
        };
        let link = "gatehouse://connect?v=1";
        assert_eq!(of(&["/usr/bin/gatehouse", link]), Some(Opened::Link(link.to_owned())));
        assert_eq!(of(&["gatehouse", link, "--cloud-file", "x", link]), Some(Opened::Link(link.to_owned())));
        let file = Opened::File("/there/a.gatehouse-invitation".into());
        assert_eq!(of(&["gatehouse", "a.gatehouse-invitation", "accounts"]), Some(file));
        for none in
            [&[][..], &[link], &["gatehouse"], &["gatehouse", "accounts", link], &["gatehouse", "--practice"]]
        {
            assert_eq!(of(none), None, "{none:?}");
        }
    }
}
