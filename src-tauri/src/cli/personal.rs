//! A person's own connections: `connect`, `accounts`, `disconnect`.

use app::App;
use clap::{Args, ValueEnum};
use contract::{
    AccountKind, AccountView, AppError, CloudId, DisconnectRequest, Disconnected, DropFeatures, ErrorCode,
    PersonalConnection, PersonalFeature, PersonalOutcome, PersonalRequest, PersonalState, SignInEvent,
};
use secrecy::ExposeSecret;
use serde::Serialize;

use super::exit::Ended;
use super::output::Output;
use super::{browser, invitation, words};

/// Connect the own account with a product; reconnect it; change what it is for.
#[derive(Debug, Args)]
pub(super) struct Connect {
    /// Client ID of the product.
    #[arg(long, value_name = "CLIENT_ID", required_unless_present_any = ["connection", "invitation"])]
    client_id: Option<String>,
    /// An invitation: its link, or its file. It is shown first.
    #[arg(
        long,
        value_name = "LINK_OR_FILE",
        conflicts_with_all = ["client_id", "features", "organisation", "accounts", "product", "connection"]
    )]
    invitation: Option<String>,
    /// What for; may be given several times. For a connection that exists: all that it shall be for afterwards.
    #[arg(long = "for", value_enum, value_name = "FEATURE")]
    features: Vec<Feature>,
    /// Only accounts of this organisation: its ID or one of its domains.
    #[arg(long, value_name = "ID_OR_DOMAIN", conflicts_with = "accounts")]
    organisation: Option<String>,
    /// Which accounts may be picked, where it is not one organisation.
    #[arg(long, value_enum, default_value_t = Accounts::Work)]
    accounts: Accounts,
    /// What to call the product.
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
    /// Sign-in name to fill in.
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// A connection to reconnect or change: its ID, or the sign-in name where that is enough.
    #[arg(long, value_name = "CONNECTION", conflicts_with_all = ["client_id", "organisation", "accounts", "account"])]
    connection: Option<String>,
    /// Only say what would be asked for.
    #[arg(long)]
    plan: bool,
    /// Go ahead without being asked.
    #[arg(long)]
    yes: bool,
}

/// Who is signed in here, and what people have connected.
#[derive(Debug, Args)]
pub(super) struct List {
    /// One connection, in full: its ID, or the sign-in name where that is enough.
    connection: Option<String>,
    /// Look now whether each connection works.
    #[arg(long)]
    check: bool,
    /// Send a test message to the own address.
    #[arg(long, requires = "connection")]
    test_message: bool,
    /// Save the connection's facts as a file for the product. It holds no token.
    #[arg(long, requires = "connection")]
    save_file: bool,
    /// Print a token of the connection. Whoever has it can do what the connection may.
    #[arg(long, requires = "connection", conflicts_with_all = ["check", "test_message", "save_file"])]
    show_token: bool,
}

/// End a connection.
#[derive(Debug, Args)]
pub(super) struct Disconnect {
    /// Its ID, or the sign-in name where that is enough.
    connection: String,
    /// Look first, with the session that goes, whether the permission was taken back at Microsoft.
    #[arg(long)]
    look_first: bool,
    /// Go ahead without being asked.
    #[arg(long)]
    yes: bool,
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Feature {
    /// See the calendar.
    Calendar,
    /// See and change the calendar.
    CalendarWrite,
    /// Read mail.
    Mail,
    /// Read and change mail.
    MailWrite,
    /// Send mail.
    Send,
    /// See contacts.
    Contacts,
    /// See and change contacts.
    ContactsWrite,
}

impl From<Feature> for PersonalFeature {
    fn from(feature: Feature) -> Self {
        match feature {
            Feature::Calendar => Self::CalendarRead,
            Feature::CalendarWrite => Self::CalendarWrite,
            Feature::Mail => Self::MailRead,
            Feature::MailWrite => Self::MailWrite,
            Feature::Send => Self::MailSend,
            Feature::Contacts => Self::ContactsRead,
            Feature::ContactsWrite => Self::ContactsWrite,
        }
    }
}

/// Which accounts may be picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Accounts {
    /// Any work or school account.
    Work,
    /// A personal Microsoft account.
    Personal,
    /// Either.
    Either,
}

/// A line of `accounts`: somebody who administers, or somebody's own connection.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum Listed {
    /// A session of somebody who works with Gatehouse.
    SignIn(AccountView),
    /// A connection of the own account.
    Connection(Box<PersonalConnection>),
}

