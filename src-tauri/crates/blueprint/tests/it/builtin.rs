//! The built-in connectors are what the vendors' guides ask for.

use std::collections::BTreeSet;

use blueprint::{Choices, Connector, IssueSubject, PermissionKind, ProofKind, Setup, builtin};

fn connector(id: &str) -> &'static Connector {
    builtin::find(id).unwrap_or_else(|| panic!("{}", builtin::all().unwrap_err()))
}

fn choices(features: &[&str]) -> Choices {
    let inputs = [
        ("test-mailbox", "megan@contoso.com"),
        ("sender", "totalview@contoso.com"),
        ("domains", "contoso.com"),
    ];
    Choices { features: features.iter().map(|&id| id.to_owned()).collect(), ..Choices::default() }
        .with_inputs(&inputs)
}

trait WithInputs {
    fn with_inputs(self, inputs: &[(&str, &str)]) -> Self;
}

impl WithInputs for Choices {
    fn with_inputs(mut self, inputs: &[(&str, &str)]) -> Self {
        self.inputs.extend(inputs.iter().map(|(id, answer)| ((*id).to_owned(), (*answer).to_owned())));
        self
    }
}

/// The inputs that the connector has, of those that the choices answer.
fn set_up(connector: &Connector, features: &[&str]) -> Setup {
    let mut choices = choices(features);
    choices.inputs.retain(|id, _| connector.input(id).is_some());
    connector.setup(&choices).unwrap()
}

fn permissions(setup: &Setup, registration: &str) -> Vec<String> {
    let registration = setup.registration(registration).unwrap();
    assert!(registration.permissions.iter().all(|need| need.kind == PermissionKind::Application));
    assert!(
        registration
            .permissions
            .iter()
            .all(|need| need.id.is_some() && need.resource.name == "Microsoft Graph")
    );
    registration.permissions.iter().map(|need| need.value.clone()).collect()
}

#[test]
fn row_a6_cirrus_insight_gets_what_each_feature_needs() {
    let cirrus = connector("cirrus-insight");
    let calendars = ["Calendars.Read", "Calendars.ReadWrite"];
    let mail = ["Mail.Read", "Mail.ReadWrite"];
    let of = |features: &[&str]| permissions(&set_up(cirrus, features), "service-account");
    assert_eq!(of(&["calendar-scheduling"]), [calendars, mail].concat());
    assert_eq!(of(&["calendar-sync"]), calendars);
    assert_eq!(of(&["email-sync"]), mail);
    assert_eq!(of(&["calendar-sync", "email-sync"]), [calendars, mail].concat());
    assert_eq!(of(&["calendar-scheduling", "calendar-sync", "email-sync"]), [calendars, mail].concat());
}

#[test]
fn a_permission_says_which_chosen_features_need_it() {
    let setup = set_up(connector("cirrus-insight"), &["calendar-sync", "email-sync"]);
    let registration = setup.registration("service-account").unwrap();
    let needs: Vec<_> = registration.permissions.iter().map(|need| need.features.join("+")).collect();
    assert_eq!(needs, ["calendar-sync", "calendar-sync", "email-sync", "email-sync"]);
}

#[test]
fn row_a8_cirrus_insight_is_proved_for_what_was_chosen() {
    let cirrus = connector("cirrus-insight");
    let of = |features: &[&str]| -> Vec<ProofKind> {
        set_up(cirrus, features).proofs.iter().map(|proof| proof.kind).collect()
    };
    assert_eq!(of(&["calendar-sync"]), [ProofKind::CalendarRead]);
    assert_eq!(of(&["email-sync"]), [ProofKind::MailRead]);
    assert_eq!(of(&["calendar-scheduling"]), [ProofKind::CalendarRead, ProofKind::MailRead]);

    let setup = set_up(cirrus, &["calendar-scheduling", "email-sync"]);
    let features: Vec<_> = setup.proofs.iter().map(|proof| proof.features.join("+")).collect();
    assert_eq!(features, ["calendar-scheduling", "calendar-scheduling+email-sync"]);
    let setup = set_up(connector("totalview"), &["calendar", "email"]);
    let features: Vec<_> = setup.proofs.iter().map(|proof| proof.features.join("+")).collect();
    assert_eq!(
        features,
        ["calendar", "calendar", "email"],
        "a proof without a condition stands for its registration"
    );
}

