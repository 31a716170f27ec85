//! Words for what goes wrong before or after Microsoft's part.

use net::NetError;

use crate::error::{IdentityError, Interaction, InteractionReason, WrongAccount};
use crate::token::StoreError;

use super::{Explanation, NextStep, Words, explain};

/// Explains any failure of this crate.
#[must_use]
pub fn error(error: &IdentityError) -> Explanation {
    match error {
        IdentityError::Refused(error) => explain(error),
        IdentityError::Net(error) => network(error),
        IdentityError::NeedsInteraction(interaction) => interaction_needed(interaction),
        IdentityError::WrongAccount(wrong) | IdentityError::WrongTenant(wrong) => {
            let tenant = matches!(error, IdentityError::WrongTenant(_));
            wrong_account(wrong, tenant)
        }
        other => words(other).explanation(None),
    }
}

fn words(error: &IdentityError) -> Words {
    match error {
        IdentityError::Cancelled => Words {
            what: "The sign-in was cancelled",
            why: "\u{201c}Cancel\u{201d} was chosen in Gatehouse. Nothing has changed.",
            next: "Sign in whenever it suits.",
            action: Some(NextStep::SignInAgain),
        },
        IdentityError::TimedOut => Words {
            what: "The browser did not come back",
            why: "The page may have been closed, or opened in a browser or profile that nobody looked at.",
            next: "Sign in again. The address can also be copied and opened in the right browser.",
            action: Some(NextStep::SignInAgain),
        },
        IdentityError::Listener(_) => Words {
            what: "Gatehouse cannot get the browser's answer",
            why: "This computer does not let it open a port of its own. A security program can be the cause.",
            next: "Try again. If it stays, ask the people who look after this computer.",
            action: Some(NextStep::SignInAgain),
        },
        IdentityError::Authority(crate::error::AuthorityProblem::NoSuchTenant) => Words {
            what: "There is no such organisation",
            why: "The domain or id has a typing slip, or belongs to another Microsoft cloud.",
            next: "Check the organisation, then the cloud.",
            action: Some(NextStep::CheckOrganisation),
        },
        IdentityError::Authority(_) => Words {
            what: "Gatehouse does not trust this sign-in page",
            why: "It does not describe itself as the service that was asked for, so nothing was sent to it.",
            next: "Check the organisation and the cloud. If both are right, tell an admin.",
            action: Some(NextStep::CheckCloud),
        },
        IdentityError::IdToken(
            crate::error::IdTokenProblem::Expired | crate::error::IdTokenProblem::NotYetValid,
        ) => Words {
            what: "This computer's clock does not agree with Microsoft's",
            why: "By this computer's date and time, the answer came from the past or the future.",
            next: "Set the clock, then sign in again.",
            action: Some(NextStep::CheckClock),
        },
        IdentityError::IdToken(_) => Words {
            what: "It could not be proved who signed in",
            why: "The proof that came back was incomplete, or meant for something else, so it was not used.",
            next: "Sign in again. If it happens once more, tell an admin.",
            action: Some(NextStep::SignInAgain),
        },
        IdentityError::Answer(_) => Words {
            what: "Microsoft's answer made no sense",
            why: "It was empty or cut short. A program that watches the traffic can do that.",
            next: "Sign in again. If it stays, try another network.",
            action: Some(NextStep::SignInAgain),
        },
        IdentityError::SecretIdPasted => Words {
            what: "That is the secret's ID, not the secret",
            why: "Microsoft's page shows two columns. The Value is the secret, and the Secret ID beside it only names it.",
            next: "Copy the Value. If it no longer shows, make a new secret.",
            action: Some(NextStep::CheckSecret),
        },
        IdentityError::Certificate => Words {
            what: "This certificate cannot be used",
            why: "Its private key is missing, or is not an RSA key of at least 2048 bits.",
            next: "Choose another certificate.",
            action: None,
        },
        IdentityError::ChallengeRepeated => Words {
            what: "Microsoft keeps asking for the same proof",
            why: "Signing in again did not settle it. A rule of the organisation can be the cause, such as one on places.",
            next: "Ask an admin which Conditional Access rule it is.",
            action: Some(NextStep::AskAdmin),
        },
        IdentityError::Store(StoreError::Locked) => Words {
            what: "The keyring is locked",
            why: "The sign-in is kept there, and it opens with this computer's password.",
            next: "Unlock the keyring.",
            action: Some(NextStep::Unlock),
        },
        IdentityError::Store(StoreError::Absent) => Words {
            what: "This computer has no safe place for the sign-in",
            why: "No keyring is running, and Gatehouse does not keep sign-ins in the open.",
            next: "Go on without: the sign-in then lasts until Gatehouse is closed.",
            action: None,
        },
        IdentityError::Store(_) => Words {
            what: "The kept sign-in could not be read or stored",
            why: "The disk or the keyring did not work, or what was kept is damaged.",
            next: "Sign in again. If it stays, check the free space on the disk.",
            action: Some(NextStep::SignInAgain),
        },
        // The four below never reach this point; `error` has handled them.
        IdentityError::Refused(_)
        | IdentityError::Net(_)
        | IdentityError::NeedsInteraction(_)
        | IdentityError::WrongAccount(_)
        | IdentityError::WrongTenant(_) => super::class::of_oauth(crate::aad_error::OAuthError::Unknown),
    }
}

