//! The command line's words.

use std::path::PathBuf;
use std::sync::Arc;

use app::{App, AppOptions, Host};
use clap::{Args, Parser, Subcommand};
use contract::{
    AppError, ErrorCode, MailboxAccessChoice, SecretInput, SignInAudience, Space, VaultChoice, VaultStatus,
};

use super::invitation::Invite;
use super::tasks::{Authorize, Connectors, Mailboxes, Permissions, Registration, Reports, Request, Task};
use super::values::{audience_of, key_value, mailboxes_of};
use super::{people, personal, upkeep};

use crate::paths::Paths;

/// Sets up, watches and repairs the connections between Microsoft 365 and the products that plug into it.
///
/// Without a command, the window opens.
#[derive(Debug, Parser)]
#[command(name = "gatehouse", version)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) start: Start,
    /// Answer in JSON, one document on standard output.
    #[arg(long, global = true)]
    pub(super) json: bool,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// Where to work and how to keep secrets.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Start {
    /// Work on the practice organisation of this computer.
    #[arg(long, global = true)]
    practice: bool,
    /// Use the sign-in service and Graph that this file names instead of Microsoft's (see docs/headless.md).
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "practice")]
    cloud_file: Option<PathBuf>,
    /// Keep secrets under the passphrase in this file instead of the system keyring.
    #[arg(long, global = true, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Keep secrets only until this command ends.
    #[arg(long, global = true, conflicts_with = "passphrase_file")]
    session_only: bool,
    /// Start without showing the window, to remind: what the system does when the person has asked for it.
    #[arg(long)]
    background: bool,
}

impl Start {
    /// How the app is started.
    pub(crate) fn options(&self, host: Arc<dyn Host>) -> AppOptions {
        let paths = Paths::of_this_person();
        AppOptions {
            host,
            data: paths.data,
            config: paths.config,
            downloads: paths.downloads,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            cloud_file: self.cloud_file.clone(),
            enter: (self.practice || self.background).then_some(self.space()),
        }
    }

    /// The window stays away until somebody asks for it.
    pub(crate) fn in_background(&self) -> bool {
        self.background
    }

    /// A second window would only compete with the first; one with its own folders is somebody's choice.
    pub(crate) fn single_instance(&self) -> bool {
        std::env::var_os("GATEHOUSE_HOME").is_none()
    }

    pub(super) fn space(&self) -> Space {
        if self.practice { Space::Practice } else { Space::Real }
    }

    /// Opens the vault in the way that was asked for; a keyring that cannot be opened is told when it is needed.
    pub(super) async fn open_vault(&self, app: &App) -> Result<(), AppError> {
        if let Some(file) = &self.passphrase_file {
            let text = std::fs::read_to_string(file).map_err(|error| {
                AppError::new(ErrorCode::FileNotUsable).because(format!("{}: {error}.", file.display()))
            })?;
            let passphrase = SecretInput::new(text.trim_end_matches(['\r', '\n']).to_owned());
            usable(app.vault_choose(VaultChoice::Passphrase { passphrase }).await)
        } else if self.session_only {
            usable(app.vault_choose(VaultChoice::SessionOnly).await)
        } else {
            usable(app.vault_open().await)
        }
    }
}

