//! The words of looking after what is there: apps, credentials, reminders.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use contract::{FacetName, FacetValue, InventorySort, NoteSubject};

use super::tasks::How;
use super::values::key_value;

/// Which secrets to list.
#[derive(Debug, Args)]
pub(super) struct Secrets {
    /// Only those that end within so many days (`30d` or `30`), and those that have ended.
    #[arg(long, value_name = "DAYS", value_parser = days)]
    pub(super) expiring: Option<u32>,
}

/// What to do with the inventory.
#[derive(Debug, Subcommand)]
pub(super) enum Inventory {
    /// Read the organisation's apps, or what changed since the last time.
    Sync,
    /// The apps as last read.
    List(List),
    /// One app with its credentials.
    Show {
        /// Client ID.
        client_id: String,
    },
    /// Save apps as a file: comma-separated, or JSON with --form json.
    Export {
        #[command(flatten)]
        which: List,
        /// Only this app, by its client ID, whatever else is asked for; may be given several times.
        #[arg(long = "app", value_name = "CLIENT-ID")]
        apps: Vec<String>,
        /// The form.
        #[arg(long, value_enum, default_value_t = Form::Csv)]
        form: Form,
    },
    /// What ends when, day by day.
    Timeline {
        /// Months from 30 days ago.
        #[arg(long, default_value_t = 24)]
        months: u32,
    },
}

/// Which notes.
#[derive(Debug, Args)]
#[group(id = "noted", required = true, multiple = false)]
pub(super) struct Noted {
    /// About this app, by its client ID.
    #[arg(long, value_name = "CLIENT-ID", group = "noted")]
    app: Option<String>,
    /// About this set-up.
    #[arg(long, value_name = "SET-UP", group = "noted")]
    set_up: Option<String>,
}

impl Noted {
    pub(super) fn subject(self) -> NoteSubject {
        match (self.app, self.set_up) {
            (Some(app_id), _) => NoteSubject::App { app_id },
            (None, set_up) => NoteSubject::Connection { connection_id: set_up.unwrap_or_default() },
        }
    }
}

/// What to do with notes.
#[derive(Debug, Subcommand)]
pub(super) enum Notes {
    /// What people here wrote about an app or a set-up.
    List {
        #[command(flatten)]
        about: Noted,
    },
    /// Write a note: plain text, at most 2,000 characters. Never a secret.
    Write {
        #[command(flatten)]
        about: Noted,
        /// The text; `-` reads it from standard input.
        text: String,
        /// Change this note instead of writing a new one.
        #[arg(long, value_name = "NOTE")]
        note: Option<String>,
        /// Keep a text that looks like a secret. It is not handed on.
        #[arg(long)]
        anyway: bool,
    },
    /// Take a note away.
    Remove {
        #[command(flatten)]
        about: Noted,
        /// The note.
        note: String,
    },
}

/// A form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// Comma-separated, safe to open in a spreadsheet.
    Csv,
    /// JSON.
    Json,
}

/// Which apps, and in which order.
#[derive(Debug, Args)]
pub(super) struct List {
    /// A part of a name, an id, an owner, or of a credential's name.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(super) search: String,
    /// Only apps that have this, for example `ends=30`, `kind=registration`, `health=critical`; may be given several times.
    #[arg(long = "only", value_name = "NAME=VALUE", value_parser = facet)]
    pub(super) only: Vec<FacetValue>,
    /// The order.
    #[arg(long, value_enum, default_value_t = Sort::End)]
    pub(super) sort: Sort,
    /// Turn the order around.
    #[arg(long)]
    pub(super) descending: bool,
    /// First app, from 0.
    #[arg(long, default_value_t = 0)]
    pub(super) offset: u32,
    /// Apps at most.
    #[arg(long, default_value_t = 100)]
    pub(super) limit: u32,
}

/// The order of apps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Sort {
    /// By the end of the credential that ends next.
    End,
    /// By name.
    Name,
    /// By how much their findings matter.
    Health,
    /// By the day on which they were made.
    Created,
    /// By their last sign-in.
    LastSignIn,
}

