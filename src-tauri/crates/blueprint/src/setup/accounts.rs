//! What a set-up has beside its registrations: accounts, settings, tasks for a person and their scripts.

use super::condition::Situation;
use super::{AccountSpec, ScriptSpec, SettingSpec, Template};
use crate::connector::{Connector, FollowUp};

/// The accounts whose question was answered.
pub(super) fn accounts(connector: &Connector, situation: &Situation<'_>) -> Vec<AccountSpec> {
    let answer = |input: &Option<String>| situation.inputs.get(input.as_ref()?).map(ToString::to_string);
    connector
        .accounts
        .iter()
        .filter(|account| situation.allows(&account.when))
        .filter_map(|account| {
            Some(AccountSpec {
                key: account.key.clone(),
                title: account.title.clone(),
                address: situation.inputs.get(&account.input)?.to_string(),
                display_name: Template::parse(&account.display_name)
                    .ok()?
                    .fill(|gap| situation.inputs.get(gap).map(ToString::to_string))?,
                licence: answer(&account.licence_input),
                country: answer(&account.country_input),
                needs_mailbox: account.needs_mailbox,
                why: account.why.clone(),
            })
        })
        .collect()
}

/// The settings that apply, each once.
pub(super) fn settings(connector: &Connector, situation: &Situation<'_>) -> Vec<SettingSpec> {
    let mut settings: Vec<SettingSpec> = Vec::new();
    for wanted in connector.settings.iter().filter(|setting| situation.allows(&setting.when)) {
        if !settings.iter().any(|known| known.kind == wanted.kind) {
            settings.push(SettingSpec { kind: wanted.kind, why: wanted.why.clone() });
        }
    }
    settings
}

/// The follow-ups that apply. One with a script for an account that nobody named has nothing to do.
pub(super) fn follow_ups<'a>(
    connector: &'a Connector,
    situation: &'a Situation<'_>,
) -> impl Iterator<Item = &'a FollowUp> {
    connector.follow_ups.iter().filter(|task| {
        let named = task.script.as_ref().is_none_or(|script| situation.inputs.contains_key(&script.account));
        named && situation.allows(&task.when)
    })
}

/// The scripts of the follow-ups that apply.
pub(super) fn scripts(connector: &Connector, situation: &Situation<'_>) -> Vec<ScriptSpec> {
    let answer = |input: &String| situation.inputs.get(input).map(ToString::to_string);
    follow_ups(connector, situation)
        .filter_map(|task| {
            let script = task.script.as_ref()?;
            let account = answer(&script.account)?;
            let group = script.group.as_ref().and_then(answer);
            Some(ScriptSpec {
                follow_up: task.id.clone(),
                kind: script.kind,
                text: crate::scripts::of(script.kind, &connector.name, &account, group.as_deref()),
            })
        })
        .collect()
}
