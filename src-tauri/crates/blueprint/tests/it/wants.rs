//! Choices for the tests: every question of a connector answered.

use blueprint::{Choices, Connector, InputKind, Setup, builtin};

/// A built-in connector.
pub(crate) fn connector(id: &str) -> &'static Connector {
    builtin::find(id).unwrap_or_else(|| panic!("{}", builtin::all().unwrap_err()))
}

/// The default choices, with these answers on top.
pub(crate) fn choices(connector: &Connector, answers: &[(&str, &str)]) -> Choices {
    let mut choices = connector.default_choices();
    choices.inputs.extend(answers.iter().map(|(id, answer)| ((*id).to_owned(), (*answer).to_owned())));
    choices
}

/// The set-up for the default choices with these answers on top.
pub(crate) fn set_up(id: &str, answers: &[(&str, &str)]) -> Setup {
    let connector = connector(id);
    connector.setup(&choices(connector, answers)).unwrap_or_else(|issues| panic!("{issues:?}"))
}

/// An answer that fits the question.
pub(crate) fn answer(input: &blueprint::Input) -> String {
    match input.kind {
        InputKind::Mailbox => format!("{}@contoso.com", input.id),
        InputKind::Email => "group@contoso.com".to_owned(),
        InputKind::ServiceAccount => "svc@contoso.com".to_owned(),
        InputKind::Domain | InputKind::VerifiedDomain => "contoso.com".to_owned(),
        InputKind::HostLabel => "contoso".to_owned(),
        InputKind::Url => "https://mail.contoso.com/EWS/Exchange.asmx".to_owned(),
        InputKind::Number => "1".to_owned(),
        InputKind::Licence => "EXCHANGESTANDARD".to_owned(),
        InputKind::Country => "NL".to_owned(),
        InputKind::Choice => input.default.clone().unwrap_or_else(|| input.choices[0].value.clone()),
        InputKind::Text | InputKind::Certificate => "text".to_owned(),
    }
}
