//! Groups: one per department, and those that connectors are limited to; some cannot receive mail.

use serde_json::json;

use super::{DOMAIN, Ground};
use crate::store::Tables;

/// Display name, mail nickname, whether it has a mailbox ("Unified"), whether it is a security group.
const GROUPS: [(&str, &str, bool, bool); 10] = [
    ("All employees", "all-employees", false, true),
    ("Sales", "sales", true, false),
    ("Operations", "operations", true, false),
    ("Finance", "finance", true, false),
    ("Warehouse", "warehouse", false, true),
    ("IT", "it", true, false),
    ("Calendar connector scope", "calendar-connector-scope", false, true),
    ("Drivers' and sellers' calendars", "drivers-and-sellers", false, true),
    ("Contractors", "contractors", false, true),
    ("Licensed: Business Premium", "licensed-business-premium", false, true),
];

pub(crate) fn add(ground: &Ground, tables: &mut Tables) {
    for (name, nickname, unified, security) in GROUPS {
        let id = ground.id(&format!("group:{nickname}"));
        // Security groups that can receive mail are made in Exchange; here those that connectors are limited to.
        let mail_enabled = unified || ["calendar-connector-scope", "drivers-and-sellers"].contains(&nickname);
        let mail = mail_enabled.then(|| format!("{nickname}@{DOMAIN}"));
        let body = json!({
            "id": id,
            "displayName": name,
            "description": format!("{name} of Lindqvist Logistics"),
            "mailEnabled": mail_enabled,
            "mailNickname": nickname,
            "mail": mail,
            "proxyAddresses": mail.iter().map(|mail| format!("SMTP:{mail}")).collect::<Vec<_>>(),
            "securityEnabled": security,
            "groupTypes": if unified { json!(["Unified"]) } else { json!([]) },
            "visibility": if unified { json!("Private") } else { json!(null) },
            "isAssignableToRole": null,
            "renewedDateTime": ground.date(-900),
        });
        tables.groups.insert(id.clone(), ground.row(900, body));
        let members = tables
            .users
            .values()
            .filter(|user| belongs(nickname, name, user))
            .map(|user| user.text("id").to_owned());
        tables.members.insert(id, members.collect());
    }
    // One inside another: Exchange's roles count direct members only, its older policies count all.
    let inner = ground.id("group:calendar-connector-scope");
    tables.members.entry(ground.id("group:drivers-and-sellers")).or_default().push(inner);
}

fn belongs(nickname: &str, name: &str, user: &crate::store::Row) -> bool {
    let staff = user.text("userType") == "Member" && !user.text("department").is_empty();
    match nickname {
        "all-employees" => staff,
        "contractors" => user.text("userType") == "Guest",
        "licensed-business-premium" => super::people::is_licensed(user),
        "drivers-and-sellers" => user.text("jobTitle") == "Driver Coordinator",
        "calendar-connector-scope" => user.text("department") == "Sales",
        _ => staff && user.text("department") == name,
    }
}
