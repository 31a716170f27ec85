//! Problems with accounts, settings and scripts.

use super::checks::Checks;
use super::place::Place;
use super::problem::ProblemKind;
use crate::connector::{Account, InputKind, ScriptRequest};
use crate::setup::Template;

impl Checks<'_> {
    pub(super) fn accounts_and_settings(&mut self) {
        let connector = self.connector;
        let all = connector.inputs.len();
        for (at, account) in connector.accounts.iter().enumerate() {
            let place = Place::default().key("accounts").index(at);
            self.condition(&place.key("when"), &account.when, all);
            self.account(&place, account);
        }
        for (at, setting) in connector.settings.iter().enumerate() {
            let place = Place::default().key("settings").index(at);
            self.condition(&place.key("when"), &setting.when, all);
        }
        let scripts = connector.follow_ups.iter().any(|task| task.script.is_some());
        if connector.registrations.is_empty() && connector.accounts.is_empty() && !scripts {
            let reason = "The connector makes nothing. It needs an app registration, an account or a script.";
            self.contradiction(Place::default(), reason);
        }
    }

    fn account(&mut self, place: &Place, account: &Account) {
        self.input_of_kind(place.key("input"), &account.input, &[InputKind::ServiceAccount]);
        for (name, input, kind) in [
            ("licence_input", &account.licence_input, InputKind::Licence),
            ("country_input", &account.country_input, InputKind::Country),
        ] {
            if let Some(input) = input {
                self.input_of_kind(place.key(name), input, &[kind]);
            }
        }
        if account.licence_input.is_some() && account.country_input.is_none() {
            // Microsoft gives no licence to an account whose country it does not know.
            let because = "the field “licence_input”".to_owned();
            self.note(place.clone(), ProblemKind::Needed { name: "country_input", because });
        }
        let place = place.key("display_name");
        let gaps = Template::parse(&account.display_name);
        for gap in gaps.iter().flat_map(Template::gaps) {
            match self.connector.input(gap) {
                Some(input) if input.required && (input.when.is_empty() || input.when == account.when) => {}
                Some(_) => self.note(place.clone(), ProblemKind::OpenGap { name: gap.to_owned() }),
                None => {
                    let kind = ProblemKind::UnknownGap { name: gap.to_owned(), nearest: None };
                    self.note(place.clone(), kind);
                }
            }
        }
    }

    pub(super) fn script(&mut self, place: &Place, script: &ScriptRequest) {
        const ACCOUNT: [InputKind; 2] = [InputKind::ServiceAccount, InputKind::Mailbox];
        self.input_of_kind(place.key("account"), &script.account, &ACCOUNT);
        if let Some(group) = &script.group {
            self.input_of_kind(place.key("group"), group, &[InputKind::Email, InputKind::Mailbox]);
        }
    }

    fn input_of_kind(&mut self, place: Place, id: &str, kinds: &[InputKind]) {
        let known = self.connector.inputs.iter().map(|input| input.id.as_str());
        self.reference(place.clone(), "input", id, known);
        if self.connector.input(id).is_some_and(|input| input.multiple || !kinds.contains(&input.kind)) {
            self.contradiction(place, "The input that is named here asks for something else.");
        }
    }
}
