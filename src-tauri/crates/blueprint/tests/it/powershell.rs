//! The scripts as PowerShell's grammar reads them: well formed, and the same commands whatever the values are.

use blueprint::MailboxAccess;
use blueprint::scripts::{access_policy, application_roles, exchange_server_impersonation};
use proptest::prelude::*;
use tree_sitter::{Node, Parser, Tree};
use uuid::uuid;

use crate::scripts::app;

fn parsed(script: &str) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_powershell::LANGUAGE.into()).unwrap();
    parser.parse(script, None).unwrap()
}

/// The commands that a script calls, in order, inside of blocks too.
fn commands(script: &str) -> Vec<String> {
    fn walk(node: Node<'_>, script: &str, found: &mut Vec<String>) {
        if node.kind() == "command_name" {
            found.push(script[node.byte_range()].to_owned());
        }
        let mut cursor = node.walk();
        for child in node.children(&mut cursor) {
            walk(child, script, found);
        }
    }
    let tree = parsed(script);
    assert!(!tree.root_node().has_error(), "{}\n{script}", tree.root_node().to_sexp());
    let mut found = Vec::new();
    walk(tree.root_node(), script, &mut found);
    found
}

#[test]
fn a_text_that_is_no_powershell_is_noticed() {
    assert!(parsed("New-Thing -Name 'open").root_node().has_error());
    assert_eq!(commands("Get-A | Where-Object { Get-B 'c; Remove-D' }"), ["Get-A", "Where-Object", "Get-B"]);
}

const HOSTILE: &[&str] = &[
    "'; Remove-Mailbox -Identity * #",
    "$(Remove-Mailbox x)",
    "`'",
    "\u{2019}; Remove-Mailbox x; \u{2018}",
    "a\nRemove-Mailbox x\n#",
    "@'\n'@",
    "<# #> Remove-Mailbox x",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn row_a10_c2_values_are_text_whatever_they_hold(
        value in prop_oneof![
            proptest::sample::select(HOSTILE).prop_map(str::to_owned),
            "\\PC{0,40}",
            "[\"'`$;|&(){}\\[\\]@#\r\n\u{2018}\u{2019}\u{201a}\u{201b}]{0,24}",
        ],
    ) {
        let group = |text: &str| MailboxAccess::Group(text.to_owned());
        let people = |text: &str| MailboxAccess::People(vec![text.to_owned(), "megan@contoso.com".to_owned()]);
        let id = uuid!("11111111-1111-4111-8111-111111111111");
        for access in [group, people] {
            let plain = commands(&application_roles(&app("Product", access("sales@contoso.com"))));
            prop_assert_eq!(commands(&application_roles(&app(&value, access(&value)))), plain);
        }
        let server = |text: &str| exchange_server_impersonation(text, text, Some(text));
        prop_assert_eq!(commands(&server(&value)), commands(&server("plain")));
        let policy = |text: &str| access_policy(text, id, text, Some(text), Some(text));
        prop_assert_eq!(commands(&policy(&value)), commands(&policy("plain")));
    }
}
