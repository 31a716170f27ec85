//! More registrations with a story: one at least for each thing that can be wrong with a registration, as data.

use super::health::Credential::{Certificate, Endless, FarAway, Federated, OnEnterprise, Secret};
use super::health::{PLAIN, Platform, Registration, SIGN_IN};
use crate::reference::{AAD_GRAPH, EXCHANGE, GRAPH};

pub(crate) const FINDINGS: &[Registration] = &[
    // Secrets and certificates that end soon.
    Registration {
        name: "Ferry Timetable",
        credentials: &[Secret("timetable", -305, 60)],
        asks: &[(GRAPH, &["Calendars.Read"])],
        granted: &[(GRAPH, &["Calendars.Read"])],
        ..PLAIN
    },
    Registration {
        name: "Crane Telemetry",
        credentials: &[Secret("telemetry", -351, 14)],
        asks: &[(GRAPH, &["Sites.Selected"])],
        granted: &[(GRAPH, &["Sites.Selected"])],
        ..PLAIN
    },
    Registration {
        name: "Cold Chain Alarm",
        credentials: &[Secret("alarm", -358, 7)],
        asks: &[(GRAPH, &["Mail.Send"])],
        granted: &[(GRAPH, &["Mail.Send"])],
        second_owner: Some("priya.raman"),
        ..PLAIN
    },
    Registration {
        name: "Quayside Wifi",
        credentials: &[Secret("wifi", -364, 1)],
        asks: &[(GRAPH, &["User.Read.All"])],
        granted: &[(GRAPH, &["User.Read.All"])],
        owner: Some("chiara.bianchi"),
        ..PLAIN
    },
    Registration {
        name: "Weighbridge",
        age: 740,
        credentials: &[Certificate("weighbridge", -729, 1), Secret("fallback", -729, 1)],
        asks: &[(GRAPH, &["Mail.Send"])],
        granted: &[(GRAPH, &["Mail.Send"])],
        ..PLAIN
    },
    // SAML signing certificates.
    Registration {
        name: "Travel Portal",
        age: 1_075,
        redirects: &["https://travel.lindqvist-practice.example/saml/acs"],
        saml: &[("Travel Portal", -1_075, 20)],
        ..PLAIN
    },
    Registration {
        name: "Expense Cloud",
        age: 1_200,
        redirects: &["https://expenses.lindqvist-practice.example/saml/acs"],
        saml: &[("Expense Cloud", -1_098, -3), ("Expense Cloud 2026", -30, 1_065)],
        owner: Some("hannah.weiss"),
        ..PLAIN
    },
    // Not used, or used too long.
    Registration {
        name: "Newsletter Export",
        age: 900,
        credentials: &[Secret("newsletter", -500, 230)],
        asks: &[(GRAPH, &["User.Read.All"])],
        granted: &[(GRAPH, &["User.Read.All"])],
        ..PLAIN
    },
    Registration {
        name: "Visitor Badges",
        age: 450,
        credentials: &[Secret("badges", -420, 310)],
        asks: &[(GRAPH, &["User.ReadBasic.All"])],
        granted: &[(GRAPH, &["User.ReadBasic.All"])],
        ..PLAIN
    },
    Registration {
        name: "Harbour Clock",
        age: 2_000,
        credentials: &[FarAway("forever", -2_000)],
        asks: &[(GRAPH, &["Calendars.Read"])],
        granted: &[(GRAPH, &["Calendars.Read"])],
        ..PLAIN
    },
    Registration {
        name: "Old Scale",
        age: 3_300,
        credentials: &[Endless("scale", -3_300)],
        asks: &[(GRAPH, &["Mail.Send"])],
        granted: &[(GRAPH, &["Mail.Send"])],
        owner: None,
        ..PLAIN
    },
    Registration {
        name: "Customs Relay",
        credentials: &[OnEnterprise("relay", -340, 25)],
        asks: &[(GRAPH, &["Mail.Read"])],
        granted: &[(GRAPH, &["Mail.Read"])],
        ..PLAIN
    },
    // No secret at all.
    Registration {
        name: "Container Registry Push",
        credentials: &[Federated("release"), Federated("develop"), Federated("hotfix")],
        asks: &[(GRAPH, &["Application.Read.All"])],
        granted: &[(GRAPH, &["Application.Read.All"])],
        owner: Some("priya.raman"),
        ..PLAIN
    },
    // Who looks after it.
    Registration {
        name: "Returns Desk",
        credentials: &[Secret("returns", -40, 325)],
        asks: &[(GRAPH, &["Mail.Read"])],
        granted: &[(GRAPH, &["Mail.Read"])],
        second_owner: Some("priya.raman"),
        ..PLAIN
    },
    Registration {
        name: "Forklift Roster",
        credentials: &[Secret("roster", -100, 265)],
        asks: &[(GRAPH, &["Calendars.Read"])],
        granted: &[(GRAPH, &["Calendars.Read"])],
        owner: Some("pavel.novak"),
        ..PLAIN
    },
    // Consent that is not as asked for, and more than a task needs.
    Registration {
        name: "Parcel Locker",
        credentials: &[Secret("locker", -60, 305)],
        asks: &[(GRAPH, &["Mail.Send", "User.Read.All"])],
        granted: &[(GRAPH, &["User.Read.All"])],
        asks_scopes: SIGN_IN,
        ..PLAIN
    },
    Registration {
        name: "Room Finder",
        credentials: &[Secret("rooms", -200, 165)],
        asks: &[(GRAPH, &["Calendars.ReadWrite", "Mail.ReadWrite", "User.ReadWrite.All"])],
        granted: &[(GRAPH, &["Calendars.ReadWrite", "Mail.ReadWrite", "User.ReadWrite.All"])],
        ..PLAIN
    },
    // Open to more than it needs.
    Registration {
        name: "Depot Sensors",
        audience: "AzureADMultipleOrgs",
        credentials: &[Secret("sensors", -90, 275)],
        asks: &[(GRAPH, &["Sites.Selected"])],
        granted: &[(GRAPH, &["Sites.Selected"])],
        ..PLAIN
    },
    Registration {
        name: "Yard Map",
        redirects: &["http://maps.lindqvist-practice.example/signin-oidc"],
        credentials: &[Secret("map", -80, 285)],
        asks_scopes: SIGN_IN,
        granted_scopes: &[(GRAPH, "User.Read openid profile email")],
        ..PLAIN
    },
    Registration {
        name: "Summer Festival",
        age: 2_600,
        redirects: &[
            "https://sommarfest-2019.example/login",
            "https://lindqvist-fest.azurewebsites.example/auth",
        ],
        credentials: &[Secret("festival", -300, 65)],
        asks_scopes: SIGN_IN,
        granted_scopes: &[(GRAPH, "User.Read openid profile email")],
        owner: Some("erik.johansson"),
        ..PLAIN
    },
    // APIs that are gone or going.
    Registration {
        name: "Address Book Sync",
        age: 2_400,
        platform: Platform::Desktop,
        redirects: &["http://localhost"],
        asks_scopes: &[(AAD_GRAPH, &["User.Read"])],
        granted_scopes: &[(AAD_GRAPH, "User.Read")],
        ..PLAIN
    },
    Registration {
        name: "Tablet Mail (legacy)",
        age: 1_600,
        platform: Platform::Desktop,
        redirects: &["http://localhost"],
        asks_scopes: &[(GRAPH, &["EAS.AccessAsUser.All", "EWS.AccessAsUser.All"])],
        granted_scopes: &[(GRAPH, "EAS.AccessAsUser.All EWS.AccessAsUser.All")],
        ..PLAIN
    },
    Registration {
        name: "Archive Journal",
        age: 1_700,
        credentials: &[Secret("journal", -20, 345)],
        asks: &[(EXCHANGE, &["full_access_as_app"]), (GRAPH, &["Mail.Read"])],
        granted: &[(GRAPH, &["Mail.Read"])],
        ..PLAIN
    },
    // Names that are more than letters.
    Registration {
        name: "\u{1F69A} Rutt 7 \u{1F1F8}\u{1F1EA}",
        credentials: &[Secret("rutt", -30, 335)],
        asks: &[(GRAPH, &["Calendars.Read"])],
        granted: &[(GRAPH, &["Calendars.Read"])],
        ..PLAIN
    },
    Registration {
        name: "=Kvitton!A1",
        credentials: &[Secret("@import", -30, 335)],
        asks: &[(GRAPH, &["Mail.Read"])],
        granted: &[(GRAPH, &["Mail.Read"])],
        ..PLAIN
    },
];
