//! What may stand in an invitation, in both of its forms.

use contract::{AccountKind, CloudId, Invitation, PersonalFeature};

use super::rules::InvitationError;
use super::{file, link, message, read, review};

pub(super) fn invitation() -> Invitation {
    Invitation {
        cloud: CloudId::Global,
        client_id: "6731de76-14a6-49ae-97bc-6eba6914391e".to_owned(),
        accounts: AccountKind::Organisation { tenant: "lindqvist.example".to_owned() },
        features: vec![PersonalFeature::CalendarRead, PersonalFeature::MailSend],
        product: "Totalview".to_owned(),
        organisation: "Lindqvist Logistics".to_owned(),
        greeting: "Hello everyone,\nwelcome to Totalview! Zoë & the IT team".to_owned(),
    }
}

fn refused(text: &str) -> InvitationError {
    read(text).expect_err(text)
}

/// The link with one part changed; `None` takes the part away.
fn link_with(key: &str, value: Option<&str>) -> String {
    let whole = url::Url::parse(&link::write(&invitation()).unwrap()).unwrap();
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (known, old) in whole.query_pairs() {
        match value {
            _ if known != key => drop(query.append_pair(&known, &old)),
            Some(new) => drop(query.append_pair(key, new)),
            None => {}
        }
    }
    if let (Some(new), false) = (value, whole.query_pairs().any(|(known, _)| known == key)) {
        query.append_pair(key, new);
    }
    format!("gatehouse://connect?{}", query.finish())
}

fn file_with(change: impl FnOnce(&mut serde_json::Value)) -> String {
    let mut file = serde_json::from_str(&file::write(&invitation())).unwrap();
    change(&mut file);
    file.to_string()
}

#[test]
fn what_is_written_is_read_in_both_forms() {
    let all = [
        AccountKind::Work,
        AccountKind::Personal,
        AccountKind::Either,
        AccountKind::Organisation { tenant: "6731de76-14a6-49ae-97bc-6eba6914391e".to_owned() },
    ];
    for accounts in all {
        for cloud in [CloudId::Global, CloudId::UsGov, CloudId::UsGovDod, CloudId::China, CloudId::Practice] {
            let one = Invitation { accounts: accounts.clone(), cloud, ..invitation() };
            assert_eq!(read(&link::write(&one).unwrap()), Ok(one.clone()));
            assert_eq!(read(&file::write(&one)), Ok(one));
        }
    }
    assert_eq!(
        link::write(&Invitation { greeting: String::new(), ..invitation() }).unwrap(),
        "gatehouse://connect?v=1&client=6731de76-14a6-49ae-97bc-6eba6914391e&for=calendar-read+mail-send\
         &accounts=organisation&cloud=global&tenant=lindqvist.example&product=Totalview\
         &organisation=Lindqvist+Logistics"
    );
    // As a system or a careless copy changes it without changing what it says.
    let link = link::write(&invitation()).unwrap();
    for same in [
        link.replace("gatehouse://connect?", "GateHouse://Connect/?"),
        format!("\n  {link} \r\n"),
        link.replace('+', "%20"),
    ] {
        assert_eq!(read(&same), Ok(invitation()), "{same}");
    }
    assert_eq!(read(&format!("\u{feff}{}", file::write(&invitation()))), Ok(invitation()));
}

#[test]
fn another_place_is_no_invitation() {
    let link = link::write(&invitation()).unwrap();
    assert_eq!(refused(" \n"), InvitationError::Empty);
    for other in [
        "gatehouse:",
        "gatehouse://",
        "gatehouse://connect",
        "https://gatehouse.example/",
        "javascript:alert(1)",
        "--headless",
        &link.replace("gatehouse://", "http://"),
        &link.replace("gatehouse://", "gatehouse:"),
        &link.replace("gatehouse://connect", "gatehouse://connect.evil.example"),
        &link.replace("gatehouse://connect", "gatehouse://evil.example/connect"),
        &link.replace("gatehouse://connect", "gatehouse://user:word@connect"),
        &link.replace("gatehouse://connect", "gatehouse://connect:443"),
        &link.replace("gatehouse://connect", "gatehouse://connect/../run"),
        &link.replace("gatehouse://connect", "gatehouse://connect//"),
        &format!("{link}#fragment"),
        &link.replace("product=", "product=\u{202e}"),
        &link.replace("&cloud", " &cloud"),
        &link.replace("&cloud", "\n&cloud"),
    ] {
        assert!(matches!(refused(other), InvitationError::OtherLink), "{other}");
    }
    for unfinished in [
        "gatehouse://connect?",
        "gatehouse://connect?--headless",
        "gatehouse://connect?v=0",
        "gatehouse://connect?v=x",
    ] {
        assert!(matches!(refused(unfinished), InvitationError::Form), "{unfinished}");
    }
    assert_eq!(refused("gatehouse://connect?v=2&anything=more"), InvitationError::Newer);
}

