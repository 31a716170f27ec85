//! One list of commands in four places: contract, handler, permissions, capability. A command that is missing in one of them
//! is either dead or open to every window.

use std::collections::{BTreeMap, BTreeSet};

use contract::{COMMANDS, CommandGroup};
use serde_json::Value;

const PERMISSIONS: &str = include_str!("../../../src-tauri/permissions/app.toml");
const CAPABILITY: &str = include_str!("../../../src-tauri/capabilities/main.json");

/// The permissions file, as far as it is read here: each permission's commands, by its identifier.
fn permissions() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut permission = String::new();
    for line in PERMISSIONS.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("identifier = ") {
            permission = name.trim_matches('"').to_owned();
            assert!(
                found.insert(permission.clone(), BTreeSet::new()).is_none(),
                "{permission} stands there twice"
            );
        } else if let Some(command) = line.strip_prefix('"') {
            let command = command.trim_end_matches(',').trim_end_matches('"').to_owned();
            let known = found.get_mut(&permission).expect("a command before any permission");
            assert!(known.insert(command.clone()), "{command} stands in {permission} twice");
        }
    }
    found
}

#[test]
fn the_handler_knows_exactly_the_commands_of_the_contract() {
    let contract: BTreeSet<&str> = COMMANDS.iter().map(|command| command.name).collect();
    let handler: BTreeSet<&str> = gatehouse_shell::names().iter().copied().collect();
    assert_eq!(contract.len(), COMMANDS.len(), "a name is there twice");
    assert_eq!(handler.len(), gatehouse_shell::names().len(), "a name is there twice");
    assert_eq!(handler, contract);
}

#[test]
fn every_command_stands_in_the_permission_of_its_group_and_in_no_other() {
    let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for command in COMMANDS {
        wanted.entry(command.group.permission().to_owned()).or_default().insert(command.name.to_owned());
    }
    assert_eq!(permissions(), wanted);
}

#[test]
fn the_window_has_these_permissions_and_no_others() {
    let capability: Value = serde_json::from_str(CAPABILITY).unwrap();
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    let groups = [
        CommandGroup::Read,
        CommandGroup::SignIn,
        CommandGroup::Write,
        CommandGroup::Secret,
        CommandGroup::Vault,
    ];
    let mut wanted: BTreeSet<&str> = groups.iter().map(|group| group.permission()).collect();
    // What a channel needs, and nothing of the core's that could reach a file, a program or another window.
    wanted.extend(["core:event:allow-listen", "core:event:allow-unlisten"]);
    let granted: BTreeSet<&str> =
        capability["permissions"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert_eq!(granted, wanted);
    for remote in ["remote", "webviews", "platforms"] {
        assert!(capability.get(remote).is_none(), "{remote}");
    }
}