impl Sort {
    pub(super) fn order(self) -> InventorySort {
        match self {
            Self::End => InventorySort::NextEnd,
            Self::Name => InventorySort::Name,
            Self::Health => InventorySort::Health,
            Self::Created => InventorySort::Created,
            Self::LastSignIn => InventorySort::LastSignIn,
        }
    }
}

/// Which findings.
#[derive(Debug, Args)]
pub(super) struct WhichFindings {
    /// Only of this app, by its client ID.
    #[arg(long, value_name = "CLIENT-ID")]
    pub(super) app: Option<String>,
    /// With those that are ignored.
    #[arg(long)]
    pub(super) ignored: bool,
    /// Findings at most.
    #[arg(long, default_value_t = 100)]
    pub(super) limit: u32,
}

/// What to do with a finding.
#[derive(Debug, Subcommand)]
pub(super) enum FindingAction {
    /// Stop showing it.
    Ignore {
        /// The finding.
        finding: String,
        /// Why.
        #[arg(long)]
        reason: String,
        /// For so many days (`90d` or `90`); without it, for good.
        #[arg(long, value_name = "DAYS", value_parser = days)]
        days: Option<u32>,
    },
    /// Show it again.
    ShowAgain {
        /// The finding.
        finding: String,
    },
}

/// A new credential.
#[derive(Debug, Args)]
pub(super) struct Renew {
    /// Client ID of the app.
    pub(super) client_id: String,
    /// Key ID of a credential that it shall replace; may be given several times. Without any: all secrets, or all
    /// certificates, of the app.
    #[arg(long = "replaces", value_name = "KEY-ID")]
    pub(super) replaces: Vec<String>,
    /// How long it lives, in months.
    #[arg(long)]
    pub(super) months: Option<u32>,
    /// Make a certificate here instead of a secret.
    #[arg(long, conflicts_with = "upload")]
    pub(super) certificate: bool,
    /// Use a certificate that was made elsewhere: the file with its public part.
    #[arg(long, value_name = "FILE")]
    pub(super) upload: Option<PathBuf>,
    #[command(flatten)]
    pub(super) how: How,
}

/// What to do with rotations.
#[derive(Debug, Subcommand)]
pub(super) enum Rotations {
    /// All of them.
    List,
    /// One with its fields for the product.
    Show {
        /// The rotation.
        rotation: String,
        /// Print the new secret, and nothing else.
        #[arg(long)]
        show_secret: bool,
    },
    /// The product has the new one.
    HandedOver {
        /// The rotation.
        rotation: String,
    },
    /// Look up whether the old one is still used.
    Look {
        /// The rotation.
        rotation: String,
    },
    /// Save a made certificate with its key, sealed with a passphrase.
    SaveKey {
        /// The rotation.
        rotation: String,
        /// The file with the passphrase on its first line.
        #[arg(long, value_name = "FILE")]
        seal_with: PathBuf,
    },
}

/// The end of a rotation.
#[derive(Debug, Args)]
pub(super) struct Finish {
    /// The rotation.
    pub(super) rotation: String,
    /// Remove the old ones although something still uses them.
    #[arg(long)]
    pub(super) anyway: bool,
    #[command(flatten)]
    pub(super) how: How,
}

/// Credentials to remove.
#[derive(Debug, Args)]
pub(super) struct RemoveCredentials {
    /// Client ID of the app.
    #[arg(required_unless_present = "ended")]
    pub(super) client_id: Option<String>,
    /// Key IDs.
    #[arg(required_unless_present = "ended")]
    pub(super) key_ids: Vec<String>,
    /// All that have ended and have something newer in their place: of this app, or of all. At most 500 go with one plan,
    /// and one plan follows the other until nothing is left.
    #[arg(long, conflicts_with = "key_ids")]
    pub(super) ended: bool,
    #[command(flatten)]
    pub(super) how: How,
}

/// An outside service that an app trusts.
#[derive(Debug, Args)]
pub(super) struct AddTrust {
    /// Client ID of the app.
    pub(super) client_id: String,
    /// A name of 3 to 120 letters, digits, dashes and underscores.
    #[arg(long)]
    pub(super) name: String,
    /// The address that stands in the service's tokens as "iss".
    #[arg(long)]
    pub(super) issuer: String,
    /// What stands in the service's tokens as "sub", letter for letter.
    #[arg(long)]
    pub(super) subject: String,
    /// What stands in them as "aud"; api://AzureADTokenExchange when left out.
    #[arg(long)]
    pub(super) audience: Option<String>,
    #[command(flatten)]
    pub(super) how: How,
}

