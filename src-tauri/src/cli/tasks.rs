//! The words of tasks on registrations, connectors and the organisation.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use contract::{MailboxAccessChoice, RedirectUri, SignInAudience, SignInPurpose};

use super::values::{audience, mailboxes, redirect};

/// A task that a sign-in can be for, besides setting up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Task {
    /// Look at and limit whose mailboxes an app reaches.
    Mailboxes,
    /// Create a service account and give it a licence.
    People,
    /// Show or conceal people's names in usage reports.
    Reports,
    /// See when apps last signed in, and with which secret.
    SignIns,
    /// Put reminders into the person's own calendar.
    Calendar,
    /// Put reminders into another mailbox's calendar.
    SharedCalendar,
}

impl Task {
    pub(super) fn purpose(self) -> SignInPurpose {
        match self {
            Self::Mailboxes => SignInPurpose::Mailboxes,
            Self::People => SignInPurpose::People,
            Self::Reports => SignInPurpose::Reports,
            Self::SignIns => SignInPurpose::SignIns,
            Self::Calendar => SignInPurpose::Calendar,
            Self::SharedCalendar => SignInPurpose::SharedCalendar,
        }
    }
}

/// What to do with connectors.
#[derive(Debug, Subcommand)]
pub(super) enum Connectors {
    /// All of them.
    List,
    /// One with its questions.
    Show {
        /// Its id.
        connector: String,
    },
    /// A connector file in plain words. Nothing is taken in.
    Review {
        /// The file.
        file: PathBuf,
    },
    /// Take in a connector file. What could harm the whole organisation stays off unless it is switched on here.
    Import {
        /// The file.
        file: PathBuf,
        /// Switch on a permission that the review shows as off; may be given several times.
        #[arg(long = "permission-on", value_name = "PERMISSION")]
        permissions_on: Vec<String>,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
    /// Save a connector as a file.
    Export {
        /// Its id.
        connector: String,
    },
    /// Remove a connector that did not come with Gatehouse. What was set up with it stays.
    Remove {
        /// Its id.
        connector: String,
    },
    /// A connector file made from a registration that exists, without its secrets.
    FromRegistration {
        /// Client ID of the registration.
        client_id: String,
    },
}

/// A registration's permissions.
#[derive(Debug, Args)]
pub(super) struct Permissions {
    /// Client ID of the registration.
    pub(super) client_id: String,
    /// Add the permissions of a `requiredResourceAccess` fragment to those that it requests.
    #[arg(long, value_name = "FILE", conflicts_with = "replace")]
    pub(super) merge: Option<PathBuf>,
    /// Request the permissions of a fragment and no others.
    #[arg(long, value_name = "FILE")]
    pub(super) replace: Option<PathBuf>,
    #[command(flatten)]
    pub(super) how: How,
}

/// Whose mailboxes an app reaches.
#[derive(Debug, Args)]
pub(super) struct Mailboxes {
    /// Client ID of the app.
    pub(super) client_id: String,
    /// Ask whether it reaches this mailbox.
    #[arg(long, value_name = "ADDRESS", conflicts_with_all = ["limit", "migrate"])]
    pub(super) test: Option<String>,
    /// Limit it: `group:address`, `people:address,address`, or `everyone` to lift the limit.
    #[arg(long, value_name = "WHOSE", value_parser = mailboxes)]
    pub(super) limit: Option<MailboxAccessChoice>,
    /// Put limited roles in the place of Application Access Policies.
    #[arg(long, requires = "limit")]
    pub(super) migrate: bool,
    #[command(flatten)]
    pub(super) how: How,
}

/// Who may use a registration, and where people are sent back to.
#[derive(Debug, Args)]
pub(super) struct Registration {
    /// Client ID of the registration.
    pub(super) client_id: String,
    /// Add a redirect address: `web=https://…`, `spa=https://…` or `public=http://localhost`.
    #[arg(long, value_name = "KIND=ADDRESS", value_parser = redirect)]
    pub(super) redirect: Vec<RedirectUri>,
    /// Remove a redirect address, letter for letter.
    #[arg(long, value_name = "ADDRESS")]
    pub(super) without_redirect: Vec<String>,
    /// Which accounts may use it: `single` or `multi`.
    #[arg(long, value_name = "ACCOUNTS", value_parser = audience)]
    pub(super) audience: Option<SignInAudience>,
    #[command(flatten)]
    pub(super) how: How,
}

/// Usage reports.
#[derive(Debug, Args)]
pub(super) struct Reports {
    /// Show people's names, or conceal them.
    #[arg(long, value_enum)]
    pub(super) show_names: Option<YesNo>,
    #[command(flatten)]
    pub(super) how: How,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// A token through an app that was set up.
#[derive(Debug, Args)]
pub(super) struct Authorize {
    /// The set-up.
    pub(super) connection: String,
    /// Key of the registration, where there are several.
    #[arg(long, value_name = "KEY")]
    pub(super) registration: Option<String>,
    /// Print the token, and nothing else.
    #[arg(long)]
    pub(super) show_token: bool,
    /// Do not ask before anything is changed.
    #[arg(long)]
    pub(super) yes: bool,
}

/// What to do with a request file.
#[derive(Debug, Subcommand)]
pub(super) enum Request {
    /// The request in plain words. `gatehouse grant --request FILE` grants it.
    Open {
        /// The file.
        file: PathBuf,
    },
}

/// How a change is made.
#[derive(Debug, Args)]
pub(super) struct How {
    /// Show the plan and stop.
    #[arg(long)]
    pub(super) plan: bool,
    /// Do not ask before anything is changed.
    #[arg(long)]
    pub(super) yes: bool,
}
