//! Files that are made from others are what they would be if made now.
//!
//! `UPDATE_GENERATED=1 cargo nextest run -p blueprint generated` makes them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// The crate's own folder.
const HERE: &str = env!("CARGO_MANIFEST_DIR");

fn is_up_to_date(file: &str, made: &str) {
    let path = Path::new(HERE).join(file);
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        fs::write(&path, made).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert!(stored == made, "{file} is out of date; see the head of this test file");
}

fn reference(file: &str) -> Value {
    let path = Path::new(HERE).join("../../../reference").join(file);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_default()
}

/// `application` and `delegated`, as the table writes them.
fn kind(permission: &Value) -> &'static str {
    if text(permission, "type") == "Application" { "app" } else { "delegated" }
}

/// Microsoft's titles have stray blanks.
fn tidy(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_table_of_permissions_is_made_from_the_published_lists() {
    let graph = reference("graph-permissions.json");
    let graph = graph["permissions"].as_array().unwrap();
    let others = reference("other-api-permissions.json");
    let mut table = String::from(
        "# Made from reference/*-permissions.json by tests/it/generated.rs: API, kind, name, id, level, consent, extra, title\n",
    );

    let mut rows: Vec<&Value> = graph.iter().collect();
    // The live list before the other one, where both have a name.
    rows.sort_by_key(|row| {
        (text(row, "value").to_lowercase(), kind(row), text(row, "src") != "microsoft-info")
    });
    for row in rows {
        let level = row["privilegeLevel"].as_u64().map_or("-".to_owned(), |level| level.to_string());
        let consent = if row["adminConsentRequired"].as_bool().unwrap() { "admin" } else { "user" };
        let (value, id) = (text(row, "value"), text(row, "id"));
        writeln!(
            table,
            "graph\t{}\t{value}\t{id}\t{level}\t{consent}\t-\t{}",
            kind(row),
            tidy(text(row, "displayName"))
        )
        .unwrap();
    }

    for (code, app_id) in [
        ("exchange", "00000002-0000-0ff1-ce00-000000000000"),
        ("aad", "00000002-0000-0000-c000-000000000000"),
    ] {
        let mut rows: Vec<&Value> =
            others["resources"][app_id]["permissions"].as_array().unwrap().iter().collect();
        rows.sort_by_key(|row| (text(row, "value").to_lowercase(), kind(row)));
        for row in rows {
            let (value, id) = (text(row, "value"), text(row, "id"));
            let consent = if needs_admin(row, code, graph) { "admin" } else { "user" };
            let extra = row["msGraphReplacementId"].as_str().or(row["legacyClass"].as_str()).unwrap_or("-");
            writeln!(
                table,
                "{code}\t{}\t{value}\t{id}\t-\t{consent}\t{extra}\t{}",
                kind(row),
                tidy(text(row, "displayName"))
            )
            .unwrap();
        }
    }
    is_up_to_date("src/catalogue/permissions.tsv", &table);
}

/// The lists do not say it for Exchange: as on Microsoft Graph, where it has the same name; else the careful guess.
fn needs_admin(row: &Value, code: &str, graph: &[Value]) -> bool {
    let value = text(row, "value");
    if kind(row) == "app" {
        return true;
    }
    if code == "aad" {
        return !matches!(value, "User.Read" | "User.ReadBasic.All");
    }
    graph
        .iter()
        .find(|twin| text(twin, "value") == value && kind(twin) == "delegated")
        .map_or(value.ends_with(".All") || value.contains("Manage"), |twin| {
            twin["adminConsentRequired"] == true
        })
}

#[test]
fn the_schema_is_made_from_the_reader() {
    let schema = serde_json::to_string_pretty(&blueprint::schema::connector_schema()).unwrap();
    is_up_to_date("schema/connector.schema.json", &format!("{schema}\n"));
}
