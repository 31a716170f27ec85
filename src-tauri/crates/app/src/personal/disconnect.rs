//! Ending a connection: what goes here, what has gone at Microsoft, and what stays there.

use contract::{Changed, DisconnectRequest, Disconnected, Leftover};
use identity::{IdentityError, InteractionReason};

use super::features;
use super::shown::{own_page, stands};
use super::stored::{Standing, Stored};
use crate::App;
use crate::documents::Kind;
use crate::errors::{Answer, OrExplain};
use crate::space::OpenSpace;

/// What the session that goes has to say before it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LastWord {
    /// Microsoft no longer takes it.
    Refused,
    /// Microsoft takes it, but what was agreed to is gone.
    TakenBack,
    /// It still works.
    Works,
    /// Nobody asked, or nobody answered.
    Unknown,
}

impl App {
    /// Ends a connection: wipes it here, and says what stays at Microsoft.
    pub async fn personal_disconnect(&self, request: DisconnectRequest) -> Answer<Disconnected> {
        let space = self.space()?;
        let stored = self.personal_stored(&space, &request.connection_id)?;
        let word = if request.look_first { self.last_word(&space, &stored).await } else { LastWord::Unknown };
        // A vault that cannot be opened still lets go of a record. The record goes first: cut short after it, the connection
        // is still listed and can be ended once more.
        self.personal_session_as_it_is(&space, &stored)?.provider.sign_out().await.or_explain()?;
        space.documents.remove(Kind::Personal, &stored.id).or_explain()?;
        // Somebody may have looked in between, and put a renewed session back: that one goes too.
        self.personal_session_as_it_is(&space, &stored)?.provider.sign_out().await.or_explain()?;
        space.personal.forget(&stored.id);
        space.line.hang_up();
        self.0.options.host.clear_clipboard();
        self.changed(Changed::Personal);
        self.changed(Changed::Status);
        Ok(told(&space, &stored, word))
    }

    async fn last_word(&self, space: &OpenSpace, stored: &Stored) -> LastWord {
        let Ok(session) = self.personal_session(space, stored).await else { return LastWord::Unknown };
        let asked = features::asked(&session.cloud, &stored.features);
        match session.provider.token(&asked, None).await {
            Ok(_) => LastWord::Works,
            Err(IdentityError::NeedsInteraction(interaction)) => match interaction.reason {
                InteractionReason::Consent => LastWord::TakenBack,
                InteractionReason::Renew | InteractionReason::Challenge => LastWord::Refused,
                InteractionReason::SignedOut if matches!(stored.standing, Standing::Reconnect { .. }) => {
                    LastWord::Refused
                }
                InteractionReason::SignedOut => LastWord::Unknown,
            },
            Err(_) => LastWord::Unknown,
        }
    }
}

fn told(space: &OpenSpace, stored: &Stored, word: LastWord) -> Disconnected {
    let product = &stored.product;
    let removed = vec![
        format!("The sign-in of {} for {product} was deleted from this computer.", stored.upn),
        "What Gatehouse knew of the connection was deleted too.".to_owned(),
    ];
    let revoked = match word {
        LastWord::Refused => vec![format!("Microsoft no longer takes the sign-in that {product} had.")],
        LastWord::TakenBack => vec![format!("Microsoft no longer allows {product} what it was for.")],
        LastWord::Works | LastWord::Unknown => Vec::new(),
    };
    let mut remains = Vec::new();
    if !matches!(word, LastWord::TakenBack) && stands(stored) {
        remains.push(grant(space, stored, word));
    }
    if !matches!(word, LastWord::Refused | LastWord::TakenBack) {
        remains.extend(sessions(stored));
    }
    // A pass that is out works on, whatever was taken back since
    // (<https://learn.microsoft.com/entra/identity-platform/access-tokens#token-lifetime>).
    remains.push(Leftover {
        sentence: "A pass that was given out can still work for up to 90 minutes. Where Microsoft checks it on the way, it can \
                   be up to 28 hours."
            .to_owned(),
        way: "It ends by itself. Nobody has to do anything.".to_owned(),
        link: None,
    });
    remains.push(Leftover {
        sentence: format!("If {product} was connected in an older way, with a password or to an Exchange server, that goes on."),
        way: format!(
            "Open the settings of {product} and find the link to Exchange or to your mailbox. Choose Disconnect or Remove \
             there. If it had your password, change the password."
        ),
        link: None,
    });
    Disconnected { removed, revoked, remains }
}

/// The permission itself.
fn grant(space: &OpenSpace, stored: &Stored, word: LastWord) -> Leftover {
    let product = &stored.product;
    let by_admin = stored
        .grants
        .as_ref()
        .is_some_and(|grants| grants.by_person.is_empty() && !grants.by_admin.is_empty());
    let sentence = match word {
        LastWord::Works => {
            format!("Microsoft still lists {product} among your apps, with what you allowed it.")
        }
        _ => format!("Microsoft may still list {product} among your apps, with what you allowed it."),
    };
    if by_admin {
        let way = "An admin allowed it for everyone, so only an admin can take it back.".to_owned();
        return Leftover { sentence, way, link: None };
    }
    let link = own_page(space, stored);
    let way = match &link {
        Some(_) if stored.personal() => "Remove the app on Microsoft's page.",
        Some(_) => "Remove the app on Microsoft's page: find it there, then choose Manage and Revoke.",
        None => "Remove the app on the My Apps page of your organisation, or ask an admin.",
    };
    Leftover { sentence, way: way.to_owned(), link }
}

/// A session is ended by Microsoft alone; leaving one out of use ends it late.
fn sessions(stored: &Stored) -> Option<Leftover> {
    stored.last_used_at?;
    let sentence = if stored.personal() {
        "If somebody made a copy of the sign-in, it works until you take the permission back."
    } else {
        "If somebody made a copy of the sign-in, it can work for up to 90 days after its last use."
    };
    Some(Leftover {
        sentence: sentence.to_owned(),
        way: "Taking the permission back ends it. An admin can also end all sessions of your account."
            .to_owned(),
        link: None,
    })
}