fn interaction_needed(interaction: &Interaction) -> Explanation {
    // Where Microsoft gave a reason with words of its own, those say more.
    if let Some(error) = interaction.error.as_ref().filter(|error| !error.codes.is_empty()) {
        return explain(error);
    }
    let words = match interaction.reason {
        InteractionReason::SignedOut => Words {
            what: "Nobody is signed in",
            why: "This computer keeps no sign-in for this account.",
            next: "Sign in.",
            action: Some(NextStep::SignInAgain),
        },
        InteractionReason::Renew => super::class::of_oauth(crate::aad_error::OAuthError::InvalidGrant),
        InteractionReason::Consent => super::class::of_oauth(crate::aad_error::OAuthError::ConsentRequired),
        InteractionReason::Challenge => Words {
            what: "Microsoft wants a fresh proof",
            why: "Something has changed since the sign-in, such as the network, the password or a rule.",
            next: "Sign in again with the same account. The work goes on where it stopped.",
            action: Some(NextStep::SignInAgain),
        },
    };
    words.explanation(None)
}

fn wrong_account(wrong: &WrongAccount, other_tenant: bool) -> Explanation {
    let came = wrong.actual_name.as_deref().unwrap_or("Another account");
    let where_to = if other_tenant { " to another organisation" } else { "" };
    let why = if other_tenant {
        "The work that is open belongs to another organisation, so nothing was changed."
    } else {
        "The work that is open belongs to another account, so nothing was changed."
    };
    Explanation {
        what: format!("{came} signed in{where_to}"),
        ..Words {
            what: "",
            why,
            next: "Sign in again and choose the right account. A private window helps if the browser insists.",
            action: Some(NextStep::ChooseAccount),
        }
        .explanation(None)
    }
}

fn network(error: &NetError) -> Explanation {
    let words = match error {
        NetError::Offline => Words {
            what: "There is no connection to the internet",
            why: "This computer could not find Microsoft's address.",
            next: "Check the network. Everything that is kept here can still be read.",
            action: Some(NextStep::CheckNetwork),
        },
        NetError::Connect | NetError::Timeout(_) | NetError::Reset(_) | NetError::Other(_) => Words {
            what: "Microsoft could not be reached",
            why: "The network is there, but the connection did not come about or broke off.",
            next: "Try again in a moment. A firewall can also be the cause.",
            action: Some(NextStep::CheckNetwork),
        },
        NetError::TlsUntrusted { .. } => Words {
            what: "Something answers in Microsoft's place",
            why: "The certificate that came is not one that this computer trusts. Many companies look into traffic this way.",
            next: "Ask the people who run the network to install their certificate on this computer.",
            action: Some(NextStep::AskAdmin),
        },
        NetError::TlsDates => Words {
            what: "This computer's clock seems to be wrong",
            why: "By its date and time, Microsoft's certificate is from the past or the future.",
            next: "Set the clock, then try again.",
            action: Some(NextStep::CheckClock),
        },
        NetError::TlsOther => Words {
            what: "No safe connection could be made",
            why: "The other side offers only ways of encryption that are no longer safe.",
            next: "Try another network, or ask the people who run this one.",
            action: Some(NextStep::CheckNetwork),
        },
        NetError::ProxyAuth => Words {
            what: "The network asks for a name and password",
            why: "All traffic goes through a proxy, and the proxy does not let Gatehouse pass without them.",
            next: "Enter them in the system's proxy settings, or ask the people who run the network.",
            action: Some(NextStep::CheckNetwork),
        },
        NetError::WebPage => Words {
            what: "A web page came instead of Microsoft's answer",
            why: "Guest networks often show a page of their own until somebody agrees to their terms.",
            next: "Open any page in the browser, agree to the terms, then try again.",
            action: Some(NextStep::CheckNetwork),
        },
        _ => Words {
            what: "Microsoft's answer made no sense",
            why: "It was too long, cut short, or in another form than agreed.",
            next: "Try again. If it stays, try another network.",
            action: Some(NextStep::CheckNetwork),
        },
    };
    let mut explanation = words.explanation(None);
    if let NetError::TlsUntrusted { issuer: Some(issuer) } = error {
        explanation.why = format!("{} This one was issued by \u{201c}{issuer}\u{201d}.", explanation.why);
    }
    explanation
}