#[test]
fn only_known_parts_each_once() {
    let link = link::write(&invitation()).unwrap();
    assert_eq!(refused(&format!("{link}&redirect=https%3A%2F%2Fevil.example")), InvitationError::UnknownPart);
    assert_eq!(refused(&format!("{link}&V=1")), InvitationError::UnknownPart);
    for twice in ["v=1", "client=6731de76-14a6-49ae-97bc-6eba6914391e", "product=Other", "%70roduct=Other"] {
        assert_eq!(refused(&format!("{link}&{twice}")), InvitationError::Twice, "{twice}");
    }
    for missing in ["client", "accounts", "cloud", "product", "for", "tenant"] {
        assert!(matches!(refused(&link_with(missing, None)), InvitationError::Missing(_)), "{missing}");
    }
    assert_eq!(refused(&file_with(|file| file["script"] = "x".into())), InvitationError::UnknownPart);
    assert_eq!(
        refused(&file_with(|file| file["format"] = "gatehouse-grant-request".into())),
        InvitationError::OtherFormat
    );
    assert_eq!(refused(&file_with(|file| file["version"] = 2.into())), InvitationError::Newer);
    assert_eq!(refused(&file_with(|file| file["version"] = 0.into())), InvitationError::Form);
    let doubled = file::write(&invitation()).replacen('{', "{\"product\": \"Other\",", 1);
    assert_eq!(refused(&doubled), InvitationError::UnknownPart);
}

#[test]
fn sizes_are_limited_before_anything_is_read() {
    let link = link::write(&invitation()).unwrap();
    assert_eq!(refused(&format!("{link}{}", "a".repeat(2_000))), InvitationError::LinkTooLong);
    assert_eq!(refused(&format!("{{{}", " ".repeat(16 * 1024))), InvitationError::FileTooLong);
    assert_eq!(
        refused(&"{\"a\":".repeat(3_000)),
        InvitationError::Form,
        "deep nesting is no reason to fall over"
    );
    for (key, text) in
        [("product", "x".repeat(61)), ("organisation", "x".repeat(81)), ("greeting", "x".repeat(501))]
    {
        assert!(
            matches!(refused(&link_with(key, Some(&text))), InvitationError::TextTooLong { .. }),
            "{key}"
        );
    }
    let long = Invitation { greeting: "Ж".repeat(400), ..invitation() };
    assert_eq!(link::write(&long), Err(InvitationError::LinkTooLong), "as a file it can be sent");
    assert_eq!(read(&file::write(&long)), Ok(long));
}

#[test]
fn ids_features_and_clouds_are_of_closed_lists() {
    for id in ["", "6731de76", "../../etc/passwd", "6731de76-14a6-49ae-97bc-6eba6914391g"] {
        assert_eq!(refused(&link_with("client", Some(id))), InvitationError::ClientId, "{id}");
    }
    let own = refused(&link_with("client", Some(identity::first_party::AZURE_CLI)));
    assert_eq!(own, InvitationError::MicrosoftsOwn);
    for features in ["calendar", "Mail.Read", "calendar-read mail", "calendarRead", ".default"] {
        assert_eq!(refused(&link_with("for", Some(features))), InvitationError::Feature, "{features}");
    }
    assert_eq!(refused(&link_with("for", Some("mail-send mail-send"))), InvitationError::Twice);
    for cloud in ["custom", "", "Global", "https://login.evil.example"] {
        assert_eq!(refused(&link_with("cloud", Some(cloud))), InvitationError::Cloud, "{cloud}");
    }
    assert_eq!(refused(&link_with("accounts", Some("everyone"))), InvitationError::Accounts);
    assert_eq!(refused(&link_with("accounts", Some("work"))), InvitationError::Accounts, "and yet names one");
    for tenant in
        ["common", "organizations", "consumers", "localhost", "a/b.com", "lindqvist.example/x", "", "-x.com"]
    {
        assert_eq!(refused(&link_with("tenant", Some(tenant))), InvitationError::Tenant, "{tenant}");
    }
    for tenant in ["xn--lndqvist-5va.example", "lіndqvist.example"] {
        assert_eq!(refused(&link_with("tenant", Some(tenant))), InvitationError::TenantLetters, "{tenant}");
    }
}