/// A vault whose file cannot be used was told with the other files; commands that need no secret go on.
fn usable(opened: Result<VaultStatus, AppError>) -> Result<(), AppError> {
    match opened {
        Err(error)
            if !matches!(
                error.code,
                ErrorCode::DataDamaged | ErrorCode::DataNewer | ErrorCode::DiskReadOnly
            ) =>
        {
            Err(error)
        }
        _ => Ok(()),
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Sign in through the browser.
    SignIn(SignIn),
    /// Remove a session from this computer.
    SignOut {
        /// Sign-in name; may be left out when there is one account only.
        account: Option<String>,
    },
    /// Who is signed in here, and what people have connected.
    Accounts(personal::List),
    /// Connect the own account with a product; reconnect it; change what it is for.
    Connect(Box<personal::Connect>),
    /// End a connection of the own account.
    Disconnect(personal::Disconnect),
    /// The connectors, or one with its questions; and those that did not come with Gatehouse.
    #[command(args_conflicts_with_subcommands = true)]
    Connectors {
        /// A connector's id.
        connector: Option<String>,
        #[command(subcommand)]
        action: Option<Connectors>,
    },
    /// Set up a connector: plan, run, prove.
    Setup(Setup),
    /// Finished set-ups and how they stand.
    Status {
        /// Only this one, in full.
        connection: Option<String>,
    },
    /// Prove a set-up again.
    Test {
        /// The set-up.
        connection: String,
    },
    /// The values for the vendor's form.
    HandOver(HandOver),
    /// Runs, newest first.
    Runs,
    /// Go on with a run that stopped half-way.
    Resume {
        /// The run.
        run: String,
    },
    /// Undo a run.
    Undo {
        /// The run.
        run: String,
    },
    /// The three truths of a registration's permissions: requested, granted, in a token. Or add those of a fragment.
    Permissions(Permissions),
    /// What may be meant by a permission's name in a vendor's text.
    PermissionName {
        /// The name as it is written there.
        name: String,
    },
    /// Whose mailboxes an app reaches: look, test, limit.
    Mailboxes(Mailboxes),
    /// Who may use a registration and where people are sent back to: look, change.
    Registration(Registration),
    /// Whether an app can still use Exchange Web Services.
    Ews {
        /// Client ID of the vendor's app.
        client_id: String,
    },
    /// Whether usage reports show people's names: look, change.
    Reports(Reports),
    /// Sign in through an app that was set up, for a token that the vendor's form wants.
    Authorize(Authorize),
    /// A colleague's request file.
    Request {
        #[command(subcommand)]
        action: Request,
    },
    /// Grant what a registration requests, or what a colleague's request file asks for.
    Grant(Grant),
    /// Secrets and certificates, the first to end first, as last read.
    Secrets(upkeep::Secrets),
    /// Every app of the organisation: read, list, look at one, save.
    Inventory {
        #[command(subcommand)]
        action: upkeep::Inventory,
    },
    /// What needs attention on the organisation's apps, the worst first.
    #[command(args_conflicts_with_subcommands = true)]
    Findings {
        #[command(flatten)]
        which: upkeep::WhichFindings,
        #[command(subcommand)]
        action: Option<upkeep::FindingAction>,
    },
    /// Make a new credential for an app, beside the old ones.
    Renew(upkeep::Renew),
    /// Rotations: new credentials that wait to be handed over, and old ones that wait to go.
    Rotations {
        #[command(subcommand)]
        action: Option<upkeep::Rotations>,
    },
    /// Remove the old credentials of a rotation.
    Finish(upkeep::Finish),
    /// Remove credentials of an app, for example ones that have ended.
    RemoveCredentials(upkeep::RemoveCredentials),
    /// What people here wrote about apps and set-ups.
    #[command(subcommand)]
    Notes(upkeep::Notes),
    /// Have an app trust an outside service, which then needs no secret.
    AddTrust(upkeep::AddTrust),
    /// Make somebody an owner of an app.
    AddOwner(upkeep::AddOwner),
    /// Who has let an app act for them: look, take back.
    People(people::People),
    /// Which credential a secret is. It stays on this computer.
    Match(upkeep::Match),
    /// How things stand, for monitoring: ends with 0 (fine), 1 (warning), 2 (critical) or 3 (not known).
    Check(upkeep::Check),
    /// Remind of what is due, now; or look after reminders. Works offline and with a closed keyring.
    Remind(upkeep::Remind),
    /// Set-ups, reminders and notes in a file for a colleague. Never secrets.
    HandOn {
        #[command(subcommand)]
        action: upkeep::HandOn,
    },
    /// What waits for an admin to agree: list, read the letter, save the request file, look, forget.
    Approvals(super::approval::Approvals),
    /// Invite people to connect their own accounts with a product: a message with a link, or a file. Holds nothing secret.
    Invite(Box<Invite>),
    /// Check a connector file.
    CheckConnector {
        /// The file.
        file: PathBuf,
    },
}

/// How to sign in.
#[derive(Debug, Args)]
pub(super) struct SignIn {
    /// Client ID of the organisation's Gatehouse registration.
    #[arg(long, requires = "organisation")]
    pub(super) client_id: Option<String>,
    /// The organisation: its ID or one of its domains.
    #[arg(long, requires = "client_id")]
    pub(super) organisation: Option<String>,
    /// Create the organisation's own Gatehouse registration, signing in once through a Microsoft client.
    #[arg(long, conflicts_with = "client_id")]
    pub(super) create_registration: bool,
    /// Sign-in name to start with.
    #[arg(long)]
    pub(super) account: Option<String>,
    /// Ask only for who it is, not for what a set-up needs.
    #[arg(long, conflicts_with = "purposes")]
    pub(super) identify: bool,
    /// Ask for what another task needs besides; may be given several times.
    #[arg(long = "for", value_name = "TASK", value_enum)]
    pub(super) purposes: Vec<Task>,
    /// Do not ask before anything is changed.
    #[arg(long)]
    pub(super) yes: bool,
}

/// What to set up.
#[derive(Debug, Args)]
pub(super) struct Setup {
    /// The connector's id (see `gatehouse connectors`).
    pub(super) connector: String,
    /// A feature to switch on; may be given several times. Without any: those that are on by default.
    #[arg(long = "feature", value_name = "ID")]
    pub(super) features: Vec<String>,
    /// An answer; may be given several times.
    #[arg(long = "input", value_name = "ID=VALUE", value_parser = key_value)]
    pub(super) inputs: Vec<(String, String)>,
    /// How long the secrets live, in months.
    #[arg(long)]
    pub(super) months: Option<u32>,
    /// Whose mailboxes a registration may reach: `KEY=group:address`, `KEY=people:address,address` or `KEY=everyone`.
    #[arg(long, value_name = "KEY=WHOSE", value_parser = mailboxes_of)]
    pub(super) mailboxes: Vec<(String, MailboxAccessChoice)>,
    /// Switch on a permission that is off to begin with; may be given several times.
    #[arg(long = "permission-on", value_name = "PERMISSION")]
    pub(super) permissions_on: Vec<String>,
    /// Which accounts may use a registration: `KEY=single` or `KEY=multi`.
    #[arg(long, value_name = "KEY=ACCOUNTS", value_parser = audience_of)]
    pub(super) audience: Vec<(String, SignInAudience)>,
    /// Show the plan and stop.
    #[arg(long)]
    pub(super) plan: bool,
    /// Do not ask before anything is changed.
    #[arg(long)]
    pub(super) yes: bool,
}

/// What to hand over.
#[derive(Debug, Args)]
pub(super) struct HandOver {
    /// The set-up.
    pub(super) connection: String,
    /// Print the secret in this field, and nothing else.
    #[arg(long, value_name = "FIELD")]
    pub(super) show_secret: Option<String>,
    /// Save the request for the person who can grant the rest.
    #[arg(long)]
    pub(super) save_request: bool,
}

/// What to grant.
#[derive(Debug, Args)]
#[group(required = true, multiple = false, id = "what")]
pub(super) struct What {
    /// Client ID of a registration.
    pub(super) client_id: Option<String>,
    /// A request file from a colleague.
    #[arg(long, value_name = "FILE")]
    pub(super) request: Option<PathBuf>,
}

/// What to grant, and whether to ask.
#[derive(Debug, Args)]
pub(super) struct Grant {
    #[command(flatten)]
    pub(super) what: What,
    /// Do not ask before anything is changed.
    #[arg(long)]
    pub(super) yes: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        <Arguments as clap::CommandFactory>::command().debug_assert();
    }
}
