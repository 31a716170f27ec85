//! Permission names in vendors' texts.

use blueprint::PermissionKind;
use blueprint::catalogue::{MICROSOFT_GRAPH, NameMatch};
use blueprint::names::{lint, resolve, suggest};

#[test]
fn row_b6_a_wrong_name_in_a_guide_is_found_and_said() {
    let text = "Check the permission Email.Send and nothing else.\n\
                Then add Calendars.Read, Calendars.ReadWrite and User.Read.All.\n\
                Open https://admin.microsoft.com/settings or portal.azure.com, see config.json and v2.0.\n\
                The calendar needs Calendar.ReadWrite. Email.Send is enough for mail (Mail.Raed is not).";
    let told: Vec<String> = lint(text)
        .iter()
        .map(|one| {
            let meant: Vec<_> = one.meant.iter().map(|known| known.value).collect();
            format!("{}: {} [{}] {}", one.line, one.written, meant.join(" "), one.sentence)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn row_b6_email_send_is_mail_send() {
    let NameMatch::Corrected { permission, note } =
        resolve(MICROSOFT_GRAPH, "Email.Send", PermissionKind::Application)
    else {
        panic!("not corrected")
    };
    assert_eq!(permission.value, "Mail.Send");
    assert_eq!(note, "The guide says “Email.Send”. Microsoft's name for it is Mail.Send.");
    let both = suggest("Email.Send");
    assert_eq!(
        both.meant.iter().map(|known| known.key.kind).collect::<Vec<_>>().len(),
        2,
        "both kinds are offered"
    );
    assert!(!both.exact && suggest(" Mail.Send ").exact);
    assert!(suggest("Coffee.Brew.All").meant.is_empty());
}

#[test]
fn a_long_text_is_not_much_work() {
    let long = "Mail.Read.Nothing ".repeat(60_000);
    assert_eq!(lint(&long).len(), 1);
    let many: String = (0..5_000).map(|number| format!("Mail.Read{number}.All ")).collect();
    assert!(lint(&many).len() <= 100);
}