/// Connects, or changes a connection.
pub(super) async fn connect(app: &App, with: Connect, output: &Output) -> Result<Ended, AppError> {
    let before = match &with.connection {
        Some(name) => Some(find(app, name).await?),
        None => None,
    };
    let mut features: Vec<PersonalFeature> = with.features.iter().copied().map(Into::into).collect();
    if features.is_empty()
        && let Some(connection) = &before
    {
        features.clone_from(&connection.features);
    }
    let invited = match &with.invitation {
        Some(link_or_file) => Some(invitation::opened(app, link_or_file).await?),
        None => None,
    };
    if let Some(review) = &invited {
        output.say(&invitation::describe(review));
    }
    let request = match invited {
        Some(review) => PersonalRequest { login_hint: with.account.clone(), ..invitation::request(review) },
        None => PersonalRequest {
            cloud: CloudId::Global,
            client_id: with.client_id.clone().unwrap_or_default(),
            accounts: match (&with.organisation, with.accounts) {
                (Some(tenant), _) => AccountKind::Organisation { tenant: tenant.clone() },
                (None, Accounts::Work) => AccountKind::Work,
                (None, Accounts::Personal) => AccountKind::Personal,
                (None, Accounts::Either) => AccountKind::Either,
            },
            features,
            connection_id: before.as_ref().map(|connection| connection.id.clone()),
            login_hint: with.account.clone(),
            product: with.product.clone(),
        },
    };
    let preview = app.personal_preview(request.clone()).await?;
    if with.plan {
        output.answer(&preview, |preview| asked(preview, "Asks Microsoft for:"));
        return Ok(if preview.issues.is_empty() { Ended::Done } else { Ended::AnswersNeedAttention });
    }
    if let Some(connection) = &before
        && let Some(dropped) = only_less(connection, &request.features)
    {
        let drop = DropFeatures { connection_id: connection.id.clone(), features: dropped };
        let connection = app.personal_drop(drop).await?;
        output.answer(&connection, in_full);
        return Ok(ended(&connection));
    }
    output.say(&asked(&preview, "Microsoft will be asked for:"));
    if !output.confirm("Open the browser?", with.yes).await {
        return Ok(Ended::Cancelled);
    }
    let (observer, events) = browser::observer();
    let started = app.personal_connect(request, observer).await?;
    let returned = "Back from the browser. Trying what it is for.";
    match events.told(app, &started.sign_in_id, returned, output).await? {
        SignInEvent::Connected { connection } => {
            output.answer(&connection, in_full);
            Ok(ended(&connection))
        }
        SignInEvent::NeedsApproval { approval } => {
            output.answer(&approval, |approval| {
                format!(
                    "An admin has to agree first. Send them this:\n\n{}\n\n{}\n",
                    approval.subject, approval.letter
                )
            });
            Ok(Ended::NeedsOtherPerson)
        }
        _ => Err(AppError::new(ErrorCode::Cancelled)),
    }
}

/// Features that go, where nothing is added.
fn only_less(connection: &PersonalConnection, wanted: &[PersonalFeature]) -> Option<Vec<PersonalFeature>> {
    let had = &connection.features;
    let dropped: Vec<_> = had.iter().copied().filter(|feature| !wanted.contains(feature)).collect();
    (!dropped.is_empty() && wanted.iter().all(|feature| had.contains(feature))).then_some(dropped)
}

/// Who is signed in here, and what people have connected.
pub(super) async fn list(app: &App, with: List, output: &Output) -> Result<Ended, AppError> {
    if let Some(name) = &with.connection {
        let connection = find(app, name).await?;
        return one(app, connection, &with, output).await;
    }
    let accounts = app.app_status().await?.accounts;
    let mut connections = app.personal_connections().await?;
    if with.check {
        for connection in &mut connections {
            *connection = app.personal_check(&connection.id).await?;
        }
    }
    let worst = connections.iter().map(ended).find(|ended| with.check && *ended != Ended::Done);
    let all: Vec<Listed> = accounts
        .into_iter()
        .map(Listed::SignIn)
        .chain(connections.into_iter().map(|one| Listed::Connection(Box::new(one))))
        .collect();
    output.answer(&all, |all| lines(all));
    Ok(worst.unwrap_or(Ended::Done))
}

async fn one(
    app: &App,
    connection: PersonalConnection,
    with: &List,
    output: &Output,
) -> Result<Ended, AppError> {
    let id = &connection.id;
    if with.show_token {
        let token = app.personal_access_token(id).await?;
        let value = token.expose_secret();
        output.answer(&serde_json::json!({ "token": value }), |_| value.to_owned());
        return Ok(Ended::Done);
    }
    if with.save_file {
        let path = app.personal_save_file(id).await?;
        output.answer(&serde_json::json!({ "path": path }), |_| path.clone());
        return Ok(Ended::Done);
    }
    let connection = if with.test_message {
        app.personal_test_message(id).await?
    } else if with.check {
        app.personal_check(id).await?
    } else {
        connection
    };
    output.answer(&connection, in_full);
    Ok(if with.check || with.test_message { ended(&connection) } else { Ended::Done })
}

/// Ends a connection.
pub(super) async fn disconnect(app: &App, with: Disconnect, output: &Output) -> Result<Ended, AppError> {
    let connection = find(app, &with.connection).await?;
    let question = format!("End the connection of {} with {}?", connection.upn, connection.product);
    if !output.confirm(&question, with.yes).await {
        return Ok(Ended::Cancelled);
    }
    let request = DisconnectRequest { connection_id: connection.id, look_first: with.look_first };
    let done = app.personal_disconnect(request).await?;
    output.answer(&done, told);
    Ok(Ended::Done)
}

