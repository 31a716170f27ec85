//! Forty app registrations in the states of health that real organisations have, as data.

use crate::reference::{AAD_GRAPH, EXCHANGE, GRAPH};

/// A credential; days are counted from now, negative ones lie in the past.
pub(crate) enum Credential {
    Secret(&'static str, i64, i64),
    Certificate(&'static str, i64, i64),
    Federated(&'static str),
    /// A secret that ends in the year 2299.
    FarAway(&'static str, i64),
    /// A secret without an end, from before ends were asked for.
    Endless(&'static str, i64),
    /// A secret on the enterprise app instead of the registration.
    OnEnterprise(&'static str, i64, i64),
}
use Credential::{Certificate, Federated, Secret};

/// Where the app runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Platform {
    Web,
    Spa,
    Desktop,
}

/// What became of the enterprise app.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Enterprise {
    Present,
    Missing,
    Disabled,
    AssignmentRequired,
}

pub(crate) type Permissions = &'static [(&'static str, &'static [&'static str])];

/// One registration.
pub(crate) struct Registration {
    pub(crate) name: &'static str,
    pub(crate) age: i64,
    pub(crate) audience: &'static str,
    pub(crate) platform: Platform,
    pub(crate) redirects: &'static [&'static str],
    pub(crate) credentials: &'static [Credential],
    /// Application permissions on the registration, by resource.
    pub(crate) asks: Permissions,
    /// Application permissions that were granted.
    pub(crate) granted: Permissions,
    /// Delegated permissions on the registration.
    pub(crate) asks_scopes: Permissions,
    /// Delegated permissions granted for everyone: resource and scopes.
    pub(crate) granted_scopes: &'static [(&'static str, &'static str)],
    /// Consent of one person: local part of the address, Graph scopes.
    pub(crate) personal: Option<(&'static str, &'static str)>,
    /// Local part of the owner's address.
    pub(crate) owner: Option<&'static str>,
    /// Local part of a second owner's address.
    pub(crate) second_owner: Option<&'static str>,
    /// Certificates that sign SAML answers, on the enterprise app: name, days of start and end. The first is the active one.
    pub(crate) saml: &'static [(&'static str, i64, i64)],
    pub(crate) enterprise: Enterprise,
    /// Deleted so many days ago, restorable for 30.
    pub(crate) deleted: Option<i64>,
    /// Microsoft switched it off.
    pub(crate) disabled_by_microsoft: bool,
    pub(crate) device_code: bool,
}

pub(crate) const PLAIN: Registration = Registration {
    name: "",
    age: 400,
    audience: "AzureADMyOrg",
    platform: Platform::Web,
    redirects: &[],
    credentials: &[],
    asks: &[],
    granted: &[],
    asks_scopes: &[],
    granted_scopes: &[],
    personal: None,
    owner: Some("tomas.herrera"),
    second_owner: None,
    saml: &[],
    enterprise: Enterprise::Present,
    deleted: None,
    disabled_by_microsoft: false,
    device_code: false,
};

pub(crate) const SIGN_IN: Permissions = &[(GRAPH, &["User.Read", "openid", "profile", "email"])];