#[test]
fn row_a6_task_sync_is_refused_with_its_reason() {
    let mut wanted = choices(&["email-sync", "task-sync"]);
    wanted.inputs.remove("sender");
    let issues = connector("cirrus-insight").setup(&wanted).unwrap_err();
    assert_eq!(issues.len(), 1);
    assert_eq!(issues[0].subject, IssueSubject::Feature("task-sync".to_owned()));
    assert!(issues[0].to_string().starts_with("“Task Sync” cannot be chosen. Cirrus Insight cannot do this"));
}

#[test]
fn row_b1_totalview_makes_either_registration_or_both() {
    let totalview = connector("totalview");
    let keys = |features: &[&str]| -> Vec<String> {
        set_up(totalview, features).registrations.iter().map(|one| one.key.clone()).collect()
    };
    assert_eq!(keys(&["calendar"]), ["calendar"]);
    assert_eq!(keys(&["email"]), ["email"]);
    assert_eq!(keys(&["calendar", "email"]), ["calendar", "email"]);

    let both = set_up(totalview, &["calendar", "email"]);
    assert_eq!(permissions(&both, "calendar"), ["Calendars.Read", "Calendars.ReadWrite", "User.Read.All"]);
    assert_eq!(permissions(&both, "email"), ["Mail.Send"]);
    assert_eq!(both.registration("email").unwrap().permissions[0].guide_name.as_deref(), Some("Email.Send"));
    for registration in &both.registrations {
        assert_eq!(registration.removes[0].value, "User.Read");
        assert!(registration.redirect_uris.is_empty());
        assert!(registration.secret().is_some_and(|secret| secret.months == 12));
    }
}

#[test]
fn a_question_that_does_not_apply_is_not_asked() {
    let totalview = connector("totalview");
    // Half an answer to the other half's question is left alone, and does not go into the set-up.
    let choices = choices(&["calendar"]).with_inputs(&[("sender", "half an ans")]);
    let choices =
        Choices { inputs: choices.inputs.into_iter().filter(|(id, _)| id != "domains").collect(), ..choices };
    let setup = totalview.setup(&choices).unwrap();
    assert_eq!(setup.inputs.keys().collect::<Vec<_>>(), ["test-mailbox"]);
    assert_eq!(setup.hand_over.pages.len(), 1);
}

#[test]
fn hand_over_is_in_the_vendors_words_and_order() {
    let labels = |setup: &Setup| -> Vec<Vec<String>> {
        let page =
            |page: &blueprint::HandOverPage| page.entries.iter().map(|entry| entry.label.clone()).collect();
        setup.hand_over.pages.iter().map(page).collect()
    };
    let cirrus = set_up(connector("cirrus-insight"), &["email-sync"]);
    assert_eq!(labels(&cirrus), [vec!["Domains"], vec!["Client Id", "Client Secret", "Test Account"]]);
    let totalview = set_up(connector("totalview"), &["calendar", "email"]);
    assert_eq!(
        labels(&totalview),
        [
            vec!["Tenant id", "Client id", "Secret"],
            vec!["Mail tenant id", "Mail client id", "Mail client secret", "Sender from-address"],
        ]
    );
}

#[test]
fn the_first_screen_needs_no_choice() {
    for connector in builtin::all().unwrap() {
        let defaults = connector.default_choices();
        let chosen: BTreeSet<_> = connector
            .features
            .iter()
            .filter(|one| one.unavailable.is_none())
            .collect::<Vec<_>>()
            .into_iter()
            .map(|one| one.id.clone())
            .collect();
        assert_eq!(defaults.features, chosen, "{}", connector.id);
    }
}

#[test]
fn own_registration_keeps_no_secret_and_gives_everybody_only_sign_in() {
    let own = blueprint::own_registration();
    assert_eq!(own.sign_in_audience.as_graph(), "AzureADMyOrg");
    assert_eq!(own.redirect_uris[0].uri, "http://localhost");
    assert_eq!(own.application_permissions().count(), 0);
    assert!(own.secret().is_none());
    let everybody: Vec<_> = own
        .delegated_permissions()
        .filter(|need| need.consent == blueprint::WhoConsents::Organisation)
        .map(|need| need.value.as_str())
        .collect();
    assert_eq!(everybody, ["openid", "profile", "offline_access", "User.Read"]);
    assert!(own.permissions.iter().all(|need| need.id.is_some()));
}