/// A connection by its id, or by the sign-in name where there is but one.
async fn find(app: &App, name: &str) -> Result<PersonalConnection, AppError> {
    let all = app.personal_connections().await?;
    let mut named: Vec<PersonalConnection> =
        all.into_iter().filter(|one| one.id == name || one.upn.eq_ignore_ascii_case(name)).collect();
    match named.len() {
        1 => Ok(named.remove(0)),
        0 => Err(AppError::new(ErrorCode::NoSuchThing)
            .because("Gatehouse does not know this connection.")
            .advise("`gatehouse accounts` lists them.")),
        _ => Err(AppError::new(ErrorCode::AnswersNeedAttention)
            .because("This account has several connections.")
            .advise("Give the ID of one. `gatehouse accounts` lists them.")),
    }
}

fn ended(connection: &PersonalConnection) -> Ended {
    let failed = |outcome: &PersonalOutcome| matches!(outcome, PersonalOutcome::Failed { .. });
    match &connection.state {
        PersonalState::Reconnect { error } => Ended::of(error),
        PersonalState::VaultClosed => Ended::VaultClosed,
        PersonalState::Offline => Ended::Failed,
        _ if connection.proofs.iter().any(|proof| failed(&proof.outcome)) => Ended::NotProved,
        PersonalState::Works | PersonalState::NotLooked => Ended::Done,
    }
}

fn asked(preview: &contract::PersonalPreview, title: &str) -> String {
    let mut text = format!("{title}\n");
    for permission in &preview.permissions {
        let new = if preview.added.contains(&permission.key) { "" } else { "  (given before)" };
        text += &format!("  - {} ({}){new}\n", permission.sentence.trim_end_matches('.'), permission.value);
    }
    for sentence in &preview.always {
        text += &format!("  - {sentence}\n");
    }
    for issue in &preview.issues {
        text += &format!("! {issue}\n");
    }
    text
}

fn lines(all: &[Listed]) -> String {
    if all.is_empty() {
        return "Nobody is signed in, and nothing is connected. `gatehouse sign-in` and `gatehouse connect` start."
            .to_owned();
    }
    let line = |one: &Listed| match one {
        Listed::SignIn(account) => {
            format!("signed in  {} ({}) in {}", account.name, account.upn, account.tenant_name)
        }
        Listed::Connection(connection) => format!(
            "connected  {} ({}) in {}, with {}: {}\n           {}",
            connection.name,
            connection.upn,
            connection.tenant_name,
            connection.product,
            state(&connection.state),
            connection.id
        ),
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn state(state: &PersonalState) -> &'static str {
    match state {
        PersonalState::Works => "works",
        PersonalState::Reconnect { .. } => "has to be reconnected",
        PersonalState::VaultClosed => "the place for secrets is closed",
        PersonalState::Offline => "Microsoft was not reached",
        PersonalState::NotLooked => "not looked at yet",
    }
}

/// A connection, whole.
fn in_full(connection: &PersonalConnection) -> String {
    let mut text = format!(
        "{} ({}) in {}, with {}: {}\n{}\n",
        connection.name,
        connection.upn,
        connection.tenant_name,
        connection.product,
        state(&connection.state),
        connection.lasts
    );
    if let PersonalState::Reconnect { error } = &connection.state {
        text += &format!("! {}\n  {}\n  {}\n", error.title, error.why, error.next);
    }
    if let Some(used) = connection.last_used_at {
        text += &format!("Last used {}.\n", words::moment(used));
    }
    for permission in &connection.permissions {
        let standing = match permission.in_token {
            Some(true) => "in the token",
            Some(false) => "not in the token",
            None => "not known",
        };
        let sentence = permission.words.sentence.trim_end_matches('.');
        text += &format!("  - {sentence} ({}): {standing}\n", permission.words.value);
    }
    for scope in &connection.beyond {
        text += &format!("  + {}: in the token, and not asked for here\n", scope.value);
    }
    for proof in &connection.proofs {
        match &proof.outcome {
            PersonalOutcome::Works { sentence, lines } => {
                text += &format!("{sentence}\n");
                text.extend(lines.iter().map(|line| format!("  {line}\n")));
            }
            PersonalOutcome::NotTried { sentence } => text += &format!("{sentence}\n"),
            PersonalOutcome::Failed { error } => {
                text += &format!("! {}\n  {}\n  {}\n", error.title, error.why, error.next);
            }
        };
    }
    text + &leftovers(&connection.leftovers) + &format!("{}\n", connection.id)
}

fn told(done: &Disconnected) -> String {
    let mut text = [done.removed.as_slice(), done.revoked.as_slice()].concat().join("\n");
    text.push('\n');
    text + &leftovers(&done.remains)
}

fn leftovers(all: &[contract::Leftover]) -> String {
    let one = |left: &contract::Leftover| {
        let link = left.link.as_deref().map(|link| format!(" {link}")).unwrap_or_default();
        format!("Stays: {}\n  {}{link}\n", left.sentence, left.way)
    };
    all.iter().map(one).collect()
}