/// Those that a person remembers; the rest of the asked number is made up from patterns.
pub(crate) const REGISTRATIONS: &[Registration] = &[
    Registration {
        name: "Fleetboard Sync",
        age: 310,
        credentials: &[Secret("production", -60, 305)],
        asks: &[(GRAPH, &["Calendars.Read", "User.Read.All"])],
        granted: &[(GRAPH, &["Calendars.Read", "User.Read.All"])],
        ..PLAIN
    },
    Registration {
        name: "Harbour Booking",
        age: 353,
        credentials: &[Secret("booking 2025", -353, 12)],
        asks: &[(GRAPH, &["Calendars.ReadWrite", "Mail.Send"])],
        granted: &[(GRAPH, &["Calendars.ReadWrite", "Mail.Send"])],
        ..PLAIN
    },
    Registration {
        name: "Payroll Bridge",
        credentials: &[Secret("payroll", -336, 29)],
        asks: &[(GRAPH, &["User.Read.All"])],
        granted: &[(GRAPH, &["User.Read.All"])],
        owner: Some("astrid.lindqvist"),
        ..PLAIN
    },
    Registration {
        name: "Signature Service",
        age: 366,
        credentials: &[Secret("signature", -366, -1)],
        asks: &[(GRAPH, &["User.Read.All", "Mail.ReadWrite"])],
        granted: &[(GRAPH, &["User.Read.All", "Mail.ReadWrite"])],
        ..PLAIN
    },
    Registration {
        name: "Room Displays",
        age: 900,
        credentials: &[Secret("first", -900, -170), Secret("second", -180, 550)],
        asks: &[(GRAPH, &["Calendars.Read", "Place.Read.All"])],
        granted: &[(GRAPH, &["Calendars.Read", "Place.Read.All"])],
        ..PLAIN
    },
    Registration {
        name: "Invoice Robot",
        credentials: &[Secret("old", -350, 15), Secret("new", -10, 355)],
        asks: &[(GRAPH, &["Mail.Read"])],
        granted: &[(GRAPH, &["Mail.Read"])],
        ..PLAIN
    },
    Registration {
        name: "Tacho Archive",
        age: 1_800,
        credentials: &[Secret("never expires", -1_800, 34_700)],
        asks: &[(GRAPH, &["Files.ReadWrite.All"])],
        granted: &[(GRAPH, &["Files.ReadWrite.All"])],
        owner: None,
        ..PLAIN
    },
    Registration {
        name: "Route Planner",
        credentials: &[Certificate("route-planner", -100, 265)],
        asks: &[(GRAPH, &["Calendars.Read"])],
        granted: &[(GRAPH, &["Calendars.Read"])],
        ..PLAIN
    },
    Registration {
        name: "Customs Gateway",
        credentials: &[Certificate("customs-gateway", -360, 5)],
        asks: &[(GRAPH, &["Mail.Send"])],
        granted: &[(GRAPH, &["Mail.Send"])],
        owner: Some("chiara.bianchi"),
        ..PLAIN
    },
    Registration {
        name: "Scanner Station",
        age: 780,
        credentials: &[Certificate("scanner", -780, -50)],
        asks: &[(GRAPH, &["Mail.Send"])],
        granted: &[(GRAPH, &["Mail.Send"])],
        ..PLAIN
    },
    Registration { name: "Pallet Counter", age: 21, asks: &[(GRAPH, &["Sites.Read.All"])], ..PLAIN },
    Registration {
        name: "Driver Onboarding",
        age: 35,
        credentials: &[Secret("test", -35, 145)],
        asks: &[(GRAPH, &["User.ReadWrite.All", "Group.ReadWrite.All"])],
        granted: &[(GRAPH, &["User.ReadWrite.All"])],
        owner: Some("yusuf.demir"),
        ..PLAIN
    },
    Registration {
        name: "Fuel Card Import",
        credentials: &[Secret("fuel", -200, 165)],
        asks: &[(GRAPH, &["User.Read.All"])],
        granted: &[(GRAPH, &["User.Read.All", "Mail.Read", "Calendars.ReadWrite"])],
        ..PLAIN
    },
    Registration {
        name: "Directory Cleaner",
        age: 1_200,
        credentials: &[Secret("cleaner", -400, 330)],
        asks: &[(
            GRAPH,
            &[
                "Directory.ReadWrite.All",
                "RoleManagement.ReadWrite.Directory",
                "AppRoleAssignment.ReadWrite.All",
            ],
        )],
        granted: &[(
            GRAPH,
            &[
                "Directory.ReadWrite.All",
                "RoleManagement.ReadWrite.Directory",
                "AppRoleAssignment.ReadWrite.All",
            ],
        )],
        owner: Some("pavel.novak"),
        ..PLAIN
    },
    Registration {
        name: "CRM Mail Connector",
        age: 1_500,
        credentials: &[Secret("crm", -300, 65)],
        asks: &[(EXCHANGE, &["full_access_as_app"])],
        granted: &[(EXCHANGE, &["full_access_as_app"])],
        ..PLAIN
    },
    Registration {
        name: "Phone Presence",
        age: 1_400,
        credentials: &[Secret("phones", -250, 115)],
        asks: &[(EXCHANGE, &["Calendars.Read", "Mail.Read"])],
        granted: &[(EXCHANGE, &["Calendars.Read", "Mail.Read"])],
        ..PLAIN
    },
    Registration {
        name: "Intranet Search",
        age: 2_100,
        credentials: &[Secret("intranet", -600, 130)],
        asks: &[(AAD_GRAPH, &["Directory.Read.All"])],
        granted: &[(AAD_GRAPH, &["Directory.Read.All"])],
        ..PLAIN
    },
    Registration {
        name: "Mobile Mail (legacy)",
        age: 1_900,
        platform: Platform::Desktop,
        redirects: &["urn:ietf:wg:oauth:2.0:oob"],
        asks_scopes: &[(EXCHANGE, &["EAS.AccessAsUser.All", "EWS.AccessAsUser.All"])],
        granted_scopes: &[(EXCHANGE, "EAS.AccessAsUser.All EWS.AccessAsUser.All")],
        ..PLAIN
    },
    Registration {
        name: "Toll Calculator",
        platform: Platform::Desktop,
        redirects: &["http://localhost"],
        asks_scopes: SIGN_IN,
        granted_scopes: &[(GRAPH, "User.Read openid profile email")],
        ..PLAIN
    },
    Registration {
        name: "Container Tracker",
        platform: Platform::Spa,
        redirects: &["https://tracker.lindqvist-practice.example/", "http://localhost:3000/"],
        asks_scopes: &[(GRAPH, &["User.Read", "Calendars.Read"])],
        granted_scopes: &[(GRAPH, "User.Read Calendars.Read openid profile offline_access")],
        ..PLAIN
    },
    Registration {
        name: "Yard Kiosk",
        platform: Platform::Desktop,
        redirects: &["https://login.microsoftonline.com/common/oauth2/nativeclient"],
        asks_scopes: &[(GRAPH, &["User.Read", "Mail.Send"])],
        device_code: true,
        ..PLAIN
    },
    Registration {
        name: "Partner Portal",
        audience: "AzureADMultipleOrgs",
        redirects: &["https://partner.lindqvist-practice.example/auth"],
        credentials: &[Secret("portal", -20, 160)],
        asks_scopes: &[(GRAPH, &["User.Read", "User.ReadBasic.All"])],
        granted_scopes: &[(GRAPH, "User.Read User.ReadBasic.All")],
        ..PLAIN
    },
    Registration {
        name: "Delivery Notes",
        audience: "AzureADandPersonalMicrosoftAccount",
        redirects: &["https://notes.lindqvist-practice.example/signin"],
        credentials: &[Secret("notes", -90, 90)],
        asks_scopes: &[(GRAPH, &["User.Read", "Notes.Create"])],
        personal: Some(("noor.haddad", "User.Read Notes.Create")),
        ..PLAIN
    },
    Registration {
        name: "Shift Swap",
        redirects: &["https://shifts.lindqvist-practice.example/callback"],
        credentials: &[Secret("shifts", -15, 350)],
        asks_scopes: &[(GRAPH, &["User.Read", "Calendars.ReadWrite"])],
        personal: Some(("erik.johansson", "User.Read Calendars.ReadWrite")),
        ..PLAIN
    },
    Registration {
        name: "Warehouse Cameras",
        age: 700,
        credentials: &[Secret("cameras", -700, 30)],
        asks: &[(GRAPH, &["Sites.Selected"])],
        enterprise: Enterprise::Missing,
        owner: None,
        ..PLAIN
    },
    Registration {
        name: "Old Ticket System",
        age: 2_300,
        credentials: &[Secret("tickets", -2_300, -1_570)],
        asks: &[(GRAPH, &["Mail.ReadWrite"])],
        granted: &[(GRAPH, &["Mail.ReadWrite"])],
        enterprise: Enterprise::Disabled,
        owner: None,
        ..PLAIN
    },
    Registration {
        name: "Board Papers",
        redirects: &["https://board.lindqvist-practice.example/auth"],
        credentials: &[Secret("board", -30, 335)],
        asks_scopes: SIGN_IN,
        granted_scopes: &[(GRAPH, "User.Read openid profile email")],
        enterprise: Enterprise::AssignmentRequired,
        ..PLAIN
    },
    Registration {
        name: "Build Pipeline",
        credentials: &[Federated("main")],
        asks: &[(GRAPH, &["Application.Read.All"])],
        granted: &[(GRAPH, &["Application.Read.All"])],
        owner: Some("priya.raman"),
        ..PLAIN
    },
    Registration {
        name: "Suspicious Optimizer",
        age: 12,
        credentials: &[Secret("x", -12, 718)],
        disabled_by_microsoft: true,
        asks: &[(GRAPH, &["Mail.Read"])],
        owner: Some("erik.johansson"),
        ..PLAIN
    },
    Registration {
        name: "Weather Widget",
        redirects: &[
            "http://weather.lindqvist-practice.example/cb",
            "https://*.lindqvist-practice.example/cb",
        ],
        asks_scopes: SIGN_IN,
        owner: Some("noor.haddad"),
        ..PLAIN
    },
    Registration {
        name: "Test",
        age: 800,
        credentials: &[Secret("Password uploaded on Tue", -800, -70)],
        owner: None,
        ..PLAIN
    },
    Registration { name: "Test", age: 790, owner: Some("erik.johansson"), ..PLAIN },
    Registration {
        name: "Müller & Söhne \"Spedition\" <EDI>",
        credentials: &[Secret("edi", -340, 25)],
        asks: &[(GRAPH, &["Mail.Read", "Mail.Send"])],
        granted: &[(GRAPH, &["Mail.Read"])],
        ..PLAIN
    },
    Registration {
        name: "Mail Backup",
        credentials: &[Certificate("backup-2025", -330, 35), Certificate("backup-2026", -5, 360)],
        asks: &[(GRAPH, &["Mail.Read", "Calendars.Read", "Contacts.Read"])],
        granted: &[(GRAPH, &["Mail.Read", "Calendars.Read", "Contacts.Read"])],
        ..PLAIN
    },
    Registration {
        name: "Licence Report",
        credentials: &[Secret("report", -150, 30)],
        asks: &[(GRAPH, &["Reports.Read.All", "Organization.Read.All"])],
        granted: &[(GRAPH, &["Reports.Read.All", "Organization.Read.All"])],
        owner: Some("hannah.weiss"),
        ..PLAIN
    },
    Registration {
        name: "Quote Assistant (pilot)",
        age: 60,
        credentials: &[Secret("pilot", -60, 305)],
        asks: &[(GRAPH, &["Mail.Read"])],
        deleted: Some(4),
        ..PLAIN
    },
];
