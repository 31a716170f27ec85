//! The practice organisation, read as the app reads it: each story has its finding.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use watch::findings::{Context, Finding, Ledger, Query, Rule, judge};
use watch::{App, Known};

use crate::inventory::stage::Stage;

struct Organisation {
    stage: Stage,
    apps: Vec<App>,
    context: Context,
}

async fn organisation() -> Organisation {
    let stage = Stage::new(40).await;
    stage.sync().await;
    let mut apps = Vec::new();
    stage.store.each(|app| apps.push(app)).unwrap();
    let context = Context {
        domains: Known::Seen(vec!["lindqvist-practice.example".to_owned()]),
        mailboxes: Known::Seen(BTreeMap::new()),
        ..Context::new(stage.now(), TimeZone::UTC)
    };
    Organisation { stage, apps, context }
}

impl Organisation {
    fn of(&self, name: &str) -> Vec<Finding> {
        let apps: Vec<&App> = self.apps.iter().filter(|app| app.name == name).collect();
        assert!(!apps.is_empty(), "{name} is not there");
        apps.into_iter().flat_map(|app| judge(app, &self.context)).collect()
    }

    fn rules(&self, name: &str) -> Vec<Rule> {
        let mut rules: Vec<Rule> = self.of(name).into_iter().map(|finding| finding.rule).collect();
        rules.sort();
        rules
    }
}

#[tokio::test]
async fn each_story_has_its_finding_and_its_neighbour_has_not() {
    let organisation = organisation().await;
    for (rule, ill, well) in [
        (Rule::Expired, "Signature Service", "Fleetboard Sync"),
        (Rule::Expired, "Scanner Station", "Route Planner"),
        (Rule::Expiring, "Harbour Booking", "Fleetboard Sync"),
        (Rule::Expiring, "Customs Gateway", "Route Planner"),
        (Rule::ExpiredLeftBehind, "Room Displays", "Fleetboard Sync"),
        (Rule::ExpiredLeftBehind, "Old Ticket System", "Invoice Robot"),
        (Rule::NeverEnds, "Tacho Archive", "Fleetboard Sync"),
        (Rule::NoOwner, "Tacho Archive", "Build Pipeline"),
        (Rule::OneOwner, "Fleetboard Sync", "Tacho Archive"),
        (Rule::MissingConsent, "Pallet Counter", "Fleetboard Sync"),
        (Rule::MissingConsent, "Driver Onboarding", "Fleetboard Sync"),
        (Rule::ExcessConsent, "Fuel Card Import", "Fleetboard Sync"),
        (Rule::EveryMailbox, "Invoice Robot", "Licence Report"),
        (Rule::RetiredApi, "CRM Mail Connector", "Mail Backup"),
        (Rule::RetiredApi, "Phone Presence", "Room Displays"),
        (Rule::RetiredApi, "Intranet Search", "Licence Report"),
        (Rule::RetiredApi, "Mobile Mail (legacy)", "Toll Calculator"),
        (Rule::PlainHttpRedirect, "Weather Widget", "Container Tracker"),
        (Rule::StrangeRedirect, "Weather Widget", "Container Tracker"),
        (Rule::MultiTenant, "Partner Portal", "Board Papers"),
        (Rule::MultiTenant, "Delivery Notes", "Shift Swap"),
        (Rule::OverPrivileged, "Directory Cleaner", "Fleetboard Sync"),
    ] {
        assert!(organisation.rules(ill).contains(&rule), "{rule} on {ill}: {:?}", organisation.rules(ill));
        assert!(
            !organisation.rules(well).contains(&rule),
            "{rule} on {well}: {:?}",
            organisation.rules(well)
        );
    }
}

#[tokio::test]
async fn of_an_app_from_elsewhere_only_what_is_decided_here_is_judged() {
    let organisation = organisation().await;
    for name in ["Contoso Meetings", "Fabrikam Whiteboard", "Northwind Travel", "Adatum Expense"] {
        assert_eq!(organisation.rules(name), [], "{name}");
    }
}

#[tokio::test]
async fn the_ledger_holds_the_whole_organisation() {
    let organisation = organisation().await;
    let Organisation { stage, apps, context } = &organisation;
    let ledger = Ledger::open(stage.folder.path(), stage.tenant.tenant_id(), stage.now()).unwrap();
    let judged = ledger.judge(apps, context).unwrap();
    assert_eq!((judged.judged, judged.health.len()), (apps.len(), apps.len()));
    let page = ledger.list(&Query { limit: 500, ..Query::default() }, stage.now()).unwrap();
    assert_eq!(page.total as usize, judged.new);
    assert!(page.findings.windows(2).all(|two| two[0].finding.severity >= two[1].finding.severity));
    let again = ledger.judge(apps, context).unwrap();
    assert_eq!((again.judged, again.new, again.gone), (0, 0, 0));
}
