//! Exchange Web Services in Exchange Online: whether an app can still use them, and until when.

use blueprint::ews::{Policy, Standing, standing};
use blueprint::scripts;
use contract::{AppError, ErrorCode, EwsReadiness, EwsState, RegistrationRef, ScriptView, When};
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::App;
use crate::errors::{Answer, OrExplain};

impl App {
    /// Whether an app can still use Exchange Web Services.
    pub async fn ews_readiness(&self, which: RegistrationRef) -> Answer<EwsReadiness> {
        let app: Uuid = which.app_id.trim().parse().map_err(|_| {
            AppError::new(ErrorCode::ClientNotFound).because("A client ID has the form of a GUID.")
        })?;
        let (_, exchange) = self.exchange().await?;
        let config = exchange.invoke(exchange::organization::ews_policy()).await.or_explain()?;
        let policy = Policy {
            enabled: config.ews_enabled,
            allowed_apps: config.ews_allowed_app_ids.iter().filter_map(|id| id.parse().ok()).collect(),
        };
        let today = self.now().to_zoned(TimeZone::UTC).date();
        let standing = standing(&policy, app, today);
        let until = standing.until().and_then(|day| day.to_zoned(TimeZone::UTC).ok());
        Ok(EwsReadiness {
            app_id: app.to_string(),
            state: state(standing),
            sentence: standing.sentence().to_owned(),
            until: until.map(|day| When(day.timestamp())),
            allowed_app_ids: (!policy.allowed_apps.is_empty())
                .then(|| policy.allowed_apps.iter().map(ToString::to_string).collect()),
            advice: standing.advice().iter().map(|&one| one.to_owned()).collect(),
            script: standing.list_helps().then(|| ScriptView {
                title: "Put the app on the list of those that may use Exchange Web Services".to_owned(),
                note: "Run it in Exchange Online PowerShell, as an Exchange Administrator.".to_owned(),
                text: scripts::ews_allow_list(app),
            }),
            at: When(self.now()),
        })
    }
}

fn state(standing: Standing) -> EwsState {
    match standing {
        Standing::NotYetEnforced | Standing::Listed => EwsState::Allowed,
        Standing::NotListed | Standing::ListEmpty => EwsState::NotListed,
        Standing::Off | Standing::Ended => EwsState::Off,
        Standing::Undecided => EwsState::Unknown,
    }
}