/// A new owner.
#[derive(Debug, Args)]
pub(super) struct AddOwner {
    /// Client ID of the app.
    pub(super) client_id: String,
    /// Sign-in name or object ID of the person.
    pub(super) person: String,
    /// Client ID of a further app; may be given several times.
    #[arg(long, value_name = "CLIENT_ID")]
    pub(super) also: Vec<String>,
    #[command(flatten)]
    pub(super) how: How,
}

/// A secret that somebody has.
#[derive(Debug, Args)]
pub(super) struct Match {
    /// The file with the secret on its first line; `-` for standard input.
    pub(super) file: PathBuf,
    /// Only among this app's.
    #[arg(long, value_name = "CLIENT-ID")]
    pub(super) app: Option<String>,
}

/// What monitoring asks.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Warn so many days before an end.
    #[arg(long, value_name = "DAYS", value_parser = days, default_value = "30")]
    pub(super) warning: u32,
    /// Alarm so many days before an end.
    #[arg(long, value_name = "DAYS", value_parser = days, default_value = "7")]
    pub(super) critical: u32,
    /// Write a text file for Prometheus' node exporter; its name ends in .prom.
    #[arg(long, value_name = "FILE")]
    pub(super) metrics: Option<PathBuf>,
}

/// What to do with reminders. Without anything: remind of what is due.
#[derive(Debug, Args)]
#[group(id = "reminding", multiple = false)]
pub(super) struct Remind {
    /// Have the system's scheduler look each day.
    #[arg(long, group = "reminding")]
    pub(super) install: bool,
    /// No longer have it look.
    #[arg(long, group = "reminding")]
    pub(super) remove: bool,
    /// Show what is due and comes next, and how each way stands. Reminds nobody.
    #[arg(long, group = "reminding")]
    pub(super) status: bool,
    /// Send one of each, and say what became of it.
    #[arg(long, group = "reminding")]
    pub(super) test: bool,
    /// Save all reminders as a calendar file.
    #[arg(long, group = "reminding")]
    pub(super) calendar_file: bool,
    /// The person has taken care of this reminder.
    #[arg(long, value_name = "REMINDER", group = "reminding")]
    pub(super) done: Option<String>,
    /// Put this reminder off until tomorrow.
    #[arg(long, value_name = "REMINDER", group = "reminding")]
    pub(super) snooze: Option<String>,
}

/// What to do with a colleague's file.
#[derive(Debug, Subcommand)]
pub(super) enum HandOn {
    /// Save set-ups, reminders and notes for a colleague.
    Save,
    /// A colleague's file in plain words.
    Open {
        /// The file.
        file: PathBuf,
    },
    /// Take over what is in a colleague's file.
    Accept {
        /// The file.
        file: PathBuf,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
}

/// `30d` or `30`.
fn days(text: &str) -> Result<u32, String> {
    let number = text.strip_suffix('d').unwrap_or(text);
    number.parse().map_err(|_| "write it as 30d".to_owned())
}

/// `ends=30`
fn facet(text: &str) -> Result<FacetValue, String> {
    let (name, value) = key_value(text)?;
    let facet = match name.as_str() {
        "ends" => FacetName::Ends,
        "kind" => FacetName::Kind,
        "credential" => FacetName::Credential,
        "audience" => FacetName::Audience,
        "health" => FacetName::Health,
        "set-up-by" | "setUpBy" => FacetName::SetUpBy,
        _ => return Err("the names are ends, kind, credential, audience, health, set-up-by".to_owned()),
    };
    Ok(FacetValue { facet, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_with_or_without_their_letter() {
        assert_eq!((days("30d"), days("7")), (Ok(30), Ok(7)));
        assert!(days("soon").is_err() && days("").is_err() && days("-3d").is_err());
    }

    #[test]
    fn a_property_that_is_not_known_is_not_taken() {
        assert_eq!(facet("set-up-by=gatehouse").map(|one| one.facet), Ok(FacetName::SetUpBy));
        assert!(facet("colour=red").is_err() && facet("ends").is_err());
    }
}
