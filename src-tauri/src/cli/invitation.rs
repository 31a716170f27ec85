//! Invitations: made here, and opened for `gatehouse connect --invitation`.

use std::path::Path;

use app::App;
use clap::{Args, ValueEnum};
use contract::{
    AccountKind, AppError, CloudId, ErrorCode, Invitation, InvitationReview, InvitationView, PersonalRequest,
};

use super::exit::Ended;
use super::output::Output;
use super::personal::{Accounts, Feature};

/// What to invite people to.
#[derive(Debug, Args)]
pub(super) struct Invite {
    /// Client ID of the app that people connect.
    #[arg(long)]
    client_id: String,
    /// What the product is called.
    #[arg(long)]
    product: String,
    /// What it is for; may be given several times.
    #[arg(long = "for", value_name = "FEATURE", value_enum, required = true)]
    features: Vec<Feature>,
    /// Only accounts of this organisation: its ID or one of its domains.
    #[arg(long, value_name = "ID_OR_DOMAIN", conflicts_with = "accounts")]
    organisation: Option<String>,
    /// Which accounts it is for, where it is not for one organisation.
    #[arg(long, value_enum, default_value_t = Accounts::Work)]
    accounts: Accounts,
    /// What the organisation is called.
    #[arg(long, value_name = "NAME", default_value = "")]
    organisation_name: String,
    /// A greeting.
    #[arg(long, value_name = "TEXT", default_value = "")]
    greeting: String,
    /// The cloud.
    #[arg(long, value_enum, default_value_t = Cloud::Global)]
    cloud: Cloud,
    /// Save it as a file instead, for where a link gets lost on the way.
    #[arg(long)]
    save: bool,
}

/// One of Microsoft's clouds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Cloud {
    Global,
    UsGov,
    UsGovDod,
    China,
}

impl Invite {
    fn invitation(&self) -> Invitation {
        Invitation {
            cloud: match self.cloud {
                Cloud::Global => CloudId::Global,
                Cloud::UsGov => CloudId::UsGov,
                Cloud::UsGovDod => CloudId::UsGovDod,
                Cloud::China => CloudId::China,
            },
            client_id: self.client_id.clone(),
            accounts: match (&self.organisation, self.accounts) {
                (Some(tenant), _) => AccountKind::Organisation { tenant: tenant.clone() },
                (None, Accounts::Work) => AccountKind::Work,
                (None, Accounts::Personal) => AccountKind::Personal,
                (None, Accounts::Either) => AccountKind::Either,
            },
            features: self.features.iter().copied().map(Into::into).collect(),
            product: self.product.clone(),
            organisation: self.organisation_name.clone(),
            greeting: self.greeting.clone(),
        }
    }
}

/// Makes an invitation.
pub(super) async fn invite(app: &App, with: Invite, output: &Output) -> Result<Ended, AppError> {
    if with.save {
        let file = app.invitation_save(with.invitation()).await?;
        output.answer(&serde_json::json!({ "file": file }), |_| file.clone());
    } else {
        let made: InvitationView = app.invitation_make(with.invitation()).await?;
        output.answer(&made, |made| made.message.clone());
    }
    Ok(Ended::Done)
}

/// An invitation in plain words, from its link or its file.
pub(super) async fn opened(app: &App, link_or_file: &str) -> Result<InvitationReview, AppError> {
    if app::is_invitation_link(link_or_file) {
        return app.invitation_open(link_or_file).await;
    }
    let text = app::read_text_file(Path::new(link_or_file)).map_err(|error| {
        // Whoever mistypes a link is not told about files alone.
        let about_file = error.code == ErrorCode::FileNotUsable && link_or_file.contains("://");
        if about_file {
            error.because("An invitation's link begins with gatehouse://connect?")
        } else {
            error
        }
    })?;
    app.invitation_open(&text).await
}

/// What it asks for, as a connection; connecting again takes nothing away from one that is there.
pub(super) fn request(review: InvitationReview) -> PersonalRequest {
    let invitation = review.invitation;
    PersonalRequest {
        cloud: invitation.cloud,
        client_id: invitation.client_id,
        accounts: invitation.accounts,
        features: invitation.features,
        connection_id: None,
        login_hint: None,
        product: Some(invitation.product),
    }
}

/// What an invitation asks for, for whoever decides in a terminal. Names in it cannot hold anything but plain text.
pub(super) fn describe(review: &InvitationReview) -> String {
    let invitation = &review.invitation;
    let mut text = format!("An invitation to connect {}", invitation.product);
    if !invitation.organisation.is_empty() {
        text += &format!(", from somebody who says: {}", invitation.organisation);
    }
    text += "\n";
    for line in invitation.greeting.lines() {
        text += &format!("  | {line}\n");
    }
    text += &format!("App: {}\n", invitation.client_id);
    if let AccountKind::Organisation { tenant } = &invitation.accounts {
        text += &format!("Only for accounts of: {tenant}\n");
    }
    text += "It asks for:\n";
    for permission in &review.permissions {
        text += &format!("  - {} ({})\n", permission.sentence, permission.value);
    }
    for caution in &review.cautions {
        text += &format!("! {caution}\n");
    }
    text
}
