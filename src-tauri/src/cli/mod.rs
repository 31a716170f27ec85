//! The headless face: the same use-cases as the window, for scripts, schedulers and machines without a display.

mod accounts;
mod arguments;
mod connections;
mod exit;
mod output;
mod setup;

use std::process::ExitCode;

use app::App;
use clap::Parser;

use arguments::{Arguments, Command};
use exit::Ended;
use output::Output;

pub(crate) use arguments::Start;

/// What was asked for.
pub(crate) enum Asked {
    /// The window.
    Window(Start),
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
pub(crate) fn parse() -> Asked {
    let arguments = Arguments::parse();
    match arguments.command {
        None => Asked::Window(arguments.start),
        Some(command) => {
            Asked::Headless(Work { start: arguments.start, command, output: Output::new(arguments.json) })
        }
    }
}

/// Does the command.
pub(crate) fn run(work: Work) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(_) => return ExitCode::FAILURE,
    };
    runtime.block_on(async move {
        let Work { start, command, output } = work;
        let app = App::new(start.options(crate::desktop_host::new()));
        let ended = tokio::select! {
            ended = dispatch(&app, &start, command, &output) => ended,
            _ = tokio::signal::ctrl_c() => Ok(Ended::Cancelled),
        };
        let code = match ended {
            Ok(ended) => ended,
            Err(error) => {
                output.error(&error);
                Ended::of(&error)
            }
        };
        app.close();
        code.into()
    })
}

async fn dispatch(
    app: &App,
    start: &Start,
    command: Command,
    output: &Output,
) -> Result<Ended, contract::AppError> {
    if let Command::CheckConnector { file } = &command {
        return setup::check_connector(file, output);
    }
    app.space_enter(start.space()).await?;
    start.open_vault(app).await?;
    match command {
        Command::SignIn(with) => accounts::sign_in(app, with, output).await,
        Command::SignOut { account } => accounts::sign_out(app, account, output).await,
        Command::Accounts => accounts::list(app, output).await,
        Command::Connectors { connector } => setup::connectors(app, connector, output).await,
        Command::Setup(with) => setup::set_up(app, with, output).await,
        Command::Status { connection } => connections::status(app, connection, output).await,
        Command::Test { connection } => connections::test(app, &connection, output).await,
        Command::HandOver(with) => connections::hand_over(app, with, output).await,
        Command::Runs => setup::runs(app, output).await,
        Command::Resume { run } => setup::resume(app, &run, output).await,
        Command::Undo { run } => setup::undo(app, &run, output).await,
        Command::Permissions { client_id } => connections::permissions(app, client_id, output).await,
        Command::Grant(with) => setup::grant(app, with, output).await,
        Command::CheckConnector { .. } => Ok(Ended::Done),
    }
}