#[test]
fn texts_hide_nothing() {
    let hidden = [
        "\u{202e}",
        "\u{200b}",
        "\u{2066}",
        "\0",
        "\u{1b}[31m",
        "\u{feff}",
        "\u{e0041}",
        "\u{85}",
        "\u{fffd}",
    ];
    for key in ["product", "organisation", "greeting"] {
        for one in hidden {
            let told = refused(&link_with(key, Some(&format!("a{one}b"))));
            assert!(matches!(told, InvitationError::Hidden(_)), "{key} {one:?}");
        }
        let covered = format!("a{}b", "\u{336}".repeat(3));
        assert!(matches!(refused(&link_with(key, Some(&covered))), InvitationError::Hidden(_)), "{key}");
    }
    for key in ["product", "organisation"] {
        assert!(matches!(refused(&link_with(key, Some("two\nlines"))), InvitationError::Hidden(_)), "{key}");
        let told = refused(&link_with(key, Some("P\u{430}yroll")));
        assert!(matches!(told, InvitationError::LookAlike(_)), "{key}");
    }
    assert!(matches!(refused(&link_with("greeting", Some(&"a\n".repeat(13)))), InvitationError::Hidden(_)));
    // Bytes that are no text are no text here either.
    let broken = link::write(&invitation()).unwrap().replace("Totalview", "%ff%fe");
    assert!(matches!(refused(&broken), InvitationError::Hidden(_)));
    for fine in ["Zoë’s café", "東京オフィス", "Москва", "Ελλάδα", "R&D: 50 % + <b>", "Crème brûlée"]
    {
        assert_eq!(read(&link_with("product", Some(fine))).unwrap().product, fine);
    }
}

#[test]
fn whoever_reads_it_is_warned() {
    let cautions = |change: &dyn Fn(&mut Invitation)| {
        let mut one = invitation();
        change(&mut one);
        review::of(one, &[]).cautions.join("\n")
    };
    let plain = cautions(&|one| {
        one.accounts = AccountKind::Work;
        one.features = vec![PersonalFeature::CalendarRead];
    });
    assert!(plain.starts_with("Nobody can tell who sent this.") && plain.lines().count() == 1, "{plain}");
    assert!(cautions(&|_| {}).contains("lindqvist.example"));
    let imitation =
        cautions(&|one| one.accounts = AccountKind::Organisation { tenant: "rnicrosoft.com".to_owned() });
    assert!(imitation.contains("looks like “microsoft.com”"), "{imitation}");
    assert!(cautions(&|one| one.product = "Microsoft Office".to_owned()).contains("uses Microsoft's name"));
    for greeting in ["See https://evil.example", "Write to it@evil.example", "Go to WWW.evil.example"] {
        assert!(
            cautions(&|one| one.greeting = greeting.to_owned()).contains("does not open it"),
            "{greeting}"
        );
    }
    assert!(cautions(&|one| one.greeting = "From P\u{430}yroll".to_owned()).contains("look alike"));
    let strong = cautions(&|one| one.features = vec![PersonalFeature::MailRead, PersonalFeature::MailSend]);
    assert!(strong.contains("read all of your mail and send mail in your name"), "{strong}");
}

#[test]
fn the_message_says_what_is_asked_and_carries_a_whole_link() {
    let one = invitation();
    let link = link::write(&one).unwrap();
    let text = message::of(&one, &link);
    assert!(text.starts_with(&one.greeting));
    assert!(text.lines().any(|line| line == link), "the link stands on a line of its own");
    for name in ["Calendars.Read", "Mail.Send"] {
        assert!(text.contains(name), "{name}");
    }
}
