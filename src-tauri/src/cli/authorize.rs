//! A token through an app that was set up.

use app::App;
use contract::{AppError, AuthorizeRequest, AuthorizedToken, ErrorCode, SignInEvent};

use super::browser;
use super::exit::Ended;
use super::output::Output;
use super::tasks::Authorize;
use super::words;

/// Signs in through the app, and says what came of it; the token itself only when it was asked for.
pub(super) async fn authorize(app: &App, with: Authorize, output: &Output) -> Result<Ended, AppError> {
    let connection = app.connection(&with.connection).await?;
    let offered: Vec<&str> = connection
        .hand_over
        .sections
        .iter()
        .flat_map(|section| &section.fields)
        .filter_map(|field| field.authorize.as_deref())
        .chain(connection.to_try.iter().map(String::as_str))
        .collect();
    let registration = match (&with.registration, offered.as_slice()) {
        (Some(key), _) => key.clone(),
        (None, [first, others @ ..]) if others.iter().all(|one| one == first) => (*first).to_owned(),
        (None, []) => {
            return Err(AppError::new(ErrorCode::NoSuchThing).because("This product takes no token."));
        }
        (None, _) => {
            return Err(AppError::new(ErrorCode::AnswersNeedAttention)
                .because(format!("There are several apps: {}.", offered.join(", ")))
                .advise("Add --registration."));
        }
    };
    output.say("Gatehouse lets the app come back to this computer while you sign in, and takes that away afterwards.");
    if !output.confirm("Go ahead?", with.yes).await {
        return Ok(Ended::Cancelled);
    }
    let request = AuthorizeRequest { connection_id: with.connection, registration };
    let (observer, events) = browser::observer();
    let started = app.authorize_start(request, observer).await?;
    let token = match events.told(app, &started.sign_in_id, "Back from the browser.", output).await? {
        SignInEvent::Authorized { token } => token,
        _ => return Err(AppError::new(ErrorCode::Cancelled)),
    };
    if with.show_token {
        let value = app.authorized_token(&token.id)?;
        output.answer(&serde_json::json!({ "token": value.as_str() }), |_| value.clone());
    } else {
        output.answer(&token, describe);
    }
    Ok(Ended::Done)
}

fn describe(token: &AuthorizedToken) -> String {
    let mut text = format!("{} signed in to {}.\n{}\n", token.person, token.app_name, token.expiry);
    for scope in &token.scopes {
        let sentence = scope.sentence.as_deref().map(|one| format!(": {one}")).unwrap_or_default();
        text += &format!("  - {}{sentence}\n", scope.value);
    }
    for one in &token.cleaned_up {
        text += &format!("{one}\n");
    }
    text += &format!("It ends {}. `--show-token` prints it.\n", words::moment(token.expires_at));
    text
}
